"""Pages of the year's plan and of its items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.accounts.record_pages import form_page, leading_to, own, restore, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.kernel import clock
from tracker.kernel.db import db, write_tx
from tracker.kernel.errors import RuleBroken
from tracker.kernel.forms import PlainForm, posted_version
from tracker.kernel.i18n import say
from tracker.kernel.lists import listed
from tracker.kernel.period import FIRST_YEAR, LAST_YEAR, Period
from tracker.kernel.tables import facts, shown, table
from tracker.kernel.web import (
    FilterBar,
    done,
    page,
    search_field,
    term_arg,
    term_field,
    text_arg,
    voided_field,
)
from tracker.kernel.words import Words

from ..register import EVENTS
from ..views import bp
from . import operations, queries
from .forms import PlanItemForm
from .models import PlanItem
from .periods import period_of_year
from .register import PLAN_ITEMS
from .terms import PlanState

#: How a state stands out; the word says the same.
TONES = {
    PlanState.LATE: "danger",
    PlanState.NOT_BEGUN: "muted",
    PlanState.UNDER_WAY: "info",
    PlanState.DONE: "success",
}

_COPIED = Words(
    "已沿用{before}年计划 {count} 项，时限顺延一年，目标不变；已有的 {kept} 项没有重复沿用。",
    "Copied from {before}: {count} items, due a year later with the same targets; {kept} were "
    "there already and were not copied again.",
)
_TAKEN_BACK = Words(
    "已撤销沿用：{count} 项作废，已有活动的事项保留。",
    "Taken back: {count} copied items were voided; those that have events stay.",
)


def year_period(year: int) -> Period:
    """The year of an address; 404 for one that no plan can be of."""
    if not FIRST_YEAR < year < LAST_YEAR:
        abort(404)
    return Period.of_year(year, clock.today())


@bp.get("/plan/")
def plans() -> Any:
    """This year's plan."""
    return redirect(url_for(".plan", year=clock.today().year))


@bp.get("/plan/<int(max=9999):year>")
def plan(year: int) -> Any:
    """The responsibility list of a year, with how far each item has come."""
    period, today = year_period(year), clock.today()
    session, scope = db.session(), viewer().scope
    items = session.scalars(queries.items_of_period(scope, period)).all()
    state: PlanState | None = term_arg("state", PlanState)
    among = None if state is None else [i.id for i in queries.with_state(items, state, today)]
    voided = request.args.get("voided") == "1"
    before = queries.items_of_year(session, viewer().office_id, year - 1)
    return listed(
        "outreach/plan.html",
        PLAN_ITEMS,
        queries.find_items(scope, period, text_arg("q"), among=among, voided=voided),
        FilterBar(
            [search_field(), term_field("state", gettext("进度"), PlanState), voided_field()]
        ),
        lambda rows: _table(rows, year),
        more_exports=[
            {
                "label": gettext("打印责任清单"),
                "url": url_for(".plan_sheet", year=year),
                "kind": "quiet",
            }
        ],
        year=year,
        five_years=period_of_year(year),
        counts=_counts(items, year),
        may_copy=viewer().may_write and any(not item.is_voided for item in before),
    )


def _counts(items: Sequence[PlanItem], year: int) -> list[dict[str, Any]]:
    """How many items are in each state, each number leading to them."""
    found = Counter(item.state(clock.today()) for item in items)
    return [
        {
            "label": say(state.label),
            "count": found[state],
            "tone": TONES[state] if found[state] else "muted",
            "url": url_for(".plan", year=year, state=state.value),
        }
        for state in PlanState
    ]


def _table(items: Sequence[PlanItem], year: int) -> dict[str, Any]:
    """The rows of the list: what is to be done, and what the events say was done."""
    shown_table = table(
        PLAN_ITEMS.list_columns,
        items,
        lambda item: url_for(".plan_item", record_id=item.id),
        lambda item: "danger" if item.state(clock.today()) is PlanState.LATE else "",
    )
    shown_table["columns"] += [
        {"key": "events", "label": gettext("活动次数／目标"), "align": "right"},
        {"key": "people", "label": gettext("人次／目标"), "align": "right"},
        {"key": "state", "label": gettext("进度"), "align": "left"},
    ]
    for row, item in zip(shown_table["rows"], items, strict=True):
        row["cells"] += progress_cells(item, year)
    return shown_table


def progress_cells(item: PlanItem, year: int) -> list[Any]:
    """Events and heads against their targets, each leading to the events, and the state."""
    behind = url_for(".events", plan_item=item.id, year=year, state="held")
    state = item.state(clock.today())
    uncounted = item.held_uncounted or 0
    heads = shown(item.held_person_times) if item.held_person_times is not None else "0"
    if item.held_events and uncounted == item.held_events:
        heads = gettext("未登记")
    return [
        {"text": _against(str(item.held_events or 0), item.target_events), "url": behind},
        {
            "text": _against(heads, item.target_person_times),
            "url": behind,
            "note": gettext("%(n)s次未登记人次", n=uncounted)
            if 0 < uncounted < (item.held_events or 0)
            else "",
        },
        {"text": say(state.label), "tone": TONES[state]},
    ]


