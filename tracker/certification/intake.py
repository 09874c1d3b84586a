"""How ledgers of certification are taken in.

Officers are never made from a name in another ledger: the day from which somebody is in post
counts, and no name tells it. Exams are not made either: their pass marks decide over results.
Rosters and exams are taken in by their own ledgers first.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from sqlalchemy import Select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tracker.kernel.intake import Intake, Reference, undated
from tracker.kernel.records import live
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from . import register, said
from .drafts import CertificateRow, OfficerDraft, ResultRow, SittingDraft, TrainingDraft
from .forms.exams import SittingForm
from .forms.ledger_rows import CertificateRowForm, ResultRowForm, TrainingRowForm
from .forms.officers import OfficerForm
from .models import (
    Certificate,
    ExamRegistration,
    ExamSitting,
    Officer,
    OfficerTraining,
)
from .operations import exams, ledger_rows, officers, trainings
from .terms import CertificateCategory, SittingPurpose, TrainingKind

OFFICER = Reference(Words("干部职工", "officer"))


def _officer_key(officer: OfficerDraft | Officer) -> Hashable:
    """One name stands once at a station."""
    return (officer.name, officer.station)


def _officer_alike(officer: OfficerDraft | Officer) -> Hashable:
    """Of the same name: somebody who moved to another station, most likely."""
    return officer.name


OFFICERS = Intake(
    register=register.OFFICERS,
    form_of=lambda _cells: OfficerForm,
    fields={"number": ""},
    said={"establishment": said.ESTABLISHMENTS},
    values_of=OfficerForm.values_of,
    create=undated(officers.create_officer),
    update=undated(officers.update_officer),
    existing=lambda scope: live(Officer, scope),
    key=_officer_key,
    key_of=_officer_key,
    alike=_officer_alike,
    alike_of=_officer_alike,
    example={
        "name": "李四",
        "station": "农业综合服务站",
        "post": "站长",
        "post_from": "2020-03-01",
        "post_until": "",
        "phone": "13800000000",
        "law_qualified": "否",
    },
)


def _sitting_key(sitting: SittingDraft | ExamSitting) -> Hashable:
    return (sitting.title, sitting.held_on, sitting.purpose)


SITTINGS = Intake(
    register=register.SITTINGS,
    form_of=lambda _cells: SittingForm,
    fields={"number": ""},
    # No usual pass mark: an empty cell says that the exam has not this part.
    defaults={"purpose": SittingPurpose.QUALIFICATION},
    values_of=SittingForm.values_of,
    create=exams.create_sitting,
    update=exams.update_sitting,
    existing=lambda scope: live(ExamSitting, scope),
    key=_sitting_key,
    key_of=_sitting_key,
    example={
        "title": "2024年行政执法资格考试",
        "held_on": "2024-05-25",
        "organiser": "县司法局",
        "general_mark": "60",
        "special_mark": "60",
        "list_handed_in_on": "2024-05-06",
    },
)


def _result_key(registration: ResultRow | ExamRegistration) -> Hashable:
    """An officer is registered once for a sitting."""
    return (registration.officer_id, registration.sitting_id)


def _registrations(scope: Scope) -> Select[tuple[ExamRegistration]]:
    """The office's registrations for sittings that are not voided, those of voided ones apart."""
    registration = ExamRegistration
    return (
        live(registration, scope)
        .join(registration.sitting)
        .where(ExamSitting.voided_at.is_(None))
        .options(
            contains_eager(registration.sitting),
            joinedload(registration.officer),
            selectinload(registration.results),
        )
    )


def _sitting_titles(form: ResultRowForm) -> Sequence[str]:
    return [sitting.title for sitting in form.sittings]


RESULTS = Intake(
    register=register.RESULTS,
    form_of=lambda _cells: ResultRowForm,
    # The station is the officer's; how the sitting ended is worked out from its parts.
    fields={"number": "", "officer": "officer_id", "station": "", "overall": ""},
    references={"officer": OFFICER},
    said={
        "general_result": said.OUTCOMES,
        "special_result": said.OUTCOMES,
        "retake": said.ATTEMPTS,
    },
    choices={"sitting": _sitting_titles},
    values_of=ResultRowForm.values_of,
    create=ledger_rows.create_result_row,
    update=ledger_rows.update_result_row,
    existing=_registrations,
    key=_result_key,
    key_of=_result_key,
    goes_on=lambda row: row.retake,
    example={
        "officer": "李四",
        "sitting": "2024年行政执法资格考试",
        "held_on": "2024-05-25",
        "registered_on": "2024-04-20",
        "general_score": "78",
        "general_result": "合格",
        "special_score": "81.5",
        "special_result": "合格",
        "retake": "",
        "eligibility_note": "县司法局审核通过",
        "exception_reason": "",
    },
)


def _certificate_key(certificate: CertificateRow | Certificate) -> Hashable:
    return certificate.certificate_number


CERTIFICATES = Intake(
    register=register.CERTIFICATES,
    form_of=lambda _cells: CertificateRowForm,
    fields={"number": "", "officer": "officer_id", "status": "change"},
    defaults={"category": CertificateCategory.ENFORCEMENT},
    said={"category": said.CATEGORIES, "status": said.STATUSES},
    references={"officer": OFFICER},
    values_of=CertificateRowForm.values_of,
    create=ledger_rows.create_certificate_row,
    update=ledger_rows.update_certificate_row,
    existing=lambda scope: live(Certificate, scope).options(
        joinedload(Certificate.officer),
        selectinload(Certificate.terms),
        selectinload(Certificate.status_changes),
    ),
    key=_certificate_key,
    key_of=_certificate_key,
    example={
        "officer": "李四",
        "certificate_number": "18070010001",
        "issuer": "省人民政府",
        "area": "本镇",
        "issued_on": "2024-06-01",
        "valid_from": "2024-06-01",
        "valid_to": "2029-05-31",
        "status": "",
        "since": "",
    },
)


def _training_key(training: TrainingDraft | OfficerTraining) -> Hashable:
    return (training.title, training.held_on)


TRAININGS = Intake(
    register=register.TRAININGS,
    form_of=lambda _cells: TrainingRowForm,
    # How many took part is the number of those who are named.
    fields={"number": "", "attendances": "", "officers": "officer_ids"},
    defaults={"kind": TrainingKind.OTHER},
    references={"officers": OFFICER},
    values_of=TrainingRowForm.values_of,
    create=trainings.create_training,
    update=trainings.update_training,
    existing=lambda scope: live(OfficerTraining, scope).options(
        selectinload(OfficerTraining.attendees)
    ),
    key=_training_key,
    key_of=_training_key,
    example={
        "title": "行政处罚法专题培训",
        "organiser": "县司法局",
        "hours": "8",
    },
)

ALL = (OFFICERS, SITTINGS, RESULTS, CERTIFICATES, TRAININGS)
