"""Pages of campaigns."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, leading_to, own, restore, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.kernel import clock
from tracker.kernel.forms import posted_version
from tracker.kernel.lists import listed
from tracker.kernel.tables import facts, table
from tracker.kernel.web import (
    FilterBar,
    chosen_years,
    page,
    paged,
    search_field,
    text_arg,
    voided_field,
    year_arg,
    year_field,
)

from . import operations, queries, register
from .forms import CampaignForm
from .models import Campaign
from .views import bp


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
