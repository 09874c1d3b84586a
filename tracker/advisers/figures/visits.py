"""Figures of what the advisers' visits of the year brought."""

from __future__ import annotations

from typing import Any

from sqlalchemy import SQLColumnExpression, and_, not_

from tracker.advisers import queries
from tracker.advisers.models import AdviserVisit
from tracker.advisers.terms import VisitKind, VisitMode
from tracker.kernel.figure import Dimension, Figure, LeftOut, Source
from tracker.kernel.units import Unit
from tracker.kernel.wording import Rounding, Wording
from tracker.kernel.words import Words

from .shared import GROUP, OTHER_YEAR, VOIDED, by_adviser, by_month, by_village

VISITS = Source(
    key="advisers.visits",
    label=Words("法律顾问服务记录", "Visits of advisers"),
    register="adviser_visits",
    model=AdviserVisit,
    path="/advisers/visits/{id}",
    title=AdviserVisit.matter,
    number=AdviserVisit.number,
    date=AdviserVisit.held_on,
    within=lambda period: AdviserVisit.held_on.between(period.first, period.last),
    left_out=(
        LeftOut(VOIDED, lambda _: AdviserVisit.voided_at.is_not(None)),
        LeftOut(
            OTHER_YEAR,
            lambda period: not_(AdviserVisit.held_on.between(period.first, period.last)),
        ),
    ),
    dimensions={
        "month": by_month(AdviserVisit.held_on),
        "village": by_village(AdviserVisit.village_id, AdviserVisit),
        "kind": Dimension(
            "kind", Words("服务内容", "Kind of service"), AdviserVisit.kind, term=VisitKind
        ),
        "mode": Dimension("mode", Words("服务方式", "Way"), AdviserVisit.mode, term=VisitMode),
        **by_adviser(AdviserVisit.adviser_id, AdviserVisit),
    },
)


def _visits_of(kind: VisitKind, key: str, label: Words, definition: Words, unit: Unit) -> Figure:
    """A figure that counts the visits of one kind."""
    return Figure(
        key=f"advisers.{key}",
        label=label,
        definition=definition,
        unit=unit,
        source=VISITS,
        criterion=lambda period: and_(queries.made_in(period), AdviserVisit.kind == kind),
        left_out=(
            LeftOut(
                Words("服务内容不是「{kind}」", "Not of the kind “{kind}”").fill(kind=kind.label),
                lambda _: AdviserVisit.kind != kind,
            ),
        ),
        group=GROUP,
    )


def _outcome(
    key: str,
    label: Words,
    definition: Words,
    unit: Unit,
    weight: SQLColumnExpression[Any],
    spoken: Wording | None = None,
) -> Figure:
    """A figure that sums one number over the visits of the year."""
    return Figure(
        key=f"advisers.{key}",
        label=label,
        definition=definition,
        unit=unit,
        source=VISITS,
        criterion=queries.made_in,
        weight=weight,
        missing=Words("没有填写这一项", "Nothing recorded for it"),
        spoken=spoken,
        group=GROUP,
    )


ALL_VISITS = Figure(
    key="advisers.visits",
    label=Words("法律顾问服务次数", "Visits and matters of the advisers"),
    definition=Words(
        "服务日期在本年度的法律顾问服务记录数，含到村服务和为乡镇（街道）政府服务，现场和线上都计；"
        "一次走访、一个事项计一次，已作废的不计。",
        "Entries of the advisers' log in the year, for villages and for the township government, "
        "on site and online; one visit or one matter counts once, voided ones do not.",
    ),
    unit=Unit.TIMES,
    source=VISITS,
    criterion=queries.made_in,
    group=GROUP,
)

VILLAGE_VISITS = Figure(
    key="advisers.village_visits",
    label=Words("法律顾问服务村（社区）次数", "Visits made to villages"),
    definition=Words(
        "本年度法律顾问服务记录中，服务对象为村（社区）的次数；为乡镇（街道）政府服务的不计。",
        "Entries of the year's log that were made for a village; those for the township "
        "government do not count.",
    ),
    unit=Unit.TIMES,
    source=VISITS,
    criterion=lambda period: and_(queries.made_in(period), AdviserVisit.village_id.is_not(None)),
    left_out=(
        LeftOut(
            Words("为乡镇（街道）政府服务", "Made for the township government"),
            lambda _: AdviserVisit.village_id.is_(None),
        ),
    ),
    group=GROUP,
)

