"""The form of the plan: strings in, one draft out."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _

from tracker.kernel.errors import RuleBroken
from tracker.kernel.fields import DayField, LineField, NoteField, WholeNumberField
from tracker.kernel.forms import RecordForm
from tracker.kernel.period import FIRST_YEAR, LAST_YEAR
from tracker.kernel.text import half_width
from tracker.kernel.words import Words

from .drafts import PlanItemDraft
from .models import PlanItem


class PlanItemForm(RecordForm[PlanItemDraft]):
    """One item of the responsibility list."""

    content = LineField(_("普法内容"), 300, required=True)
    year = LineField(_("计划年度"), 10, description=_("留空时按完成时限的年份"))
    position = WholeNumberField(_("序号"), 0, 9999, description=_("留空排在最后"))
    laws = LineField(_("宣传的法律法规"), 300, description=_("用顿号隔开，例如：宪法、民法典"))
    leader = LineField(_("责任领导"), 100)
    responsible_person = LineField(_("责任人"), 100)
    responsible_office = LineField(_("责任处室"), 200)
    audience = LineField(_("普法对象"), 200)
    carrier = LineField(_("学习宣传载体"), 300)
    measure = NoteField(_("方式措施"), 500)
    standard = NoteField(_("标准"), 500)
    due_on = DayField(_("完成时限"), description=_("留空表示当年12月31日前"))
    target_events = WholeNumberField(
        _("目标活动次数"), 0, 9999, description=_("两项目标都不填的，办过一次即为完成")
    )
    target_person_times = WholeNumberField(_("目标人次"))
    note = NoteField(_("备注"), 2000)

    @staticmethod
    def values_of(item: PlanItem) -> dict[str, Any]:
        """An item as the form shows it."""
        return {
            "version": str(item.version),
            **{name: getattr(item, name) for name in PlanItemDraft.__dataclass_fields__},
            "year": str(item.year),
        }

    def draft(self) -> PlanItemDraft:
        """The item as entered.

        :raises RuleBroken: when neither the year nor the day says whose year's plan it is of.
        """
        due_on = self.due_on.data
        if self.year.data:
            year = _year(self.year.data)
        elif due_on is not None:
            year = due_on.year
        else:
            raise RuleBroken(
                "year", Words("请填写计划年度或完成时限", "Enter the year of the plan or a due day")
            )
        return PlanItemDraft(
            year=year,
            content=self.content.data or "",
            position=self.position.data,
            laws=self.laws.data or "",
            leader=self.leader.data or "",
            responsible_person=self.responsible_person.data or "",
            responsible_office=self.responsible_office.data or "",
            audience=self.audience.data or "",
            carrier=self.carrier.data or "",
            measure=self.measure.data or "",
            standard=self.standard.data or "",
            due_on=due_on,
            target_events=self.target_events.data,
            target_person_times=self.target_person_times.data,
            note=self.note.data or "",
        )


def _year(typed: str) -> int:
    """A year as people write it: 2024, ２０２４, 2024年, 2024年度.

    :raises RuleBroken: for anything else, and for a year the tracker does not reach.
    """
    text = half_width(typed).replace(" ", "").removesuffix("度").removesuffix("年")
    year = int(text) if re.fullmatch(r"[0-9]{4}", text) else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleBroken(
            "year", Words("计划年度请写成 2024 的样子", "Write the year of the plan like 2024")
        )
    return year
