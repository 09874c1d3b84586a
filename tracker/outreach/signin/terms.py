"""The words of sign-in."""

from __future__ import annotations

from tracker.kernel.terms import Term


class EntryKind(Term):
    """What one row of a roster is: a person by name, or a class of a school by its number."""

    PERSON = "person", "个人", "Person"
    CLASS = "class", "班级", "Class"


class EntrySource(Term):
    """How a row came onto the roster."""

    PHONE = "phone", "手机签到", "By phone"
    PAPER = "paper", "补录", "Entered by hand"
