"""Many people save at once, through the real server."""

from __future__ import annotations

import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from flask import Flask

from tests.reliability.harness import (
    LOCKED,
    YEAR,
    Answer,
    Browser,
    Server,
    chain_faults,
    event_fields,
    faults,
    query,
    token,
)

WRITERS = 8
Say = Callable[[str], None]


def _all_at_once(browser: Browser, server: Server, work: Callable[[Browser, int], None]) -> None:
    """Run one piece of work in eight browsers, each in its own thread, spread over the server."""
    windows = [browser.fellow(server.ports[n % len(server.ports)]) for n in range(WRITERS)]
    try:
        with ThreadPoolExecutor(WRITERS) as pool:
            for done in [pool.submit(work, window, n) for n, window in enumerate(windows)]:
                done.result()
    finally:
        for window in windows:
            window.close()


def test_eight_writers_lose_no_save_of_one_counter(
    instance: Flask, folder: Path, server: Server, browser: Browser, full: bool, say: Say
):
    saves = 200 if full else 25
    answers: list[Answer] = []
    times: list[float] = []

    def write(window: Browser, writer: int) -> None:
        for n in range(saves):
            start = time.perf_counter()
            answers.append(window.post("/outreach/events/new", event_fields(f"普法 {writer}-{n}")))
            times.append(time.perf_counter() - start)

    began = time.perf_counter()
    _all_at_once(browser, server, write)
    seconds = time.perf_counter() - began

    wanted = WRITERS * saves
    assert Counter(answer.status for answer in answers) == {303: wanted}
    assert len({answer.location for answer in answers}) == wanted
    assert query(folder, "SELECT last FROM record_counter WHERE prefix = 'PF'") == [(wanted,)]
    numbers = sorted(row[0] for row in query(folder, "SELECT number FROM outreach_event"))
    assert numbers == sorted(f"PF-{YEAR}-{n:03d}" for n in range(1, wanted + 1))
    assert LOCKED not in server.log
    assert faults(folder) == []
    assert chain_faults(instance) == []
    slowest = statistics.quantiles(times, n=100)[-1] * 1000
    say(
        f"8 writers x {saves} saves of one counter, {len(server.ports)} server processes: "
        f"{wanted} acknowledged, 0 lost, 0 errors, "
        f"0 «{LOCKED}», {wanted / seconds:.0f} saves/s, p99 {slowest:.0f} ms, "
        f"max {max(times) * 1000:.0f} ms"
    )


def test_eight_people_raising_one_headcount_lose_no_step(
    instance: Flask, folder: Path, server: Server, browser: Browser, full: bool, say: Say
):
    steps = 25 if full else 5
    address = browser.post("/outreach/events/new", event_fields("接龙", headcount="0")).location
    refused = Counter[int]()

    def raise_headcount(window: Browser, _writer: int) -> None:
        for _ in range(steps):
            page = window.get(f"{address}/edit")
            while True:
                fields = event_fields(
                    "接龙", headcount=str(page.headcount + 1), version=str(page.version)
                )
                answer = window.post(f"{address}/edit", fields)
                if answer.status == 303:
                    break
                refused[answer.status] += 1
                page = window.get(f"{address}/edit")

    _all_at_once(browser, server, raise_headcount)
    wanted = WRITERS * steps
    assert query(folder, "SELECT headcount, version FROM outreach_event") == [(wanted, wanted + 1)]
    assert set(refused) <= {409}
    assert LOCKED not in server.log
    assert faults(folder) == []
    assert chain_faults(instance) == []
    say(
        f"8 writers x {steps} read-edit-saves of one event: headcount {wanted} = acknowledged, "
        f"{refused[409]} stale saves refused with 409, 0 overwritten"
    )


def test_a_save_clicked_twenty_times_is_one_record(
    folder: Path, server: Server, browser: Browser, say: Say
):
    once, clicks = token(), 20
    ready, answers = threading.Barrier(clicks), list[Answer]()

    def click(window: Browser) -> None:
        ready.wait(timeout=30)
        answers.append(window.post("/outreach/events/new", event_fields("双击", once=once)))

    windows = [browser.fellow(server.ports[n % len(server.ports)]) for n in range(clicks)]
    threads = [threading.Thread(target=click, args=(window,)) for window in windows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for window in windows:
        window.close()

    assert Counter((a.status, a.location) for a in answers) == {(303, "/outreach/events/1"): clicks}
    assert query(folder, "SELECT count(*) FROM outreach_event") == [(1,)]
    assert faults(folder) == []
    say(f"one save clicked {clicks} times at once: 1 record, {clicks - 1} led to it")
