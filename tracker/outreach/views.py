"""Pages of outreach events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from tracker.accounts.record_pages import (
    form_page,
    leading_to,
    own,
    restore,
    seen,
    void_page,
)
from tracker.accounts.viewer import viewer
from tracker.evidence.filters import lacking_arg, lacking_field
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.forms import posted_version
from tracker.kernel.i18n import say
from tracker.kernel.lists import listed
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

from . import doubts, operations, queries, register, remembered, starting
from .calendar import starting as held_for
from .calendar.days import Occurrence
from .calendar.models import KEY_LENGTH
from .calendar.queries import for_day, nearest, occurrence_of, themes_seen
from .drafts import EventDraft
from .forms import MORE_FIELDS, EventForm
from .models import OutreachEvent
from .planning.queries import offered_items, own_item
from .signin import queries as signin
from .terms import DeliveryForm, EventState

bp = Blueprint("outreach", __name__, url_prefix="/outreach")

_LARGEST = 2_147_483_647


@bp.get("/events/")
def events() -> Any:
    """The list of events."""
    session, scope = db.session(), viewer().scope
    wanted = queries.EventFilter(
        search=text_arg("q"),
        year=year_arg(),
        month=whole_arg("month", 0, 1, 12) or None,
        state=term_arg("state", EventState),
        delivery=term_arg("delivery", DeliveryForm),
        theme_id=whole_arg("theme", 0, 1, _LARGEST) or None,
        village_id=whole_arg("village", 0, 1, _LARGEST) or None,
        campaign_id=whole_arg("campaign", 0, 1, _LARGEST) or None,
        lacks=lacking_arg(),
        plan_item_id=whole_arg("plan_item", 0, 1, _LARGEST) or None,
        also=_for_the_day(),
        without_headcount=request.args.get("headcount") == "none",
        voided=request.args.get("voided") == "1",
    )
    years = chosen_years(queries.first_event_day(session, scope), clock.today().year)
    themes = [(t.id, t.name) for t in queries.themes_of(session, viewer().office_id)]
    villages = [(v.id, v.name) for v in open_villages(session, scope)]
    filters = FilterBar(
        [
            search_field(),
            year_field(years),
            term_field("state", gettext("状态"), EventState),
            record_field("theme", gettext("主题"), themes),
            record_field("village", gettext("村（社区）"), villages),
            term_field("delivery", gettext("开展形式"), DeliveryForm),
            lacking_field(OutreachEvent),
            *_linked_filters(),
            voided_field(),
        ]
    )
    return listed(
        "outreach/events.html",
        register.EVENTS,
        queries.find_events(scope, wanted),
        filters,
        lambda rows: table(
            register.EVENTS.list_columns,
            rows,
            lambda event: url_for(".event", record_id=event.id),
        ),
    )


def _day_asked_for() -> Occurrence | None:
    """The publicity day of ``?day=KEY&year=YEAR``, where there is one."""
    key, year = text_arg("day", KEY_LENGTH), year_arg()
    if not key or year is None:
        return None
    return occurrence_of(db.session(), viewer().office_id, year, key)


def _for_the_day() -> ColumnElement[bool] | None:
    """The events for the publicity day the address names, by the calendar's own condition."""
    day = _day_asked_for()
    return None if day is None else for_day(day, themes_seen(db.session(), viewer().scope))


def _linked_filters() -> list[FilterField]:
    """Filters that links set; they show only where they are set, so that none works unseen."""
    fields = []
    if whole_arg("month", 0, 1, 12):
        months = [(m, gettext("%(month)s月", month=m)) for m in range(1, 13)]
        fields.append(record_field("month", gettext("月份"), months))
    if whole_arg("campaign", 0, 1, _LARGEST):
        campaigns = queries.open_campaigns(db.session(), viewer().office_id)
        named = [(each.id, each.name) for each in campaigns]
        fields.append(record_field("campaign", gettext("专项活动"), named))
    if whole_arg("plan_item", 0, 1, _LARGEST):
        items = offered_items(db.session(), viewer().office_id)
        named = [(each.id, each.label) for each in items]
        fields.append(record_field("plan_item", gettext("普法计划事项"), named))
    if (day := _day_asked_for()) is not None:
        choices = [("", gettext("全部")), (day.key, say(day.day.name))]
        fields.append(FilterField("day", gettext("宣传日"), "select", day.key, choices))
    if request.args.get("headcount") == "none":
        choices = [("", gettext("全部")), ("none", gettext("未登记"))]
        fields.append(FilterField("headcount", gettext("参加人次"), "select", "none", choices))
    return fields


