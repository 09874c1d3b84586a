"""The ledger of the plan: the columns of the responsibility list, declared once."""

from __future__ import annotations

from tracker.kernel.register import Column, Register, known_as
from tracker.kernel.words import Words

from . import heads
from .models import PlanItem
from .queries import items_of_period

PLAN_ITEMS = Register(
    key="plan_items",
    label=Words("普法计划", "Outreach plan"),
    title=Words("普法责任清单", "responsibility list of outreach"),
    model=PlanItem,
    of_period=items_of_period,
    path="/outreach/plan/items/{id}",
    columns=known_as(
        heads.PLAN_ITEMS,
        Column(
            "content",
            Words("普法计划内容", "Content"),
            lambda i: i.content,
            "long",
            in_list=True,
            width=30,
            required=True,
        ),
        Column("number", Words("编号", "Number"), lambda i: i.number, width=14),
        Column("year", Words("年度", "Year"), lambda i: str(i.year), width=8),
        Column(
            "position",
            Words("清单序号", "Place in the list"),
            lambda i: i.position,
            "number",
            width=6,
        ),
        Column("laws", Words("法律法规", "Laws"), lambda i: i.laws, width=22),
        Column("leader", Words("责任领导", "Leader"), lambda i: i.leader, width=10),
        Column(
            "responsible_person",
            Words("责任人", "Person responsible"),
            lambda i: i.responsible_person,
            width=10,
        ),
        Column(
            "responsible_office",
            Words("责任处室", "Office responsible"),
            lambda i: i.responsible_office,
            in_list=True,
            width=14,
        ),
        Column("audience", Words("普法对象", "Audience"), lambda i: i.audience, width=16),
        Column(
            "carrier", Words("学习宣传载体", "Carrier of publicity"), lambda i: i.carrier, width=18
        ),
        Column("measure", Words("方式措施", "Measure"), lambda i: i.measure, "long", width=24),
        Column("standard", Words("标准", "Standard"), lambda i: i.standard, "long", width=20),
        Column(
            "due_on",
            Words("完成时限", "Due"),
            lambda i: i.due_on,
            "date",
            in_list=True,
            width=14,
        ),
        Column(
            "target_events",
            Words("目标活动次数", "Events aimed at"),
            lambda i: i.target_events,
            "number",
            True,
            width=9,
        ),
        Column(
            "target_person_times",
            Words("目标人次", "Person-times aimed at"),
            lambda i: i.target_person_times,
            "number",
            True,
            width=9,
        ),
        Column(
            "held_events",
            Words("已举办次数", "Events held"),
            lambda i: i.held_events,
            "number",
            True,
            width=9,
        ),
        Column(
            "held_person_times",
            Words("已参加人次", "Person-times so far"),
            lambda i: i.held_person_times,
            "number",
            True,
            width=9,
        ),
        Column(
            "held_uncounted",
            Words("其中未登记人次的次数", "Events without a headcount"),
            lambda i: i.held_uncounted or None,
            "number",
            True,
            width=9,
        ),
        Column("note", Words("备注", "Note"), lambda i: i.note, "long", width=18),
    ),
)

ALL = (PLAN_ITEMS,)
