"""The forms of the calendar: strings in, one draft out."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from tracker.kernel.fields import BooleanField, DayField, LineField, WholeNumberField
from tracker.kernel.forms import RecordForm

from .days import Occurrence
from .drafts import ConfirmationDraft, LocalDayDraft
from .models import LocalDay
from .terms import Sureness


class LocalDayForm(RecordForm[LocalDayDraft]):
    """One publicity day of the office's own."""

    name = LineField(_("名称"), 60, required=True)
    month = WholeNumberField(_("开始的月份"), 1, 12, required=True)
    day = WholeNumberField(_("开始的日子"), 1, 31, required=True)
    end_month = WholeNumberField(_("结束的月份"), 1, 12, description=_("只有一天的不用填"))
    end_day = WholeNumberField(_("结束的日子"), 1, 31)
    by_notice = BooleanField(
        _("每年日期以通知为准"), description=_("上面填的只是惯例日期，每年在日历里确认")
    )
    laws = LineField(_("宣传的法律法规"), 300, description=_("用顿号隔开，例如：宪法、民法典"))
    basis = LineField(_("依据"), 200)
    in_use = BooleanField(_("继续使用"), default=True)

    @staticmethod
    def values_of(day: LocalDay) -> dict[str, Any]:
        """A day as the form shows it."""
        return {name: getattr(day, name) for name in LocalDayDraft.__dataclass_fields__}

    def draft(self) -> LocalDayDraft:
        """The day as entered; without an end it is a single day."""
        end_month = self.end_month.data or self.month.data
        end_day = self.end_day.data or (self.day.data if end_month == self.month.data else 1)
        return LocalDayDraft(
            name=self.name.data or "",
            month=self.month.data,
            day=self.day.data,
            end_month=end_month,
            end_day=end_day,
            by_notice=bool(self.by_notice.data),
            laws=self.laws.data or "",
            basis=self.basis.data or "",
            in_use=bool(self.in_use.data),
        )


class ConfirmationForm(RecordForm[ConfirmationDraft]):
    """When a day falls in one year, by which notice."""

    first_on = DayField(_("开始日期"), required=True)
    last_on = DayField(_("结束日期"), description=_("只有一天的不用填"))
    notice = LineField(
        _("依据的通知"), 200, required=True, description=_("例如：某年某月某日的通知名称或文号")
    )

    @staticmethod
    def values_of(found: Occurrence) -> dict[str, Any]:
        """The dates the calendar has so far, to be confirmed or mended."""
        if found.span is None:
            return {}
        single = found.span.first == found.span.last
        return {
            "first_on": found.span.first,
            "last_on": None if single else found.span.last,
            "notice": found.notice if found.sureness is Sureness.CONFIRMED else "",
        }

    def draft(self) -> ConfirmationDraft:
        """The dates as entered."""
        return ConfirmationDraft(
            first_on=self.first_on.data,
            last_on=self.last_on.data or self.first_on.data,
            notice=self.notice.data or "",
        )
