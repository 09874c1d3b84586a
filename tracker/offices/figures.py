"""Villages as a source of figures, and how many there are."""

from __future__ import annotations

from sqlalchemy import not_

from tracker.kernel.figure import Basis, Dimension, Figure, LeftOut, Source
from tracker.kernel.units import Unit
from tracker.kernel.words import Words

from .models import Village
from .queries import exists_on_last_day
from .terms import VillageKind

VILLAGES = Source(
    key="offices.villages",
    label=Words("村（社区）", "Villages"),
    register="villages",
    model=Village,
    path="/villages/{id}",
    title=Village.name,
    number=Village.number,
    left_out=(LeftOut(Words("已作废", "Voided"), lambda _: Village.voided_at.is_not(None)),),
    dimensions={
        "kind": Dimension("kind", Words("类别", "Kind"), Village.kind, term=VillageKind),
        "village": Dimension("village", Words("村（社区）", "Village"), Village.id, Village.name),
    },
)

VILLAGES_IN_BEING = Figure(
    key="offices.villages",
    label=Words("村（社区）总数", "Villages"),
    definition=Words(
        "期末在册的村（社区）个数，已撤并和已作废的不计。",
        "Villages that exist on the last day; merged and voided ones do not count.",
    ),
    unit=Unit.PIECES,
    source=VILLAGES,
    criterion=exists_on_last_day,
    basis=Basis.AS_AT,
    left_out=(
        LeftOut(
            Words("期末前已撤并", "Merged away by the last day"),
            lambda period: not_(exists_on_last_day(period)),
        ),
    ),
    group=Words("基本情况", "Basics"),
)

ALL = (VILLAGES_IN_BEING,)
