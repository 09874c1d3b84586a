"""How lists of subsidies are taken in."""

from __future__ import annotations

from collections.abc import Hashable

from sqlalchemy.orm import joinedload

from tracker.advisers.intake import ADVISER
from tracker.kernel.intake import Intake
from tracker.kernel.records import live
from tracker.offices.intake import VILLAGE

from . import operations, register
from .drafts import SubsidyDraft
from .forms import SubsidyRowForm
from .models import AdviserSubsidy


def _key(subsidy: SubsidyDraft | AdviserSubsidy) -> Hashable:
    """One adviser, one village (or the township), one year."""
    return (subsidy.year, subsidy.adviser_id, subsidy.village_id)


SUBSIDIES = Intake(
    register=register.SUBSIDIES,
    form_of=lambda _cells: SubsidyRowForm,
    # What is proposed follows from the contracts; whom it is for stands in the villages' column.
    fields={
        "number": "",
        "served": "",
        "amount_proposed": "",
        "adviser": "adviser_id",
        "village": "village_id",
    },
    references={"adviser": ADVISER, "village": VILLAGE},
    values_of=SubsidyRowForm.values_of,
    create=operations.create_subsidy,
    update=operations.update_subsidy,
    existing=lambda scope: live(AdviserSubsidy, scope).options(
        joinedload(AdviserSubsidy.adviser), joinedload(AdviserSubsidy.village)
    ),
    key=_key,
    key_of=_key,
    example={
        "adviser": "张律师",
        "year": "2024",
        "amount_decided": "1500",
        "reason": "",
        "paid_on": "2024-12-30",
    },
)

ALL = (SUBSIDIES,)
