"""Opinions on decisions: who may have given them, what they count, and how counsel stand."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.advisers.support import a_visit, an_adviser, an_assignment, an_opinion
from tests.support.world import World, day
from tracker.advisers.counsel import operations as counsel
from tracker.advisers.counsel.drafts import OpinionDraft
from tracker.advisers.counsel.models import CounselOpinion
from tracker.advisers.counsel.terms import Adoption, DecisionKind
from tracker.kernel import clock
from tracker.kernel.errors import RuleBroken

pytestmark = pytest.mark.usefixtures("session")


def refusal(call: Any) -> RuleBroken:
    with pytest.raises(RuleBroken) as caught:
        call()
    return caught.value


def redrafted(opinion: CounselOpinion, **changed: Any) -> OpinionDraft:
    values = {name: getattr(opinion, name) for name in OpinionDraft.__dataclass_fields__}
    return OpinionDraft(**{**values, **changed})


def test_an_opinion_is_not_given_before_it_is_asked_for(world: World) -> None:
    same_day = an_opinion(world, asked_on="2024-05-06")
    broken = refusal(lambda: an_opinion(world, asked_on="2024-05-07"))
    tomorrow = refusal(lambda: an_opinion(world, given_on="2025-01-21"))

    assert same_day.number == "YJ-2024-001"
    assert (broken.field, tomorrow.field) == ("given_on", "given_on")


@pytest.mark.parametrize(
    ("given_on", "is_taken"),
    [("2023-12-31", False), ("2024-01-01", True), ("2024-06-30", True), ("2024-07-01", False)],
)
def test_a_counsel_gives_opinions_while_serving_the_township(
    world: World, given_on: str, is_taken: bool
) -> None:
    adviser = an_adviser(world)
    an_assignment(world, adviser, None, "2024-01-01", "2024-06-30")

    if is_taken:
        assert an_opinion(world, adviser, given_on).adviser_id == adviser.id
    else:
        broken = refusal(lambda: an_opinion(world, adviser, given_on))
        assert broken.field == "adviser_id"
        assert "先登记其聘任" in broken.message.zh


def test_a_villages_adviser_is_no_counsel_of_the_township(world: World) -> None:
    adviser = an_adviser(world)
    an_assignment(world, adviser, world.a_village())

    assert refusal(lambda: an_opinion(world, adviser)).field == "adviser_id"
    assert an_opinion(world).adviser_id is None, "the office's own needs no counsel"


def test_an_opinion_comes_from_a_visit_of_its_counsel_for_the_township(world: World) -> None:
    adviser, other = an_adviser(world, "张三"), an_adviser(world, "李四")
    for each in (adviser, other):
        an_assignment(world, each, None)
    visit = a_visit(world, adviser, opinions=1)
    village = world.a_village()
    an_assignment(world, adviser, village)
    for_village = a_visit(world, adviser, village, opinions=1)
    voided = a_visit(world, adviser, matter="作废的")
    world.void(voided)

    for who, which in ((other, visit), (None, visit), (adviser, for_village), (adviser, voided)):
        with pytest.raises(RuleBroken) as caught:
            an_opinion(world, who, visit_id=which.id)
        assert caught.value.field == "visit_id"
    assert an_opinion(world, adviser, visit_id=visit.id).visit_id == visit.id


def test_the_opinions_of_the_log_and_those_on_decisions_are_counted_apart(world: World) -> None:
    """The same opinion may stand in both; neither figure knows of the other's records."""
    adviser = an_adviser(world)
    an_assignment(world, adviser, None)
    visit = a_visit(world, adviser, opinions=3)
    before = world.value("advisers.opinions")
    an_opinion(world, adviser, visit_id=visit.id)
    an_opinion(world, matter="合同", adopted=Adoption.NOT_ADOPTED)
    world.void(an_opinion(world, matter="作废"))
    an_opinion(world, given_on="2023-12-31")
    an_opinion(world, given_on="2024-01-02", asked_on="2023-12-20")

    assert before == world.value("advisers.opinions") == 3
    assert world.value("advisers.decision_opinions") == 3


def test_an_opinion_stays_when_its_counsels_term_is_mended(world: World, session: Session) -> None:
    adviser = an_adviser(world)
    assignment = an_assignment(world, adviser, None, "2024-01-01")
    opinion = an_opinion(world, adviser, "2024-05-06")
    world.void(assignment)

    def update(**changed: Any) -> CounselOpinion:
        draft = redrafted(opinion, **changed)
        scope = world.scope()
        return counsel.update_opinion(session, scope, opinion.id, draft, None, clock.today())

    assert update(adopted=Adoption.ADOPTED).adopted is Adoption.ADOPTED
    assert refusal(lambda: update(given_on=day("2024-05-07"))).field == "adviser_id"
    assert update(adviser_id=None, kind=DecisionKind.CONTRACT).adviser_id is None
