"""Writes the folder as a zip: report, figures, and the evidence of every counted record."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import BinaryIO

from sqlalchemy.orm import Session

from tracker.evidence.store import Store
from tracker.figures.published import YearReadings, year_readings
from tracker.kernel.clock import in_china
from tracker.kernel.errors import TrackerError
from tracker.kernel.period import Period
from tracker.kernel.register import Register
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.models import Office
from tracker.reports import drafting, finalising
from tracker.reports import queries as reports
from tracker.workbooks.book import Heading
from tracker.workbooks.tally import write_tally
from tracker.yearbook import json as as_json

from . import index_sheet
from .contents import FiledRecord, filed_records
from .names import safe

_CHUNK = 1 << 20
_TITLE = Words("{office}{year}年度迎检资料目录", "{office}, {year}: index of the inspection folder")
_INDEX = "00 目录.xlsx"


@dataclass(frozen=True)
class InFront:
    """A file that stands before the records' folders."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Folder:
    """Everything that goes into the zip; of the records' files only where they lie."""

    title: str
    heading: Heading
    in_front: Sequence[InFront]
    filed: Sequence[FiledRecord]
    day: date


def gather(
    session: Session,
    scope: Scope,
    office: Office,
    period: Period,
    *,
    registers: Sequence[Register],
    prepared_by: str,
    today: date,
) -> Folder:
    """Read everything the folder says. Files are read only as they are written (`write`)."""
    read = year_readings(session, scope, period)
    filed = filed_records(session, scope, period, registers)
    tally = BytesIO()
    write_tally(
        session,
        scope,
        office,
        period,
        tally,
        registers=registers,
        prepared_by=prepared_by,
        today=today,
    )
    in_front = [
        _report(session, scope, office, period.year, today),
        InFront(f"02 {period.year}年终汇总.xlsx", tally.getvalue()),
        _figures(read, office, filed),
    ]
    return Folder(
        _TITLE.fill(office=office.name, year=period.year).zh,
        Heading(office.name, prepared_by, today),
        in_front,
        filed,
        today,
    )


def _report(session: Session, scope: Scope, office: Office, year: int, today: date) -> InFront:
    """The final text where there is one that says what is now said, else the draft; where the text
    cannot be said, why."""
    kept = reports.report_of(session, office.id, year)
    read = drafting.year_report_of(session, scope, office, year, today, kept)
    look = drafting.look_of(kept)
    try:
        if kept is not None and read.figures.frozen is not None:
            edition = finalising.edition_saying(session, kept, read)
            if edition is not None:
                content = drafting.edition_file(edition, look)
                return InFront(f"01 {year}年度报告（定稿）.docx", content)
        missing = drafting.missing_of(session, scope, read, today)
        content = drafting.file_of(read, today, look=look, missing=missing)
    except TrackerError as error:
        # Marked as UTF-8, which old editors would take for another encoding.
        reason = f"{error.message.zh}\r\n".encode("utf-8-sig")
        return InFront(f"01 {year}年度报告未能生成.txt", reason)
    return InFront(f"01 {year}年度报告（草稿）.docx", content)


def _figures(read: YearReadings, office: Office, filed: Sequence[FiledRecord]) -> InFront:
    """The year's figures as they are published, with every record and the figures it counts for."""
    what = "定稿数据" if read.frozen is not None else "现时数据（尚未定稿）"
    said = as_json.year(read, office.code, office.name)
    said["records"] = [
        {
            "register": each.register.zh,
            "office": each.office,
            "number": each.record.number,
            "date": each.record.date.isoformat() if each.record.date else None,
            "title": each.record.title,
            "figures": list(each.record.figures),
            "files": [{"path": file.path, "sha256": file.sha256} for file in each.files],
            "missing": [kind.label.zh for kind in each.lacks],
        }
        for each in filed
    ]
    text = json.dumps(said, ensure_ascii=False, indent=1)
    return InFront(f"03 {read.period.year}年{what}.json", text.encode())


def write(folder: Folder, store: Store, target: BinaryIO) -> None:
    """Write the zip. What is held in memory does not grow with the files.

    The same records and files give the same names in the same order.
    """
    lost = frozenset(
        file.sha256
        for each in folder.filed
        for file in each.files
        if not store.path(file.sha256, file.media_type).is_file()
    )
    checksums = [(each.name, hashlib.sha256(each.content).hexdigest()) for each in folder.in_front]
    index = index_sheet.write_index(folder.title, folder.heading, checksums, folder.filed, lost)
    midnight = datetime.combine(folder.day, datetime.min.time())
    with zipfile.ZipFile(target, "w", allowZip64=True) as archive:
        for name, content in ((_INDEX, index), *((e.name, e.content) for e in folder.in_front)):
            archive.writestr(_entry(name, midnight), content, zipfile.ZIP_DEFLATED)
        for each in folder.filed:
            for file in each.files:
                if file.sha256 in lost:
                    continue
                entry = _entry(file.path, in_china(file.added_at))
                path = store.path(file.sha256, file.media_type)
                with path.open("rb") as source, archive.open(entry, "w") as part:
                    while piece := source.read(_CHUNK):
                        part.write(piece)


def _entry(name: str, moment: datetime) -> zipfile.ZipInfo:
    # Photos and documents do not get smaller. Names that are not ASCII are marked as UTF-8.
    entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    return entry


def file_name(office: Office, year: int, day: date) -> str:
    """架桥镇_2024_迎检资料包_20250120.zip."""
    return f"{safe(office.name)}_{year}_迎检资料包_{day:%Y%m%d}.zip"
