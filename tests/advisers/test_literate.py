"""What legal-literate persons did, how they were reviewed, and how villages stand with them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.advisers.support import (
    a_person,
    a_review,
    a_service,
    a_training,
    an_adviser,
    an_assignment,
)
from tests.support.world import World, day
from tracker.advisers import operations
from tracker.advisers.drafts import PersonDraft
from tracker.advisers.literate import operations as literate
from tracker.advisers.literate.by_village import village_standings
from tracker.advisers.literate.drafts import ReviewDraft, ServiceDraft
from tracker.advisers.literate.models import LiterateReview
from tracker.advisers.literate.terms import PairingState, ReviewResult
from tracker.advisers.models import LegalLiteratePerson
from tracker.kernel import clock
from tracker.kernel.errors import RuleBroken
from tracker.kernel.period import Period
from tracker.rulepacks.queries import rules_by_office

pytestmark = pytest.mark.usefixtures("session")


def refusal(call: Any) -> RuleBroken:
    with pytest.raises(RuleBroken) as caught:
        call()
    return caught.value


def somebody_who_left(world: World) -> LegalLiteratePerson:
    """On the register from June 2023 to the middle of October 2024."""
    left = {"left_on": "2024-10-15", "leave_reason": "迁出"}
    return a_person(world, world.a_village(), appointed_on="2023-06-01", **left)


def redrafted(person: LegalLiteratePerson, **changed: Any) -> PersonDraft:
    values = {name: getattr(person, name) for name in PersonDraft.__dataclass_fields__}
    values["villagers_group"] = person.villagers_group or ""
    return PersonDraft(**{**values, **changed})


def updated(world: World, session: Session, person: LegalLiteratePerson, **changed: Any) -> Any:
    draft = redrafted(person, **changed)
    return operations.update_person(session, world.scope(), person.id, draft, None)


def test_nobody_is_assessed_after_being_appointed(world: World) -> None:
    village = world.a_village()

    same_day = a_person(world, village, "甲", "2024-03-01", assessed_on="2024-03-01")
    broken = refusal(lambda: a_person(world, village, "乙", "2024-03-01", assessed_on="2024-03-02"))

    assert same_day.assessed_on == day("2024-03-01")
    assert broken.field == "assessed_on"
    assert "先考核、后聘任" in broken.message.zh


def test_the_database_refuses_an_assessment_after_the_appointment(
    world: World, session: Session
) -> None:
    person = a_person(world, world.a_village(), appointed_on="2024-03-01")
    later = update(LegalLiteratePerson).values(assessed_on=day("2024-03-02"))
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(later.where(LegalLiteratePerson.id == person.id))


def test_a_training_names_no_more_people_than_heads(world: World) -> None:
    village = world.a_village()
    ids = tuple(a_person(world, village, name).id for name in "甲乙丙")

    broken = refusal(lambda: a_training(world, headcount=2, person_ids=ids))
    a_training(world, "第一期", headcount=3, person_ids=ids)
    a_training(world, "第二期", "2024-10-10", person_ids=ids)

    assert broken.field == "headcount"
    assert "参训人次为 2，却点名了 3 人" in broken.message.zh
    assert world.value("advisers.legal_literate_trained") == 3, "the names are not added"


def test_a_name_given_twice_is_one_person(world: World) -> None:
    person = a_person(world, world.a_village())

    training = a_training(world, headcount=1, person_ids=(person.id, person.id))

    assert [trainee.person_id for trainee in training.attendees] == [person.id]


def test_another_offices_person_took_no_part(world: World) -> None:
    theirs = a_person(world, world.a_village(office=world.an_office()))

    broken = refusal(lambda: a_training(world, headcount=5, person_ids=(theirs.id,)))

    assert broken.field == "person_ids"


@pytest.mark.parametrize(
    ("held_on", "says"),
    [("2023-05-31", "聘任"), ("2024-10-15", "退出当日起"), ("2024-11-01", "退出")],
)
def test_services_lie_within_the_time_on_the_register(
    world: World, held_on: str, says: str
) -> None:
    person = a_person(
        world,
        world.a_village(),
        appointed_on="2023-06-01",
        left_on="2024-10-15",
        leave_reason="迁出",
    )

    broken = refusal(lambda: a_service(world, person, held_on))
    first, last = a_service(world, person, "2023-06-01"), a_service(world, person, "2024-10-14")

    assert broken.field == "held_on"
    assert says in broken.message.zh
    assert first.number == "MF-2023-001"
    assert last.number == "MF-2024-001"


def test_a_service_of_tomorrow_and_one_of_nobody_are_refused(
    world: World, session: Session
) -> None:
    person = a_person(world, world.a_village())
    theirs = a_person(world, world.a_village(office=world.an_office()))

    tomorrow = refusal(lambda: a_service(world, person, "2025-01-21"))
    nobodys = refusal(
        lambda: literate.create_service(
            session,
            world.office_id,
            ServiceDraft(theirs.id, day("2024-05-06"), "调解"),
            clock.today(),
        )
    )

    assert tomorrow.field == "held_on"
    assert nobodys.field == "person_id"


@pytest.mark.parametrize(
    ("year", "reviewed_on", "field"),
    [
        (2022, "2024-12-01", "year"),
        (2025, "2025-01-10", "year"),
        (2024, "2023-12-31", "reviewed_on"),
        (2024, "2025-01-21", "reviewed_on"),
    ],
)
def test_a_review_is_of_a_year_on_the_register_and_made_in_it_or_later(
    world: World, year: int, reviewed_on: str, field: str
) -> None:
    person = a_person(
        world,
        world.a_village(),
        appointed_on="2023-06-01",
        left_on="2024-10-15",
        leave_reason="迁出",
    )

    assert refusal(lambda: a_review(world, person, year, reviewed_on)).field == field
    assert a_review(world, person, 2024, "2025-01-20").number == "MK-2024-001"


def test_a_person_has_one_review_of_a_year(world: World, session: Session) -> None:
    person = a_person(world, world.a_village())
    first = a_review(world, person, 2024)

    second = refusal(lambda: a_review(world, person, 2024))
    a_review(world, person, 2023)
    world.void(first)
    a_review(world, person, 2024)
    back = refusal(lambda: literate.restore_review(session, world.scope(), first.id))

    assert first.number in second.message.zh
    assert back.field == "person_id"


def test_the_database_keeps_one_review_of_a_year(world: World, session: Session) -> None:
    person = a_person(world, world.a_village())
    a_review(world, person, 2024)
    other = a_review(world, person, 2023)
    same = update(LiterateReview).values(year=2024)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(same.where(LiterateReview.id == other.id))


def test_the_star_is_that_of_the_latest_review_that_gave_one(
    world: World, session: Session
) -> None:
    person = a_person(world, world.a_village(), star_level=2)
    stars = [person.current_star]
    for year, star in ((2023, 3), (2024, None)):
        a_review(world, person, year, star=star)
        session.expire(person)
        stars.append(person.current_star)
    last = a_review(world, a_person(world, world.a_village(), "别人"), 2024, star=5)
    session.expire(person)

    assert stars == [2, 3, 3]
    assert person.current_star == 3
    assert person.star_level == 2, "what was typed at entry stays"
    assert last.star == 5


def test_a_voided_review_gives_no_star(world: World, session: Session) -> None:
    person = a_person(world, world.a_village(), star_level=2)
    world.void(a_review(world, person, 2024, star=5))
    session.expire(person)

    assert person.current_star == 2


def test_failing_a_review_takes_nobody_off_the_register(world: World) -> None:
    person = a_person(world, world.a_village())
    a_review(world, person, 2024, result=ReviewResult.UNQUALIFIED)

    assert world.value("advisers.legal_literate_persons") == 1


def test_days_on_the_register_cannot_leave_records_outside(world: World, session: Session) -> None:
    person = a_person(world, world.a_village(), appointed_on="2023-06-01")
    a_service(world, person, "2024-05-06")
    a_review(world, person, 2023)

    late = refusal(lambda: updated(world, session, person, appointed_on=day("2024-01-01")))
    left = {"leave_reason": "迁出"}
    early = refusal(lambda: updated(world, session, person, left_on=day("2024-05-06"), **left))
    updated(world, session, person, left_on=day("2024-05-07"), **left)

    assert late.field == "appointed_on"
    assert early.field == "left_on"
    assert "先更正那些记录" in early.message.zh


def test_a_service_is_not_taken_back_into_days_off_the_register(
    world: World, session: Session
) -> None:
    person = a_person(world, world.a_village(), appointed_on="2023-06-01")
    service = a_service(world, person, "2024-05-06")
    world.void(service)
    updated(world, session, person, left_on=day("2024-02-01"), leave_reason="迁出")

    back = refusal(lambda: literate.restore_service(session, world.scope(), service.id))

    assert back.field == "held_on"


def test_the_review_of_a_voided_person_can_still_be_corrected(
    world: World, session: Session
) -> None:
    person = a_person(world, world.a_village())
    review = a_review(world, person, 2024, star=3)
    world.void(person)
    draft = ReviewDraft(person.id, 2024, review.reviewed_on, star=4)

    literate.update_review(session, world.scope(), review.id, draft, None, clock.today())
    anew = refusal(lambda: a_review(world, person, 2023))

    assert session.get_one(LiterateReview, review.id).star == 4
    assert anew.field == "person_id"


# ------------------------------------------------------------------------------ by village


def standings(world: World, year: int = 2024) -> dict[str, Any]:
    with world.reading() as session:
        scope = world.scope()
        rules = rules_by_office(session, scope.office_ids)
        period = Period.of_year(year, clock.today())
        found = village_standings(session, scope, period, rules)
        return {each.village.name: each for each in found}


def test_a_village_has_those_on_the_register_on_the_day_and_the_years_work(world: World) -> None:
    village, other = world.a_village("架桥村"), world.a_village("太平村")
    first, second = a_person(world, village, "甲"), a_person(world, village, "乙")
    left = a_person(world, village, "丙", "2023-01-01", left_on="2024-06-01", leave_reason="迁出")
    a_person(world, village, "丁", "2025-01-02")
    a_training(world, headcount=20, person_ids=(first.id, left.id))
    a_training(world, "第二期", "2024-10-10", headcount=20, person_ids=(first.id,))
    world.void(a_training(world, "第三期", "2024-11-10", headcount=5, person_ids=(second.id,)))
    a_training(world, "上年", "2023-11-10", headcount=5, person_ids=(second.id,))
    for held_on in ("2024-05-06", "2024-06-06", "2023-12-31"):
        a_service(world, first, held_on)
    a_service(world, left, "2024-05-31")
    world.void(a_service(world, second, "2024-07-01"))

    there = standings(world)

    assert (there["架桥村"].persons, there["太平村"].persons) == (2, 0)
    assert there["架桥村"].trained == 1, "once, however often; voided and other years do not count"
    assert there["架桥村"].services == 3, "that of somebody who left since included"
    assert there["架桥村"].active == 1
    assert standings(world, 2025)["架桥村"].persons == 3
    assert other.name in there


def test_a_village_is_short_by_the_offices_rule(world: World) -> None:
    village = world.a_village("架桥村")
    for name in "甲乙":
        a_person(world, village, name)
    short = standings(world)["架桥村"]
    a_person(world, village, "丙")

    assert short.least == 3, "the national pack asks for three"
    assert short.is_short
    assert not standings(world)["架桥村"].is_short


def test_a_paired_adviser_who_left_is_marked(world: World) -> None:
    village, other = world.a_village("架桥村"), world.a_village("太平村")
    here, elsewhere, gone = (an_adviser(world, name) for name in ("张三", "李四", "王五"))
    an_assignment(world, here, village)
    an_assignment(world, elsewhere, other)
    an_assignment(world, gone, village, "2023-01-01", "2023-12-31")
    for name, adviser in (("甲", here), ("乙", elsewhere), ("丙", gone), ("丁", gone)):
        a_person(world, village, name, adviser_id=adviser.id)
    a_person(world, village, "戊")

    found = standings(world)["架桥村"]

    assert {each.adviser.name: (each.persons, each.state) for each in found.pairings} == {
        "张三": (1, PairingState.SERVING),
        "李四": (1, PairingState.ELSEWHERE),
        "王五": (2, PairingState.LEFT),
    }
    assert found.unpaired == 1
    then = {each.adviser.name: each.state for each in standings(world, 2023)["架桥村"].pairings}
    assert then["王五"] is PairingState.SERVING


def test_a_merged_village_is_shown_while_somebody_is_on_its_register(world: World) -> None:
    village = world.a_village("老村", closed_on=day("2024-06-30"))
    world.a_village("空村", closed_on=day("2024-06-30"))
    a_person(world, village)

    there = standings(world)

    assert not there["老村"].is_there
    assert not there["老村"].is_short
    assert "空村" not in there
