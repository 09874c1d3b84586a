"""The panel «佐证材料» on every record's page: what there is, and what there should be.

Records' pages ask for it by the record alone, so that no domain has to know of evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, url_for
from flask_babel import gettext

from tracker.accounts.viewer import viewer
from tracker.kernel import tables
from tracker.kernel.db import db
from tracker.kernel.i18n import say
from tracker.kernel.model import Recorded
from tracker.kernel.register import Register

from . import queries
from .models import EvidenceFile
from .rules import Standing, standing_of
from .terms import EvidenceKind


@dataclass(frozen=True)
class ShownFile:
    """One file as the panel shows it."""

    label: str
    kind: str
    url: str
    #: The small picture's address; empty for documents.
    thumbnail: str
    about: str


@dataclass(frozen=True)
class Panel:
    """What the panel of one record shows."""

    needs: Sequence[dict[str, str]]
    complete: bool
    files: Sequence[ShownFile]
    add_url: str
    removed: int


def install(app: Flask) -> None:
    """Let every record's page ask for its panel."""
    app.add_template_global(panel_of, "evidence_panel")


def panel_of(record: Any) -> Panel | None:
    """The panel of a record; None for what files are not put on."""
    if not isinstance(record, Recorded) or isinstance(record, EvidenceFile):
        return None
    session = db.session()
    everything = session.scalars(queries.files_of(record, with_voided=True)).all()
    files = [file for file in everything if not file.is_voided]
    held: dict[EvidenceKind, int] = {}
    for file in files:
        held[file.kind] = held.get(file.kind, 0) + 1
    standing = standing_of(record, held)
    may_add = viewer().may_edit(record.office_id) and not record.is_voided
    return Panel(
        needs=[_need(record, each, may_add) for each in standing],
        complete=not any(each.lacks for each in standing),
        files=[shown(file) for file in files],
        add_url=_add_url(record) if may_add else "",
        removed=len(everything) - len(files),
    )


def _need(record: Recorded, each: Standing, may_add: bool) -> dict[str, str]:
    text = gettext("缺 %(n)s", n=each.lacks) if each.lacks else gettext("已齐")
    return {
        "kind": say(each.kind.label),
        "count": gettext("应有 %(least)s，已有 %(held)s", least=each.least, held=each.held),
        "text": text,
        "tone": "warning" if each.lacks else "success",
        "url": _add_url(record, each.kind) if each.lacks and may_add else "",
    }


def _add_url(record: Recorded, kind: EvidenceKind | None = None) -> str:
    return url_for(
        "evidence.new",
        record_type=record.__tablename__,
        record_id=record.id,
        kind=kind.value if kind is not None else None,
    )


def shown(file: EvidenceFile) -> ShownFile:
    """A file for a list of them."""
    return ShownFile(
        label=file.caption or file.name,
        kind=say(file.kind.label),
        url=url_for("evidence.file", record_id=file.id),
        thumbnail=url_for("evidence.thumbnail", record_id=file.id) if file.is_picture else "",
        about=about(file),
    )


def about(file: EvidenceFile) -> str:
    """What kind of file it is, and its size."""
    if file.is_picture:
        what = f"{file.width}×{file.height}"
    else:
        what = file.name.rpartition(".")[2].upper()[:5] if "." in file.name else ""
    size = f"{max(1, file.size // 1024):,} KB"
    return f"{what}，{size}" if what else size


def record_types() -> set[str]:
    """The tables of all registers' records."""
    registers: Sequence[Register] = current_app.extensions["registers"]
    return {each.model.__tablename__ for each in registers}


def register_of(record: Recorded) -> Register | None:
    """The register a record stands in."""
    registers: Sequence[Register] = current_app.extensions["registers"]
    return next((each for each in registers if each.model is type(record)), None)


def address_of(record: Recorded) -> str:
    """A record's page."""
    register = register_of(record)
    return register.path.format(id=record.id) if register is not None else "/"


def name_of(record: Recorded) -> str:
    """A record as a heading names it: its number, and its title or what its ledger begins with."""
    called = getattr(record, "title", "") or getattr(record, "name", "")
    register = register_of(record)
    if not called and register is not None:
        called = tables.shown(register.columns[0].read(record))
    return f"{record.number} {called}".strip()
