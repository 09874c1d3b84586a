"""Pages of the worklog: the kinds, and the entries of one kind."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, leading_to, own, restore, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.errors import RecordMissing
from tracker.kernel.figure import Basis
from tracker.kernel.forms import posted_version
from tracker.kernel.i18n import say
from tracker.kernel.lists import listed
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.tables import facts, table
from tracker.kernel.web import (
    FilterBar,
    FilterField,
    chosen_years,
    page,
    record_field,
    search_field,
    term_arg,
    term_field,
    text_arg,
    voided_field,
    whole_arg,
    year_arg,
    year_field,
)
from tracker.offices.queries import open_villages

from . import operations, queries, register
from .forms import MORE_FIELDS, EntryForm, entry_form, number_fields
from .kinds import WorkKind
from .models import WorklogEntry
from .terms import WorkArea

bp = Blueprint("worklog", __name__, url_prefix="/worklog")

_LARGEST = 2_147_483_647


@bp.get("/")
def index() -> Any:
    """All kinds of work, by area, with how many entries each has this year."""
    session, scope, today = db.session(), viewer().scope, clock.today()
    period = Period.of_year(today.year, today)
    kinds = list(queries.kinds_of(session, scope).values())
    found = queries.entries_by_kind(session, scope, period)
    search, area = text_arg("q").lower(), term_arg("area", WorkArea)
    narrowed = bool(search or area)
    shown = [
        kind
        for kind in kinds
        if (not search or search in _searched(kind)) and (area is None or kind.area is area)
    ]
    return page(
        "worklog/index.html",
        filters=FilterBar([search_field(), term_field("area", gettext("归入"), WorkArea)]),
        used=[] if narrowed else [_kind_row(k, found[k.key]) for k in kinds if k.key in found],
        areas=[
            {"title": say(each.label), "rows": rows, "count": len(rows), "open": narrowed}
            for each in WorkArea
            if (rows := [_kind_row(k, found.get(k.key)) for k in shown if k.area is each])
        ],
    )


def _searched(kind: WorkKind) -> str:
    """What a search for a kind looks into: its names, what it counts, and what reports call it."""
    labels = [kind.label, *(kind.label_of(number) for number in kind.numbers)]
    texts = [text for label in labels for text in (label.zh, label.en)]
    return " ".join([*texts, kind.examples]).lower()


def _kind_row(kind: WorkKind, tally: queries.Tally | None) -> dict[str, Any]:
    tally = tally or queries.Tally()
    if kind.is_inventory:
        number, text = tally.standing, gettext("现有 %(n)s 条", n=tally.standing)
    else:
        number, text = tally.dated, gettext("本年 %(n)s 条", n=tally.dated)
    counts = [say(register.number_label(kind, each)) for each in kind.numbers]
    label = say(kind.label)
    if not kind.in_use:
        label = gettext("%(kind)s（已停用）", kind=label)
    return {
        "cells": [
            label,
            gettext("、").join(counts),
            {"text": text, "tone": "success"} if number else gettext("没有记录"),
        ],
        "url": url_for(".entries", kind=kind.key),
    }


def _kind(key: str) -> WorkKind:
    """A kind for its list.

    :raises RecordMissing: when the offices the viewer sees have none of this key.
    """
    kind = queries.kind_named(db.session(), viewer().scope, key)
    if kind is None:
        raise RecordMissing
    return kind


def _home_kind(key: str) -> WorkKind:
    """A kind for a form: one of the viewer's own office.

    :raises RecordMissing: when that office has none of this key.
    """
    home = Scope((viewer().office_id,), viewer().office_id)
    kind = queries.kind_named(db.session(), home, key)
    if kind is None:
        raise RecordMissing
    return kind


def _of_kind(entry: WorklogEntry, key: str) -> WorklogEntry:
    """The entry, where its address names its kind.

    :raises RecordMissing: when it is of another kind.
    """
    if entry.kind != key:
        raise RecordMissing
    return entry


@bp.get("/<string(maxlength=60):kind>/")
def entries(kind: str) -> Any:
    """The list of a kind's entries."""
    found_kind = _kind(kind)
    session, scope, today = db.session(), viewer().scope, clock.today()
    standing = found_kind.is_inventory and request.args.get("standing") == "1"
    wanted = queries.EntryFilter(
        search=text_arg("q"),
        year=year_arg(),
        village_id=whole_arg("village", 0, 1, _LARGEST) or None,
        standing_on=today if standing else None,
        voided=request.args.get("voided") == "1",
    )
    years = chosen_years(queries.first_entry_day(session, scope, kind), today.year)
    villages = [(village.id, village.name) for village in open_villages(session, scope)]
    fields = [
        search_field(),
        year_field(years),
        record_field("village", gettext("村（社区）"), villages),
        voided_field(),
    ]
    if found_kind.is_inventory:
        fields.insert(2, _standing_field(standing))
    return listed(
        "worklog/entries.html",
        register.ledger_of(found_kind),
        queries.find_entries(scope, kind, wanted),
        FilterBar(fields),
        lambda rows: table(
            register.list_columns(found_kind),
            rows,
            lambda entry: url_for(".entry", kind=kind, record_id=entry.id),
        ),
        kind=found_kind,
        may_log=viewer().may_write and found_kind.in_use and _is_home_kind(found_kind),
    )


