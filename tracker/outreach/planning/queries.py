"""Which items a year's plan has, and which events count for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, and_, func, or_, select
from sqlalchemy.orm import Session, with_expression
from sqlalchemy.sql.base import ExecutableOption

from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.text import like

from ..models import OutreachEvent
from ..queries import held_in
from .models import PlanItem
from .terms import PlanState

#: A form offers so many items, newest years first.
_OFFERED = 300


def with_progress(period: Period) -> tuple[ExecutableOption, ...]:
    """Fill in what was held for each item of the period's year.

    An event counts for an item when it names it and is one of `outreach.queries.held_in`, the
    condition the year's figures count by: held, not voided, beginning in the item's year. An event
    of another year that names the item is shown with it, and does not count.
    """

    def over(what: SQLColumnExpression[Any]) -> SQLColumnExpression[Any]:
        return (
            select(what)
            .where(
                OutreachEvent.office_id == PlanItem.office_id,
                OutreachEvent.plan_item_id == PlanItem.id,
                held_in(period),
            )
            .correlate(PlanItem)
            .scalar_subquery()
        )

    heads: SQLColumnExpression[Any] = OutreachEvent.headcount
    return (
        with_expression(PlanItem.held_events, over(func.count(OutreachEvent.id))),
        with_expression(PlanItem.held_person_times, over(func.sum(heads))),
        with_expression(
            PlanItem.held_uncounted, over(func.count(OutreachEvent.id) - func.count(heads))
        ),
    )


def items_of_period(scope: Scope, period: Period) -> Select[PlanItem]:
    """The year's responsibility list in its own order, voided items left out."""
    return (
        select(PlanItem)
        .where(
            scope.covers(PlanItem.office_id),
            PlanItem.year == period.year,
            PlanItem.voided_at.is_(None),
        )
        .order_by(PlanItem.office_id, PlanItem.position, PlanItem.id)
        .options(*with_progress(period))
    )


def find_items(
    scope: Scope,
    period: Period,
    search: str = "",
    *,
    among: Sequence[int] | None = None,
    voided: bool = False,
) -> Select[PlanItem]:
    """Items of the list page of one year; ``among`` narrows them to some ids."""
    statement = (
        select(PlanItem)
        .where(
            scope.covers(PlanItem.office_id),
            PlanItem.year == period.year,
            PlanItem.voided_at.is_not(None) if voided else PlanItem.voided_at.is_(None),
        )
        .order_by(PlanItem.office_id, PlanItem.position, PlanItem.id)
        .options(*with_progress(period))
    )
    if search:
        pattern = f"%{like(search)}%"
        columns = (
            PlanItem.content,
            PlanItem.number,
            PlanItem.laws,
            PlanItem.leader,
            PlanItem.responsible_person,
            PlanItem.responsible_office,
        )
        statement = statement.where(or_(*(c.ilike(pattern, escape="\\") for c in columns)))
    return statement if among is None else statement.where(PlanItem.id.in_(among))


def with_state(items: Sequence[PlanItem], state: PlanState, today: date) -> list[PlanItem]:
    """Those of the items that are in a state on a day."""
    return [item for item in items if item.state(today) is state]


def item_with_progress(session: Session, item: PlanItem, period: Period) -> PlanItem:
    """The same item with what was held for it filled in."""
    return session.scalars(
        select(PlanItem)
        .where(PlanItem.office_id == item.office_id, PlanItem.id == item.id)
        .options(*with_progress(period))
        .execution_options(populate_existing=True)
    ).one()


def events_naming(scope: Scope, item_id: int) -> Select[OutreachEvent]:
    """Every event that names the item and is not voided, those that do not count included."""
    return (
        select(OutreachEvent)
        .where(
            scope.covers(OutreachEvent.office_id),
            OutreachEvent.plan_item_id == item_id,
            OutreachEvent.voided_at.is_(None),
        )
        .order_by(OutreachEvent.starts_on, OutreachEvent.id)
    )


def offered_items(session: Session, office_id: int) -> Sequence[PlanItem]:
    """Items an event's form offers: those not voided, newest years first."""
    return session.scalars(
        select(PlanItem)
        .where(PlanItem.office_id == office_id, PlanItem.voided_at.is_(None))
        .order_by(PlanItem.year.desc(), PlanItem.position, PlanItem.id)
        .limit(_OFFERED)
    ).all()


def own_item(session: Session, office_id: int, item_id: int) -> PlanItem | None:
    """One item of the office that is not voided."""
    return session.scalar(
        select(PlanItem).where(
            PlanItem.office_id == office_id,
            PlanItem.id == item_id,
            PlanItem.voided_at.is_(None),
        )
    )


def items_of_year(session: Session, office_id: int, year: int) -> Sequence[PlanItem]:
    """The office's items of a year, voided ones included, in the list's order."""
    return session.scalars(
        select(PlanItem)
        .where(PlanItem.office_id == office_id, PlanItem.year == year)
        .order_by(PlanItem.position, PlanItem.id)
    ).all()


def named_items(session: Session, office_id: int, year: int) -> set[int]:
    """Ids of the year's items that an event names which is not voided."""
    return set(
        session.scalars(
            select(PlanItem.id)
            .join(
                OutreachEvent,
                and_(
                    OutreachEvent.office_id == PlanItem.office_id,
                    OutreachEvent.plan_item_id == PlanItem.id,
                ),
            )
            .where(
                PlanItem.office_id == office_id,
                PlanItem.year == year,
                OutreachEvent.voided_at.is_(None),
            )
        )
    )


def next_position(session: Session, office_id: int, year: int) -> int:
    """Where a new item goes: after the last of its year's list."""
    last = session.scalar(
        select(func.max(PlanItem.position)).where(
            PlanItem.office_id == office_id,
            PlanItem.year == year,
            PlanItem.voided_at.is_(None),
        )
    )
    return min((last or 0) + 1, 9999)
