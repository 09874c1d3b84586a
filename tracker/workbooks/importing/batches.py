"""Every write of imports: trying one, carrying it out, taking it back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session, undefer

from tracker.kernel import clock, records
from tracker.kernel.db import Actor, trial_tx
from tracker.kernel.errors import RecordMissing, TrackerError
from tracker.kernel.intake import Intake
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from .entering import Entrance
from .heads import normal
from .importer import Import, Options
from .models import LONGEST_BEFORE, BatchState, ImportBatch, ImportedRecord, TaughtHead
from .outcome import Fate, OnExisting, Outcome, Written
from .sheets import Found

Progress = Callable[[int, int], None]

_TOLD_EVERY = 200
#: A ledger that nobody confirmed is forgotten after this long.
_WAITS = timedelta(days=7)
_REASON = Words("撤销导入「{name}」", "The import of “{name}” was taken back")
_NAMES_NOT_KEPT = Words(
    "这次导入改过已有的行。改前的姓名没有另存，不能整批撤销；请逐条改回或划掉",
    "This import changed rows that were there. What they said is not kept, as they name people; "
    "change or strike them out one by one",
)


#: In place of what a record said before, where a change cannot be taken back.
_FINAL = "!"
_NOT_TAKEN_BACK = Words(
    "这次导入给已有的报名添加了补考成绩，不能整批撤销；请在考试页面逐个改正或取消补考",
    "This import added retakes to registrations that were there; it cannot be taken back as a "
    "whole. Correct or cancel the retakes on the exam’s page",
)


class ImportRefused(TrackerError):
    """Rows are wrong, so nothing was written. ``outcome`` says which."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(
            Words(
                "有 {count} 行有误，没有导入任何一行。请改正后重新导入",
                "{count} rows are wrong; nothing was taken in. Correct them and import again",
            ).fill(count=outcome.count(Fate.WRONG))
        )
        self.outcome = outcome


def try_out(
    actor: Actor,
    scope: Scope,
    found: Found,
    options: Options,
    today: date,
    progress: Progress | None = None,
) -> Outcome:
    """What an import would do. It is done, with every check of the database, and taken back."""
    with trial_tx(actor) as session:
        return Import(session, scope, found, options, today).run(progress)


def take_in(
    session: Session,
    scope: Scope,
    found: Found,
    options: Options,
    today: date,
    *,
    name: str,
    batch: ImportBatch | None = None,
    progress: Progress | None = None,
) -> tuple[ImportBatch, Outcome]:
    """Write a ledger's rows, and what is needed to take them back.

    :raises ImportRefused: when a row is wrong; the caller's transaction must end without commit.
    """
    outcome = Import(session, scope, found, options, today).run(progress)
    if not outcome.is_clean:
        raise ImportRefused(outcome)
    if batch is None:
        batch = _new_batch(session, scope.home_office_id, found.intake, name, options)
        session.add(batch)
    moment = clock.now()
    batch.file, batch.state, batch.done_at = None, BatchState.DONE, moment
    batch.new_rows, batch.updated_rows = outcome.count(Fate.NEW), outcome.count(Fate.UPDATED)
    batch.unchanged_rows = outcome.count(Fate.UNCHANGED)
    batch.skipped_rows, batch.other_rows = outcome.count(Fate.SKIPPED), len(outcome.not_data)
    session.flush()
    written = [row.written for row in outcome.rows if row.written is not None]
    if written:
        session.execute(
            insert(ImportedRecord),
            [
                {
                    "office_id": batch.office_id,
                    "batch_id": batch.id,
                    "record_id": each.record_id,
                    "record_version": each.version,
                    "before": _before(found.intake, each),
                }
                for each in written
            ],
        )
    return batch, outcome


def _before(intake: Intake, written: Written) -> str:
    """What a record said before; nothing of one that was made, and no word of one naming people."""
    if written.created:
        return ""
    if written.final:
        return _FINAL
    return "{}" if intake.names_people else _json(written.before)


def _json(before: Mapping[str, list[str]]) -> str:
    text = json.dumps(before, ensure_ascii=False)
    return text if len(text) <= LONGEST_BEFORE else "{}"


def keep_waiting(
    session: Session, office_id: int, intake: Intake, name: str, data: bytes, options: Options
) -> ImportBatch:
    """Keep a ledger until somebody confirms it. Forgets those nobody confirmed in a week."""
    session.execute(
        delete(ImportBatch).where(
            ImportBatch.office_id == office_id,
            ImportBatch.state == BatchState.WAITING,
            ImportBatch.created_at < clock.now() - _WAITS,
        )
    )
    batch = _new_batch(session, office_id, intake, name, options)
    batch.file = data
    session.add(batch)
    session.flush()
    return batch


def _new_batch(
    session: Session, office_id: int, intake: Intake, name: str, options: Options
) -> ImportBatch:
    return ImportBatch(
        office_id=office_id,
        register=intake.register.key,
        name=name[-200:] or "—",
        state=BatchState.WAITING,
        on_existing=options.on_existing,
        create_missing=options.create_missing,
        year=options.year,
        new_rows=0,
        updated_rows=0,
        unchanged_rows=0,
        skipped_rows=0,
        other_rows=0,
        created_at=clock.now(),
        created_by=records.writer_name(session),
    )


def find_batch(
    session: Session, scope: Scope, batch_id: int, *, file: bool = False, lock: bool = False
) -> ImportBatch:
    """A batch of an office that the scope covers; with its ``file``, or locked to be written.

    :raises RecordMissing: when there is none.
    """
    statement = select(ImportBatch).where(
        ImportBatch.id == batch_id, scope.covers(ImportBatch.office_id)
    )
    if file:
        statement = statement.options(undefer(ImportBatch.file))
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise RecordMissing
    return found


