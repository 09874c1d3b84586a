"""Records sent through the form by which ledgers are taken in, as strings, like a browser would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from tracker.kernel.intake import Intake
from tracker.kernel.scope import Scope
from tracker.kernel.terms import Term


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, Term):
        yield str(value.value)
    elif value is True:
        yield "y"
    elif isinstance(value, str | int | Decimal | date) and value is not False:
        yield str(value)


def drafted(
    intake: Intake, session: Session, scope: Scope, record: Any = None, **changed: Any
) -> Any:
    """The draft of a record, or of nothing, with some values changed.

    :raises AssertionError: when the form refuses a value.
    :raises RuleBroken: when the form refuses them together.
    """
    form = intake.form(session, scope)
    if record is not None and hasattr(form, "offer"):
        form.offer(session, scope, record)
    values = dict(intake.values_of(record)) if record is not None else dict(intake.defaults)
    sent = [(name, text) for name, v in {**values, **changed}.items() for text in _texts(v)]
    form.process(MultiDict(sent))
    assert form.validate(), form.errors
    return form.draft()


#: Columns that other records decide: a person entered anew has no reviews yet.
_OF_OTHER_RECORDS = {("legal_literate_persons", "current_star")}


def row_of(intake: Intake, record: Any) -> dict[str, Any]:
    """What the register says of a record, its number apart."""
    register = intake.register
    return {
        column.key: column.read(record)
        for column in register.columns
        if column.key != "number" and (register.key, column.key) not in _OF_OTHER_RECORDS
    }
