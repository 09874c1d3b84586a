"""Fills an office with records by filling every form there is, so that no domain is forgotten."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from docx import Document
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from tracker.kernel import rows
from tracker.kernel.db import db
from tracker.kernel.model import Model

from . import pictures
from .addresses import Route, routes, texts_for
from .dom import Node
from .hygiene import label_of
from .page import Form, Page, Visitor

#: Forms that take something away or turn somebody out, those of the door, and what only reads.
_LEFT_ALONE = (
    "void",
    "edit",
    "disable",
    "reset",
    "remove",
    "cancel",
    "change_password",
    "sign_in",
    "check",
    "event_of_visit",  # see `_TOGETHER`
    "hand_over",
)

#: Forms that stand only in a certain state of a year; `reports.write_reports` goes through them.
_OF_A_STATE = ("yearbook.step", "yearbook.accept", "yearbook.note_changes")

#: Forms that are shown what they do before they save; they make no table of their own.
_AFTER_A_PREVIEW = ("certification.renew_certificates",)

#: What a field of this name needs, where its kind alone does not say.
_KNOWN = {
    "csrf_token": None,
    "closes_on": "",
    "keep_months": "12",
    "also_event": None,
    "bands": "180/90/30",
    "from_year": "2024",
    "once": None,
    "version": None,
    "password": "yige-mima-2025",
    "end_reason": "",
    "leave_reason": "",
    "pinyin": "",
}

#: What a form needs that its fields do not show one by one.
_TOGETHER = {
    # A lecture without its event, whose page leads to making one.
    "advisers.new_visit": {"kind": "lecture", "event_id": ""},
    # From before the first exam, whose results are not asked then.
    "certification.new_certificate": {
        "issued_on": "2024-06-25",
        "valid_from": "2024-06-26",
        "valid_to": "2027-06-25",
    },
    # In the year whose pages are visited, so that it is assessed and paid.
    "advisers.new_assignment": {"starts_on": "2024-06-26"},
    "certification.new_term": {
        "issued_on": "2025-01-10",
        "valid_from": "2027-06-26",
        "valid_to": "2030-06-25",
    },
}

#: Forms of what there is once for an office and year: begun already, they lead to it.
_ONCE = ("reports.start", "advisers.assess", "advisers.decide_subsidy")

#: What else to try in a field that was refused.
_OTHERWISE = ("", "1", "2024-06-26", "2025-01-10", "60", "2030-06-25", "未登记")


@dataclass
class Marked:
    """One office's records, recognisable by their mark and their ids."""

    name: str
    office_id: int
    first_id: int
    ids: dict[str, list[int]] = field(default_factory=dict)

    @property
    def all_ids(self) -> list[int]:
        return [record_id for found in self.ids.values() for record_id in found]

    def some_ids(self, of_each: int) -> list[int]:
        """A few ids of every table."""
        return [record_id for found in self.ids.values() for record_id in found[:of_each]]

    def table_of(self, record_id: int) -> str:
        return next(table for table, found in self.ids.items() if record_id in found)


@contextmanager
def ids_from(marks: list[Marked]) -> Iterator[None]:
    """Gives every new record an id that no other record has, in any table, of any office."""
    counters = {mark.office_id: count(mark.first_id) for mark in marks}

    def number(session: Session, _context: object, _instances: object) -> None:
        for record in session.new:
            office_id = getattr(record, "office_id", None)
            if office_id in counters and hasattr(record, "id") and record.id is None:
                record.id = next(counters[office_id])

    event.listen(Session, "before_flush", number)
    try:
        yield
    finally:
        event.remove(Session, "before_flush", number)


def note_ids(app: Flask, mark: Marked) -> None:
    """Write down which records the office has."""
    with app.app_context(), rows.seeing_everything():
        for table in Model.metadata.sorted_tables:
            if "office_id" not in table.columns or "id" not in table.columns:
                continue
            if table.name in ("change_log", "user_session"):
                continue
            statement = select(table.c.id).where(table.c.office_id == mark.office_id)
            mark.ids[table.name] = sorted(db.session.scalars(statement).all())


def furnish(visitor: Visitor, mark: Marked) -> list[str]:
    """Fill every form of the application, twice: what the first round made, the second refers to.
    Returns the endpoints that were filled."""
    filled: list[str] = []
    for _ in range(2):
        filled = _fill_all(visitor, mark)
    return filled


def _fill_all(visitor: Visitor, mark: Marked) -> list[str]:
    app = visitor.app
    waiting = [r for r in routes(app) if r.gets and r.posts and _is_for_filling(r)]
    filled: list[str] = []
    while waiting:
        note_ids(app, mark)
        taken = [route for route in waiting if _fill_route(visitor, route, mark)]
        assert taken, (
            f"these forms could not be filled: {[route.endpoint for route in waiting]};"
            " teach tests/support/furnishing.py"
        )
        filled += [route.endpoint for route in taken]
        waiting = [route for route in waiting if route not in taken]
    return filled


