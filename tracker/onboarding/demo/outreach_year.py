"""The invented township's outreach: 2023 in full, 2024 as the seed report prints it.

2024 adds up to 8 held events and 1,643 person-times, which the report speaks of as «8次» and
«1600多人»; a cancelled event, one voided and one still to come stand beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tracker.kernel.headcount import CountBasis
from tracker.outreach.terms import Audience, DeliveryForm, EventState, MaterialKind

COUNTED, SIGNED_IN, ESTIMATED = CountBasis.COUNTED, CountBasis.SIGNED_IN, CountBasis.ESTIMATED
LEAFLET, BOOKLET, POSTER = MaterialKind.LEAFLET, MaterialKind.BOOKLET, MaterialKind.POSTER
GIFT = MaterialKind.GIFT

JUSTICE_OFFICE = "示例镇司法所"


@dataclass(frozen=True)
class Campaigned:
    """A campaign of the example."""

    name: str
    starts_on: date
    ends_on: date
    basis_document: str = ""


@dataclass(frozen=True)
class Held:
    """An event of the example, with names where the database has ids."""

    day: date
    title: str
    themes: tuple[str, ...]
    delivery: DeliveryForm
    place: str
    heads: int | None
    basis: CountBasis = COUNTED
    villages: tuple[str, ...] = ()
    venue: str = ""
    until: date | None = None
    sessions: int = 1
    state: EventState = EventState.HELD
    campaign: str = ""
    laws: str = ""
    lead: str = JUSTICE_OFFICE
    partners: str = ""
    speakers: str = ""
    audiences: tuple[Audience, ...] = (Audience.VILLAGERS,)
    materials: Mapping[MaterialKind, int] = field(default_factory=dict)
    consultations: int | None = None
    banners: int | None = None
    boards: int | None = None
    broadcasts: int | None = None
    posts: int | None = None
    reads: int | None = None
    households: int | None = None
    note: str = ""
    void_reason: str = ""


CAMPAIGNS: tuple[Campaigned, ...] = (
    Campaigned(
        "2023年民法典宣传月", date(2023, 5, 1), date(2023, 5, 31), "县司法局关于开展宣传月的通知"
    ),
    Campaigned(
        "“利剑护蕾”专项行动",
        date(2024, 3, 1),
        date(2024, 12, 31),
        "县未成年人保护工作专项行动方案",
    ),
    Campaigned(
        "2024年民法典宣传月", date(2024, 5, 1), date(2024, 5, 31), "县司法局关于开展宣传月的通知"
    ),
)

_2024: tuple[Held, ...] = (
    Held(
        date(2024, 3, 8),
        "“三八”妇女维权周集中宣传",
        ("妇女权益保障",),
        DeliveryForm.STAND,
        "进集市广场",
        150,
        COUNTED,
        ("清溪社区",),
        "清溪社区集市",
        laws="妇女权益保障法、反家庭暴力法",
        partners="镇妇联、派出所",
        audiences=(Audience.WOMEN, Audience.VILLAGERS),
        materials={LEAFLET: 300},
        consultations=12,
        banners=2,
    ),
    Held(
        date(2024, 3, 15),
        "“3·15”消费者权益日宣传",
        ("消费者权益", "反电信网络诈骗"),
        DeliveryForm.STAND,
        "进集市广场",
        180,
        ESTIMATED,
        ("石桥村",),
        "石桥村赶集场",
        laws="消费者权益保护法",
        partners="市场监管所",
        materials={LEAFLET: 400, GIFT: 60},
        consultations=15,
        banners=2,
        boards=4,
    ),
    Held(
        date(2024, 4, 15),
        "全民国家安全教育日进校园",
        ("国家安全",),
        DeliveryForm.SCHOOL,
        "进学校",
        320,
        COUNTED,
        ("清溪社区",),
        "示例镇中心学校",
        laws="国家安全法、反间谍法",
        partners="镇中心学校、派出所",
        speakers="司法所工作人员",
        audiences=(Audience.STUDENTS,),
        materials={LEAFLET: 320, POSTER: 12},
        note="按班级统计人数，不登记学生姓名。",
    ),
    Held(
        date(2024, 5, 18),
        "民法典进乡村院坝会",
        ("民法典", "婚姻家庭"),
        DeliveryForm.COURTYARD,
        "进农户",
        145,
        COUNTED,
        ("竹园村", "双河村", "枫林村"),
        "村组院坝",
        sessions=3,
        campaign="2024年民法典宣传月",
        laws="民法典",
        partners="村法律顾问",
        speakers="村法律顾问",
        materials={LEAFLET: 180, BOOKLET: 90},
        consultations=26,
        households=85,
    ),
    Held(
        date(2024, 6, 26),
        "“6·26”国际禁毒日集中宣传",
        ("禁毒",),
        DeliveryForm.STAND,
        "进集市广场",
        260,
        ESTIMATED,
        ("清溪社区", "柳塘村"),
        "镇文化广场",
        laws="禁毒法",
        partners="派出所、镇综治中心",
        materials={LEAFLET: 500, BOOKLET: 100, GIFT: 120},
        consultations=18,
        banners=4,
        boards=6,
        broadcasts=12,
        posts=2,
        reads=1830,
    ),
    Held(
        date(2024, 9, 12),
        "“利剑护蕾”法治课进校园",
        ("未成年人保护",),
        DeliveryForm.SCHOOL,
        "进学校",
        286,
        COUNTED,
        ("清溪社区",),
        "示例镇中心学校",
        campaign="“利剑护蕾”专项行动",
        laws="未成年人保护法、预防未成年人犯罪法",
        partners="镇中心学校、妇联",
        speakers="法治副校长",
        audiences=(Audience.STUDENTS, Audience.CHILDREN),
        materials={BOOKLET: 280},
        note="按班级统计人数，不登记学生姓名。",
    ),
    Held(
        date(2024, 10, 22),
        "农民工权益保障进企业",
        ("农民工权益", "涉企法律服务"),
        DeliveryForm.LECTURE,
        "进企业",
        92,
        SIGNED_IN,
        ("新田村",),
        "新田竹制品厂",
        laws="劳动合同法、保障农民工工资支付条例",
        partners="人社服务站",
        speakers="镇法律顾问",
        audiences=(Audience.BUSINESSES, Audience.MIGRANTS),
        materials={LEAFLET: 100},
        consultations=9,
    ),
    Held(
        date(2024, 12, 4),
        "国家宪法日进机关暨宪法宣传周",
        ("宪法宣传",),
        DeliveryForm.LECTURE,
        "进机关",
        210,
        SIGNED_IN,
        (),
        "镇政府会议室及广场",
        until=date(2024, 12, 7),
        sessions=2,
        laws="宪法",
        partners="党政办、各站所",
        audiences=(Audience.CADRES, Audience.VILLAGERS),
        materials={LEAFLET: 260, BOOKLET: 120},
        consultations=11,
        banners=6,
        posts=4,
        reads=2650,
    ),
    Held(
        date(2024, 7, 12),
        "柳塘村安全生产流动课堂",
        ("安全生产",),
        DeliveryForm.MOBILE_CLASS,
        "进乡村",
        None,
        villages=("柳塘村",),
        state=EventState.CANCELLED,
        note="因强降雨取消。",
    ),
    Held(
        date(2024, 6, 26),
        "禁毒日宣传（重复登记）",
        ("禁毒",),
        DeliveryForm.STAND,
        "进集市广场",
        260,
        ESTIMATED,
        ("清溪社区",),
        void_reason="与“6·26”国际禁毒日集中宣传重复登记",
    ),
)

_2023: tuple[Held, ...] = tuple(
    Held(
        day,
        title,
        themes,
        delivery,
        place,
        heads,
        basis,
        villages,
        materials=materials,
        consultations=consultations,
        campaign=campaign,
        sessions=sessions,
    )
    for (
        day,
        title,
        themes,
        delivery,
        place,
        heads,
        basis,
        villages,
        materials,
        consultations,
        campaign,
        sessions,
    ) in (
        (date(2023, 2, 16), "春季森林防火宣传", ("森林防火与生态环境",), DeliveryForm.BROADCAST,
         "进乡村", None, COUNTED, ("高岭村", "白云村"), {LEAFLET: 200}, None, "", 1),
        (date(2023, 3, 8), "妇女维权周宣传", ("妇女权益保障",), DeliveryForm.STAND,
         "进集市广场", 160, COUNTED, ("清溪社区",), {LEAFLET: 260}, 10, "", 1),
        (date(2023, 3, 15), "消费者权益日宣传", ("消费者权益",), DeliveryForm.STAND,
         "进集市广场", 140, ESTIMATED, ("石桥村",), {LEAFLET: 300}, 14, "", 1),
        (date(2023, 4, 14), "国家安全教育日宣传", ("国家安全",), DeliveryForm.SCHOOL,
         "进学校", 305, COUNTED, ("清溪社区",), {LEAFLET: 300}, None, "", 1),
        (date(2023, 5, 11), "民法典讲座", ("民法典",), DeliveryForm.LECTURE,
         "进乡村", 88, SIGNED_IN, ("金鸡村",), {BOOKLET: 80}, 16, "2023年民法典宣传月", 1),
        (date(2023, 5, 25), "民法典院坝会", ("民法典", "土地与宅基地"), DeliveryForm.COURTYARD,
         "进农户", 132, COUNTED, ("长坡村", "大湾村"), {LEAFLET: 150}, 21, "2023年民法典宣传月", 2),
        (date(2023, 6, 16), "安全生产咨询日", ("安全生产",), DeliveryForm.STAND,
         "进集市广场", 175, ESTIMATED, ("清溪社区",), {LEAFLET: 350, GIFT: 80}, 17, "", 1),
        (date(2023, 6, 26), "国际禁毒日宣传", ("禁毒",), DeliveryForm.STAND,
         "进集市广场", 240, ESTIMATED, ("清溪社区",), {LEAFLET: 450}, 15, "", 1),
        (date(2023, 8, 17), "暑期未成年人保护宣讲", ("未成年人保护",), DeliveryForm.MOBILE_CLASS,
         "进乡村", 76, COUNTED, ("新田村",), {BOOKLET: 70}, 6, "", 1),
        (date(2023, 11, 9), "消防宣传日活动", ("消防安全",), DeliveryForm.STAND,
         "进社区", 118, COUNTED, ("清溪社区",), {LEAFLET: 200}, 8, "", 1),
        (date(2023, 12, 4), "国家宪法日宣传", ("宪法宣传",), DeliveryForm.LECTURE,
         "进机关", 196, SIGNED_IN, (), {LEAFLET: 220, BOOKLET: 100}, 9, "", 1),
    )
)  # fmt: skip

EVENTS: tuple[Held, ...] = (*_2023, *_2024)


def lately(today: date) -> tuple[Held, ...]:
    """Unfinished business around the day the example is loaded.

    An event nobody counted, a planned one whose day has gone by and one still to come. Left out in
    2023 and 2024, whose figures are fixed.
    """
    if today.year <= 2024:
        return ()
    counted = today - timedelta(days=45)
    uncounted, missed = today - timedelta(days=12), today - timedelta(days=6)
    earlier = (
        (250, "妇女权益保障集中宣传", "妇女权益保障", "清溪社区", 142),
        (190, "民法典进乡村院坝会", "民法典", "双河村", 88),
        (151, "禁毒宣传进乡村", "禁毒", "柳塘村", 176),
        (96, "暑期未成年人保护宣讲", "未成年人保护", "新田村", 73),
    )
    fresh = (
        *(
            Held(
                today - timedelta(days=back),
                title,
                (theme,),
                DeliveryForm.STAND,
                "进乡村",
                heads,
                COUNTED,
                (village,),
                materials={LEAFLET: 200},
                consultations=10,
            )
            for back, title, theme, village, heads in earlier
            if (today - timedelta(days=back)).year == today.year
        ),
        Held(
            counted,
            "防范电信网络诈骗集中宣传",
            ("反电信网络诈骗",),
            DeliveryForm.STAND,
            "进集市广场",
            134,
            COUNTED,
            ("清溪社区",),
            "清溪社区集市",
            materials={LEAFLET: 300},
            consultations=16,
        ),
        Held(
            uncounted,
            "土地流转法律知识院坝会",
            ("土地与宅基地",),
            DeliveryForm.COURTYARD,
            "进农户",
            None,
            villages=("长坡村",),
            materials={LEAFLET: 60},
        ),
        Held(
            missed,
            "消防安全宣传进企业",
            ("消防安全",),
            DeliveryForm.LECTURE,
            "进企业",
            None,
            villages=("新田村",),
            state=EventState.PLANNED,
        ),
        Held(
            today + timedelta(days=10),
            "宪法宣传周启动仪式",
            ("宪法宣传",),
            DeliveryForm.STAND,
            "进集市广场",
            None,
            villages=("清溪社区",),
            state=EventState.PLANNED,
        ),
    )
    return tuple(held for held in fresh if held.day.year > 2024)
