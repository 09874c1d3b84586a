"""Which certificates end when, as known on a day: the bands of expiry, an office's own rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from tracker.certification import conditions
from tracker.certification.models import Certificate, Officer
from tracker.kernel.scope import Scope
from tracker.rulepacks.queries import rules_by_office


@dataclass(frozen=True)
class Ending:
    """Certificates that end on one day; a province's often do all together."""

    last_day: date
    certificates: Sequence[Certificate]


@dataclass(frozen=True)
class Band:
    """Certificates to see to together, by the day on which they end.

    ``days`` is the most days left until the end, ``above`` the fewest (which it does not reach);
    both are None of what has ended, and of what is to be returned.
    """

    endings: Sequence[Ending]
    above: int | None = None
    days: int | None = None

    @property
    def count(self) -> int:
        return sum(len(each.certificates) for each in self.endings)


@dataclass(frozen=True)
class Expiry:
    """What a day asks for: certificates of those who left, those that have ended, and the bands."""

    to_return: Band
    overdue: Band
    bands: Sequence[Band]


Bounds = tuple[int | None, int]


def limits(expiry_bands: Sequence[int]) -> list[Bounds]:
    """The bounds in days of a rule's bands: (None, 30), (30, 90), (90, 180) of 180/90/30."""
    rising = sorted(expiry_bands)
    return list(zip((None, *rising), rising, strict=False))


def bands_by_offices(session: Session, scope: Scope) -> dict[Bounds, list[int]]:
    """Every band that an office of the scope has, the nearest first, with the offices that have
    it: an office's rule says into which bands its certificates fall (`expiry_bands`)."""
    found: dict[Bounds, list[int]] = {}
    for office_id, rules in rules_by_office(session, scope.office_ids).items():
        for bounds in limits(rules.expiry_bands):
            found.setdefault(bounds, []).append(office_id)
    return dict(sorted(found.items(), key=lambda each: (each[0][1], each[0][0] or 0)))


def band_condition(day: date, above: int | None, days: int) -> ColumnElement[bool]:
    """The certificates of one band; see `conditions.to_be_renewed`."""
    after = None if above is None else day + timedelta(days=above)
    return conditions.to_be_renewed(day, after, day + timedelta(days=days))


def expiry_on(session: Session, scope: Scope, day: date) -> Expiry:
    """The certificates that a day's bands hold, that have ended, or that are to be returned.

    An office without bands has none that are about to end; what has ended stays listed.
    """

    def those(
        condition: ColumnElement[bool], above: int | None = None, days: int | None = None
    ) -> Band:
        return Band(_by_last_day(_found(session, scope, condition), day), above, days)

    return Expiry(
        to_return=those(conditions.to_be_returned_on(day)),
        overdue=those(conditions.overdue_on(day)),
        bands=[
            those(and_(Certificate.office_id.in_(offices), band_condition(day, *bounds)), *bounds)
            for bounds, offices in bands_by_offices(session, scope).items()
        ],
    )


def _found(session: Session, scope: Scope, condition: ColumnElement[bool]) -> Sequence[Certificate]:
    return session.scalars(
        select(Certificate)
        .join(Certificate.officer)
        .where(scope.covers(Certificate.office_id), condition)
        .order_by(Officer.office_id, Officer.pinyin, Officer.name, Certificate.id)
        .options(contains_eager(Certificate.officer), selectinload(Certificate.terms))
    ).all()


def last_day_known(certificate: Certificate, day: date) -> date:
    """The day a certificate ends on, as known on a day: see `conditions.runs_beyond`."""
    return max(
        term.valid_to
        for term in certificate.terms
        if term.valid_from <= day or term.issued_on <= day or term.valid_to < day
    )


def _by_last_day(found: Sequence[Certificate], day: date) -> list[Ending]:
    ordered = sorted(found, key=lambda each: last_day_known(each, day))
    grouped = groupby(ordered, key=lambda each: last_day_known(each, day))
    return [Ending(last_day, list(those)) for last_day, those in grouped]
