"""The roster of officers."""

from __future__ import annotations

from tracker.certification import heads
from tracker.certification.models import Officer
from tracker.certification.queries.officers import officers_of_period
from tracker.certification.terms import EstablishmentKind, Sex
from tracker.kernel.register import Column, Register, known_as
from tracker.kernel.words import Words

OFFICERS = Register(
    key="officers",
    label=Words("干部职工", "Officers"),
    title=Words("执法人员名册", "roster of officers"),
    model=Officer,
    of_period=officers_of_period,
    path="/certification/officers/{id}",
    columns=known_as(
        heads.OFFICERS,
        Column(
            "name", Words("姓名", "Name"), lambda o: o.name, in_list=True, width=12, required=True
        ),
        Column("number", Words("编号", "Number"), lambda o: o.number, width=14),
        Column("sex", Words("性别", "Sex"), lambda o: o.sex, "term", width=6, term=Sex),
        Column(
            "station", Words("所在站所", "Station"), lambda o: o.station, in_list=True, width=18
        ),
        Column("post", Words("职务", "Post"), lambda o: o.post, in_list=True, width=14),
        Column(
            "establishment",
            Words("编制类别", "Establishment"),
            lambda o: o.establishment,
            "term",
            in_list=True,
            width=9,
            term=EstablishmentKind,
            required=True,
        ),
        Column(
            "enforcement_post",
            Words("执法岗位", "Enforcement post"),
            lambda o: o.enforcement_post,
            "flag",
            in_list=True,
            width=9,
        ),
        Column(
            "post_from",
            Words("到岗日期", "In post since"),
            lambda o: o.post_from,
            "date",
            width=14,
            required=True,
        ),
        Column(
            "post_until", Words("离岗日期", "Left on"), lambda o: o.post_until, "date", width=14
        ),
        Column(
            "leave_reason",
            Words("离岗原因", "Reason for leaving"),
            lambda o: o.leave_reason,
            width=14,
        ),
        Column("phone", Words("联系电话", "Phone"), lambda o: o.phone, width=16, as_text=True),
        Column(
            "law_qualified",
            Words("国家统一法律职业资格", "National legal qualification"),
            lambda o: o.law_qualified,
            "flag",
            width=10,
        ),
        Column("note", Words("备注", "Note"), lambda o: o.note, "long", width=24),
    ),
)
