"""The ledgers of legal-literate persons, their trainings, services and reviews, declared once."""

from __future__ import annotations

from tracker.advisers import heads as adviser_heads
from tracker.advisers import queries as adviser_queries
from tracker.advisers.models import LegalLiteratePerson, LegalLiterateTraining
from tracker.advisers.terms import PersonGroup, Sex
from tracker.kernel.headcount import CountBasis
from tracker.kernel.register import Column, Register, joined, known_as
from tracker.kernel.words import Words

from . import heads, queries
from .models import LiterateReview, LiterateService
from .terms import LiterateServiceKind, NominationWay, ReviewResult

NUMBER = Column("number", Words("编号", "Number"), lambda r: r.number, width=14)
LISTED_NUMBER = Column(
    "number", Words("编号", "Number"), lambda r: r.number, width=14, in_list=True
)
NOTE = Column("note", Words("备注", "Note"), lambda r: r.note, "long", width=20)
VILLAGE = Words("村（社区）", "Village")

#: Whom a service or a review is of: the name with the village, by which a ledger finds them again.
PERSON = Column(
    "person",
    Words("法律明白人", "Legal-literate person"),
    lambda r: r.person.full_name,
    in_list=True,
    width=24,
    required=True,
)
#: Worked out from the person; there to sort and filter by.
THEIR_VILLAGE = Column("village", VILLAGE, lambda r: r.person.village.name, width=16)


def _day(key: str, label: Words, *, in_list: bool = False, required: bool = False) -> Column:
    return Column(
        key, label, lambda r: getattr(r, key), "date", in_list=in_list, width=14, required=required
    )


def _number(key: str, label: Words, *, in_list: bool = False) -> Column:
    return Column(key, label, lambda r: getattr(r, key), "number", True, width=9, in_list=in_list)


def _text(key: str, label: Words, width: int, *, as_text: bool = False) -> Column:
    return Column(key, label, lambda r: getattr(r, key), width=width, as_text=as_text)


PERSONS = Register(
    key="legal_literate_persons",
    label=Words("法律明白人", "Legal-literate persons"),
    title=Words("法律明白人名册", "register of legal-literate persons"),
    model=LegalLiteratePerson,
    of_period=adviser_queries.persons_of_period,
    path="/advisers/legal-literate/{id}",
    columns=known_as(
        adviser_heads.PERSONS,
        Column(
            "name", Words("姓名", "Name"), lambda p: p.name, in_list=True, width=12, required=True
        ),
        NUMBER,
        Column(
            "village",
            VILLAGE,
            lambda p: p.village.name,
            in_list=True,
            width=16,
            required=True,
        ),
        Column("sex", Words("性别", "Sex"), lambda p: p.sex, "term", width=7, term=Sex),
        Column(
            "identity",
            Words("身份类别", "Group"),
            lambda p: p.identity,
            "term",
            in_list=True,
            width=18,
            term=PersonGroup,
            required=True,
        ),
        Column(
            "phone",
            Words("电话", "Phone"),
            lambda p: p.phone,
            in_list=True,
            width=16,
            as_text=True,
        ),
        Column(
            "villagers_group",
            Words("村（居）民小组", "Villagers' group"),
            lambda p: p.villagers_group or "",
            width=12,
        ),
        Column(
            "nominated",
            Words("推荐方式", "How nominated"),
            lambda p: p.nominated,
            "term",
            width=16,
            term=NominationWay,
        ),
        _day("assessed_on", Words("考核日期", "Assessed")),
        _day("appointed_on", Words("聘任日期", "Appointed"), in_list=True, required=True),
        _text("certificate_number", Words("证书编号", "Certificate number"), 18, as_text=True),
        _day("certificate_issued_on", Words("证书颁发日期", "Certificate issued")),
        Column("star_level", Words("星级", "Stars"), lambda p: p.star_level, "number", width=7),
        # The star of the latest review, else the one beside it; never taken in.
        Column(
            "current_star",
            Words("现星级", "Stars today"),
            lambda p: p.current_star,
            "number",
            in_list=True,
            width=7,
        ),
        Column(
            "adviser",
            Words("结对法律顾问", "Paired adviser"),
            lambda p: p.adviser.name if p.adviser else "",
            width=14,
        ),
        _day("left_on", Words("退出日期", "Left"), in_list=True),
        _text("leave_reason", Words("退出原因", "Why they left"), 18),
        NOTE,
    ),
)

