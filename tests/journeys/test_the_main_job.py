"""The main job in a real browser: a township's year from an empty instance to its numbers.

Types the eight events of the example year into the forms, one adviser's assignment, an exam with
three candidates and their certificates, and reads the year page as an officer does.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tracker.onboarding.demo.outreach_year import EVENTS, Held
from tracker.outreach.terms import EventState

pytestmark = pytest.mark.browser

CANDIDATES = ("易晓峰", "欧阳倩", "向阳")
VILLAGES = ("清溪社区", "石桥村", "竹园村", "双河村", "枫林村", "柳塘村", "新田村")


def the_eight() -> list[Held]:
    """The events that the report of 2024 speaks of."""
    return [
        event
        for event in EVENTS
        if event.day.year == 2024 and event.state is EventState.HELD and not event.void_reason
    ]


def save(page: Any) -> None:
    """Press the form's first button and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator("main form.form button[type=submit]").first.click()
    errors = page.locator(".error-summary")
    assert errors.count() == 0, errors.first.inner_text()


def set_up(page: Any, address: str) -> None:
    page.goto(address)
    page.fill("#office_name", "示例镇人民政府")
    page.fill("#office_code", "430725115")
    page.fill("#display_name", "李明")
    page.fill("#name", "liming")
    page.fill("#password", "qiao-tou-fan-dian")
    page.fill("#again", "qiao-tou-fan-dian")
    save(page)


def sign_in(page: Any, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.fill("#name", "liming")
    page.fill("#password", "qiao-tou-fan-dian")
    save(page)


def enter_villages(page: Any, address: str) -> None:
    for name in VILLAGES:
        page.goto(f"{address}/villages/new")
        page.fill("#name", name)
        if name.endswith("社区"):
            page.select_option("#kind", "community")
        save(page)


def log_event(page: Any, address: str, event: Held) -> None:
    page.goto(f"{address}/outreach/events/new")
    page.fill("#title", event.title)
    # As a clerk writes it.
    page.fill("#starts_on", f"{event.day.year}.{event.day.month}.{event.day.day}")
    page.select_option("#delivery", event.delivery.value)
    page.fill("#headcount", str(event.heads))
    page.select_option("#count_basis", event.basis.value)
    for village in event.villages:
        page.get_by_label(village, exact=True).check()
    for theme in event.themes:
        page.get_by_label(theme, exact=True).check()
    save(page)


def assign_adviser(page: Any, address: str) -> None:
    page.goto(f"{address}/advisers/new")
    page.fill("#name", "周海明")
    page.select_option("#identity", "lawyer")
    save(page)
    page.goto(f"{address}/advisers/assignments/new")
    page.select_option("#adviser_id", label="周海明")
    page.select_option("#village_id", label="石桥村")
    page.fill("#starts_on", "2024-01-01")
    save(page)


def hold_exam(page: Any, address: str) -> None:
    for name in CANDIDATES:
        page.goto(f"{address}/certification/officers/new")
        page.fill("#name", name)
        page.fill("#post_from", "2024-01-08")
        page.check("#enforcement_post")
        save(page)
    page.goto(f"{address}/certification/sittings/new")
    page.fill("#title", "2024年行政执法人员资格考试")
    page.fill("#held_on", "2024-05-25")
    save(page)
    sitting = page.url
    page.goto(f"{sitting}/register")
    for name in CANDIDATES:
        page.get_by_label(name).check()
    save(page)
    page.goto(f"{sitting}/results")
    scores = page.locator("input[name$=_score]")
    assert scores.count() == 2 * len(CANDIDATES)
    for index in range(scores.count()):
        scores.nth(index).fill(str(70 + index))
    save(page)


def draw_certificates(page: Any, address: str) -> None:
    for index, name in enumerate(CANDIDATES):
        page.goto(f"{address}/certification/certificates/new")
        option = page.locator("#officer_id option", has_text=name).first.get_attribute("value")
        page.select_option("#officer_id", option)
        page.fill("#certificate_number", f"湘示000000{index}")
        page.fill("#issued_on", "2024-07-10")
        page.fill("#valid_from", "2024-07-10")
        page.fill("#valid_to", "2029-07-09")
        save(page)


def row_of(page: Any, label: str) -> str:
    """The line of the year's table that bears this label."""
    row = page.locator(
        "table.figure-table tr", has=page.get_by_role("link", name=label, exact=True)
    )
    return " ".join(row.inner_text().split())


def test_a_years_work_is_typed_in_and_read_back(browser_page: Any, empty_server: str) -> None:
    page, address = browser_page, empty_server
    set_up(page, address)
    page.locator("details.account summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="退出登录").click()
    sign_in(page, address)
    enter_villages(page, address)
    events = the_eight()
    assert len(events) == 8
    for event in events:
        log_event(page, address, event)
    assign_adviser(page, address)
    hold_exam(page, address)
    draw_certificates(page, address)

    page.goto(f"{address}/yearbook/2024")
    cards = " ".join(page.locator(".figure-grid").inner_text().split())
    assert "8次" in cards
    assert "1600多人" in cards
    assert "3人" in cards
    assert "8 次" in row_of(page, "普法宣传活动次数")
    assert "1,643 人次" in row_of(page, "普法宣传参加人次")

    page.get_by_role("link", name="普法宣传活动次数", exact=True).first.click()
    listed = page.locator("main table.ledger").first.inner_text()
    for event in events:
        assert event.title in listed
    assert date(2024, 6, 26).isoformat() in listed
