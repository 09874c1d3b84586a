"""The base of every table: typed columns, named constraints, and checks the database itself keeps.

SQLite enforces neither lengths nor types, so every column that could lie gets a CHECK, derived
from its declaration here and written so that SQLite and PostgreSQL read it alike.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    case,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, declared_attr, mapped_column

from .terms import Term

T = TypeVar("T", bound=Term)

#: The largest whole number a form takes: nine digits, well inside every database's integer.
MOST = 999_999_999

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Hours(TypeDecorator[Decimal]):
    """Class hours to one decimal, stored as whole tenths so that sums are exact."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value * 10)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(int(value)) / 10


class Model(DeclarativeBase):
    """Base of all tables. Writes its CHECK constraints from the columns' types."""

    metadata = MetaData(naming_convention=NAMING)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        table = cls.__dict__.get("__table__")
        if isinstance(table, Table):
            for constraint in _derived_checks(table):
                table.append_constraint(constraint)


def _derived_checks(table: Table) -> list[CheckConstraint]:
    referring = {
        column.name
        for constraint in table.constraints
        if isinstance(constraint, ForeignKeyConstraint)
        for column in constraint.columns
    }
    checks = []
    for column in table.columns:
        if column.primary_key or column.name in referring:
            continue
        rule = _rule(column)
        if rule:
            body = f"{column.name} IS NULL OR ({rule})" if column.nullable else rule
            checks.append(CheckConstraint(body, name=column.name))
    return checks


def _rule(column: Column[Any]) -> str | None:
    """What a value of this column must satisfy, in SQL both databases understand."""
    name, kind = column.name, column.type
    if isinstance(kind, Enum | Boolean):
        return None  # SQLAlchemy writes these itself, where the database has no such type
    if isinstance(kind, String):
        least = 0 if column.info.get("may_be_empty") else 1
        return f"length({name}) BETWEEN {least} AND {kind.length}"
    if isinstance(kind, Integer | Hours):
        low, high = column.info.get("range", (0, MOST))
        return f"{name} BETWEEN {low} AND {high} AND {name} = CAST({name} AS INTEGER)"
    if isinstance(kind, Date):
        # date('yesterday') is NULL on SQLite, and a NULL check passes: hence both conditions.
        return (
            f"date({name}) IS NOT NULL AND {name} = date({name}) "
            f"AND {name} BETWEEN '1900-01-01' AND '2199-12-31'"
        )
    if isinstance(kind, DateTime):
        return f"{name} BETWEEN '2000-01-01' AND '2199-12-31'"
    return None


def term(kind: type[T], **options: Any) -> MappedColumn[Any]:
    """A column that holds one code of a term; the database refuses any other."""
    return mapped_column(
        Enum(
            kind,
            native_enum=False,
            create_constraint=True,
            length=40,
            values_callable=lambda members: [str(m.value) for m in members],
            name=kind.__name__.lower(),
        ),
        **options,
    )


def text(length: int, *, may_be_empty: bool = False, **options: Any) -> MappedColumn[Any]:
    """A text column. A column that may be empty holds '' and never NULL, unless it is Optional."""
    if may_be_empty:
        options.setdefault("default", "")
    return mapped_column(String(length), info={"may_be_empty": may_be_empty}, **options)


def whole(low: int = 0, high: int = MOST, **options: Any) -> MappedColumn[Any]:
    """A whole-number column with its bounds."""
    return mapped_column(Integer, info={"range": (low, high)}, **options)


def hours(low: int = 0, high: int = 1000, **options: Any) -> MappedColumn[Any]:
    """A column of class hours with one decimal, bounded in hours."""
    return mapped_column(Hours, info={"range": (low * 10, high * 10)}, **options)


def flag(name: str, *, default: bool = False) -> MappedColumn[Any]:
    """A yes-or-no column. ``name`` is the column's name, for its constraint."""
    return mapped_column(Boolean(create_constraint=True, name=name), default=default)


def owned(*constraints: Any) -> tuple[Any, ...]:
    """The ``__table_args__`` of an owned table: others refer to it by ``(office_id, id)``."""
    return (UniqueConstraint("office_id", "id"), *constraints)


def refers(column: str, table: str, *, on_delete: str | None = None) -> ForeignKeyConstraint:
    """A reference to an owned table that cannot leave the office: ``(office_id, column)``."""
    return ForeignKeyConstraint(
        ["office_id", column], [f"{table}.office_id", f"{table}.id"], ondelete=on_delete
    )


class Owned:
    """Belongs to one office, from the first migration on."""

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), sort_order=-9)


class Logged:
    """Every write of such a row enters the change log, with what stood before and after.

    ``log_collections`` names relationships whose members are part of what the row says; members
    give their ``log_name``. ``log_hidden`` columns are logged as changed, without their values.
    ``log_apart`` rows name people whose names must be deletable, which the log never forgets: it
    says nothing of them, and their operations log how many there are.
    """

    log_collections: ClassVar[tuple[str, ...]] = ()
    log_hidden: ClassVar[frozenset[str]] = frozenset()
    log_apart: ClassVar[bool] = False


class Recorded(Owned, Logged):
    """A record people write: numbered, versioned, signed by who wrote it, voided but never deleted.

    ``version`` rises with every write; a form that carries an older one is answered 409.
    """

    number: Mapped[str] = text(40, sort_order=-8)
    version: Mapped[int] = whole(1, sort_order=10)
    created_at: Mapped[datetime] = mapped_column(sort_order=11)
    created_by: Mapped[str] = text(60, sort_order=12)
    updated_at: Mapped[datetime] = mapped_column(sort_order=13)
    updated_by: Mapped[str] = text(60, sort_order=14)
    voided_at: Mapped[datetime | None] = mapped_column(sort_order=15)
    voided_by: Mapped[str | None] = text(60, sort_order=16)
    void_reason: Mapped[str | None] = text(200, sort_order=17)

    __tablename__: Any
    #: Short mark in front of a record's number, such as PF in PF-2024-008.
    number_prefix: ClassVar[str]

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}

    @property
    def is_voided(self) -> bool:
        return self.voided_at is not None


def recorded(*constraints: Any) -> tuple[Any, ...]:
    """The ``__table_args__`` of a recorded table."""
    return owned(
        UniqueConstraint("office_id", "number"),
        CheckConstraint("(voided_at IS NULL) = (void_reason IS NULL)", name="void_has_reason"),
        *constraints,
    )


def term_label(column: Any, kind: type[Term]) -> ColumnElement[str]:
    """SQL for the Chinese label of a term column, for sorting and searching."""
    return case({m: m.label.zh for m in kind}, value=column, else_="")
