"""The ledger of trainings of officers."""

from __future__ import annotations

from tracker.certification import heads
from tracker.certification.models import OfficerTraining
from tracker.certification.queries.trainings import trainings_of_period
from tracker.certification.terms import TrainingKind
from tracker.kernel.register import Column, Register, joined, known_as
from tracker.kernel.words import Words

TRAININGS = Register(
    key="officer_trainings",
    label=Words("执法人员培训", "Trainings of officers"),
    title=Words("执法人员培训台账", "ledger of trainings of officers"),
    model=OfficerTraining,
    of_period=trainings_of_period,
    path="/certification/trainings/{id}",
    columns=known_as(
        heads.TRAININGS,
        Column(
            "title",
            Words("培训名称", "Title"),
            lambda t: t.title,
            "long",
            in_list=True,
            width=30,
            required=True,
        ),
        Column("number", Words("编号", "Number"), lambda t: t.number, in_list=True, width=14),
        Column(
            "held_on",
            Words("培训日期", "Held on"),
            lambda t: t.held_on,
            "date",
            in_list=True,
            width=14,
            required=True,
        ),
        Column(
            "kind",
            Words("培训类别", "Kind"),
            lambda t: t.kind,
            "term",
            in_list=True,
            width=13,
            term=TrainingKind,
        ),
        Column("organiser", Words("组织单位", "Organiser"), lambda t: t.organiser, width=18),
        Column(
            "hours",
            Words("学时", "Class hours"),
            lambda t: t.hours,
            "number",
            True,
            in_list=True,
            width=8,
            required=True,
        ),
        Column(
            "attendances",
            Words("参训人次", "Attendances"),
            lambda t: len(t.attendees) or None,
            "number",
            True,
            in_list=True,
            width=9,
        ),
        Column(
            "officers",
            Words("参训人员", "Attendees"),
            lambda t: joined([attendee.officer.name for attendee in t.attendees]),
            "long",
            width=30,
        ),
        Column("note", Words("备注", "Note"), lambda t: t.note, "long", width=24),
    ),
)
