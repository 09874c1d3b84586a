"""The database itself refuses what could only be a lie, whoever writes it."""

from __future__ import annotations

import pytest
from sqlalchemy import Date, DateTime, Enum, Integer, String, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.world import World
from tracker.kernel.db import REFUSALS, is_clash
from tracker.kernel.model import Hours, Model
from tracker.kernel.records import find
from tracker.outreach.models import OutreachEvent

#: References: what they lead to may have gone a moment ago.
NOT_THERE = ("office_id", "campaign_id", "place_kind_id")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("headcount", "-1"),
        ("headcount", "10000000"),
        pytest.param("headcount", "12.5", marks=pytest.mark.sqlite("elsewhere it is rounded")),
        ("headcount", "'many'"),
        ("sessions", "0"),
        ("sessions", "1000"),
        ("title", "''"),
        ("title", "NULL"),
        ("title", f"'{'长' * 201}'"),
        ("starts_on", "'yesterday'"),
        pytest.param("starts_on", "'2024-6-1'", marks=pytest.mark.sqlite("elsewhere a day")),
        ("starts_on", "'1800-01-01'"),
        ("ends_on", "'2024-06-25'"),
        ("state", "'perhaps'"),
        ("delivery", "''"),
        ("count_basis", "'not_recorded'"),
        ("version", "0"),
        ("created_at", "'1970-01-01 00:00:00'"),
        ("voided_at", "'2024-07-01 00:00:00'"),
        ("void_reason", "'为何'"),
        ("office_id", "99"),
        ("campaign_id", "99"),
        ("place_kind_id", "9999"),
    ],
)
def test_the_database_refuses(session: Session, world: World, column: str, value: str) -> None:
    event = world.an_event(headcount=823)
    with pytest.raises(REFUSALS) as refused, session.begin_nested():
        session.execute(
            text(f"UPDATE outreach_event SET {column} = {value} WHERE id = :id"),  # noqa: S608
            {"id": event.id},
        )
    assert is_clash(refused.value) is (column in NOT_THERE)
    session.expire_all()
    assert find(session, OutreachEvent, event.id, world.scope()).headcount == 823


def test_two_records_cannot_share_a_number(session: Session, world: World) -> None:
    first, second = world.an_event(), world.an_event()
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(
            text("UPDATE outreach_event SET number = :number WHERE id = :id"),
            {"number": first.number, "id": second.id},
        )


def test_a_record_cannot_refer_to_another_offices_record(session: Session, world: World) -> None:
    event = world.an_event()
    elsewhere = world.a_village("邻镇一村", office=world.an_office("邻镇"))
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(
            text(
                "INSERT INTO event_village (office_id, event_id, village_id, held_on)"
                " VALUES (:office, :event, :village, '2024-06-26')"
            ),
            {"office": event.office_id, "event": event.id, "village": elsewhere.id},
        )


def _unguarded() -> list[str]:
    """The columns of texts, numbers, days and codes for which no constraint says what they hold."""
    found = []
    for table in Model.metadata.sorted_tables:
        rules = " ".join(str(getattr(c, "sqltext", "")) for c in table.constraints)
        referring = {c.name for key in table.foreign_keys for c in [key.parent]}
        for column in table.columns:
            kinds = (String, Integer, Hours, Date, DateTime, Enum)
            free = column.primary_key or column.name in referring
            if isinstance(column.type, kinds) and not free and column.name not in rules:
                found.append(f"{table.name}.{column.name}")
    return found


def test_every_column_that_could_lie_has_a_check() -> None:
    assert _unguarded() == [], "declare these with text(), whole(), term(), hours() or a check"


def test_every_index_of_owned_tables_begins_with_the_office() -> None:
    wrong = [
        f"{table.name}: {[c.name for c in index.columns]}"
        for table in Model.metadata.sorted_tables
        if "office_id" in table.columns
        for index in table.indexes
        if next(iter(index.columns)).name != "office_id"
    ]
    assert wrong == []


def test_every_reference_between_owned_tables_stays_in_the_office() -> None:
    owned = {t.name for t in Model.metadata.sorted_tables if "office_id" in t.columns}
    wrong = [
        f"{table.name}.{[c.name for c in constraint.columns]} -> {constraint.referred_table.name}"
        for table in Model.metadata.sorted_tables
        for constraint in table.foreign_key_constraints
        if constraint.referred_table.name in owned
        and "office_id" not in [c.name for c in constraint.columns]
    ]
    assert wrong == [], "refer by (office_id, x_id); see kernel.model.refers"


@pytest.mark.parametrize(
    ("change", "clash"),
    [
        ("headcount = -1", False),
        ("title = NULL", False),
        ("number = (SELECT max(number) FROM outreach_event)", True),
        ("campaign_id = 99", True),
    ],
)
def test_only_what_another_writer_can_cause_is_called_a_clash(
    session: Session, world: World, change: str, clash: bool
) -> None:
    event = world.an_event()
    world.an_event()
    with pytest.raises(IntegrityError) as refused, session.begin_nested():
        session.execute(
            text(f"UPDATE outreach_event SET {change} WHERE id = :id"),  # noqa: S608
            {"id": event.id},
        )
    assert is_clash(refused.value) is clash
