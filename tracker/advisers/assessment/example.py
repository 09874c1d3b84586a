"""The score sheet an office can start from: a model to be adapted, not a rule of anybody's.

Contract, plate, log, service plan, monthly visits, free services and major matters carry the points
of county sheets in secondary texts (reference, B2); the rest is filled up sensibly to 100.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

from .drafts import ItemDraft, SheetDraft
from .terms import ScoreBasis

_SHIPPED = Path(__file__).with_name("example_sheet.csv")

TITLE = "村（社区）法律顾问年度考核评分表（示例，请按本地规定修改）"


def sheet(from_year: int) -> SheetDraft:
    """The sheet's own facts."""
    return SheetDraft(
        title=TITLE,
        from_year=from_year,
        excellent_from=Decimal(90),
        good_from=None,
        passed_from=Decimal(60),
        note="系统附带的示例，项目和分值请按本县（市、区）的考核办法修改后使用。",
    )


@cache
def items() -> tuple[ItemDraft, ...]:
    """Its items, in their order."""
    with _SHIPPED.open(encoding="utf-8", newline="") as file:
        return tuple(
            ItemDraft(
                heading=row["heading"],
                criterion=row["criterion"],
                most=Decimal(row["most"]),
                basis=ScoreBasis(row["basis"]) if row["basis"] else None,
                position=place,
            )
            for place, row in enumerate(csv.DictReader(file), 1)
        )
