"""Every write of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.period import FIRST_YEAR, LAST_YEAR
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from . import queries
from .drafts import PlanItemDraft
from .models import PlanItem

#: Columns of an item that the draft gives under the same name.
_PLAIN = tuple(name for name in PlanItemDraft.__dataclass_fields__ if name != "position")

#: The reason by which a copy that was taken back is known, so that copying again brings it back.
TAKEN_BACK = "撤销沿用上年计划"


@dataclass(frozen=True)
class Copied:
    """What copying a year did: items made, brought back after an undo, and there already."""

    made: int = 0
    restored: int = 0
    kept: int = 0


def create_item(session: Session, office_id: int, draft: PlanItemDraft) -> PlanItem:
    """Enter an item of the plan.

    :raises RuleBroken: see `_require_sound`.
    """
    _require_sound(draft)
    item = PlanItem(office_id=office_id)
    _fill(item, draft)
    if draft.position is None:
        item.position = queries.next_position(session, office_id, draft.year)
    records.add_new(session, item, date(draft.year, 1, 1))
    return item


def update_item(
    session: Session, scope: Scope, item_id: int, draft: PlanItemDraft, version: int | None
) -> PlanItem:
    """Change an item.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_sound`.
    """
    _require_sound(draft)
    item = records.find_to_write(session, PlanItem, item_id, scope, version)
    _fill(item, draft)
    records.sign(session, item)
    return item


def _require_sound(draft: PlanItemDraft) -> None:
    """:raises RuleBroken: when it is due in another year than its own, or the one after."""
    if draft.due_on is not None and not draft.year <= draft.due_on.year <= draft.year + 1:
        raise RuleBroken(
            "due_on",
            Words(
                "完成时限应在计划年度（{year}年）之内，请核对年度和日期",
                "It should be due within the year of the plan ({year}); check year and day",
            ).fill(year=draft.year),
        )


def _fill(item: PlanItem, draft: PlanItemDraft) -> None:
    for name in _PLAIN:
        setattr(item, name, getattr(draft, name))
    if draft.position is not None:
        item.position = draft.position


def copy_year(session: Session, scope: Scope, year: int) -> Copied:
    """Copy last year's plan into a year: everything but its day, which moves a year on.

    Repeatable: an item whose copy stands in the year, or whose content somebody entered there, is
    not copied again. A copy that was voided by hand stays voided; one that `take_back_copies`
    took back is brought back.

    :raises RuleBroken: when last year has no plan, or the year is out of range.
    """
    office_id = scope.home_office_id
    if not FIRST_YEAR < year <= LAST_YEAR:
        raise RuleBroken("", Words("没有这一年的计划", "There is no plan of this year"))
    before = [i for i in queries.items_of_year(session, office_id, year - 1) if not i.is_voided]
    if not before:
        raise RuleBroken(
            "",
            Words("{year}年没有可沿用的计划", "There is no plan of {year} to copy").fill(
                year=year - 1
            ),
        )
    there = queries.items_of_year(session, office_id, year)
    copies = {item.copied_from_id: item for item in there if item.copied_from_id is not None}
    contents = {item.content for item in there if not item.is_voided}
    made = restored = kept = 0
    for item in before:
        copy = copies.get(item.id)
        if copy is not None and copy.is_voided and copy.void_reason == TAKEN_BACK:
            records.unvoid(session, copy)
            restored += 1
        elif copy is not None or item.content in contents:
            kept += 1
        else:
            _copy(session, item, year)
            made += 1
    return Copied(made, restored, kept)


def _copy(session: Session, item: PlanItem, year: int) -> None:
    copy = PlanItem(office_id=item.office_id, copied_from_id=item.id, position=item.position)
    for name in _PLAIN:
        setattr(copy, name, getattr(item, name))
    copy.year = year
    copy.due_on = None if item.due_on is None else a_year_on(item.due_on)
    records.add_new(session, copy, date(year, 1, 1))


def a_year_on(day: date) -> date:
    """The same day of the next year; 28 February for the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def take_back_copies(session: Session, scope: Scope, year: int) -> int:
    """Void the year's copied items that no event names; returns how many.

    Copies that events already name stay: what was done for them must not lose its plan.
    """
    office_id = scope.home_office_id
    named = queries.named_items(session, office_id, year)
    taken = 0
    for item in queries.items_of_year(session, office_id, year):
        if item.copied_from_id is not None and not item.is_voided and item.id not in named:
            found = records.find_to_write(session, PlanItem, item.id, scope, None)
            records.void(session, found, TAKEN_BACK)
            taken += 1
    return taken
