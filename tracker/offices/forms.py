"""The form of a village."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from tracker.kernel.fields import (
    DayField,
    LineField,
    NoteField,
    PinyinField,
    TermField,
    WholeNumberField,
)
from tracker.kernel.forms import RecordForm

from .drafts import VillageDraft
from .models import Village
from .terms import VillageKind


class VillageForm(RecordForm[VillageDraft]):
    """One village."""

    name = LineField(_("村（社区）名称"), 40, required=True)
    kind = TermField(_("类别"), VillageKind)
    population = WholeNumberField(_("人口"), 0, 1_000_000)
    households = WholeNumberField(_("户数"), 0, 1_000_000)
    pinyin = PinyinField(_("拼音"), description=_("留空自动生成；多音字读错时可改，供搜索用"))
    closed_on = DayField(_("撤并日期"), description=_("已撤并的村才填，历史记录不受影响"))
    note = NoteField(_("备注"), 500)

    @staticmethod
    def values_of(village: Village) -> dict[str, Any]:
        """A village as the form shows it."""
        return {
            "version": str(village.version),
            **{name: getattr(village, name) for name in VillageDraft.__dataclass_fields__},
        }

    def draft(self) -> VillageDraft:
        """The village as entered."""
        return VillageDraft(
            name=self.name.data or "",
            kind=self.kind.data or VillageKind.of_name(self.name.data or ""),
            population=self.population.data,
            households=self.households.data,
            pinyin=self.pinyin.data or "",
            closed_on=self.closed_on.data,
            note=self.note.data or "",
        )


class VillageRowForm(VillageForm):
    """A row of a list of villages; its kind is told by the name where the list does not say it."""

    kind = TermField(_("类别"), VillageKind, required=False)
