"""Evidence in safe keeping: backups carry it, the doctor tells what is wrong, sweeping ends it."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support import pictures
from tests.support.application import PEOPLE
from tests.support.command_line import Line
from tests.support.page import Visitor
from tests.support.world import World
from tracker.accounts.terms import Role
from tracker.kernel import clock
from tracker.safekeeping.checks import Check, State
from tracker.safekeeping.doctor import doctor

from .support import add, kept, store_of


def found(world: World, key: str) -> list[Check]:
    return [each for each in doctor(world.app) if each.key == key]


def aged(path: Path, days: int = 2) -> Path:
    long_ago = time.time() - days * 86_400
    os.utime(path, (long_ago, long_ago))
    return path


def done(line: Line, *words: str) -> str:
    """What a command said that did its work."""
    result = line(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_doctor_tells_missing_damaged_and_orphaned_files(page: Visitor, world: World):
    event = world.an_event()
    add(page, event.id, *((f"{n}.jpg", pictures.photo()) for n in range(3)))
    [check] = found(world, "evidence_rows")
    assert check.state is State.OK
    assert "3 份" in check.message.zh
    store = store_of(world)
    missing, damaged, _ = kept(world)
    store.path(missing.sha256, missing.media_type).unlink()
    store.path(damaged.sha256, damaged.media_type).write_bytes(b"other")
    orphan = store.root / "ab" / ("ab" + "0" * 62 + ".jpg")
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"x")
    aged(orphan)
    lost, left = found(world, "evidence_rows")
    assert lost.state is State.FAILED
    assert missing.number in lost.message.zh
    assert left.state is State.WARNING
    assert "tracker sweep" in left.advice.zh if left.advice else False
    assert found(world, "evidence")[0].state is State.FAILED


@pytest.mark.sqlite("PostgreSQL is backed up by its own server")
def test_a_backup_brings_the_files_back(page: Visitor, world: World, line: Line, tmp_path: Path):
    event = world.an_event()
    add(page, event.id, ("a.jpg", pictures.photo()))
    [file] = kept(world)
    path = store_of(world).path(file.sha256, file.media_type)
    content = path.read_bytes()
    done(line, "backup", str(tmp_path / "b.zip"))
    path.write_bytes(b"damaged")
    done(line, "restore", str(tmp_path / "b.zip"))
    assert path.read_bytes() == content
    page.sign_in(PEOPLE[Role.CLERK])  # what was restored knows no sessions
    assert page.client.get(f"/evidence/{file.id}/content").data == content


def test_sweeping_takes_what_no_record_has_and_nothing_else(
    page: Visitor, world: World, line: Line
):
    event = world.an_event()
    add(page, event.id, ("a.jpg", pictures.photo()), ("b.jpg", pictures.photo()))
    store = store_of(world)
    before = {path for _, path in store.files()}
    for path in before:
        aged(path)
    fresh = store.root / "cd" / ("cd" + "0" * 62 + ".jpg")
    old = store.root / "ab" / ("ab" + "0" * 62 + ".jpg")
    for path in (fresh, old):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"nobody's")
    aged(old)
    broken_off = store.root / ".incoming-x"
    broken_off.mkdir()
    aged(broken_off)
    assert "已清理 1 个文件" in done(line, "sweep")
    assert {path for _, path in store.files()} == {*before, fresh}
    assert not broken_off.exists()


def test_removed_files_are_kept_half_a_year_and_say_so_afterwards(
    page: Visitor, world: World, line: Line, monkeypatch
):
    event = world.an_event()
    add(page, event.id, ("a.jpg", pictures.photo()))
    [file] = kept(world)
    page.fill(f"/evidence/{file.id}/void", {"作废原因": "拍错了"}, press="作废")
    for _, path in store_of(world).files():
        aged(path)
    done(line, "sweep")
    assert len(list(store_of(world).files())) == 2
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=181))
    assert "1 份移除满 180 天" in done(line, "sweep")
    assert not list(store_of(world).files())
    monkeypatch.setattr(clock, "now", lambda: now)
    shown = page.get(f"/evidence/{file.id}")
    assert "内容已于" in shown.text
    assert "下载" not in shown.links
    assert "内容已经清理，不能恢复" in page.press(shown, "撤销作废").message
    assert [each.state for each in found(world, "evidence_rows")] == [State.OK]


def test_content_that_another_record_has_survives_the_removal(
    page: Visitor, world: World, line: Line, monkeypatch
):
    one, other = world.an_event("甲"), world.an_event("乙")
    same = pictures.photo()
    add(page, one.id, ("a.jpg", same))
    add(page, other.id, ("a.jpg", same))
    first, second = kept(world)
    page.fill(f"/evidence/{first.id}/void", {"作废原因": "拍错了"}, press="作废")
    for _, path in store_of(world).files():
        aged(path)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=181))
    done(line, "sweep")
    monkeypatch.setattr(clock, "now", lambda: now)
    assert page.client.get(f"/evidence/{second.id}/content").status_code == 200


def test_a_file_that_vanished_is_missing_and_no_error(page: Visitor, world: World):
    event = world.an_event()
    add(page, event.id, ("a.jpg", pictures.photo()))
    [file] = kept(world)
    store_of(world).path(file.sha256, file.media_type).unlink()
    assert page.client.get(f"/evidence/{file.id}/content").status_code == 404
    assert page.get(f"/evidence/{file.id}").h1 == "a.jpg"
