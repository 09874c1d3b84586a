"""A register's columns as the tables and fact lists of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import g
from flask_babel import gettext

from . import clock
from .i18n import say
from .register import Column, Register, Value
from .terms import Term
from .text import shorten
from .wording import plain
from .words import Words

_ALIGN = {"number": "right", "date": "left", "flag": "center"}


def shown(value: Value) -> str:
    """A value as the page prints it, in the language of the request."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, Words):
        return say(value)
    if isinstance(value, Term):
        return say(value.label)
    if isinstance(value, datetime):
        return clock.in_china(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Decimal):
        return plain(value)
    return str(value)


#: A list's cell holds no more; the record's page has the whole.
_LONGEST_CELL = 80


def _office_names() -> Mapping[int, str]:
    """Names of the offices, where the viewer sees several (a county); else nothing."""
    viewer = g.get("viewer")
    names: Mapping[int, str] = viewer.office_names if viewer is not None else {}
    return names if len(names) > 1 else {}


def table(
    columns: Iterable[Column],
    records: Iterable[Any],
    url: Callable[[Any], str],
    tone: Callable[[Any], str] = lambda _: "",
) -> dict[str, Any]:
    """Columns and rows for the data_table macro; the first cell leads to the record."""
    columns, offices = list(columns), _office_names()
    heads = [
        {
            "key": column.key,
            "label": say(column.label),
            "align": _ALIGN.get(column.kind, "left"),
            "wide": column.kind == "long",
            "nowrap": column.kind == "date" or column.key == "number",
        }
        for column in columns
    ]
    if offices:
        heads.append({"key": "office", "label": gettext("单位"), "align": "left", "wide": False})
    rows = [
        {
            "cells": [
                *_cells(columns, record),
                *([offices.get(record.office_id, "")] if offices else []),
            ],
            "url": url(record),
            "tone": tone(record),
        }
        for record in records
    ]
    return {"columns": heads, "rows": rows}


def _cells(columns: Iterable[Column], record: Any) -> list[str]:
    """A record's cells. Its name stands whole; of 200 villages in one cell the first are named."""
    name, *others = (shown(column.read(record)) for column in columns)
    return [name, *(shorten(text, _LONGEST_CELL) for text in others)]


def facts(register: Register, record: Any) -> list[tuple[str, str]]:
    """What a record's page states: every column of its register that has something to say."""
    pairs = [(say(column.label), shown(column.read(record))) for column in register.columns]
    if offices := _office_names():
        pairs.insert(0, (gettext("单位"), offices.get(record.office_id, "")))
    return [(label, text) for label, text in pairs if text]
