"""The invented township's outreach plans, and which of its events were held for what.

The plans of 2023 and 2024, and of the running year after them. Naming an item or a publicity day
changes no figure: the events are those of `outreach_year`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True)
class Planned:
    """An item of a year's plan, with the events that were held for it, by title."""

    content: str
    laws: str
    audience: str
    carrier: str
    measure: str
    due: tuple[int, int]
    events: int
    people: int | None
    held: tuple[str, ...] = ()
    office: str = "司法所"
    standard: str = "有通知、有照片、有登记"


LEADER, PERSON = "分管副镇长", "司法所所长"

_WOMEN = Planned(
    "妇女权益保障宣传",
    "妇女权益保障法、反家庭暴力法",
    "妇女、村（居）民",
    "“三八”妇女维权周",
    "集市设咨询台，发放资料",
    (3, 31),
    1,
    100,
    office="妇联、司法所",
)
_SAFETY = Planned(
    "国家安全教育",
    "国家安全法、反间谍法",
    "青少年学生",
    "全民国家安全教育日",
    "送法进校园",
    (4, 30),
    1,
    200,
    office="司法所、中心学校",
)
_CODE = Planned(
    "民法典学习宣传",
    "民法典",
    "村（居）民",
    "民法典宣传月",
    "院坝会、讲座",
    (6, 30),
    1,
    100,
)
_DRUGS = Planned(
    "禁毒宣传",
    "禁毒法",
    "村（居）民、青少年学生",
    "国际禁毒日",
    "集中宣传、村村响广播",
    (7, 15),
    1,
    200,
    office="派出所、综治中心",
)
_MINORS = Planned(
    "未成年人保护宣传",
    "未成年人保护法、预防未成年人犯罪法",
    "青少年学生、留守儿童",
    "法治副校长课堂",
    "法治课、流动课堂",
    (10, 31),
    1,
    60,
    office="司法所、中心学校",
)
_CONSTITUTION = Planned(
    "宪法学习宣传",
    "宪法",
    "镇村干部、村（居）民",
    "国家宪法日、宪法宣传周",
    "集中宣传、机关学法",
    (12, 10),
    1,
    150,
    office="党政办、司法所",
)
_WORK_SAFETY = Planned(
    "安全生产法律法规宣传",
    "安全生产法",
    "企业职工、村（居）民",
    "安全生产月",
    "咨询日、流动课堂",
    (7, 31),
    1,
    100,
    office="应急管理站",
)


def _with(item: Planned, *held: str) -> Planned:
    return replace(item, held=held)


PLANS: dict[int, tuple[Planned, ...]] = {
    2023: (
        _with(_WOMEN, "妇女维权周宣传"),
        _with(_SAFETY, "国家安全教育日宣传"),
        _with(_CODE, "民法典讲座", "民法典院坝会"),
        _with(_WORK_SAFETY, "安全生产咨询日"),
        _with(_DRUGS, "国际禁毒日宣传"),
        _with(_MINORS, "暑期未成年人保护宣讲"),
        _with(_CONSTITUTION, "国家宪法日宣传"),
    ),
    2024: (
        _with(_WOMEN, "“三八”妇女维权周集中宣传"),
        _with(_SAFETY, "全民国家安全教育日进校园"),
        _with(_CODE, "民法典进乡村院坝会"),
        # Its one event was cancelled for rain: the plan says so.
        _with(_WORK_SAFETY, "柳塘村安全生产流动课堂"),
        _with(_DRUGS, "“6·26”国际禁毒日集中宣传"),
        _with(_MINORS, "“利剑护蕾”法治课进校园"),
        _with(_CONSTITUTION, "国家宪法日进机关暨宪法宣传周"),
    ),
}


def this_year(today: date) -> tuple[Planned, ...]:
    """The running year's plan: one item done, one under way, one late, one still to come."""
    if today.year <= 2024:
        return ()
    gone, ahead = today - timedelta(days=20), today + timedelta(days=25)
    late = gone if gone.year == today.year else today
    to_come = ahead if ahead.year == today.year else date(today.year, 12, 31)

    def due(item: Planned, day: date, events: int, *held: str) -> Planned:
        return replace(item, due=(day.month, day.day), events=events, people=None, held=held)

    fraud = Planned(
        "防范电信网络诈骗宣传",
        "反电信网络诈骗法",
        "村（居）民、老年人",
        "集市、村村响广播",
        "集中宣传",
        (12, 31),
        2,
        None,
    )
    land = Planned(
        "土地与宅基地法律宣传",
        "土地管理法、农村土地承包法",
        "村（居）民",
        "院坝会",
        "院坝会、以案释法",
        (12, 31),
        1,
        None,
    )
    return (
        due(fraud, to_come, 2, "防范电信网络诈骗集中宣传"),
        due(land, to_come, 1, "土地流转法律知识院坝会"),
        due(_WORK_SAFETY, late, 1),
        due(_CONSTITUTION, date(today.year, 12, 31), 1, "宪法宣传周启动仪式"),
    )


def plans(today: date) -> dict[int, tuple[Planned, ...]]:
    """The plans of all years that the example has events of."""
    running = this_year(today)
    return {**PLANS, today.year: running} if running else PLANS


#: Which publicity day an event was held for, by its title.
DAYS: dict[str, str] = {
    "妇女维权周宣传": "womens_day",
    "“三八”妇女维权周集中宣传": "womens_day",
    "消费者权益日宣传": "consumer_rights_day",
    "“3·15”消费者权益日宣传": "consumer_rights_day",
    "国家安全教育日宣传": "national_security_day",
    "全民国家安全教育日进校园": "national_security_day",
    "民法典讲座": "civil_code_month",
    "民法典院坝会": "civil_code_month",
    "民法典进乡村院坝会": "civil_code_month",
    "安全生产咨询日": "safety_consultation_day",
    "国际禁毒日宣传": "anti_drug_day",
    "“6·26”国际禁毒日集中宣传": "anti_drug_day",
    "消防宣传日活动": "fire_day",
    "国家宪法日宣传": "constitution_day",
    "国家宪法日进机关暨宪法宣传周": "constitution_day",
}
