"""Ledgers of results as offices keep them: who must be registered first, and 补考."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.certification.support import (
    ABSENT,
    FAILED,
    GENERAL,
    PASSED,
    SPECIAL,
    a_sitting,
    an_officer,
    registered,
    sat,
    scope_of,
)
from tests.support.application import TODAY
from tests.support.world import World, day
from tests.workbooks.importing.making import xlsx
from tracker.certification.intake import OFFICERS, RESULTS, SITTINGS
from tracker.certification.models import ExamRegistration, ExamSitting
from tracker.certification.terms import EstablishmentKind, Outcome
from tracker.kernel.errors import TrackerError
from tracker.kernel.scope import Scope
from tracker.offices.models import Office
from tracker.rulepacks.operations import choose_pack
from tracker.rulepacks.terms import Pack
from tracker.workbooks.export import write_records
from tracker.workbooks.importing import batches
from tracker.workbooks.importing.importer import Import, Options
from tracker.workbooks.importing.outcome import Fate
from tracker.workbooks.importing.outcome import Outcome as Told
from tracker.workbooks.importing.reading import read_grid
from tracker.workbooks.importing.sheets import Found, find_tables

EXAM = "资格考试"
HEADS = ("姓名", "考试名称", "考试日期", "公共成绩", "专业成绩", "报名日期")


def ledger(*rows: Sequence[Any], heads: Sequence[str] = HEADS) -> Found:
    grid = read_grid(xlsx(heads, *rows), "成绩.xlsx")
    return find_tables(grid, RESULTS)


def taken(session: Session, scope: Scope, found: Found) -> Told:
    return Import(session, scope, found, Options(), TODAY).run()


def take(world: World, found: Found, *, may_except: bool = False) -> Told:
    """Take a ledger in; refused rows leave nothing."""
    scope = replace(scope_of(world), may_except=may_except)
    with world.writing() as session:
        return taken(session, scope, found)


def refusals(told: Told) -> list[str]:
    return [fault.message.zh for row in told.rows for fault in row.faults]


def attempts(world: World) -> dict[str, list[tuple[str, int, Outcome, Decimal | None]]]:
    """Everybody's attempts, by name."""
    with world.reading() as session:
        found = session.scalars(
            select(ExamRegistration).where(ExamRegistration.voided_at.is_(None))
        )
        return {
            each.officer.name: [
                (r.part.value, r.attempt, r.outcome, r.score)
                for part in (GENERAL, SPECIAL)
                for r in each.attempts(part)
            ]
            for each in found
        }


# -------------------------------------------------------------- results without a registration


def test_a_result_of_somebody_not_on_the_list_is_refused_with_what_to_do(world: World):
    sitting = a_sitting(world)
    registered(world, sitting, an_officer(world, "李四"))
    an_officer(world, "张三")

    told = take(world, ledger(("张三", EXAM, "", 80, 70, ""), ("李四", EXAM, "", 61, 62, "")))

    assert [row.fate for row in told.rows] == [Fate.WRONG, Fate.UPDATED]
    assert refusals(told) == [
        "张三没有报名这场考试。请先在考试页面登记报名，或在表中填写「报名日期」。"
        "确需这样登记的，请管理员填写例外理由"
    ]
    assert [fault.column for fault in told.rows[0].faults] == ["姓名"]


def test_a_row_with_its_day_of_registration_is_the_registration(world: World):
    sitting = a_sitting(world)
    registered(world, sitting, an_officer(world, "李四"))
    an_officer(world, "张三")

    told = take(world, ledger(("张三", EXAM, "", 80, 70, "2024-04-01")))

    assert [row.fate for row in told.rows] == [Fate.NEW]
    assert world.value("certification.passed") == 1


def test_a_row_without_results_registers_somebody(world: World):
    registered(world, a_sitting(world), an_officer(world, "李四"))
    an_officer(world, "张三")

    assert take(world, ledger(("张三", EXAM, "", "", "", ""))).is_clean
    assert world.value("certification.registered") == 2


