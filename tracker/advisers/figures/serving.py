"""Figures of who serves whom on the last day."""

from __future__ import annotations

from sqlalchemy import and_, not_, select

from tracker.advisers import queries
from tracker.advisers.models import Adviser, AdviserAssignment, LawFirm
from tracker.advisers.terms import AdviserIdentity
from tracker.kernel.figure import Basis, Dimension, Figure, LeftOut, Ratio, Source
from tracker.kernel.units import Unit
from tracker.kernel.words import Words
from tracker.offices.figures import VILLAGES, VILLAGES_IN_BEING

from .shared import GROUP, IDENTITY, MERGED_AWAY, VOIDED, by_adviser, by_village, joins

ADVISERS = Source(
    key="advisers.advisers",
    label=Words("法律顾问", "Advisers"),
    register="advisers",
    model=Adviser,
    path="/advisers/{id}",
    title=Adviser.name,
    number=Adviser.number,
    left_out=(LeftOut(VOIDED, lambda _: Adviser.voided_at.is_not(None)),),
    dimensions={
        "identity": Dimension("identity", IDENTITY, Adviser.identity, term=AdviserIdentity),
        "firm": Dimension(
            "firm",
            Words("执业机构", "Firm"),
            LawFirm.id,
            LawFirm.name,
            join=joins(LawFirm, Adviser.firm_id, Adviser),
        ),
    },
)

_NAME_OF_ADVISER = (
    select(Adviser.name)
    .where(
        Adviser.office_id == AdviserAssignment.office_id,
        Adviser.id == AdviserAssignment.adviser_id,
    )
    .correlate(AdviserAssignment)
    .scalar_subquery()
)

ASSIGNMENTS = Source(
    key="advisers.assignments",
    label=Words("法律顾问聘任", "Assignments of advisers"),
    register="adviser_assignments",
    model=AdviserAssignment,
    path="/advisers/assignments/{id}",
    title=_NAME_OF_ADVISER,
    number=AdviserAssignment.number,
    left_out=(
        LeftOut(VOIDED, lambda _: AdviserAssignment.voided_at.is_not(None)),
        LeftOut(
            Words("期末未在任", "Not in force on the last day"),
            lambda period: not_(queries.serving_on(period.as_at)),
        ),
    ),
    dimensions={
        **by_adviser(AdviserAssignment.adviser_id, AdviserAssignment),
        "village": by_village(AdviserAssignment.village_id, AdviserAssignment),
    },
)

VILLAGES_COVERED = Figure(
    key="advisers.villages_covered",
    label=Words("配备法律顾问的村（社区）", "Villages with a legal adviser"),
    definition=Words(
        "期末在册、且期末当日有在任法律顾问的村（社区）个数，一村有几名顾问只计一个；聘期的"
        "第一天和最后一天都算在任，已作废的聘任和顾问不计。",
        "Villages that exist on the last day and have an adviser serving on it; a village with "
        "several counts once. The first and the last day of an assignment are days of service; "
        "voided assignments and advisers do not count.",
    ),
    unit=Unit.PIECES,
    source=VILLAGES,
    criterion=lambda period: and_(
        queries.village_exists_on(period.as_at), queries.has_adviser_on(period.as_at)
    ),
    basis=Basis.AS_AT,
    left_out=(
        MERGED_AWAY,
        LeftOut(
            Words("期末没有在任的法律顾问", "No adviser serving on the last day"),
            lambda period: not_(queries.has_adviser_on(period.as_at)),
        ),
    ),
    group=GROUP,
)

VILLAGE_COVERAGE = Ratio(
    key="advisers.village_coverage",
    label=Words("村（社区）法律顾问覆盖率", "Share of villages with a legal adviser"),
    definition=Words(
        "期末有在任法律顾问的村（社区）占期末在册村（社区）的比例；没有登记村（社区）时不作统计。",
        "Villages with an adviser serving on the last day over all villages that exist on it; "
        "empty where no villages are entered.",
    ),
    numerator=VILLAGES_COVERED,
    denominator=VILLAGES_IN_BEING,
    group=GROUP,
)

_NOT_SERVING = LeftOut(
    Words("期末未在任", "Not serving a village on the last day"),
    lambda period: not_(queries.serves_village_on(period.as_at)),
)

SERVING = Figure(
    key="advisers.serving",
    label=Words("在任村（社区）法律顾问", "Advisers serving villages"),
    definition=Words(
        "期末当日在任、服务至少一个在册村（社区）的法律顾问人数，一人服务几个村只计一人；"
        "只担任政府法律顾问的不计，已作废的不计。",
        "Advisers who serve at least one existing village on the last day; whoever serves several "
        "counts once. Those who are government counsel only do not count, nor do voided ones.",
    ),
    unit=Unit.PERSONS,
    source=ADVISERS,
    criterion=lambda period: and_(
        Adviser.voided_at.is_(None), queries.serves_village_on(period.as_at)
    ),
    basis=Basis.AS_AT,
    left_out=(_NOT_SERVING,),
    group=GROUP,
)

