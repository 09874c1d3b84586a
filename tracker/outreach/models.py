"""Tables of outreach."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from tracker.kernel.headcount import CountBasis
from tracker.kernel.model import (
    Logged,
    Model,
    Owned,
    Recorded,
    flag,
    owned,
    recorded,
    refers,
    term,
    text,
    whole,
)
from tracker.kernel.words import Words
from tracker.offices.models import Village

from .calendar.days import shipped_days
from .calendar.models import KEY_LENGTH, LocalDay
from .planning.models import PlanItem
from .terms import Audience, DeliveryForm, EventState, MaterialKind


class Theme(Owned, Logged, Model):
    """What an event is about; each office keeps its own list, started from the usual ones."""

    __tablename__ = "theme"
    __table_args__ = owned(UniqueConstraint("office_id", "name"))

    name: Mapped[str] = text(40)
    #: The laws usually publicised under it, filled into a new event.
    laws: Mapped[str] = text(300, may_be_empty=True)
    position: Mapped[int] = whole(0, 9999, default=0)
    in_use: Mapped[bool] = flag("in_use", default=True)

    @property
    def log_name(self) -> str:
        return self.name


class PlaceKind(Owned, Logged, Model):
    """One member of the office's «N进» list (进校园, 进企业 …); the lists differ by place."""

    __tablename__ = "place_kind"
    __table_args__ = owned(UniqueConstraint("office_id", "name"))

    name: Mapped[str] = text(40)
    position: Mapped[int] = whole(0, 9999, default=0)
    in_use: Mapped[bool] = flag("in_use", default=True)


