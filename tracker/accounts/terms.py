"""Closed lists of accounts."""

from __future__ import annotations

from tracker.kernel.terms import Term


class Role(Term):
    """What a person may do within their office."""

    ADMINISTRATOR = "administrator", "管理员", "Administrator"
    CLERK = "clerk", "经办人", "Clerk"
    READER = "reader", "查阅人", "Reader"
