"""The ledger of villages."""

from __future__ import annotations

from tracker.kernel.register import Column, Register, known_as
from tracker.kernel.words import Words

from . import heads
from .models import Village
from .queries import villages_of_period
from .terms import VillageKind

VILLAGES = Register(
    key="villages",
    label=Words("村（社区）", "Villages"),
    title=Words("村（社区）名册", "list of villages"),
    model=Village,
    of_period=villages_of_period,
    path="/villages/{id}",
    columns=known_as(
        heads.VILLAGES,
        Column(
            "name",
            Words("村（社区）名称", "Name"),
            lambda v: v.name,
            in_list=True,
            width=18,
            required=True,
        ),
        Column("number", Words("编号", "Number"), lambda v: v.number, in_list=True, width=14),
        Column(
            "kind",
            Words("类别", "Kind"),
            lambda v: v.kind,
            "term",
            in_list=True,
            width=9,
            term=VillageKind,
        ),
        Column(
            "population",
            Words("人口", "Population"),
            lambda v: v.population,
            "number",
            True,
            in_list=True,
            width=9,
        ),
        Column(
            "households",
            Words("户数", "Households"),
            lambda v: v.households,
            "number",
            True,
            in_list=True,
            width=9,
        ),
        Column(
            "closed_on", Words("撤并日期", "Merged on"), lambda v: v.closed_on, "date", width=14
        ),
        Column("note", Words("备注", "Note"), lambda v: v.note, "long", width=24),
    ),
)

ALL = (VILLAGES,)
