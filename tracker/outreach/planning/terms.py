"""How far an item of the plan has come."""

from __future__ import annotations

from tracker.kernel.terms import Term


class PlanState(Term):
    """Worked out from the events that name the item; never stored."""

    LATE = "late", "逾期未完成", "Overdue"
    NOT_BEGUN = "not_begun", "未开展", "Not begun"
    UNDER_WAY = "under_way", "进行中", "Under way"
    DONE = "done", "已完成", "Done"
