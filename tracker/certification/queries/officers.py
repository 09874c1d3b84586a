"""Which officers there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, not_, or_, select
from sqlalchemy.orm import Session

from tracker.certification import conditions
from tracker.certification.models import Officer
from tracker.certification.terms import EstablishmentKind
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope

from .narrowing import mentions, voided_is


@dataclass(frozen=True)
class OfficerFilter:
    """What a list of officers is narrowed to; ``today`` is the day «in post» is asked of."""

    today: date
    search: str = ""
    establishment: EstablishmentKind | None = None
    post: str = ""
    certificate: str = ""
    voided: bool = False


def find_officers(scope: Scope, wanted: OfficerFilter) -> Select[Officer]:
    """Officers for the list page, in the order of pinyin, which the search reads too."""
    statement = select(Officer).where(
        scope.covers(Officer.office_id), voided_is(Officer, wanted.voided)
    )
    if wanted.search:
        statement = statement.where(
            or_(
                mentions(
                    wanted.search, Officer.name, Officer.number, Officer.station, Officer.post
                ),
                mentions(wanted.search.lower(), Officer.pinyin),
            )
        )
    if wanted.establishment:
        statement = statement.where(Officer.establishment == wanted.establishment)
    posts = {
        "enforcement": conditions.in_enforcement_post_on(wanted.today),
        "other": and_(not_(Officer.enforcement_post), conditions.in_post_on(wanted.today)),
        "left": Officer.post_until <= wanted.today,
    }
    if wanted.post in posts:
        statement = statement.where(posts[wanted.post])
    holding = conditions.holds_valid_on(wanted.today)
    if wanted.certificate == "valid":
        statement = statement.where(holding)
    elif wanted.certificate == "none":
        statement = statement.where(not_(holding))
    return statement.order_by(Officer.office_id, Officer.pinyin, Officer.name, Officer.id)


def officers_of_period(scope: Scope, period: Period) -> Select[Officer]:
    """The year's roster, by name; see `conditions.belongs_to`."""
    return (
        select(Officer)
        .where(scope.covers(Officer.office_id), conditions.belongs_to(period))
        .order_by(Officer.office_id, Officer.pinyin, Officer.name, Officer.id)
    )


def officers_to_choose(session: Session, office_id: int) -> Sequence[Officer]:
    """Officers a form offers, by name; those who left come last."""
    return session.scalars(
        select(Officer)
        .where(Officer.office_id == office_id, Officer.voided_at.is_(None))
        .order_by(Officer.post_until.is_not(None), Officer.pinyin, Officer.id)
        .limit(2000)
    ).all()


def holders_among(session: Session, officer_ids: Iterable[int], day: date) -> set[int]:
    """Those of the officers who hold a valid certificate on a day."""
    return set(
        session.scalars(
            select(Officer.id).where(
                Officer.id.in_(list(officer_ids)), conditions.holds_valid_on(day)
            )
        )
    )
