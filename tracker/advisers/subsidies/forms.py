"""The forms of the subsidies: strings in, one draft out."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from tracker.advisers.queries import open_advisers
from tracker.kernel.fields import (
    DayField,
    LineField,
    NoteField,
    RecordField,
    WholeNumberField,
    YearField,
    words,
)
from tracker.kernel.forms import RecordForm
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.queries import open_villages

from .drafts import SubsidyDraft
from .models import MOST_YUAN, AdviserSubsidy


class DecisionForm(RecordForm[SubsidyDraft]):
    """What one adviser is paid for one year; whom it is of is not chosen on the form."""

    amount_decided = WholeNumberField(_("核定金额（元）"), 0, MOST_YUAN, required=True)
    reason = LineField(
        _("与测算不同的原因"),
        200,
        description=_("核定金额与测算金额不同时填写，例如考核不合格扣减"),
    )
    paid_on = DayField(_("发放日期"), description=_("还没有发放的留空"))
    note = NoteField(_("备注"), 2000)

    def of(self, year: int, adviser_id: int, village_id: int | None) -> DecisionForm:
        """The form, told whom it is of."""
        self.whom = (year, adviser_id, village_id)
        return self

    @staticmethod
    def values_of(subsidy: AdviserSubsidy) -> dict[str, Any]:
        """A subsidy as the form shows it."""
        names = SubsidyDraft.__dataclass_fields__
        return {"version": str(subsidy.version), **{n: getattr(subsidy, n) for n in names}}

    def draft(self) -> SubsidyDraft:
        """The subsidy as entered."""
        return SubsidyDraft(
            *self.whom,
            amount_decided=self.amount_decided.data,
            reason=self.reason.data or "",
            paid_on=self.paid_on.data,
            note=self.note.data or "",
        )


class SubsidyRowForm(DecisionForm):
    """One row of a ledger, which says whom it is of."""

    year = YearField(_("补助年度"))
    adviser_id = RecordField(words(Words("法律顾问", "Adviser")), required=True)
    village_id = RecordField(_("村（社区）"))

    def offer(self, session: Session, scope: Scope, subsidy: AdviserSubsidy | None = None) -> None:
        """Give the form the office's advisers and villages, with the subsidy's own."""
        own = scope.for_writing
        advisers = {a.id: a.name for a in open_advisers(session, own)}
        villages = {v.id: v.name for v in open_villages(session, own)}
        if subsidy is not None:
            advisers[subsidy.adviser.id] = subsidy.adviser.name
            if subsidy.village is not None:
                villages[subsidy.village.id] = subsidy.village.name
        self.adviser_id.offer(list(advisers.items()))
        self.village_id.offer(list(villages.items()))

    def draft(self) -> SubsidyDraft:
        """The subsidy as entered."""
        self.of(self.year.data, self.adviser_id.data, self.village_id.data)
        return super().draft()


class PaymentForm(RecordForm[date]):
    """One day on which all that were decided were paid."""

    paid_on = DayField(_("发放日期"), required=True)

    def draft(self) -> date:
        """The day."""
        day: date = self.paid_on.data
        return day
