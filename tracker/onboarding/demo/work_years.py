"""The invented township's other registers, 2023 and 2024."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .places import VILLAGES


@dataclass(frozen=True)
class Done:
    """An entry of the example, in the terms of its kind."""

    kind: str
    day: date
    title: str
    people: int | None = None
    items: int | None = None
    due: int | None = None
    succeeded: int | None = None
    village: str = ""


def work() -> Iterator[Done]:
    """Every entry: the dated work a year's report also counts, and what stands at its end."""
    for year, more in ((2023, 0), (2024, 2)):
        yield from _leadership(year, more)
        yield from _study(year, more)
        yield from _decisions(year, more)
        yield from _people(year, more)
    yield from _standing()


def _leadership(year: int, more: int) -> Iterator[Done]:
    for month, subject in (
        (2, "年度法治建设工作部署"),
        (6, "听取上半年法治建设汇报"),
        (9, "研究行政执法规范化"),
        (11, "研究法治建设年度报告"),
    ):
        day = date(year, month, 18)
        yield Done("rule_of_law_meeting", day, f"党委会专题研究：{subject}", people=13 + more)
    yield Done("rule_of_law_committee", date(year, 3, 26), "镇法治建设委员会会议", people=21)
    yield Done("rule_of_law_document", date(year, 3, 28), "法治建设工作要点", items=1)


def _study(year: int, more: int) -> Iterator[Done]:
    subjects = ("习近平法治思想", "民法典", "行政处罚法", "宪法")
    for month, subject in zip((3, 5, 8, 12), subjects, strict=True):
        yield Done("centre_group_study", date(year, month, 11), f"中心组学习：{subject}", people=14)
    yield Done("cadre_training", date(year, 4, 25), "镇村干部法治培训", people=86 + more, due=90)
    yield Done("cadre_training", date(year, 10, 17), "网格员法治培训", people=52 + more, due=55)
    passed = 46 if more else 44
    yield Done(
        "law_exam", date(year, 10, 8), "国家工作人员学法考试", people=46, due=46, succeeded=passed
    )
    yield Done("leader_law_lecture", date(year, 6, 21), "镇长讲法治课", people=62)
    yield Done("court_observation", date(year, 9, 19), "旁听行政诉讼庭审", people=12, due=12)


def _decisions(year: int, more: int) -> Iterator[Done]:
    for month, items in ((4, 3), (8, 4), (12, 2 + more)):
        yield Done(
            "contract_review",
            date(year, month, 22),
            f"{month}月合同合法性审查",
            items=items,
            due=items,
            succeeded=items,
        )
    yield Done(
        "legality_review",
        date(year, 7, 5),
        "集镇改造实施方案合法性审查",
        items=1,
        due=1,
        succeeded=1,
    )
    yield Done("case_file_review", date(year, 11, 21), "执法案卷评查", items=2 + more, succeeded=2)
    yield Done("penalty_case", date(year, 8, 30), "一般程序行政处罚", items=3 + more)
    yield Done("joint_enforcement", date(year, 5, 16), "集镇秩序联合整治", items=1)


def _people(year: int, more: int) -> Iterator[Done]:
    for quarter, month in enumerate((3, 6, 9, 12)):
        found = 18 + 3 * quarter + more
        yield Done(
            "dispute_mediation",
            date(year, month, 28),
            f"第{quarter + 1}季度矛盾纠纷化解",
            items=found,
            due=found,
            succeeded=found - (1 if quarter == 2 else 0),
        )
    yield Done("legal_aid_case", date(year, 9, 5), "协助申请法律援助", items=2 + more)
    yield Done(
        "information_disclosure", date(year, 12, 27), "主动公开政府信息", items=160 + 4 * more
    )
    yield Done("reconsideration", date(year, 12, 31), "本年无行政复议案件", items=0)
    yield Done("litigation", date(year, 12, 31), "本年无行政诉讼案件", items=0)


def _standing() -> Iterator[Done]:
    for village in VILLAGES:
        yield Done(
            "legal_service_room",
            date(2021, 6, 1),
            f"{village.name}公共法律服务室",
            items=1,
            village=village.name,
        )
        yield Done(
            "mediation_committee",
            date(2020, 3, 1),
            f"{village.name}人民调解委员会",
            items=1,
            village=village.name,
        )
    yield Done("legal_service_station", date(2019, 10, 1), "示例镇公共法律服务工作站", items=1)
    yield Done(
        "legal_site", date(2023, 11, 15), "清溪社区法治文化广场", items=1, village="清溪社区"
    )
