"""Rules of visits, of the register of legal-literate persons, and of their trainings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.advisers.support import a_firm, a_person, a_training, a_visit, an_adviser
from tests.support.world import World
from tracker.advisers import operations
from tracker.advisers.models import LegalLiteratePerson
from tracker.advisers.terms import PersonGroup, VisitKind
from tracker.kernel import clock, records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.headcount import CountBasis

pytestmark = pytest.mark.usefixtures("session")


def refusal(call) -> RuleBroken:
    with pytest.raises(RuleBroken) as caught:
        call()
    return caught.value


def test_a_visit_is_logged_once_it_has_taken_place(world: World) -> None:
    adviser = an_adviser(world)

    today = a_visit(world, adviser, held_on=clock.today())
    broken = refusal(lambda: a_visit(world, adviser, held_on="2025-01-21"))

    assert today.number == "FW-2025-001"
    assert broken.field == "held_on"


@pytest.mark.parametrize("hours", ["0", "-1", "12.1"])
def test_a_visit_lasts_more_than_nothing_and_at_most_half_a_day(world: World, hours: str) -> None:
    broken = refusal(lambda: a_visit(world, an_adviser(world), hours=Decimal(hours)))

    assert broken.field == "hours"


def test_tenths_of_an_hour_are_kept(world: World) -> None:
    visit = a_visit(world, an_adviser(world), hours=Decimal("0.1"))

    assert world.again(visit).hours == Decimal("0.1")


def test_an_event_is_one_lecture_and_one_visit_of_an_adviser(
    world: World, session: Session
) -> None:
    event = world.an_event()
    speaker, helper = an_adviser(world, "张三"), an_adviser(world, "李四")
    lecture = a_visit(world, speaker, kind=VisitKind.LECTURE, event_id=event.id)

    second_lecture = refusal(
        lambda: a_visit(world, helper, kind=VisitKind.LECTURE, event_id=event.id)
    )
    twice = refusal(lambda: a_visit(world, speaker, event_id=event.id))
    beside = a_visit(world, helper, kind=VisitKind.CONSULTATION, event_id=event.id)
    world.void(lecture)
    a_visit(world, speaker, kind=VisitKind.LECTURE, event_id=event.id)
    back = refusal(lambda: operations.restore_visit(session, world.scope(), lecture.id))

    assert "张三" in second_lecture.message.zh
    assert lecture.number in twice.message.zh
    assert beside.event_id == event.id
    assert back.field == "event_id"


def test_the_database_refuses_another_offices_event(world: World, session: Session) -> None:
    theirs = world.an_event(office=world.an_office())
    adviser = an_adviser(world)

    with pytest.raises(IntegrityError), session.begin_nested():
        a_visit(world, adviser, event_id=theirs.id)


def test_a_person_stands_on_a_villages_register_once(world: World, session: Session) -> None:
    village = world.a_village()
    first = a_person(world, village, "王明白", phone="13800000001")

    broken = refusal(lambda: a_person(world, village, "王明白", phone="13800000001"))
    namesake = a_person(world, village, "王明白", phone="13800000002")
    elsewhere = a_person(world, world.a_village(), "王明白", phone="13800000001")
    world.void(first)
    a_person(world, village, "王明白", phone="13800000001")
    back = refusal(lambda: operations.restore_person(session, world.scope(), first.id))

    assert broken.field == "name"
    assert first.number in broken.message.zh
    assert namesake.number != elsewhere.number
    assert back.field == "name"


def test_whoever_left_may_be_appointed_again(world: World) -> None:
    village = world.a_village()
    a_person(world, village, left_on="2024-03-01", leave_reason="外出务工")

    again = a_person(world, village, appointed_on="2024-10-01")

    assert again.left_on is None


def test_the_database_keeps_a_person_on_the_register_once(world: World, session: Session) -> None:
    village = world.a_village()
    a_person(world, village)
    twin = LegalLiteratePerson(
        office_id=world.office_id,
        name="王明白",
        village_id=village.id,
        identity=PersonGroup.OTHER,
        appointed_on=date(2024, 1, 1),
    )

    with pytest.raises(IntegrityError), session.begin_nested():
        records.add_new(session, twin)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ({"left_on": "2023-05-31", "leave_reason": "搬迁"}, "left_on"),
        ({"left_on": "2024-01-01"}, "leave_reason"),
        ({"leave_reason": "搬迁"}, "left_on"),
    ],
)
def test_leaving_has_a_day_and_a_reason(world: World, draft: dict[str, str], field: str) -> None:
    village = world.a_village()

    assert refusal(lambda: a_person(world, village, **draft)).field == field


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ({"headcount": 30, "count_basis": CountBasis.NOT_RECORDED}, "count_basis"),
        ({"headcount": None, "count_basis": CountBasis.COUNTED}, "headcount"),
        ({"hours": Decimal(0)}, "hours"),
        ({"held_on": "2025-01-21"}, "held_on"),
    ],
)
def test_a_training_says_how_its_heads_were_counted(
    world: World, draft: dict[str, Any], field: str
) -> None:
    assert refusal(lambda: a_training(world, **draft)).field == field


def test_a_firm_is_listed_once(world: World, session: Session) -> None:
    firm = a_firm(world)

    broken = refusal(lambda: a_firm(world))
    world.void(firm)
    a_firm(world)
    back = refusal(lambda: operations.restore_firm(session, world.scope(), firm.id))

    assert (broken.field, back.field) == ("name", "name")
