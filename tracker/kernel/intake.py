"""How rows of a foreign ledger become records: declared once per register, beside its form.

A row goes through the same form and the same operation as the web page, so it gets the same
errors. An `Intake` says which form, which operations, and which record a row may already be.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from .forms import RecordForm
from .register import Column, Register
from .scope import Scope
from .terms import Term
from .words import Words

R = TypeVar("R")


def undated(operation: Callable[..., R]) -> Callable[..., R]:
    """An operation that does not ask for today's day, called as one that does."""

    def called(*arguments: Any) -> R:
        return operation(*arguments[:-1])

    return called


@dataclass(frozen=True, eq=False)
class Reference:
    """Records that cells name, such as villages or themes.

    ``create`` makes one of which only the name is known and returns its id; None where a name
    alone is not enough.
    """

    label: Words
    create: Callable[[Session, int, str], int] | None = None
    #: Words that stand for all of them, and for none in particular.
    everywhere: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()
    #: Endings of names that are something else: no village is called 中心小学.
    other_places: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Intake:
    """One register's way in.

    ``fields`` maps a column's key to the form field it fills where the two are named differently
    (``{"villages": "village_ids"}``); a column mapped to ``""`` is never taken in, such as a
    worked-out one. ``form_of`` is given the row's cells by column key, for registers whose form
    depends on one of them.

    A row is an existing record when its number (编号) is that record's, or when ``key`` of its
    draft equals ``key_of`` of the record; None is no key. ``existing`` selects the records that a
    row may be, none of them voided. ``values_of`` gives a record as its form shows it.

    ``alike`` is a looser key: rows that share it with a record are shown as likely duplicates,
    and taken in all the same.
    """

    register: Register
    form_of: Callable[[Mapping[str, str]], type[RecordForm[Any]]]
    values_of: Callable[[Any], Mapping[str, Any]]
    create: Callable[[Session, int, Any, date], Any]
    update: Callable[[Session, Scope, int, Any, int | None, date], Any]
    existing: Callable[[Scope], Select[Any]]
    key: Callable[[Any], Hashable | None]
    key_of: Callable[[Any], Hashable | None]
    fields: Mapping[str, str] = field(default_factory=dict)
    #: Fields that a row leaves to these where its cell is empty or its column is missing.
    defaults: Mapping[str, Any] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    #: What ledgers call the members of a column's term, besides their labels: 群众 for 村（居）民.
    said: Mapping[str, Mapping[str, Term]] = field(default_factory=dict)
    #: What cells of a column of plain text may say, as the form knows once it has its lists.
    choices: Mapping[str, Callable[[Any], Sequence[str]]] = field(default_factory=dict)
    #: From a count's field to the field of its basis, which «约200人» makes an estimate.
    bases: Mapping[str, str] = field(default_factory=dict)
    #: Rows name people whose names must be deletable: what a row said before it was changed by an
    #: import is not kept, and such a change is not taken back.
    names_people: bool = False
    #: Whether a draft goes on from an earlier row about the same record, as a 补考 does: then two
    #: rows of one record are no mistake, and the later one changes what the earlier one made.
    goes_on: Callable[[Any], bool] | None = None
    alike: Callable[[Any], Hashable | None] | None = None
    alike_of: Callable[[Any], Hashable | None] | None = None
    #: What the template's example row says, by column: days as 2024-06-26, "" for an empty cell.
    #: A column that is not named gets something of its kind.
    example: Mapping[str, str] = field(default_factory=dict)

    @property
    def key_columns(self) -> tuple[Column, ...]:
        """The columns without which there is nothing to take in."""
        return tuple(column for column in self.register.columns if column.required)

    def field_of(self, column: Column) -> str:
        """The form field that a column fills; empty where it fills none."""
        return self.fields.get(column.key, column.key)

    def form(
        self, session: Session, scope: Scope, cells: Mapping[str, str] | None = None
    ) -> RecordForm[Any]:
        """An unsent form of this register, with the office's lists to choose from."""
        # Whatever request this is part of, it is not this form's.
        form = self.form_of(cells or {})(
            formdata=None, meta={"csrf": False}, data=dict(self.defaults)
        )
        offer = getattr(form, "offer", None)
        if offer is not None:
            offer(session, scope)
        return form
