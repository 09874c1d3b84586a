"""Keeping a county's data safe: what docs/deploy.md says of PostgreSQL is so."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import URL, make_url

from tests.support import application, databases
from tests.support.command_line import Line, refusal
from tests.support.digest import digests
from tests.support.page import Visitor
from tests.support.world import World
from tracker.kernel import rows
from tracker.kernel.db import db, schema_tx
from tracker.safekeeping.checks import Check, State
from tracker.safekeeping.doctor import doctor

pytestmark = pytest.mark.postgresql


def found(app: Flask, key: str) -> Check:
    return next(each for each in doctor(app) if each.key == key)


def test_a_sound_database_has_nothing_wrong(app: Flask, world: World, line: Line):
    world.an_event()
    (Path(app.instance_path) / "secret.key").touch(mode=0o600)
    assert {each.key: each.message.en for each in doctor(app) if each.state is State.FAILED} == {}
    assert found(app, "rows").message.zh == "各单位的行由数据库隔开"
    assert "条首尾相接" in found(app, "chain").message.zh
    assert line("doctor").exit_code == 0


def test_the_page_shows_the_checks_and_says_who_makes_the_backups(admin: Visitor):
    page = admin.get("safekeeping.overview")
    assert "行级安全" in page.text
    assert "pg_dump" in page.text
    assert "下载备份" not in page.text


def test_a_role_that_no_policy_binds_is_a_fault(app: Flask):
    application.close(app)
    above = make_url(os.environ[databases.SERVER]).set(
        drivername="postgresql+psycopg", database=databases.name_of(Path(app.instance_path))
    )
    superuser = application.make_app(
        Path(app.instance_path),
        SQLALCHEMY_DATABASE_URI=above.render_as_string(hide_password=False),
    )
    said = found(superuser, "rows")
    application.close(superuser)
    assert said.state is State.FAILED
    assert "超级用户" in said.message.zh
    assert said.advice is not None


def test_a_table_that_lost_its_policy_is_named_and_the_next_upgrade_puts_it_back(
    app: Flask, line: Line
):
    with app.app_context(), schema_tx() as connection:
        connection.exec_driver_sql("ALTER TABLE outreach_event NO FORCE ROW LEVEL SECURITY")
        connection.exec_driver_sql("DROP POLICY own_office ON village")
    said = found(app, "rows")
    assert said.state is State.FAILED
    assert {"outreach_event", "village"} == set(said.message.zh.partition("：")[2].split("、"))
    assert line("upgrade").exit_code == 0
    assert found(app, "rows").state is State.OK


def test_backup_and_restore_are_refused_with_what_to_use_instead(line: Line, tmp_path: Path):
    assert "pg_dump" in refusal(line("backup", str(tmp_path / "kept.zip")))
    assert not (tmp_path / "kept.zip").exists()
    (tmp_path / "other.zip").write_bytes(b"PK")
    assert "pg_restore" in refusal(line("restore", str(tmp_path / "other.zip")))


def _tool(name: str) -> str:
    beside = databases.tools()
    known = shutil.which(name, path=str(beside)) if beside else shutil.which(name)
    if known is None:
        pytest.skip(f"{name} is not here")
    return known


def _try(*command: str | Path, url: URL, offices: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PGPASSWORD": url.password or ""}
    if offices:
        environment["PGOPTIONS"] = f"-c app.offices={offices}"
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def _run(*command: str | Path, url: URL, offices: str = "") -> str:
    done = _try(*command, url=url, offices=offices)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_dump_without_the_options_stops_or_is_empty(app: Flask, world: World, tmp_path: Path):
    """Both are said in docs/deploy.md, so that nobody keeps such a file as a backup."""
    world.an_event("普法赶集")
    application.close(app)
    url, dump = databases.url_of(Path(app.instance_path)), tmp_path / "tracker.dump"
    plain = (_tool("pg_dump"), "-Fc", "-f", dump, "-d", _plain(url))
    stopped = _try(*plain, url=url)
    assert stopped.returncode == 1
    assert "row-level security" in stopped.stderr
    _run(*plain, "--enable-row-security", url=url)
    held = _run(_tool("pg_restore"), "--data-only", "-f", "-", dump, url=url)
    assert "COPY public.outreach_event" in held
    assert "普法赶集" not in held


def test_a_dump_by_the_applications_own_role_is_whole_and_comes_back(
    app: Flask, world: World, line: Line, tmp_path: Path
):
    """The commands of docs/deploy.md."""
    world.a_village("架桥村")
    world.an_event("普法赶集", headcount=823)
    before = digests(app)
    application.close(app)
    folder, dump = Path(app.instance_path), tmp_path / "tracker.dump"
    url = databases.url_of(folder)
    _run(
        *(_tool("pg_dump"), "-Fc", "--enable-row-security", "-f", dump, "-d", _plain(url)),
        url=url,
        offices="*",
    )

    new = tmp_path / "new"
    databases.prepare(new)
    (new / "audit.key").write_bytes((folder / "audit.key").read_bytes())
    (new / "audit.key").chmod(0o600)
    empty = databases.url_of(new)
    _run(
        *(_tool("pg_restore"), "--no-owner", "--exit-on-error", "-d", _plain(empty), dump),
        url=empty,
    )
    restored = application.make_app(new)
    assert digests(restored) == before
    assert found(restored, "rows").state is State.OK
    assert found(restored, "chain").state is State.OK
    with restored.app_context(), db.engine.connect() as connection:
        assert rows.unsecured_tables(connection) == []
    application.discard(restored)


def _plain(url: URL) -> str:
    return url.set(drivername="postgresql", password=None).render_as_string()
