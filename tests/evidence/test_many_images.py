"""Pictures of every make, and files made to be wrong: what is accepted carries nothing beside its
pixels, what is refused gets a reason, and memory stays bounded.

CI takes 65 of them; ``TRACKER_FULL=1`` sends 1,000 to a running server and watches its memory.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from flask import Flask

from tests.reliability.reporting import FIGURES
from tests.support import application, pictures
from tests.support.world import World
from tracker.evidence import child, refusals
from tracker.kernel.words import Words

from .images import images, is_clean

FULL = os.environ.get("TRACKER_FULL") == "1"
REASONS = {words.zh for words in vars(refusals).values() if isinstance(words, Words)}
#: The server and its child together, at any moment.
MOST_MEMORY_MIB = 300


def is_reason(text: str) -> bool:
    return (
        text in REASONS
        or re.fullmatch(r"不收 [A-Z0-9 ]+ 图片。请打开后另存为 .*", text) is not None
    )


def test_what_is_accepted_is_clean_and_what_is_refused_has_a_reason(tmp_path: Path):
    outcomes: Counter[str] = Counter()
    source, target, small = (tmp_path / name for name in ("source", "target", "small"))
    for name, content in images(65):
        source.write_bytes(content)
        job = {"source": str(source), "target": str(target), "small": str(small)}
        answer = child.answer(job)
        if "refused" in answer:
            outcomes["refused"] += 1
            assert is_reason(answer["refused"][0]), (name, answer)
        else:
            outcomes["accepted"] += 1
            assert is_clean(target.read_bytes()), name
            assert is_clean(small.read_bytes()), name
    assert min(outcomes.values()) > 15, outcomes


#: Fifty megapixels, each of the kinds that take the most.
HEAVY = {
    "alpha": lambda: pictures.png_claiming(7071, 7071, 7071, colour=6),
    "grey": lambda: pictures.png_claiming(7071, 7071, 7071, colour=0),
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux for the memory")
@pytest.mark.parametrize("kind", HEAVY)
def test_fifty_megapixels_take_little_memory(kind: str, tmp_path: Path):
    source = tmp_path / "source"
    source.write_bytes(HEAVY[kind]())
    job = {"source": str(source), "target": str(tmp_path / "t"), "small": str(tmp_path / "s")}
    script = (
        "import json, re, sys\nfrom tracker.evidence import child\n"
        "from tracker.kernel import limits\n"
        "limits.limit_this_process(30, child.MEMORY)\n"
        "answer = child.answer(json.loads(sys.argv[1]))\n"
        "status = open('/proc/self/status').read()\n"
        "print(json.dumps([answer, int(re.search(r'VmHWM:\\s+(\\d+)', status)[1])]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, json.dumps(job)], capture_output=True, check=True, text=True
    )
    answer, kib = json.loads(done.stdout)
    assert answer["width"] == 1600, answer
    assert kib < 140 * 1024


def _memory(process: int) -> int:
    """What a process and its children hold now, in KiB."""
    listed = [process]
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        listed += [int(each) for each in task.read_text().split()]
    total = 0
    for each in listed:
        try:
            found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{each}/status").read_text())
        except OSError:
            continue
        total += int(found[1]) if found else 0
    return total


class Sender:
    """A clerk's browser on a real server."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def sign_in(self) -> None:
        token = self.token("/sign-in")
        fields = f"csrf_token={token}&name=jingban&password={application.PASSWORD}&next=/"
        self.opener.open(f"{self.base}/sign-in", fields.encode()).read()

    def token(self, path: str) -> str:
        html = self.opener.open(f"{self.base}{path}").read().decode()
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', html)
        assert found
        return found[1]

    def send(self, path: str, files: list[tuple[str, bytes]]) -> tuple[int, str]:
        """Send files as a browser does; status and page."""
        boundary = "xxxBOUNDARYxxx"
        begins = f"--{boundary}\r\nContent-Disposition: form-data; name="
        parts = [
            f'{begins}"{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in (("csrf_token", self.token(path)), ("kind", "photo"))
        ]
        for name, content in files:
            head = f'{begins}"files"; filename="{name}"\r\nContent-Type: image/jpeg\r\n\r\n'
            parts.append(head.encode() + content + b"\r\n")
        body = b"".join(parts) + f"--{boundary}--\r\n".encode()
        asked = urllib.request.Request(  # noqa: S310  # our own server
            self.base + path,
            body,
            {"Content-Type": f"multipart/form-data; boundary={boundary}"},
        )
        try:
            with self.opener.open(asked) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@pytest.mark.skipif(not FULL, reason="TRACKER_FULL=1 sends a thousand")
@pytest.mark.slow
@pytest.mark.sqlite("the server of its own stands on the embedded database")
def test_a_thousand_pictures_on_a_running_server(
    app: Flask, world: World, tmp_path: Path, record_property
):
    event = world.an_event("禁毒宣传")
    application.close(app)
    port = 8467
    server = subprocess.Popen(
        [sys.executable, "-m", "tracker", "serve", "--port", str(port)],
        env={**os.environ, "TRACKER_INSTANCE": app.instance_path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak, going = 0, True

    def watch() -> None:
        nonlocal peak
        while going:
            peak = max(peak, _memory(server.pid))
            time.sleep(0.02)

    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz").read()
                break
            except OSError:
                time.sleep(0.25)
        clerk = Sender(port)
        clerk.sign_in()
        watcher = threading.Thread(target=watch)
        watcher.start()
        path = f"/evidence/outreach_event/{event.id}/new"
        found = list(images(1000))
        outcomes: Counter[int] = Counter()
        batches = [found[start : start + 10] for start in range(0, len(found), 10)]

        def run(mine: list[list[tuple[str, bytes]]]) -> None:
            person = Sender(port)
            person.sign_in()
            for batch in mine:
                status, text = person.send(path, batch)
                outcomes[status] += 1
                assert status in (200, 422), text[:400]

        threads = [threading.Thread(target=run, args=(batches[at::3],)) for at in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        going = False
        server.terminate()
        server.wait()
    store = Path(app.instance_path) / "evidence"
    kept = list(store.glob("*/*.jpg"))
    assert all(is_clean(each.read_bytes()) for each in kept)
    assert not list(store.glob(".incoming-*"))
    assert outcomes.total() == len(batches)
    record_property(
        FIGURES,
        f"1,000 pictures, three senders at once: {len(kept) // 2} kept, "
        f"server and child at most {peak // 1024} MiB",
    )
    assert peak < MOST_MEMORY_MIB * 1024
