"""What the figures of the worklog count, against a naive count of the same entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, cast

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from tests.support.world import World
from tests.worklog.support import an_entry, an_own_inventory, an_own_kind, change
from tracker.figures import catalogue, members, reading
from tracker.figures.readings import Reading
from tracker.kernel.db import db
from tracker.kernel.figure import AnyFigure, Ratio
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.units import Unit
from tracker.worklog import queries
from tracker.worklog.kinds import WorkKind, shipped_kinds
from tracker.worklog.models import WorklogEntry

# --------------------------------------------------------------------------- during the year


def test_entries_count_in_the_year_of_their_day(world: World) -> None:
    an_entry(world, "law_seminar", "2023-12-31", people=5)
    an_entry(world, "law_seminar", "2024-01-01", people=20, items=3)
    an_entry(world, "law_seminar", "2024-12-31", to="2025-01-02", people=30, times=2)
    an_entry(world, "law_seminar", "2024-06-01", people=99, voided="重复登记")
    found = world.reading_of("worklog.law_seminar.times")
    assert (found.value, found.previous, found.records) == (3, 1, 2)
    assert world.value("worklog.law_seminar.people") == 50
    assert world.value("worklog.law_seminar.items") == 3
    assert world.value("worklog.law_seminar.times", 2025) == 0


def test_kinds_are_not_mixed(world: World) -> None:
    an_entry(world, "law_seminar", people=20)
    assert world.value("worklog.staff_study.people") == 0


def test_a_missing_number_is_said(world: World) -> None:
    an_entry(world, "penalty_case", title="有数", items=4)
    an_entry(world, "penalty_case", title="没有数")
    an_entry(world, "penalty_case", title="作废的", items=1, voided="错")
    an_entry(world, "penalty_case", "2023-03-03", title="上年的", items=1)
    assert world.value("worklog.penalty_case.items") == 4
    assert world.reasons("worklog.penalty_case.items") == {
        "没有数": "未填写处罚案件数",
        "作废的": "已作废",
        "上年的": "不在本年度",
    }


def test_people_are_spoken_rounded_down(world: World) -> None:
    an_entry(world, "staff_study", people=1640)
    assert world.phrase("worklog.staff_study.people") == "1600多人次"


def test_a_change_moves_the_figure(world: World) -> None:
    entry = an_entry(world, "staff_study", people=10)
    change(world, entry, people=11)
    assert world.value("worklog.staff_study.people") == 11
    world.void(entry)
    assert world.value("worklog.staff_study.people") == 0


# ------------------------------------------------------------------------------------- rates


def test_rates_sum_only_entries_that_give_both_parts(world: World) -> None:
    an_entry(world, "law_exam", title="齐全", people=45, due=50, succeeded=40)
    an_entry(world, "law_exam", title="无应考", people=30, succeeded=30)
    an_entry(world, "law_exam", title="无实考", due=10)
    assert world.value("worklog.law_exam.coverage_rate") == Decimal("0.9")
    assert world.value("worklog.law_exam.success_rate") == Decimal("0.9333")
    assert world.value("worklog.law_exam.people") == 75
    assert world.value("worklog.law_exam.due") == 60
    assert world.value("worklog.law_exam.succeeded") == 70
    assert world.reasons("worklog.law_exam.coverage_rate") == {
        "无应考": "未填写应考人次",
        "无实考": "未填写人次",
    }


def test_a_rate_of_nothing_is_empty_and_of_none_is_zero(world: World) -> None:
    assert world.value("worklog.litigation.success_rate") is None
    an_entry(world, "litigation", items=5, succeeded=0)
    assert world.value("worklog.litigation.success_rate") == 0
    assert world.phrase("worklog.litigation.success_rate") == "0%"


def test_the_parts_of_a_rate_can_be_opened(world: World) -> None:
    an_entry(world, "law_exam", people=45, due=50)
    counted = world.members_of("worklog.law_exam.coverage_rate.denominator")
    assert [member.weight for member in counted] == [50]


# -------------------------------------------------------------------------------- inventories


def test_inventories_count_what_stands_on_the_last_day(world: World) -> None:
    an_entry(world, "mediator", "2015-03-01", title="老调解员", items=30)
    an_entry(world, "mediator", "2020-01-01", title="解聘的", to="2024-06-30", items=5)
    an_entry(world, "mediator", "2020-01-01", title="年底到期", to="2024-12-31", items=2)
    an_entry(world, "mediator", "2025-01-02", title="今年新聘", items=7)
    an_entry(world, "mediator", "2024-01-01", title="作废的", items=100, voided="错")
    an_entry(world, "mediator", "2024-01-01", title="没有数")
    found = world.reading_of("worklog.mediator.items")
    assert (found.value, found.previous) == (32, 37)
    assert world.value("worklog.mediator.items", 2025) == 37
    assert world.reasons("worklog.mediator.items") == {
        "解聘的": "期末前已结束",
        "今年新聘": "期末时尚未设立",
        "作废的": "已作废",
        "没有数": "未填写调解员数",
    }


def test_the_running_year_is_read_as_of_today(world: World, on_day: Callable[[date], None]) -> None:
    an_entry(world, "mediator", "2024-01-01", to="2025-06-30", items=5)
    assert world.value("worklog.mediator.items", 2025) == 5
    on_day(date(2025, 7, 1))
    assert world.value("worklog.mediator.items", 2025) == 0
    assert world.value("worklog.mediator.items", 2024) == 5


def test_model_villages_have_a_coverage(world: World) -> None:
    an_entry(world, "model_village", "2019-05-01", items=1, due=1)
    an_entry(world, "model_village", "2019-05-01", items=0, due=1)
    assert world.value("worklog.model_village.coverage_rate") == Decimal("0.5")
    assert world.value("worklog.model_village.items") == 1


def test_an_own_inventory_is_read_long_after_its_set_up(world: World) -> None:
    key = an_own_inventory(world).key
    an_entry(world, key, "2001-01-01", items=3)
    assert world.value(f"worklog.{key}.items", 2024) == 3


def test_months_are_no_breakdown_of_what_stands(world: World) -> None:
    by_key = {figure.key: members.dimensions_of(figure) for figure in world.figures()}
    assert "month" in by_key["worklog.law_exam.times"]
    assert "month" not in by_key["worklog.mediator.items"]
    assert "village" in by_key["worklog.mediator.items"]


def test_a_figure_is_broken_down_by_village(session: Session, world: World) -> None:
    village = world.a_village("架桥村")
    an_entry(world, "village_rules", items=2, village_id=village.id)
    an_entry(world, "village_rules", items=3)
    figure = catalogue.figure_named(session, world.scope(), 2024, "worklog.village_rules.items")
    assert figure is not None
    found = members.break_down(
        session, figure, world.scope(), world.period(2024), members.dimensions_of(figure)["village"]
    )
    assert [(part.label.zh, part.value) for part in found.parts] == [("架桥村", 2), ("未填写", 3)]


# ------------------------------------------------------------------------ against an oracle


@dataclass(frozen=True)
class Made:
    """An entry as the oracle remembers it."""

    kind: WorkKind
    held_on: date
    ended_on: date | None
    numbers: dict[str, int | None]
    voided: bool


_KINDS = (
    "law_exam",
    "duty_report",
    "dispute_mediation",
    "government_service",
    "cadre_training",
    "model_village",
    "mediator",
    "penalty_fine",
    "rule_of_law_meeting",
)
_DAYS = st.dates(date(2022, 6, 1), date(2025, 1, 20)) | st.sampled_from(
    [date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1)]
)


@st.composite
def entries(draw: st.DrawFn, kinds: tuple[str, ...] = (*_KINDS, "own", "own_inventory")) -> Any:
    """A sound entry: its kind's name, days, numbers, and whether it is voided."""
    name = draw(st.sampled_from(kinds))
    held_on = draw(_DAYS)
    ended_on = draw(st.none() | st.dates(held_on, date(2025, 12, 31)))
    due = draw(st.none() | st.integers(0, 500))
    base = draw(st.none() | st.integers(0, 500 if due is None else due))
    succeeded = draw(st.none() | st.integers(0, 500 if base is None else base))
    free = draw(st.none() | st.integers(0, 500))
    times = draw(st.none() | st.integers(0, 5))
    return name, held_on, ended_on, (times, base, free, due, succeeded), draw(st.booleans())


