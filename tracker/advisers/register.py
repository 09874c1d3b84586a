"""The ledgers of the advisers' domain: their columns, declared once."""

from __future__ import annotations

from tracker.kernel.register import EXCEPTION, Column, Register, known_as
from tracker.kernel.words import Words

from . import heads, queries
from .counsel.register import OPINIONS
from .literate.register import PERSONS, REVIEWS, SERVICES, TRAININGS
from .models import (
    Adviser,
    AdviserAssignment,
    AdviserVisit,
    LawFirm,
)
from .terms import (
    AdviserIdentity,
    AssignmentTarget,
    FirmKind,
    VisitKind,
    VisitMode,
)

NUMBER = Column("number", Words("编号", "Number"), lambda r: r.number, width=14)
LISTED_NUMBER = Column(
    "number", Words("编号", "Number"), lambda r: r.number, width=14, in_list=True
)
NOTE = Column("note", Words("备注", "Note"), lambda r: r.note, "long", width=20)
VILLAGE = Words("村（社区）", "Village")
TOWNSHIP = Words("乡镇（街道）本级", "The township")

#: Whom an assignment or a visit was for; the column «village» beside it is the one forms fill.
SERVED = Column(
    "served",
    Words("服务对象", "Served"),
    lambda r: r.village.name if r.village else TOWNSHIP,
    in_list=True,
    width=18,
)


def _day(key: str, label: Words, *, in_list: bool = False, required: bool = False) -> Column:
    return Column(
        key, label, lambda r: getattr(r, key), "date", in_list=in_list, width=14, required=required
    )


def _number(key: str, label: Words, *, width: int = 9, in_list: bool = False) -> Column:
    return Column(
        key, label, lambda r: getattr(r, key), "number", True, width=width, in_list=in_list
    )


def _text(key: str, label: Words, width: int, *, as_text: bool = False) -> Column:
    return Column(key, label, lambda r: getattr(r, key), width=width, as_text=as_text)


FIRMS = Register(
    key="law_firms",
    label=Words("律所等执业机构", "Firms"),
    title=Words("法律服务机构名册", "list of firms"),
    model=LawFirm,
    of_period=queries.firms_of_period,
    path="/advisers/firms/{id}",
    columns=known_as(
        heads.FIRMS,
        Column(
            "name",
            Words("机构名称", "Name"),
            lambda f: f.name,
            in_list=True,
            width=28,
            required=True,
        ),
        LISTED_NUMBER,
        Column(
            "kind",
            Words("机构类别", "Kind"),
            lambda f: f.kind,
            "term",
            in_list=True,
            width=16,
            term=FirmKind,
        ),
        Column(
            "phone",
            Words("电话", "Phone"),
            lambda f: f.phone,
            in_list=True,
            width=16,
            as_text=True,
        ),
        _text("address", Words("地址", "Address"), 28),
        NOTE,
    ),
)

ADVISERS = Register(
    key="advisers",
    label=Words("法律顾问", "Advisers"),
    title=Words("法律顾问名册", "list of legal advisers"),
    model=Adviser,
    of_period=queries.advisers_of_period,
    path="/advisers/{id}",
    columns=known_as(
        heads.ADVISERS,
        Column(
            "name", Words("姓名", "Name"), lambda a: a.name, in_list=True, width=12, required=True
        ),
        LISTED_NUMBER,
        Column(
            "identity",
            Words("身份", "Identity"),
            lambda a: a.identity,
            "term",
            in_list=True,
            width=18,
            term=AdviserIdentity,
            required=True,
        ),
        Column(
            "firm",
            Words("执业机构", "Firm"),
            lambda a: a.firm.name if a.firm else "",
            in_list=True,
            width=26,
        ),
        _text("licence_number", Words("执业证号", "Licence number"), 20, as_text=True),
        Column(
            "phone",
            Words("电话", "Phone"),
            lambda a: a.phone,
            in_list=True,
            width=16,
            as_text=True,
        ),
        NOTE,
    ),
)

