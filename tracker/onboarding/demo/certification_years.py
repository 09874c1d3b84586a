"""The invented township's officers: 3 of 3 passed in 2024 and drew their certificates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tracker.certification.terms import EstablishmentKind, TrainingKind

ADMINISTRATIVE = EstablishmentKind.ADMINISTRATIVE
INSTITUTION = EstablishmentKind.INSTITUTION
TEAM = "综合行政执法队"


@dataclass(frozen=True)
class Staff:
    """An officer of the example. ``certificate`` is its number, with its spans of validity."""

    name: str
    establishment: EstablishmentKind
    station: str
    post: str
    post_from: date
    post_until: date | None = None
    enforcement: bool = True
    certificate: str = ""
    terms: tuple[tuple[date, date], ...] = ()
    returned_on: date | None = None


def staff(today: date) -> tuple[Staff, ...]:
    """The officers. One certificate ends about 60 days after the example is loaded."""
    soon = max(today, date(2024, 12, 31)) + timedelta(days=60)
    drawn = soon - timedelta(days=5 * 365)
    if date(2023, 5, 20) <= drawn < date(2023, 7, 20):
        drawn = date(2023, 7, 20)  # 谭勇 passed his make-up exam only then
    renewed = ((date(2020, 6, 1), date(2025, 5, 31)), (date(2025, 6, 1), date(2030, 5, 31)))
    return (
        Staff("邓卫东", ADMINISTRATIVE, TEAM, "队长", date(2019, 3, 1), None, True,
              "湘示0000001", renewed),
        Staff("蒋红梅", INSTITUTION, TEAM, "副队长", date(2019, 3, 1), None, True,
              "湘示0000002", renewed),
        Staff("谭勇", INSTITUTION, TEAM, "队员", date(2020, 5, 1), None, True,
              "湘示0000003", ((drawn, soon),)),
        Staff("贺小兵", INSTITUTION, "自然资源所", "所长", date(2018, 7, 1), None, True,
              "湘示0000004", ((date(2022, 3, 1), date(2027, 2, 28)),)),
        Staff("龚新华", ADMINISTRATIVE, TEAM, "队员", date(2012, 1, 1), date(2024, 3, 31), True,
              "湘示0000005", ((date(2021, 1, 1), date(2025, 12, 31)),), date(2024, 4, 2)),
        Staff("易晓峰", INSTITUTION, TEAM, "队员", date(2024, 1, 8), None, True,
              "湘示0000006", ((date(2024, 7, 10), date(2029, 7, 9)),)),
        Staff("欧阳倩", INSTITUTION, TEAM, "队员", date(2024, 1, 8), None, True,
              "湘示0000007", ((date(2024, 7, 10), date(2029, 7, 9)),)),
        Staff("向阳", ADMINISTRATIVE, "应急管理办", "干事", date(2023, 9, 1), None, True,
              "湘示0000008", ((date(2024, 7, 10), date(2029, 7, 9)),)),
        Staff("莫丽", EstablishmentKind.CONTRACT, TEAM, "执法辅助人员", date(2022, 6, 1),
              None, False),
    )  # fmt: skip


@dataclass(frozen=True)
class Sat:
    """What one officer scored; None in both parts is absence."""

    officer: str
    general: int | None
    special: int | None
    make_up: int | None = None


@dataclass(frozen=True)
class Sitting:
    """A sitting of the example."""

    title: str
    day: date
    results: tuple[Sat, ...]


SITTINGS: tuple[Sitting, ...] = (
    Sitting(
        "2023年行政执法人员资格考试",
        date(2023, 5, 20),
        (Sat("贺小兵", 82, 76), Sat("谭勇", 71, 55, make_up=68), Sat("莫丽", None, None)),
    ),
    Sitting(
        "2024年行政执法人员资格考试",
        date(2024, 5, 25),
        (Sat("易晓峰", 86, 79), Sat("欧阳倩", 91, 84), Sat("向阳", 75, 72)),
    ),
)


@dataclass(frozen=True)
class Trained:
    """A training of the example."""

    title: str
    day: date
    kind: TrainingKind
    hours: Decimal
    officers: tuple[str, ...]


_OLD = ("邓卫东", "蒋红梅", "谭勇", "贺小兵")
_NEW = ("易晓峰", "欧阳倩", "向阳")

TRAININGS: tuple[Trained, ...] = (
    Trained("行政处罚法专题培训", date(2023, 3, 23), TrainingKind.GENERAL, Decimal(8), _OLD),
    Trained(
        "执法文书与案卷评查培训", date(2023, 9, 14), TrainingKind.SPECIAL, Decimal("12.5"), _OLD
    ),
    Trained("新录用执法人员岗前培训", date(2024, 4, 11), TrainingKind.GENERAL, Decimal(24), _NEW),
    Trained(
        "行政执法“三项制度”培训",
        date(2024, 6, 13),
        TrainingKind.GENERAL,
        Decimal(16),
        (*_OLD, *_NEW),
    ),
    Trained(
        "自然资源与规划执法培训",
        date(2024, 11, 7),
        TrainingKind.SPECIAL,
        Decimal(20),
        (*_OLD, *_NEW),
    ),
)
