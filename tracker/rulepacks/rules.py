"""The rules there are, what a value of each may be, and the packs' values: data in ``packs.csv``.

A value is kept as text: ``3``, ``8 hours``, ``180/90/30``, ``administrative;institution``. An empty
one means that there is no rule: nothing is checked, nothing is reminded of.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from tracker.kernel.wording import plain
from tracker.kernel.words import Words

from .terms import Certainty, EstablishmentKind, Pack, VisitMeasure

_SHIPPED = Path(__file__).with_name("packs.csv")

#: Where an office has chosen nothing.
USUAL_PACK = Pack.NATIONAL

#: Offices whose code begins so lie in Hunan (GB/T 2260).
HUNAN_CODES = "43"

#: The value of a rule that only says «yes».
REQUIRED = "required"

NO_RULE = Words("不设（不检查、不提醒）", "None (nothing is checked or reminded of)")


@dataclass(frozen=True)
class VisitQuota:
    """How much an adviser is to serve each village in each month, and in what that is counted."""

    amount: Decimal
    measure: VisitMeasure

    @property
    def said(self) -> Words:
        number = plain(self.amount)
        unit = self.measure.label.en
        english = f"{number} {unit.removesuffix('s') if self.amount == 1 else unit}"
        return Words(f"{number} {self.measure.label.zh}", english)


@dataclass(frozen=True)
class Rules:
    """The rules in force for one office; None or empty is no rule."""

    visit_quota: VisitQuota | None = None
    #: Lectures in each village and quarter.
    lecture_quota: int | None = None
    villages_per_adviser: int | None = None
    days_before_end: int | None = None
    persons_per_village: int | None = None
    certificate_years: int | None = None
    #: Days before a certificate's end, the longest first.
    expiry_bands: tuple[int, ...] = ()
    #: Of an officer in a year.
    training_hours: int | None = None
    pass_years: int | None = None
    establishment_kinds: frozenset[EstablishmentKind] = frozenset()
    #: A first certificate needs the exam passed.
    pass_before_certificate: bool = False


@dataclass(frozen=True)
class Rule:
    """One rule: what it says, which values it can have, and what moves with it.

    ``moves`` are the pages and reminders that read it. No published figure does.
    """

    key: str
    label: Words
    unit: str
    said_with: Words
    moves: Sequence[Words] = ()
    low: int = 1
    high: int = 999

    def read(self, text: str) -> Any:
        """The value for `Rules`.

        :raises ValueError: when the text is none of this rule's values.
        """
        return _READERS.get(self.key, Rule.whole)(self, text)

    def whole(self, text: str) -> int | None:
        if not text:
            return None
        number = int(text)
        if not self.low <= number <= self.high or str(number) != text:
            raise ValueError(f"{self.key}: {text}")
        return number

    def said(self, text: str) -> Words:
        """A value as people read it."""
        return self.said_with.fill(value=_spoken(self.read(text))) if text else NO_RULE


def _spoken(value: Any) -> Words:
    if isinstance(value, VisitQuota):
        return value.said
    if value is True:
        return Words("要求", "Required")
    if isinstance(value, tuple):
        numbers = [str(each) for each in value]
        return Words("、".join(numbers), ", ".join(numbers))
    if isinstance(value, frozenset):
        kinds = [kind.label for kind in EstablishmentKind if kind in value]
        return Words("、".join(kind.zh for kind in kinds), ", ".join(kind.en for kind in kinds))
    return Words.same(str(value))


def _visit_quota(rule: Rule, text: str) -> VisitQuota | None:
    if not text:
        return None
    number, _, measure = text.partition(" ")
    try:
        amount = Decimal(number)
    except InvalidOperation:
        raise ValueError(f"{rule.key}: {text}") from None
    tenths = amount * 10 if amount.is_finite() else Decimal(0)
    if not rule.low * 10 <= tenths <= rule.high * 10 or tenths % 1 or plain(amount) != number:
        raise ValueError(f"{rule.key}: {text}")
    quota = VisitQuota(amount, VisitMeasure(measure))
    if quota.measure is not VisitMeasure.HOURS and amount != int(amount):
        raise ValueError(f"{rule.key}: {text}")
    return quota


def _bands(rule: Rule, text: str) -> tuple[int, ...]:
    found = tuple(int(each) for each in text.split("/")) if text else ()
    falling = sorted(set(found), reverse=True)
    if "/".join(str(each) for each in falling) != text:
        raise ValueError(f"{rule.key}: {text}")
    if any(not rule.low <= each <= rule.high for each in found):
        raise ValueError(f"{rule.key}: {text}")
    return found


def _kinds(_rule: Rule, text: str) -> frozenset[EstablishmentKind]:
    return frozenset(EstablishmentKind(code) for code in text.split(";")) if text else frozenset()


def _required(rule: Rule, text: str) -> bool:
    if text not in ("", REQUIRED):
        raise ValueError(f"{rule.key}: {text}")
    return bool(text)


_READERS: dict[str, Callable[[Rule, str], Any]] = {
    "visit_quota": _visit_quota,
    "expiry_bands": _bands,
    "establishment_kinds": _kinds,
    "pass_before_certificate": _required,
}

_NEW_CERTIFICATE = Words(
    "登记执法证（考试没有全部合格的不能登记）",
    "Entering a certificate (refused where the exam is not passed)",
)
_MATRIX = Words("「持证要求一览表」", "The matrix of officers and requirements")
_QUOTA_PAGE = Words("「服务达标」页面", "The page «Visits against quota»")

RULES: Mapping[str, Rule] = {
    rule.key: rule
    for rule in (
        Rule(
            "visit_quota",
            Words("法律顾问每月服务每个村（社区）", "Visits to each village a month"),
            "",
            Words("每月 {value}", "{value} a month"),
            (
                _QUOTA_PAGE,
                Words(
                    "首页待办「本季度还没有服务记录」",
                    "On the home page: villages not visited this quarter",
                ),
            ),
            high=300,
        ),
        Rule(
            "lecture_quota",
            Words("法律顾问每季度在每个村（社区）讲座", "Lectures in each village a quarter"),
            "lectures",
            Words("每季度 {value} 场", "{value} a quarter"),
            (_QUOTA_PAGE,),
            high=90,
        ),
        Rule(
            "villages_per_adviser",
            Words("每名法律顾问至多服务", "Villages an adviser may serve at most"),
            "villages",
            Words("{value} 个村（社区）", "{value} villages"),
            (
                Words(
                    "聘任页面上「服务的村（社区）超出规则」的提示",
                    "On an assignment's page: the adviser serves more villages than that",
                ),
            ),
        ),
        Rule(
            "days_before_end",
            Words("聘期届满前提醒", "An assignment's end is announced"),
            "days",
            Words("提前 {value} 天", "{value} days before"),
            (
                Words(
                    "首页待办「聘期将满，请续聘或改聘」",
                    "On the home page: assignments that end soon",
                ),
            ),
            high=366,
        ),
        Rule(
            "persons_per_village",
            Words(
                "每个村（社区）法律明白人至少", "Legal-literate persons in each village at least"
            ),
            "persons",
            Words("{value} 名", "{value}"),
            (
                Words(
                    "首页待办「法律明白人不足」",
                    "On the home page: villages with too few legal-literate persons",
                ),
                Words(
                    "年度定稿前的核对事项「法律明白人不足」",
                    "Before a year is closed: villages with too few legal-literate persons",
                ),
            ),
            high=99,
        ),
        Rule(
            "certificate_years",
            Words("执法证有效期", "Term of a certificate"),
            "years",
            Words("{value} 年", "{value} years"),
            (
                Words(
                    "登记、换发证件时留空的「有效期止」，以及有效期过长的提示",
                    "Entering or renewing a certificate: its last day where left empty, and a word"
                    " where the term is longer",
                ),
            ),
            high=20,
        ),
        Rule(
            "expiry_bands",
            Words("执法证到期前分档", "Bands before a certificate's end"),
            "days",
            Words("{value} 天", "{value} days"),
            (
                Words("「证件到期和应收回」页面", "The page «Certificates that end»"),
                Words("「待办事项」中将到期的证件", "What is due: certificates that end"),
            ),
        ),
        Rule(
            "training_hours",
            Words("执法人员每年培训", "Training of an officer in a year"),
            "hours",
            Words("{value} 学时", "{value} hours"),
            (_MATRIX,),
        ),
        Rule(
            "pass_years",
            Words("考试合格后有效", "A pass stays good for"),
            "years",
            Words("{value} 年", "{value} years"),
            (
                Words(
                    "首页待办「考试合格将失效，尚未领证」",
                    "On the home page: passes without a certificate that lapse",
                ),
                Words(
                    "「从报名到领证」页面的有效期", "The page «From registration to certificate»"
                ),
                Words(
                    "报名时「合格仍有效」的提示", "When registering: somebody's pass is still good"
                ),
                _NEW_CERTIFICATE,
                _MATRIX,
            ),
            high=20,
        ),
        Rule(
            "establishment_kinds",
            Words("可以报名执法资格考试的编制性质", "Establishment kinds that may sit the exam"),
            "kinds",
            Words("{value}", "{value}"),
            (
                Words(
                    "资格考试报名：不在其列的不能报名，例外须写明理由",
                    "Registering for a qualification exam: nobody else, unless by an exception",
                ),
            ),
        ),
        Rule(
            "pass_before_certificate",
            Words("首次登记执法证须先通过资格考试", "A first certificate needs the exam passed"),
            "choice",
            Words("{value}", "{value}"),
            (_NEW_CERTIFICATE,),
        ),
    )
}


@dataclass(frozen=True)
class Provision:
    """One rule's value with what it rests on."""

    key: str
    value: str
    basis: str
    document_date: str
    certainty: Certainty
    #: The office departs from its pack with it.
    is_own: bool = False

    @property
    def rule(self) -> Rule:
        return RULES[self.key]

    @property
    def said(self) -> Words:
        return self.rule.said(self.value)


@cache
def packs() -> Mapping[Pack, Mapping[str, Provision]]:
    """The shipped packs; each says something of every rule.

    :raises ValueError: when the file does not.
    """
    found: dict[Pack, dict[str, Provision]] = {pack: {} for pack in Pack}
    with _SHIPPED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rule, value = RULES[row["key"]], row["value"]
            if (rule.unit and row["unit"] != rule.unit) or not row["basis"]:
                raise ValueError(f"packs.csv: {row}")
            # Only of the quota of visits the unit is part of what is decided.
            value = f"{value} {row['unit']}" if value and not rule.unit else value
            rule.read(value)
            found[Pack(row["pack"])][rule.key] = Provision(
                rule.key, value, row["basis"], row["document_date"], Certainty(row["certainty"])
            )
    if any(list(each) != list(RULES) for each in found.values()):
        raise ValueError("packs.csv: a rule is missing, doubled or out of order")
    return found


def rules_from(provisions: Mapping[str, Provision]) -> Rules:
    """The typed rules of these provisions."""
    return Rules(**{key: each.rule.read(each.value) for key, each in provisions.items()})
