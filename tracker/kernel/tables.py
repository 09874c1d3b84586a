"""A register's columns as the tables and fact lists of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext

from . import clock
from .i18n import say
from .register import Column, Register, Value
from .terms import Term
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


def table(
    columns: Iterable[Column],
    records: Iterable[Any],
    url: Callable[[Any], str],
    tone: Callable[[Any], str] = lambda _: "",
) -> dict[str, Any]:
    """Columns and rows for the data_table macro; the first cell leads to the record."""
    columns = list(columns)
    heads = [
        {
            "key": column.key,
            "label": say(column.label),
            "align": _ALIGN.get(column.kind, "left"),
            "wide": column.kind == "long",
        }
        for column in columns
    ]
    rows = [
        {
            "cells": [shown(column.read(record)) for column in columns],
            "url": url(record),
            "tone": tone(record),
        }
        for record in records
    ]
    return {"columns": heads, "rows": rows}


def facts(register: Register, record: Any) -> list[tuple[str, str]]:
    """What a record's page states: every column of its register that has something to say."""
    pairs = [(say(column.label), shown(column.read(record))) for column in register.columns]
    return [(label, text) for label, text in pairs if text]