_SERVING_LAWYERS = Figure(
    key="advisers.serving_lawyers",
    label=Words("在任村（社区）法律顾问中的律师", "Lawyers among the advisers serving villages"),
    definition=Words(
        "期末在任的村（社区）法律顾问中，身份为律师的人数；公职律师不计入。",
        "Among the advisers serving villages on the last day, those who are lawyers; government "
        "lawyers do not count as such.",
    ),
    unit=Unit.PERSONS,
    source=ADVISERS,
    criterion=lambda period: and_(
        SERVING.criterion(period), Adviser.identity == AdviserIdentity.LAWYER
    ),
    basis=Basis.AS_AT,
    left_out=(
        _NOT_SERVING,
        LeftOut(
            Words("身份不是律师", "Not a lawyer"),
            lambda _: Adviser.identity != AdviserIdentity.LAWYER,
        ),
    ),
    group=GROUP,
)

LAWYER_SHARE = Ratio(
    key="advisers.lawyer_share",
    label=Words("村（社区）法律顾问中律师占比", "Share of lawyers among the villages' advisers"),
    definition=Words(
        "期末在任的村（社区）法律顾问中，身份为律师的人数占全部人数的比例；公职律师不计为律师，"
        "没有在任顾问时不作统计。",
        "Lawyers over all advisers serving villages on the last day; government lawyers are not "
        "counted as lawyers. Empty where nobody serves.",
    ),
    numerator=_SERVING_LAWYERS,
    denominator=SERVING,
    group=GROUP,
)

GOVERNMENT_COUNSEL = Figure(
    key="advisers.government_counsel",
    label=Words("在任政府法律顾问", "Government counsel serving"),
    definition=Words(
        "期末当日担任乡镇（街道）本级政府法律顾问的人数，一人只计一次；已作废的不计。",
        "Advisers who are counsel of the township government itself on the last day; each counts "
        "once, voided ones do not.",
    ),
    unit=Unit.PERSONS,
    source=ADVISERS,
    criterion=lambda period: and_(
        Adviser.voided_at.is_(None), queries.serves_township_on(period.as_at)
    ),
    basis=Basis.AS_AT,
    left_out=(
        LeftOut(
            Words("期末未担任政府法律顾问", "Not the government's counsel on the last day"),
            lambda period: not_(queries.serves_township_on(period.as_at)),
        ),
    ),
    group=GROUP,
)

VILLAGE_ASSIGNMENTS = Figure(
    key="advisers.assignments",
    label=Words("村（社区）法律顾问聘任", "Assignments to villages in force"),
    definition=Words(
        "期末当日在任、服务对象为在册村（社区）的聘任数，一人服务几个村计几个；政府法律顾问不计，"
        "已作废的不计。",
        "Assignments to existing villages that are in force on the last day; an adviser of several "
        "villages counts for each. Government counsel and voided entries do not count.",
    ),
    unit=Unit.PIECES,
    source=ASSIGNMENTS,
    criterion=lambda period: and_(
        queries.serving_on(period.as_at), queries.is_to_a_village_of(period.as_at)
    ),
    basis=Basis.AS_AT,
    left_out=(
        LeftOut(
            Words("为政府法律顾问", "Government counsel"),
            lambda _: AdviserAssignment.village_id.is_(None),
        ),
        LeftOut(
            Words("该村（社区）期末前已撤并", "The village is merged away by the last day"),
            lambda period: not_(queries.is_to_a_village_of(period.as_at)),
        ),
    ),
    group=GROUP,
)

FEES = Figure(
    key="advisers.fees",
    label=Words("法律顾问年度服务费", "Yearly fees of the advisers"),
    definition=Words(
        "期末当日在任的聘任（含政府法律顾问）所填年度服务费之和；没有填写费用的聘任不计。",
        "Sum of the yearly fees of all assignments in force on the last day, government counsel "
        "included; assignments without a fee are left out.",
    ),
    unit=Unit.YUAN,
    source=ASSIGNMENTS,
    criterion=lambda period: queries.serving_on(period.as_at),
    basis=Basis.AS_AT,
    weight=AdviserAssignment.fee,
    missing=Words("没有填写费用", "No fee recorded"),
    group=GROUP,
)

ALL: tuple[Figure | Ratio, ...] = (
    VILLAGES_COVERED,
    VILLAGE_COVERAGE,
    SERVING,
    LAWYER_SHARE,
    GOVERNMENT_COUNSEL,
    VILLAGE_ASSIGNMENTS,
    FEES,
)
