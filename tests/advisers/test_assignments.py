"""A village has one adviser at a time, unless it is said that it has more."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.advisers.support import an_adviser, an_assignment, draft_of
from tests.support.world import World
from tracker.advisers import operations, queries
from tracker.advisers.drafts import AdviserDraft, AssignmentDraft
from tracker.advisers.models import AdviserAssignment
from tracker.advisers.terms import AssignmentTarget
from tracker.kernel import clock, records
from tracker.kernel.errors import RuleBroken

pytestmark = pytest.mark.usefixtures("session")


def refusal(call) -> RuleBroken:
    with pytest.raises(RuleBroken) as caught:
        call()
    return caught.value


def test_two_assignments_of_one_village_may_not_serve_on_the_same_day(world: World) -> None:
    village = world.a_village()
    an_assignment(world, an_adviser(world, "张三"), village, "2024-01-01", "2024-12-31")

    broken = refusal(lambda: an_assignment(world, an_adviser(world, "李四"), village, "2024-12-31"))

    assert broken.field == "starts_on"
    assert "张三" in broken.message.zh
    assert "2024-01-01起" in broken.message.zh
    assert "至2024-12-31" in broken.message.zh
    assert "from 2024-01-01" in broken.message.en


def test_a_handover_begins_the_day_after(world: World) -> None:
    village = world.a_village()
    an_assignment(world, an_adviser(world, "张三"), village, "2024-01-01", "2024-06-30")

    after = an_assignment(world, an_adviser(world, "李四"), village, "2024-07-01")

    assert after.number == "PR-2024-002"


def test_an_open_assignment_goes_on_for_ever(world: World) -> None:
    village = world.a_village()
    an_assignment(world, an_adviser(world, "张三"), village, "2020-01-01")

    broken = refusal(lambda: an_assignment(world, an_adviser(world, "李四"), village, "2030-01-01"))

    assert "未填结束日期" in broken.message.zh


def test_an_open_assignment_before_a_later_one_overlaps_it(world: World) -> None:
    village = world.a_village()
    an_assignment(world, an_adviser(world, "张三"), village, "2025-01-01")

    assert refusal(lambda: an_assignment(world, an_adviser(world, "李四"), village, "2024-01-01"))


def test_an_additional_adviser_serves_beside_the_first(world: World) -> None:
    village = world.a_village()
    an_assignment(world, an_adviser(world, "张三"), village)

    second = an_assignment(world, an_adviser(world, "李四"), village, additional=True)

    assert second.additional


def test_it_is_the_later_entry_that_must_say_it_is_additional(world: World) -> None:
    village = world.a_village()
    an_assignment(world, an_adviser(world, "张三"), village, additional=True)

    assert refusal(lambda: an_assignment(world, an_adviser(world, "李四"), village))


def test_other_villages_and_the_township_do_not_get_in_the_way(world: World) -> None:
    adviser = an_adviser(world)
    an_assignment(world, adviser, world.a_village())
    an_assignment(world, adviser, world.a_village())

    an_assignment(world, adviser, None)
    second_counsel = an_assignment(world, an_adviser(world, "李四"), None)

    assert second_counsel.target is AssignmentTarget.TOWNSHIP


def test_changing_the_days_is_checked_too(world: World, session: Session) -> None:
    village = world.a_village()
    first = an_assignment(world, an_adviser(world, "张三"), village, "2024-01-01", "2024-06-30")
    second = an_assignment(world, an_adviser(world, "李四"), village, "2024-07-01")

    def change(assignment: AdviserAssignment, **changed: object) -> None:
        operations.update_assignment(
            session, world.scope(), assignment.id, draft_of(assignment, **changed), None
        )

    later = refusal(lambda: change(second, starts_on="2024-06-30"))
    earlier = refusal(lambda: change(first, ends_on="2024-07-01"))
    change(first, ends_on="2024-05-31")
    change(second, starts_on="2024-06-01")

    assert "张三" in later.message.zh
    assert "李四" in earlier.message.zh
    assert second.number in earlier.message.zh
    assert (first.ends_on, second.starts_on) == (date(2024, 5, 31), date(2024, 6, 1))


def test_the_earlier_may_be_prolonged_over_one_that_is_additional(
    world: World, session: Session
) -> None:
    village = world.a_village()
    first = an_assignment(world, an_adviser(world, "张三"), village, "2024-01-01", "2024-06-30")
    an_assignment(world, an_adviser(world, "李四"), village, "2024-07-01", additional=True)

    operations.update_assignment(
        session, world.scope(), first.id, draft_of(first, ends_on=None), None
    )

    assert first.ends_on is None


def test_an_additional_one_cannot_cease_to_be_additional(world: World, session: Session) -> None:
    village = world.a_village()
    an_assignment(world, an_adviser(world, "张三"), village)
    second = an_assignment(world, an_adviser(world, "李四"), village, additional=True)

    assert refusal(
        lambda: operations.update_assignment(
            session, world.scope(), second.id, draft_of(second, additional=False), None
        )
    )


def test_saving_an_assignment_unchanged_does_not_overlap_itself(
    world: World, session: Session
) -> None:
    assignment = an_assignment(world, an_adviser(world), world.a_village())

    operations.update_assignment(
        session, world.scope(), assignment.id, draft_of(assignment, note="已核对"), None
    )

    assert (assignment.note, assignment.version) == ("已核对", 2)


def test_a_voided_assignment_makes_room_and_cannot_come_back(
    world: World, session: Session
) -> None:
    village = world.a_village()
    first = an_assignment(world, an_adviser(world, "张三"), village)
    world.void(first)
    an_assignment(world, an_adviser(world, "李四"), village)

    broken = refusal(lambda: operations.restore_assignment(session, world.scope(), first.id))

    assert "李四" in broken.message.zh
    assert first.is_voided


def test_a_voided_assignment_comes_back_where_there_is_room(world: World, session: Session) -> None:
    assignment = an_assignment(world, an_adviser(world), world.a_village())
    world.void(assignment)

    operations.restore_assignment(session, world.scope(), assignment.id)

    assert not assignment.is_voided


def test_a_voided_adviser_serves_nobody_and_cannot_come_back_over_another(
    world: World, session: Session
) -> None:
    village = world.a_village()
    gone = an_adviser(world, "张三")
    assignment = an_assignment(world, gone, village)
    world.void(gone)
    assert queries.serving_ids(session, [assignment], clock.today()) == set()
    an_assignment(world, an_adviser(world, "李四"), village)

    with pytest.raises(RuleBroken) as caught, session.begin_nested():
        operations.restore_adviser(session, world.scope(), gone.id)

    assert "李四" in caught.value.message.zh
    assert world.again(gone).is_voided


def test_an_assignment_cannot_end_before_it_begins(world: World) -> None:
    broken = refusal(
        lambda: an_assignment(
            world, an_adviser(world), world.a_village(), "2024-05-02", "2024-05-01"
        )
    )

    assert broken.field == "ends_on"


def test_one_day_is_an_assignment(world: World, session: Session) -> None:
    day = date(2024, 5, 1)
    assignment = an_assignment(world, an_adviser(world), world.a_village(), day, day)

    serving = [
        bool(queries.serving_ids(session, [assignment], each))
        for each in (date(2024, 4, 30), day, date(2024, 5, 2))
    ]

    assert serving == [False, True, False]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"village_id": None}, "village_id"),
        ({"target": AssignmentTarget.TOWNSHIP}, "village_id"),
        ({"end_reason": "期满"}, "ends_on"),
        ({"screened_on": "2023-12-01"}, "screened_on"),
    ],
)
def test_what_contradicts_itself_is_refused_beside_its_field(
    world: World, session: Session, changed: dict[str, object], field: str
) -> None:
    assignment = an_assignment(world, an_adviser(world), world.a_village())

    broken = refusal(
        lambda: operations.update_assignment(
            session, world.scope(), assignment.id, draft_of(assignment, **changed), None
        )
    )

    assert broken.field == field


def test_a_counsel_is_checked_then_screened_then_appointed(world: World) -> None:
    steps = {"qualification_checked_on": "2023-11-01", "screened_on": "2023-11-20"}
    counsel = an_assignment(world, an_adviser(world), None, appointed_on="2023-12-01", **steps)

    broken = refusal(
        lambda: an_assignment(
            world, an_adviser(world, "李四"), None, appointed_on="2023-11-19", **steps
        )
    )

    assert counsel.appointed_on == date(2023, 12, 1)
    assert broken.field == "appointed_on"


def test_the_database_refuses_another_offices_village(world: World, session: Session) -> None:
    theirs = world.a_village(office=world.an_office())
    adviser = an_adviser(world)

    with pytest.raises(IntegrityError), session.begin_nested():
        an_assignment(world, adviser, theirs)


@pytest.mark.parametrize(
    "lie",
    [
        {"ends_on": date(2023, 12, 31)},
        {"village_id": None},
        {"end_reason": "期满"},
        {"fee": -1},
        {"note": "字" * 2001},
    ],
)
def test_the_database_refuses_what_no_operation_writes(
    world: World, session: Session, lie: dict[str, object]
) -> None:
    adviser, village = an_adviser(world), world.a_village()
    values = {"starts_on": date(2024, 1, 1), "village_id": village.id, **lie}
    record = AdviserAssignment(
        office_id=world.office_id,
        adviser_id=adviser.id,
        target=AssignmentTarget.VILLAGE,
        **values,
    )

    with pytest.raises(IntegrityError), session.begin_nested():
        records.add_new(session, record, date(2024, 1, 1))


def test_a_licence_number_belongs_to_one_adviser(world: World, session: Session) -> None:
    first = an_adviser(world, "张三", licence_number="14307202010123456")
    an_adviser(world, "李四")
    an_adviser(world, "王五")

    broken = refusal(lambda: an_adviser(world, "赵六", licence_number="14307202010123456"))
    world.void(first)
    an_adviser(world, "赵六", licence_number="14307202010123456")
    comes_back = refusal(lambda: operations.restore_adviser(session, world.scope(), first.id))

    assert (broken.field, comes_back.field) == ("licence_number", "licence_number")
    assert "张三" in broken.message.zh


def test_an_advisers_name_is_found_by_pinyin(world: World, session: Session) -> None:
    adviser = an_adviser(world, "欧阳明")
    operations.update_adviser(
        session, world.scope(), adviser.id, AdviserDraft("司马光"), adviser.version
    )

    found = session.scalars(
        queries.find_advisers(world.scope(), queries.Wanted(clock.today(), search="simag"))
    ).all()

    assert [each.name for each in found] == ["司马光"]


def test_a_draft_is_open_and_for_a_village_unless_said_otherwise() -> None:
    draft = AssignmentDraft(adviser_id=1, starts_on=date(2024, 1, 1))

    assert (draft.ends_on, draft.target) == (None, AssignmentTarget.VILLAGE)