def _is_home_kind(kind: WorkKind) -> bool:
    home = Scope((viewer().office_id,), viewer().office_id)
    return queries.kind_named(db.session(), home, kind.key) is not None


def _standing_field(standing: bool) -> FilterField:
    choices = [("", gettext("全部")), ("1", gettext("现在有效"))]
    return FilterField("standing", gettext("效力"), "select", "1" if standing else "", choices)


@bp.get("/entries/<int(max=2147483647):record_id>")
def entry_of_any_kind(record_id: int) -> Any:
    """Leads to an entry whose kind the caller does not know."""
    found = seen(WorklogEntry, record_id)
    return redirect(url_for(".entry", kind=found.kind, record_id=found.id))


@bp.route("/<string(maxlength=60):kind>/new", methods=["GET", "POST"])
def new_entry(kind: str) -> Any:
    """Log an entry of a kind."""
    found_kind = _home_kind(kind)
    form = entry_form(found_kind)(
        data={"held_on": clock.today(), "times": 1, "organiser": viewer().office_name}
    )
    form.offer(db.session(), viewer().scope)
    return form_page(
        form,
        lambda session, draft: operations.create_entry(
            session, viewer().office_id, draft, clock.today()
        ),
        leading_to(".entry", ".new_entry", kind=kind),
        title=gettext("登记：%(kind)s", kind=say(found_kind.label)),
        back=url_for(".entries", kind=kind),
        again=True,
        **_of_page(found_kind),
    )


def _of_page(kind: WorkKind) -> dict[str, Any]:
    """What the page of an entry's form prints of its kind."""
    return {
        "template": "worklog/entry_form.html",
        "kind": kind,
        "numbers": number_fields(kind),
        "inventory": kind.basis is Basis.AS_AT,
        "more": MORE_FIELDS if kind.is_inventory else ("ended_on", *MORE_FIELDS),
    }


@bp.get("/<string(maxlength=60):kind>/<int(max=2147483647):record_id>")
def entry(kind: str, record_id: int) -> Any:
    """One entry."""
    found_kind = _kind(kind)
    found = _of_kind(seen(WorklogEntry, record_id), kind)
    return page(
        "worklog/entry.html",
        entry=found,
        kind=found_kind,
        facts=facts(register.page_register(found_kind), found),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route(
    "/<string(maxlength=60):kind>/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"]
)
def edit_entry(kind: str, record_id: int) -> Any:
    """Change an entry."""
    found_kind = _home_kind(kind)
    return form_page(
        _entry_form(found_kind, record_id),
        lambda session, draft: operations.update_entry(
            session, viewer().scope, record_id, draft, posted_version(), clock.today()
        ),
        leading_to(".entry", kind=kind),
        title=gettext("修改：%(kind)s", kind=say(found_kind.label)),
        back=url_for(".entry", kind=kind, record_id=record_id),
        current=lambda: _entry_form(found_kind, record_id, formdata=None),
        **_of_page(found_kind),
    )


def _entry_form(kind: WorkKind, record_id: int, **options: Any) -> EntryForm:
    """The form of an entry as it is saved, or as it was sent."""
    found = _of_kind(own(WorklogEntry, record_id), kind.key)
    form = entry_form(kind)(data=EntryForm.values_of(found), **options)
    form.offer(db.session(), viewer().scope, found)
    return form


@bp.route(
    "/<string(maxlength=60):kind>/<int(max=2147483647):record_id>/void", methods=["GET", "POST"]
)
def void_entry(kind: str, record_id: int) -> Any:
    """Take an entry out of the counts, with the reason."""
    _of_kind(own(WorklogEntry, record_id), kind)
    return void_page(
        WorklogEntry,
        record_id,
        name=lambda entry: entry.title,
        endpoint="worklog.entry",
        back=url_for(".entries", kind=kind),
        kind=kind,
    )


@bp.post("/<string(maxlength=60):kind>/<int(max=2147483647):record_id>/restore")
def restore_entry(kind: str, record_id: int) -> Any:
    """Take a void back."""
    _of_kind(own(WorklogEntry, record_id), kind)
    return restore(WorklogEntry, record_id, back=url_for(".entry", kind=kind, record_id=record_id))
