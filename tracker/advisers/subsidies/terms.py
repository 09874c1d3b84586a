"""Closed lists of the subsidies."""

from __future__ import annotations

from tracker.kernel.terms import Term


class Payment(Term):
    """How far a subsidy has come."""

    PAID = "paid", "已发放", "Paid"
    DECIDED = "decided", "已核定，未发放", "Decided, not paid"
