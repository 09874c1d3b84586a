"""台账: the columns of a record type, declared once.

The list page, the Excel tally, the import template and the JSON rows all read the same columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import Select

from .exceptions import LABEL as EXCEPTION_LABEL
from .exceptions import REASON
from .period import Period
from .scope import Scope
from .terms import Term
from .words import Words

#: What a cell may hold. A sequence of names is written with 、 between them.
Value = str | int | Decimal | date | datetime | bool | Term | Words | None
ColumnKind = Literal["text", "number", "date", "term", "flag", "long"]


@dataclass(frozen=True, eq=False)
class Column:
    """One column: its key is also the name of the form field it fills, where there is one.

    ``total`` columns are summed in the last row. ``in_list`` columns show on the list page.
    ``width`` is in characters of the printed sheet. ``as_text`` marks numbers that are names
    (phones, certificate numbers), which no sheet may turn into a quantity. ``also`` are other
    heads that offices' own ledgers give the column; they find it when such a ledger is taken in.
    ``counted`` is the column that these heads mean where numbers alone stand below them: 受众 says
    who listened, or how many.
    """

    key: str
    label: Words
    read: Callable[[Any], Value]
    kind: ColumnKind = "text"
    total: bool = False
    in_list: bool = False
    width: int = 12
    as_text: bool = False
    term: type[Term] | None = None
    required: bool = False
    also: tuple[str, ...] = ()
    counted: str = ""


@dataclass(frozen=True, eq=False)
class Register:
    """One record type's ledger.

    ``of_period`` selects the rows that belong to a period's ledger, in its order: for dated
    records those that begin in it, for states those in force at any time in it.
    ``title`` is the sheet's title after office and year: 普法宣传活动台账.
    """

    key: str
    label: Words
    title: Words
    model: type[Any]
    columns: tuple[Column, ...]
    of_period: Callable[[Scope, Period], Select[Any]]
    path: str

    @property
    def list_columns(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.in_list)

    def column(self, key: str) -> Column:
        """The column with this key.

        :raises KeyError: when there is none.
        """
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


#: The title of a year's ledger: 架桥镇2024年普法宣传活动台账.
OF_YEAR = Words("{office}{year}年{title}", "{office} {year}: {title}")

#: The reason of records that were entered against a rule; for registers whose rules know that.
EXCEPTION = Column(REASON, EXCEPTION_LABEL, lambda r: r.exception_reason, "long", width=20)


def joined(names: list[str]) -> str:
    """Several names in one cell."""
    return "、".join(names)


def known_as(heads: Mapping[str, str], *columns: Column) -> tuple[Column, ...]:
    """Columns with the other heads they are known by, written by column key, with spaces between.

    :raises ValueError: when there is no such column.
    """
    if strange := set(heads) - {column.key for column in columns}:
        raise ValueError(f"no such columns: {sorted(strange)}")
    return tuple(
        replace(column, also=tuple(heads.get(column.key, "").split())) for column in columns
    )
