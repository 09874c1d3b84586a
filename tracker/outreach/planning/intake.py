"""How responsibility lists are taken in."""

from __future__ import annotations

from collections.abc import Hashable

from tracker.kernel.intake import Intake, undated
from tracker.kernel.records import live

from . import operations, register
from .drafts import PlanItemDraft
from .forms import PlanItemForm
from .models import PlanItem


def _key(item: PlanItemDraft | PlanItem) -> Hashable:
    """One year has an item of one content once."""
    return (item.year, item.content)


PLAN_ITEMS = Intake(
    register=register.PLAN_ITEMS,
    form_of=lambda _cells: PlanItemForm,
    # What was held is read from the events, never taken in.
    fields={"number": "", "held_events": "", "held_person_times": "", "held_uncounted": ""},
    values_of=PlanItemForm.values_of,
    create=undated(operations.create_item),
    update=undated(operations.update_item),
    existing=lambda scope: live(PlanItem, scope),
    key=_key,
    key_of=_key,
    example={
        "content": "宪法学习宣传",
        "year": "2024",
        "position": "1",
        "laws": "宪法、国旗法",
        "leader": "分管副镇长",
        "responsible_person": "司法所所长",
        "responsible_office": "司法所、各村（社区）",
        "audience": "镇村干部、村（居）民、青少年学生",
        "carrier": "宪法宣传周、法治文化广场",
        "measure": "集中宣传、宪法进校园、村村响广播",
        "standard": "每村（社区）至少一场",
        "due_on": "2024-12-31",
        "target_events": "2",
        "target_person_times": "300",
        "note": "",
    },
)

ALL = (PLAN_ITEMS,)
