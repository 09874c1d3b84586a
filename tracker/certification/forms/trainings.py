"""The form of a training."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from tracker.certification.drafts import TrainingDraft
from tracker.certification.models import OfficerTraining
from tracker.certification.terms import TrainingKind
from tracker.kernel.fields import (
    DayField,
    DecimalNumberField,
    LineField,
    NoteField,
    RecordsField,
    TermField,
)
from tracker.kernel.forms import RecordForm

from .shared import values_of


class TrainingForm(RecordForm[TrainingDraft]):
    """One training."""

    title = LineField(_("培训名称"), 200, required=True)
    held_on = DayField(_("培训日期"), required=True)
    kind = TermField(_("培训类别"), TrainingKind)
    hours = DecimalNumberField(
        _("学时"), 0, 200, required=True, description=_("整场培训的学时，不乘人数")
    )
    organiser = LineField(_("组织单位"), 100)
    officer_ids = RecordsField(_("参训人员"))
    note = NoteField(_("备注"), 2000)

    @staticmethod
    def values_of(training: OfficerTraining) -> dict[str, Any]:
        """A training as the form shows it."""
        return {
            **values_of(training, TrainingDraft, "officer_ids"),
            "officer_ids": [attendee.officer_id for attendee in training.attendees],
        }

    def draft(self) -> TrainingDraft:
        """The training as entered."""
        return TrainingDraft(
            title=self.title.data or "",
            held_on=self.held_on.data,
            hours=self.hours.data,
            kind=self.kind.data,
            organiser=self.organiser.data or "",
            officer_ids=tuple(self.officer_ids.data or ()),
            note=self.note.data or "",
        )
