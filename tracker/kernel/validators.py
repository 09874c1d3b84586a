"""What every field is checked for: whether it is filled, and how long it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from flask_babel import gettext
from wtforms import Field, RadioField, SelectField, SelectMultipleField
from wtforms.validators import StopValidation, ValidationError


class Required:
    """The field must be filled: 「请填写活动日期」, or 「请选择…」 where one chooses.

    ``message`` is said instead where the label does not go with those words.
    """

    field_flags: ClassVar[dict[str, Any]] = {"required": True}

    def __init__(self, message: Any = None) -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        if field.errors:
            raise StopValidation
        empty = field.data is None or field.data in ("", [], ())
        if not empty:
            return
        label = str(field.label.text)
        if self.message is not None:
            raise StopValidation(str(self.message))
        if isinstance(field, SelectField | RadioField | SelectMultipleField):
            raise StopValidation(gettext("请选择%(thing)s", thing=label))
        raise StopValidation(gettext("请填写%(thing)s", thing=label))


class AtMost:
    """A text may be this long.

    No ``maxlength`` on the input: a browser cuts a pasted text without a word, and what was cut is
    then missing from the record. The page counts instead, and too long a text is refused whole.
    """

    def __init__(self, length: int) -> None:
        self.length = length
        self.field_flags = {"longest": length}

    def __call__(self, form: Any, field: Field) -> None:
        if field.data and len(field.data) > self.length:
            raise ValidationError(
                gettext(
                    "%(thing)s请勿超过 %(most)s 字，现有 %(have)s 字",
                    thing=field.label.text,
                    most=self.length,
                    have=len(field.data),
                )
            )


class _Optional:
    """Stop quietly when nothing was typed."""

    field_flags: ClassVar[dict[str, Any]] = {"optional": True}

    def __call__(self, form: Any, field: Field) -> None:
        if field.errors:
            raise StopValidation
        if field.data is None or field.data == "":
            raise StopValidation


def checks(required: bool, *more: Callable[..., None]) -> list[Callable[..., None]]:
    """The validators of a field that must, or may, be filled."""
    return [Required() if required else _Optional(), *more]