def test_an_old_ledger_comes_in_whole_where_nobody_was_registered_before(world: World):
    """Its own rows do not make the later ones strangers, whatever the rules are now."""
    with world.writing() as session:
        choose_pack(session, world.office_id, Pack.HUNAN)
    sitting = a_sitting(world, list_handed_in_on=day("2024-05-06"))
    names = [f"某{number}" for number in range(210)]
    for name in names[:5]:
        an_officer(world, name, establishment=EstablishmentKind.CONTRACT)
    an_officer(world, "走了的", until="2024-01-01")
    voided = registered(world, a_sitting(world, title="另一场"), an_officer(world, "别的"))
    world.void(voided)

    rows = [(name, EXAM, "", 80, 70, "") for name in [*names[:5], "走了的"]]
    told = take(world, ledger(*rows))

    assert refusals(told) == []
    assert {row.fate for row in told.rows} == {Fate.NEW}
    assert world.again(sitting).list_handed_in_on == day("2024-05-06")
    assert world.value("certification.passed") == 6


def test_where_a_list_is_kept_the_rules_are_those_of_the_page(world: World):
    with world.writing() as session:
        choose_pack(session, world.office_id, Pack.HUNAN)
    sitting = a_sitting(world)
    registered(world, sitting, an_officer(world, "李四"))
    an_officer(world, "合同的", establishment=EstablishmentKind.CONTRACT)
    row = ("合同的", EXAM, "", 80, 70, "2024-04-01")

    assert "合同的是合同人员，不能报名" in refusals(take(world, ledger(row)))[0]

    with world.writing() as session:
        session.get_one(ExamSitting, sitting.id).list_handed_in_on = day("2024-05-06")
    an_officer(world, "补报的")
    late = ledger(("补报的", EXAM, "", 80, 70, "2024-04-01"))
    assert "报名名单已于 2024-05-06 上报" in refusals(take(world, late))[0]


def test_an_administrators_reason_takes_the_row_in_and_a_clerks_does_not(world: World):
    registered(world, a_sitting(world), an_officer(world, "李四"))
    an_officer(world, "张三")
    found = ledger(
        ("张三", EXAM, 80, 70, "县局补送名单"), heads=(*HEADS[:2], *HEADS[3:5], "例外理由")
    )

    assert "例外理由由管理员填写" in refusals(take(world, found))[0]
    assert world.value("certification.registered") == 1

    assert take(world, found, may_except=True).is_clean
    with world.reading() as session:
        reasons = session.scalars(select(ExamRegistration.exception_reason)).all()
    assert sorted(reasons) == ["", "县局补送名单"]


# ------------------------------------------------------------------------------- messy sheets

MESSY = (
    "考生 姓名",
    "考 试",
    "考试时间",
    "公共科目",
    "公共结果",
    "专业科目",
    "专业结果",
    "是否补考",
)


def test_a_messy_sheet_comes_in_right(world: World):
    a_sitting(world)
    for name in ("张三", "李 四", "王五", "赵六", "孙七"):
        an_officer(world, name)

    told = take(
        world,
        ledger(
            ("行政执法资格考试成绩", *[""] * 7),
            MESSY,
            ("张 三", f" {EXAM} ", "2024.5.25", "７８分", "", "81.5", "合格", ""),
            ("李四", EXAM, "", "45", "不合格", "70", "及格", "首考"),
            ("李四", EXAM, "2024年8月10日", "66", "通过", "", "", "补考"),
            ("王　五", EXAM, "", "缺考", "", "缺考", "", ""),
            ("赵六", EXAM, "", "", "缺考", "", "未通过", ""),
            ("孙七", EXAM, "", " 60 ", "", 59.5, "", ""),
            ("孙七", f"{EXAM}（补考）", "2024-08-10", "", "", "", "合格", ""),
            heads=("2024年", *[""] * 7),
        ),
    )

    assert refusals(told) == []
    assert attempts(world) == {
        "张三": [("general", 0, PASSED, Decimal(78)), ("special", 0, PASSED, Decimal("81.5"))],
        "李 四": [
            ("general", 0, FAILED, Decimal(45)),
            ("general", 1, PASSED, Decimal(66)),
            ("special", 0, PASSED, Decimal(70)),
        ],
        "王五": [("general", 0, ABSENT, None), ("special", 0, ABSENT, None)],
        "赵六": [("general", 0, ABSENT, None), ("special", 0, FAILED, None)],
        "孙七": [
            ("general", 0, PASSED, Decimal(60)),
            ("special", 0, FAILED, Decimal("59.5")),
            ("special", 1, PASSED, None),
        ],
    }
    with world.reading() as session:
        found = session.scalars(select(ExamRegistration)).all()
        days = {r.sat_on for each in found for r in each.results if r.attempt}
    assert days == {day("2024-08-10")}
    assert world.value("certification.passed") == 3


