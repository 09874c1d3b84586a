"""Closed lists of outreach."""

from __future__ import annotations

from tracker.kernel.terms import Term


class EventState(Term):
    """Only held events count."""

    PLANNED = "planned", "计划中", "Planned"
    HELD = "held", "已举办", "Held"
    CANCELLED = "cancelled", "已取消", "Cancelled"


class DeliveryForm(Term):
    """How an event is delivered (forms met in real reports; domain.md A4)."""

    STAND = "stand", "集中宣传／设咨询台", "Street stand"
    LECTURE = "lecture", "讲座／宣讲", "Lecture"
    COURTYARD = "courtyard", "院坝会／屋场宣讲", "Courtyard talk"
    HOUSEHOLD = "household", "入户宣传", "Household calls"
    SCHOOL = "school", "送法进校园", "School visit"
    MOBILE_CLASS = "mobile_class", "流动课堂", "Mobile class"
    CASE_TALK = "case_talk", "以案释法", "Law explained by cases"
    MOOT_COURT = "moot_court", "模拟法庭／旁听庭审", "Moot court or hearing"
    SHOW = "show", "法治文艺演出", "Stage performance"
    QUIZ = "quiz", "知识竞赛／有奖问答", "Quiz"
    SIGNING = "signing", "承诺签名", "Signing of pledges"
    BROADCAST = "broadcast", "广播／村村响", "Broadcast"
    DISPLAY = "display", "展板／横幅／LED", "Displays"
    NEW_MEDIA = "new_media", "新媒体推送", "New media"
    OTHER = "other", "其他", "Other"


class Audience(Term):
    """Whom an event is for."""

    VILLAGERS = "villagers", "村（居）民", "Residents"
    STUDENTS = "students", "青少年学生", "Students"
    CADRES = "cadres", "镇村干部", "Cadres"
    WOMEN = "women", "妇女", "Women"
    ELDERLY = "elderly", "老年人", "Elderly people"
    MIGRANTS = "migrants", "农民工", "Migrant workers"
    BUSINESSES = "businesses", "企业职工与商户", "Staff and shopkeepers"
    PARTY_MEMBERS = "party_members", "党员", "Party members"
    CORRECTIONS = "corrections", "社区矫正对象", "People under community correction"
    MEDIATORS = "mediators", "网格员与调解员", "Grid workers and mediators"
    CHILDREN = "children", "留守儿童", "Left-behind children"
    OTHER = "other", "其他", "Others"


class MaterialKind(Term):
    """What is handed out. Gifts are counted apart from printed matter."""

    LEAFLET = "leaflet", "宣传单（折页）", "Leaflets"
    BOOKLET = "booklet", "手册（读本）", "Booklets"
    POSTER = "poster", "海报（挂图）", "Posters"
    OTHER_PRINT = "other_print", "其他印刷品", "Other printed matter"
    GIFT = "gift", "宣传品（实物）", "Gifts"


#: The kinds that are printed matter; only these make up 宣传资料份数.
PRINTED = tuple(kind for kind in MaterialKind if kind is not MaterialKind.GIFT)
