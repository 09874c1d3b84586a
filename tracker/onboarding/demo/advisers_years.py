"""The invented township's advisers: an adviser in every village on every 31 December, one gap.

大湾村 has nobody in August 2024, and no visit in the quarter in which the example is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tracker.advisers.terms import AdviserIdentity, FirmKind, PersonGroup, Sex, VisitKind

from .places import VILLAGES

FIRMS: tuple[tuple[str, FirmKind, str], ...] = (
    ("示例县明理律师事务所", FirmKind.LAW_FIRM, "示例县城关镇解放路 18 号"),
    ("示例县正和律师事务所", FirmKind.LAW_FIRM, "示例县城关镇人民路 6 号"),
    ("示例镇法律服务所", FirmKind.LEGAL_SERVICE, "示例镇清溪街 3 号"),
)


@dataclass(frozen=True)
class Person:
    """An adviser of the example."""

    name: str
    identity: AdviserIdentity
    firm: str
    licence: str


ADVISERS: tuple[Person, ...] = (
    Person("周海明", AdviserIdentity.LAWYER, FIRMS[0][0], "SL000000000000001"),
    Person("何静", AdviserIdentity.LAWYER, FIRMS[1][0], "SL000000000000002"),
    Person("罗建国", AdviserIdentity.LEGAL_SERVICE_WORKER, FIRMS[2][0], "SL000000000000003"),
    Person("唐志强", AdviserIdentity.COURT_PROCURATORATE_POLICE, "", ""),
    Person("彭立", AdviserIdentity.LAWYER, FIRMS[0][0], "SL000000000000005"),
)

#: The township's own.
COUNSEL = "彭立"

_NAMES = tuple(village.name for village in VILLAGES)
GAP_VILLAGE = "大湾村"
_BY_ADVISER: dict[str, tuple[str, ...]] = {
    "周海明": _NAMES[0:5],
    "何静": _NAMES[5:9],
    "罗建国": _NAMES[9:11],
}


@dataclass(frozen=True)
class Serving:
    """An assignment of the example; without a village it is the township's own counsel."""

    adviser: str
    village: str
    starts_on: date
    ends_on: date | None
    renewal: bool = False
    end_reason: str = ""
    #: Yuan for one year of service.
    fee: int | None = None


#: What a village's contract brings in a year.
VILLAGE_FEE = 1500


def assignments() -> Iterator[Serving]:
    """Every assignment: two-year contracts renewed in 2025, one handover with a gap, counsel."""
    for adviser, villages in _BY_ADVISER.items():
        for village in villages:
            yield Serving(adviser, village, date(2023, 1, 1), date(2024, 12, 31), fee=VILLAGE_FEE)
            yield Serving(adviser, village, date(2025, 1, 1), None, renewal=True, fee=VILLAGE_FEE)
    yield Serving(
        "唐志强",
        GAP_VILLAGE,
        date(2023, 1, 1),
        date(2024, 7, 31),
        end_reason="调离本县",
        fee=VILLAGE_FEE,
    )
    yield Serving("何静", GAP_VILLAGE, date(2024, 9, 1), None, fee=VILLAGE_FEE)
    yield Serving("彭立", "", date(2023, 3, 1), date(2024, 2, 29))
    yield Serving("彭立", "", date(2024, 3, 1), None, renewal=True)


#: What an adviser does on the visits of a year, in turn.
_KINDS = (
    VisitKind.CONSULTATION,
    VisitKind.LECTURE,
    VisitKind.MEDIATION,
    VisitKind.CONTRACT_REVIEW,
    VisitKind.OPINION,
    VisitKind.CONSULTATION,
)
_MATTERS = {
    VisitKind.CONSULTATION: "土地流转、婚姻家庭咨询",
    VisitKind.LECTURE: "民法典与村民自治讲座",
    VisitKind.MEDIATION: "参与调解宅基地相邻纠纷",
    VisitKind.CONTRACT_REVIEW: "审查村集体土地流转合同",
    VisitKind.OPINION: "就村规民约修订出具法律意见",
}


@dataclass(frozen=True)
class Visited:
    """A visit of the example."""

    village: str
    day: date
    kind: VisitKind
    matter: str
    hours: Decimal
    people: int | None = None
    attendees: int | None = None
    opinions: int | None = None
    contracts: int | None = None
    mediations: int | None = None
    result: str = ""


