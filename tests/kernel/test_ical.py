"""Calendar files: what RFC 5545 asks of lines, texts and whole days."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from tracker.kernel.ical import AllDay, calendar_file, escaped

AT = datetime(2024, 6, 1, 8, 30)


def an_entry(title: str = "国际禁毒日", description: str = "") -> AllDay:
    return AllDay(
        "anti_drug_day-2024@x", title, date(2024, 6, 26), date(2024, 6, 26), AT, description
    )


def unfolded(content: bytes) -> list[str]:
    """The content lines, put together again as a reading program does."""
    return content.decode("utf-8").replace("\r\n ", "").split("\r\n")


def test_a_file_begins_and_ends_as_a_calendar():
    lines = unfolded(calendar_file("宣传日历", [an_entry()]))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "VERSION:2.0" in lines
    assert [line for line in lines if line.startswith("PRODID:")]


def test_a_whole_day_ends_on_the_day_after():
    lines = unfolded(calendar_file("日历", [an_entry()]))
    assert "DTSTART;VALUE=DATE:20240626" in lines
    assert "DTEND;VALUE=DATE:20240627" in lines
    assert "DTSTAMP:20240601T083000Z" in lines


def test_marks_that_mean_something_in_the_file_are_escaped():
    assert escaped("a;b,c\\d\r\ne") == "a\\;b\\,c\\\\d\\ne"
    lines = unfolded(calendar_file("日历", [an_entry("宪法；民法典,其他;等\\", "一\n二")]))
    assert "SUMMARY:宪法；民法典\\,其他\\;等\\\\" in lines
    assert "DESCRIPTION:一\\n二" in lines


def test_no_text_can_begin_a_line_of_its_own():
    content = calendar_file("日历", [an_entry("x\r\nBEGIN:VALARM\rTRIGGER:1\x0bEND")])
    assert [
        line for line in unfolded(content) if line.startswith(("BEGIN:VALARM", "TRIGGER"))
    ] == []


@given(st.text(max_size=300))
def test_no_line_is_longer_than_75_octets_and_nothing_is_lost(title: str):
    content = calendar_file("日历", [an_entry(title)])
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")  # no character is cut in two
        assert b"\r" not in line
        assert b"\n" not in line
    kept = [line for line in unfolded(content) if line.startswith("SUMMARY:")]
    assert kept == [f"SUMMARY:{escaped(title)}".encode("utf-8", "replace").decode()]
