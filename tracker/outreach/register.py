"""The ledgers of outreach: their columns, declared once."""

from __future__ import annotations

from tracker.kernel.headcount import CountBasis
from tracker.kernel.register import Column, Register, joined, known_as
from tracker.kernel.words import Words

from . import heads
from .models import Campaign, OutreachEvent
from .planning import register as planning_register
from .queries import campaigns_of_period, events_of_period
from .terms import DeliveryForm, EventState, MaterialKind


def _material(kind: MaterialKind) -> Column:
    return Column(
        f"material_{kind.value}",
        kind.label,
        lambda event: event.copies(kind),
        "number",
        total=True,
        width=9,
    )


EVENTS = Register(
    key="events",
    label=Words("普法宣传活动", "Outreach events"),
    title=Words("普法宣传活动台账", "ledger of outreach events"),
    model=OutreachEvent,
    of_period=events_of_period,
    path="/outreach/events/{id}",
    columns=known_as(
        heads.EVENTS,
        Column(
            "title",
            Words("活动名称", "Title"),
            lambda e: e.title,
            "long",
            in_list=True,
            width=30,
            required=True,
        ),
        Column("number", Words("编号", "Number"), lambda e: e.number, width=14, in_list=True),
        Column(
            "starts_on",
            Words("开始日期", "Begins"),
            lambda e: e.starts_on,
            "date",
            in_list=True,
            width=14,
            required=True,
        ),
        Column("ends_on", Words("结束日期", "Ends"), lambda e: e.ends_on, "date", width=14),
        Column(
            "state",
            Words("状态", "State"),
            lambda e: e.state,
            "term",
            in_list=True,
            width=9,
            term=EventState,
        ),
        Column(
            "sessions", Words("场次", "Sessions"), lambda e: e.sessions, "number", True, width=7
        ),
        Column(
            "delivery",
            Words("开展形式", "Form"),
            lambda e: e.delivery,
            "term",
            width=16,
            term=DeliveryForm,
        ),
        Column(
            "place_kind",
            Words("场所类别", "Kind of place"),
            lambda e: e.place_kind.name if e.place_kind else "",
            width=12,
        ),
        Column(
            "themes",
            Words("主题", "Themes"),
            lambda e: joined([link.theme.name for link in e.themes]),
            in_list=True,
            width=16,
        ),
        Column("laws", Words("宣传法律法规", "Laws"), lambda e: e.laws, width=18),
        Column(
            "campaign",
            Words("专项活动", "Campaign"),
            lambda e: e.campaign.name if e.campaign else "",
            width=14,
        ),
        Column(
            "plan_item",
            Words("普法计划事项", "Item of the plan"),
            lambda e: e.plan_item.label if e.plan_item else "",
            width=20,
        ),
        Column(
            "publicity_day",
            Words("宣传日", "Publicity day"),
            lambda e: e.publicity_day_name,
            width=14,
        ),
        Column(
            "villages",
            Words("村（社区）", "Villages"),
            lambda e: joined([link.village.name for link in e.villages]),
            in_list=True,
            width=18,
        ),
        Column("venue", Words("地点", "Venue"), lambda e: e.venue, width=18),
        Column(
            "lead_organisation",
            Words("主办单位", "Lead"),
            lambda e: e.lead_organisation,
            width=16,
        ),
        Column(
            "partner_organisations",
            Words("参与单位", "Partners"),
            lambda e: e.partner_organisations,
            width=18,
        ),
        Column("speakers", Words("宣讲人", "Speakers"), lambda e: e.speakers, width=14),
        Column(
            "audiences",
            Words("普法对象", "Audience"),
            lambda e: joined([link.audience.label.zh for link in e.audiences]),
            width=16,
            counted="headcount",
        ),
        Column(
            "headcount",
            Words("参加人次", "Headcount"),
            lambda e: e.headcount,
            "number",
            True,
            in_list=True,
            width=9,
        ),
        Column(
            "count_basis",
            Words("计数方式", "Basis of the count"),
            lambda e: e.count_basis,
            "term",
            width=9,
            term=CountBasis,
        ),
        Column(
            "consultations",
            Words("解答咨询人次", "Questions answered"),
            lambda e: e.consultations,
            "number",
            True,
            width=9,
        ),
        *(_material(kind) for kind in MaterialKind),
        Column(
            "banners", Words("横幅标语", "Banners"), lambda e: e.banners, "number", True, width=8
        ),
        Column("boards", Words("展板", "Boards"), lambda e: e.boards, "number", True, width=8),
        Column(
            "broadcasts",
            Words("广播播放", "Broadcasts"),
            lambda e: e.broadcasts,
            "number",
            True,
            width=8,
        ),
        Column(
            "online_posts",
            Words("线上推送", "Online posts"),
            lambda e: e.online_posts,
            "number",
            True,
            width=8,
        ),
        Column(
            "online_reads",
            Words("阅读量", "Reads"),
            lambda e: e.online_reads,
            "number",
            True,
            width=9,
        ),
        Column(
            "households",
            Words("入户户数", "Households"),
            lambda e: e.households,
            "number",
            True,
            width=8,
        ),
        Column("note", Words("备注", "Note"), lambda e: e.note, "long", width=20),
    ),
)

CAMPAIGNS = Register(
    key="campaigns",
    label=Words("专项活动", "Campaigns"),
    title=Words("专项普法活动台账", "ledger of campaigns"),
    model=Campaign,
    of_period=campaigns_of_period,
    path="/outreach/campaigns/{id}",
    columns=known_as(
        heads.CAMPAIGNS,
        Column(
            "name",
            Words("专项活动名称", "Name"),
            lambda c: c.name,
            "long",
            in_list=True,
            width=30,
            required=True,
        ),
        Column("number", Words("编号", "Number"), lambda c: c.number, width=14, in_list=True),
        Column(
            "starts_on",
            Words("开始日期", "Begins"),
            lambda c: c.starts_on,
            "date",
            in_list=True,
            width=14,
            required=True,
        ),
        Column(
            "ends_on",
            Words("结束日期", "Ends"),
            lambda c: c.ends_on,
            "date",
            in_list=True,
            width=14,
        ),
        Column(
            "basis_document",
            Words("依据文件", "Basis document"),
            lambda c: c.basis_document,
            in_list=True,
            width=24,
        ),
        Column(
            "target_events",
            Words("目标场次", "Target of events"),
            lambda c: c.target_events,
            "number",
            width=12,
        ),
        Column(
            "target_person_times",
            Words("目标人次", "Target of person-times"),
            lambda c: c.target_person_times,
            "number",
            width=12,
        ),
        Column("note", Words("备注", "Note"), lambda c: c.note, "long", width=24),
    ),
)

ALL = (EVENTS, CAMPAIGNS, *planning_register.ALL)