ROWS = (("李四", EXAM, 45, 70, ""), ("李四", EXAM, 66, "", "补考"))
SHORT = ("姓名", "考试名称", "公共成绩", "专业成绩", "补考")


def test_the_same_sheet_again_changes_no_result(world: World):
    a_sitting(world)
    an_officer(world, "李四")
    take(world, ledger(*ROWS, heads=SHORT))
    before = attempts(world)

    told = take(world, ledger(*ROWS, heads=SHORT))

    assert told.is_clean
    assert told.rows[1].fate is Fate.UNCHANGED
    assert attempts(world) == before


def test_a_retake_alone_goes_to_the_registration_that_is_there(world: World):
    sat(world, a_sitting(world), an_officer(world, "李四"), 45, 70)

    assert refusals(take(world, ledger(ROWS[1], heads=SHORT))) == []

    assert attempts(world)["李四"][1] == ("general", 1, PASSED, Decimal(66))


def test_a_retake_of_somebody_unknown_is_the_attempt_after_one_nothing_is_known_of(world: World):
    a_sitting(world)
    an_officer(world, "李四")

    assert refusals(take(world, ledger(("李四", EXAM, 66, 80, "补考"), heads=SHORT))) == []

    assert [each[1:3] for each in attempts(world)["李四"]] == [(1, PASSED), (1, PASSED)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("李四", EXAM, "", 82, "补考"), "「专业法律知识」已经合格，不用补考"),
        (("李四", EXAM, "", "", "补考"), "没有新的补考成绩"),
        (("李四", EXAM, 66, "", ""), "与工作表"),
    ],
)
def test_a_second_row_that_is_no_retake_is_refused(world: World, row: Sequence[Any], said: str):
    a_sitting(world)
    an_officer(world, "李四")

    told = take(world, ledger(ROWS[0], row, heads=SHORT))

    assert [each.fate for each in told.rows] == [Fate.NEW, Fate.WRONG]
    assert said in refusals(told)[0]


def test_a_retake_below_a_wrong_row_waits_for_it(world: World):
    a_sitting(world)
    an_officer(world, "李四")

    told = take(world, ledger(("李四", EXAM, 45, 70, ""), ROWS[1], heads=SHORT))
    assert told.is_clean
    wrong = ledger(("李四", EXAM, 45, 170, ""), ROWS[1], heads=SHORT)
    assert any("0 到 100" in message for message in refusals(take(world, wrong)))


def batch_of(world: World, found: Found) -> int:
    with world.writing() as session:
        batch, _outcome = batches.take_in(
            session, scope_of(world), found, Options(), TODAY, name="成绩.xlsx"
        )
        return batch.id


def take_back(world: World, batch_id: int) -> None:
    with world.writing() as session:
        batches.undo(session, scope_of(world), RESULTS, batch_id, TODAY)