ASSIGNMENTS = Register(
    key="adviser_assignments",
    label=Words("法律顾问聘任", "Assignments of advisers"),
    title=Words("法律顾问聘任台账", "ledger of adviser assignments"),
    model=AdviserAssignment,
    of_period=queries.assignments_of_period,
    path="/advisers/assignments/{id}",
    columns=known_as(
        heads.ASSIGNMENTS,
        Column(
            "adviser",
            Words("法律顾问", "Adviser"),
            lambda a: a.adviser.name,
            in_list=True,
            width=12,
            required=True,
        ),
        NUMBER,
        Column(
            "identity",
            Words("身份", "Identity"),
            lambda a: a.adviser.identity,
            "term",
            width=18,
            term=AdviserIdentity,
        ),
        Column(
            "firm",
            Words("执业机构", "Firm"),
            lambda a: a.adviser.firm.name if a.adviser.firm else "",
            width=24,
        ),
        Column(
            "target",
            Words("服务对象", "Serves"),
            lambda a: a.target,
            "term",
            width=20,
            term=AssignmentTarget,
        ),
        Column(
            "village",
            VILLAGE,
            lambda a: a.village.name if a.village else "",
            width=16,
        ),
        _day("starts_on", Words("开始日期", "Begins"), in_list=True, required=True),
        _day("ends_on", Words("结束日期", "Ends"), in_list=True),
        Column("additional", Words("增配", "Additional"), lambda a: a.additional, "flag", width=8),
        Column("renewal", Words("续聘", "Renewal"), lambda a: a.renewal, "flag", width=8),
        _day("contract_signed_on", Words("合同签订日期", "Contract signed")),
        _day("plate_put_up_on", Words("公示牌上墙日期", "Plate put up")),
        _number("fee", Words("年度服务费（元）", "Fee a year (yuan)"), width=12),
        _day("qualification_checked_on", Words("资格审核日期", "Qualification checked")),
        _day("screened_on", Words("初步筛选日期", "Screened")),
        _day("appointed_on", Words("聘任决定日期", "Appointed")),
        _text("end_reason", Words("结束原因", "Why it ended"), 18),
        EXCEPTION,
        NOTE,
    ),
)

#: The columns of the list of assignments.
ASSIGNMENT_LIST = (
    SERVED,
    ASSIGNMENTS.column("adviser"),
    ASSIGNMENTS.column("starts_on"),
    ASSIGNMENTS.column("ends_on"),
)

VISITS = Register(
    key="adviser_visits",
    label=Words("法律顾问服务记录", "Visits of advisers"),
    title=Words("法律顾问服务台账", "log of adviser visits"),
    model=AdviserVisit,
    of_period=queries.visits_of_period,
    path="/advisers/visits/{id}",
    columns=known_as(
        heads.VISITS,
        Column(
            "matter",
            Words("事项", "Matter"),
            lambda v: v.matter,
            "long",
            in_list=True,
            width=30,
            required=True,
        ),
        NUMBER,
        _day("held_on", Words("服务日期", "Day"), in_list=True, required=True),
        Column(
            "adviser",
            Words("法律顾问", "Adviser"),
            lambda v: v.adviser.name,
            in_list=True,
            width=12,
            required=True,
        ),
        SERVED,
        Column("village", VILLAGE, lambda v: v.village.name if v.village else "", width=16),
        Column(
            "kind",
            Words("服务内容", "Kind of service"),
            lambda v: v.kind,
            "term",
            in_list=True,
            width=14,
            term=VisitKind,
            required=True,
        ),
        Column("mode", Words("服务方式", "Way"), lambda v: v.mode, "term", width=9, term=VisitMode),
        _number("hours", Words("时长（小时）", "Hours")),
        _number("people_consulted", Words("解答咨询人次", "People advised"), in_list=True),
        _number("attendees", Words("听讲人数", "Attendees")),
        _number("opinions", Words("法律意见（份）", "Opinions")),
        _number("contracts_reviewed", Words("审查合同（份）", "Contracts reviewed")),
        _number("documents", Words("代拟文书（份）", "Documents drafted")),
        _number("mediations", Words("参与调解（件）", "Mediations")),
        _number("legal_aid_cases", Words("引导法律援助（件）", "Led to legal aid")),
        _number("enterprises", Words("体检企业（家）", "Enterprises")),
        Column(
            "event",
            Words("对应普法活动", "Outreach event"),
            lambda v: v.event.number if v.event else "",
            width=14,
        ),
        Column("result", Words("结果", "Result"), lambda v: v.result, "long", width=24),
        EXCEPTION,
        NOTE,
    ),
)

ALL = (
    ADVISERS,
    ASSIGNMENTS,
    VISITS,
    PERSONS,
    TRAININGS,
    SERVICES,
    REVIEWS,
    OPINIONS,
    FIRMS,
)
