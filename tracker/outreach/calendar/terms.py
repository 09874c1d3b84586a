"""Closed lists of the publicity calendar."""

from __future__ import annotations

from tracker.kernel.terms import Term


class Sureness(Term):
    """How sure the dates of a day in one year are."""

    FIXED = "fixed", "固定日期", "Fixed date"
    BY_RULE = "by_rule", "按规定推算", "Worked out by its rule"
    LISTED = "listed", "已核实", "Verified date"
    PUBLISHED = "published", "已公布", "Published"
    CONFIRMED = "confirmed", "本单位已确认", "Confirmed by the office"
    REPORTED = "reported", "见于转载，待核实", "Reported, to be verified"
    USUAL = "usual", "惯例日期，待通知", "Usual dates, notice awaited"
    UNKNOWN = "unknown", "日期未公布", "Not published"

    @property
    def is_known(self) -> bool:
        """Whether the dates can be relied on, without a notice still to come."""
        return self not in (Sureness.REPORTED, Sureness.USUAL, Sureness.UNKNOWN)


class DayStanding(Term):
    """What the office has entered for a day of the calendar."""

    HELD = "held", "已举办活动", "Event held"
    PLANNED = "planned", "已有计划", "Planned"
    MISSED = "missed", "没有登记活动", "No event entered"
    TO_COME = "to_come", "未到日期", "Still to come"
