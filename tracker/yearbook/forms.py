"""Forms of closing a year: a note with a step, the reason of an acceptance."""

from __future__ import annotations

from flask_babel import lazy_gettext

from tracker.kernel.fields import LineField
from tracker.kernel.forms import RecordForm


class StepForm(RecordForm[str]):
    """A step of closing a year, with a note."""

    note = LineField(lazy_gettext("备注"), 500)

    def draft(self) -> str:
        return str(self.note.data or "")


class ReasonForm(RecordForm[str]):
    """A step that must say why."""

    note = LineField(lazy_gettext("原因"), 500, required=True)

    def draft(self) -> str:
        return str(self.note.data)


class AcceptForm(RecordForm[str]):
    """Why a finding is left as it is."""

    reason = LineField(lazy_gettext("接受的原因"), 200, required=True)

    def draft(self) -> str:
        return str(self.reason.data)
