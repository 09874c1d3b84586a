"""Pages of what is due: by day or by person, and as a calendar file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from flask import Response, request
from flask_babel import gettext

from tracker.accounts.viewer import viewer
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.i18n import language, say
from tracker.kernel.ical import MIMETYPE
from tracker.kernel.todo import TodoItem
from tracker.kernel.web import FilterBar, FilterField, page, text_arg, whole_arg

from . import due
from .views import bp

_CHOICES = (7, 30, 90, 180)


@bp.get("/due/")
def what_is_due() -> Any:
    """All to-dos of all domains, by day or (``?by=person``) by person; ``?person=`` and
    ``?days=`` narrow them."""
    today = clock.today()
    days = whole_arg("days", due.DAYS, 1, due.MOST_DAYS)
    found = due.everything(db.session(), viewer().scope, today, days)
    people = due.persons(found)
    person = text_arg("person")
    shown = [item for item in found if not person or item.person == person]
    by_person = request.args.get("by") == "person"
    return page(
        "yearbook/due.html",
        groups=_by_person(shown) if by_person else _by_day(shown, today),
        count=len(shown),
        today=today,
        days=days,
        filters=FilterBar(_filters(people, person, days, by_person)),
    )


def _filters(people: Sequence[str], person: str, days: int, by_person: bool) -> list[FilterField]:
    spans = sorted({*_CHOICES, days})
    named = [("", gettext("全部")), *((name, name) for name in people)]
    return [
        FilterField(
            "days",
            gettext("看多远"),
            "select",
            str(days) if days != due.DAYS else "",
            [("" if n == due.DAYS else str(n), gettext("%(days)s 天内", days=n)) for n in spans],
        ),
        FilterField("person", gettext("人员"), "select", person, named),
        FilterField(
            "by",
            gettext("排列"),
            "select",
            "person" if by_person else "",
            [("", gettext("按日期")), ("person", gettext("按人员"))],
        ),
    ]


def _by_day(items: Sequence[TodoItem], today: date) -> list[dict[str, Any]]:
    week, month = today + timedelta(days=7), today + timedelta(days=30)
    spans: tuple[tuple[str, Callable[[date], bool]], ...] = (
        (gettext("已过日期"), lambda day: day < today),
        (gettext("今天"), lambda day: day == today),
        (gettext("7 天内"), lambda day: today < day <= week),
        (gettext("30 天内"), lambda day: week < day <= month),
        (gettext("30 天以后"), lambda day: day > month),
    )
    dated = [(item, item.due) for item in items if item.due is not None]
    groups = [_group(name, [item for item, day in dated if fits(day)]) for name, fits in spans]
    groups.append(_group(gettext("没有日期"), [item for item in items if item.due is None]))
    return [group for group in groups if group["rows"]]


def _by_person(items: Sequence[TodoItem]) -> list[dict[str, Any]]:
    groups = [
        _group(name, [item for item in items if item.person == name]) for name in due.persons(items)
    ]
    groups.append(_group(gettext("没有写明人员"), [item for item in items if not item.person]))
    return [group for group in groups if group["rows"]]


def _group(name: str, items: Iterable[TodoItem]) -> dict[str, Any]:
    rows = [
        {
            "cells": [
                say(item.text),
                {"text": item.due.isoformat(), "tone": item.tone} if item.due else "",
                item.person,
            ],
            "url": item.url,
        }
        for item in items
    ]
    return {"name": name, "rows": rows, "count": len(rows)}


@bp.get("/due/due.ics")
def due_calendar() -> Response:
    """What has a day, for phones and mail programs; whoever asks has to be signed in."""
    person = viewer()
    days = whole_arg("days", due.DAYS, 1, due.MOST_DAYS)
    content = due.due_file(
        due.everything(db.session(), person.scope, clock.today(), days),
        office_name=person.office_name,
        office_code=person.office_code,
        root=request.url_root.rstrip("/"),
        at=clock.now(),
        language=language(),
    )
    answer = Response(content, mimetype=MIMETYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="due.ics"'
    return answer
