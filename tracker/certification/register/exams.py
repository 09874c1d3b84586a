"""The ledgers of exams and of their results."""

from __future__ import annotations

from tracker.certification import heads
from tracker.certification.models import ExamRegistration, ExamSitting
from tracker.certification.queries.exams import registrations_of_period, sittings_of_period
from tracker.certification.terms import Attempt, ExamPart, Outcome, SittingPurpose
from tracker.kernel.register import EXCEPTION, Column, Register, Value, known_as
from tracker.kernel.words import Words

SITTINGS = Register(
    key="exam_sittings",
    label=Words("执法考试", "Exams"),
    title=Words("行政执法考试台账", "ledger of enforcement exams"),
    model=ExamSitting,
    of_period=sittings_of_period,
    path="/certification/sittings/{id}",
    columns=known_as(
        heads.SITTINGS,
        Column(
            "title",
            Words("考试名称", "Title"),
            lambda s: s.title,
            "long",
            in_list=True,
            width=30,
            required=True,
        ),
        Column("number", Words("编号", "Number"), lambda s: s.number, in_list=True, width=14),
        Column(
            "held_on",
            Words("考试日期", "Held on"),
            lambda s: s.held_on,
            "date",
            in_list=True,
            width=14,
            required=True,
        ),
        Column(
            "purpose",
            Words("考试性质", "Purpose"),
            lambda s: s.purpose,
            "term",
            in_list=True,
            width=11,
            term=SittingPurpose,
        ),
        Column(
            "organiser",
            Words("组织单位", "Organiser"),
            lambda s: s.organiser,
            in_list=True,
            width=18,
        ),
        Column(
            "general_mark",
            Words("公共法律知识合格线", "Pass mark, general law"),
            lambda s: s.general_mark,
            "number",
            width=11,
        ),
        Column(
            "special_mark",
            Words("专业法律知识合格线", "Pass mark, special law"),
            lambda s: s.special_mark,
            "number",
            width=11,
        ),
        Column(
            "list_handed_in_on",
            Words("名单上报日期", "List handed in on"),
            lambda s: s.list_handed_in_on,
            "date",
            width=14,
        ),
        Column("note", Words("备注", "Note"), lambda s: s.note, "long", width=24),
    ),
)


def _score(registration: ExamRegistration, part: ExamPart) -> Value:
    result = registration.result(part)
    return result.score if result else None


def _outcome(registration: ExamRegistration, part: ExamPart) -> Value:
    result = registration.result(part)
    return result.outcome if result else None


RESULTS = Register(
    key="exam_results",
    label=Words("考试报名与成绩", "Exam results"),
    title=Words("行政执法考试成绩台账", "ledger of exam results"),
    model=ExamRegistration,
    of_period=registrations_of_period,
    path="/certification/sittings/registrations/{id}",
    columns=known_as(
        heads.RESULTS,
        Column(
            "officer",
            Words("姓名", "Name"),
            lambda r: r.officer.name,
            in_list=True,
            width=12,
            required=True,
        ),
        Column(
            "station",
            Words("所在站所", "Station"),
            lambda r: r.officer.station,
            in_list=True,
            width=16,
        ),
        Column("number", Words("编号", "Number"), lambda r: r.number, width=14),
        Column(
            "sitting",
            Words("考试名称", "Exam"),
            lambda r: r.sitting.title,
            "long",
            width=28,
            required=True,
        ),
        Column(
            "held_on", Words("考试日期", "Held on"), lambda r: r.sitting.held_on, "date", width=14
        ),
        Column(
            "purpose",
            Words("考试性质", "Purpose"),
            lambda r: r.sitting.purpose,
            "term",
            width=11,
            term=SittingPurpose,
        ),
        Column(
            "registered_on",
            Words("报名日期", "Registered on"),
            lambda r: r.registered_on,
            "date",
            width=14,
        ),
        Column(
            "general_score",
            Words("公共法律知识成绩", "General law score"),
            lambda r: _score(r, ExamPart.GENERAL),
            "number",
            in_list=True,
            width=10,
        ),
        Column(
            "general_result",
            Words("公共法律知识结果", "General law result"),
            lambda r: _outcome(r, ExamPart.GENERAL),
            "term",
            in_list=True,
            width=10,
            term=Outcome,
        ),
        Column(
            "special_score",
            Words("专业法律知识成绩", "Special law score"),
            lambda r: _score(r, ExamPart.SPECIAL),
            "number",
            in_list=True,
            width=10,
        ),
        Column(
            "special_result",
            Words("专业法律知识结果", "Special law result"),
            lambda r: _outcome(r, ExamPart.SPECIAL),
            "term",
            in_list=True,
            width=10,
            term=Outcome,
        ),
        Column(
            "retake",
            Words("补考", "Retake"),
            lambda r: Attempt.RETAKE if r.was_retaken else None,
            "term",
            width=8,
            term=Attempt,
        ),
        Column(
            "overall",
            Words("本场结果", "This exam"),
            lambda r: r.overall,
            "term",
            in_list=True,
            width=9,
            term=Outcome,
        ),
        Column(
            "eligibility_note",
            Words("资格审核", "Eligibility"),
            lambda r: r.eligibility_note,
            "long",
            width=20,
        ),
        EXCEPTION,
    ),
)
