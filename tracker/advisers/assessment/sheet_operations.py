"""Writes of score sheets and their items.

Assessments keep copies of the items, so that no change here touches one that was made.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from . import example, queries
from .drafts import ItemDraft, SheetDraft
from .models import MOST_ITEMS, MOST_POINTS, ScoreItem, ScoreSheet

_HALF = Decimal("0.5")


def create_sheet(session: Session, office_id: int, draft: SheetDraft) -> ScoreSheet:
    """Begin a score sheet, without items.

    :raises RuleBroken: see `_require_sound_sheet`.
    """
    _require_sound_sheet(draft)
    sheet = ScoreSheet(office_id=office_id)
    _fill(sheet, draft)
    records.add_new(session, sheet, date(draft.from_year, 1, 1))
    return sheet


def update_sheet(
    session: Session, scope: Scope, sheet_id: int, draft: SheetDraft, version: int | None
) -> ScoreSheet:
    """Change a sheet's title, year or bounds.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_sound_sheet`.
    """
    _require_sound_sheet(draft)
    sheet = records.find_to_write(session, ScoreSheet, sheet_id, scope, version)
    _fill(sheet, draft)
    records.sign(session, sheet)
    return sheet


def load_example(session: Session, office_id: int, from_year: int) -> ScoreSheet:
    """Give the office the shipped sheet to adapt; a second time gives a second one."""
    sheet = create_sheet(session, office_id, example.sheet(from_year))
    for draft in example.items():
        sheet.items.append(_item(office_id, draft, draft.position or 0))
    records.sign(session, sheet)
    return sheet


def add_item(
    session: Session, scope: Scope, sheet_id: int, draft: ItemDraft, version: int | None
) -> ScoreSheet:
    """Add an item to a sheet, last where no place is given.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: for points out of range, or one item too many.
    """
    _require_points(draft)
    sheet = records.find_to_write(session, ScoreSheet, sheet_id, scope, version)
    if len(sheet.items) >= MOST_ITEMS:
        raise RuleBroken(
            "",
            Words(
                "一张评分表最多 {most} 项，请合并一些项目", "A sheet has at most {most} items"
            ).fill(most=MOST_ITEMS),
        )
    last = max((item.position for item in sheet.items), default=0)
    position = min(last + 1, 9999) if draft.position is None else draft.position
    sheet.items.append(_item(sheet.office_id, draft, position))
    records.sign(session, sheet)
    return sheet


def update_item(
    session: Session, scope: Scope, item_id: int, draft: ItemDraft, version: int | None
) -> ScoreSheet:
    """Change an item; returns its sheet, whose version rises.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`; also when the item has gone.
    :raises RuleBroken: for points out of range.
    """
    _require_points(draft)
    item = queries.find_item(session, scope.for_writing, item_id)
    sheet = records.find_to_write(session, ScoreSheet, item.sheet_id, scope, version)
    item.heading, item.criterion = draft.heading, draft.criterion
    item.most, item.basis = draft.most, draft.basis
    if draft.position is not None:
        item.position = draft.position
    records.sign(session, sheet)
    return sheet


def remove_item(session: Session, scope: Scope, item_id: int) -> ScoreSheet:
    """Take an item off its sheet; assessments that were made with it keep it.

    :raises RecordMissing: when the item is not there, or not theirs to change.
    """
    item = queries.find_item(session, scope.for_writing, item_id)
    sheet = records.find_to_write(session, ScoreSheet, item.sheet_id, scope, None)
    sheet.items.remove(item)
    records.sign(session, sheet)
    return sheet


def _item(office_id: int, draft: ItemDraft, position: int) -> ScoreItem:
    return ScoreItem(
        office_id=office_id,
        position=position,
        heading=draft.heading,
        criterion=draft.criterion,
        most=draft.most,
        basis=draft.basis,
    )


def _fill(sheet: ScoreSheet, draft: SheetDraft) -> None:
    for name in SheetDraft.__dataclass_fields__:
        setattr(sheet, name, getattr(draft, name))


def _require_sound_sheet(draft: SheetDraft) -> None:
    """:raises RuleBroken: when the bounds of the grades do not fall from the best on."""
    good = draft.good_from
    if good is not None and not draft.passed_from < good < draft.excellent_from:
        raise RuleBroken(
            "good_from",
            Words(
                "「良好」的分数线应在「合格」和「优秀」之间；不设良好的请留空",
                "“Good” begins between “passed” and “excellent”; leave it empty if you have none",
            ),
        )
    if draft.passed_from >= draft.excellent_from:
        raise RuleBroken(
            "passed_from",
            Words("「合格」的分数线应低于「优秀」", "“Passed” must begin below “excellent”"),
        )


def _require_points(draft: ItemDraft) -> None:
    if not 0 < draft.most <= MOST_POINTS or draft.most % _HALF:
        raise RuleBroken(
            "most",
            Words(
                "分值应大于 0 且不超过 {most}，可以是半分", "More than 0, at most {most}, in halves"
            ).fill(most=MOST_POINTS),
        )
