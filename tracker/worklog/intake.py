"""How ledgers of other work are taken in: one ledger for all kinds."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from tracker.kernel.intake import Intake
from tracker.kernel.records import live
from tracker.kernel.scope import Scope
from tracker.offices.intake import VILLAGE

from . import operations, register
from .drafts import EntryDraft
from .forms import EntryRowForm
from .models import WorklogEntry


def _entries(scope: Scope) -> Select[WorklogEntry]:
    """The entries that a row may be, with all that a row says."""
    return live(WorklogEntry, scope).options(
        joinedload(WorklogEntry.village), joinedload(WorklogEntry.own_kind)
    )


def _kinds(form: EntryRowForm) -> Sequence[str]:
    return [kind.label.zh for kind in form.kinds.values() if kind.in_use]


def _entry_key(entry: EntryDraft | WorklogEntry) -> Hashable:
    """Two entries of one kind and title on one day are one, unless of different villages."""
    return (entry.kind, entry.held_on, entry.title, entry.village_id)


WORKLOG = Intake(
    register=register.WORKLOG,
    form_of=lambda _cells: EntryRowForm,
    # What the items are is the kind's to say.
    fields={"number": "", "village": "village_id", "items_meaning": ""},
    references={"village": VILLAGE},
    choices={"kind": _kinds},
    values_of=EntryRowForm.values_of,
    create=operations.create_entry,
    update=operations.update_entry,
    existing=_entries,
    key=_entry_key,
    key_of=_entry_key,
    example={
        "kind": "法治专题会议",
        "title": "研究部署年度法治建设重点工作",
        "ended_on": "",
        "village": "",
        "times": "1",
        "people": "12",
        "items": "",
        "due": "",
        "succeeded": "",
        "venue": "镇政府三楼会议室",
        "organiser": "镇党政办",
    },
)

ALL = (WORKLOG,)
