"""Fields that choose among the office's own records."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from wtforms import SelectField, SelectMultipleField
from wtforms.fields.choices import Choice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from .text import clean_line
from .validators import Required, checks

_KEY = re.compile(r"[0-9]{1,9}")


class RecordField(SelectField):
    """One record of the office, by id; the form is given the choices before it is used."""

    def __init__(self, label: Any, *, required: bool = False, **options: Any) -> None:
        super().__init__(label, checks(required), choices=[], validate_choice=False, **options)
        self.optional = not required
        self.offered: list[tuple[str, str]] = []

    def offer(self, choices: Sequence[tuple[int, str]]) -> None:
        """The records to choose from."""
        self.offered = [(str(key), label) for key, label in choices]

    def iter_choices(self) -> Any:
        # A refused choice must not leave the first record looking chosen.
        known = str(self.data or "") in {key for key, _ in self.offered}
        if self.optional or not known:
            yield Choice("", gettext("（未选）"), not known, {})
        for key, label in self.offered:
            yield Choice(key, label, key == str(self.data or ""), {})

    def has_groups(self) -> bool:
        return False

    def process_data(self, value: Any) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        text = clean_line(str(valuelist[0]))
        self.data = None
        if text:
            if not _KEY.fullmatch(text):
                raise ValueError(gettext("请从列表中选择%(thing)s", thing=self.label.text))
            self.data = int(text)

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and str(self.data) not in {key for key, _ in self.offered}:
            raise ValidationError(gettext("请从列表中选择%(thing)s", thing=self.label.text))


class KeyField(SelectField):
    """One of a list's entries that are known by a word, not by a number; ``data`` is the word.

    A ledger may write what the entry is called instead.
    """

    def __init__(self, label: Any, *, required: bool = False, **options: Any) -> None:
        super().__init__(label, checks(required), choices=[], validate_choice=False, **options)
        self.optional = not required
        self.offered: list[tuple[str, str]] = []
        self.names: dict[str, str] = {}

    def offer(
        self, choices: Sequence[tuple[str, str]], names: Mapping[str, str] | None = None
    ) -> None:
        """The entries to choose from, and the keys of further names for them."""
        self.offered = list(choices)
        self.names = {**{label: key for key, label in choices}, **(names or {})}

    def iter_choices(self) -> Any:
        chosen = str(self.data or "")
        known = chosen in {key for key, _ in self.offered}
        if self.optional or not known:
            yield Choice("", gettext("（未选）"), not known, {})
        for key, label in self.offered:
            yield Choice(key, label, key == chosen, {})

    def has_groups(self) -> bool:
        return False

    def process_data(self, value: Any) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = clean_line(str(valuelist[0])) or None

    def pre_validate(self, form: Any) -> None:
        if self.data is None or self.data in {key for key, _ in self.offered}:
            return
        if (key := self.names.get(str(self.data))) is None:
            raise ValidationError(gettext("请从列表中选择%(thing)s", thing=self.label.text))
        self.data = key


class RecordsField(SelectMultipleField):
    """Any records of the office, by id, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, *, required: bool = False, **options: Any) -> None:
        super().__init__(
            label,
            [Required()] if required else [],
            choices=[],
            validate_choice=False,
            **options,
        )
        self.offered: list[tuple[str, str]] = []
        self.searches: dict[str, str] = {}
        self.notes: dict[str, str] = {}
        self.closed: frozenset[str] = frozenset()

    def offer(
        self,
        choices: Sequence[tuple[int, str]],
        searches: dict[int, str] | None = None,
        *,
        notes: Mapping[int, str] | None = None,
        closed: Collection[int] = (),
    ) -> None:
        """The records to choose from, and what a search for each may also find (pinyin).

        ``notes`` stand below their records. ``closed`` ones are shown and cannot be ticked; a form
        that sends one all the same is answered by the operation, which knows the reason.
        """
        self.offered = [(str(key), label) for key, label in choices]
        self.searches = {str(key): found for key, found in (searches or {}).items()}
        self.notes = {str(key): note for key, note in (notes or {}).items()}
        self.closed = frozenset(str(key) for key in closed)

    def iter_choices(self) -> Any:
        chosen = {str(key) for key in self.data or ()}
        for key, label in self.offered:
            search = self.searches.get(key, "")
            given: dict[str, Any] = {"data-search": search} if search else {}
            if key in self.closed:
                given["disabled"] = True
            yield Choice(key, label, key in chosen and key not in self.closed, given)

    def has_groups(self) -> bool:
        return False

    def process_data(self, value: Any) -> None:
        self.data = list(value or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        texts = [clean_line(str(value)) for value in dict.fromkeys(valuelist)]
        if not all(_KEY.fullmatch(text) for text in texts):
            self.data = []
            raise ValueError(gettext("请从列表中选择%(thing)s", thing=self.label.text))
        self.data = [int(text) for text in texts]

    def pre_validate(self, form: Any) -> None:
        offered = {key for key, _ in self.offered}
        if any(str(key) not in offered for key in self.data or ()):
            raise ValidationError(gettext("请从列表中选择%(thing)s", thing=self.label.text))
