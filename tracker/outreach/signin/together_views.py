"""Writing what telephones send: those that wait for the same turn are written with one commit.

A commit waits for the disk. With a commit for each, the last of 64 telephones would wait for 64
turns of the disk; written together they wait for a few. Nobody is answered before the commit that
holds their row, and nothing is kept from one turn to the next.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from tracker.kernel import clock, rows
from tracker.kernel.db import Actor, db, is_clash, write_tx

from . import phone_queries
from .operations.phone import Answer, SigningIn, sign

#: Who is said to have written the rows.
PHONE = Actor("手机签到")
_TRIES = 4


@dataclass(eq=False)
class _Waiting:
    """One telephone's entry; its thread waits for the turn that writes it."""

    database: str
    sent: SigningIn
    answer: Answer | None = None


class _Together:
    """The entries that wait, and the turn to write them."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._guard = threading.Lock()

    def write(self, app: Flask, sent: SigningIn) -> Answer:
        """Write an entry, with others or by itself; returns once it is committed.

        :raises DatabaseError: when the database does not take it; then nothing of it is written.
        """
        own = _Waiting(str(app.config["SQLALCHEMY_DATABASE_URI"]), sent)
        with self._guard:
            self._waiting.append(own)
        try:
            with self._turn:
                if own.answer is None:
                    self._write_with_others(own)
        finally:
            with self._guard:
                if own in self._waiting:
                    self._waiting.remove(own)
        return own.answer if own.answer is not None else _by_itself(sent)

    def _write_with_others(self, own: _Waiting) -> None:
        """Write all that wait for the same office; where one of them is refused, none is written
        and each is left to write its own, so that nobody suffers for another."""
        office_id = own.sent.place.office_id
        with self._guard:
            taken = [
                each
                for each in self._waiting
                if each.database == own.database and each.sent.place.office_id == office_id
            ]
        try:
            answers = _written([each.sent for each in taken])
        except DatabaseError:
            return
        with self._guard:
            for each, answer in zip(taken, answers, strict=True):
                each.answer = answer
                self._waiting.remove(each)


def _written(entries: Sequence[SigningIn]) -> list[Answer]:
    """Write entries of one office with one commit."""
    rows.see([entries[0].place.office_id])
    with write_tx(PHONE) as session:
        today, now = clock.today(), clock.now()
        return [sign(session, each, today, now) for each in entries]


def _by_itself(sent: SigningIn) -> Answer:
    """Write one entry. Its form may have come twice at once, or the database be busy for longer
    than anybody waits."""
    for left in reversed(range(_TRIES)):
        try:
            [answer] = _written([sent])
        except IntegrityError as error:
            if phone_queries.is_signed(db.session(), sent.place.office_id, sent.once):
                return Answer.SIGNED
            if not is_clash(error) or not left:
                raise
        except OperationalError:
            if not left:
                raise
            time.sleep(0.1)
        else:
            return answer
    raise AssertionError("unreachable")


together = _Together()
