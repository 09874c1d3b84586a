"""The administrators' page and the commands."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from tests.safekeeping.helpers import count, folder_of, machine, run
from tests.support.application import close
from tests.support.page import Visitor
from tests.support.world import World
from tracker.accounts.terms import Role
from tracker.cli import main
from tracker.offices.terms import OfficeLevel
from tracker.safekeeping import archive
from tracker.safekeeping.backup import restore
from tracker.safekeeping.locks import InstanceInUse, hold_server_lock

pytestmark = pytest.mark.sqlite("a PostgreSQL server makes its own backups")


def _command(folder: Path, *words: Any) -> Result:
    given = {"TRACKER_INSTANCE": str(folder)}
    return CliRunner().invoke(main, [str(word) for word in words], env=given)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_administrator_sees_how_the_instance_stands(
    full_app: Flask, admin: Visitor, language: str
):
    admin.strict = language == "zh"
    admin.read_in(language)
    page = admin.get("safekeeping.overview")
    assert page.h1 == ("运行情况" if language == "zh" else page.title.split(" · ")[0])
    assert len(page.rows) >= 8
    assert {row[1] for row in page.rows} == {"正常" if language == "zh" else "OK"}


def test_trouble_is_shown_with_what_to_do(full_app: Flask, admin: Visitor):
    run(full_app, "UPDATE change_log SET actor = '别人' WHERE sequence = 3")
    page = admin.get("safekeeping.overview")
    (row,) = [row for row in page.rows if row[1] == "有问题"]
    assert "第 3 条" in row[2]
    assert "不要继续编辑" in row[2]


def test_the_administrator_takes_a_backup_away(full_app: Flask, admin: Visitor, tmp_path: Path):
    admin.get("safekeeping.overview").form("下载备份")
    answer = admin.send("safekeeping.take_backup")
    taken = tmp_path / "taken.zip"
    taken.write_bytes(answer.data)
    answer.close()
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert archive.check(taken).rows["outreach_event"] == 3
    assert not list(folder_of(full_app).glob(".backup*"))
    app = machine(tmp_path / "new")
    restore(app, taken)
    assert count(tmp_path / "new", "outreach_event") == 3
    close(app)


def test_nobody_else_sees_the_page_or_takes_a_backup(
    full_app: Flask, page: Visitor, reader: Visitor
):
    for person in (page, reader):
        person.get("safekeeping.overview", status=403)
        assert person.send("safekeeping.take_backup").status_code == 403


def test_a_backup_needs_the_forms_token(full_app: Flask, admin: Visitor):
    answer = admin.client.post("/safekeeping/backup")
    assert answer.status_code == 400


def test_one_office_of_several_cannot_take_the_others_data_away(
    full_app: Flask, world: World, admin: Visitor
):
    world.an_office("邻镇", "430725116")
    page = admin.get("safekeeping.overview")
    assert "下载备份" not in page.text
    assert "邻镇" not in page.html
    assert admin.send("safekeeping.take_backup").status_code == 403


def test_a_county_that_sees_all_offices_can_take_them_all(full_app: Flask, world: World):
    county = world.an_office("示例县", "430725", level=OfficeLevel.COUNTY)
    run(full_app, f"UPDATE office SET parent_id = {county.id} WHERE id <> {county.id}")  # noqa: S608
    world.a_user(Role.ADMINISTRATOR, name="xian", office=county)
    person = Visitor(full_app)
    person.sign_in("xian")
    answer = person.send("safekeeping.take_backup")
    assert answer.status_code == 200
    assert answer.data[:2] == b"PK"
    answer.close()


def test_the_commands_back_up_look_and_restore(full_app: Flask, tmp_path: Path):
    close(full_app)
    target = tmp_path / "b.zip"
    done = _command(folder_of(full_app), "backup", target)
    assert (done.exit_code, target.exists()) == (0, True)

    again = _command(folder_of(full_app), "backup", target)
    assert again.exit_code == 1
    assert "已存在" in again.stderr
    assert again.stdout == ""

    new = tmp_path / "new"
    assert _command(new, "restore", target).exit_code == 0
    assert count(new, "outreach_event") == 3

    looked = _command(new, "doctor", "--json", "--against", target)
    assert looked.exit_code == 0, looked.output
    document = json.load(io.StringIO(looked.stdout))
    assert document["ok"] is True
    assert document["heads"][0]["sequence"] == count(new, "change_log")


def test_the_doctor_exits_with_1_where_something_failed(full_app: Flask):
    run(full_app, "UPDATE change_log SET actor = '别人' WHERE sequence = 3")
    done = _command(folder_of(full_app), "doctor")
    assert done.exit_code == 1
    assert "第 3 条" in done.stdout


def test_the_restore_command_refuses_under_a_running_server(full_app: Flask, kept: Path):
    close(full_app)
    with hold_server_lock(folder_of(full_app)):
        done = _command(folder_of(full_app), "restore", kept)
    assert done.exit_code == 1
    assert "请先停止" in done.stderr


def test_a_second_server_on_the_same_data_is_refused(tmp_path: Path):
    with (
        hold_server_lock(tmp_path),
        pytest.raises(InstanceInUse, match="正在使用中"),
        hold_server_lock(tmp_path),
    ):
        raise AssertionError("both hold it")