#: What came of a visit, where the adviser wrote it down.
_RESULTS = {
    VisitKind.CONSULTATION: "已当场解答",
    VisitKind.MEDIATION: "双方达成口头协议",
    VisitKind.CONTRACT_REVIEW: "提出修改意见，村里已采纳",
    VisitKind.OPINION: "意见书已交村委会",
}


def visits(today: date) -> Iterator[Visited]:
    """One visit a quarter in each village, in 2023, 2024 and the year it is loaded in."""
    for year in sorted({2023, 2024, max(today.year, 2024)}):
        for quarter in range(4):
            first = date(year, 3 * quarter + 1, 1)
            running = first <= today < first + timedelta(days=92) and year == today.year
            for index, village in enumerate(_NAMES):
                day = first + timedelta(days=4 + index * 6)
                if running:
                    day = min(day, today)
                missing = village == GAP_VILLAGE and (running or day.strftime("%Y%m") == "202408")
                if day > today or missing:
                    continue
                yield _visit(village, day, _KINDS[(index + quarter) % len(_KINDS)], index)


def _visit(village: str, day: date, kind: VisitKind, index: int) -> Visited:
    return Visited(
        village,
        day,
        kind,
        _MATTERS[kind],
        Decimal(2 + index % 3),
        people=4 + index % 6 if kind is VisitKind.CONSULTATION else None,
        attendees=30 + 3 * index if kind is VisitKind.LECTURE else None,
        opinions=1 if kind is VisitKind.OPINION else None,
        contracts=1 + index % 2 if kind is VisitKind.CONTRACT_REVIEW else None,
        mediations=1 if kind is VisitKind.MEDIATION else None,
        result=_RESULTS.get(kind, ""),
    )


def adviser_on(village: str, day: date) -> str | None:
    """Who served a village on a day."""
    for each in assignments():
        if each.village == village and each.starts_on <= day <= (each.ends_on or date.max):
            return each.adviser
    return None


_SURNAMES = "李王张刘陈杨赵黄周吴徐孙"
_GIVEN = (
    "秀英",
    "建军",
    "丽华",
    "志明",
    "春梅",
    "国平",
    "小红",
    "永强",
    "晓燕",
    "文斌",
    "玉兰",
    "海波",
)
_GROUPS = (
    PersonGroup.VILLAGE_CADRE,
    PersonGroup.GRID_WORKER,
    PersonGroup.MEDIATOR,
    PersonGroup.WOMENS_COMMITTEE,
)


@dataclass(frozen=True)
class Literate:
    """A legal-literate person of the example."""

    name: str
    village: str
    sex: Sex
    group: PersonGroup
    appointed_on: date
    left_on: date | None = None


def literate_persons() -> Iterator[Literate]:
    """Three in each village; one has left since, so that one village is below the usual number."""
    for index, village in enumerate(_NAMES):
        for place in range(3):
            given = _GIVEN[(index + place * 4) % len(_GIVEN)]
            yield Literate(
                _SURNAMES[(index * 3 + place) % len(_SURNAMES)] + given,
                village,
                Sex.FEMALE if (index + place) % 2 else Sex.MALE,
                _GROUPS[(index + place) % len(_GROUPS)],
                date(2022, 9, 1) if place < 2 else date(2024, 3, 20),
                date(2024, 10, 15) if village == "高岭村" and place == 0 else None,
            )


def paired_with(person: Literate) -> str | None:
    """The adviser of a person: of their village at the end of 2024, but two of 大湾村 are still
    paired with the adviser who left."""
    day = date(2024, 1, 1) if person.appointed_on.year < 2024 else date(2024, 12, 31)
    return adviser_on(person.village, day)


#: day, title, headcount
LITERATE_TRAININGS: tuple[tuple[date, str, int], ...] = (
    (date(2023, 4, 20), "法律明白人培训（第一期）", 22),
    (date(2023, 10, 19), "法律明白人培训（第二期）", 21),
    (date(2024, 4, 18), "法律明白人培训（第一期）", 35),
    (date(2024, 9, 26), "法律明白人培训（第二期）", 34),
)
