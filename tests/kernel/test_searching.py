"""Searching a list finds what was meant, on both databases alike."""

from __future__ import annotations

import pytest

from tests.support.page import Visitor
from tests.support.world import World


@pytest.mark.parametrize(
    "address", ["/outreach/events/?year=2024", "/outreach/campaigns/?year=2024", "/villages/?"]
)
def test_the_case_of_latin_letters_does_not_matter(page: Visitor, world: World, address: str):
    world.an_event("ABC企业普法")
    world.a_campaign("ABC园区宣传周")
    world.a_village("ABC园区社区")
    assert "ABC" in str(page.get(f"{address}&q=abc").rows)
    assert "ABC" not in str(page.get(f"{address}&q=abd").rows)
