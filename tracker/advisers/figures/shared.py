"""What the figures of this domain have in common: groups, dimensions, reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, and_, func, not_

from tracker.advisers import queries
from tracker.advisers.models import Adviser
from tracker.advisers.terms import AdviserIdentity
from tracker.kernel.figure import Dimension, LeftOut
from tracker.kernel.words import Words
from tracker.offices.models import Village

GROUP = Words("法律顾问", "Legal advisers")
PERSONS_GROUP = Words("法律明白人", "Legal-literate persons")

IDENTITY = Words("顾问身份", "Identity of the adviser")
VOIDED = Words("已作废", "Voided")
OTHER_YEAR = Words("不在本年度", "In another year")
TOWNSHIP = Words("乡镇（街道）本级", "The township itself")

MERGED_AWAY = LeftOut(
    Words("期末前已撤并", "Merged away by the last day"),
    lambda period: not_(queries.village_exists_on(period.as_at)),
)


def joins(table: type[Any], key: Any, owner: type[Any]) -> Callable[[Select[Any]], Select[Any]]:
    """Add a table that ``key`` of the owner refers to; records without one stay."""
    return lambda statement: statement.outerjoin(
        table, and_(table.office_id == owner.office_id, table.id == key)
    )


def by_month(day: Any) -> Dimension:
    """By the month of a day."""
    return Dimension("month", Words("月份", "Month"), func.extract("month", day))


def by_village(key: Any, owner: type[Any]) -> Dimension:
    """By village; what is for none of them is for the township itself."""
    return Dimension(
        "village",
        Words("村（社区）", "Village"),
        Village.id,
        Village.name,
        join=joins(Village, key, owner),
        unstated=TOWNSHIP,
    )


def by_adviser(key: Any, owner: type[Any]) -> dict[str, Dimension]:
    """By adviser, and by who the adviser is."""
    join = joins(Adviser, key, owner)
    label = Words("法律顾问", "Adviser")
    return {
        "adviser": Dimension("adviser", label, Adviser.id, Adviser.name, join=join),
        "identity": Dimension(
            "identity", IDENTITY, Adviser.identity, term=AdviserIdentity, join=join
        ),
    }
