"""Every write of evidence. The files themselves lie in the store before any of this begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.kernel import clock, records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.model import Recorded
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from . import queries
from .drafts import EvidenceDraft, Kept
from .models import EvidenceFile
from .store import Store, is_older

#: So long a removed file can be taken back; then its content may be swept.
KEPT_FOR = timedelta(days=180)
#: What no row names is left alone so long: a sending may be about to name it.
GRACE_SECONDS = 24 * 3600
#: How many files one sweeping transaction looks at, so that nobody waits long for it.
AT_A_TIME = 200

_VOIDED = Words(
    "这条记录已作废，不能再添加佐证。请先撤销作废",
    "The record is voided and takes no more evidence. Take the void back first",
)
_SWEPT = Words(
    "文件内容已经清理，不能恢复。请重新上传",
    "Its content has been swept and cannot be brought back. Send the file again",
)
_TAKEN = Words(
    "这条记录上已有同样的文件在用，不用恢复",
    "The record has the same file already; there is nothing to bring back",
)


@dataclass(frozen=True)
class Added:
    """What became of the files of one sending."""

    files: list[EvidenceFile]
    #: Those that were on the record already, by the names they came under.
    already: list[str]


def add_files(
    session: Session,
    scope: Scope,
    record_type: str,
    record_id: int,
    draft: EvidenceDraft,
    kept: Sequence[Kept],
    store: Store,
) -> Added:
    """Put files that lie in the store on a record. The same content on the same record is one file.

    :raises RecordMissing: when the record is not theirs to write.
    :raises RuleBroken: when it is voided.
    """
    record = queries.record_of(session, record_type, record_id, scope.for_writing)
    require_open(record)
    added = Added([], [])
    for each in kept:
        known = queries.same_content(session, record, each.sha256, each.source_sha256)
        if known is not None:
            added.already.append(each.name)
            continue
        _require_there(store, each)
        added.files.append(_add(session, record, draft, each))
    return added


def require_open(record: Recorded) -> None:
    """Refuse to add to a voided record; asked before files are looked into, too.

    :raises RuleBroken: when it is voided.
    """
    if record.is_voided:
        raise RuleBroken("", _VOIDED)


def _require_there(store: Store, kept: Kept) -> None:
    """A sweep works in transactions of its own: what is there now stays, once this row names it."""
    if not store.path(kept.sha256, kept.media_type).is_file():
        raise RuleBroken(
            "files",
            Words("文件没有保存成功，请再传一次", "The file was not stored; send it again"),
        )


def _add(session: Session, record: Recorded, draft: EvidenceDraft, kept: Kept) -> EvidenceFile:
    file = EvidenceFile(
        office_id=record.office_id,
        record_type=record.__tablename__,
        record_id=record.id,
        kind=draft.kind,
        sha256=kept.sha256,
        source_sha256=kept.source_sha256,
        thumbnail_sha256=kept.thumbnail_sha256,
        media_type=kept.media_type,
        size=kept.size,
        width=kept.width,
        height=kept.height,
        name=kept.name,
        caption=draft.caption,
        taken_on=draft.taken_on or kept.taken_on,
    )
    records.add_new(session, file)
    return file


def update_file(
    session: Session, scope: Scope, file_id: int, draft: EvidenceDraft, version: int | None
) -> EvidenceFile:
    """Change what is said of a file.

    :raises StaleEdit: when somebody else saved it meanwhile.
    """
    file = records.find_to_write(session, EvidenceFile, file_id, scope, version)
    file.kind, file.caption, file.taken_on = draft.kind, draft.caption, draft.taken_on
    records.sign(session, file)
    return file


def restore_file(session: Session, scope: Scope, file_id: int) -> EvidenceFile:
    """Take the removal of a file back.

    :raises RuleBroken: when its content is gone, or the same file was added again meanwhile.
    """
    file = records.find_to_write(session, EvidenceFile, file_id, scope, None)
    if file.swept_at is not None:
        raise RuleBroken("", _SWEPT)
    record = queries.record_of(session, file.record_type, file.record_id, scope.for_writing)
    same = queries.same_content(session, record, file.sha256, file.source_sha256)
    if same is not None and same is not file:
        raise RuleBroken("", _TAKEN)
    records.unvoid(session, file)
    return file


def let_go(session: Session, moment: datetime) -> int:
    """Note of files that were removed longer ago than they are kept that their content may go;
    returns of how many. Some at a time; 0 once all are done."""
    rows = session.scalars(
        select(EvidenceFile)
        .where(EvidenceFile.voided_at < moment - KEPT_FOR, EvidenceFile.swept_at.is_(None))
        .order_by(EvidenceFile.id)
        .limit(AT_A_TIME)
    ).all()
    for file in rows:
        file.swept_at = clock.now()
        records.sign(session, file)
    return len(rows)


def sweep(session: Session, candidates: Sequence[tuple[str, Path]]) -> tuple[int, int]:
    """Delete those of these files that no row names; returns how many, and their bytes.

    Within a write transaction, so that nobody names one of them meanwhile.
    """
    named = queries.named_among(session, [checksum for checksum, _ in candidates])
    count = freed = 0
    for checksum, path in candidates:
        if checksum in named or not is_older(path, GRACE_SECONDS):
            continue
        size = path.stat().st_size
        path.unlink()
        count, freed = count + 1, freed + size
    return count, freed
