"""The command line: what it says, what it refuses, and that it agrees with the pages."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from tests.support import application
from tests.support.command_line import Line, line_of, refusal
from tests.support.page import Visitor
from tests.support.world import World
from tracker import collections
from tracker.accounts import passwords
from tracker.accounts.models import User
from tracker.accounts.terms import Role
from tracker.kernel import migrating, rows
from tracker.kernel.db import db, schema_tx
from tracker.kernel.paths import PACKAGE
from tracker.offices.models import Office
from tracker.offices.terms import OfficeLevel


@pytest.fixture
def new_line(tmp_path: Path) -> Iterator[tuple[Line, Flask]]:
    """The command line on a machine with no data yet."""
    app = application.make_app(tmp_path / "new")
    yield line_of(app), app
    application.discard(app)


@pytest.fixture
def password_file(tmp_path: Path) -> str:
    path = tmp_path / "password.txt"
    path.write_bytes("\ufeff桥上流水二十四节\r\n".encode())
    return str(path)


def users(app: Flask) -> dict[str, User]:
    with app.app_context(), rows.seeing_everything():
        return {user.name: user for user in db.session.scalars(select(User))}


def offices(app: Flask) -> dict[str, Office]:
    with app.app_context(), rows.seeing_everything():
        return {office.code: office for office in db.session.scalars(select(Office))}


# ------------------------------------------------------------------------------------ setting up

INIT = ("init", "--office", "架桥镇", "--office-code", "430725115", "--admin", "li")


def test_init_makes_the_database_the_office_and_the_administrator(
    new_line: tuple[Line, Flask], password_file: str
):
    line, app = new_line
    result = line(*INIT, "--password-file", password_file)
    assert result.exit_code == 0, result.output
    assert "架桥镇（430725115）" in result.stdout
    assert offices(app)["430725115"].level is OfficeLevel.TOWNSHIP
    user = users(app)["li"]
    assert user.role is Role.ADMINISTRATOR
    assert passwords.matches(user.password_hash, "桥上流水二十四节")


def test_init_refuses_a_second_time(new_line: tuple[Line, Flask], password_file: str):
    line, app = new_line
    line(*INIT, "--password-file", password_file)
    again = line(
        *("init", "--office", "乙镇", "--office-code", "T2", "--admin", "wang"),
        *("--password-file", password_file),
    )
    assert "已经初始化过" in refusal(again)
    assert set(offices(app)) == {"430725115"}
    assert set(users(app)) == {"li"}


def test_init_with_a_weak_password_makes_nothing(new_line: tuple[Line, Flask], tmp_path: Path):
    line, app = new_line
    weak = tmp_path / "weak.txt"
    weak.write_text("12345678\n")
    assert "太容易被猜到" in refusal(line(*INIT, "--password-file", str(weak)))
    assert migrating.schema(app).standing is migrating.Standing.ABSENT


def test_init_refuses_a_malformed_code(new_line: tuple[Line, Flask], password_file: str):
    line, app = new_line
    result = line(
        *("init", "--office", "架桥镇", "--office-code", "架桥", "--admin", "li"),
        *("--password-file", password_file),
    )
    assert "单位代码" in refusal(result)
    assert offices(app) == {}


def test_without_a_password_file_it_is_asked_for_twice(new_line: tuple[Line, Flask]):
    line, app = new_line
    result = line(*INIT, input="qiao-shang-ren-jia\nqiao-shang-ren-jia\n")
    assert result.exit_code == 0, result.output
    assert "qiao-shang-ren-jia" not in result.output
    assert passwords.matches(users(app)["li"].password_hash, "qiao-shang-ren-jia")


@pytest.mark.parametrize(
    "words",
    [("figures", "2024"), ("user", "list"), ("office", "list"), ("user", "disable", "li")],
)
def test_without_a_database_every_command_says_what_to_do(
    new_line: tuple[Line, Flask], words: tuple[str, ...]
):
    line, _ = new_line
    assert "tracker init" in refusal(line(*words))


def test_a_database_that_is_behind_is_not_worked_on(line: Line, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(migrating, "_steps", lambda *_: ("next",))
    for words in (("figures", "2024"), ("serve", "--port", "0"), ("office", "list")):
        assert "tracker upgrade" in refusal(line(*words))


def test_upgrade_creates_the_database_and_is_repeatable(new_line: tuple[Line, Flask]):
    line, app = new_line
    assert "数据库已建立" in line("upgrade").stdout
    assert migrating.schema(app).standing is migrating.Standing.CURRENT
    again = line("upgrade")
    assert again.exit_code == 0
    assert "数据库已建立" not in again.stdout


# ---------------------------------------------------------------------------- accounts and offices


def test_an_account_is_added_closed_opened_and_given_a_new_password(
    line: Line, app: Flask, password_file: str
):
    added = line(
        *("user", "add", "zhou", "--role", "reader", "--display-name", "周小明"),
        *("--password-file", password_file),
    )
    assert added.exit_code == 0, added.output
    assert users(app)["zhou"].role is Role.READER
    assert line("user", "disable", "zhou").exit_code == 0
    assert users(app)["zhou"].disabled_at is not None
    assert line("user", "enable", "zhou").exit_code == 0
    assert users(app)["zhou"].disabled_at is None
    changed = line("user", "password", "zhou", "--password-file", "-", input="xin-de-mi-ma-2025\n")
    assert changed.exit_code == 0, changed.output
    assert passwords.matches(users(app)["zhou"].password_hash, "xin-de-mi-ma-2025")
    listed = json.loads(line("user", "list", "--json").stdout)["users"]
    assert {"name": "zhou", "display_name": "周小明", "role": "reader", "disabled": False} in listed
    assert "周小明" in line("user", "list").stdout


def test_a_new_password_ends_the_sessions_of_the_account(
    line: Line, page: Visitor, password_file: str
):
    assert page.client.get("/").status_code == 200
    name = application.PEOPLE[Role.CLERK]
    assert line("user", "password", name, "--password-file", password_file).exit_code == 0
    assert page.client.get("/").status_code == 302


def test_the_last_administrator_is_not_closed(line: Line, app: Flask):
    name = application.PEOPLE[Role.ADMINISTRATOR]
    assert "唯一的管理员" in refusal(line("user", "disable", name))
    assert users(app)[name].disabled_at is None


def test_a_name_that_nobody_has_is_refused(line: Line):
    assert "没有用户 nobody" in refusal(line("user", "disable", "nobody"))


def test_a_name_that_is_taken_is_refused(line: Line, app: Flask, password_file: str):
    before = len(users(app))
    name = application.PEOPLE[Role.CLERK]
    result = line("user", "add", name, "--password-file", password_file)
    assert "已被使用" in refusal(result)
    assert len(users(app)) == before


def test_a_county_and_its_township_are_added(line: Line, app: Flask):
    assert (
        line("office", "add", "--name", "某县", "--code", "C1", "--level", "county").exit_code == 0
    )
    added = line("office", "add", "--name", "乙镇", "--code", "T2", "--parent", "C1")
    assert added.exit_code == 0, added.output
    found = offices(app)
    assert found["T2"].parent_id == found["C1"].id
    listed = json.loads(line("office", "list", "--json").stdout)["offices"]
    assert [(each["code"], each["parent"]) for each in listed if each["parent"]] == [("T2", "C1")]
    assert "上级单位必须是县" in refusal(
        line("office", "add", "--name", "丙镇", "--code", "T3", "--parent", "T2")
    )
    assert "T3" not in offices(app)


def test_with_several_offices_one_must_be_named(line: Line, world: World):
    world.an_office("乙镇", "T2")
    unnamed = line("figures", "2024")
    assert unnamed.exit_code == 2
    assert "--office" in unnamed.stderr
    assert "T2" in unnamed.stderr
    assert line("figures", "2024", "--office", "T2").exit_code == 0
    assert "没有代码为 T9" in refusal(line("figures", "2024", "--office", "T9"))


# ---------------------------------------------------------------------------------------- figures


@pytest.fixture
def a_year(world: World) -> None:
    village = world.a_village("架桥村")
    world.an_event("禁毒宣传", "2024-06-26", headcount=823, villages=[village])
    world.an_event("宪法宣传", "2024-12-04", headcount=820, villages=[village])
    world.an_event("没数人数", "2024-03-01")
    world.an_event("作废的", "2024-03-02", headcount=5, voided="重复")
    world.an_event("上一年的", "2023-06-26", headcount=40)


def json_at(page: Visitor, address: str) -> Any:
    return page.client.get(address).json


@pytest.mark.usefixtures("a_year")
def test_figures_are_the_same_json_as_the_web_gives(line: Line, page: Visitor):
    printed = json.loads(line("figures", "2024", "--json").stdout)
    assert printed == page.client.get("/api/figures/2024").json
    values = {each["key"]: each["value"] for each in printed["figures"]}
    assert values["outreach.person_times"] == 1643


@pytest.mark.usefixtures("a_year")
def test_the_records_of_a_figure_are_the_same_json_as_the_web_gives(line: Line, page: Visitor):
    for key in ("outreach.person_times", "outreach.village_coverage"):
        printed = json.loads(line("figures", "2024", "--records", key, "--json").stdout)
        web = json_at(page, f"/api/figures/2024/{key}")
        assert printed == {name: web[name] for name in ("figure", "records", "left_out")}


@pytest.mark.usefixtures("a_year")
@pytest.mark.parametrize("by", ["village", "theme", "month", "venue"])
def test_a_breakdown_is_the_same_json_as_the_web_gives(line: Line, page: Visitor, by: str):
    printed = json.loads(line("figures", "2024", "--by", by, "--json").stdout)
    broken = {each["key"]: each["by"] for each in printed["figures"] if "by" in each}
    assert broken
    for key, found in broken.items():
        web = json_at(page, f"/api/figures/2024/{key}")["by"]
        assert found == {by: web[by]}


@pytest.mark.usefixtures("a_year")
def test_a_county_reads_its_townships_together_and_apart(line: Line, world: World):
    county = world.an_office("某县", "C1", level=OfficeLevel.COUNTY)
    for name, heads in (("甲镇", 100), ("乙镇", 20)):
        township = world.an_office(name, under=county)
        world.an_event(on="2024-05-01", headcount=heads, office=township)
    printed = json.loads(
        line("figures", "2024", "--office", "C1", "--by", "office", "--json").stdout
    )
    found = next(f for f in printed["figures"] if f["key"] == "outreach.person_times")
    assert found["value"] == 120
    parts = {part["label"]: part["value"] for part in found["by"]["office"]["parts"]}
    assert parts == {"某县": 0, "甲镇": 100, "乙镇": 20}


@pytest.mark.usefixtures("a_year")
def test_figures_are_spoken_and_opened_as_text(line: Line):
    year = line("figures", "2024")
    assert year.exit_code == 0, year.output
    assert "1600多人" in year.stdout
    assert "上年 40 人次" in year.stdout
    records = line("figures", "2024", "--records", "outreach.person_times").stdout
    assert "禁毒宣传" in records
    assert "未登记" in records  # why «没数人数» adds nothing
    assert "架桥村" in line("figures", "2024", "--by", "village").stdout


def test_a_figure_that_does_not_exist_is_refused(line: Line):
    assert "没有指标 outreach.nothing" in refusal(
        line("figures", "2024", "--records", "outreach.nothing")
    )


@pytest.mark.parametrize(
    "words",
    [
        ("figures",),
        ("figures", "twenty"),
        ("figures", "1066"),
        ("figures", "2024", "--by", "moon"),
        ("user", "add", "zhou", "--role", "king"),
        ("nothing",),
        ("serve", "--port", "99999"),
        ("restore", "no-such-file.zip"),
    ],
)
def test_wrong_usage_exits_2(line: Line, words: tuple[str, ...]):
    result = line(*words)
    assert result.exit_code == 2
    assert result.stdout == ""


# -------------------------------------------------------------------------------------- workbooks


@pytest.mark.usefixtures("a_year")
def test_a_tally_is_written_under_its_usual_name_or_the_given_one(line: Line, tmp_path: Path):
    folder = tmp_path / "out"
    folder.mkdir()
    assert line("tally", "2024", "-o", str(folder)).exit_code == 0
    assert [path.name for path in folder.iterdir()] == ["架桥镇_2024_年终汇总_20250120.xlsx"]
    given = folder / "汇总.xlsx"
    result = line("tally", "2024", "-o", str(given))
    assert result.exit_code == 0, result.output
    assert str(given) in result.stdout
    values = [
        cell.value for sheet in load_workbook(given) for row in sheet.iter_rows() for cell in row
    ]
    assert 1643 in values


@pytest.mark.usefixtures("a_year")
def test_a_register_is_exported(line: Line, tmp_path: Path):
    target = tmp_path / "台账.xlsx"
    result = line("export", "events", "--year", "2024", "-o", str(target))
    assert result.exit_code == 0, result.output
    cells = {c.value for row in load_workbook(target).worksheets[0].iter_rows() for c in row}
    assert "禁毒宣传" in cells
    assert "上一年的" not in cells


def test_an_unknown_register_is_refused(line: Line, tmp_path: Path):
    said = refusal(line("export", "nothing", "--year", "2024", "-o", str(tmp_path / "x.xlsx")))
    assert "events" in said
    assert not (tmp_path / "x.xlsx").exists()


def test_a_folder_that_is_not_there_is_said_plainly(line: Line, tmp_path: Path):
    said = refusal(line("tally", "2024", "-o", str(tmp_path / "no such folder" / "x.xlsx")))
    assert "没有这个文件夹" in said


# ------------------------------------------------------------------------------------ safekeeping


@pytest.mark.sqlite("a PostgreSQL server makes its own backups")
def test_a_backup_brings_the_data_to_another_machine(
    line: Line, world: World, new_line: tuple[Line, Flask], tmp_path: Path
):
    world.a_village("架桥村")
    saved = tmp_path / "备份.zip"
    made = line("backup", str(saved))
    assert made.exit_code == 0, made.output
    assert str(saved) in made.stdout
    assert "已存在" in refusal(line("backup", str(saved)))
    other, other_app = new_line
    restored = other("restore", str(saved))
    assert restored.exit_code == 0, restored.output
    assert set(offices(other_app)) == {application.OFFICE_CODE}


def test_a_damaged_backup_is_refused_and_nothing_is_touched(line: Line, app: Flask, tmp_path: Path):
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(b"PK\x03\x04 not a backup")
    refusal(line("restore", str(damaged)))
    assert set(offices(app)) == {application.OFFICE_CODE}


def test_the_doctor_says_what_is_well_and_what_is_not(
    line: Line, world: World, app: Flask, tmp_path: Path
):
    world.a_village("架桥村")
    well = line("doctor")
    assert well.exit_code == 0, well.output
    assert "[正常] 修改记录" in well.stdout
    with app.app_context(), schema_tx() as connection:
        connection.exec_driver_sql("UPDATE change_log SET actor = 'x' WHERE sequence = 2")
    ill = line("doctor", "--json")
    assert ill.exit_code == 1
    assert "failed" in {each["state"] for each in json.loads(ill.stdout)["checks"]}


# --------------------------------------------------------------------------------------- examples


def test_the_example_is_loaded_into_nothing_and_only_once(new_line: tuple[Line, Flask]):
    line, app = new_line
    first = line("demo")
    assert first.exit_code == 0, first.output
    assert "用户名 demo，密码 shifan-2024" in first.stdout
    made = json.loads(line("figures", "2024", "--json").stdout)
    spoken = {each["key"]: each["phrase"] for each in made["figures"]}
    assert spoken["outreach.events"].startswith("8")
    assert spoken["outreach.person_times"].startswith("1600多人")
    assert line("demo").exit_code == 0
    assert len(offices(app)) == 1
    assert json.loads(line("figures", "2024", "--json").stdout) == made


def test_the_example_leaves_another_office_alone(line: Line, app: Flask, world: World):
    world.a_village("架桥村")
    before = line("figures", "2024", "--json").stdout
    assert line("demo").exit_code == 0
    assert len(offices(app)) == 2
    after = line("figures", "2024", "--json", "--office", application.OFFICE_CODE).stdout
    assert after == before


# -------------------------------------------------------------------------------- registers, docs


def test_registers_name_their_columns(line: Line):
    found = json.loads(line("registers", "--json").stdout)["registers"]
    assert [each["key"] for each in found] == [each.key for each in collections.REGISTERS]
    events = next(each for each in found if each["key"] == "events")
    state = next(column for column in events["columns"] if column["key"] == "state")
    assert {"code": "held", "label": "已举办", "label_en": "Held"} in state["choices"]
    assert "普法" in line("registers").stdout


def test_the_page_of_figures_is_the_catalogue(line: Line):
    """`tracker docs` writes docs/figures.md; run it after changing a figure."""
    assert line("docs", "--check").exit_code == 0, "run: .venv/bin/tracker docs"


def test_a_stale_page_of_figures_is_noticed(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "figures.md"
    monkeypatch.setattr("tracker.commands.numbers.PACKAGE", tmp_path / "tracker")
    assert "tracker docs" in refusal(line("docs", "--check"))
    assert line("docs").exit_code == 0
    written = page.read_text("utf-8")
    assert "`outreach.person_times`" in written
    assert line("docs", "--check").exit_code == 0
    page.write_text(written + "x", "utf-8")
    assert "tracker docs" in refusal(line("docs", "--check"))


# ------------------------------------------------------------------------ as a program of its own


def program(instance: Path, **environment: str) -> dict[str, Any]:
    names = {**os.environ, "TRACKER_INSTANCE": str(instance), **environment}
    return {"env": names, "cwd": PACKAGE.parent, "encoding": "utf-8"}


def test_output_is_utf_8_whatever_the_terminal(tmp_path: Path):
    ended = subprocess.run(
        [sys.executable, "-m", "tracker", "registers", "--json"],
        capture_output=True,
        check=True,
        **program(tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0"),
    )
    assert "普法" in ended.stdout
    assert json.loads(ended.stdout)


def test_help_makes_no_data_folder(tmp_path: Path):
    subprocess.run(
        [sys.executable, "-m", "tracker", "--help"],
        capture_output=True,
        check=True,
        **program(tmp_path / "instance"),
    )
    assert not (tmp_path / "instance").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to end by")
def test_the_server_starts_on_nothing_serves_and_ends(tmp_path: Path):
    start = [sys.executable, "-m", "tracker", "serve", "--port", "0"]
    server = subprocess.Popen(
        start, stdout=subprocess.PIPE, **program(tmp_path, PYTHONUNBUFFERED="1")
    )
    try:
        assert server.stdout is not None
        assert "数据库已建立" in server.stdout.readline()
        address = server.stdout.readline().split("：")[1].split()[0]
        with urlopen(f"{address}/healthz", timeout=20) as answer:  # noqa: S310  # our own server
            assert answer.read() == b"ok"
            assert "waitress" not in str(answer.headers).lower()
        second = subprocess.run(start, capture_output=True, timeout=60, **program(tmp_path))
        assert second.returncode == 1
        assert "正在使用中" in second.stderr
        port = address.rsplit(":", 1)[1]
        other = subprocess.run(
            [*start[:-1], port], capture_output=True, timeout=60, **program(tmp_path / "other")
        )
        assert other.returncode == 1
        assert "--port" in other.stderr
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0
    finally:
        server.kill()
        server.communicate()