def _against(value: str, target: int | None) -> str:
    return value if target is None else f"{value}／{target:,}"


@bp.get("/plan/<int(max=9999):year>/sheet")
def plan_sheet(year: int) -> Any:
    """The responsibility list with all its columns, for paper: A4 across, heads on each sheet."""
    period = year_period(year)
    items = db.session().scalars(queries.items_of_period(viewer().scope, period)).all()
    return page(
        "outreach/plan_sheet.html",
        year=year,
        five_years=period_of_year(year),
        items=items,
        states={item.id: say(item.state(clock.today()).label) for item in items},
        offices=viewer().office_names if len(viewer().office_names) > 1 else {},
    )


@bp.route("/plan/<int(max=9999):year>/new", methods=["GET", "POST"])
def new_plan_item(year: int) -> Any:
    """Enter an item of a year's plan."""
    year_period(year)
    return form_page(
        PlanItemForm(data={"year": str(year)}),
        lambda session, draft: operations.create_item(session, viewer().office_id, draft),
        leading_to(".plan_item"),
        title=gettext("新增普法计划事项"),
        back=url_for(".plan", year=year),
        template="outreach/plan_item_form.html",
    )


@bp.post("/plan/<int(max=9999):year>/copy")
def copy_plan(year: int) -> Response:
    """Copy last year's plan into this one; pressing again copies nothing twice."""
    year_period(year)
    PlainForm().is_sent_well()
    back = url_for(".plan", year=year)
    try:
        with write_tx(viewer().actor) as session:
            copied = operations.copy_year(session, viewer().scope.for_writing, year)
    except RuleBroken as error:
        flash(say(error.message), "danger")
        return redirect(back, code=303)
    count = copied.made + copied.restored
    said = _COPIED.fill(before=year - 1, count=count, kept=copied.kept)
    return done(back, said, undo_url=url_for(".undo_copy_plan", year=year) if count else "")


@bp.post("/plan/<int(max=9999):year>/copy/undo")
def undo_copy_plan(year: int) -> Response:
    """Take the copied items back; those that events name stay."""
    year_period(year)
    PlainForm().is_sent_well()
    with write_tx(viewer().actor) as session:
        count = operations.take_back_copies(session, viewer().scope.for_writing, year)
    return done(url_for(".plan", year=year), _TAKEN_BACK.fill(count=count))


@bp.get("/plan/items/<int(max=2147483647):record_id>")
def plan_item(record_id: int) -> Any:
    """One item with the events that name it, and which of them count."""
    session = db.session()
    found = seen(PlanItem, record_id)
    period = Period.of_year(found.year, clock.today())
    found = queries.item_with_progress(session, found, period)
    events = session.scalars(queries.events_naming(viewer().scope, record_id)).all()
    return page(
        "outreach/plan_item.html",
        item=found,
        facts=facts(PLAN_ITEMS, found),
        progress=progress_cells(found, found.year),
        others=sum(1 for event in events if event.starts_on.year != found.year),
        table=table(
            EVENTS.list_columns, events, lambda event: url_for(".event", record_id=event.id)
        ),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/plan/items/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_plan_item(record_id: int) -> Any:
    """Change an item."""
    return form_page(
        _item_form(record_id),
        lambda session, draft: operations.update_item(
            session, viewer().scope, record_id, draft, posted_version()
        ),
        leading_to(".plan_item"),
        title=gettext("修改普法计划事项"),
        back=url_for(".plan_item", record_id=record_id),
        current=lambda: _item_form(record_id, formdata=None),
        template="outreach/plan_item_form.html",
    )


def _item_form(record_id: int, **options: Any) -> PlanItemForm:
    """The form of an item as it is saved, or as it was sent."""
    return PlanItemForm(data=PlanItemForm.values_of(own(PlanItem, record_id)), **options)


@bp.route("/plan/items/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_plan_item(record_id: int) -> Any:
    """Void an item; the events held for it stay and count in the year's figures as before."""
    return void_page(
        PlanItem,
        record_id,
        name=lambda item: item.content,
        endpoint="outreach.plan_item",
        back=url_for(".plan", year=own(PlanItem, record_id).year),
    )


@bp.post("/plan/items/<int(max=2147483647):record_id>/restore")
def restore_plan_item(record_id: int) -> Any:
    """Take a void back."""
    return restore(PlanItem, record_id, back=url_for(".plan_item", record_id=record_id))
