"""Look-ups of the advisers' domain: for rules, for forms, and for what is waiting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Select, and_, exists, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.advisers.models import (
    Adviser,
    AdviserAssignment,
    AdviserVisit,
    LawFirm,
    LegalLiteratePerson,
)
from tracker.kernel.scope import Scope
from tracker.offices.models import Village
from tracker.offices.queries import by_name
from tracker.outreach.models import OutreachEvent
from tracker.outreach.terms import EventState

from .standing import (
    has_adviser_on,
    on_register,
    serving_between,
    serving_on,
    village_exists_on,
    was_visited_between,
)


def overlapping(
    office_id: int, village_id: int, first: date, last: date | None, own_id: int | None
) -> Select[AdviserAssignment]:
    """Other assignments of a village that serve within a span, in order of their beginning."""
    statement = select(AdviserAssignment).where(
        AdviserAssignment.office_id == office_id,
        AdviserAssignment.village_id == village_id,
        serving_between(first, last),
    )
    if own_id is not None:
        statement = statement.where(AdviserAssignment.id != own_id)
    return statement.order_by(AdviserAssignment.starts_on, AdviserAssignment.id)


def serving_ids(session: Session, assignments: Iterable[AdviserAssignment], day: date) -> set[int]:
    """Which of these assignments serve on this day."""
    wanted = [assignment.id for assignment in assignments]
    if not wanted:
        return set()
    statement = select(AdviserAssignment.id).where(
        AdviserAssignment.id.in_(wanted), serving_on(day)
    )
    return set(session.scalars(statement))


def villages_served(
    session: Session, advisers: Iterable[Adviser], day: date
) -> dict[int, list[str]]:
    """The names of the villages each of these advisers serves on this day."""
    wanted = [adviser.id for adviser in advisers]
    found: dict[int, list[str]] = {}
    if not wanted:
        return found
    statement = (
        select(AdviserAssignment.adviser_id, Village.name)
        .join(AdviserAssignment.village)
        .where(AdviserAssignment.adviser_id.in_(wanted), serving_on(day), village_exists_on(day))
        .order_by(*by_name())
    )
    for adviser_id, name in session.execute(statement):
        found.setdefault(adviser_id, []).append(name)
    return found


def villages_without_adviser(scope: Scope, day: date) -> Select[Village]:
    """Villages that are there on this day and have no serving adviser, by name."""
    return (
        select(Village)
        .where(scope.covers(Village.office_id), village_exists_on(day), not_(has_adviser_on(day)))
        .order_by(*by_name())
    )


def villages_not_visited(scope: Scope, day: date, first: date) -> Select[Village]:
    """Villages with a serving adviser and no visit from ``first`` to this day, by name."""
    return (
        select(Village)
        .where(
            scope.covers(Village.office_id),
            village_exists_on(day),
            has_adviser_on(day),
            not_(was_visited_between(first, day)),
        )
        .order_by(*by_name())
    )


def villages_short_of_persons(
    session: Session, scope: Scope, day: date, least: int
) -> list[tuple[Village, int]]:
    """Villages with fewer than ``least`` persons on the register, with how many they have."""
    count = (
        select(func.count(LegalLiteratePerson.id))
        .where(
            LegalLiteratePerson.office_id == Village.office_id,
            LegalLiteratePerson.village_id == Village.id,
            on_register(day),
        )
        .correlate(Village)
        .scalar_subquery()
    )
    statement = (
        select(Village, count)
        .where(scope.covers(Village.office_id), village_exists_on(day), count < least)
        .order_by(*by_name())
    )
    return [(village, number) for village, number in session.execute(statement)]


def count_villages(session: Session, scope: Scope, day: date) -> int:
    """How many villages there are on this day."""
    statement = select(func.count(Village.id)).where(
        scope.covers(Village.office_id), village_exists_on(day)
    )
    return session.scalar(statement) or 0


def assignments_ending(scope: Scope, day: date, until: date) -> Select[AdviserAssignment]:
    """Serving assignments whose last day comes by ``until`` with nobody to follow.

    Whoever serves the same village longer follows; of a government counsel only their own
    renewal does.
    """
    follower = aliased(AdviserAssignment)
    followed = exists(
        select(follower.id).where(
            follower.office_id == AdviserAssignment.office_id,
            follower.target == AdviserAssignment.target,
            or_(
                follower.village_id == AdviserAssignment.village_id,
                and_(
                    follower.village_id.is_(None),
                    follower.adviser_id == AdviserAssignment.adviser_id,
                ),
            ),
            follower.id != AdviserAssignment.id,
            follower.voided_at.is_(None),
            or_(follower.ends_on.is_(None), follower.ends_on > AdviserAssignment.ends_on),
            follower.adviser.has(Adviser.voided_at.is_(None)),
        )
    )
    return (
        select(AdviserAssignment)
        .where(
            scope.covers(AdviserAssignment.office_id),
            serving_on(day),
            AdviserAssignment.ends_on <= until,
            not_(followed),
        )
        .order_by(AdviserAssignment.ends_on, AdviserAssignment.id)
    )


def open_firms(session: Session, office_id: int) -> Sequence[LawFirm]:
    """Firms a form offers, by name."""
    return session.scalars(
        select(LawFirm)
        .where(LawFirm.office_id == office_id, LawFirm.voided_at.is_(None))
        .order_by(LawFirm.name)
    ).all()


def open_advisers(session: Session, scope: Scope) -> Sequence[Adviser]:
    """Advisers a form or a filter offers, by name."""
    return session.scalars(
        select(Adviser)
        .where(scope.covers(Adviser.office_id), Adviser.voided_at.is_(None))
        .order_by(Adviser.office_id, Adviser.pinyin, Adviser.id)
    ).all()


def events_to_name(session: Session, office_id: int, most: int = 200) -> Sequence[OutreachEvent]:
    """Held events a visit may name as its own, newest first."""
    return session.scalars(
        select(OutreachEvent)
        .where(
            OutreachEvent.office_id == office_id,
            OutreachEvent.voided_at.is_(None),
            OutreachEvent.state == EventState.HELD,
        )
        .order_by(OutreachEvent.starts_on.desc(), OutreachEvent.id.desc())
        .limit(most)
    ).all()


def visits_naming(
    session: Session, office_id: int, event_id: int, own_id: int | None
) -> Sequence[AdviserVisit]:
    """Other visits, not voided, that name this event."""
    statement = select(AdviserVisit).where(
        AdviserVisit.office_id == office_id,
        AdviserVisit.event_id == event_id,
        AdviserVisit.voided_at.is_(None),
    )
    if own_id is not None:
        statement = statement.where(AdviserVisit.id != own_id)
    return session.scalars(statement.order_by(AdviserVisit.id)).all()
