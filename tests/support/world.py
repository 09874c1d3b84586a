"""The world a test speaks of: offices, people and records, written by the product's operations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.accounts import operations as accounts
from tracker.accounts.models import User
from tracker.accounts.terms import Role
from tracker.figures import catalogue, members, reading
from tracker.figures.readings import Member, Omitted, Reading
from tracker.kernel import clock, records, rows
from tracker.kernel.db import Actor, db, trial_tx, write_tx
from tracker.kernel.figure import AnyFigure
from tracker.kernel.headcount import CountBasis
from tracker.kernel.model import Recorded
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.offices import operations as offices
from tracker.offices.drafts import VillageDraft
from tracker.offices.models import Office, Village
from tracker.offices.queries import offices_below
from tracker.offices.terms import OfficeLevel, VillageKind
from tracker.onboarding import operations as onboarding
from tracker.outreach import operations as outreach
from tracker.outreach.drafts import CampaignDraft, EventDraft
from tracker.outreach.models import Campaign, OutreachEvent, PlaceKind, Theme
from tracker.outreach.terms import MaterialKind

ACTOR = Actor("测试员")


class World:
    """Writes and reads records directly. Inside the ``session`` fixture it uses that transaction,
    otherwise each call is a transaction of its own."""

    def __init__(self, app: Flask, office_id: int = 1) -> None:
        self.app = app
        #: The office that records belong to where nothing else is said.
        self.office_id = office_id
        #: The transaction of the ``session`` fixture, where the test uses it.
        self.session: Session | None = None
        self._serial = count(1)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that may write."""
        if self.session is not None:
            yield self.session
            return
        with self.app.app_context(), rows.seeing_everything(), write_tx(ACTOR) as session:
            yield session

    @contextmanager
    def trying(self) -> Iterator[Session]:
        """A session that may write, and of which nothing stays."""
        with self.app.app_context(), rows.seeing_everything(), trial_tx(ACTOR) as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that reads what is now in the database."""
        if self.session is not None:
            yield self.session
            return
        with self.app.app_context(), rows.seeing_everything():
            yield db.session()

    # ------------------------------------------------------------------ offices and people

    def an_office(
        self,
        name: str = "邻镇",
        code: str = "",
        *,
        level: OfficeLevel = OfficeLevel.TOWNSHIP,
        under: Office | None = None,
        is_example: bool = False,
    ) -> Office:
        """An office with its starting lists."""
        with self.writing() as session:
            return onboarding.found_office(
                session,
                name=name,
                code=code or f"T{next(self._serial):05d}",
                level=level,
                parent=session.get(Office, under.id) if under else None,
                is_example=is_example,
            )

    def a_user(
        self,
        role: Role = Role.CLERK,
        *,
        name: str = "",
        display_name: str = "",
        office: Office | None = None,
        password: str = "",
    ) -> User:
        """A person with an account; everybody's password is `application.PASSWORD`."""
        from .application import PASSWORD, quick_hash

        name = name or f"user{next(self._serial)}"
        with self.writing() as session:
            return accounts.create_user(
                session,
                office.id if office else self.office_id,
                name=name,
                display_name=display_name or name,
                role=role,
                password_hash=quick_hash(password or PASSWORD),
            )

    def scope(self, office: Office | None = None, *, may_write: bool = True) -> Scope:
        """What a person of the office sees."""
        office_id = office.id if office else self.office_id
        with self.reading() as session:
            below = [each.id for each in offices_below(session, office_id)]
        return Scope((office_id, *below), office_id, may_write)

    def a_village(
        self,
        name: str = "",
        *,
        office: Office | None = None,
        kind: VillageKind = VillageKind.VILLAGE,
        voided: str = "",
        **draft: Any,
    ) -> Village:
        """A village of the office."""
        with self.writing() as session:
            village = offices.create_village(
                session,
                office.id if office else self.office_id,
                VillageDraft(name=name or f"第{next(self._serial)}村", kind=kind, **draft),
            )
            return self._voided(session, village, voided)

    # ------------------------------------------------------------------ outreach

    def an_event(
        self,
        title: str = "普法赶集",
        on: str | date = "2024-06-26",
        *,
        to: str | date | None = None,
        headcount: int | None = None,
        count_basis: CountBasis | None = None,
        villages: Sequence[Village] = (),
        themes: Sequence[str] = (),
        place: str = "",
        campaign: Campaign | None = None,
        materials: Mapping[MaterialKind, int] | None = None,
        office: Office | None = None,
        voided: str = "",
        **draft: Any,
    ) -> OutreachEvent:
        """An event held on a day; a headcount counts as counted unless another basis is given."""
        office_id = office.id if office else self.office_id
        first = day(on)
        basis = CountBasis.NOT_RECORDED if headcount is None else CountBasis.COUNTED
        with self.writing() as session:
            event = outreach.create_event(
                session,
                office_id,
                EventDraft(
                    title=title,
                    starts_on=first,
                    ends_on=day(to) if to else first,
                    headcount=headcount,
                    count_basis=count_basis or basis,
                    village_ids=tuple(village.id for village in villages),
                    theme_ids=tuple(self._listed(session, Theme, office_id, n) for n in themes),
                    place_kind_id=(
                        self._listed(session, PlaceKind, office_id, place) if place else None
                    ),
                    campaign_id=campaign.id if campaign else None,
                    materials=materials or {},
                    **draft,
                ),
                clock.today(),
            )
            return self._voided(session, event, voided)

    def a_campaign(
        self,
        name: str = "「宪法宣传周」",
        on: str | date = "2024-12-01",
        to: str | date | None = None,
        *,
        office: Office | None = None,
        voided: str = "",
        **draft: Any,
    ) -> Campaign:
        """A campaign that begins on a day."""
        with self.writing() as session:
            campaign = outreach.create_campaign(
                session,
                office.id if office else self.office_id,
                CampaignDraft(name, day(on), day(to) if to else None, **draft),
            )
            return self._voided(session, campaign, voided)

    @staticmethod
    def _listed(
        session: Session, model: type[Theme] | type[PlaceKind], office_id: int, name: str
    ) -> int:
        """The id of an entry of the office's lists; it is added where it is missing."""
        found = session.scalar(
            select(model.id).where(model.office_id == office_id, model.name == name)
        )
        if found is not None:
            return found
        entry = model(office_id=office_id, name=name, position=99)
        session.add(entry)
        session.flush()
        return entry.id

    def _voided(self, session: Session, record: Any, reason: str) -> Any:
        if reason:
            records.void(session, record, reason)
        return record

    def void(self, record: Recorded, reason: str = "重复登记") -> None:
        """Take a record out of the counts."""
        with self.writing() as session:
            found = session.get(type(record), record.id)
            assert found is not None
            records.void(session, found, reason)

    def again(self, record: Any) -> Any:
        """The record as it now stands."""
        with self.reading() as session:
            found = session.get(type(record), record.id, populate_existing=True)
            assert found is not None, f"{record} is gone"
            return found

    # ------------------------------------------------------------------ figures

    def figures(self, year: int = 2024, scope: Scope | None = None) -> list[AnyFigure]:
        """The figures in force for a year."""
        scope = scope or self.scope()
        with self.reading() as session:
            return catalogue.figures_for(session, scope, year)

    def readings(self, year: int = 2024, scope: Scope | None = None) -> dict[str, Reading]:
        """All figures of a year."""
        scope = scope or self.scope()
        with self.reading() as session:
            figures = catalogue.figures_for(session, scope, year)
            return reading.read(session, figures, scope, self.period(year))

    def reading_of(self, key: str, year: int = 2024, scope: Scope | None = None) -> Reading:
        """One figure of a year."""
        scope = scope or self.scope()
        with self.reading() as session:
            figure = catalogue.figure_named(session, scope, year, key)
            assert figure is not None, f"there is no figure {key}"
            return reading.read(session, [figure], scope, self.period(year))[key]

    def value(self, key: str, year: int = 2024, scope: Scope | None = None) -> Any:
        """What a figure says of a year."""
        return self.reading_of(key, year, scope).value

    def phrase(self, key: str, year: int = 2024) -> str:
        """How the report speaks a figure."""
        return self.reading_of(key, year).phrase.zh

    def members_of(self, key: str, year: int = 2024, scope: Scope | None = None) -> list[Member]:
        """The records a figure counts."""
        scope = scope or self.scope()
        with self.reading() as session:
            figure = catalogue.figure_named(session, scope, year, key)
            assert figure is not None, f"there is no figure {key}"
            return members.members(session, figure, scope, self.period(year))

    def left_out_of(self, key: str, year: int = 2024, scope: Scope | None = None) -> list[Omitted]:
        """The records a figure leaves out, with the reasons."""
        scope = scope or self.scope()
        with self.reading() as session:
            figure = catalogue.figure_named(session, scope, year, key)
            assert figure is not None, f"there is no figure {key}"
            return members.left_out(session, figure, scope, self.period(year))

    def reasons(self, key: str, year: int = 2024) -> dict[str, str]:
        """Why records were left out, by their titles."""
        return {record.title: record.reason.zh for record in self.left_out_of(key, year)}

    @staticmethod
    def period(year: int) -> Period:
        return Period.of_year(year, clock.today())


def day(value: str | date) -> date:
    """A day written as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)
