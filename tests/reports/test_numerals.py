"""What counts as a number of a report, with which unit, and how exactly it is meant."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.reports.checking import han
from tracker.reports.checking.numerals import numbers_in
from tracker.reports.checking.printed import Claim


@pytest.mark.parametrize(
    ("text", "shown", "value", "unit", "claim"),
    [
        ("开展活动8次，", "8次", "8", "次", Claim.EXACT),
        ("人数达1600多人。", "1600多人", "1600", "人", Claim.ABOVE),
        ("今年3名干部", "3名", "3", "名", Claim.EXACT),
        ("领证三名", "三名", "3", "名", Claim.EXACT),
        ("召开两次会议", "两次", "2", "次", Claim.EXACT),
        ("举办十二场", "十二场", "12", "场", Claim.EXACT),
        ("一千六百余人次", "一千六百余人次", "1600", "人次", Claim.ABOVE),
        ("参考率百分之百", "百分之百", "100", "%", Claim.EXACT),
        ("合格率百分之九十八点五", "百分之九十八点五", "98.5", "%", Claim.EXACT),
        ("败诉零件", "零件", "0", "件", Claim.EXACT),
        ("１６００余人次", "１６００余人次", "1600", "人次", Claim.ABOVE),
        ("资料3,200份", "3,200份", "3200", "份", Claim.EXACT),
        ("资料１，６００份", "１，６００份", "1600", "份", Claim.EXACT),
        ("受众1.2万余人次", "1.2万余人次", "12000", "人次", Claim.ABOVE),
        ("资料4万多份", "4万多份", "40000", "份", Claim.ABOVE),
        ("资料10余万份", "10余万份", "100000", "份", Claim.ABOVE),
        ("受众二十多万人次", "二十多万人次", "200000", "人次", Claim.ABOVE),
        ("近1000人", "近1000人", "1000", "人", Claim.BELOW),
        ("约300人次", "约300人次", "300", "人次", Claim.ABOUT),
        ("300人次左右", "300人次左右", "300", "人次", Claim.ABOUT),
        ("超15000人次", "超15000人次", "15000", "人次", Claim.ABOVE),
        ("突破2500人", "突破2500人", "2500", "人", Claim.ABOVE),
        ("不少于4次", "不少于4次", "4", "次", Claim.AT_LEAST),
        ("92分以上", "92分以上", "92", "分", Claim.AT_LEAST),
        ("参考率98.5%", "98.5%", "98.5", "%", Claim.EXACT),
        ("通过率6/6", "6/6", "100", "%", Claim.EXACT),
        ("十余场", "十余场", "10", "场", Claim.ABOVE),
        ("上百人次", "上百人次", "100", "人次", Claim.AT_LEAST),
        ("百名律师", "百名", "100", "名", Claim.VAGUE),
        ("签约186个村", "186个", "186", "个", Claim.EXACT),
        ("修订村规民约2项", "2项", "2", "项", Claim.EXACT),
        ("附近8个村", "8个", "8", "个", Claim.EXACT),
        ("人数12人", "12人", "12", "人", Claim.EXACT),
        ("活动 8 次", "8 次", "8", "次", Claim.EXACT),
        ("下降18.8个百分点", "18.8个百分点", "18.8", "个百分点", Claim.EXACT),
    ],
)
def test_a_number_is_found_with_its_unit_and_qualifier(
    text: str, shown: str, value: str, unit: str, claim: Claim
):
    (found,) = numbers_in(text).figures
    assert (found.text, found.value, found.unit, found.claim) == (
        shown,
        Decimal(value),
        unit,
        claim,
    )


@pytest.mark.parametrize("text", ["3-5次", "3至5次", "3—5次", "三至五次", "3次至5次", "3～5次"])
def test_a_range_is_one_number_between_two(text: str):
    (found,) = numbers_in(f"开展{text}").figures
    assert (found.value, found.high, found.unit, found.claim) == (
        Decimal(3),
        Decimal(5),
        "次",
        Claim.BETWEEN,
    )


@pytest.mark.parametrize(
    ("text", "step"),
    [("1600多人", 100), ("1643人", 1), ("10余次", 10), ("16余次", 1), ("1.2万余人", 1000),
     ("4万余份", 10_000), ("98.5%", Decimal("0.1")), ("一千六百余人", 100)],
)  # fmt: skip
def test_the_step_is_that_of_the_last_digit_that_is_not_a_closing_zero(text: str, step: Decimal):
    (found,) = numbers_in(text).figures
    assert found.step == step


@pytest.mark.parametrize(
    "text",
    [
        "2024年度", "2024年6月26日", "二〇二四年", "6月26日", "2024-06-26", "1—11月", "截至12月底",
        "“6.26”国际禁毒日", "12·4国家宪法日", "4.15全民国家安全教育日", "第一季度", "上午9:30",
        "一、总体情况", "（一）加强领导", "1.强化责任", "(1)开展", "第三章", "第24条", "一是强化",
        "其二，", "〔2024〕12号", "桃政发[2024]3号", "二十大", "二十届三中全会", "“八五”普法",
        "八五普法", "三项制度", "法律“七进”", "一村（社区）一法律顾问", "一村一法律顾问",
        "一体推进",
        "第一责任人", "第一道防线", "一年来", "全镇一盘棋", "两个维护", "十一个坚持", "三年行动",
        "5个工作日", "13812345678", "0736-6612345", "12348热线", "“1+N”", "千家万户", "老百姓",
        "综合查一次", "进一步", "统一", "百分点", "党的十九届四中全会", "GB/T 9704-2012",
    ],
)  # fmt: skip
def test_what_is_no_figure_is_left_alone(text: str):
    assert numbers_in(f"{text}工作").figures == []


def test_what_is_left_alone_says_why():
    found = numbers_in("二、2024年，落实第24条。").left_alone
    assert [(each.text, each.why) for each in found] == [
        ("二、", "numbering"),
        ("2024年", "date"),
        ("第24条", "ordinal"),
    ]


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_number_written_in_chinese_is_read_back(value: int):
    assert han.read(han.written(value)) == value


@given(st.integers(min_value=2, max_value=10**8 - 1))
def test_a_chinese_numeral_in_a_text_has_its_value(value: int):
    (found,) = numbers_in(f"发放资料{han.written(value)}份。").figures
    assert found.value == value


@given(
    st.text(
        alphabet=st.sampled_from(
            "0１2三十百千万亿点.,，、%％年月日次人余多近约第一-—/（）“”·。\n "
        ),
        max_size=80,
    )
)
def test_positions_are_exact_whatever_the_text(text: str):
    found = numbers_in(text)
    for each in found.figures:
        assert text[each.start : each.end] == each.text
    for alone in found.left_alone:
        assert text[alone.start : alone.end] == alone.text
    starts = [each.start for each in found.figures]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    "piece", ["1", "一", "1,", "一月", "第", "“1", "1-", "百分之", "1.", "（一）"]
)
def test_no_text_takes_long(piece: str):
    text = piece * (100_000 // len(piece))
    before = time.process_time()
    numbers_in(text)
    assert time.process_time() - before < 10
