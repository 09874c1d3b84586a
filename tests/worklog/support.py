"""Entries and kinds of the worklog, written by the product's operations."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.support.world import World, day
from tracker.kernel import clock, records
from tracker.kernel.figure import Basis
from tracker.kernel.units import Unit
from tracker.offices.models import Office
from tracker.worklog import operations
from tracker.worklog.drafts import EntryDraft, KindDraft
from tracker.worklog.models import OwnKind, WorklogEntry

#: A definition for kinds whose definition does not matter.
SAID = "一次活动登记一条。"


def an_entry(
    world: World,
    kind: str,
    on: str | date = "2024-05-10",
    title: str = "一条记录",
    *,
    to: str | date | None = None,
    office: Office | None = None,
    voided: str = "",
    **draft: Any,
) -> WorklogEntry:
    """An entry of a kind."""
    ended = day(to) if to else None
    with world.writing() as session:
        entry = operations.create_entry(
            session,
            office.id if office else world.office_id,
            EntryDraft(kind, title, day(on), ended, **draft),
            clock.today(),
        )
        if voided:
            records.void(session, entry, voided)
        return entry


def change(world: World, entry: WorklogEntry, **draft: Any) -> WorklogEntry:
    """The entry with some of its fields changed."""
    present = world.again(entry)
    kept = {name: getattr(present, name) for name in EntryDraft.__dataclass_fields__}
    with world.writing() as session:
        return operations.update_entry(
            session,
            world.scope(),
            entry.id,
            EntryDraft(**{**kept, **draft}),
            present.version,
            clock.today(),
        )


def an_own_kind(
    world: World,
    label: str = "网格普法",
    *,
    office: Office | None = None,
    definition: str = SAID,
    **draft: Any,
) -> OwnKind:
    """A kind the office added."""
    with world.writing() as session:
        return operations.save_kind(
            session,
            office.id if office else world.office_id,
            None,
            KindDraft(label, definition, **draft),
        )


def an_own_inventory(world: World, label: str = "普法长廊", **draft: Any) -> OwnKind:
    """A kind of things that stand until they end."""
    return an_own_kind(
        world,
        label,
        basis=Basis.AS_AT,
        counts_times=False,
        counts_items=True,
        items_unit=Unit.PLACES,
        items_label="长廊数",
        **draft,
    )
