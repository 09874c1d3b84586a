"""The steps by which a year is closed."""

from __future__ import annotations

from tracker.kernel.terms import Term


class ClosingState(Term):
    """How far a year is."""

    OPEN = "open", "登记中", "Being recorded"
    SUBMITTED = "submitted", "已送审", "Submitted"
    RETURNED = "returned", "已退回", "Returned"
    APPROVED = "approved", "已批准", "Approved"
    FROZEN = "frozen", "已定稿", "Frozen"


class ClosingAct(Term):
    """What somebody does."""

    SUBMIT = "submit", "送审", "Submit"
    RETURN = "return", "退回", "Return"
    APPROVE = "approve", "批准", "Approve"
    FREEZE = "freeze", "定稿", "Freeze"
