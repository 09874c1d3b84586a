"""The forms of the checker: a report to be read, and which figure a number is."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.validators import ValidationError

from tracker.kernel.errors import RuleBroken, TrackerError
from tracker.kernel.fields import NoteField
from tracker.kernel.forms import BaseForm
from tracker.kernel.text import clean
from tracker.kernel.words import Words

from . import documents

#: What a browser sends in one field, with room to spare.
LONGEST_PASTED = 100_000
_NOTHING = Words("请选择报告文件，或者粘贴正文", "Choose the report's file, or paste its text")


class ReportForm(BaseForm):
    """A report as a file, or as text."""

    file = FileField(_("报告文件"), render_kw={"accept": ".docx,.txt"})
    text = NoteField(_("或者粘贴正文"), LONGEST_PASTED, render_kw={"rows": "10"})

    def report(self) -> str:
        """The text to be checked; of the file, where both are given.

        :raises RuleBroken: without either, and for a file that is no report.
        """
        if self.file.data:
            with closing(self.file.data) as sent:
                data = sent.stream.read(documents.MOST_BYTES + 1)
            try:
                return clean(documents.text_of(data))
            except TrackerError as error:
                raise RuleBroken("file", error.message) from error
        if not self.text.data:
            raise RuleBroken("file", _NOTHING)
        return str(self.text.data)


#: Groups of figures, each with key and label.
Offered = Mapping[str, list[tuple[str, str]]]


class BindForm(BaseForm):
    """Which figure a number of the text is."""

    text = NoteField(_("正文"), LONGEST_PASTED, required=True, render_kw={"rows": "14"})
    number = SelectField(_("文中的数"), choices=[], validate_choice=False)
    figure = SelectField(_("说的是哪个指标"), choices=[], validate_choice=False)

    def offer(
        self, numbers: list[tuple[str, str]], figures: Mapping[str, list[tuple[str, str]]]
    ) -> None:
        """The numbers of the text, and all figures by their groups."""
        nothing = ("", gettext("请选择"))
        self.number.choices = [nothing, *numbers]
        self.figure.choices = {gettext("请选择"): [nothing], **figures}
        self._numbers = {value for value, _label in numbers}
        self._figures = {key for group in figures.values() for key, _label in group}

    def validate_number(self, field: SelectField) -> None:
        """Only a number of the text."""
        if field.data not in self._numbers:
            raise ValidationError(gettext("请选择文中的数"))

    def validate_figure(self, field: SelectField) -> None:
        """Only a figure of the year."""
        if field.data not in self._figures:
            raise ValidationError(gettext("请选择指标"))
