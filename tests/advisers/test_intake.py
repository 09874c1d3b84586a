"""What ledgers of advisers say, taken in: names, kinds and people."""

from __future__ import annotations

import pytest

from tests.advisers.support import a_firm, a_person, a_visit, an_adviser
from tests.support.intakes import drafted
from tests.support.world import World, day
from tracker.advisers import intake
from tracker.advisers.models import Adviser, AdviserVisit, LawFirm
from tracker.advisers.terms import AdviserIdentity, FirmKind, VisitKind
from tracker.kernel.errors import RuleBroken
from tracker.kernel.terms import Term

TODAY = day("2025-01-20")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("湘正律师事务所", FirmKind.LAW_FIRM),
        ("架桥法律服务所", FirmKind.LEGAL_SERVICE),
        ("县法学会", FirmKind.OTHER),
    ],
)
def test_a_firms_name_says_its_kind(world: World, name: str, kind: Term):
    scope = world.scope()
    with world.writing() as session:
        assert drafted(intake.FIRMS, session, scope, name=name).kind is kind
        assert intake.FIRM.create is not None
        made = intake.FIRM.create(session, world.office_id, name)
        assert session.get_one(LawFirm, made).kind is kind


def test_a_kind_that_is_said_stands(world: World):
    with world.reading() as session:
        draft = drafted(
            intake.FIRMS, session, world.scope(), name="湘正律师事务所", kind=FirmKind.OTHER
        )
    assert draft.kind is FirmKind.OTHER


def test_somebody_of_whom_only_the_name_is_known_is_not_called_a_lawyer(world: World):
    """The lawyers' share is handed in; it may not rest on a guess."""
    with world.writing() as session:
        assert intake.ADVISER.create is not None
        made = session.get_one(Adviser, intake.ADVISER.create(session, world.office_id, "欧阳律师"))
        assert (made.name, made.identity) == ("欧阳律师", AdviserIdentity.OTHER)
        assert "请核对身份" in made.note


def test_advisers_of_one_name_are_told_apart_by_their_firms(world: World):
    firm = a_firm(world)
    adviser, alone = an_adviser(world, firm_id=firm.id), an_adviser(world)
    key, alike = intake.ADVISERS.key_of, intake.ADVISERS.alike_of
    assert alike is not None
    assert key(adviser) != key(alone)
    assert alike(adviser) == alike(alone)


def test_a_visit_names_its_event_by_number_or_by_day_and_title(world: World):
    events = [world.an_event(f"第{n}场", "2024-03-01") for n in range(3)]
    with world.reading() as session:
        offered = intake.VISITS.form(session, world.scope())["event_id"].offered
    for event in events:
        assert (str(event.id), event.number) in offered
        assert (str(event.id), f"2024-03-01 {event.title}") in offered


def test_two_matters_of_one_day_are_two_visits(world: World):
    adviser = an_adviser(world)
    first = a_visit(world, adviser, kind=VisitKind.CONSULTATION)
    second = a_visit(world, adviser, kind=VisitKind.CONSULTATION, matter="解答赡养纠纷")
    visits = intake.VISITS
    assert visits.key_of(first) != visits.key_of(second)
    assert visits.alike is not None
    assert visits.alike_of is not None
    scope = world.scope()
    with world.reading() as session:
        again = session.get_one(AdviserVisit, first.id)
        draft = drafted(visits, session, scope, again, matter="解答纠纷")
    assert visits.alike(draft) == visits.alike_of(first)


def test_an_assignment_without_its_village_is_not_taken_for_the_townships(world: World):
    adviser, scope = an_adviser(world), world.scope()
    with world.writing() as session:
        draft = drafted(
            intake.ASSIGNMENTS,
            session,
            scope,
            adviser_id=adviser.id,
            starts_on=day("2024-01-01"),
        )
        with pytest.raises(RuleBroken) as refused:
            intake.ASSIGNMENTS.create(session, world.office_id, draft, TODAY)
    assert refused.value.field == "village_id"


def test_of_somebody_who_came_back_the_one_on_the_register_is_meant(world: World):
    village = world.a_village()
    left = a_person(
        world, village, phone="13800000000", left_on=day("2024-02-01"), leave_reason="外出"
    )
    back = a_person(world, village, appointed_on="2024-06-01", phone="13800000000")
    namesake = a_person(world, village, phone="13900000000")
    persons = intake.PERSONS
    assert persons.key_of(left) == persons.key_of(back) != persons.key_of(namesake)
    with world.reading() as session:
        found = session.scalars(persons.existing(world.scope())).unique().all()
    first = next(p for p in found if persons.key_of(p) == persons.key_of(left))
    assert first.id == back.id
