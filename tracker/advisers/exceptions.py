"""What was entered in this domain by an exception, with the rules it breaks today."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from tracker.kernel.exceptions import Excepted
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from . import queries, register
from .models import AdviserAssignment

_OUTSIDE = Words("服务不在聘期内", "The visit lies outside the contract")
_OVERLAPS = Words("与{name}的聘期重叠（{number}）", "Overlaps the contract of {name} ({number})")


def excepted(session: Session, scope: Scope) -> Iterator[Excepted]:
    """Assignments and visits entered by an exception; voided ones are left out."""
    for assignment in session.scalars(queries.excepted_assignments(scope)):
        served = assignment.village.name if assignment.village else register.TOWNSHIP.zh
        yield Excepted(
            register.ASSIGNMENTS.label,
            assignment,
            f"{assignment.adviser.name} {served}",
            register.ASSIGNMENTS.path.format(id=assignment.id),
            _overlaps(session, assignment),
        )
    for visit, within in session.execute(queries.excepted_visits(scope)):
        yield Excepted(
            register.VISITS.label,
            visit,
            f"{visit.held_on} {visit.adviser.name} {visit.matter}",
            register.VISITS.path.format(id=visit.id),
            () if within else (_OUTSIDE,),
        )


def _overlaps(session: Session, assignment: AdviserAssignment) -> list[Words]:
    if assignment.village_id is None:
        return []
    others = queries.overlapping(
        assignment.office_id,
        assignment.village_id,
        assignment.starts_on,
        assignment.ends_on,
        assignment.id,
    )
    return [
        _OVERLAPS.fill(name=other.adviser.name, number=other.number)
        for other in session.scalars(others)
        if not other.additional
    ]
