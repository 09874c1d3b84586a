"""An instance to hurt, a server on it, and browsers that speak to it by its real forms."""

from __future__ import annotations

import http.client
import re
import secrets
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlencode

from flask import Flask

from tests.support import databases
from tracker.accounts.passwords import hash_password
from tracker.app import create_app
from tracker.audit.chain import broken_links
from tracker.kernel import migrating, paths, rows
from tracker.kernel.db import Actor, db, write_tx
from tracker.offices.drafts import VillageDraft
from tracker.offices.operations import create_village
from tracker.offices.terms import OfficeLevel, VillageKind
from tracker.onboarding.operations import set_up
from tracker.safekeeping import schema

PASSWORD = "jiaqiao-correct-horse"
NAME = "li.clerk"
YEAR = 2024
#: A lock that could not be had would say so with these words, in the answer or in the server's log.
LOCKED = "database is locked"

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_VERSION = re.compile(r'name="version"[^>]*value="([0-9]+)"')
_HEADCOUNT = re.compile(r'<input[^>]*name="headcount"[^>]*>')
_VALUE = re.compile(r'value="([^"]*)"')


def make_instance(folder: Path) -> Flask:
    """A township with an administrator and two villages, let go so that a server can open it."""
    databases.prepare(folder)
    app = create_app({"INSTANCE": str(folder)})
    hashed = hash_password(PASSWORD)
    if schema.head():
        migrating.migrate_to_head(app)
    with app.app_context():
        if not schema.head():
            db.create_all()
        with rows.seeing_everything(), write_tx(Actor("李")) as session:
            office, _user = set_up(
                session,
                office_name="架桥镇",
                office_code="430725115",
                level=OfficeLevel.TOWNSHIP,
                user_name=NAME,
                display_name="李",
                password_hash=hashed,
            )
            for name in ("架桥村", "青山社区"):
                create_village(
                    session,
                    office.id,
                    VillageDraft(name=name, kind=VillageKind.VILLAGE),
                )
    let_go(app)
    return app


def let_go(app: Flask) -> None:
    """Close this process's connections to the instance."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


class Server:
    """A real server on an instance; on PostgreSQL in several processes, each at its own port."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.ports: list[int] = []
        self._processes = 3 if databases.on_postgresql() else 1
        self._log = log
        self._sink = log.open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.zygote", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._sink,
            cwd=paths.PACKAGE.parent,
            text=True,
        )

    def _order(self, order: str) -> str:
        _pipe(self._process.stdin).write(order + "\n")
        _pipe(self._process.stdin).flush()
        return _pipe(self._process.stdout).readline().strip()

    def start(self) -> None:
        """Start serving; returns once it answers."""
        self.ports = [int(self._order("start")) for _ in range(self._processes)]
        for port in self.ports:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                connection.request("GET", "/healthz")
                assert connection.getresponse().read().strip() == b"ok"

    @property
    def port(self) -> int:
        """Where the first process answers."""
        return self.ports[0]

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self._order("kill") == "done"

    def stop(self) -> None:
        """End it."""
        assert self._order("stop") == "done"

    @property
    def log(self) -> str:
        """What the server has written of its troubles."""
        return self._log.read_text("utf-8", "replace")

    def close(self) -> None:
        """Leave nothing behind."""
        _pipe(self._process.stdin).close()
        self._process.wait(timeout=30)
        _pipe(self._process.stdout).close()
        self._sink.close()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


@dataclass
class Answer:
    """What a browser got."""

    status: int
    location: str
    text: str
    data: bytes

    @property
    def version(self) -> int:
        """The version that the form on the page carries."""
        return int(_found(_VERSION, self.text))

    @property
    def headcount(self) -> int:
        """The headcount that the form on the page shows."""
        field = _HEADCOUNT.search(self.text)
        assert field, self.text[:2000]
        return int(_found(_VALUE, field[0]))


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    assert match, text[:2000]
    return match[1]


