"""Whoever sends more than a form asks for changes nothing by it."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Date, DateTime, Enum, Integer

from tests.hostile.conftest import Target
from tests.hostile.mistreated import TAKEN, Bench
from tracker.kernel import clock
from tracker.kernel.exceptions import REASON
from tracker.kernel.model import Model

pytestmark = pytest.mark.sqlite("its file is put back after each blow")

#: What every form carries itself, its second button, and the field that an administrator sees
#: only once a rule asks for it (whoever else sends it is refused: advisers/test_exceptions.py).
_OWN = {"csrf_token", "once", "version", "again", "next", "lang", REASON}

_SALTED = re.compile(
    r"\$\w+\$[0-9a-f]{64}|(?<=')[0-9a-f]{64}(?=',[0-9]+,'2025-01-20 04)"
    r"|(?<=,')[2-9A-HJ-NP-Z]{16}(?=',1,'person')"  # the code of an event's sign-in
)

#: Tables in which visiting leaves its marks.
_VISITS = ('INSERT INTO "user_session"', 'INSERT INTO "sign_in_attempt"')


def _wanted(column: Column[Any]) -> str:
    """A value the column could take, and nobody wants it to take from here."""
    kind = column.type
    if isinstance(kind, Enum):
        return str(kind.enums[-1])
    if isinstance(kind, Boolean):
        return "y"
    if isinstance(kind, DateTime):
        return "2001-01-01 00:00:00"
    if isinstance(kind, Date):
        return "2001-01-01"
    if column.name.endswith("id"):
        return "2"
    if isinstance(kind, Integer):
        return "424"
    return "夺权"


def _columns() -> dict[str, str]:
    """Every column of every table, by its name, with a value; read from the mappers."""
    found: dict[str, str] = {}
    for mapper in Model.registry.mappers:
        for column in mapper.columns:
            found.setdefault(column.name, _wanted(column))
    return found


#: How libraries that fill records from forms spell a field.
_SPELLINGS = ("{}", "{}-0", "form-{}", "{}[]")


def _rows(bench: Bench) -> list[str]:
    """All rows that are not of a visit; the salt of a password, the hash of a token and the code
    of a sign-in are other ones each time."""
    return [_SALTED.sub("$", row) for row in bench.dump() if not row.startswith(_VISITS)]


def test_columns_that_are_no_fields_are_not_taken(
    target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 1, 20, 4))
    bench = Bench(target, tmp_path / "instance")
    columns = _columns()
    assert {"office_id", "number", "version", "voided_at", "role", "is_example"} <= set(columns)
    faults = []
    cases = bench.cases()
    for case in cases:
        own = _OWN.union(case.form.names)
        more = {
            asked: [value]
            for name, value in columns.items()
            for asked in (spelling.format(name) for spelling in _SPELLINGS)
            if asked not in own
        }
        found = []
        for entry in (case.entry, case.entry | more):
            bench.put_back()
            answer = bench.client.post(case.form.action, data=entry)
            found.append((answer.status_code, answer.location, _rows(bench)))
        asked, overasked = found
        assert asked[0] in TAKEN, case.endpoint
        if asked[:2] != overasked[:2]:
            faults.append(f"{case.endpoint}: {overasked[:2]} instead of {asked[:2]}")
        faults += [f"{case.endpoint}: {row}" for row in overasked[2] if row not in asked[2]]
    assert len(cases) > 50
    assert not faults, "\n".join(faults[:20])
