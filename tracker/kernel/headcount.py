"""How a count of people came about. The basis goes along into every total."""

from __future__ import annotations

from .terms import Term


class CountBasis(Term):
    """Not recorded is never 0: such a record has no headcount at all."""

    SIGNED_IN = "signed_in", "签到", "Signed in"
    COUNTED = "counted", "清点", "Counted"
    ESTIMATED = "estimated", "估计", "Estimated"
    NOT_RECORDED = "not_recorded", "未登记", "Not recorded"
