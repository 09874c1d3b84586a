"""The geometry of charts: what is drawn is in proportion, and what is not recorded is not drawn."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tracker.kernel.charts import (
    bar_chart,
    column_chart,
    progress,
    shortened,
    village_tiles,
)


def test_the_highest_bar_has_full_width_and_others_their_share() -> None:
    chart = bar_chart("k", "题", "人次", [("甲", 200), ("乙", 50), ("丙", 0)])
    assert [bar.width for bar in chart.bars] == [100, 25, 0]
    assert [bar.text for bar in chart.bars] == ["200", "50", "0"]


def test_a_value_not_recorded_is_not_drawn_as_nought() -> None:
    chart = bar_chart("k", "题", "人次", [("甲", None), ("乙", 5)])
    assert (chart.bars[0].value, chart.bars[0].text, chart.bars[0].width) == (None, "", 0)
    columns = column_chart("k", "题", "人次", [("1月", None), ("2月", 5)]).columns
    assert (columns[0].height, columns[0].text) == (0, "—")
    tiles = village_tiles("k", "题", "次", [("甲村", None), ("乙村", 0)])
    assert [tile.step for tile in tiles.tiles] == [None, 0]
    assert tiles.has_missing


def test_bars_do_not_overlap_and_stay_inside_the_picture() -> None:
    chart = bar_chart("k", "题", "人次", [(str(number), number) for number in range(12)])
    for upper, lower in zip(chart.bars, chart.bars[1:], strict=False):
        assert upper.y + upper.height < lower.text_y - 12
    assert chart.bars[-1].y + chart.bars[-1].height <= chart.height


def test_an_empty_chart_and_one_of_noughts_divide_by_nothing() -> None:
    assert bar_chart("k", "题", "人次", []).height == 0
    assert column_chart("k", "题", "人次", []).columns == ()
    assert village_tiles("k", "题", "次", []).height == 0
    assert bar_chart("k", "题", "人次", [("甲", 0)]).bars[0].width == 0
    assert village_tiles("k", "题", "次", [("甲", 0)]).tiles[0].step == 0


def test_numbers_carry_separators_and_decimals_stay_exact() -> None:
    chart = bar_chart("k", "题", "%", [("甲", 1234567890), ("乙", Decimal("0.5"))])
    assert [bar.text for bar in chart.bars] == ["1,234,567,890", "0.5"]


def test_links_go_with_their_bars() -> None:
    chart = bar_chart("k", "题", "人次", [("甲", 1), ("乙", 2)], urls=["/a", None])
    assert [bar.url for bar in chart.bars] == ["/a", None]


def test_columns_stand_on_the_base_line_and_share_the_width() -> None:
    chart = column_chart("k", "题", "次", [(f"{month}月", month) for month in range(1, 13)])
    for column in chart.columns:
        assert column.y + column.height == chart.baseline
        assert column.text_y < column.y
    assert chart.columns[0].x > 0
    assert chart.columns[-1].x + chart.columns[-1].width < 100
    assert chart.columns[0].centre == pytest.approx(100 / 24, abs=0.001)
    assert chart.label_y <= chart.height


def test_a_small_column_can_still_be_seen() -> None:
    columns = column_chart("k", "题", "次", [("1月", 1), ("2月", 100000)]).columns
    assert columns[0].height == 2


def test_a_negative_value_gets_no_mark() -> None:
    assert bar_chart("k", "题", "人", [("甲", -3), ("乙", 6)]).bars[0].width == 0
    assert column_chart("k", "题", "人", [("甲", -3), ("乙", 6)]).columns[0].height == 0


@pytest.mark.parametrize("highest", [1, 2, 3, 4, 5, 7, 8, 40, 823])
def test_each_tile_is_in_the_step_whose_legend_names_its_value(highest: int) -> None:
    tiles = village_tiles("k", "题", "次", [(str(value), value) for value in range(highest + 1)])
    named: dict[int, tuple[int, int]] = {}
    for step in tiles.steps:
        low, _, high = step.text.replace(",", "").partition("–")
        named[step.step] = (int(low), int(high or low))
    for tile in tiles.tiles:
        assert tile.step is not None
        assert tile.value is not None
        low_value, high_value = named[tile.step]
        assert low_value <= tile.value <= high_value


def test_tiles_stand_in_rows_of_four_inside_the_picture() -> None:
    tiles = village_tiles("k", "题", "次", [(f"村{number}", number) for number in range(13)])
    assert (tiles.tiles[3].y, tiles.tiles[4].y > tiles.tiles[3].y, tiles.tiles[4].x) == (0, True, 0)
    last = tiles.tiles[-1]
    assert last.y + last.size == tiles.height
    assert max(tile.x + tile.size for tile in tiles.tiles) == tiles.width


def test_a_long_village_name_takes_two_lines_and_then_an_ellipsis() -> None:
    tiles = village_tiles("k", "题", "次", [("桃花源村", 1), ("城关镇第一居民社区居民委员会", 2)])
    assert [line.text for line in tiles.tiles[0].lines] == ["桃花源村"]
    assert [line.text for line in tiles.tiles[1].lines] == ["城关镇第一居", "民社区居民…"]


def test_shortening_counts_latin_letters_as_half() -> None:
    assert shortened("国家安全教育日", 7) == "国家安全教育日"
    assert shortened("国家安全教育日活动", 7) == "国家安全教育…"
    assert shortened("abcdefghij", 7) == "abcdefghij"


def test_progress_says_reached_only_when_it_is() -> None:
    nearly = progress(199, 200)
    assert (nearly.share_text, nearly.reached, nearly.width) == ("99%", False, 99.5)
    beyond = progress(12, 8)
    assert (beyond.share_text, beyond.reached, beyond.width) == ("150%", True, 100)
    assert progress(3, None).share_text == ""
    assert progress(3, 0).width == 0
