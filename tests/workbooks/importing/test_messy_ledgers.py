"""Ledgers as offices keep them: each row lands right, or is refused beside the right cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.advisers.support import a_firm, an_adviser
from tests.certification.support import a_sitting, an_officer, own_rule
from tests.support import application, databases
from tests.support.world import World
from tests.workbooks.importing.ledger_files import FOLDER, Expected, LedgerFile, all_ledgers
from tracker.advisers.terms import AdviserIdentity
from tracker.collections import INTAKES
from tracker.kernel.headcount import CountBasis
from tracker.kernel.intake import Intake
from tracker.kernel.scope import Scope
from tracker.offices.terms import VillageKind
from tracker.workbooks.grid import Grid
from tracker.workbooks.importing import batches
from tracker.workbooks.importing.comparing import printed
from tracker.workbooks.importing.importer import Import, Options
from tracker.workbooks.importing.outcome import Fate, OnExisting, Outcome
from tracker.workbooks.importing.reading import read_grid
from tracker.workbooks.importing.sheets import Found, HeadNotFound, find_tables, guess_register

LEDGERS = all_ledgers()
#: Those in which a table is found.
TABLES = [ledger for ledger in LEDGERS if "拒绝" not in ledger.told]
every_ledger = pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.path.stem)

#: What a new record says where its row says nothing, by register; all else is empty.
_PLAIN = {
    "events": {
        "状态": "已举办",
        "场次": "1",
        "开展形式": "集中宣传／设咨询台",
        "计数方式": "未登记",
    },
    "villages": {"类别": "行政村"},
    "adviser_visits": {"服务方式": "现场"},
    "adviser_assignments": {"服务对象": "村（社区）法律顾问"},
    "legal_literate_trainings": {"计数方式": "未登记"},
    "certificates": {"证件类别": "行政执法证"},
    "exam_sittings": {"考试性质": "资格考试"},
    "officer_trainings": {"培训类别": "其他"},
}


@pytest.fixture(scope="module")
def township(
    template_folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """架桥镇 as ``ledgers/README.md`` describes it."""
    folder = tmp_path_factory.mktemp("ledgers") / "instance"
    databases.copy(template_folders[1], folder)
    app = application.make_app(folder)
    world = World(app)
    villages = {name: world.a_village(name) for name in ("架桥村", "石桥村", "青山村", "东街村")}
    for name in ("龙泉社区", "东街社区"):
        world.a_village(name, kind=VillageKind.COMMUNITY)
    world.an_event("春节前普法赶集", "2024-01-20", headcount=120, villages=[villages["架桥村"]])
    world.an_event("误登的活动", "2024-01-21", voided="重复登记")
    world.an_event("禁毒入户宣传", "2024-06-26", headcount=80, count_basis=CountBasis.SIGNED_IN)
    world.a_campaign("「宪法宣传周」", "2024-12-01", "2024-12-07")
    firm = a_firm(world, "桥城律师事务所")
    an_adviser(world, "李律师", identity=AdviserIdentity.LAWYER, firm_id=firm.id)
    an_adviser(world, "张　三", identity=AdviserIdentity.LAWYER)
    an_officer(world, "陈志强", station="综合行政执法队")
    an_officer(world, "刘芳", station="农业综合服务站")
    an_officer(world, "王 伟", station="应急管理站")
    a_sitting(world, "2024-05-25", "2024年行政执法资格考试")
    # Each ledger comes in by itself, certificates without the results they would be held against.
    own_rule(world, "pass_before_certificate", "")
    yield world
    application.discard(app)


def options_of(ledger: LedgerFile) -> Options:
    told = ledger.told.get("选项", "").split()
    year = next(
        (int(each.removeprefix("年份=")) for each in told if each.startswith("年份=")), None
    )
    on_existing = OnExisting.SKIP if "跳过" in told else OnExisting.UPDATE
    return Options("自动新建" in told, on_existing, year)


def taught_by(ledger: LedgerFile) -> dict[str, str]:
    told = ledger.told.get("对应", "").split()
    return dict(each.split("=", 1) for each in told)


def intake_of(ledger: LedgerFile) -> Intake:
    return next(i for i in INTAKES if i.register.key == ledger.told["台账"])


def found_in(ledger: LedgerFile, grid: Grid) -> Found:
    intake = intake_of(ledger)
    if ledger.told.get("识别") != "否":
        assert guess_register(grid, INTAKES).register.key == intake.register.key
    return find_tables(grid, intake, taught_by(ledger), others=INTAKES)


def names_of(told: dict[Any, list[str]]) -> str:
    return " ".join(f"{label.zh}={'、'.join(names)}" for label, names in told.items())


def said_by(intake: Intake, record: Any) -> dict[str, str]:
    """What the register says of a record, where it says anything; by label."""
    columns = [c for c in intake.register.columns if intake.field_of(c)]
    said = {c.label.zh: printed(c.read(record)) for c in columns}
    return {label: text for label, text in said.items() if text not in ("", "否")}


def all_said(session: Session, intake: Intake, scope: Scope) -> dict[str, dict[str, str]]:
    """What the register says of every record that is not voided, by number."""
    session.expire_all()
    found = session.scalars(intake.existing(scope)).unique().all()
    return {record.number: said_by(intake, record) for record in found}


def check_row(row: Any, expected: Expected, where: str) -> None:
    faults = [(fault.place, fault.message.zh) for fault in row.faults]
    assert row.fate is expected.fate, f"{where}: {row.fate.label.zh} {faults}"
    assert len(faults) == len(expected.faults), f"{where}: {faults}"
    for (place, message), (right_place, part) in zip(
        sorted(faults, key=str), sorted(expected.faults, key=str), strict=True
    ):
        assert place == right_place, f"{where}: {message}"
        assert part in message, where
    notes = [note.zh for note in row.notes]
    for part in expected.notes:
        assert any(part in note for note in notes), f"{where}: {notes}"
    if not expected.notes:
        assert not [note for note in notes if "录入" not in note], f"{where}: {notes}"


def check_record(
    session: Session, intake: Intake, row: Any, expected: Expected, where: str
) -> None:
    """The record, as it now stands in the database, says what it should and nothing else."""
    model: Any = intake.register.model
    record = session.scalars(select(model).where(model.id == row.written.record_id)).one()
    said = said_by(intake, record)
    if row.fate is Fate.UPDATED:
        assert {label.zh for label in row.changed} == set(expected.said), where
        assert {label: said.get(label, "") for label in expected.said} == expected.said, where
        return
    plain = dict(_PLAIN.get(intake.register.key, {}))
    if "结束日期" in said and "开始日期" in said and intake.register.key == "events":
        plain["结束日期"] = expected.said.get("开始日期", "")
    assert said == {**plain, **expected.said}, where


def check(ledger: LedgerFile, grid: Grid, outcome: Outcome) -> list[tuple[Any, Expected, str]]:
    """Every row of every sheet came to what it should; returns the records with it."""
    assert outcome.rows_read == sum(len(sheet.rows) for sheet in ledger.sheets)
    assert [len(sheet.rows) for sheet in grid.sheets] == [len(s.rows) for s in ledger.sheets]
    counted = outcome.count(*Fate) + len(outcome.not_data)
    assert outcome.rows_read == counted
    reasons = {(each.sheet, each.row): each.why for each in outcome.not_data}
    records = {(each.sheet, each.row): each for each in outcome.rows}
    assert len(reasons) + len(records) == counted, "each row has one fate"
    pairs = []
    for sheet in ledger.sheets:
        for number, expected in enumerate(sheet.expected):
            where = f"{ledger.path.name}, {sheet.name} row {number + 1}"
            assert expected is not None, f"{where}: nothing is said of it"
            row = records.get((sheet.name, number))
            if expected.reason is not None:
                found = reasons.get((sheet.name, number))
                assert found is not None, f"{where}: {row}"
                assert found.zh == expected.reason.zh, where
                continue
            assert row is not None, f"{where}: {reasons.get((sheet.name, number))}"
            check_row(row, expected, where)
            pairs.append((row, expected, where))
    assert "、".join(outcome.left_out) == ledger.told.get("不导入", "")
    assert names_of(outcome.created) == ledger.told.get("新建", "")
    assert names_of(outcome.unknown) == ledger.told.get("不认识", "")
    return pairs


@every_ledger
def test_each_row_comes_to_what_it_should(township: World, ledger: LedgerFile):
    grid = read_grid(ledger.content, ledger.path.name)
    if "拒绝" in ledger.told:
        with pytest.raises(HeadNotFound) as refused:
            found_in(ledger, grid)
        assert ledger.told["拒绝"] in refused.value.message.zh
        return
    found, intake, scope = found_in(ledger, grid), intake_of(ledger), township.scope()
    with township.trying() as session:
        outcome = Import(session, scope, found, options_of(ledger), application.TODAY).run()
        session.flush()
        session.expire_all()
        for row, expected, where in check(ledger, grid, outcome):
            if row.fate in (Fate.NEW, Fate.UPDATED):
                check_record(session, intake, row, expected, where)


@pytest.mark.parametrize("ledger", TABLES, ids=lambda ledger: ledger.path.stem)
def test_all_of_it_or_nothing_and_back_again(township: World, ledger: LedgerFile):
    """A ledger that is right is taken in; taken in again it changes nothing; taken back, nothing
    of it is left. Of one with a wrong row, nothing is taken in."""
    grid = read_grid(ledger.content, ledger.path.name)
    found, intake, scope = found_in(ledger, grid), intake_of(ledger), township.scope()
    options, today = options_of(ledger), application.TODAY
    wrong = any(e and e.fate is Fate.WRONG for s in ledger.sheets for e in s.expected)
    with township.trying() as session:
        before = all_said(session, intake, scope)
        if wrong:
            with pytest.raises(batches.ImportRefused):
                batches.take_in(session, scope, found, options, today, name="台账.xlsx")
            return
        batch, first = batches.take_in(session, scope, found, options, today, name="台账.xlsx")
        again = Import(session, scope, found, options, today).run()
        fates = {row.fate for row in again.rows}
        assert fates <= {Fate.UNCHANGED, Fate.SKIPPED}, [
            (row.row, row.fate, [c.zh for c in row.changed], row.faults) for row in again.rows
        ]
        assert not again.created, "what was created is known by now"
        if first.count(Fate.NEW, Fate.UPDATED):
            assert all_said(session, intake, scope) != before
        batches.undo(session, scope, intake, batch.id, today)
        assert all_said(session, intake, scope) == before


def test_there_are_enough_of_them():
    assert len(LEDGERS) >= 45
    assert {ledger.kind for ledger in LEDGERS} == {"xlsx", "xls", "ods"}
    assert len({ledger.told["台账"] for ledger in LEDGERS}) >= 10
    assert {p.suffix for p in FOLDER.iterdir()} <= {".txt", ".md", ".xls", ".ods"}


@pytest.mark.parametrize(
    "ledger", [x for x in LEDGERS if x.kind != "xlsx"], ids=lambda ledger: ledger.path.stem
)
def test_saved_files_hold_what_their_texts_say(ledger: LedgerFile):
    """Save them again with ``python -m tests.workbooks.importing.ledger_files``."""
    saved = read_grid(ledger.content, ledger.path.name)
    made = read_grid(ledger.xlsx(), ledger.path.name)
    assert saved.kind == ledger.kind
    assert [
        (s.name, s.hidden, set(s.merges), [[_plain(c) for c in row] for row in s.rows])
        for s in saved.sheets
    ] == [
        (s.name, s.hidden, set(s.merges), [[_plain(c) for c in row] for row in s.rows])
        for s in made.sheets
    ]


def _plain(value: Any) -> Any:
    """LibreOffice keeps a truth value of an .ods as a number."""
    return int(value) if isinstance(value, bool) else value