def _numbers(kind: WorkKind, drawn: tuple[int | None, ...]) -> dict[str, int | None]:
    """The drawn numbers under the names the kind asks for; the base keeps its proportions."""
    times, base, free, due, succeeded = drawn
    named = {"times": times, "people": free, "items": free, "due": due, "succeeded": succeeded}
    if kind.rate_base is not None:
        named[kind.rate_base] = base
    return {number: named[number] for number in kind.numbers}


def _counts(made: Made, year: int, today: date) -> bool:
    """Whether the entry counts at all for a year, said as plainly as can be."""
    if made.voided:
        return False
    if not made.kind.is_inventory:
        return made.held_on.year == year
    last = min(date(year, 12, 31), today) if year == today.year else date(year, 12, 31)
    return made.held_on <= last and (made.ended_on is None or last <= made.ended_on)


def _expected(made: list[Made], kind: WorkKind, asked: str, year: int, today: date) -> Any:
    here = [m.numbers for m in made if m.kind == kind and _counts(m, year, today)]
    if asked not in ("coverage_rate", "success_rate"):
        return sum(numbers[asked] or 0 for numbers in here)
    base = str(kind.rate_base)
    above, below = (base, "due") if asked == "coverage_rate" else ("succeeded", base)
    both = [n for n in here if n[above] is not None and n[below] is not None]
    whole = sum(numbers[below] or 0 for numbers in both)
    if not whole:
        return None
    share = Decimal(sum(numbers[above] or 0 for numbers in both)) / whole
    return share.quantize(Decimal("0.0001"), ROUND_HALF_UP)


