"""What a number in a text is: its value, its unit, and how exactly it is meant."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Claim(Enum):
    """What the words around a number say of the true value."""

    EXACT = "exact"
    #: 余, 多, 超, 逾: more than the number, by less than one step of its last digit.
    ABOVE = "above"
    #: 以上, 不少于: the number or more, by less than one step of its last digit.
    AT_LEAST = "at_least"
    #: 近, 不足: less than the number, but close.
    BELOW = "below"
    #: 不超过, 以内: the number or less.
    AT_MOST = "at_most"
    #: 约, 左右: about the number.
    ABOUT = "about"
    #: 3至5次: between two numbers.
    BETWEEN = "between"
    #: 数百, 几十: no number can be held against it.
    VAGUE = "vague"


class UnitKind(Enum):
    """Units that may stand for each other in a report."""

    ACTS = "acts"
    PEOPLE = "people"
    PAPER = "paper"
    CASES = "cases"
    PLACES = "places"
    SHARE = "share"
    MONEY = "money"
    HOURS = "hours"
    OTHER = "other"
    NONE = "none"


#: Each unit with what it counts and what must not follow it (the 人 of 人民 is no unit).
_UNITS: tuple[tuple[str, UnitKind, str], ...] = (
    ("个百分点", UnitKind.OTHER, ""),
    ("百分点", UnitKind.OTHER, ""),
    ("平方米", UnitKind.OTHER, ""),
    ("平方公里", UnitKind.OTHER, ""),
    ("公里", UnitKind.OTHER, ""),
    ("公斤", UnitKind.OTHER, ""),
    ("学时", UnitKind.HOURS, ""),
    ("课时", UnitKind.HOURS, ""),
    ("元", UnitKind.MONEY, "旦"),
    ("人次", UnitKind.PEOPLE, ""),
    ("名", UnitKind.PEOPLE, "单称录义册优胜"),
    ("人", UnitKind.PEOPLE, "民社才力们口工身大"),
    ("位", UnitKind.PEOPLE, "于置居列"),
    ("场次", UnitKind.ACTS, ""),
    ("批次", UnitKind.ACTS, ""),
    ("班次", UnitKind.ACTS, ""),
    ("期次", UnitKind.ACTS, ""),
    ("轮次", UnitKind.ACTS, ""),
    ("次", UnitKind.ACTS, "序要日月"),
    ("场", UnitKind.ACTS, "所景面地域站馆"),
    ("期", UnitKind.ACTS, "间限末满刊"),
    ("批", UnitKind.ACTS, "准评复示判"),
    ("轮", UnitKind.ACTS, "训流换岗值"),
    ("堂", UnitKind.ACTS, "屋"),
    ("节", UnitKind.ACTS, "点约日目假俭奏能"),
    ("讲", UnitKind.ACTS, "座解述话课法台师"),
    ("遍", UnitKind.ACTS, ""),
    ("回", UnitKind.ACTS, "复访应头避函顾"),
    ("件次", UnitKind.CASES, ""),
    ("条次", UnitKind.CASES, ""),
    ("件", UnitKind.CASES, ""),
    ("起", UnitKind.CASES, "来到草诉点步义源着因底伏"),
    ("宗", UnitKind.CASES, "旨教族"),
    ("例", UnitKind.CASES, "如会行子证外"),
    ("案", UnitKind.CASES, "件例卷情由头"),
    ("项", UnitKind.CASES, "目"),
    ("条", UnitKind.CASES, "例款"),
    ("份", UnitKind.PAPER, "子额"),
    ("册", UnitKind.PAPER, "子"),
    ("本", UnitKind.PAPER, "镇乡街辖地年级单次村市县区身来职"),
    ("张", UnitKind.PAPER, ""),
    ("篇", UnitKind.PAPER, "章幅"),
    ("页", UnitKind.PAPER, ""),
    ("封", UnitKind.PAPER, "闭"),
    ("卷", UnitKind.PAPER, "宗"),
    ("套", UnitKind.PAPER, ""),
    ("幅", UnitKind.PAPER, "度员"),
    ("面", UnitKind.PAPER, "对向积临貌试上前"),
    ("块", UnitKind.PAPER, ""),
    ("副", UnitKind.PAPER, "镇乡书主校县科所组会局"),
    ("枚", UnitKind.PAPER, ""),
    ("盒", UnitKind.PAPER, ""),
    ("箱", UnitKind.PAPER, ""),
    ("袋", UnitKind.PAPER, ""),
    ("把", UnitKind.PAPER, "关手握好"),
    ("单", UnitKind.PAPER, "位元独行一"),
    ("户次", UnitKind.PLACES, ""),
    ("家次", UnitKind.PLACES, ""),
    ("处次", UnitKind.PLACES, ""),
    ("户", UnitKind.PLACES, "籍外口"),
    ("家", UnitKind.PLACES, "庭属长园乡风禽"),
    ("处", UnitKind.PLACES, "罚理置室级分长方境"),
    ("座", UnitKind.PLACES, "谈位右"),
    ("所", UnitKind.PLACES, "有在属长需得谓以辖列述作提涉"),
    ("间", UnitKind.PLACES, "接断隔"),
    ("台", UnitKind.PLACES, "账历风阶"),
    ("辆", UnitKind.PLACES, ""),
    ("部", UnitKind.PLACES, "门分署队委级长位"),
    ("支", UnitKind.PLACES, "部书持委出付教"),
    ("队", UnitKind.PLACES, "员长列"),
    ("组", UnitKind.PLACES, "织成建长员合团内级"),
    ("对", UnitKind.PLACES, "接象于口照外标待症"),
    ("社区", UnitKind.PLACES, "矫"),
    ("村", UnitKind.PLACES, "规级民委居干支务两庄寨"),
    ("个", UnitKind.PLACES, "月"),
    ("分", UnitKind.OTHER, "别析布类为管解工散享支包级发批期局队中组段层"),
    ("种", UnitKind.OTHER, "植"),
    ("类", UnitKind.OTHER, ""),
    ("字", UnitKind.OTHER, ""),
    ("亩", UnitKind.OTHER, ""),
    ("米", UnitKind.OTHER, ""),
    ("吨", UnitKind.OTHER, ""),
    ("岁", UnitKind.OTHER, ""),
    ("倍", UnitKind.OTHER, ""),
    ("%", UnitKind.SHARE, ""),
)
#: What each unit counts.
KIND_OF_UNIT = {unit: kind for unit, kind, _ in _UNITS} | {"": UnitKind.NONE}
#: Matches a unit where one stands, longer ones first.
UNIT_PATTERN = "|".join(
    unit + (f"(?![{never}])" if never else "")
    for unit, _, never in sorted(_UNITS, key=lambda each: -len(each[0]))
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as it stands in a text. ``start`` and ``end`` enclose qualifiers and unit too."""

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    claim: Claim = Claim.EXACT
    #: The word that makes it more or less than exact: 余, 近, 以上.
    qualifier: str = ""
    #: The upper end of a range.
    high: Decimal | None = None
    #: One unit of the last digit that was printed (100 for 1600, 1 for 1643, 0.1 for 98.5).
    step: Decimal = Decimal(1)
    #: Where digits and unit stand without a qualifier before them.
    core: int = 0
    #: 一个, 一份: as often an article as a number.
    loose: bool = False

    @property
    def kind(self) -> UnitKind:
        return KIND_OF_UNIT[self.unit]


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Digits that are no figure of the year, with the reason."""

    start: int
    end: int
    text: str
    why: str
