"""One row of a ledger through the register's own form: a draft, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms.utils import unset_value

from tracker.kernel.errors import RuleBroken, TrackerError
from tracker.kernel.fields import RecordField, RecordsField, Required
from tracker.kernel.forms import RecordForm
from tracker.kernel.intake import Intake, Reference
from tracker.kernel.register import Column
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from .comparing import printed
from .completing import base_counts, end_spans, is_choice
from .entries import Entry, is_nothing, read
from .layout import Line
from .names import Names, UnknownNames
from .outcome import Fault

_ASKED = frozenset({"version", "once", "csrf_token", "submit"})
_MERGED = Words(
    "「{column}」几行合并成一格，数字会重复计算。请取消合并，每行各填各的数",
    "“{column}” is merged over several rows and would count twice; unmerge it, a number per row",
)


@dataclass
class Entered:
    """A row that was read. ``draft`` is None where ``faults`` say why. ``sent`` is what the form
    was given, and ``values`` what it made of it."""

    draft: Any = None
    values: dict[str, Any] = field(default_factory=dict)
    sent: dict[str, list[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)
    unknown: list[tuple[Reference, str]] = field(default_factory=list)


class Entrance:
    """A register's form, filled row after row. One form serves all rows: making it is the cost."""

    def __init__(self, intake: Intake, session: Session, scope: Scope) -> None:
        self._intake, self._session, self._scope = intake, session, scope
        self._forms: dict[type[RecordForm[Any]], RecordForm[Any]] = {}
        self._names: dict[tuple[type[Any], str], Names] = {}
        self._columns = {column.key: column for column in intake.register.columns}
        self._worn: dict[type[RecordForm[Any]], set[str]] = {}
        self._unsent: dict[str, Any] = {}
        self._required: dict[type[RecordForm[Any]], set[str]] = {}
        self._looked_at: set[str] = set()

    def enter(
        self,
        line: Line,
        places: Mapping[str, int],
        year: int | None,
        record: Any = None,
        changed: frozenset[str] | None = None,
    ) -> Entered:
        """Read a row. For an existing ``record`` only the ``changed`` columns are taken."""
        result = Entered()
        form = self._form(line.texts)
        wanted = set(line.cells) if changed is None else changed
        entries: dict[str, Entry] = {}
        for key in places:
            column = self._columns[key]
            name = self._intake.field_of(column)
            if key not in wanted or not name or name not in form._fields:
                continue
            entry = self._read(form, column, name, line, places, year, result)
            if entry is not None:
                entries[name] = entry
        for name, message in end_spans(self._intake, form, entries, line.texts):
            result.faults.append(self.fault(RuleBroken(name, message), places, line))
        base_counts(self._intake, entries, line.texts, record)
        result.sent = {name: entry.values for name, entry in entries.items()}
        result.notes += [note for entry in entries.values() for note in entry.notes]
        self._process(form, result.sent, record)
        result.values = {name: form._fields[name].data for name in entries}
        self._validate(form, entries, places, line, result)
        return result

    def as_before(self, record: Any, before: Mapping[str, list[str]]) -> Any:
        """The draft of a record with these fields as they were.

        :raises TrackerError: when they are no longer right.
        """
        kind = self._intake.form_of(
            {c.key: printed(c.read(record)) for c in self._columns.values()}
        )
        form = self._form_of_kind(kind, {})
        self._process(form, before, record)
        for name, values in before.items():
            chooser = form._fields[name]
            if isinstance(chooser, RecordField | RecordsField):
                _keep_offered(chooser, [int(value) for value in values])
        if not form.validate():
            raise TrackerError(
                Words("有内容已不能恢复原样：{what}", "Something cannot be put back: {what}").fill(
                    what="；".join(str(m) for f in form._fields.values() for m in f.errors)
                )
            )
        return form.draft()

    def learn(self, reference: Reference, key: int, name: str) -> None:
        """Know a record that was just made by its name."""
        for (form_type, field_name), names in self._names.items():
            if names.reference is reference:
                names.add(str(key), name)
                self._forms[form_type]._fields[field_name].offered.append((str(key), name))

    def _form(self, cells: Mapping[str, str]) -> RecordForm[Any]:
        return self._form_of_kind(self._intake.form_of(cells), cells)

    def _form_of_kind(
        self, kind: type[RecordForm[Any]], cells: Mapping[str, str]
    ) -> RecordForm[Any]:
        if kind not in self._forms:
            form = self._forms[kind] = self._intake.form(self._session, self._scope, cells)
            self._required[kind] = {
                name
                for name, field_ in form._fields.items()
                if any(isinstance(each, Required) for each in field_.validators)
            }
            for column in self._intake.register.columns:
                name = self._intake.field_of(column)
                chooser = form._fields.get(name)
                if isinstance(chooser, RecordField | RecordsField):
                    reference = self._intake.references.get(column.key)
                    self._names[kind, name] = Names(
                        chooser.offered,
                        reference or Reference(column.label),
                        optional=getattr(chooser, "optional", True),
                    )
        return self._forms[kind]

    def _read(
        self,
        form: RecordForm[Any],
        column: Column,
        name: str,
        line: Line,
        places: Mapping[str, int],
        year: int | None,
        result: Entered,
    ) -> Entry | None:
        """One cell; what cannot be read is noted in ``result``."""
        cell = line.cells.get(column.key)
        field_ = form._fields[name]
        text = line.texts[column.key]
        nothing = is_nothing(text) and not column.required and not is_choice(text, column)
        if text == "" or nothing:
            return Entry([])
        if column.key in line.merged and column.kind == "number":
            message = _MERGED.fill(column=column.label)
            result.faults.append(Fault(column.label.zh, places[column.key], text, message))
            return None
        names = self._names.get((type(form), name)) or Names((), Reference(column.label))
        try:
            return read(field_, cell, text, year, names, self._intake.said.get(column.key))
        except UnknownNames as error:
            reference = names.reference
            result.unknown += [(reference, each) for each in error.names]
            result.faults.append(Fault(column.label.zh, places[column.key], text, error.message))
        except TrackerError as error:
            result.faults.append(Fault(column.label.zh, places[column.key], text, error.message))
        return None

    def _process(self, form: RecordForm[Any], sent: Mapping[str, list[str]], record: Any) -> None:
        data = dict(self._intake.defaults)
        if record is not None:
            data = dict(self._intake.values_of(record))
        posted: MultiDict[str, str] = MultiDict(
            [(name, value) for name, values in sent.items() for value in values]
        )
        form.form_errors = []
        # A field as it was made needs no second look; those of the row before are made so again.
        worn = self._worn.setdefault(type(form), set(form._fields) - _ASKED)
        names = set(form._fields) - _ASKED if record is not None else worn | set(sent)
        for name in names:
            field_ = form._fields[name]
            given = data.get(name, unset_value)
            # An empty cell of a new record leaves the default; of an existing one it empties.
            taken = name in sent and (bool(sent[name]) or record is not None)
            field_.process(posted if taken else None, given)
            if taken and not sent[name]:
                field_.data = [] if isinstance(field_.data, list) else None
            if isinstance(field_, RecordField | RecordsField) and record is not None:
                _keep_offered(field_, given)
        self._worn[type(form)] = names if record is not None else set(sent)
        self._unsent = {n: form._fields[n].data for n in form._fields if n not in sent}
        self._looked_at = names | self._required[type(form)]

    def _is_right(self, form: RecordForm[Any]) -> bool:
        """`form.validate`, of the fields that this row or the one before has touched."""
        if type(form).validate is not RecordForm.validate:
            return bool(form.validate())
        right = [form._fields[name].validate(form) for name in self._looked_at]
        return all(right)

    def _validate(
        self,
        form: RecordForm[Any],
        entries: Mapping[str, Entry],
        places: Mapping[str, int],
        line: Line,
        result: Entered,
    ) -> None:
        """Check the form and, where all of the row could be read, make the draft."""
        unread = {fault.place for fault in result.faults}
        if self._is_right(form):
            if result.faults:
                return
            try:
                result.draft = form.draft()
            except RuleBroken as error:
                result.faults.append(self.fault(error, places, line))
            self._worn[type(form)] |= {
                name for name, data in self._unsent.items() if form._fields[name].data is not data
            }
            return
        for name, field_ in form._fields.items():
            for message in field_.errors:
                fault = self.fault(RuleBroken(name, Words.same(str(message))), places, line)
                if not unread or (name in entries and fault.place not in unread):
                    result.faults.append(fault)
        if not unread:
            result.faults += [
                Fault("", None, "", Words.same(str(message))) for message in form.form_errors
            ]

    def fault(self, error: RuleBroken, places: Mapping[str, int], line: Line) -> Fault:
        """A refusal, beside the cell that it is about."""
        for column in self._intake.register.columns:
            if self._intake.field_of(column) == error.field or column.key == error.field:
                return Fault(
                    column.label.zh,
                    places.get(column.key),
                    line.texts.get(column.key, ""),
                    error.message,
                )
        return Fault("", None, "", error.message)


def _keep_offered(field_: RecordField | RecordsField, given: Any) -> None:
    """What the record already has may stay, though it is out of use."""
    known = {key for key, _ in field_.offered}
    kept = given if isinstance(given, list | tuple) else [given]
    for key in kept:
        if isinstance(key, int) and str(key) not in known:
            field_.offered.append((str(key), ""))
