"""What ledgers call legal-literate persons and counsel, and whom they mean by it."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.advisers.support import a_person, a_visit, an_adviser, an_assignment
from tests.support.world import World
from tracker.advisers import intake
from tracker.kernel.errors import TrackerError
from tracker.workbooks.importing.entry import Entry, NotUnderstood
from tracker.workbooks.importing.names import AmbiguousName, Names, UnknownNames

pytestmark = pytest.mark.usefixtures("session")


def read(
    world: World, session: Session, text: str, *, of: str = "services", several: bool = False
) -> Entry:
    """The ids that a cell of the ledger names."""
    ledger, column = {
        "services": (intake.SERVICES, "person"),
        "trainings": (intake.TRAININGS, "persons"),
        "opinions": (intake.OPINIONS, "adviser"),
        "visits": (intake.OPINIONS, "visit"),
    }[of]
    form = ledger.form(session, world.scope())
    field = form[ledger.fields[column]]
    names = Names(field.offered, ledger.references[column])
    return names.read(text, several=several)


def test_a_person_is_meant_by_name_by_name_and_village_or_by_number(
    world: World, session: Session
) -> None:
    person = a_person(world, world.a_village("架桥村"), "王明白")

    for text in ("王明白", "王明白（架桥村）", "王明白(架桥村)", person.number):
        assert read(world, session, text).values == [str(person.id)], text


def test_a_name_of_two_villages_is_asked_about_and_with_its_village_it_is_not(
    world: World, session: Session
) -> None:
    here = a_person(world, world.a_village("架桥村"), "王明白")
    a_person(world, world.a_village("太平村"), "王明白")

    with pytest.raises(AmbiguousName):
        read(world, session, "王明白")
    assert read(world, session, "王明白（架桥村）").values == [str(here.id)]


def test_of_somebody_who_came_back_the_one_on_the_register_is_meant(
    world: World, session: Session
) -> None:
    village = world.a_village("架桥村")
    left = {"left_on": "2023-12-31", "leave_reason": "迁出"}
    before = a_person(world, village, "王明白", "2022-01-01", **left)
    again = a_person(world, village, "王明白", "2024-06-01")
    gone = a_person(world, village, "赵清楚", "2022-01-01", **left)

    assert read(world, session, "王明白").values == [str(again.id)]
    assert read(world, session, "王明白（架桥村）").values == [str(again.id)]
    assert read(world, session, before.full_name).values == [str(before.id)]
    assert read(world, session, "赵清楚").values == [str(gone.id)]


def test_nobody_is_entered_by_a_name_in_a_ledger(world: World, session: Session) -> None:
    with pytest.raises(UnknownNames) as caught:
        read(world, session, "钱不识")
    assert "自动新建" not in caught.value.message.zh
    with pytest.raises(UnknownNames):
        read(world, session, "张律师", of="opinions")


def test_several_took_part_and_all_of_them_in_general_are_nobody(
    world: World, session: Session
) -> None:
    village = world.a_village("架桥村")
    ids = [str(a_person(world, village, name).id) for name in ("王明白", "赵清楚")]

    def named(text: str) -> list[str]:
        return list(read(world, session, text, of="trainings", several=True).values)

    assert named("王明白（架桥村）、赵清楚（架桥村）") == ids
    assert named("王明白 赵清楚") == ids
    assert named("各村法律明白人") == []
    with pytest.raises((NotUnderstood, TrackerError)):
        named("王明白等20人")


def test_an_opinion_of_the_office_itself_and_of_its_counsel(world: World, session: Session) -> None:
    counsel = an_adviser(world, "彭立")
    an_assignment(world, counsel, None)
    visit = a_visit(world, counsel, opinions=1)
    village = world.a_village()
    an_assignment(world, counsel, village)
    a_visit(world, counsel, village, opinions=1)

    assert read(world, session, "本单位", of="opinions").values == []
    assert read(world, session, "The office itself", of="opinions").values == []
    assert read(world, session, "彭立", of="opinions").values == [str(counsel.id)]
    assert read(world, session, visit.number, of="visits").values == [str(visit.id)]
