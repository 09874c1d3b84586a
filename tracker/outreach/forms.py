"""The forms of outreach: strings in, one draft out."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from tracker.kernel.doubts import DoubtingForm
from tracker.kernel.fields import (
    BooleanField,
    DayField,
    KeyField,
    LineField,
    NoteField,
    RecordField,
    RecordsField,
    TermField,
    TermsField,
    WholeNumberField,
    words,
)
from tracker.kernel.forms import RecordForm
from tracker.kernel.headcount import CountBasis
from tracker.kernel.headcount_field import HeadcountField
from tracker.kernel.i18n import say
from tracker.kernel.pinyin import search_key
from tracker.kernel.scope import Scope
from tracker.offices.queries import open_villages

from . import queries
from .calendar.queries import all_days, kept_days
from .drafts import CampaignDraft, EventDraft
from .models import Campaign, OutreachEvent
from .planning.queries import offered_items
from .terms import Audience, DeliveryForm, EventState, MaterialKind

#: The fields of an event that are folded away; the page opens the fold when one is wrong.
MORE_FIELDS = (
    "state",
    "ends_on",
    "sessions",
    "place_kind_id",
    "campaign_id",
    "plan_item_id",
    "publicity_day",
    "laws",
    "venue",
    "partner_organisations",
    "speakers",
    "audiences",
    "consultations",
    "banners",
    "boards",
    "broadcasts",
    "online_posts",
    "online_reads",
    "households",
    *(f"material_{kind.value}" for kind in MaterialKind if kind is not MaterialKind.LEAFLET),
)


class EventForm(DoubtingForm[EventDraft]):
    """One outreach event."""

    title = LineField(_("活动名称"), 200, required=True)
    starts_on = DayField(_("活动日期"), required=True)
    ends_on = DayField(_("结束日期"), description=_("只办一天的不用填"))
    state = TermField(_("状态"), EventState)
    sessions = WholeNumberField(_("场次"), 1, 999, description=_("一次活动分几场办的，填场数"))
    theme_ids = RecordsField(_("主题"))
    laws = LineField(_("宣传的法律法规"), 300, description=_("用顿号隔开，例如：宪法、民法典"))
    campaign_id = RecordField(_("所属专项活动"))
    plan_item_id = RecordField(_("普法计划事项"))
    publicity_day = KeyField(_("宣传日"))
    delivery = TermField(_("开展形式"), DeliveryForm)
    place_kind_id = RecordField(_("场所类别"))
    village_ids = RecordsField(_("村（社区）"), description=_("全镇性的活动可以不选"))
    venue = LineField(_("地点"), 200)
    lead_organisation = LineField(_("主办单位"), 100)
    partner_organisations = LineField(_("参与单位"), 500, description=_("用顿号隔开"))
    speakers = LineField(_("宣讲人"), 300)
    audiences = TermsField(_("普法对象"), Audience)
    headcount = HeadcountField(_("参加人次"), description=_("没有清点的写「约200」"))
    count_basis = TermField(_("计数方式"), CountBasis)
    consultations = WholeNumberField(_("解答法律咨询人次"))
    material_leaflet = WholeNumberField(words(MaterialKind.LEAFLET.label))
    material_booklet = WholeNumberField(words(MaterialKind.BOOKLET.label))
    material_poster = WholeNumberField(words(MaterialKind.POSTER.label))
    material_other_print = WholeNumberField(words(MaterialKind.OTHER_PRINT.label))
    material_gift = WholeNumberField(words(MaterialKind.GIFT.label))
    banners = WholeNumberField(_("横幅标语（条）"))
    boards = WholeNumberField(_("展板（块）"))
    broadcasts = WholeNumberField(_("广播、LED播放（次）"))
    online_posts = WholeNumberField(_("线上推送（条）"))
    online_reads = WholeNumberField(_("线上阅读量（次）"), 0, 999_999_999)
    households = WholeNumberField(_("入户（户）"))
    note = NoteField(_("备注"), 2000)

    def offer(self, session: Session, scope: Scope, event: OutreachEvent | None = None) -> None:
        """Give the form the office's lists, with what the event already has even if out of use."""
        office_id = scope.home_office_id
        themes = {t.id: t.name for t in queries.themes_of(session, office_id)}
        places = {p.id: p.name for p in queries.place_kinds_of(session, office_id)}
        villages = {v.id: v for v in open_villages(session, scope.for_writing)}
        campaigns = {c.id: c.name for c in queries.open_campaigns(session, office_id)}
        plan = {i.id: i.label for i in offered_items(session, office_id)}
        days = kept_days(session, office_id)
        if event is not None:
            if event.plan_item is not None:
                plan[event.plan_item.id] = event.plan_item.label
            if event.publicity_day is not None and event.publicity_day not in days:
                days |= {
                    k: d
                    for k, d in all_days(session, office_id).items()
                    if k == event.publicity_day
                }
            themes.update({link.theme_id: link.theme.name for link in event.themes})
            villages.update({link.village_id: link.village for link in event.villages})
            if event.place_kind is not None:
                places[event.place_kind.id] = event.place_kind.name
            if event.campaign is not None:
                campaigns[event.campaign.id] = event.campaign.name
        self.theme_ids.offer(
            list(themes.items()), {key: search_key(name) for key, name in themes.items()}
        )
        self.place_kind_id.offer(list(places.items()))
        self.village_ids.offer(
            [(key, village.name) for key, village in villages.items()],
            {key: village.pinyin for key, village in villages.items()},
        )
        self.campaign_id.offer(list(campaigns.items()))
        self.plan_item_id.offer(list(plan.items()))
        self.publicity_day.offer(
            [(key, say(day.name)) for key, day in days.items()],
            {day.name.zh: key for key, day in days.items()},
        )

    @staticmethod
    def values_of(event: OutreachEvent) -> dict[str, Any]:
        """An event as the form shows it."""
        plain = {
            name: getattr(event, name)
            for name in EventDraft.__dataclass_fields__
            if name not in ("theme_ids", "village_ids", "audiences", "materials")
        }
        plain["ends_on"] = None if event.ends_on == event.starts_on else event.ends_on
        if event.headcount is None and event.state is not EventState.HELD:
            plain["count_basis"] = CountBasis.COUNTED  # as on a new form, for the day it is held
        return {
            **plain,
            "version": str(event.version),
            "theme_ids": [link.theme_id for link in event.themes],
            "village_ids": [link.village_id for link in event.villages],
            "audiences": [link.audience for link in event.audiences],
            **{f"material_{m.kind.value}": m.copies for m in event.materials},
        }

    def draft(self) -> EventDraft:
        """The event as entered. One that was not held needs no headcount, whatever the basis."""
        basis = self.headcount.basis(self.count_basis.data)
        if self.headcount.data is None and self.state.data is not EventState.HELD:
            basis = CountBasis.NOT_RECORDED
        return EventDraft(
            title=self.title.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data or self.starts_on.data,
            state=self.state.data,
            sessions=self.sessions.data or 1,
            delivery=self.delivery.data,
            place_kind_id=self.place_kind_id.data,
            campaign_id=self.campaign_id.data,
            plan_item_id=self.plan_item_id.data,
            publicity_day=self.publicity_day.data,
            theme_ids=tuple(self.theme_ids.data or ()),
            laws=self.laws.data or "",
            village_ids=tuple(self.village_ids.data or ()),
            venue=self.venue.data or "",
            lead_organisation=self.lead_organisation.data or "",
            partner_organisations=self.partner_organisations.data or "",
            speakers=self.speakers.data or "",
            audiences=tuple(self.audiences.data or ()),
            headcount=self.headcount.data,
            count_basis=basis,
            consultations=self.consultations.data,
            materials={
                kind: copies
                for kind in MaterialKind
                if (copies := self[f"material_{kind.value}"].data) is not None
            },
            banners=self.banners.data,
            boards=self.boards.data,
            broadcasts=self.broadcasts.data,
            online_posts=self.online_posts.data,
            online_reads=self.online_reads.data,
            households=self.households.data,
            note=self.note.data or "",
        )


