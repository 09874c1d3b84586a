"""Writes happen in write transactions only, whole or not at all, and a form makes one record."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update

from tests.support.page import Visitor
from tests.support.world import ACTOR, World
from tracker.kernel import rows
from tracker.kernel.db import db, write_tx
from tracker.outreach.models import OutreachEvent, Theme


def test_a_record_changed_outside_a_write_transaction_is_refused(app: Flask, world: World) -> None:
    event = world.an_event()
    with app.app_context(), rows.seeing_everything():
        found = db.session.get(OutreachEvent, event.id)
        assert found is not None
        found.title = "偷改"
        with pytest.raises(RuntimeError, match="outside write_tx"):
            db.session.flush()
        db.session.rollback()
        with pytest.raises(RuntimeError, match="outside write_tx"):
            db.session.execute(update(Theme).values(name="偷改"))
    assert world.again(event).title == "普法赶集"


def test_a_write_that_fails_leaves_nothing_behind(app: Flask, world: World) -> None:

    def fail_half_way() -> None:
        with app.app_context(), rows.seeing_everything(), write_tx(ACTOR) as session:
            session.add(Theme(office_id=world.office_id, name="半途而废", position=1))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with world.reading() as session:
        assert not session.scalar(select(func.count()).where(Theme.name == "半途而废"))


def test_write_transactions_do_not_nest(app: Flask) -> None:
    with app.app_context(), write_tx(ACTOR):
        inner = write_tx(ACTOR)
        with pytest.raises(RuntimeError, match="already open"):
            inner.__enter__()


@pytest.mark.sqlite("its settings")
def test_the_database_keeps_what_it_is_asked_to(app: Flask) -> None:
    with app.app_context():
        asked = {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "trusted_schema": 0,
        }
        with db.engine.connect() as connection:
            for pragma, wanted in asked.items():
                assert connection.scalar(text(f"PRAGMA {pragma}")) == wanted, pragma


def _event_form(page: Visitor, day: str = "2024-06-26") -> dict[str, list[str]]:
    form = page.get("/outreach/events/new").form("保存")
    return form.filled({"活动名称": "只登一次", "活动日期": day, "参加人次": "30"})


def test_a_double_clicked_save_is_one_record(page: Visitor, world: World) -> None:
    data = _event_form(page)
    first = page.client.post("/outreach/events/new", data=data)
    second = page.client.post("/outreach/events/new", data=data)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert world.value("outreach.events") == 1


def test_many_sendings_of_one_form_at_once_are_one_record(
    app: Flask, page: Visitor, world: World
) -> None:
    data = _event_form(page)
    cookies = page.client.get_cookie("tracker_sid"), page.client.get_cookie("tracker_form")
    barrier = threading.Barrier(8)
    answers: list[tuple[int, str | None]] = []

    def send() -> None:
        client = app.test_client()
        for cookie in cookies:
            assert cookie is not None
            client.set_cookie(cookie.key, cookie.value)
        barrier.wait()
        answer = client.post("/outreach/events/new", data=data)
        answers.append((answer.status_code, answer.location))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1, answers
    assert answers[0][0] == 303
    assert world.value("outreach.events") == 1


def test_two_forms_are_two_records(page: Visitor, world: World) -> None:
    for day in ("2024-06-26", "2024-06-27"):
        page.client.post("/outreach/events/new", data=_event_form(page, day))
    assert world.value("outreach.events") == 2
