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

    @classmethod
    def of_name(cls, name: str) -> VillageKind:
        """The kind that a name tells: any that is no community's is a village's."""
        endings = ("社区", "居委会", "居民委员会")
        return cls.COMMUNITY if name.endswith(endings) else cls.VILLAGE
