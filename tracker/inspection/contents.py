"""What lies in the folder: every counted record with its files, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.evidence import queries
from tracker.evidence.models import EvidenceFile
from tracker.evidence.store import EXTENSIONS
from tracker.evidence.terms import EvidenceKind
from tracker.figures.counted import CountedRecord, CountedRegister, counted_records
from tracker.figures.lacking import lacking
from tracker.kernel.period import Period
from tracker.kernel.register import Register
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.queries import offices_of

from .names import safe

#: Folders of registers come after the files that stand in front of them.
_FIRST_NUMBER = 4


@dataclass(frozen=True)
class FiledFile:
    """One file of a record, and where it lies in the folder."""

    kind: EvidenceKind
    path: str
    sha256: str
    media_type: str
    added_at: datetime
    caption: str


@dataclass(frozen=True)
class FiledRecord:
    """A counted record: its files, and the kinds it should have more of."""

    register: Words
    record: CountedRecord
    office: str
    files: Sequence[FiledFile]
    lacks: Sequence[EvidenceKind]


def filed_records(
    session: Session, scope: Scope, period: Period, registers: Sequence[Register]
) -> list[FiledRecord]:
    """Every record that any figure of the year counts, once, in the order of the registers."""
    counted = counted_records(session, scope, period)
    order = {register.key: position for position, register in enumerate(registers)}
    counted.sort(key=lambda each: order.get(each.key, len(order)))
    offices = {each.id: each.name for each in offices_of(session, scope)}
    short = _short_of(session, scope, counted)
    filed = []
    for number, register in enumerate(counted, _FIRST_NUMBER):
        folder = f"{number:02d} {safe(register.label.zh, 20)}"
        files = queries.files_on(
            session, scope, register.record_type, (record.id for record in register.records)
        )
        for record in register.records:
            office = offices.get(record.office_id, "")
            place = [folder, safe(office, 20)] if len(offices) > 1 else [folder]
            path = "/".join([*place, record_folder(record)])
            filed.append(
                FiledRecord(
                    register.label,
                    record,
                    office,
                    list(_filed(path, files.get(record.id, ()))),
                    short.get((register.record_type, record.id), ()),
                )
            )
    return filed


def _short_of(
    session: Session, scope: Scope, counted: Sequence[CountedRegister]
) -> Mapping[tuple[str, int], list[EvidenceKind]]:
    found: dict[tuple[str, int], list[EvidenceKind]] = {}
    for each in lacking(session, scope, counted):
        for record in each.records:
            found.setdefault((each.register.record_type, record.id), []).append(each.kind)
    return found


def record_folder(record: CountedRecord) -> str:
    """PF-2024-008 2024-06-26 禁毒宣传进集市."""
    day = record.date.isoformat() if record.date else ""
    return safe(" ".join(filter(None, (record.number, day, record.title))), 60)


def _filed(folder: str, files: Sequence[EvidenceFile]) -> Iterator[FiledFile]:
    order = list(EvidenceKind)
    so_far: dict[EvidenceKind, int] = {}
    for file in sorted(files, key=lambda each: (order.index(each.kind), each.id)):
        number = so_far[file.kind] = so_far.get(file.kind, 0) + 1
        said = file.caption or file.name.rpartition(".")[0] or file.name
        name = safe(f"{file.kind.label.zh}{number} {said}", 50)
        path = f"{folder}/{name}.{EXTENSIONS[file.media_type]}"
        yield FiledFile(
            file.kind, path, file.sha256, file.media_type, file.created_at, file.caption
        )
