"""Which span of time a number speaks of: the year, the one before, a part of it, or none."""

from __future__ import annotations

import re
from enum import Enum

from .surroundings import Surroundings


class When(Enum):
    """The span a number is about."""

    YEAR = "year"
    #: 去年, 2023年: held against the figure's value of the year before.
    YEAR_BEFORE = "year_before"
    #: 上半年, 6月26日, 其中: a part of the year's figure.
    PART = "part"
    #: 2020年以来: several years together.
    OTHER = "other"
    #: 每月1次: how often, not how many.
    RATE = "rate"
    #: 增加2次, 同比增长: a difference.
    CHANGE = "change"
    #: 计划开展10场: not done yet.
    PLAN = "plan"


_YEARS = re.compile(
    "(?<![0-9])(?P<from>20[0-9]{2})年?[-—~至到]{1,2}(?P<to>20[0-9]{2})年?"
    "|(?<![0-9])(?P<year>20[0-9]{2})年?(?:度)?(?P<since>以来|起|至今|开始)?"
    "|(?P<last>去年|上年|上一年|前一年)|(?P<this>今年|本年|全年|年内|年度|当年)"
    "|(?P<more>(?:近|过去|这)?[两二三四五六七八九十几]年(?:来|以来|间)|历年|换届以来|成立以来)"
)
_PART = re.compile(
    "上半年|下半年|(?:第?[一二三四1-4])季度|(?<![0-9截至到—~-])(?:1[0-2]|0?[1-9])月(?:[0-3]?[0-9][日号]|份|(?=[,，、组举开集围联在我全对]))"
    "|当天|当日|当月|其中"
)
_UNTIL = re.compile("截[至止]|[-—~至到]$|为止")
_RATE = re.compile(
    "(?:每|平均|人均|均)(?:年|月|季度?|周|半年|[两三]?个?月|个?村|个?社区|场|次|人|名|天|日|期|科室|户|企业|镇|单位|个|家|位)?"
    "[^,，。;；]{0,12}$"
)
_RATE_AFTER = re.compile("^(?:/|每)(?:年|月|季度|周|村|人)")
_ALL_SAME = re.compile("(?<![人平户村场])均(?:达|为|是|在|超|实现|取得|保持)?[^,，]{0,4}$")
_CHANGE = re.compile(
    "(?:同比|环比|增长|增加|上升|提高|提升|下降|减少|降低|增幅|降幅|多了?|少了?)(?:了|约|近|超|达到?|为)?$"
)
_PLAN = re.compile(
    "(?:(?<![按照度普法作学训规划项定施该])计划|(?<![代草审模虚])拟(?!定|订|写|制|稿)|力争|预计|争取|目标[是为]|要求)"
    "[^,，。;；]{0,24}$"
)
_NEXT = re.compile("明年|下一年|下年度|来年|下一步|下步|今后")


def when(words: Surroundings, year: int) -> When:
    """The span of time the number's words put it in."""
    before = words.before
    if _NEXT.search(words.lead) or (_PLAN.search(before) and "实际" not in before):
        return When.PLAN
    if _CHANGE.search(before.rstrip()):
        return When.CHANGE
    if _RATE_AFTER.match(words.after) or (_RATE.search(before) and not _ALL_SAME.search(before)):
        return When.RATE
    span = _year(words.lead, year)
    if span is not When.YEAR:
        return span
    parts = list(_PART.finditer(words.lead))
    if parts:
        before_part = words.lead[max(parts[-1].start() - 6, 0) : parts[-1].start()]
        if not _UNTIL.search(before_part):
            return When.PART
    return When.YEAR


def _year(lead: str, year: int) -> When:
    """By the last year named before the number."""
    span = When.YEAR
    for found in _YEARS.finditer(lead):
        if found["from"]:
            span = When.YEAR if found["from"] == found["to"] else When.OTHER
        elif found["year"]:
            named = int(found["year"])
            if found["since"] and named < year:
                span = When.OTHER
            elif named == year:
                span = When.YEAR
            elif named == year - 1:
                span = When.YEAR_BEFORE
            elif named > year:
                span = When.PLAN
            else:
                span = When.OTHER
        elif found["last"]:
            span = When.YEAR_BEFORE
        elif found["this"]:
            span = When.YEAR
        elif found["more"]:
            span = When.OTHER
    return span
