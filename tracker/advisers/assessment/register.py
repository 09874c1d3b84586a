"""The ledger of assessments: its columns, declared once."""

from __future__ import annotations

from tracker.advisers.register import NOTE, NUMBER, SERVED, VILLAGE
from tracker.kernel.register import Column, Register, known_as
from tracker.kernel.words import Words

from . import heads, queries
from .models import AdviserAssessment
from .terms import Grade

ASSESSMENTS = Register(
    key="adviser_assessments",
    label=Words("法律顾问年度考核", "Assessments of advisers"),
    title=Words("法律顾问年度考核台账", "ledger of adviser assessments"),
    model=AdviserAssessment,
    of_period=queries.assessments_of_period,
    path="/advisers/assessments/{id}",
    columns=known_as(
        heads.ASSESSMENTS,
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
            "year",
            Words("考核年度", "Year assessed"),
            lambda a: str(a.year),
            in_list=True,
            width=9,
            required=True,
        ),
        SERVED,
        Column("village", VILLAGE, lambda a: a.village.name if a.village else "", width=16),
        Column(
            "total",
            Words("总分", "Total"),
            lambda a: a.total,
            "number",
            in_list=True,
            width=8,
            required=True,
        ),
        Column(
            "grade",
            Words("等次", "Grade"),
            lambda a: a.grade,
            "term",
            in_list=True,
            width=9,
            term=Grade,
        ),
        Column(
            "assessed_on",
            Words("考核日期", "Assessed on"),
            lambda a: a.assessed_on,
            "date",
            in_list=True,
            width=14,
            required=True,
        ),
        Column("assessor", Words("考核人", "Assessed by"), lambda a: a.assessor, width=14),
        Column(
            "village_view",
            Words("村（社区）意见", "The village's view"),
            lambda a: a.village_view,
            "long",
            width=24,
        ),
        NOTE,
    ),
)

ALL = (ASSESSMENTS,)
