"""Sample contents for the style page: ordinary, long, unbroken, hostile and empty."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import get_locale

from .charts import bar_chart, column_chart, progress, village_tiles

LONG_TITLE = "深入学习宣传贯彻法治宣传教育法暨国家宪法日集中宣传活动" * 7
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitaen" * 3
SCRIPT = "<script>alert('活动')</script> & \"引号\""
EMOJI = "👨‍👩‍👧‍👦 普法进家庭 🎉🇨🇳"

VILLAGES = (
    ("架桥社区", "jiaqiaoshequ jqsq"),
    ("栖凤山村", "qifengshancun qfsc"),
    ("四面山村", "simianshancun smsc"),
    ("枫树口村", "fengshukoucun fskc"),
    ("桃花源村", "taohuayuancun thyc"),
    ("白洋河村", "baiyanghecun byhc"),
    ("沙坪村", "shapingcun spc"),
    ("牛车河村", "niuchehecun nchc"),
    ("观音寺村", "guanyinsicun gysc"),
    ("城关镇第一居民社区居民委员会", "chengguanzhen cgz"),
    ("龙潭村", "longtancun ltc"),
    ("三阳港村", "sanyanggangcun sygc"),
)


def pick(zh: str, en: str) -> str:
    """The one of two sample texts that fits the page's language."""
    locale = get_locale()
    return en if locale is not None and locale.language == "en" else zh


@dataclass(frozen=True)
class _Pages:
    page: int
    pages: int
    total: int
    first: int
    last: int
    prev_url: str | None
    next_url: str | None
    items: list[tuple[str, str | None, bool]]


def _filters() -> dict[str, object]:
    return {
        "fields": [
            {"name": "q", "label": pick("搜索", "Search"), "type": "search", "value": LONG_WORD},
            {
                "name": "year",
                "label": pick("年度", "Year"),
                "type": "select",
                "value": 2024,
                "choices": [("", pick("全部", "All")), (2024, "2024"), (2023, "2023")],
            },
            {
                "name": "state",
                "label": pick("状态", "State"),
                "type": "select",
                "value": "",
                "choices": [("", pick("全部", "All")), ("held", pick("已举办", "Held"))],
            },
            {"name": "place", "label": pick("地点", "Venue"), "type": "text", "value": SCRIPT},
        ],
        "chips": [
            {"label": pick("年度：2024", "Year: 2024"), "url_without": "?"},
            {"label": LONG_TITLE[:60], "url_without": "?year=2024"},
        ],
    }


def _table() -> dict[str, object]:
    held, void = pick("已举办", "Held"), pick("已作废", "Voided")
    rows: list[dict[str, object]] = [
        {
            "cells": [
                {"text": "国家宪法日集中宣传", "note": "PF-2024-008"},
                "2024-12-04",
                "架桥社区、沙坪村",
                {"text": held, "tone": "success"},
                823,
            ],
            "url": "#main",
        },
        {
            "cells": ["Constitution Day outreach", "2024-12-04", None, {"text": held}, 0],
            "url": "#main",
        },
        {
            "cells": [
                LONG_TITLE,
                "2024-11-12",
                LONG_WORD,
                {"text": pick("缺人数", "No headcount"), "tone": "warning"},
                None,
            ],
            "url": "#main",
            "tone": "warning",
        },
        {
            "cells": [
                SCRIPT,
                "2024-06-26",
                EMOJI,
                {"text": void, "tone": "muted"},
                "1,234,567,890,123",
            ],
            "url": "#main",
            "tone": "void",
        },
        {
            "cells": [
                "",
                "",
                "",
                {"text": pick("已过期", "Expired"), "tone": "danger"},
                {"text": "7", "url": "#main"},
            ],
            "url": "#main",
            "tone": "danger",
        },
    ]
    return {
        "columns": [
            {"key": "title", "label": pick("活动名称", "Title"), "wide": True},
            {"key": "date", "label": pick("日期", "Date")},
            {"key": "villages", "label": pick("村（社区）", "Villages")},
            {"key": "state", "label": pick("状态", "State"), "align": "center"},
            {"key": "headcount", "label": pick("人次", "Person-times"), "align": "right"},
        ],
        "rows": rows,
        "pages": _Pages(
            page=2,
            pages=9,
            total=431,
            first=51,
            last=100,
            prev_url="?page=1",
            next_url="?page=3",
            items=[
                ("1", "?page=1", False),
                ("2", None, True),
                ("3", "?page=3", False),
                ("…", None, False),
                ("9", "?page=9", False),
            ],
        ),
    }


