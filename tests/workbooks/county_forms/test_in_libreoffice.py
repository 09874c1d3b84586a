"""LibreOffice opens a filled form and adds it up by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.world import World
from tests.workbooks.county_forms.filled import filled
from tests.workbooks.county_forms.forms import county_form
from tests.workbooks.test_office import SOFFICE, worked_out

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not there"),
]


def test_the_totals_of_a_filled_form_agree_with_its_figures(example: World, tmp_path: Path) -> None:
    book = worked_out(filled(example, county_form()), tmp_path)
    sheet = book["普法情况统计表"]
    total = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "合计")
    said = example.value("outreach.person_times")
    assert total[5] == sheet["C7"].value == said
    assert book["汇总"]["B1"].value == book["汇总"]["B2"].value == said
    assert sum(sheet[f"{letter}7"].value for letter in "DEFG") == said