class Campaign(Recorded, Model):
    """专项活动: a named drive with its own span of days, to which events belong."""

    __tablename__ = "campaign"
    __table_args__ = recorded(
        Index(None, "office_id", "starts_on", "id"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
    )
    number_prefix = "ZX"

    name: Mapped[str] = text(100)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    basis_document: Mapped[str] = text(200, may_be_empty=True)
    #: What the basis document asks for; None where it names no number.
    target_events: Mapped[int | None] = whole(1, 9_999_999)
    target_person_times: Mapped[int | None] = whole(1, 9_999_999)
    note: Mapped[str] = text(2000, may_be_empty=True)


class EventVillage(Owned, Model):
    """A village an event was held in. Carries the event's day, so that «villages reached» is
    answered without the events."""

    __tablename__ = "event_village"
    __table_args__ = owned(
        refers("event_id", "outreach_event", on_delete="CASCADE"),
        refers("village_id", "village"),
        UniqueConstraint("office_id", "event_id", "village_id"),
        Index(None, "office_id", "village_id", "held_on"),
    )

    event_id: Mapped[int]
    village_id: Mapped[int]
    held_on: Mapped[date]

    village: Mapped[Village] = relationship(lazy="joined", innerjoin=True, viewonly=True)

    @property
    def log_name(self) -> str:
        return self.village.name if self.village else str(self.village_id)


class EventTheme(Owned, Model):
    """A theme an event had."""

    __tablename__ = "event_theme"
    __table_args__ = owned(
        refers("event_id", "outreach_event", on_delete="CASCADE"),
        refers("theme_id", "theme"),
        UniqueConstraint("office_id", "event_id", "theme_id"),
        Index(None, "office_id", "theme_id"),
    )

    event_id: Mapped[int]
    theme_id: Mapped[int]

    theme: Mapped[Theme] = relationship(lazy="joined", innerjoin=True, viewonly=True)

    @property
    def log_name(self) -> str:
        return self.theme.name if self.theme else str(self.theme_id)


class EventAudience(Owned, Model):
    """A group an event was for."""

    __tablename__ = "event_audience"
    __table_args__ = owned(
        refers("event_id", "outreach_event", on_delete="CASCADE"),
        UniqueConstraint("office_id", "event_id", "audience"),
    )

    event_id: Mapped[int]
    audience: Mapped[Audience] = term(Audience)

    @property
    def log_name(self) -> str:
        return self.audience.label.zh


class EventMaterial(Owned, Model):
    """How many of one kind of material were handed out at an event."""

    __tablename__ = "event_material"
    __table_args__ = owned(
        refers("event_id", "outreach_event", on_delete="CASCADE"),
        UniqueConstraint("office_id", "event_id", "kind"),
    )

    event_id: Mapped[int]
    kind: Mapped[MaterialKind] = term(MaterialKind)
    copies: Mapped[int] = whole(0, 9_999_999)

    @property
    def log_name(self) -> str:
        return f"{self.kind.label.zh} {self.copies}"


class OutreachEvent(Recorded, Model):
    """普法宣传活动: one dated occasion, of one or several sessions. Its year is that of its start.

    Heads on the spot (``headcount``) and reads on line are different things and never added.
    """

    __tablename__ = "outreach_event"
    __table_args__ = recorded(
        refers("campaign_id", "campaign"),
        refers("place_kind_id", "place_kind"),
        refers("plan_item_id", "plan_item"),
        Index(None, "office_id", "starts_on", "id"),
        Index(None, "office_id", "campaign_id"),
        Index(None, "office_id", "plan_item_id"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint(
            "(headcount IS NULL) = (count_basis = 'not_recorded')", name="count_has_basis"
        ),
    )
    number_prefix = "PF"
    log_collections = ("villages", "themes", "audiences", "materials")

    title: Mapped[str] = text(200)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    sessions: Mapped[int] = whole(1, 999, default=1)
    state: Mapped[EventState] = term(EventState)
    delivery: Mapped[DeliveryForm] = term(DeliveryForm)
    place_kind_id: Mapped[int | None]
    campaign_id: Mapped[int | None]
    #: The item of the year's plan it was held for.
    plan_item_id: Mapped[int | None]
    #: Key of the shipped publicity day, or of one of the office's own, that it was held for; the
    #: operations see to it.
    publicity_day: Mapped[str | None] = text(KEY_LENGTH)
    laws: Mapped[str] = text(300, may_be_empty=True)
    venue: Mapped[str] = text(200, may_be_empty=True)
    lead_organisation: Mapped[str] = text(100, may_be_empty=True)
    partner_organisations: Mapped[str] = text(500, may_be_empty=True)
    speakers: Mapped[str] = text(300, may_be_empty=True)
    headcount: Mapped[int | None] = whole(0, 9_999_999)
    count_basis: Mapped[CountBasis] = term(CountBasis)
    consultations: Mapped[int | None] = whole(0, 9_999_999)
    banners: Mapped[int | None] = whole(0, 9_999_999)
    boards: Mapped[int | None] = whole(0, 9_999_999)
    broadcasts: Mapped[int | None] = whole(0, 9_999_999)
    online_posts: Mapped[int | None] = whole(0, 9_999_999)
    online_reads: Mapped[int | None] = whole(0, 999_999_999)
    households: Mapped[int | None] = whole(0, 9_999_999)
    note: Mapped[str] = text(2000, may_be_empty=True)

    campaign: Mapped[Campaign | None] = relationship(viewonly=True)
    place_kind: Mapped[PlaceKind | None] = relationship(viewonly=True)
    plan_item: Mapped[PlanItem | None] = relationship(viewonly=True)
    local_day: Mapped[LocalDay | None] = relationship(
        primaryjoin="and_(foreign(OutreachEvent.office_id) == LocalDay.office_id, "
        "foreign(OutreachEvent.publicity_day) == LocalDay.key)",
        viewonly=True,
        uselist=False,
    )
    villages: Mapped[list[EventVillage]] = relationship(
        cascade="all, delete-orphan", order_by=EventVillage.id
    )
    themes: Mapped[list[EventTheme]] = relationship(
        cascade="all, delete-orphan", order_by=EventTheme.id
    )
    audiences: Mapped[list[EventAudience]] = relationship(
        cascade="all, delete-orphan", order_by=EventAudience.id
    )
    materials: Mapped[list[EventMaterial]] = relationship(
        cascade="all, delete-orphan", order_by=EventMaterial.id
    )

    @property
    def publicity_day_name(self) -> Words | None:
        """What the publicity day is called that it was held for; None where there is none."""
        if self.publicity_day is None:
            return None
        if self.local_day is not None:
            return Words.same(self.local_day.name)
        shipped = shipped_days().get(self.publicity_day)
        return shipped.name if shipped is not None else Words.same(self.publicity_day)

    def copies(self, kind: MaterialKind) -> int | None:
        """How many of one kind were handed out; None where nothing was recorded."""
        return next((m.copies for m in self.materials if m.kind is kind), None)