ALL: tuple[Figure, ...] = (
    ALL_VISITS,
    VILLAGE_VISITS,
    _visits_of(
        VisitKind.LECTURE,
        "lectures",
        Words("法律顾问法治讲座", "Lectures by the advisers"),
        Words(
            "本年度服务内容为法治讲座的服务记录数；讲座同时是一场普法活动的，在这里计一次，在普法"
            "活动中也只计一次，听讲人数不重复相加。",
            "Entries of the year's log that are lectures. A lecture that was also an outreach "
            "event counts once here and once there; its heads are not added twice.",
        ),
        Unit.SESSIONS,
    ),
    _outcome(
        "consultations",
        Words("法律顾问解答咨询", "People advised by the advisers"),
        Words(
            "本年度法律顾问服务记录中解答咨询的人次之和，同一人咨询两次计两次；没有填写的记录不计，"
            "普法活动现场解答的咨询另计。",
            "Person-times given advice in the year's log; somebody who came twice counts twice. "
            "Entries without a number are left out; advice given at outreach events is apart.",
        ),
        Unit.PERSON_TIMES,
        AdviserVisit.people_consulted,
        Wording(Unit.PERSON_TIMES.label, Rounding.FLOOR),
    ),
    _outcome(
        "opinions",
        Words("法律顾问出具法律意见", "Legal opinions given"),
        Words(
            "本年度法律顾问服务记录中出具的法律意见份数之和，含为乡镇（街道）政府出具的。",
            "Legal opinions given in the year's log, those for the township government included.",
        ),
        Unit.COPIES,
        AdviserVisit.opinions,
    ),
    _outcome(
        "contracts_reviewed",
        Words("法律顾问审查合同", "Contracts reviewed"),
        Words(
            "本年度法律顾问服务记录中审查、修改的合同和村规民约份数之和。",
            "Contracts and village rules reviewed or mended in the year's log.",
        ),
        Unit.COPIES,
        AdviserVisit.contracts_reviewed,
    ),
    _outcome(
        "mediations",
        Words("法律顾问参与调解", "Disputes mediated with an adviser"),
        Words(
            "本年度法律顾问服务记录中参与调解的矛盾纠纷件数之和。",
            "Disputes in whose mediation an adviser took part, from the year's log.",
        ),
        Unit.CASES,
        AdviserVisit.mediations,
    ),
    _outcome(
        "documents",
        Words("法律顾问代拟文书", "Documents drafted"),
        Words(
            "本年度法律顾问服务记录中代拟、审修的法律文书份数之和，合同审查另计。",
            "Legal documents drafted or mended in the year's log; reviewed contracts are apart.",
        ),
        Unit.COPIES,
        AdviserVisit.documents,
    ),
    _outcome(
        "legal_aid",
        Words("法律顾问引导法律援助", "Cases led to legal aid"),
        Words(
            "本年度法律顾问服务记录中引导、协助申请法律援助的件数之和。",
            "Cases in which an adviser led people to legal aid, from the year's log.",
        ),
        Unit.CASES,
        AdviserVisit.legal_aid_cases,
    ),
    _outcome(
        "enterprises",
        Words("法治体检企业", "Enterprises given a legal check-up"),
        Words(
            "本年度法律顾问服务记录中法治体检、涉企服务的企业家数之和，同一企业服务两次计两家次。",
            "Enterprises served in the year's log; one that was served twice counts twice.",
        ),
        Unit.FIRMS,
        AdviserVisit.enterprises,
    ),
    _visits_of(
        VisitKind.DECISION,
        "decisions",
        Words("法律顾问参与决策", "Decisions taken with an adviser"),
        Words(
            "本年度服务内容为参与决策的服务记录数；出具的法律意见份数另计。",
            "Entries of the year's log for taking part in a decision; opinions given are apart.",
        ),
        Unit.TIMES,
    ),
)