class Browser:
    """A signed-in person's browser: cookies, tokens, one connection kept alive."""

    def __init__(self, port: int) -> None:
        self._cookies: dict[str, str] = {}
        self._token = ""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def connect(self, port: int) -> None:
        """Speak to this server from now on; signed in as before."""
        self._connection.close()
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def sign_in(self) -> Browser:
        """Sign in by the form."""
        page = self.get("/sign-in")
        self._token = _found(_TOKEN, page.text)
        assert self.post("/sign-in", {"name": NAME, "password": PASSWORD}).status == 303
        self._token = _found(_TOKEN, self.get("/outreach/events/new").text)
        return self

    def fellow(self, port: int) -> Browser:
        """Another window of the same person."""
        other = Browser(port)
        other._cookies, other._token = dict(self._cookies), self._token
        return other

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, Any]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, {"csrf_token": self._token, **fields})

    def _ask(self, method: str, path: str, fields: dict[str, Any] | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            data = response.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        text = "" if data.startswith(b"PK") else unescape(data.decode())
        return Answer(response.status, response.getheader("Location") or "", text, data)


class Page:
    """A signed-in browser inside this process, where the database can be watched and broken."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self._token = _found(_TOKEN, self.client.get("/sign-in").text)
        assert self.post("/sign-in", {"name": NAME, "password": PASSWORD})[0] == 303
        self._token = _found(_TOKEN, self.client.get("/outreach/events/new").text)

    def get(self, path: str) -> str:
        """The text of a page."""
        answer = self.client.get(path)
        assert answer.status_code == 200
        return unescape(answer.text)

    def version(self, path: str) -> str:
        """The version that the form at this address carries."""
        return _found(_VERSION, self.get(path))

    def json(self, path: str) -> Any:
        """An answer of the interface for programs."""
        return self.client.get(path).get_json()

    def post(self, path: str, fields: dict[str, Any]) -> tuple[int, str, str]:
        """Send a form: status, where to, and text."""
        answer = self.client.post(path, data={"csrf_token": self._token, **fields})
        return answer.status_code, answer.location or "", unescape(answer.text)


def token() -> str:
    """A once-only token, as a form carries it."""
    return secrets.token_urlsafe(24)


def event_fields(title: str, **changes: Any) -> dict[str, Any]:
    """What the form of an event sends: held, in both villages, with a headcount. Each is at a place
    of its own, lest it is asked about as another's double; 0 heads are meant."""
    return {
        "title": title,
        "venue": title,
        "seen": "heads:0",
        "starts_on": f"{YEAR}-06-26",
        "state": "held",
        "delivery": "stand",
        "headcount": "40",
        "count_basis": "counted",
        "village_ids": ["1", "2"],
        "once": token(),
        **changes,
    }


def query(folder: Path, statement: str) -> list[tuple[Any, ...]]:
    """Rows of the instance's database, read beside the server."""
    if databases.on_postgresql():
        return databases.rows_of(folder, statement)
    file = folder / "tracker.sqlite3"
    with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as connection:
        return connection.execute(statement).fetchall()


def faults(folder: Path) -> list[str]:
    """What the database says is wrong with itself, and records that are there by half."""
    found = []
    if not databases.on_postgresql():
        if query(folder, "PRAGMA integrity_check") != [("ok",)]:
            found.append("integrity")
        if query(folder, "PRAGMA foreign_key_check"):
            found.append("foreign keys")
    halves = {
        "event without its entry": """SELECT e.id FROM outreach_event e WHERE 1 <> (
            SELECT count(*) FROM change_log c WHERE c.office_id = e.office_id
            AND c.subject = 'outreach_event' AND c.subject_id = e.id AND c.kind = 'created')""",
        "entry without its event": """SELECT c.id FROM change_log c
            WHERE c.subject = 'outreach_event' AND NOT EXISTS (
            SELECT 1 FROM outreach_event e WHERE e.id = c.subject_id)""",
        "event without its two villages": """SELECT e.id FROM outreach_event e WHERE 2 <> (
            SELECT count(*) FROM event_village v WHERE v.event_id = e.id)""",
        "event without its token": """SELECT e.id FROM outreach_event e WHERE NOT EXISTS (
            SELECT 1 FROM once_token t WHERE t.address = '/outreach/events/' || e.id)""",
        "version without its change": """SELECT e.id FROM outreach_event e WHERE e.version <> (
            SELECT count(*) FROM change_log c
            WHERE c.subject = 'outreach_event' AND c.subject_id = e.id)""",
        "number given twice": """SELECT number FROM outreach_event
            GROUP BY office_id, number HAVING count(*) > 1""",
        "counter behind": """SELECT 1 FROM record_counter c WHERE c.prefix = 'PF' AND c.last <> (
            SELECT count(*) FROM outreach_event e WHERE e.office_id = c.office_id)""",
    }
    found += [name for name, statement in halves.items() if query(folder, statement)]
    return found


def chain_faults(app: Flask) -> list[str]:
    """Where the change log's chain does not hold."""
    with app.app_context(), rows.seeing_everything():
        found = [words.en for words in broken_links(db.session(), app.extensions["audit_key"])]
    let_go(app)
    return found
