"""What an inspector asks first lies two clicks from the example township's home page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support.example import example_office, example_visitor
from tests.support.page import Page, Visitor
from tracker.kernel import clock


@pytest.fixture(scope="module")
def example(
    template_folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visitor]:
    folder = tmp_path_factory.mktemp("two-clicks") / "instance"
    with example_office(template_folders[0], folder, ugly=False) as app:
        yield example_visitor(app)


@pytest.fixture
def home(example: Visitor) -> Page:
    return example.get("/")


def test_every_village_has_an_adviser_on_the_last_day_of_2024(example: Visitor, home: Page) -> None:
    shown = example.click(home, "2024年顾问覆盖")

    assert "2024-12-31：12 / 12 个村（社区）有在任的法律顾问" in shown.text


def test_one_village_had_a_gap_in_august_2024(example: Visitor, home: Page) -> None:
    shown = example.click(home, "2024年顾问覆盖")

    gaps = [row[-1] for row in shown.rows if row[-1] != "没有空档"]
    assert len(gaps) == 1
    assert re.search("2024-08-01.*2024-08-31", gaps[0])


def test_a_certificate_ends_within_90_days(example: Visitor, home: Page) -> None:
    [(said, day)] = [row[:2] for row in home.rows if row[0].startswith("执法证即将到期：")]
    shown = example.click(home, said)

    assert clock.today() < date.fromisoformat(day) <= clock.today() + timedelta(days=90)
    holder = said.removeprefix("执法证即将到期：").split("（")[0]
    assert holder in shown.text


def test_three_of_three_passed_and_drew_their_certificate(example: Visitor, home: Page) -> None:
    shown = example.click(home, "2024年从报名到领证")

    stages = {row[0]: row[1] for row in shown.rows}
    assert stages == {"已报名": "3", "已参考": "3", "已合格": "3", "已领证": "3"}
