"""What may be written in each column of a ledger to be taken in, read off the form behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy.orm import Session

from tracker.kernel.fields import (
    BooleanField,
    DayField,
    DecimalNumberField,
    RecordField,
    RecordsField,
    TermField,
    TermsField,
    WholeNumberField,
)
from tracker.kernel.intake import Intake
from tracker.kernel.register import Column
from tracker.kernel.scope import Scope
from tracker.kernel.terms import Term
from tracker.kernel.words import Words

from .cells import YES_NO

#: ``known`` is the record's own number, ``one`` a choice, ``several`` any choices.
Shape = Literal["text", "whole", "decimal", "day", "one", "several", "flag", "known"]
#: The records' own numbers (编号), by which a row is recognised again.
NUMBER = "number"
_HIGHEST = 9_999_999
#: Nobody scrolls through a longer list.
MOST_CHOICES = 2000

_SAYS: dict[Shape, Words] = {
    "text": Words("文字", "Text"),
    "whole": Words("整数", "Whole number"),
    "decimal": Words("数字，最多一位小数", "Number, at most one decimal"),
    "day": Words("日期，如 2024-06-26", "Date, such as 2024-06-26"),
    "one": Words("从列表中选一项", "Choose one of the list"),
    "several": Words("可填几项，用顿号隔开", "Any of the list, with 、 between them"),
    "flag": Words("填「是」或「否」", "是 (yes) or 否 (no)"),
    "known": Words("新记录留空", "Empty for new records"),
}
_REQUIRED = Words("必填", "Required")
_OPEN = Words("可写新名称", "New names may be written")
_BETWEEN_NUMBERS = Words("{low} 至 {high}", "{low} to {high}")
_AT_MOST = Words("不超过 {most} 字", "At most {most} characters")
_EMPTY_IS = Words("留空为「{default}」", "“{default}” where empty")
_ROUGHLY = Words("可写「约200人」", "约200人 may be written")


@dataclass(frozen=True)
class EntryRule:
    """What one column takes.

    ``low`` and ``high`` bound numbers, ``first`` and ``last`` days, ``most`` a text's length.
    ``choices`` are the names of a list; an ``open`` list takes others too, which are then entered
    as new, and a ``partial`` one is not all of what there is. A ``rough`` number may be written as
    an estimate, since its basis is recorded. An empty cell means ``default``, where there is one.
    ``hint`` is what the form says of the field.
    """

    column: Column
    shape: Shape
    required: bool = False
    low: int = 0
    high: int = _HIGHEST
    first: date = date(1990, 1, 1)
    last: date = date(2100, 12, 31)
    most: int = 0
    choices: tuple[str, ...] = ()
    open: bool = False
    partial: bool = False
    rough: bool = False
    default: str = ""
    hint: str = ""

    @property
    def is_text(self) -> bool:
        """Whether cells hold text whatever is typed, so that no digit is lost or reckoned with."""
        return self.shape not in ("whole", "decimal", "day")

    def say(self, language: str) -> str:
        """What to write, in a few words."""
        told = [_REQUIRED] if self.required else []
        told.append(_SAYS[self.shape])
        if self.open:
            told.append(_OPEN)
        if self.shape in ("whole", "decimal") and (self.low, self.high) != (0, _HIGHEST):
            told.append(_BETWEEN_NUMBERS.fill(low=self.low, high=f"{self.high:,}"))
        if self.rough:
            told.append(_ROUGHLY)
        if self.most and self.shape == "text":
            told.append(_AT_MOST.fill(most=self.most))
        if self.default:
            told.append(_EMPTY_IS.fill(default=self.default))
        texts = [words.say(language) for words in told]
        if self.hint:
            texts.append(self.hint)
        return ("；" if language != "en" else "; ").join(texts)


def rules_of(session: Session, scope: Scope, intake: Intake, language: str) -> list[EntryRule]:
    """The rules of all columns that can be filled, in the register's order.

    Columns that are worked out from others are left out; the form decides about all the rest, and
    ``scope`` about whose lists it offers.
    """
    form = intake.form(session, scope)
    rules = []
    for column in intake.register.columns:
        name = intake.field_of(column)
        if column.key == NUMBER:
            rules.append(EntryRule(column, "known"))
        elif name:
            rule = _rule(intake, column, form._fields.get(name), language)
            if (known := intake.choices.get(column.key)) is not None:
                rule = replace(rule, shape="one", choices=tuple(dict.fromkeys(known(form))))
            if len(rule.choices) > MOST_CHOICES:
                rule = replace(rule, choices=rule.choices[:MOST_CHOICES], partial=True)
            rules.append(rule)
    return rules


def _rule(intake: Intake, column: Column, field: Any, language: str) -> EntryRule:
    if field is None:
        return _by_kind(column, language)
    flags = field.flags
    told: dict[str, Any] = {
        "required": column.required
        or bool(flags.required and field.short_name not in intake.defaults),
        "hint": str(field.description or ""),
    }
    default = intake.defaults.get(field.short_name)
    if isinstance(default, Term):
        told["default"] = default.label.say(language)
    if isinstance(field, DayField):
        first, last = date(field.earliest, 1, 1), date(field.latest, 12, 31)
        return EntryRule(column, "day", first=first, last=last, **told)
    if isinstance(field, WholeNumberField | DecimalNumberField):
        shape: Shape = "whole" if isinstance(field, WholeNumberField) else "decimal"
        rough = field.short_name in intake.bases
        return EntryRule(column, shape, low=field.low, high=field.high, rough=rough, **told)
    if isinstance(field, BooleanField):
        return EntryRule(column, "flag", choices=_said(YES_NO, language), **told)
    if isinstance(field, TermField | TermsField):
        members = getattr(field, "among", field.kind)
        several: Shape = "several" if isinstance(field, TermsField) else "one"
        choices = _said((member.label for member in members), language)
        return EntryRule(column, several, choices=choices, **told)
    if isinstance(field, RecordField | RecordsField):
        reference = intake.references.get(column.key)
        return EntryRule(
            column,
            "several" if isinstance(field, RecordsField) else "one",
            choices=tuple(dict.fromkeys(label for _, label in field.offered if label)),
            open=reference is not None and reference.create is not None,
            **told,
        )
    return EntryRule(column, "text", most=getattr(flags, "longest", None) or 0, **told)


def _by_kind(column: Column, language: str) -> EntryRule:
    """The rule of a column whose field another column decides about."""
    if column.term is not None:
        choices = _said((member.label for member in column.term), language)
        return EntryRule(column, "one", column.required, choices=choices)
    if column.kind == "flag":
        return EntryRule(column, "flag", column.required, choices=_said(YES_NO, language))
    shapes: dict[str, Shape] = {"number": "decimal", "date": "day"}
    return EntryRule(column, shapes.get(column.kind, "text"), column.required)


def _said(labels: Iterable[Words], language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label.say(language) for label in labels))