class CampaignForm(RecordForm[CampaignDraft]):
    """One campaign."""

    name = LineField(_("专项活动名称"), 100, required=True)
    starts_on = DayField(_("开始日期"), required=True)
    ends_on = DayField(_("结束日期"))
    basis_document = LineField(_("依据文件"), 200)
    target_events = WholeNumberField(_("目标场次"), 1, description=_("文件要求举办的活动场数"))
    target_person_times = WholeNumberField(_("目标人次"), 1)
    note = NoteField(_("备注"), 2000)

    @staticmethod
    def values_of(campaign: Campaign) -> dict[str, Any]:
        """A campaign as the form shows it."""
        return {
            "version": str(campaign.version),
            **{name: getattr(campaign, name) for name in CampaignDraft.__dataclass_fields__},
        }

    def draft(self) -> CampaignDraft:
        """The campaign as entered."""
        return CampaignDraft(
            name=self.name.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            basis_document=self.basis_document.data or "",
            target_events=self.target_events.data,
            target_person_times=self.target_person_times.data,
            note=self.note.data or "",
        )


class ThemeForm(RecordForm[dict[str, Any]]):
    """One theme of the office's list."""

    name = LineField(_("主题名称"), 40, required=True)
    laws = LineField(_("常用法律法规"), 300)
    in_use = BooleanField(_("继续使用"), default=True)

    def draft(self) -> dict[str, Any]:
        """The theme as entered."""
        return {
            "name": self.name.data or "",
            "laws": self.laws.data or "",
            "in_use": bool(self.in_use.data),
        }


class PlaceKindForm(RecordForm[dict[str, Any]]):
    """One place of the office's «N进» list."""

    name = LineField(_("场所类别名称"), 40, required=True)
    in_use = BooleanField(_("继续使用"), default=True)

    def draft(self) -> dict[str, Any]:
        """The place as entered."""
        return {"name": self.name.data or "", "in_use": bool(self.in_use.data)}