def _figures() -> dict[str, object]:
    basis = pick("其中签到 1,120 人次，1 场未记录人数", "1,120 signed in, 1 event without a count")
    return {
        "cards": [
            {
                "label": pick("普法宣传活动", "Outreach events"),
                "phrase": pick("8场次", "8 events"),
                "exact": "8",
                "unit": pick("场次", "events"),
                "previous": "11",
                "change": "−3",
                "url": "#main",
            },
            {
                "label": pick("宣传普及人数", "Person-times reached"),
                "phrase": pick("1600多人", "more than 1,600"),
                "exact": "1,640",
                "unit": pick("人次", "person-times"),
                "previous": "1,204",
                "change": "+436",
                "url": "#main",
                "note": basis,
            },
            {
                "label": pick("法律顾问覆盖率", "Villages with an adviser"),
                "phrase": "100%",
                "exact": "12 / 12",
                "previous": "91.7%",
                "url": "#main",
            },
            {"label": LONG_TITLE[:40], "phrase": "", "url": "#main"},
            {"label": LONG_WORD, "phrase": "1,234,567,890,123", "exact": "1,234,567,890,123"},
        ],
        "groups": [
            {
                "title": pick("普法宣传", "Outreach"),
                "rows": [
                    {
                        "label": pick("普法宣传活动场次", "Outreach sessions"),
                        "url": "#main",
                        "value": "8",
                        "unit": pick("场次", "sessions"),
                        "previous": "11",
                        "change": "−3",
                        "note": "",
                    },
                    {
                        "label": pick("宣传普及人次", "Person-times"),
                        "url": "#main",
                        "value": "1,640",
                        "unit": pick("人次", "person-times"),
                        "previous": "1,204",
                        "change": "+436",
                        "note": basis,
                    },
                ],
            },
            {
                "title": LONG_TITLE[:80],
                "rows": [
                    {"label": LONG_WORD, "url": "#main", "value": "1,234,567,890,123"},
                    {"label": SCRIPT, "value": None, "previous": "0", "change": None},
                ],
            },
        ],
    }


def _charts() -> dict[str, object]:
    counts: list[int | None] = [7, 0, 3, None, 12, 5, 1, 9, 2, 4, 6, 8]
    names = [name for name, _ in VILLAGES]
    months = [pick(f"{month}月", f"{month}") for month in range(1, 13)]
    reach: list[int | None] = [0, 45, 823, None, 120, 312, 1640, 0, 88, 260, 415, 1204]
    return {
        "bars": bar_chart(
            "chart-themes",
            pick("各主题人次", "Person-times by theme"),
            pick("人次", "person-times"),
            [
                ("宪法", 823),
                ("Civil code", 412),
                (LONG_TITLE, 0),
                (LONG_WORD, 1234567),
                (SCRIPT, None),
            ],
            urls=["#main"],
        ),
        "columns": column_chart(
            "chart-months",
            pick("各月人次", "Person-times by month"),
            pick("人次", "person-times"),
            list(zip(months, reach, strict=True)),
        ),
        "tiles": village_tiles(
            "chart-villages",
            pick("各村活动次数", "Events by village"),
            pick("次", "events"),
            list(zip(names, counts, strict=True)),
        ),
        "empty": bar_chart("chart-empty", pick("没有数据的图", "A chart of nothing"), "", []),
        "progress": [
            (pick("普法活动", "Outreach events"), progress(8, 12)),
            (pick("顾问走访", "Adviser visits"), progress(150, 144)),
            (LONG_TITLE[:50], progress(3, None)),
        ],
    }


def samples() -> dict[str, object]:
    """Everything the style page prints beside its form."""
    return {
        "long_title": LONG_TITLE[:200],
        "long_word": LONG_WORD,
        "script": SCRIPT,
        "emoji": EMOJI,
        "filters": _filters(),
        "table": _table(),
        "figures": _figures(),
        "charts": _charts(),
    }
