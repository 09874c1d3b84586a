"""The server is killed at random moments while four people write."""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask

from tests.reliability.harness import (
    LOCKED,
    Browser,
    Server,
    chain_faults,
    event_fields,
    faults,
    query,
)

Say = Callable[[str], None]


@dataclass
class Ledger:
    """What the four people know: what was acknowledged, and what they never heard back about."""

    acknowledged: set[str] = field(default_factory=set)
    unknown: list[dict[str, Any]] = field(default_factory=list)
    #: The last headcount that was acknowledged, and one whose save had no answer.
    headcount: int = 0
    headcount_unknown: int = 0
    edits: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def answers(self) -> int:
        """How many saves were acknowledged so far."""
        return len(self.acknowledged) + self.edits


def _wait(ledger: Ledger, answers: int) -> None:
    until = time.monotonic() + 30
    while ledger.answers < answers:
        assert time.monotonic() < until, "the server does not answer"
        time.sleep(0.001)


def _enter(browser: Browser, ledger: Ledger, titles: str) -> None:
    """Enter event after event until the line goes dead."""
    for n in range(10_000):
        fields = event_fields(f"{titles}-{n}")
        try:
            answer = browser.post("/outreach/events/new", fields)
        except (OSError, http.client.HTTPException):
            with ledger.lock:
                ledger.unknown.append(fields)
            return
        assert answer.status == 303, answer.text[:2000]
        with ledger.lock:
            ledger.acknowledged.add(fields["title"])


def _edit(browser: Browser, ledger: Ledger, address: str) -> None:
    """Raise one event's headcount again and again until the line goes dead."""
    while True:
        try:
            page = browser.get(f"{address}/edit")
            ledger.headcount_unknown = page.headcount + 1
            answer = browser.post(
                f"{address}/edit",
                event_fields(
                    "长期摊位", headcount=str(page.headcount + 1), version=str(page.version)
                ),
            )
        except (OSError, http.client.HTTPException):
            return
        assert answer.status == 303, answer.text[:2000]
        ledger.headcount = ledger.headcount_unknown
        ledger.edits += 1


def _retry(browser: Browser, ledger: Ledger) -> int:
    """Everybody presses «save» again on the forms that had no answer; how many."""
    waiting, ledger.unknown = ledger.unknown, []
    for fields in waiting:
        assert browser.post("/outreach/events/new", fields).status == 303
        ledger.acknowledged.add(fields["title"])
    return len(waiting)


def test_a_killed_server_loses_nothing_it_acknowledged(
    instance: Flask, folder: Path, server: Server, browser: Browser, full: bool, say: Say
):
    rounds, dice, ledger = (60 if full else 15), random.Random(20241112), Ledger()
    address = browser.post("/outreach/events/new", event_fields("长期摊位", headcount="0")).location
    retried = 0
    for number in range(rounds):
        people = [browser.fellow(server.port) for _ in range(4)]
        work = [
            *(
                threading.Thread(target=_enter, args=(person, ledger, f"{number}-{n}"))
                for n, person in enumerate(people[:3])
            ),
            threading.Thread(target=_edit, args=(people[3], ledger, address)),
        ]
        for thread in work:
            thread.start()
        # Counted in answers, so that a slow machine is hit as deep in its work as a fast one.
        _wait(ledger, ledger.answers + dice.randint(1, 20))
        time.sleep(dice.uniform(0, 0.03))
        server.kill()
        for thread in work:
            thread.join(timeout=60)
            assert not thread.is_alive()
        for person in people:
            person.close()

        server.start()
        browser.connect(server.port)
        assert faults(folder) == []
        shown = browser.get(f"{address}/edit").headcount
        assert shown in {ledger.headcount, ledger.headcount_unknown}
        ledger.headcount = shown
        retried += _retry(browser, ledger)

    titles = [row[0] for row in query(folder, "SELECT title FROM outreach_event")]
    titles.remove("长期摊位")
    assert len(titles) == len(set(titles)), "a retry made a second record"
    assert set(titles) == ledger.acknowledged
    # The run was one: people got answers, and some were left without.
    assert min(len(ledger.acknowledged), ledger.edits, retried) > 0
    assert faults(folder) == []
    assert chain_faults(instance) == []
    assert LOCKED not in server.log
    say(
        f"{rounds} x kill -9 under 4 people writing: {len(titles)} records and {ledger.edits} "
        f"edits acknowledged, 0 lost, 0 half, {retried} forms sent again, 0 duplicates, chain whole"
    )
