"""The form that takes in a form's file."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import PurePath
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage

from tracker.kernel.errors import RuleBroken, TrackerError
from tracker.kernel.fields import LineField
from tracker.kernel.forms import RecordForm
from tracker.kernel.text import clean_line, shorten
from tracker.kernel.words import Words
from tracker.workbooks.grid import MOST_BYTES

from .drafts import CountyFormDraft, FormFile
from .meanings import NO_MARKS
from .models import LONGEST_SURVEY, CountyForm
from .operations import NO_FILE

_NO_NAME = Words("请填写表格名称", "Give the form a name")


class CountyFormForm(RecordForm[CountyFormDraft]):
    """One form. The file is looked through by a child process before anything is kept."""

    file = FileField(_("表样文件"), render_kw={"accept": ".xlsx"})
    name = LineField(_("表格名称"), 100, description=_("留空就用文件名"))

    def __init__(self, *args: Any, replacing: bool = False, **kwargs: Any) -> None:
        """``replacing``: a form is there already, and so is its file."""
        super().__init__(*args, **kwargs)
        self.replacing = replacing

    @staticmethod
    def values_of(form: CountyForm) -> dict[str, Any]:
        """A form as the page shows it."""
        return {"version": str(form.version), "name": form.name}

    def draft(self) -> CountyFormDraft:
        """The form as entered.

        :raises RuleBroken: when the file is none that can be filled.
        """
        if not self.file.data and not self.replacing:
            raise RuleBroken("file", NO_FILE)
        if not self.name.data and self.replacing:
            raise RuleBroken("name", _NO_NAME)
        file = _taken_in(self.file.data) if self.file.data else None
        name = self.name.data or (PurePath(file.file_name).stem[:100] if file else "")
        return CountyFormDraft(name, file)


def _taken_in(sent: FileStorage) -> FormFile:
    from . import opening

    with closing(sent):
        content = sent.stream.read(MOST_BYTES + 1)
    file_name = _plain_name(sent.filename or "")
    try:
        found = opening.survey(content, file_name)
        if not (found.places or found.blocks or found.faults):
            raise TrackerError(NO_MARKS)
    except TrackerError as error:
        raise RuleBroken("file", error.message) from error
    survey = found.to_json()
    if len(survey) > LONGEST_SURVEY:
        raise ValueError("a survey is longer than its limits allow")
    return FormFile(file_name, content, hashlib.sha256(content).hexdigest(), survey)


def _plain_name(name: str) -> str:
    """The file's own name, without the folders some browsers send along."""
    return shorten(clean_line(PurePath(name.replace("\\", "/")).name), 200) or "form.xlsx"
