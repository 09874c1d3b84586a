"""One register of a year as a 台账."""

from __future__ import annotations

import io
import tracemalloc
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from tests.benchmarks.export_rows import add_events
from tests.support.world import World
from tests.workbooks.support import DAY, ledger, records_in, rows_of, tally, totals_of
from tracker import collections
from tracker.kernel.register import Column, Register
from tracker.kernel.words import Words
from tracker.offices.models import Office, Village
from tracker.offices.queries import villages_of_period
from tracker.offices.register import VILLAGES
from tracker.outreach.register import CAMPAIGNS, EVENTS
from tracker.workbooks.export import register_file_name, write_register


def test_a_ledger_lists_the_years_records_in_its_own_columns(world: World) -> None:
    village = world.a_village("架桥村")
    world.an_event("民法典进集市", on="2024-05-20", headcount=320, villages=[village])
    world.an_event("去年的", on="2023-05-20", headcount=1)
    sheet = ledger(world, EVENTS)
    heads = [cell.value for cell in sheet[3]]
    assert heads == ["序号", *(column.label.zh for column in EVENTS.columns)]
    (row,) = records_in(sheet)
    assert row["活动名称"] == "民法典进集市"
    assert row["开始日期"] == datetime.fromisoformat("2024-05-20")
    assert row["村（社区）"] == "架桥村"
    assert row["参加人次"] == 320
    assert totals_of(sheet)["参加人次"] == 320


def test_a_ledger_without_numbers_ends_with_the_number_of_records(world: World) -> None:
    world.a_campaign("宪法宣传周", on="2024-12-01")
    assert totals_of(ledger(world, CAMPAIGNS))["专项活动名称"] == "共 1 条"


def test_an_empty_year_gives_an_empty_ledger(world: World) -> None:
    sheet = ledger(world, EVENTS, 2019)
    assert [row["序号"] for row in rows_of(sheet)] == ["（没有记录）", "合计"]


@pytest.mark.parametrize("register", collections.REGISTERS, ids=lambda register: register.key)
def test_every_register_can_be_taken_away(example: World, register: Register) -> None:
    sheet = ledger(example, register)
    with example.reading() as session:
        statement = register.of_period(example.scope(), example.period(2024))
        expected = len(session.scalars(statement).unique().all())
    records = records_in(sheet)
    assert len(records) == expected
    totals = totals_of(sheet)
    for column in register.columns:
        if column.total:
            name = column.label.zh
            assert (totals[name] or 0) == pytest.approx(sum(row[name] or 0 for row in records))


def test_numbers_that_are_names_keep_every_digit(world: World) -> None:
    world.a_village("架桥村", note="430725198001011234")
    register = Register(
        key="cards",
        label=Words("证件", "Cards"),
        title=Words("证件台账", "ledger of cards"),
        model=Village,
        of_period=villages_of_period,
        path="/villages/{id}",
        columns=(
            Column("name", Words("姓名", "Name"), lambda v: v.name),
            Column("card", Words("证号", "Card"), lambda v: v.note, as_text=True),
            Column(
                "digits", Words("数字", "Digits"), lambda v: int(v.note), "number", as_text=True
            ),
        ),
    )
    sheet = ledger(world, register)
    for address in ("C4", "D4"):
        cell = sheet[address]
        assert (cell.value, cell.data_type) == ("430725198001011234", "s")
        assert cell.number_format == "@"


def test_long_text_makes_its_row_higher(world: World) -> None:
    world.an_event("短", on="2024-05-20", note="短")
    world.an_event("长", on="2024-05-21", note="很长的备注" * 40)
    sheet = ledger(world, EVENTS)
    short, long = (sheet.row_dimensions[row].height or 20 for row in (4, 5))
    assert short < 40
    assert 100 < long <= 409


def test_the_file_is_named_after_the_ledger(office: Office) -> None:
    name = register_file_name(office, EVENTS, 2024, date(2024, 12, 31))
    assert name == "架桥镇_2024_普法宣传活动台账_20241231.xlsx"


def test_villages_are_listed_that_existed_in_the_year(world: World) -> None:
    world.a_village("还在的村")
    world.a_village("年中撤并的村", closed_on=date(2024, 6, 1))
    world.a_village("早已撤并的村", closed_on=date(2020, 6, 1))
    names = {row["村（社区）名称"] for row in records_in(ledger(world, VILLAGES))}
    assert names == {"还在的村", "年中撤并的村"}


def _export(world: World) -> io.BytesIO:
    target = io.BytesIO()
    with world.reading() as session:
        write_register(
            session,
            world.scope(),
            session.get_one(Office, world.office_id),
            EVENTS,
            world.period(2024),
            target,
            prepared_by="经办小李",
            today=DAY,
        )
    return target


def _peak(world: World) -> int:
    """The most memory an export holds at once, beside the file it makes."""
    tracemalloc.start()
    try:
        target = _export(world)
        return tracemalloc.get_traced_memory()[1] - len(target.getbuffer())
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(world: World) -> None:
    with world.writing() as session:
        add_events(session, world.office_id, 1000)
    _export(world)  # what is loaded once is not counted
    few = _peak(world)
    with world.writing() as session:
        add_events(session, world.office_id, 3000, first=1001)
    assert _peak(world) < few * 1.5


@pytest.mark.slow
def test_ten_thousand_events_fit_into_export_and_tally(world: World) -> None:
    with world.writing() as session:
        add_events(session, world.office_id, 10_000)
    target = _export(world)
    target.seek(0)
    sheet = load_workbook(target, read_only=True).worksheets[0]
    last = [cell for row in sheet.iter_rows(min_row=10_004, values_only=True) for cell in row]
    assert last[0] == "合计"
    assert sum(index % 300 for index in range(1, 10_001)) in last
    book = tally(world)
    assert book["普法宣传活动"].max_row == 10_004
    assert book["校核"]["D4"].value == 10_000
