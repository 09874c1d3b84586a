"""The form of an officer."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from tracker.certification.drafts import OfficerDraft
from tracker.certification.models import Officer
from tracker.certification.terms import EstablishmentKind, Sex
from tracker.kernel.fields import (
    BooleanField,
    DayField,
    LineField,
    NoteField,
    PinyinField,
    TermField,
)
from tracker.kernel.forms import RecordForm

from .shared import CodeField, values_of

#: Fields that are folded away; the page opens the fold when one of them is wrong.
MORE_FIELDS = ("post_until", "leave_reason", "pinyin", "note")


class OfficerForm(RecordForm[OfficerDraft]):
    """One officer."""

    name = LineField(_("姓名"), 40, required=True)
    sex = TermField(_("性别"), Sex, required=False)
    station = LineField(_("所在站所"), 60)
    post = LineField(_("职务"), 60)
    establishment = TermField(_("编制类别"), EstablishmentKind)
    phone = CodeField(_("联系电话"), 40)
    post_from = DayField(_("到岗日期"), required=True)
    enforcement_post = BooleanField(
        _("在执法岗位"), description=_("从事行政执法工作的勾选，计入执法岗位人数和持证率")
    )
    law_qualified = BooleanField(_("取得国家统一法律职业资格"))
    post_until = DayField(
        _("离岗日期"), description=_("调出、退休的填写，从这一天起不再计入在岗人数")
    )
    leave_reason = LineField(_("离岗原因"), 100)
    pinyin = PinyinField(_("拼音"), description=_("留空自动生成；多音字读错时可改，供搜索用"))
    note = NoteField(_("备注"), 2000)

    @staticmethod
    def values_of(officer: Officer) -> dict[str, Any]:
        """An officer as the form shows it."""
        return values_of(officer, OfficerDraft)

    def draft(self) -> OfficerDraft:
        """The officer as entered."""
        return OfficerDraft(
            name=self.name.data or "",
            sex=self.sex.data,
            station=self.station.data or "",
            post=self.post.data or "",
            establishment=self.establishment.data,
            enforcement_post=bool(self.enforcement_post.data),
            post_from=self.post_from.data,
            post_until=self.post_until.data,
            leave_reason=self.leave_reason.data or "",
            phone=self.phone.data or "",
            law_qualified=bool(self.law_qualified.data),
            pinyin=self.pinyin.data or "",
            note=self.note.data or "",
        )
