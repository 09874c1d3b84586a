"""Pages of the change log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, current_app
from sqlalchemy import Table

from tracker.accounts.gate import administrators_only
from tracker.accounts.viewer import viewer
from tracker.kernel.db import db
from tracker.kernel.i18n import say
from tracker.kernel.records import moment_of
from tracker.kernel.text import shorten
from tracker.kernel.web import page, paged
from tracker.kernel.words import Words

from . import queries
from .labels import FieldLabels
from .models import ChangeKind, ChangeLog

#: An entry with what stood before and after.
Parsed = tuple[ChangeLog, dict[str, Any], dict[str, Any]]

bp = Blueprint("audit", __name__, url_prefix="/changes")


@dataclass(frozen=True)
class ShownChange:
    """One entry as the page prints it."""

    when: str
    who: str
    what: str
    subject: str
    number: str
    fields: list[dict[str, Any]]


@bp.get("/")
@administrators_only
def changes() -> Any:
    """Every write of the office, for its administrators."""
    found = paged(queries.all_changes(viewer().scope))
    return page("audit/changes.html", found=found, entries=_shown(found.rows))


@bp.get("/<string(maxlength=60):subject>/<int(max=2147483647):record_id>")
def history(subject: str, record_id: int) -> Any:
    """What was done to one record. Accounts' histories are the administrators'."""
    if subject in ("user", "office") and not viewer().is_administrator:
        abort(404)
    found = paged(queries.changes_of(viewer().scope, subject, record_id))
    if not found.total:
        abort(404)
    return page("audit/history.html", found=found, entries=_shown(found.rows))


def _shown(rows: Sequence[ChangeLog]) -> list[ShownChange]:
    entries = [(row, _object(row.before), _object(row.after)) for row in rows]
    names = _names(entries)
    return [_entry(row, before, after, names) for row, before, after in entries]


def _names(entries: Sequence[Parsed]) -> dict[tuple[str, int], str]:
    """What the records are called that the entries refer to by id: one statement a table."""
    wanted: dict[str, set[int]] = {}
    tables: dict[str, Table] = {}
    for row, before, after in entries:
        for values in (before, after):
            for key, value in values.items():
                table = queries.table_referred_to(row.subject, key)
                if table is not None and isinstance(value, int):
                    tables[table.name] = table
                    wanted.setdefault(table.name, set()).add(value)
    session, scope = db.session(), viewer().scope
    return {
        (name, key): called
        for name, ids in wanted.items()
        for key, called in queries.names_of(session, tables[name], scope, ids).items()
    }


def _entry(
    entry: ChangeLog,
    before: dict[str, Any],
    after: dict[str, Any],
    names: dict[tuple[str, int], str],
) -> ShownChange:
    labels: FieldLabels = current_app.extensions["field_labels"]

    def said(key: str, value: Any) -> str:
        table = queries.table_referred_to(entry.subject, key)
        if table is not None and isinstance(value, int):
            return names.get((table.name, value), str(value))
        return _text(labels, entry.subject, key, value)

    fields = [
        {
            "cells": [
                say(labels.field(entry.subject, key)),
                said(key, before.get(key)),
                said(key, after.get(key)),
            ]
        }
        for key in sorted({**before, **after})
    ]
    return ShownChange(
        when=moment_of(entry.at),
        who=entry.actor,
        what=say(ChangeKind(entry.kind).label),
        subject=say(labels.subject(entry.subject)),
        number=entry.subject_number,
        fields=fields,
    )


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:  # a text cut at its bound
        return {"…": shorten(text, 2000)}
    return found if isinstance(found, dict) else {}


def _text(labels: FieldLabels, subject: str, key: str, value: Any) -> str:
    known = labels.value(subject, key, value)
    if known is not None:
        return say(known) if isinstance(known, Words) else known
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    if isinstance(value, bool):
        return "✓" if value else "—"
    return str(value)