def test_a_sheet_with_retakes_is_taken_back_whole(world: World):
    a_sitting(world)
    an_officer(world, "李四")
    batch_id = batch_of(world, ledger(*ROWS, heads=SHORT))

    take_back(world, batch_id)

    assert attempts(world) == {}


def test_a_retake_of_a_registration_that_was_there_is_not_taken_back_unseen(world: World):
    sat(world, a_sitting(world), an_officer(world, "李四"), 45, 70)
    batch_id = batch_of(world, ledger(ROWS[1], heads=SHORT))

    with pytest.raises(TrackerError, match="添加了补考成绩，不能整批撤销"):
        take_back(world, batch_id)

    assert len(attempts(world)["李四"]) == 3


def test_scores_alone_of_before_a_retake_change_nothing(world: World):
    """Ledgers mostly have no column of outcomes; the mark must not judge the old score anew."""
    a_sitting(world)
    an_officer(world, "李四")
    take(world, ledger(*ROWS, heads=SHORT))
    before = attempts(world)

    told = take(world, ledger(ROWS[0][:4], heads=SHORT[:4]))

    assert told.is_clean
    assert attempts(world) == before


def test_a_word_for_a_score_that_its_result_contradicts_is_refused(world: World):
    a_sitting(world)
    an_officer(world, "李四")
    heads = (*SHORT[:4], "公共结果")

    told = take(world, ledger(("李四", EXAM, "缺考", 70, "合格"), heads=heads))

    assert refusals(told) == ["成绩写的是「缺考」，结果写的是「合格」，请核对"]


def test_a_word_for_a_score_is_entered_for_who_is_registered(world: World):
    registered(world, a_sitting(world), an_officer(world, "李四"))

    told = take(world, ledger(("李四", EXAM, "缺考", "未通过", ""), heads=SHORT))

    assert [row.fate for row in told.rows] == [Fate.UPDATED]
    assert [each[2] for each in attempts(world)["李四"]] == [ABSENT, FAILED]


def test_what_is_exported_comes_into_an_empty_office_whole(world: World):
    """With a list that was handed in, somebody excepted, a retake, and who has left meanwhile."""
    sitting = a_sitting(world)
    sat(world, sitting, an_officer(world, "甲"), 80, 70)
    sat(world, sitting, an_officer(world, "乙", until="2024-09-01"), 45, 70)
    take(world, ledger(("乙", EXAM, 66, "", "补考"), heads=SHORT))
    an_officer(world, "丙", establishment=EstablishmentKind.CONTRACT)
    heads = (*HEADS, "例外理由")
    excepted = ledger(("丙", EXAM, "", 50, 50, "2024-06-01", "县局同意"), heads=heads)
    assert take(world, excepted, may_except=True).is_clean
    with world.writing() as session:
        session.get_one(ExamSitting, sitting.id).list_handed_in_on = day("2024-05-06")
    empty = world.an_office("新桥镇")
    scope = replace(world.scope(empty), may_except=True)

    for intake in (OFFICERS, SITTINGS, RESULTS):
        target = io.BytesIO()
        with world.reading() as session:
            write_records(
                session,
                world.scope(),
                session.get_one(Office, world.office_id),
                intake.register,
                intake.existing(world.scope()),
                target,
                title="台账",
                prepared_by="经办小李",
                today=TODAY,
            )
        found = find_tables(read_grid(target.getvalue(), "台账.xlsx"), intake)
        with world.writing() as session:
            assert refusals(Import(session, scope, found, Options(), TODAY).run()) == []

    for key, value in (("registered", 3), ("sat", 3), ("passed", 2)):
        assert world.value(f"certification.{key}") == value
        assert world.value(f"certification.{key}", scope=scope) == value
    with world.reading() as session:
        found_there = session.scalars(
            select(ExamRegistration).where(ExamRegistration.office_id == empty.id)
        ).all()
        assert sorted(each.exception_reason for each in found_there) == ["", "", "县局同意"]
        assert {each.sitting.list_handed_in_on for each in found_there} == {day("2024-05-06")}
