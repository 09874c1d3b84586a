"""Choices of a report."""

from __future__ import annotations

from tracker.kernel.terms import Term


class StartFrom(Term):
    """What an office's text of a year begins as."""

    SHIPPED = "shipped", "范本", "The text that comes with the program"
    LAST_YEAR = "last_year", "上年的报告", "Last year’s report"


class FontSet(Term):
    """The fonts of the Word file."""

    OFFICE = "office", "机关字库（方正小标宋、仿宋_GB2312、楷体_GB2312）", "Office fonts"
    SYSTEM = "system", "系统自带（华文中宋、仿宋、楷体）", "Fonts of Windows"


class Direction(Term):
    """Where a section goes."""

    UP = "up", "上移", "Up"
    DOWN = "down", "下移", "Down"


class Level(Term):
    """What a section is: the opening, a chapter, a part of it, a point of that."""

    OPENING = "opening", "引言（没有标题）", "Opening, without a heading"
    CHAPTER = "chapter", "一级标题：一、", "Chapter"
    PART = "part", "二级标题：（一）", "Part of a chapter"
    POINT = "point", "三级标题：1.", "Point of a part"

    @property
    def depth(self) -> int:
        """The depth its heading is numbered at."""
        return list(Level).index(self)

    @classmethod
    def of_depth(cls, depth: int) -> Level:
        """The level of this depth."""
        return list(cls)[depth]
