"""Officers in enforcement posts against what is required of them, on a year's last day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from tracker.certification import conditions
from tracker.certification.models import (
    Certificate,
    Officer,
    OfficerTraining,
    TrainingAttendee,
)
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.rulepacks.queries import rules_by_office
from tracker.rulepacks.rules import Rules

from .expiry import last_day_known
from .passed import Parts, parts_on


@dataclass(frozen=True)
class Standing:
    """How one officer stands with each requirement. ``rules`` are those of their own office."""

    officer: Officer
    rules: Rules
    parts: Parts
    #: The valid certificate that runs the longest, with the day up to which it does.
    certificate: Certificate | None
    until: date | None
    #: Class hours of the trainings of the period they took part in.
    hours: Decimal

    @property
    def kind_allowed(self) -> bool | None:
        """Whether the rule lets somebody so employed sit the exam; None without a rule."""
        kinds = self.rules.establishment_kinds
        return self.officer.establishment in kinds if kinds else None

    @property
    def hours_reached(self) -> bool | None:
        """Whether the year's hours are those of the rule; None without one."""
        least = self.rules.training_hours
        return self.hours >= least if least else None


def officers_on(scope: Scope, period: Period) -> Select[Officer]:
    """The officers of the figure «certification.officers», by name."""
    return (
        select(Officer)
        .where(scope.covers(Officer.office_id), conditions.in_enforcement_post_on(period.as_at))
        .order_by(Officer.office_id, Officer.pinyin, Officer.name, Officer.id)
    )


def standings_on(session: Session, scope: Scope, period: Period) -> list[Standing]:
    """Every officer in an enforcement post on the period's day with how they stand."""
    officers = session.scalars(officers_on(scope, period)).all()
    rules = rules_by_office(session, scope.office_ids)
    parts = parts_on(session, [each.id for each in officers], period.as_at)
    cards = _valid_cards(session, scope, period.as_at)
    hours = _hours(session, scope, period)
    found = []
    for officer in officers:
        card = cards.get(officer.id)
        found.append(
            Standing(
                officer,
                rules[officer.office_id],
                parts[officer.id],
                card,
                last_day_known(card, period.as_at) if card else None,
                hours.get(officer.id, Decimal(0)),
            )
        )
    return found


def _valid_cards(session: Session, scope: Scope, day: date) -> dict[int, Certificate]:
    """Of each officer the certificate valid on a day that runs the longest."""
    found: Sequence[Certificate] = session.scalars(
        select(Certificate)
        .join(Certificate.officer)
        .where(scope.covers(Certificate.office_id), conditions.valid_on(day))
        .order_by(Certificate.id)
        .options(contains_eager(Certificate.officer), selectinload(Certificate.terms))
    ).all()
    return {
        card.officer_id: card for card in sorted(found, key=lambda each: last_day_known(each, day))
    }


def _hours(session: Session, scope: Scope, period: Period) -> dict[int, Decimal]:
    """Each officer's class hours of the period."""
    summed = session.execute(
        select(TrainingAttendee.officer_id, func.sum(OfficerTraining.hours))
        .join(
            OfficerTraining,
            and_(
                OfficerTraining.office_id == TrainingAttendee.office_id,
                OfficerTraining.id == TrainingAttendee.training_id,
            ),
        )
        .where(scope.covers(TrainingAttendee.office_id), conditions.training_counts(period))
        .group_by(TrainingAttendee.officer_id)
    )
    return {row[0]: row[1] for row in summed}
