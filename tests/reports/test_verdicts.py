"""What the records say of a printed number: the rules of agreement, and the spans of time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.checked import YEAR, checked, figures, keys, only, verdicts
from tracker.kernel.errors import TrackerError
from tracker.reports.checking.findings import Verdict
from tracker.reports.checking.verdicts import check_text

REACHED = "宣传普及人数达{}。"


@pytest.mark.parametrize(
    ("printed", "value", "agrees"),
    [
        ("1600多人", 1601, True), ("1600多人", 1699, True), ("1600多人", 1600, False),
        ("1600多人", 1700, False), ("1600余人次", 1643, True), ("超1600人次", 1643, True),
        ("1600人", 1643, False), ("1643人次", 1643, True), ("1644人次", 1643, False),
        ("近1700人次", 1643, True), ("近1600人次", 1643, False), ("近2000人次", 1643, False),
        ("1600人次以上", 1600, True), ("1600人次以上", 1643, True), ("1700人次以上", 1643, False),
        ("约1600人次", 1643, True), ("约1600人次", 1543, True), ("约1600人次", 1843, False),
        ("1.6万余人次", 16_430, True), ("1600至1700人次", 1643, True),
        ("1650至1700人次", 1643, False), ("不超过1700人次", 1643, True),
    ],
)  # fmt: skip
def test_a_qualifier_means_what_it_says(printed: str, value: int, agrees: bool):
    finding = only(REACHED.format(printed), outreach__person_times=value)
    assert finding.figure is not None
    assert finding.figure.key == "outreach.person_times"
    assert (finding.verdict is Verdict.AGREES) == agrees


@pytest.mark.parametrize(
    ("printed", "value", "agrees"),
    [("100%", "1", True), ("100%", "0.9996", False), ("99%", "0.9914", True),
     ("99.1%", "0.9914", True), ("99.2%", "0.9914", False), ("百分之百", "1", True),
     ("六成", "1", None)],
)  # fmt: skip
def test_a_share_is_cut_off_or_rounded_and_100_percent_is_all(
    printed: str, value: str, agrees: bool | None
):
    report = checked(f"学法考试参考率{printed}。", worklog__law_exam__coverage_rate=value)
    found = [each.verdict is Verdict.AGREES for each in report.findings]
    assert found == ([] if agrees is None else [agrees])


def test_a_number_above_the_record_is_told_the_right_one():
    finding = only("全年开展普法宣传活动9次。", outreach__events=8, outreach__sessions=8)
    assert finding.verdict is Verdict.DISAGREES
    assert finding.allowed == ("8次",)
    assert finding.message is not None
    assert finding.message.zh == "比记录多：记录是 8次。请改为「8次」，或补登记录。"


def test_more_than_an_exact_number_is_said_to_be_wrong():
    finding = only("开展普法宣传活动16余次。", outreach__events=16)
    assert finding.message is not None
    assert finding.message.zh == "「余」不能接在确数 16 后面。记录是 16次，请写「16次」。"
    finding = only(REACHED.format("1600多人"), outreach__person_times=1600)
    assert finding.message is not None
    assert "正好是 1600人次" in finding.message.zh


def test_a_rounded_number_without_a_qualifier_is_not_exact():
    finding = only(REACHED.format("1600人"), outreach__person_times=1643)
    assert finding.allowed == ("1600多人", "1643人")
    assert finding.message is not None
    assert finding.message.zh == "记录是 1643人次，1600 不是确数。请改为「1600多人」。"


def test_what_cannot_be_said_disagrees_with_that_reason():
    finding = only("宣传活动受教育群众1600多人。", outreach__person_times=None)
    assert finding.verdict is Verdict.DISAGREES
    assert finding.message is not None
    assert "无法统计" in finding.message.zh


def test_persons_printed_for_person_times_are_remarked_unless_the_wording_says_so():
    seed = only(REACHED.format("1600多人"), outreach__person_times=1643)
    assert seed.remark is None
    asked = only("现场解答法律咨询300余人。", outreach__consultations=312)
    assert asked.verdict is Verdict.AGREES
    assert asked.remark is not None
    assert asked.remark.zh.startswith("这是人次")


def test_last_years_year_in_a_heading_is_reported():
    report = checked(
        "2024年法治政府建设报告\n一、2023年主要工作\n开展普法宣传活动8次。", outreach__events=8
    )
    assert verdicts(report) == {"2023年": "disagrees", "8次": "agrees"}


def test_headings_of_the_year_of_the_plan_and_of_spans_of_years_are_in_order():
    text = "一、2024年工作\n二、2021—2025年规划落实\n三、2025年工作安排\n开展宣传20次。"
    assert checked(text, outreach__events=8).findings == []


def test_plans_are_no_figures_of_the_year():
    text = "明年，计划开展普法宣传活动20次。\n六、下一步工作打算\n举办法治培训10场。"
    report = checked(text, outreach__events=8)
    assert report.findings == []
    assert [each.why for each in report.left_alone if each.text[0].isdigit()] == ["plan", "plan"]


def test_a_number_of_last_year_is_held_against_last_year():
    found = figures({"outreach.events": 6}, outreach__events=8)
    good = check_text("2023年开展普法宣传活动6次，2024年开展普法宣传活动8次。", found, YEAR)
    assert verdicts(good) == {"6次": "agrees", "8次": "agrees"}
    bad = check_text("去年开展普法宣传活动8次。", found, YEAR)
    assert verdicts(bad) == {"8次": "disagrees"}


def test_a_part_of_the_year_is_flagged_only_where_it_exceeds_the_year():
    text = "6月26日，开展普法宣传活动{}次。"
    assert only(text.format(2), outreach__events=8).verdict is Verdict.UNKNOWN
    assert only(text.format(9), outreach__events=8).verdict is Verdict.DISAGREES


@pytest.mark.parametrize(
    "text",
    [
        "每月开展普法宣传活动1次。",
        "普法宣传活动较上年增加2次。",
        "2020年以来，开展普法宣传活动40次。",
    ],
)
def test_how_often_and_how_much_more_are_not_held_against_the_year(text: str):
    assert only(text, outreach__events=8).verdict is Verdict.UNKNOWN


def test_nothing_done_agrees_with_no_record():
    assert only("行政复议案件0件。").verdict is Verdict.AGREES


def test_a_number_without_any_record_is_said_to_have_none():
    finding = only("全年开展普法宣传活动8次。")
    assert finding.verdict is Verdict.DISAGREES
    assert finding.message is not None
    assert finding.message.zh.startswith("台账里没有记录")


def test_what_a_person_bound_is_taken_first():
    text = "开展“法润万家”8次。"
    (unknown,) = check_text(text, figures(outreach__events=8), YEAR).findings
    assert unknown.verdict is Verdict.UNKNOWN
    bound = {(unknown.cue, "次"): "outreach.events"}
    (known,) = check_text(text.replace("8", "9"), figures(outreach__events=8), YEAR, bound).findings
    assert known.bound_by_hand
    assert known.verdict is Verdict.DISAGREES


def test_a_text_far_too_long_for_a_report_is_refused():
    with pytest.raises(TrackerError, match="文字太长"):
        checked("一" * 200_001)
    with pytest.raises(TrackerError, match="数字太多"):
        checked("8次，" * 5_001)


@given(st.text(max_size=200))
def test_any_text_can_be_checked(text: str):
    report = checked(text, outreach__events=8)
    for each in report.findings:
        assert text[each.number.start : each.number.end] == each.number.text


def test_the_other_figures_a_number_may_be_are_told():
    finding = only("开展普法宣传活动9次。", outreach__events=8, outreach__sessions=12)
    assert "outreach.sessions" in finding.others
    assert keys(checked("开展普法宣传活动9次。", outreach__events=8))["9次"] == "outreach.events"
