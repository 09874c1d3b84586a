"""Forms of the rules: which pack, and an office's own value of one rule."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from tracker.kernel.errors import RuleBroken
from tracker.kernel.fields import (
    BooleanField,
    DecimalNumberField,
    LineField,
    TermField,
    TermsField,
    WholeNumberField,
    words,
)
from tracker.kernel.forms import RecordForm
from tracker.kernel.text import half_width
from tracker.kernel.wording import plain
from tracker.kernel.words import Words

from .drafts import RuleDraft
from .rules import REQUIRED, Provision, Rule
from .terms import EstablishmentKind, Pack, VisitMeasure

_EMPTY = _("留空表示不设这条规则")

_UNITS = {
    "lectures": Words("场", "lectures"),
    "villages": Words("个", "villages"),
    "days": Words("天", "days"),
    "persons": Words("名", "persons"),
    "years": Words("年", "years"),
    "hours": Words("学时", "hours"),
}


class PackForm(RecordForm[Pack]):
    """Which pack an office starts from."""

    pack = TermField(_("规则包"), Pack)

    def draft(self) -> Pack:
        """The pack as chosen."""
        chosen: Pack = self.pack.data
        return chosen


class _RuleForm(RecordForm[RuleDraft]):
    """One rule. The field that carries its value is a subclass's."""

    basis = LineField(
        _("依据"), 200, required=True, description=_("哪份文件、哪次会议定的，写明日期和文号")
    )

    def value(self) -> str:
        """The value as it is kept."""
        raise NotImplementedError

    def draft(self) -> RuleDraft:
        """The rule as entered."""
        return RuleDraft(self.value(), self.basis.data or "")


class QuotaForm(_RuleForm):
    """How much an adviser is to serve each village in a month."""

    amount = DecimalNumberField(_("每月"), 1, 300, description=_EMPTY)
    measure = TermField(
        _("按什么计"),
        VisitMeasure,
        description=_("「次」按服务记录条数，「天」按有服务的日子，「小时」按记录的时长"),
    )

    def value(self) -> str:
        if self.amount.data is None:
            return ""
        if self.measure.data is not VisitMeasure.HOURS and self.amount.data % 1:
            raise RuleBroken(
                "amount",
                Words("次数和天数请填整数", "Visits and days are whole numbers"),
            )
        return f"{plain(self.amount.data)} {self.measure.data.value}"


class BandsForm(_RuleForm):
    """How long before a certificate's end it is spoken of."""

    bands = LineField(
        _("到期前几天（分档）"),
        60,
        description=_("从大到小，用「/」隔开，例如 180/90/30；留空表示不设这条规则"),
    )

    def value(self) -> str:
        typed = half_width(self.bands.data or "").replace("、", "/").replace(",", "/")
        text = "/".join(each.strip() for each in typed.split("/")) if typed else ""
        parts = text.split("/") if text else []
        days = [int(each) for each in parts if each.isascii() and each.isdigit() and len(each) < 4]
        falling = sorted(set(days), reverse=True)
        if len(days) != len(parts) or days != falling or any(each < 1 for each in days):
            raise RuleBroken(
                "bands",
                Words(
                    "请从大到小填 1 到 999 的天数，用「/」隔开，例如 180/90/30",
                    "Give days from 1 to 999, the largest first, such as 180/90/30",
                ),
            )
        return "/".join(str(each) for each in days)


class KindsForm(_RuleForm):
    """Who may sit the exam."""

    kinds = TermsField(
        _("可以报名的编制性质"), EstablishmentKind, description=_("一个都不选表示不设这条规则")
    )

    def value(self) -> str:
        chosen = self.kinds.data or []
        return ";".join(str(kind.value) for kind in EstablishmentKind if kind in chosen)


class RequiredForm(_RuleForm):
    """Whether something is asked at all."""

    required = BooleanField(_("要求"), description=_("不勾选表示不设这条规则"))

    def value(self) -> str:
        return REQUIRED if self.required.data else ""


def _whole_form(rule: Rule) -> type[_RuleForm]:
    class WholeForm(_RuleForm):
        """A rule that is one whole number."""

        amount = WholeNumberField(
            words(rule.label),
            rule.low,
            rule.high,
            description=words(
                Words(
                    "单位：{unit}。留空表示不设这条规则", "In {unit}. Leave it empty for no rule"
                ).fill(unit=_UNITS[rule.unit])
            ),
        )

        def value(self) -> str:
            return "" if self.amount.data is None else str(self.amount.data)

    return WholeForm


def form_of(provision: Provision) -> _RuleForm:
    """The form of a rule, filled with the value in force; the basis only where it is the office's
    own."""
    rule, value = provision.rule, provision.rule.read(provision.value)
    basis = provision.basis if provision.is_own else ""
    data: dict[str, Any] = {"basis": basis}
    if rule.key == "visit_quota":
        return QuotaForm(
            data={
                **data,
                "amount": value.amount if value else None,
                "measure": value.measure if value else VisitMeasure.VISITS,
            }
        )
    if rule.key == "expiry_bands":
        return BandsForm(data={**data, "bands": provision.value})
    if rule.key == "establishment_kinds":
        return KindsForm(data={**data, "kinds": [k for k in EstablishmentKind if k in value]})
    if rule.key == "pass_before_certificate":
        return RequiredForm(data={**data, "required": value})
    return _whole_form(rule)(data={**data, "amount": value})