@bp.route("/events/new", methods=["GET", "POST"])
def new_event() -> Any:
    """Log an event; ``?copy=ID`` starts from an earlier one, without its day and numbers, and
    ``?day=KEY&year=YEAR`` or ``?plan_item=ID`` from what it is held for."""
    session, scope = db.session(), viewer().scope
    copied = whole_arg("copy", 0, 1, _LARGEST)
    source = own(OutreachEvent, copied) if copied else None
    latest = remembered.latest_event(session, viewer().office_id)
    values = starting.copied(source) if source else starting.blank(latest, viewer().office_name)
    values |= _held_for()
    form = EventForm(data=values)
    form.offer(session, scope, source)
    return _event_page(
        form,
        lambda session, draft: operations.create_event(
            session, viewer().office_id, draft, clock.today()
        ),
        leading_to(".event", ".new_event"),
        title=gettext("登记普法活动"),
        back=url_for(".events"),
        offers=_offers(latest) if not request.args else [],
        first_field="headcount" if source else "title",
        again=True,
    )


def _held_for() -> dict[str, Any]:
    """What an event takes from the publicity day or the item of the plan that it is held for."""
    session, office_id = db.session(), viewer().office_id
    key, year = text_arg("day", KEY_LENGTH), year_arg()
    if key and year is not None:
        return held_for.for_day(session, office_id, key, year, clock.today())
    item_id = whole_arg("plan_item", 0, 1, _LARGEST)
    item = own_item(session, office_id, item_id) if item_id else None
    return held_for.for_item(item) if item is not None else {}


#: So many publicity days are offered over an empty form.
_NEAREST = 3


def _offers(latest: OutreachEvent | None) -> list[dict[str, str]]:
    """Links that start from the event entered last, or from a publicity day that is near."""
    found = []
    if latest is not None:
        said = gettext("沿用上一场：%(title)s（%(day)s）", title=latest.title, day=latest.starts_on)
        found.append({"label": said, "url": url_for(".new_event", copy=latest.id)})
    for day in nearest(db.session(), viewer().office_id, clock.today(), _NEAREST):
        if day.span is not None:
            said = gettext(
                "%(month)s·%(day)s %(name)s",
                month=day.span.first.month,
                day=day.span.first.day,
                name=say(day.day.name),
            )
            found.append({"label": said, "url": url_for(".new_event", day=day.key, year=day.year)})
    return found[1:] + found[:1] if latest is not None else found


def _event_page(
    form: EventForm,
    write: Callable[[Session, EventDraft], OutreachEvent],
    address: Callable[[OutreachEvent], str],
    own_id: int | None = None,
    **context: Any,
) -> Any:
    """The page of an event's form, which asks about what is odd before it saves."""
    since = clock.today() - starting.USUAL_DAYS
    return form_page(
        form,
        write,
        address,
        doubts=lambda session, draft: doubts.of_event(
            session, viewer().scope.for_writing, draft, own_id
        ),
        template="outreach/event_form.html",
        enter_moves=True,
        more=MORE_FIELDS,
        usual=remembered.usual_texts(db.session(), viewer().office_id, since),
        **context,
    )


@bp.get("/events/<int(max=2147483647):record_id>")
def event(record_id: int) -> Any:
    """One event with everything recorded of it."""
    found = seen(OutreachEvent, record_id)
    return page(
        "outreach/event.html",
        event=found,
        facts=facts(register.EVENTS, found),
        sign_in=signin.standing(db.session(), found, clock.today()),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/events/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_event(record_id: int) -> Any:
    """Change an event."""
    return _event_page(
        _event_form(record_id),
        lambda session, draft: operations.update_event(
            session, viewer().scope, record_id, draft, posted_version(), clock.today()
        ),
        leading_to(".event"),
        record_id,
        title=gettext("修改普法活动"),
        back=url_for(".event", record_id=record_id),
        current=lambda: _event_form(record_id, formdata=None),
    )


def _event_form(record_id: int, **options: Any) -> EventForm:
    """The form of an event as it is saved, or as it was sent."""
    found = own(OutreachEvent, record_id)
    form = EventForm(data=EventForm.values_of(found), **options)
    form.offer(db.session(), viewer().scope, found)
    return form


@bp.route("/events/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_event(record_id: int) -> Any:
    """Take an event out of the counts, with the reason."""
    return void_page(
        OutreachEvent,
        record_id,
        name=lambda event: event.title,
        endpoint="outreach.event",
        back=url_for(".events"),
    )


@bp.post("/events/<int(max=2147483647):record_id>/restore")
def restore_event(record_id: int) -> Any:
    """Take a void back."""
    return restore(OutreachEvent, record_id, back=url_for(".event", record_id=record_id))
