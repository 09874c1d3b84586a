"""Formulas after rows were repeated."""

from __future__ import annotations

import pytest

from tracker.workbooks.county_forms.references import Growth, filled_down, grown

#: Row 5 of the sheet 表 stands four times: rows 5 to 8.
ROW = Growth("表", 5, 5, 4)
#: Rows 5 and 6 stand three times: rows 5 to 10.
TWO_ROWS = Growth("表", 5, 6, 3)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("=SUM(C5:C5)", "=SUM(C5:C8)"),
        ("=SUM(C5)", "=SUM(C5:C8)"),
        ("=SUM( $C$5 , D5 )", "=SUM( $C$5:$C$8 , D5:D8 )"),
        ("=SUM(C4:C5)", "=SUM(C4:C8)"),
        ("=SUM(C4:C6)", "=SUM(C4:C9)"),
        ("=SUM(C5:C20)", "=SUM(C5:C23)"),
        ("=SUM(C1:C4)", "=SUM(C1:C4)"),
        ("=SUM(C:C)", "=SUM(C:C)"),
        ("=SUM(5:5)", "=SUM(5:8)"),
        ("=SUM(C6:C7)", "=SUM(C9:C10)"),
        ("=C6*2", "=C9*2"),
        ("=$C$6+C4", "=$C$9+C4"),
        ("=C5", "=C5"),
        ("=SUM(C5*2)", "=SUM(C5*2)"),
        ("=SUBTOTAL(9,C5)", "=SUBTOTAL(9,C5:C8)"),
        ("=AVERAGE(C5)/MAX(C5)", "=AVERAGE(C5:C8)/MAX(C5:C8)"),
        ("=SUMPRODUCT((C5:C5>1)*D5:D5)", "=SUMPRODUCT((C5:C8>1)*D5:D8)"),
        ('=IF(C6>0,"C6","")', '=IF(C9>0,"C6","")'),
        ("=表!C9", "=表!C12"),
        ("='表'!C9", "='表'!C12"),
        ("=别的表!C9+SUM(别的表!C5:C5)", "=别的表!C9+SUM(别的表!C5:C5)"),
        ("=LOG10(C9)", "=LOG10(C12)"),
        ("=C9:D10", "=C12:D13"),
        ('="没有关上', '="没有关上'),
    ],
)
def test_outside_of_the_repeated_row(before: str, after: str) -> None:
    assert grown(before, ROW, "表") == after


def test_from_another_sheet() -> None:
    assert grown("=SUM('表'!C5:C5)+C9", ROW, "别的表") == "=SUM('表'!C5:C8)+C9"


@pytest.mark.parametrize(
    ("before", "third"),
    [
        ("=C5*D5", "=C7*D7"),
        ("=E4+D5", "=E6+D7"),  # a running balance: the row above goes along
        ("=C5/C2", "=C7/C2"),
        ("=C5/$C$4", "=C7/$C$4"),
        ("=C5/C6", "=C7/C9"),
        ("=C5/C$6", "=C7/C$9"),
        ("=C5/SUM(C$5:C$5)", "=C7/SUM(C$5:C$8)"),
        ("=SUM(C$5:C5)", "=SUM(C$5:C7)"),
        ("=别的表!C5", "=别的表!C5"),
    ],
)
def test_inside_of_the_repeated_row(before: str, third: str) -> None:
    assert filled_down(before, ROW, 2) == third


def test_several_rows_are_repeated_together() -> None:
    assert grown("=SUM(C5:C6)+C7", TWO_ROWS, "表") == "=SUM(C5:C10)+C11"
    assert grown("=SUM(C5)", TWO_ROWS, "表") == "=SUM(C5:C9)"
    assert filled_down("=C5+C6", TWO_ROWS, 2) == "=C9+C10"