def _is_for_filling(route: Route) -> bool:
    name = route.endpoint.partition(".")[2]
    return (
        not name.startswith(_LEFT_ALONE)
        and not route.endpoint.startswith("onboarding.")
        and route.endpoint not in (*_OF_A_STATE, *_AFTER_A_PREVIEW)
    )


def _fill_route(visitor: Visitor, route: Route, mark: Marked) -> bool:
    ids = [each for each in mark.all_ids if each >= mark.first_id] or [1]
    for address in route.addresses(ids, texts_for(visitor.app)):
        answer = visitor.client.get(address)
        if answer.status_code == 302 and route.endpoint in _ONCE:
            return True
        if answer.status_code != 200:
            continue
        known = _TOGETHER.get(route.endpoint, {})
        if fill_page(visitor, visitor.read(answer), mark.name, known):
            return True
    return False


def fill_page(visitor: Visitor, page: Page, mark: str, known: Mapping[str, str]) -> bool:
    """Fill the page's main form with plausible entries; whether it was taken."""
    form = page.form()
    data = plausible(form, mark) | {name: [value] for name, value in known.items()}
    for attempt in range(6):
        sent: Any = {name: values for name, values in data.items() if values is not None}
        for name in form.visible_names:
            if form.control(name).get("type") == "file":
                sent[name] = [file_for(form.control(name), mark)]
        answer = visitor.client.post(form.action, data=sent)
        if answer.status_code in (201, 303):  # an access token is shown at once, and once
            return True
        if answer.status_code != 422:
            return False
        shown = visitor.read(answer)
        wrong = [name for name in form.visible_names if shown.tree.first(id=f"{name}-error")]
        if not wrong and shown.tree.first(id="doubts") is not None:
            data["seen"] = shown.form().values()["seen"]  # asked once, and answered
            continue
        if not wrong:
            return False
        for name in wrong:
            data[name] = [_OTHERWISE[attempt]]
            choices = [value for value in form.choices(name).values() if value]
            if choices:
                data[name] = [choices[(attempt + 1) % len(choices)]]
    return False


def file_for(control: Node, mark: str) -> tuple[io.BytesIO, str]:
    """A file that a field takes, by the kind it asks for."""
    if control.get("accept") == ".docx":
        return document_of(mark)
    if control.get("accept", "").startswith("image/"):
        return pictures.photo_file(f"{mark[:40]}{next(_SERIAL)}.jpg")
    return workbook_of(mark)


def document_of(mark: str) -> tuple[io.BytesIO, str]:
    """A document for any form that takes one: styles, and a sentence with a number."""
    document = Document()
    document.add_paragraph(f"{mark}全年开展普法宣传活动3次。")
    file = io.BytesIO()
    document.save(file)
    file.seek(0)
    return file, f"{mark[:40]}{next(_SERIAL)}.docx"


def workbook_of(mark: str) -> tuple[io.BytesIO, str]:
    """A file for any form that asks for one: a county's form with a mark, and a ledger."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["{{outreach.events}}"],
        ["活动名称", "开始日期", "参加人次"],
        [f"{mark}{next(_SERIAL)}", "2024-06-26", 3],
    ):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file, f"{mark[:40]}{next(_SERIAL)}.xlsx"


def plausible(form: Form, mark: str) -> dict[str, list[str]]:
    """Something for every field: the mark in texts, small numbers, a day, the first choice."""
    data = form.values()
    for name in form.visible_names:
        control = form.control(name)
        if name in _KNOWN:
            if _KNOWN[name] is not None:
                data[name] = [str(_KNOWN[name])]
            continue
        data[name] = _entry(form, name, control, mark, data.get(name, []))
    return data


def _entry(form: Form, name: str, control: Node, mark: str, now: list[str]) -> list[str]:
    kind = control.get("type", "text")
    if control.tag == "select" or kind in ("checkbox", "radio"):
        choices = [value for value in form.choices(name).values() if value]
        if any(now) or not choices:
            return now
        return choices[:1]
    if any(now):
        return now
    if kind == "file":
        return []
    if "data-date" in control.attrs:
        return ["2024-06-26"] if _must(form, control) else [""]
    if control.get("inputmode") in ("numeric", "decimal") or kind == "number":
        return ["3"]
    if kind == "password":
        return ["yige-mima-2025"]
    most = int(control.get("data-longest") or 60)
    if name == "name" and "用户名" in label_of(form.page.tree, control):
        return [f"{mark.strip('~').lower()[:20]}yonghu{next(_SERIAL)}"]
    said = f"{mark}{name}{next(_SERIAL)}"
    # What would lose its number by being cut begins with it, to be no other record's name.
    return [said if len(said) <= most else f"{next(_SERIAL)}{mark}"[:most]]


_SERIAL = count(1)


def _must(form: Form, control: Node) -> bool:
    return "required" in control.attrs or "选填" not in label_of(form.page.tree, control)
