"""What the figures of officers have in common."""

from __future__ import annotations

from sqlalchemy import and_, func

from tracker.certification.models import Officer
from tracker.certification.terms import EstablishmentKind
from tracker.kernel.figure import Basis, Criterion, Dimension, Figure, LeftOut, Source
from tracker.kernel.units import Unit
from tracker.kernel.words import Words

GROUP = Words("执法资格", "Certification")

OFFICERS = Source(
    key="certification.officers",
    label=Words("干部职工", "Officers"),
    register="officers",
    model=Officer,
    path="/certification/officers/{id}",
    title=Officer.name,
    number=Officer.number,
    left_out=(LeftOut(Words("已作废", "Voided"), lambda _: Officer.voided_at.is_not(None)),),
    dimensions={
        "establishment": Dimension(
            "establishment",
            Words("编制类别", "Establishment kind"),
            Officer.establishment,
            term=EstablishmentKind,
        ),
        "station": Dimension(
            "station", Words("所在站所", "Station"), func.nullif(Officer.station, "")
        ),
    },
)


def _alive(condition: Criterion) -> Criterion:
    """The condition, for officers whose entry is not voided."""
    return lambda period: and_(Officer.voided_at.is_(None), condition(period))


def persons(
    key: str,
    label: Words,
    definition: Words,
    criterion: Criterion,
    *reasons: LeftOut,
    basis: Basis = Basis.DURING,
) -> Figure:
    """A figure of distinct officers: each counts once, whatever is on file for them."""
    return Figure(
        key=f"certification.{key}",
        label=label,
        definition=definition,
        unit=Unit.PERSONS,
        source=OFFICERS,
        criterion=_alive(criterion),
        basis=basis,
        left_out=reasons,
        group=GROUP,
    )
