"""How often and how long officers were trained."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, not_, select

from tracker.certification import conditions as when
from tracker.certification.models import OfficerTraining, TrainingAttendee
from tracker.certification.terms import TrainingKind
from tracker.kernel.figure import Dimension, Figure, LeftOut, Source
from tracker.kernel.units import Unit
from tracker.kernel.words import Words

from .shared import GROUP

_month: ColumnElement[int] = func.extract("month", OfficerTraining.held_on)

TRAININGS = Source(
    key="certification.trainings",
    label=Words("执法人员培训", "Trainings of officers"),
    register="officer_trainings",
    model=OfficerTraining,
    path="/certification/trainings/{id}",
    title=OfficerTraining.title,
    number=OfficerTraining.number,
    date=OfficerTraining.held_on,
    within=lambda period: OfficerTraining.held_on.between(period.first, period.last),
    left_out=(
        LeftOut(Words("已作废", "Voided"), lambda _: OfficerTraining.voided_at.is_not(None)),
        LeftOut(
            Words("不在本年度", "In another year"),
            lambda period: not_(OfficerTraining.held_on.between(period.first, period.last)),
        ),
    ),
    dimensions={
        "month": Dimension("month", Words("月份", "Month"), _month),
        "kind": Dimension(
            "kind", Words("培训类别", "Kind"), OfficerTraining.kind, term=TrainingKind
        ),
    },
)

_attendees: ColumnElement[int] = (
    select(func.nullif(func.count(TrainingAttendee.id), 0))
    .where(
        TrainingAttendee.office_id == OfficerTraining.office_id,
        TrainingAttendee.training_id == OfficerTraining.id,
    )
    .correlate(OfficerTraining)
    .scalar_subquery()
)

TRAININGS_HELD = Figure(
    key="certification.trainings",
    label=Words("执法人员培训场次", "Trainings of officers"),
    definition=Words(
        "本年度举办的执法人员培训场次，已作废的不计。",
        "Trainings of officers held in the year; voided ones do not count.",
    ),
    unit=Unit.SESSIONS,
    source=TRAININGS,
    criterion=when.training_counts,
    group=GROUP,
)

ATTENDANCES = Figure(
    key="certification.training_attendances",
    label=Words("执法人员培训人次", "Attendances at trainings"),
    definition=Words(
        "本年度各场培训登记的参训人数之和，同一人参加两场计两人次；没有登记参训人员的培训不计。",
        "Sum of those registered as present at the year's trainings; somebody who came to two "
        "counts twice. Trainings without registered attendees are left out.",
    ),
    unit=Unit.PERSON_TIMES,
    source=TRAININGS,
    criterion=when.training_counts,
    weight=_attendees,
    missing=Words("未登记参训人员", "No attendees registered"),
    group=GROUP,
)

TRAINING_HOURS = Figure(
    key="certification.training_hours",
    label=Words("执法人员培训学时", "Class hours of trainings"),
    definition=Words(
        "本年度各场培训的学时之和，每场只计一次，不乘人数；每人的学时见其个人页面。",
        "Sum of the class hours of the year's trainings, each once and not times the persons; "
        "each officer's own hours stand on their page.",
    ),
    unit=Unit.HOURS,
    source=TRAININGS,
    criterion=when.training_counts,
    weight=OfficerTraining.hours,
    group=GROUP,
)

ALL = (TRAININGS_HELD, ATTENDANCES, TRAINING_HOURS)
