"""Figures of legal-literate persons and of their trainings."""

from __future__ import annotations

from sqlalchemy import and_, not_

from tracker.advisers import queries
from tracker.advisers.models import LegalLiteratePerson, LegalLiterateTraining
from tracker.advisers.terms import PersonGroup
from tracker.kernel.figure import Basis, Dimension, Figure, LeftOut, Source
from tracker.kernel.units import Unit
from tracker.kernel.wording import Rounding, Wording
from tracker.kernel.words import Words
from tracker.offices.figures import VILLAGES

from .shared import MERGED_AWAY, OTHER_YEAR, PERSONS_GROUP, VOIDED, by_month, by_village

PERSONS = Source(
    key="advisers.legal_literate_persons",
    label=Words("法律明白人", "Legal-literate persons"),
    register="legal_literate_persons",
    model=LegalLiteratePerson,
    path="/advisers/legal-literate/{id}",
    title=LegalLiteratePerson.name,
    number=LegalLiteratePerson.number,
    left_out=(LeftOut(VOIDED, lambda _: LegalLiteratePerson.voided_at.is_not(None)),),
    dimensions={
        "village": by_village(LegalLiteratePerson.village_id, LegalLiteratePerson),
        "identity": Dimension(
            "identity", Words("身份类别", "Group"), LegalLiteratePerson.identity, term=PersonGroup
        ),
    },
)

ON_REGISTER = Figure(
    key="advisers.legal_literate_persons",
    label=Words("在册法律明白人", "Legal-literate persons on the register"),
    definition=Words(
        "期末当日在册的法律明白人人数：聘任日期不晚于当日，且没有退出；退出当日起不再计入，"
        "已作废的不计。",
        "Persons on the register on the last day: appointed by then and not left. The day of "
        "leaving no longer counts; voided entries do not count.",
    ),
    unit=Unit.PERSONS,
    source=PERSONS,
    criterion=lambda period: queries.on_register(period.as_at),
    basis=Basis.AS_AT,
    left_out=(
        LeftOut(
            Words("期末尚未聘任", "Not yet appointed on the last day"),
            lambda period: LegalLiteratePerson.appointed_on > period.as_at,
        ),
        LeftOut(
            Words("期末前已退出", "Left by the last day"),
            lambda period: LegalLiteratePerson.left_on <= period.as_at,
        ),
    ),
    group=PERSONS_GROUP,
)

VILLAGES_WITH_PERSONS = Figure(
    key="advisers.legal_literate_villages",
    label=Words("有法律明白人的村（社区）", "Villages with a legal-literate person"),
    definition=Words(
        "期末在册、且期末当日至少有一名在册法律明白人的村（社区）个数。",
        "Villages that exist on the last day and have at least one person on the register on it.",
    ),
    unit=Unit.PIECES,
    source=VILLAGES,
    criterion=lambda period: and_(
        queries.village_exists_on(period.as_at), queries.has_person_on(period.as_at)
    ),
    basis=Basis.AS_AT,
    left_out=(
        MERGED_AWAY,
        LeftOut(
            Words("期末没有在册的法律明白人", "Nobody on the register on the last day"),
            lambda period: not_(queries.has_person_on(period.as_at)),
        ),
    ),
    group=PERSONS_GROUP,
)

TRAININGS = Source(
    key="advisers.legal_literate_trainings",
    label=Words("法律明白人培训", "Trainings of legal-literate persons"),
    register="legal_literate_trainings",
    model=LegalLiterateTraining,
    path="/advisers/trainings/{id}",
    title=LegalLiterateTraining.title,
    number=LegalLiterateTraining.number,
    date=LegalLiterateTraining.held_on,
    within=lambda period: LegalLiterateTraining.held_on.between(period.first, period.last),
    left_out=(
        LeftOut(VOIDED, lambda _: LegalLiterateTraining.voided_at.is_not(None)),
        LeftOut(
            OTHER_YEAR,
            lambda period: not_(LegalLiterateTraining.held_on.between(period.first, period.last)),
        ),
    ),
    dimensions={"month": by_month(LegalLiterateTraining.held_on)},
)

TRAINED = Figure(
    key="advisers.legal_literate_trained",
    label=Words("法律明白人培训人次", "Person-times trained"),
    definition=Words(
        "本年度法律明白人培训的参训人次之和，同一人参加两次计两次；未登记人次的培训不计入，"
        "另列场数。",
        "Sum of the headcounts of the year's trainings of legal-literate persons; somebody who "
        "came twice counts twice. Trainings without a headcount are left out and listed.",
    ),
    unit=Unit.PERSON_TIMES,
    source=TRAININGS,
    criterion=queries.trained_in,
    weight=LegalLiterateTraining.headcount,
    missing=Words("未登记参训人次", "No headcount recorded"),
    count_basis=LegalLiterateTraining.count_basis,
    spoken=Wording(Unit.PERSON_TIMES.label, Rounding.FLOOR),
    group=PERSONS_GROUP,
)

TRAININGS_HELD = Figure(
    key="advisers.legal_literate_trainings",
    label=Words("法律明白人培训场次", "Trainings of legal-literate persons"),
    definition=Words(
        "本年度举办的法律明白人培训场次，已作废的不计。",
        "Trainings of legal-literate persons held in the year; voided ones do not count.",
    ),
    unit=Unit.SESSIONS,
    source=TRAININGS,
    criterion=queries.trained_in,
    group=PERSONS_GROUP,
)

ALL: tuple[Figure, ...] = (ON_REGISTER, VILLAGES_WITH_PERSONS, TRAINED, TRAININGS_HELD)