def options_of(batch: ImportBatch) -> Options:
    """What was chosen when the ledger was handed in."""
    return Options(batch.create_missing, OnExisting(batch.on_existing.value), batch.year)


def choose(
    session: Session, scope: Scope, batch_id: int, options: Options, head_row: int | None
) -> None:
    """Change what was chosen for a ledger that is not confirmed yet.

    :raises RecordMissing: when there is none waiting.
    """
    batch = find_batch(session, scope.for_writing, batch_id, lock=True)
    if batch.state is not BatchState.WAITING:
        raise RecordMissing
    batch.on_existing, batch.create_missing = options.on_existing, options.create_missing
    batch.year, batch.head_row = options.year, head_row
    session.flush()


def forget(session: Session, scope: Scope, batch_id: int) -> None:
    """Drop a ledger that was not confirmed.

    :raises RecordMissing: when there is none waiting.
    """
    # With its file, which the change log would look for when the row has gone.
    batch = find_batch(session, scope.for_writing, batch_id, file=True, lock=True)
    if batch.state is not BatchState.WAITING:
        raise RecordMissing
    session.delete(batch)
    session.flush()


def forget_replaced(session: Session, scope: Scope, batch_id: int) -> None:
    """Drop a waiting ledger whose corrected version came in; none is fine too."""
    try:
        forget(session, scope, batch_id)
    except RecordMissing:
        return


def undo(
    session: Session,
    scope: Scope,
    intake: Intake,
    batch_id: int,
    today: date,
    progress: Progress | None = None,
) -> ImportBatch:
    """Take a whole import back: void what it made, put back what it changed.

    :raises RecordMissing: when there is no such batch of the writer's office.
    :raises TrackerError: when it is not done, or one of its records was changed since.
    """
    batch = find_batch(session, scope.for_writing, batch_id, lock=True)
    if batch.state is not BatchState.DONE:
        raise TrackerError(Words("这次导入已经撤销过了", "This import was taken back before"))
    model: Any = intake.register.model
    written = list(
        session.scalars(
            select(ImportedRecord)
            .where(ImportedRecord.office_id == batch.office_id, ImportedRecord.batch_id == batch.id)
            .order_by(ImportedRecord.id.desc())
        )
    )
    _require_untouched(session, model, batch.office_id, written)
    if intake.names_people and any(each.before for each in written):
        raise TrackerError(_NAMES_NOT_KEPT)
    if any(each.before == _FINAL for each in written):
        raise TrackerError(_NOT_TAKEN_BACK)
    entrance = Entrance(intake, session, scope)
    reason = _REASON.fill(name=batch.name).zh[:200]
    for number, each in enumerate(written, 1):
        record = records.find_to_write(session, model, each.record_id, scope, None)
        if each.before:
            draft = entrance.as_before(record, json.loads(each.before))
            intake.update(session, scope, record.id, draft, record.version, today)
        else:
            records.void(session, record, reason)
        if progress is not None and (number % _TOLD_EVERY == 0 or number == len(written)):
            progress(number, len(written))
    batch.state, batch.undone_at = BatchState.UNDONE, clock.now()
    batch.undone_by = records.writer_name(session)
    session.flush()
    return batch


def _require_untouched(
    session: Session, model: Any, office_id: int, written: list[ImportedRecord]
) -> None:
    now = {
        key: (number, version, voided)
        for key, number, version, voided in session.execute(
            select(model.id, model.number, model.version, model.voided_at).where(
                model.office_id == office_id,
                model.id.in_(
                    select(ImportedRecord.record_id).where(
                        ImportedRecord.office_id == office_id,
                        ImportedRecord.batch_id == (written[0].batch_id if written else 0),
                    )
                ),
            )
        )
    }
    changed = [
        now[each.record_id][0]
        for each in written
        if now[each.record_id][1] != each.record_version or now[each.record_id][2] is not None
    ]
    if changed:
        raise TrackerError(
            Words(
                "导入之后又有人改过这些记录，不能整批撤销：{numbers}。可以逐条作废或修改",
                "These records were changed after the import, so it cannot be taken back: "
                "{numbers}. Void or change them one by one",
            ).fill(numbers="、".join(sorted(changed)[:10]) + ("…" if len(changed) > 10 else ""))
        )


def taught_heads(session: Session, office_id: int) -> dict[str, dict[str, str]]:
    """The heads an office taught, by register: head → column key, '' to leave it out."""
    statement = select(TaughtHead.register, TaughtHead.head, TaughtHead.column_key).where(
        TaughtHead.office_id == office_id
    )
    taught: dict[str, dict[str, str]] = {}
    for row in session.execute(statement):
        taught.setdefault(row.register, {})[row.head] = row.column_key
    return taught


def teach(session: Session, office_id: int, intake: Intake, heads: Mapping[str, str]) -> None:
    """Remember what an office's own heads mean; a later word replaces an earlier one."""
    keys = {column.key for column in intake.register.columns} | {""}
    known = {
        each.head: each
        for each in session.scalars(
            select(TaughtHead).where(
                TaughtHead.office_id == office_id, TaughtHead.register == intake.register.key
            )
        )
    }
    for text, key in heads.items():
        head = normal(text)[:100]
        if not head or key not in keys:
            continue
        if head in known:
            known[head].column_key = key
        else:
            known[head] = TaughtHead(
                office_id=office_id, register=intake.register.key, head=head, column_key=key
            )
            session.add(known[head])
    session.flush()
