"""The figures of outreach, declared once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, func, not_, select

from tracker.kernel.figure import Dimension, Figure, LeftOut, Ratio, Source
from tracker.kernel.period import Period
from tracker.kernel.units import Unit
from tracker.kernel.wording import Rounding, Wording
from tracker.kernel.words import Words
from tracker.offices import queries as offices
from tracker.offices.figures import VILLAGES
from tracker.offices.models import Village

from .models import EventMaterial, EventTheme, EventVillage, OutreachEvent, PlaceKind, Theme
from .queries import begins_in, held_in, village_was_reached_in
from .terms import PRINTED, EventState, MaterialKind

GROUP = Words("普法宣传", "Outreach")


def _month() -> ColumnElement[int]:
    month: ColumnElement[int] = func.extract("month", OutreachEvent.starts_on)
    return month


EVENTS = Source(
    key="outreach.events",
    label=Words("普法宣传活动", "Outreach events"),
    register="events",
    model=OutreachEvent,
    path="/outreach/events/{id}",
    title=OutreachEvent.title,
    number=OutreachEvent.number,
    date=OutreachEvent.starts_on,
    within=lambda period: OutreachEvent.starts_on.between(period.first, period.last),
    left_out=(
        LeftOut(Words("已作废", "Voided"), lambda _: OutreachEvent.voided_at.is_not(None)),
        LeftOut(Words("不在本年度", "In another year"), lambda period: not_(begins_in(period))),
        LeftOut(
            Words("已取消", "Cancelled"), lambda _: OutreachEvent.state == EventState.CANCELLED
        ),
        LeftOut(
            Words("尚未举办（计划中）", "Not held yet (planned)"),
            lambda _: OutreachEvent.state == EventState.PLANNED,
        ),
    ),
    dimensions={
        "month": Dimension("month", Words("月份", "Month"), _month()),
        "theme": Dimension(
            "theme",
            Words("主题", "Theme"),
            Theme.id,
            name=Theme.name,
            join=lambda statement: statement.outerjoin(
                EventTheme,
                and_(
                    EventTheme.office_id == OutreachEvent.office_id,
                    EventTheme.event_id == OutreachEvent.id,
                ),
            ).outerjoin(
                Theme,
                and_(Theme.office_id == EventTheme.office_id, Theme.id == EventTheme.theme_id),
            ),
            overlapping=True,
        ),
        "village": Dimension(
            "village",
            Words("村（社区）", "Village"),
            Village.id,
            name=Village.name,
            join=lambda statement: statement.outerjoin(
                EventVillage,
                and_(
                    EventVillage.office_id == OutreachEvent.office_id,
                    EventVillage.event_id == OutreachEvent.id,
                ),
            ).outerjoin(
                Village,
                and_(
                    Village.office_id == EventVillage.office_id,
                    Village.id == EventVillage.village_id,
                ),
            ),
            overlapping=True,
        ),
        "venue": Dimension(
            "venue",
            Words("场所类别", "Kind of place"),
            PlaceKind.id,
            name=PlaceKind.name,
            join=lambda statement: statement.outerjoin(
                PlaceKind,
                and_(
                    PlaceKind.office_id == OutreachEvent.office_id,
                    PlaceKind.id == OutreachEvent.place_kind_id,
                ),
            ),
        ),
    },
)


def _copies(*kinds: MaterialKind) -> ColumnElement[int]:
    """How many copies of these kinds an event handed out; NULL where none were recorded."""
    return (
        select(func.sum(EventMaterial.copies))
        .where(
            EventMaterial.office_id == OutreachEvent.office_id,
            EventMaterial.event_id == OutreachEvent.id,
            EventMaterial.kind.in_(kinds),
        )
        .correlate(OutreachEvent)
        .scalar_subquery()
    )


def _tally(
    key: str,
    label: Words,
    definition: Words,
    unit: Unit,
    weight: SQLColumnExpression[Any],
    spoken: Wording | None = None,
) -> Figure:
    """A figure that sums one number over the held events."""
    return Figure(
        key=f"outreach.{key}",
        label=label,
        definition=definition,
        unit=unit,
        source=EVENTS,
        criterion=held_in,
        weight=weight,
        spoken=spoken,
        group=GROUP,
    )


EVENTS_HELD = Figure(
    key="outreach.events",
    label=Words("普法宣传活动次数", "Outreach events held"),
    definition=Words(
        "开始日期在本年度、状态为「已举办」的普法宣传活动数；一次活动分多场的只计一次，"
        "计划中、已取消和已作废的不计，跨年的计入开始的年度。",
        "Events held that begin in the year. An event of several sessions counts once; planned, "
        "cancelled and voided ones do not count; one that runs over New Year counts in the year "
        "it begins.",
    ),
    unit=Unit.TIMES,
    source=EVENTS,
    criterion=held_in,
    group=GROUP,
)

PERSON_TIMES = Figure(
    key="outreach.person_times",
    label=Words("普法宣传参加人次", "Person-times at outreach events"),
    definition=Words(
        "本年度已举办活动的现场参加人次之和，同一人参加两次计两次；未登记人次的活动不计入，"
        "另列场数；线上阅读量不计入。",
        "Sum of the headcounts of the year's held events; somebody who came twice counts twice. "
        "Events without a headcount are left out and listed; online reads are never added.",
    ),
    unit=Unit.PERSON_TIMES,
    source=EVENTS,
    criterion=held_in,
    weight=OutreachEvent.headcount,
    missing=Words("未登记参加人次", "No headcount recorded"),
    count_basis=OutreachEvent.count_basis,
    # The reports say 人 of this sum; the definition says what it is.
    spoken=Wording(Words("人", "people"), Rounding.FLOOR),
    group=GROUP,
)

FIGURES: tuple[Figure, ...] = (
    EVENTS_HELD,
    _tally(
        "sessions",
        Words("普法宣传场次", "Outreach sessions"),
        Words(
            "本年度已举办活动的场次之和，一次活动可有多场。",
            "Sum of the sessions of the year's held events; one event may have several.",
        ),
        Unit.SESSIONS,
        OutreachEvent.sessions,
    ),
    PERSON_TIMES,
    _tally(
        "materials",
        Words("发放宣传资料", "Printed matter handed out"),
        Words(
            "本年度已举办活动发放的印刷品份数之和，含宣传单、手册、海报等；实物宣传品不计入。",
            "Copies of printed matter handed out at the year's held events: leaflets, booklets, "
            "posters and the like. Gifts are not counted.",
        ),
        Unit.COPIES,
        _copies(*PRINTED),
        Wording(Unit.COPIES.label, Rounding.FLOOR),
    ),
    _tally(
        "gifts",
        Words("发放实物宣传品", "Gifts handed out"),
        Words(
            "本年度已举办活动发放的实物宣传品件数之和，与印刷品分开统计。",
            "Gifts handed out at the year's held events, apart from printed matter.",
        ),
        Unit.CASES,
        _copies(MaterialKind.GIFT),
        Wording(Unit.CASES.label, Rounding.FLOOR),
    ),
    _tally(
        "consultations",
        Words("现场解答法律咨询", "Questions answered on the spot"),
        Words(
            "本年度已举办活动现场解答法律咨询的人次之和；法律顾问服务中的咨询另计。",
            "Person-times given legal advice at the year's held events; advice given by the "
            "village advisers is counted apart.",
        ),
        Unit.PERSON_TIMES,
        OutreachEvent.consultations,
        Wording(Unit.PERSON_TIMES.label, Rounding.FLOOR),
    ),
    _tally(
        "households",
        Words("入户宣传户数", "Households called on"),
        Words(
            "本年度已举办活动走访农户（居民）户数之和，重复走访重复计。",
            "Households called on at the year's held events; a second call counts again.",
        ),
        Unit.HOUSEHOLDS,
        OutreachEvent.households,
        Wording(Unit.HOUSEHOLDS.label, Rounding.FLOOR),
    ),
    _tally(
        "banners",
        Words("悬挂横幅标语", "Banners put up"),
        Words(
            "本年度已举办活动悬挂横幅、张贴标语条数之和。",
            "Banners and slogans put up for the year's held events.",
        ),
        Unit.ENTRIES,
        OutreachEvent.banners,
    ),
    _tally(
        "boards",
        Words("摆放展板", "Display boards shown"),
        Words(
            "本年度已举办活动摆放展板、展架块数之和。",
            "Display boards shown at the year's held events.",
        ),
        Unit.BOARDS,
        OutreachEvent.boards,
    ),
    _tally(
        "broadcasts",
        Words("广播与LED播放", "Broadcasts and LED displays"),
        Words(
            "本年度已举办活动中村村响广播、LED屏播放次数之和。",
            "Broadcasts by village loudspeakers and LED screens at the year's held events.",
        ),
        Unit.TIMES,
        OutreachEvent.broadcasts,
    ),
    _tally(
        "online_posts",
        Words("线上普法推送", "Online posts"),
        Words(
            "本年度已举办活动中公众号、视频号等线上推送条数之和。",
            "Posts, videos and messages published online with the year's held events.",
        ),
        Unit.ENTRIES,
        OutreachEvent.online_posts,
    ),
    _tally(
        "online_reads",
        Words("线上普法阅读量", "Online reads"),
        Words(
            "本年度已举办活动线上推送的阅读（播放）次数之和，不计入现场参加人次。",
            "Reads and views of what was published online; never added to those present.",
        ),
        Unit.TIMES,
        OutreachEvent.online_reads,
        Wording(Unit.TIMES.label, Rounding.FLOOR),
    ),
)

_NOT_REACHED = (
    LeftOut(
        Words("本年度没有已举办的活动", "No event held there this year"),
        lambda period: not_(village_was_reached_in(period)),
    ),
)


def _reached(period: Period) -> ColumnElement[bool]:
    return and_(Village.voided_at.is_(None), village_was_reached_in(period))


VILLAGES_REACHED = Figure(
    key="outreach.villages_reached",
    label=Words("普法覆盖村（社区）", "Villages reached by outreach"),
    definition=Words(
        "本年度至少举办过一次普法宣传活动的村（社区）个数，同一村举办多次只计一个。",
        "Villages in which at least one event was held in the year; a village counts once.",
    ),
    unit=Unit.PIECES,
    source=VILLAGES,
    criterion=_reached,
    left_out=_NOT_REACHED,
    group=GROUP,
)

_REACHED_OF_THOSE_THERE = Figure(
    key="outreach.existing_villages_reached",
    label=Words("年度内在册且普法覆盖的村（社区）", "Villages of the year reached by outreach"),
    definition=Words(
        "本年度在册的村（社区）中，至少举办过一次普法宣传活动的个数。",
        "Among the villages that existed in the year, those in which an event was held.",
    ),
    unit=Unit.PIECES,
    source=VILLAGES,
    criterion=lambda period: and_(offices.existed_during(period), village_was_reached_in(period)),
    left_out=(
        LeftOut(
            Words("本年度前已撤并", "Merged away before the year"),
            lambda period: not_(offices.existed_during(period)),
        ),
        *_NOT_REACHED,
    ),
    group=GROUP,
)

_VILLAGES_OF_YEAR = Figure(
    key="offices.villages_of_year",
    label=Words("年度内在册村（社区）", "Villages that existed in the year"),
    definition=Words(
        "本年度内存在过的村（社区）个数，年内撤并的仍计入。",
        "Villages that existed on at least one day of the year.",
    ),
    unit=Unit.PIECES,
    source=VILLAGES,
    criterion=offices.existed_during,
    left_out=(
        LeftOut(
            Words("本年度前已撤并", "Merged away before the year"),
            lambda period: not_(offices.existed_during(period)),
        ),
    ),
    group=GROUP,
)

VILLAGE_COVERAGE = Ratio(
    key="outreach.village_coverage",
    label=Words("普法村（社区）覆盖率", "Share of villages reached by outreach"),
    definition=Words(
        "普法覆盖的村（社区）占本年度在册村（社区）的比例；没有登记村（社区）时不作统计。",
        "Villages reached by outreach over all villages that existed in the year; empty where no "
        "villages are entered.",
    ),
    numerator=_REACHED_OF_THOSE_THERE,
    denominator=_VILLAGES_OF_YEAR,
    group=GROUP,
)

ALL: tuple[Figure | Ratio, ...] = (*FIGURES, VILLAGES_REACHED, VILLAGE_COVERAGE)
