"""Closed lists of offices and villages."""

from __future__ import annotations

from tracker.kernel.terms import Term


class OfficeLevel(Term):
    """The two levels whose people use the tracker."""

    COUNTY = "county", "县（区）", "County"
    TOWNSHIP = "township", "乡镇（街道）", "Township"


class VillageKind(Term):
    """A village's legal kind; both need an adviser («一村（社区）一法律顾问»)."""

    VILLAGE = "village", "行政村", "Village"
    COMMUNITY = "community", "社区", "Community"
