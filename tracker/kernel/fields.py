"""Form fields that read what people type: full-width digits, 2024.6.26, stray spaces.

Parsing is generous, the value strict. Messages say what to do; what was typed is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    Field,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import Choice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from .i18n import say
from .period import FIRST_YEAR, LAST_YEAR
from .record_fields import KeyField, RecordField, RecordsField
from .terms import Term
from .text import (
    NoSuchDay,
    YearOutside,
    clean,
    clean_line,
    half_width,
    parse_day,
    parse_whole,
)
from .validators import AtMost, Required, checks
from .words import Words

T = TypeVar("T", bound=Term)


class LineField(StringField):
    """One line of text, cleaned."""

    def __init__(self, label: Any, length: int, *, required: bool = False, **options: Any) -> None:
        super().__init__(label, checks(required, AtMost(length)), filters=[clean_line], **options)


class PinyinField(LineField):
    """A name in pinyin for the search, in small letters; measured as it is kept (İ grows)."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, 200, **options)
        self.filters = [*self.filters, str.lower]


class NoteField(TextAreaField):
    """Several lines of text, cleaned."""

    def __init__(self, label: Any, length: int, *, required: bool = False, **options: Any) -> None:
        super().__init__(label, checks(required, AtMost(length)), filters=[clean], **options)


