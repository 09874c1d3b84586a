"""The ledger of opinions on decisions: its columns, declared once."""

from __future__ import annotations

from tracker.kernel.register import Column, Register, known_as
from tracker.kernel.words import Words

from . import heads
from .models import CounselOpinion
from .queries import opinions_of_period
from .terms import Adoption, DecisionKind

#: Who gave an opinion that no counsel gave.
OWN = Words("本单位", "The office itself")

OPINIONS = Register(
    key="counsel_opinions",
    label=Words("法律意见", "Opinions on decisions"),
    title=Words("法律意见台账", "ledger of opinions on decisions"),
    model=CounselOpinion,
    of_period=opinions_of_period,
    path="/advisers/opinions/{id}",
    columns=known_as(
        heads.OPINIONS,
        Column(
            "matter",
            Words("征求意见事项", "Matter"),
            lambda o: o.matter,
            "long",
            in_list=True,
            width=30,
            required=True,
        ),
        Column("number", Words("编号", "Number"), lambda o: o.number, width=14),
        Column(
            "kind",
            Words("事项类别", "Kind of decision"),
            lambda o: o.kind,
            "term",
            in_list=True,
            width=14,
            term=DecisionKind,
            required=True,
        ),
        Column(
            "adviser",
            Words("出具人", "Given by"),
            lambda o: o.adviser.name if o.adviser else OWN,
            in_list=True,
            width=12,
        ),
        Column(
            "asked_on", Words("征求意见日期", "Asked on"), lambda o: o.asked_on, "date", width=14
        ),
        Column(
            "given_on",
            Words("出具日期", "Given on"),
            lambda o: o.given_on,
            "date",
            in_list=True,
            width=14,
            required=True,
        ),
        Column("summary", Words("意见要点", "Opinion"), lambda o: o.summary, "long", width=36),
        Column(
            "adopted",
            Words("采纳情况", "Adopted"),
            lambda o: o.adopted,
            "term",
            in_list=True,
            width=10,
            term=Adoption,
        ),
        Column(
            "decision_reference",
            Words("决策文号", "Decision"),
            lambda o: o.decision_reference,
            width=20,
        ),
        Column(
            "visit",
            Words("来自服务记录", "From the visit"),
            lambda o: o.visit.number if o.visit else "",
            width=14,
        ),
        Column("note", Words("备注", "Note"), lambda o: o.note, "long", width=20),
    ),
)

ALL = (OPINIONS,)
