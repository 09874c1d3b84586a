"""What was entered before: for defaults, for suggestions, and to compare with."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from tracker.kernel.scope import Scope
from tracker.offices.models import Village

from .models import OutreachEvent
from .terms import EventState

#: Texts of an event that are mostly the same as before.
USUAL = ("venue", "lead_organisation", "partner_organisations", "speakers")
#: So many of each are offered while typing.
OFFERED = 12


def events_of_day(scope: Scope, day: date) -> Select[OutreachEvent]:
    """Every entry that is not voided and runs on a day, for comparing with one about to be made."""
    return (
        select(OutreachEvent)
        .where(
            scope.covers(OutreachEvent.office_id),
            OutreachEvent.starts_on <= day,
            OutreachEvent.ends_on >= day,
            OutreachEvent.voided_at.is_(None),
        )
        .order_by(OutreachEvent.id)
        .options(selectinload(OutreachEvent.villages))
        .limit(200)
    )


def highest_headcount(scope: Scope, except_id: int | None = None) -> Select[int | None, int]:
    """The highest headcount of a held event, 0 where there is none, and of how many events."""
    return select(
        func.coalesce(func.max(OutreachEvent.headcount), 0), func.count(OutreachEvent.headcount)
    ).where(
        scope.covers(OutreachEvent.office_id),
        OutreachEvent.state == EventState.HELD,
        OutreachEvent.voided_at.is_(None),
        OutreachEvent.id != (except_id or 0),
    )


def people_living_in(scope: Scope, village_ids: Collection[int]) -> Select[int, int | None]:
    """Of how many of these villages the population is known, and how many people that is."""
    return select(
        func.count(Village.population), func.coalesce(func.sum(Village.population), 0)
    ).where(scope.covers(Village.office_id), Village.id.in_(village_ids))


def latest_event(session: Session, office_id: int) -> OutreachEvent | None:
    """The held event that was entered last, whatever its day: what the next one is most like."""
    return session.scalar(
        select(OutreachEvent)
        .where(
            OutreachEvent.office_id == office_id,
            OutreachEvent.state == EventState.HELD,
            OutreachEvent.voided_at.is_(None),
        )
        .order_by(OutreachEvent.id.desc())
        .limit(1)
        .options(selectinload(OutreachEvent.villages))
    )


def usual_texts(session: Session, office_id: int, since: date) -> dict[str, list[str]]:
    """What was entered most often since a day, by field: to be offered while typing."""
    found: dict[str, list[str]] = {}
    for name in USUAL:
        column = getattr(OutreachEvent, name)
        found[name] = list(
            session.scalars(
                select(column)
                .where(
                    OutreachEvent.office_id == office_id,
                    OutreachEvent.starts_on >= since,
                    OutreachEvent.voided_at.is_(None),
                    column != "",
                )
                .group_by(column)
                .order_by(func.count().desc(), func.max(OutreachEvent.id).desc())
                .limit(OFFERED)
            )
        )
    return found