class _TypedField(Field):
    """A field that parses text and, when it cannot, shows the text again as it was typed."""

    widget = TextInput()
    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.written(self.data)

    def written(self, value: Any) -> str:
        return str(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = clean_line(str(valuelist[0])) if valuelist else ""
        self.data = None
        if text:
            self.data = self.parse(text)

    def parse(self, text: str) -> Any:
        raise NotImplementedError


class DayField(_TypedField):
    """A day, in any of the ways people write one."""

    def __init__(
        self,
        label: Any,
        *,
        required: bool = False,
        earliest: int = 1990,
        latest: int = 2100,
        **options: Any,
    ) -> None:
        options.setdefault("render_kw", {"data-date": ""})
        super().__init__(label, checks(required), **options)
        self.earliest, self.latest = earliest, latest

    def parse(self, text: str) -> date:
        try:
            day = parse_day(text)
        except NoSuchDay:
            raise ValueError(
                gettext("%(thing)s填的这一天不存在，请核对", thing=self.label.text)
            ) from None
        except YearOutside:
            raise ValueError(self._outside()) from None
        except ValueError:
            raise ValueError(
                gettext("%(thing)s请写成 2024-06-26 的样子", thing=self.label.text)
            ) from None
        if not self.earliest <= day.year <= self.latest:
            raise ValueError(self._outside())
        return day

    def _outside(self) -> str:
        return gettext(
            "%(thing)s的年份应在 %(low)s 到 %(high)s 之间",
            thing=self.label.text,
            low=self.earliest,
            high=self.latest,
        )


class WholeNumberField(_TypedField):
    """A whole number between bounds; empty is None, never 0."""

    def __init__(
        self,
        label: Any,
        low: int = 0,
        high: int = 9_999_999,
        *,
        required: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label, checks(required), **options)
        self.low, self.high = low, high

    def parse(self, text: str) -> int:
        try:
            number = parse_whole(text)
        except ValueError:
            raise ValueError(
                gettext("%(thing)s请填整数，例如 120", thing=self.label.text)
            ) from None
        return self.bounded(number)

    def bounded(self, number: int) -> int:
        """The number, where it lies between the bounds."""
        if number < self.low:
            raise ValueError(
                gettext("%(thing)s不能小于 %(low)s", thing=self.label.text, low=self.low)
            )
        if number > self.high:
            raise ValueError(
                gettext("%(thing)s不能大于 %(high)s，请核对", thing=self.label.text, high=self.high)
            )
        return number


class YearField(_TypedField):
    """A year as people write it: 2024, ２０２４, 2024年, 2024年度. It is a name, not a quantity."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, checks(required=True), **options)

    def parse(self, text: str) -> int:
        typed = half_width(text).replace(" ", "").removesuffix("度").removesuffix("年")
        year = int(typed) if re.fullmatch(r"[0-9]{4}", typed) else 0
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(gettext("%(thing)s请写成 2024 的样子", thing=self.label.text))
        return year


class DecimalNumberField(_TypedField):
    """A number with at most one decimal, such as class hours or a score."""

    def __init__(
        self, label: Any, low: int = 0, high: int = 1000, *, required: bool = False, **options: Any
    ) -> None:
        super().__init__(label, checks(required), **options)
        self.low, self.high = low, high

    def written(self, value: Any) -> str:
        return format(Decimal(value).normalize(), "f")

    def parse(self, text: str) -> Decimal:
        plain = half_width(text).replace(" ", "")
        try:
            if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,4})?", plain):
                raise InvalidOperation
            number = Decimal(plain)
            if number * 10 != int(number * 10):
                raise InvalidOperation
        except InvalidOperation:
            raise ValueError(
                gettext("%(thing)s请填数字，最多一位小数，例如 1.5", thing=self.label.text)
            ) from None
        if not self.low <= number <= self.high:
            raise ValueError(
                gettext(
                    "%(thing)s应在 %(low)s 到 %(high)s 之间",
                    thing=self.label.text,
                    low=self.low,
                    high=self.high,
                )
            )
        return number


class TermField(SelectField):
    """One member of a term; ``data`` is the member."""

    def __init__(
        self,
        label: Any,
        kind: type[T],
        *,
        required: bool = True,
        among: Sequence[T] | None = None,
        **options: Any,
    ) -> None:
        self.kind = kind
        self.among: Sequence[Term] = among or list(kind)
        super().__init__(label, checks(required), validate_choice=False, **options)
        self.optional = not required

    def iter_choices(self) -> Any:
        blank = [("", gettext("（未选）"))] if self.optional or self.data is None else []
        chosen = self.data.value if isinstance(self.data, Term) else str(self.data or "")
        for code, label in blank + [(str(m.value), say(m.label)) for m in self.among]:
            yield Choice(code, label, code == chosen, {})

    def has_groups(self) -> bool:
        return False

    def process_data(self, value: Any) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        code = clean_line(str(valuelist[0]))
        self.data = None
        if code:
            try:
                self.data = self.kind(code)
            except ValueError:
                raise ValueError(
                    gettext("请从列表中选择%(thing)s", thing=self.label.text)
                ) from None
            if self.data not in self.among:
                self.data = None
                raise ValueError(gettext("请从列表中选择%(thing)s", thing=self.label.text))


class TermsField(SelectMultipleField):
    """Any members of a term, as checkboxes; ``data`` is a list of members."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(
        self, label: Any, kind: type[T], *, required: bool = False, **options: Any
    ) -> None:
        self.kind = kind
        validators = [Required()] if required else []
        super().__init__(label, validators, validate_choice=False, **options)

    def iter_choices(self) -> Any:
        chosen = set(self.data or ())
        for member in self.kind:
            yield Choice(str(member.value), say(member.label), member in chosen, {})

    def has_groups(self) -> bool:
        return False

    def process_data(self, value: Any) -> None:
        self.data = list(value or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            self.data = [self.kind(clean_line(str(code))) for code in dict.fromkeys(valuelist)]
        except ValueError:
            self.data = []
            raise ValueError(gettext("请从列表中选择%(thing)s", thing=self.label.text)) from None


def words(value: Words) -> Any:
    """A lazily translated label for a form field."""
    from flask_babel import LazyString

    return LazyString(lambda: say(value))


__all__ = [
    "AtMost",
    "BooleanField",
    "DayField",
    "DecimalNumberField",
    "KeyField",
    "LineField",
    "NoteField",
    "PinyinField",
    "RecordField",
    "RecordsField",
    "Required",
    "TermField",
    "TermsField",
    "WholeNumberField",
    "YearField",
    "lazy_gettext",
    "words",
]
