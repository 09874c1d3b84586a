"""Pages of outreach events and campaigns."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import (
    form_page,
    leading_to,
    own,
    restore,
    seen,
    void_page,
)
from tracker.accounts.viewer import viewer
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.forms import posted_version
from tracker.kernel.headcount import CountBasis
from tracker.kernel.lists import listed
from tracker.kernel.tables import facts, table
from tracker.kernel.web import (
    FilterBar,
    FilterField,
    chosen_years,
    page,
    paged,
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
from .forms import MORE_FIELDS, CampaignForm, EventForm
from .models import Campaign, OutreachEvent
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
        state=term_arg("state", EventState),
        delivery=term_arg("delivery", DeliveryForm),
        theme_id=whole_arg("theme", 0, 1, _LARGEST) or None,
        village_id=whole_arg("village", 0, 1, _LARGEST) or None,
        campaign_id=whole_arg("campaign", 0, 1, _LARGEST) or None,
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


def _linked_filters() -> list[FilterField]:
    """Filters that links set; they show only where they are set, so that none works unseen."""
    fields = []
    if whole_arg("campaign", 0, 1, _LARGEST):
        campaigns = queries.open_campaigns(db.session(), viewer().office_id)
        named = [(each.id, each.name) for each in campaigns]
        fields.append(record_field("campaign", gettext("专项活动"), named))
    if request.args.get("headcount") == "none":
        choices = [("", gettext("全部")), ("none", gettext("未登记"))]
        fields.append(FilterField("headcount", gettext("参加人次"), "select", "none", choices))
    return fields


@bp.route("/events/new", methods=["GET", "POST"])
def new_event() -> Any:
    """Log an event; ``?copy=ID`` starts from an earlier one, without its day and numbers."""
    values = {
        "starts_on": clock.today(),
        "state": EventState.HELD,
        "delivery": DeliveryForm.STAND,
        "count_basis": CountBasis.COUNTED,
        "lead_organisation": viewer().office_name,
    }
    copied = whole_arg("copy", 0, 1, _LARGEST)
    source = own(OutreachEvent, copied) if copied else None
    if source is not None:
        values = _copied(source)
    form = EventForm(data=values)
    form.offer(db.session(), viewer().scope, source)
    return form_page(
        form,
        lambda session, draft: operations.create_event(
            session, viewer().office_id, draft, clock.today()
        ),
        leading_to(".event", ".new_event"),
        title=gettext("登记普法活动"),
        back=url_for(".events"),
        template="outreach/event_form.html",
        more=MORE_FIELDS,
        again=True,
    )


def _copied(event: OutreachEvent) -> dict[str, Any]:
    """What a new event takes over from an earlier one: what it was, not when and how many."""
    values = EventForm.values_of(event)
    kept = (
        "title",
        "delivery",
        "place_kind_id",
        "campaign_id",
        "theme_ids",
        "laws",
        "village_ids",
        "venue",
        "lead_organisation",
        "partner_organisations",
        "speakers",
        "audiences",
    )
    return {
        **{name: values[name] for name in kept},
        "starts_on": clock.today(),
        "state": EventState.HELD,
        "count_basis": CountBasis.COUNTED,
    }


@bp.get("/events/<int(max=2147483647):record_id>")
def event(record_id: int) -> Any:
    """One event with everything recorded of it."""
    found = seen(OutreachEvent, record_id)
    return page(
        "outreach/event.html",
        event=found,
        facts=facts(register.EVENTS, found),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/events/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_event(record_id: int) -> Any:
    """Change an event."""
    return form_page(
        _event_form(record_id),
        lambda session, draft: operations.update_event(
            session, viewer().scope, record_id, draft, posted_version(), clock.today()
        ),
        leading_to(".event"),
        title=gettext("修改普法活动"),
        back=url_for(".event", record_id=record_id),
        current=lambda: _event_form(record_id, formdata=None),
        template="outreach/event_form.html",
        more=MORE_FIELDS,
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


@bp.get("/campaigns/")
def campaigns() -> Any:
    """The list of campaigns."""
    scope = viewer().scope
    voided = request.args.get("voided") == "1"
    years = chosen_years(None, clock.today().year)
    return listed(
        "outreach/campaigns.html",
        register.CAMPAIGNS,
        queries.find_campaigns(scope, text_arg("q"), year_arg(), voided=voided),
        FilterBar([search_field(), year_field(years), voided_field()]),
        lambda rows: table(
            register.CAMPAIGNS.list_columns,
            rows,
            lambda campaign: url_for(".campaign", record_id=campaign.id),
        ),
    )


@bp.route("/campaigns/new", methods=["GET", "POST"])
def new_campaign() -> Any:
    """Enter a campaign."""
    return form_page(
        CampaignForm(),
        lambda session, draft: operations.create_campaign(session, viewer().office_id, draft),
        leading_to(".campaign"),
        title=gettext("新建专项活动"),
        back=url_for(".campaigns"),
    )


@bp.get("/campaigns/<int(max=2147483647):record_id>")
def campaign(record_id: int) -> Any:
    """One campaign and its events."""
    found = seen(Campaign, record_id)
    under = paged(queries.find_events(viewer().scope, queries.EventFilter(campaign_id=record_id)))
    return page(
        "outreach/campaign.html",
        campaign=found,
        facts=facts(register.CAMPAIGNS, found),
        found=under,
        table=table(
            register.EVENTS.list_columns,
            under.rows,
            lambda event: url_for(".event", record_id=event.id),
        ),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/campaigns/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_campaign(record_id: int) -> Any:
    """Change a campaign."""
    return form_page(
        _campaign_form(record_id),
        lambda session, draft: operations.update_campaign(
            session, viewer().scope, record_id, draft, posted_version()
        ),
        leading_to(".campaign"),
        title=gettext("修改专项活动"),
        back=url_for(".campaign", record_id=record_id),
        current=lambda: _campaign_form(record_id, formdata=None),
    )


def _campaign_form(record_id: int, **options: Any) -> CampaignForm:
    """The form of a campaign as it is saved, or as it was sent."""
    return CampaignForm(data=CampaignForm.values_of(own(Campaign, record_id)), **options)


@bp.route("/campaigns/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_campaign(record_id: int) -> Any:
    """Void a campaign; its events stay and count as before."""
    return void_page(
        Campaign,
        record_id,
        name=lambda campaign: campaign.name,
        endpoint="outreach.campaign",
        back=url_for(".campaigns"),
    )


@bp.post("/campaigns/<int(max=2147483647):record_id>/restore")
def restore_campaign(record_id: int) -> Any:
    """Take a void back."""
    return restore(Campaign, record_id, back=url_for(".campaign", record_id=record_id))
