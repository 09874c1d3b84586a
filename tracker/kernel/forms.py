"""The base of every form: strings in, one typed draft out, or errors that say what to do."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField

from . import exceptions
from .errors import RuleBroken
from .exception_field import ExceptionReasonField
from .fields import LineField
from .i18n import say
from .text import clean_line

D = TypeVar("D")


@dataclass(frozen=True)
class Conflict:
    """One field in which two people's versions of a record differ, as both would read it."""

    label: str
    theirs: str
    yours: str


class BaseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form with the page's status: 200 fresh, 422 with errors, 409 against a newer version."""

    status = 200
    #: Where somebody else's version differs; only forms of records have any.
    conflicts: Sequence[Conflict] = ()
    #: What is odd about the entry; only forms that ask before saving have any (`doubts`).
    doubts: Sequence[Any] = ()

    def add_error(self, error: RuleBroken) -> None:
        """Put an operation's refusal beside the field it names, or over the form."""
        message = say(error.message)
        field = self._fields.get(error.field)
        if field is None:
            self.form_errors.append(message)
        else:
            field.errors = [*field.errors, message]
        reason = self._fields.get(exceptions.REASON)
        if isinstance(reason, ExceptionReasonField):
            reason.asks_after(error)
        self.status = 422

    def is_sent_well(self) -> bool:
        """Whether this request sends the form and every field is right."""
        if not self.is_submitted():
            return False
        well = bool(self.validate())
        if not well:
            self.status = 422
        return well


class RecordForm(BaseForm, Generic[D]):
    """A form that writes one record.

    Carries the version the person saw and a once-only token, so that a stale save is noticed and a
    double save is one record.
    """

    version = HiddenField()
    once = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: list[Conflict] = []
        if not self.is_submitted():
            self.once.data = secrets.token_urlsafe(24)

    @property
    def token(self) -> str:
        """The form's once-only token; empty where a script sent none."""
        text = clean_line(str(self.once.data or ""))
        return text if 16 <= len(text) <= 64 else ""

    def draft(self) -> D:
        """The typed entry. Only called when every field is right."""
        raise NotImplementedError

    def sent_draft(self) -> D | None:
        """The draft, where this request sends the form and it is right.

        :raises nothing: a rule the draft breaks stands beside its field.
        """
        if not self.is_sent_well():
            return None
        try:
            return self.draft()
        except RuleBroken as error:
            self.add_error(error)
            return None

    def show_conflict(self, current: RecordForm[D], version: int) -> None:
        """Show where the saved record differs from what was typed; saving again then overrides."""
        self.status = 409
        self.conflicts = [
            Conflict(str(field.label.text), theirs, yours)
            for name, field in self._fields.items()
            if name not in ("version", "once", "csrf_token", "submit")
            and (theirs := written(current._fields[name])) != (yours := written(field))
        ]
        self.version.data = str(version)
        self.once.data = secrets.token_urlsafe(24)


def written(field: Any) -> str:
    """A field's value as a person reads it."""
    if hasattr(field, "iter_choices"):
        chosen = [c.label for c in field.iter_choices() if c.selected and c.value]
        return "、".join(str(label) for label in chosen)
    if hasattr(field, "entries"):
        return "；".join(written(entry) for entry in field.entries)
    if hasattr(field, "_fields"):
        return "，".join(written(inner) for inner in field._fields.values())
    if isinstance(field.data, bool):
        return "✓" if field.data else ""
    value = field._value() if hasattr(field, "_value") else field.data
    return str(value or "")


def whole_or_none(text: str) -> int | None:
    """A short run of plain digits as a number; anything else is None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def posted_version() -> int | None:
    """The version of the record that the sent form was filled from."""
    return whole_or_none(clean_line(request.form.get("version", "")[:20]))


class VoidForm(RecordForm[str]):
    """Why a record is taken out of the counts."""

    reason = LineField(lazy_gettext("作废原因"), 200, required=True)

    def draft(self) -> str:
        return str(self.reason.data)


class PlainForm(BaseForm):
    """Only the token: for buttons that need no entry."""


def values_from_query(names: Mapping[str, int]) -> dict[str, str]:
    """Texts of the address, cleaned and cut to their bounds."""
    return {
        name: clean_line(request.args.get(name, "")[: length * 2])[:length]
        for name, length in names.items()
    }
