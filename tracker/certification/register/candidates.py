"""The list of candidates that is handed in for a sitting, as its page and its sheet print it."""

from __future__ import annotations

from tracker.certification.models import ExamRegistration
from tracker.certification.queries.exams import registrations_of_period
from tracker.certification.terms import EstablishmentKind, Sex
from tracker.kernel.exceptions import LABEL
from tracker.kernel.register import Column, Register, Value
from tracker.kernel.words import Words


def _remark(registration: ExamRegistration) -> Value:
    """The reason for an exception; the rest is for the hand that fills the list in."""
    reason = registration.exception_reason
    return (
        Words("{label}：{reason}", "{label}: {reason}").fill(label=LABEL, reason=reason)
        if reason
        else ""
    )


def _parts(registration: ExamRegistration) -> Value:
    labels = [part.label for part in registration.sitting.parts]
    return Words("、".join(each.zh for each in labels), ", ".join(each.en for each in labels))


#: Not one of the ledgers: its rows are those of `RESULTS`, as they are handed in.
CANDIDATES = Register(
    key="exam_candidates",
    label=Words("报名名单", "List of candidates"),
    title=Words("考试报名名单", "list of candidates"),
    model=ExamRegistration,
    of_period=registrations_of_period,
    path="/certification/sittings/registrations/{id}",
    columns=(
        Column("name", Words("姓名", "Name"), lambda r: r.officer.name, width=10),
        Column("sex", Words("性别", "Sex"), lambda r: r.officer.sex, "term", width=6, term=Sex),
        Column("station", Words("所在站所", "Station"), lambda r: r.officer.station, width=16),
        Column("post", Words("职务", "Post"), lambda r: r.officer.post, width=12),
        Column(
            "establishment",
            Words("编制类别", "Establishment"),
            lambda r: r.officer.establishment,
            "term",
            width=8,
            term=EstablishmentKind,
        ),
        Column(
            "phone",
            Words("联系电话", "Phone"),
            lambda r: r.officer.phone,
            width=14,
            as_text=True,
        ),
        Column(
            "parts",
            Words("报考科目", "Parts"),
            _parts,
            width=16,
        ),
        Column(
            "registered_on",
            Words("报名日期", "Registered on"),
            lambda r: r.registered_on,
            "date",
            width=12,
        ),
        Column(
            "eligibility_note",
            Words("资格审核", "Eligibility"),
            lambda r: r.eligibility_note,
            "long",
            width=16,
        ),
        Column("remark", Words("备注", "Remark"), _remark, "long", width=14),
    ),
)
