"""What the marks of a report say, and what is said of those that say nothing."""

from __future__ import annotations

import pytest

from tests.reports.support import said
from tests.support.world import World


@pytest.mark.parametrize(
    ("mark", "spoken"),
    [
        ("{{outreach.events}}", "8次"),
        ("{{outreach.person_times}}", "1600多人"),
        ("{{outreach.person_times|表述}}", "1600多人"),
        ("{{outreach.person_times|数值}}", "1643"),
        ("{{outreach.person_times|value}}", "1643"),
        ("{{outreach.person_times|确数}}", "1643人次"),
        ("{{outreach.person_times|exact}}", "1643人次"),
        ("{{outreach.events|上年}}", "11次"),
        ("{{outreach.events|previous}}", "11次"),
        ("{{outreach.person_times|上年|确数}}", "1630人次"),
        ("{{outreach.events|增减}}", "减少3次"),
        ("{{outreach.person_times|change}}", "增加13人次"),
        ("{{advisers.villages_covered|增减}}", "持平"),
        ("{{certification.holding_rate}}", "100%"),
        ("{{certification.holding_rate|数值}}", "100"),
        ("{{certification.holding_rate|增减}}", "提高16.67个百分点"),
        ("{{worklog.dispute_mediation.success_rate|确数}}", "98.98%"),
        ("{{普法宣传活动次数}}", "8次"),
        ("｛｛outreach.events｜上年｝｝", "11次"),
        ("{{ Outreach.Events | 上年 }}", "11次"),
        ("{{office}}", "示例镇"),
        ("{{year}}", "2024"),
        ("{{next_year}}", "2025"),
        ("{{下一年度}}", "2025"),
        ("{{date}}", "2025年1月20日"),
    ],
)
def test_a_mark_says_its_figure(example: World, mark: str, spoken: str) -> None:
    found = said(example, f"共{mark}。")
    assert found.text == f"共{spoken}。"
    assert not found.problems


def test_the_figures_of_a_text_are_known_in_their_order(example: World) -> None:
    found = said(example, "{{outreach.person_times}}，{{普法宣传活动次数}}，{{outreach.events}}")
    assert found.keys == ["outreach.person_times", "outreach.events"]


def test_a_figure_of_0_is_said(world: World) -> None:
    assert said(world, "{{outreach.events}}").text == "0次"


@pytest.mark.parametrize(
    ("text", "message", "nearest"),
    [
        ("开展{{outreach.event}}。", "没有叫「outreach.event」的数字", "{{outreach.events}}"),
        ("开展{{普法宣传活动数}}。", "没有叫「普法宣传活动数」的数字", "{{outreach.events}}"),
        ("共{{完全不知道是什么东西的东西}}。", "没有叫", ""),
        ("共{{outreach.events|去年}}。", "不认识选项「去年」", "上年"),
        ("共{{outreach.events|确数|数值}}。", "选项重复或矛盾", ""),
        ("共{{outreach.events|上年|上年}}。", "选项重复或矛盾", ""),
        ("共{{outreach.events|增减|上年}}。", "选项重复或矛盾", ""),
        ("共{{year|上年}}。", "这个标记不能带选项", ""),
        ("共{{#events}}。", "报告里不能写重复行的标记", ""),
        ("共{{outreach.events。", "花括号不成对", ""),
        ("共outreach.events}}。", "花括号不成对", ""),
        ("共{{outreach.events}。", "花括号不成对", ""),
    ],
)
def test_a_mark_that_says_nothing_is_named_with_its_sentence(
    example: World, text: str, message: str, nearest: str
) -> None:
    found = said(example, f"前面一句。{text}后面一句。")
    (problem,) = found.problems
    assert problem.sentence == text
    assert message in problem.line.zh
    assert text in problem.line.zh
    assert problem.nearest == nearest
    assert nearest in problem.line.zh
    assert nearest in problem.line.en


def test_a_figure_that_cannot_be_said_is_a_problem_and_no_blank(world: World) -> None:
    world.an_event(on="2024-05-20")
    found = said(world, "参加{{outreach.person_times}}。")
    (problem,) = found.problems
    assert problem.unsayable
    assert "「普法宣传参加人次」2024年无法统计" in problem.line.zh
    assert "{{outreach.person_times}}" in found.text


def test_a_change_needs_both_years(world: World) -> None:
    world.an_event(on="2023-05-20")
    world.an_event(on="2024-05-20", headcount=30)
    (problem,) = said(world, "{{outreach.person_times|增减}}").problems
    assert "说不出增减" in problem.message.zh
    (problem,) = said(world, "{{outreach.person_times|上年}}").problems
    assert "2023年无法统计" in problem.message.zh


def test_marks_inside_marks_are_broken(example: World) -> None:
    found = said(example, "共{{outreach.{{outreach.events}}}}。")
    assert found.problems
    assert "花括号不成对" in found.problems[-1].message.zh