@given(drawn=st.lists(entries(), max_size=14))
def test_every_figure_agrees_with_a_naive_count(
    session: Session, world: World, drawn: list[Any]
) -> None:
    office = world.an_office()
    own = an_own_kind(world, "自设一", office=office, counts_people=True)
    standing = an_own_inventory(world, "自设二", office=office)
    kinds = {
        **shipped_kinds(),
        "own": own.as_kind(),
        "own_inventory": standing.as_kind(),
    }
    made = []
    for name, held_on, ended_on, numbers, voided in drawn:
        kind = kinds[name]
        given_numbers = _numbers(kind, numbers)
        an_entry(
            world,
            kind.key,
            held_on,
            to=ended_on,
            office=office,
            voided="误登" if voided else "",
            **cast("dict[str, Any]", given_numbers),
        )
        if "times" in given_numbers and given_numbers["times"] is None:
            given_numbers["times"] = 1
        made.append(Made(kind, held_on, ended_on, given_numbers, voided))
    scope, today = world.scope(office), date(2025, 1, 20)
    for year in (2023, 2024, 2025):
        figures = [
            figure
            for figure in catalogue.figures_for(session, scope, year)
            if figure.source.key == "worklog.entries"
        ]
        found = reading.read(session, figures, scope, world.period(year))
        for figure in figures:
            part = members.plain_figure(figure).part
            kind = next(each for each in kinds.values() if each.key == part)
            asked = figure.key.rpartition(".")[2]
            read = found[figure.key]
            assert read.value == _expected(made, kind, asked, year, today), figure.key
            before = _expected(made, kind, asked, year - 1, date(year - 1, 12, 31))
            assert read.previous == before, figure.key
            there_are = sum(each.kind == kind for each in made)
            if there_are:
                _check_records(session, figure, scope, world.period(year), read, there_are)


def _check_records(
    session: Session,
    figure: AnyFigure,
    scope: Scope,
    period: Period,
    read: Reading,
    there_are: int,
) -> None:
    """Value, counted and left-out records agree; every record is one or the other."""
    counted = members.members(session, figure, scope, period)
    omitted = members.left_out(session, figure, scope, period)
    assert len(counted) == read.records
    if not isinstance(figure, Ratio):
        assert sum(member.weight for member in counted) == read.value
    ids = [member.id for member in counted] + [record.id for record in omitted]
    assert len(ids) == len(set(ids))
    assert len(ids) == there_are
    part = members.plain_figure(figure).part
    assert all(record.reason is not members.OTHERWISE for record in omitted)
    urls = [member.url for member in counted] + [record.url for record in omitted]
    assert all(url.startswith(f"/worklog/{part}/") for url in urls)


# ------------------------------------------------------------------------------ statements


@contextmanager
def statements_on(app: Flask, table: str) -> Iterator[list[str]]:
    """The statements that read a table meanwhile."""
    found: list[str] = []

    def note(
        _connection: Any, _cursor: Any, statement: str, _values: Any, _context: Any, _many: bool
    ) -> None:
        if re.search(rf"\bFROM {table}\b", statement):
            found.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(("own", "each"), [(0, 0), (1, 1), (6, 20)])
def test_all_kinds_are_read_in_one_statement(app: Flask, world: World, own: int, each: int) -> None:
    for n in range(own):
        key = an_own_kind(
            world, f"自设{n}", counts_items=True, items_unit=Unit.CASES, items_label="件数"
        ).key
        for _ in range(each):
            an_entry(world, key, items=1)
            an_entry(world, "law_exam", people=1, due=2, succeeded=1)
            an_entry(world, "mediator", "2011-01-01", items=1)
    with (
        statements_on(app, "worklog_entry") as entries_read,
        statements_on(app, "own_kind") as kinds_read,
    ):
        world.readings(2024)
    assert len(entries_read) == 1
    assert len(kinds_read) == 1


def test_old_entries_of_dated_kinds_are_passed_over(session: Session, world: World) -> None:
    """The reading is no slower for what happened ten years ago."""
    for n in range(5):
        an_entry(world, "penalty_case", f"201{n}-01-01", items=1)
    an_entry(world, "mediator", "2012-01-01", items=1)
    an_entry(world, "mediator", "2012-01-01", to="2013-01-01", items=1)
    touched = session.scalar(
        select(func.count()).select_from(WorklogEntry).where(queries.touches(world.period(2024)))
    )
    assert touched == 1
