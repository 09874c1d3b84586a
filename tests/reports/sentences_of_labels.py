"""Report sentences made from labels, values, units and qualifiers of real reports.

Shapes are our own wording. ``LEARNED`` were looked at while the words of the figures were written;
``HELD_OUT`` were not, and their figures are what the checker can be expected to do elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tracker.reports.checking import han


@dataclass(frozen=True)
class Case:
    """One figure that a real report printed."""

    kind: str
    label: str
    value: Decimal
    unit: str
    qualifier: str


_BEFORE = {"近", "超", "突破", "达", "不少于", "约"}
_TAIL = re.compile("(?:人次|人数|场次|次数|件数|家数|总数|频次|数)$")


def printed(case: Case, *, in_han: bool = False, value: Decimal | None = None) -> str:
    """The number as it is written: 1600多人, 近1000人, 一千六百余人."""
    value = case.value if value is None else value
    plain = f"{value:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    if in_han and value == value.to_integral_value():
        plain = han.written(int(value))
        if case.unit == "%":
            return f"{case.qualifier if case.qualifier in _BEFORE else ''}百分之{plain}"
        if value == 2 and case.unit:
            plain = "两"
    if case.qualifier in _BEFORE:
        return f"{case.qualifier}{plain}{case.unit}"
    if case.qualifier == "以上":
        return f"{plain}{case.unit}以上"
    return f"{plain}{case.qualifier}{case.unit}"


def true_value(case: Case, random: Random) -> Decimal:
    """A value of which what is printed is true: 1,643 behind 1600多."""
    value = case.value
    if case.qualifier in {"余", "多", "超", "突破"}:
        step = 1
        while value % (step * 10) == 0 and value:
            step *= 10
        return value + random.randint(1, max(step - 1, 1)) if step > 1 else value
    if case.qualifier == "近":
        return value - max(1, int(value / 20))
    return value


def bare(label: str) -> str:
    """A label without its word for the number: 培训人次 → 培训."""
    return _TAIL.sub("", label) or label


Shape = Callable[[Case, str], str]

LEARNED: dict[str, Shape] = {
    "plain": lambda case, n: f"全年{case.label}{n}。",
    "reached": lambda case, n: f"今年以来，{bare(case.label)}共计{n}，各项工作有序推进。",
    "count first": lambda case, n: (
        f"我镇坚持问题导向，先后完成{n}{bare(case.label)}，取得明显成效。"
    ),
    "chained": lambda case, n: (
        f"一是强化组织领导，把法治建设摆在突出位置，{bare(case.label)}达{n}，为全镇发展提供了保障。"
    ),
    "heading": lambda case, n: f"（三）{bare(case.label)}{n}\n进一步压实责任，抓好落实。",
    "long": lambda case, n: (
        "2024年，我镇以习近平法治思想为指导，深入贯彻党的二十大和二十届三中全会精神，"
        "严格落实“三项制度”，扎实推进“八五”普法，充分发挥“第一道防线”作用。"
        f"截至12月底，{case.label}为{n}。下一步工作中仍需加强。"
    ),
    "colon": lambda case, n: f"主要数据如下：{case.label}：{n}；其余按要求落实。",
}

HELD_OUT: dict[str, Shape] = {
    "accumulated": lambda case, n: f"2024年度累计实现{bare(case.label)}{n}（均已归档）。",
    "passive": lambda case, n: f"据统计，{case.label}被统计为{n}，较好地完成了目标。",
    "of which": lambda case, n: (
        f"在县司法局指导下，本年{bare(case.label)}工作成效明显，总量达到{n}。"
    ),
    "count in front": lambda case, n: f"全镇共有{n}{bare(case.label)}，基础进一步夯实。",
    "listed": lambda case, n: (
        f"1.强化责任落实。镇党委高度重视，{bare(case.label)}{n}、整改落实到位。"
    ),
    "sentence before": lambda case, n: (
        f"我镇把{bare(case.label)}作为重点工作来抓。严格按照上级部署，全年{bare(case.label)}{n}。"
    ),
}