TRAININGS = Register(
    key="legal_literate_trainings",
    label=Words("法律明白人培训", "Trainings of legal-literate persons"),
    title=Words("法律明白人培训台账", "ledger of trainings of legal-literate persons"),
    model=LegalLiterateTraining,
    of_period=adviser_queries.trainings_of_period,
    path="/advisers/trainings/{id}",
    columns=known_as(
        adviser_heads.TRAININGS,
        Column(
            "title",
            Words("培训名称", "Title"),
            lambda t: t.title,
            "long",
            in_list=True,
            width=30,
            required=True,
        ),
        LISTED_NUMBER,
        _day("held_on", Words("培训日期", "Day"), in_list=True, required=True),
        Column(
            "organiser",
            Words("主办单位", "Organiser"),
            lambda t: t.organiser,
            in_list=True,
            width=20,
        ),
        _number("headcount", Words("参训人次", "Headcount"), in_list=True),
        Column(
            "count_basis",
            Words("计数方式", "Basis of the count"),
            lambda t: t.count_basis,
            "term",
            width=9,
            term=CountBasis,
        ),
        Column("hours", Words("学时", "Class hours"), lambda t: t.hours, "number", width=8),
        # Among the headcount, and never added to it.
        Column(
            "persons",
            Words("参训人员", "Who took part"),
            lambda t: joined([trainee.person.full_name for trainee in t.attendees]),
            "long",
            width=30,
        ),
        NOTE,
    ),
)

SERVICES = Register(
    key="literate_services",
    label=Words("法律明白人服务记录", "Services of legal-literate persons"),
    title=Words("法律明白人服务台账", "ledger of services of legal-literate persons"),
    model=LiterateService,
    of_period=queries.services_of_period,
    path="/advisers/legal-literate/services/{id}",
    columns=known_as(
        heads.SERVICES,
        Column(
            "matter",
            Words("服务事项", "Matter"),
            lambda s: s.matter,
            "long",
            in_list=True,
            width=30,
            required=True,
        ),
        NUMBER,
        PERSON,
        THEIR_VILLAGE,
        _day("held_on", Words("服务日期", "Day"), in_list=True, required=True),
        Column(
            "kind",
            Words("服务类别", "Kind of service"),
            lambda s: s.kind,
            "term",
            in_list=True,
            width=18,
            term=LiterateServiceKind,
            required=True,
        ),
        _number("people", Words("服务人次", "Person-times"), in_list=True),
        _number("households", Words("服务户数", "Households")),
        NOTE,
    ),
)

REVIEWS = Register(
    key="literate_reviews",
    label=Words("法律明白人年度考评", "Yearly reviews of legal-literate persons"),
    title=Words("法律明白人考评台账", "ledger of reviews of legal-literate persons"),
    model=LiterateReview,
    of_period=queries.reviews_of_period,
    path="/advisers/legal-literate/reviews/{id}",
    columns=known_as(
        heads.REVIEWS,
        PERSON,
        NUMBER,
        THEIR_VILLAGE,
        Column(
            "year",
            Words("考评年度", "Year reviewed"),
            lambda r: str(r.year),
            in_list=True,
            width=9,
            required=True,
        ),
        Column(
            "result",
            Words("考评结果", "Result"),
            lambda r: r.result,
            "term",
            in_list=True,
            width=10,
            term=ReviewResult,
            required=True,
        ),
        Column(
            "star",
            Words("评定星级", "Stars given"),
            lambda r: r.star,
            "number",
            in_list=True,
            width=9,
        ),
        _day("reviewed_on", Words("考评日期", "Reviewed on"), in_list=True, required=True),
        NOTE,
    ),
)
