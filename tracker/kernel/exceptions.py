"""Entries against a rule: an administrator's exception, with its reason, kept with the record.

A table whose rules know exceptions has a column ``exception_reason`` (`reason_column`), its draft
and its form have a field of that name (`ExceptionReasonField` in `exception_field`), and its
operations refuse by `refuse`. What no reason can make true, such as an end before its start, is a
plain `RuleBroken`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.orm import MappedColumn

from .errors import RuleBroken
from .model import Recorded, text
from .words import Words

#: The column, the draft's field and the form's field.
REASON = "exception_reason"
LONGEST_REASON = 200

LABEL = Words("例外理由", "Reason for an exception")

_ASK = Words(
    "{message}。确需这样登记的，请管理员填写例外理由",
    "{message}. Where it has to be so, an administrator may enter it with a reason",
)


class HasReason(Protocol):
    """A record with an exception, or a draft of one."""

    @property
    def exception_reason(self) -> str: ...


class ExceptionNeeded(RuleBroken):
    """A rule is broken that an administrator may except from, by giving a reason."""


def reason_column() -> MappedColumn[Any]:
    """The column: why the record was entered against a rule; empty where it was not.

    Its default stands in the database, so that it can be added to a table with rows.
    """
    return text(LONGEST_REASON, may_be_empty=True, server_default="")


def refuse(field: str, message: Words, entry: HasReason) -> None:
    """Refuse a value, unless the entry carries the reason for an exception.

    Who may give a reason is the form's to say; an entry that carries one has been allowed it.
    ``message`` says what is wrong and what to do instead, without a full stop.

    :raises ExceptionNeeded: with the way out added to the message.
    """
    if not entry.exception_reason:
        raise ExceptionNeeded(field, _ASK.fill(message=message))


@dataclass(frozen=True)
class Excepted:
    """A record that was entered by an exception, for the list of them.

    ``broken`` are the rules it breaks today; empty where it has come to break none.
    """

    kind: Words
    record: Recorded
    title: str
    url: str
    broken: Sequence[Words]

    @property
    def reason(self) -> str:
        return str(getattr(self.record, REASON))
