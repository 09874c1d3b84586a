"""The figure of opinions on decisions."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import not_

from tracker.advisers.counsel import queries
from tracker.advisers.counsel.models import CounselOpinion
from tracker.advisers.counsel.register import OWN
from tracker.advisers.counsel.terms import Adoption, DecisionKind
from tracker.kernel.figure import Dimension, Figure, LeftOut, Source
from tracker.kernel.units import Unit
from tracker.kernel.words import Words

from .shared import GROUP, OTHER_YEAR, VOIDED, by_adviser, by_month

OPINIONS = Source(
    key="advisers.decision_opinions",
    label=Words("法律意见", "Opinions on decisions"),
    register="counsel_opinions",
    model=CounselOpinion,
    path="/advisers/opinions/{id}",
    title=CounselOpinion.matter,
    number=CounselOpinion.number,
    date=CounselOpinion.given_on,
    within=lambda period: CounselOpinion.given_on.between(period.first, period.last),
    left_out=(
        LeftOut(VOIDED, lambda _: CounselOpinion.voided_at.is_not(None)),
        LeftOut(
            OTHER_YEAR,
            lambda period: not_(CounselOpinion.given_on.between(period.first, period.last)),
        ),
    ),
    dimensions={
        "month": by_month(CounselOpinion.given_on),
        "kind": Dimension(
            "kind", Words("事项类别", "Kind of decision"), CounselOpinion.kind, term=DecisionKind
        ),
        "adopted": Dimension(
            "adopted", Words("采纳情况", "Adopted"), CounselOpinion.adopted, term=Adoption
        ),
        "adviser": replace(
            by_adviser(CounselOpinion.adviser_id, CounselOpinion)["adviser"], unstated=OWN
        ),
    },
)

DECISION_OPINIONS = Figure(
    key="advisers.decision_opinions",
    label=Words("就决策、合同等出具的法律意见", "Legal opinions on decisions and contracts"),
    definition=Words(
        "出具日期在本年度的法律意见记录数，政府法律顾问和本单位出具的都计，一份一条，不论是否采纳，"
        "已作废的不计。它与「法律顾问出具法律意见」各按各的记录统计，同一份意见可能两边都有，"
        "两个数不能相加。",
        "Entries of the ledger of opinions that were given in the year, by the government counsel "
        "or by the office itself; one opinion is one entry, adopted or not, and voided ones do not "
        "count. It is never added to the opinions of the advisers' log: an opinion may stand in "
        "both.",
    ),
    unit=Unit.COPIES,
    source=OPINIONS,
    criterion=queries.given_in,
    group=GROUP,
)

ALL: tuple[Figure, ...] = (DECISION_OPINIONS,)
