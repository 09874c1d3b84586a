"""The ledger of subsidies: its columns, declared once."""

from __future__ import annotations

from tracker.advisers.register import NOTE, NUMBER, SERVED, VILLAGE
from tracker.kernel.register import Column, Register, known_as
from tracker.kernel.words import Words

from . import heads, queries
from .models import AdviserSubsidy

SUBSIDIES = Register(
    key="adviser_subsidies",
    label=Words("法律顾问补助", "Subsidies of advisers"),
    title=Words("法律顾问补助发放台账", "ledger of subsidies paid to advisers"),
    model=AdviserSubsidy,
    of_period=queries.subsidies_of_period,
    path="/advisers/subsidies/items/{id}",
    columns=known_as(
        heads.SUBSIDIES,
        Column(
            "adviser",
            Words("法律顾问", "Adviser"),
            lambda s: s.adviser.name,
            in_list=True,
            width=12,
            required=True,
        ),
        NUMBER,
        Column(
            "year",
            Words("补助年度", "Year of service"),
            lambda s: str(s.year),
            in_list=True,
            width=9,
            required=True,
        ),
        SERVED,
        Column("village", VILLAGE, lambda s: s.village.name if s.village else "", width=16),
        Column(
            "amount_proposed",
            Words("测算金额（元）", "Proposed (yuan)"),
            lambda s: s.amount_proposed,
            "number",
            True,
            in_list=True,
            width=12,
        ),
        Column(
            "amount_decided",
            Words("核定金额（元）", "Decided (yuan)"),
            lambda s: s.amount_decided,
            "number",
            True,
            in_list=True,
            width=12,
            required=True,
        ),
        Column(
            "reason",
            Words("与测算不同的原因", "Why it differs"),
            lambda s: s.reason,
            "long",
            width=22,
        ),
        Column(
            "paid_on",
            Words("发放日期", "Paid on"),
            lambda s: s.paid_on,
            "date",
            in_list=True,
            width=14,
        ),
        NOTE,
    ),
)

ALL = (SUBSIDIES,)
