"""Reports as tests make and read them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from docx import Document

from tests.support.application import TODAY
from tests.support.world import World
from tracker.offices.models import Office
from tracker.reports import composing, drafting
from tracker.reports.drafting import FileLook, YearReport
from tracker.reports.marks import Occasion, Said, say

SHIPPED_LOOK = FileLook()


def occasion(world: World, year: int = 2024) -> Occasion:
    """What the office's text of a year is said with."""
    with world.reading() as session:
        office = session.get_one(Office, world.office_id)
        return drafting.occasion_of(session, world.scope(), office, year, TODAY, None)


def said(world: World, text: str, year: int = 2024) -> Said:
    """A text with its marks said."""
    return say(text, occasion(world, year))


def shipped_report(world: World, year: int = 2024) -> YearReport:
    """The report as it would begin."""
    with world.reading() as session:
        office = session.get_one(Office, world.office_id)
        return drafting.year_report_of(session, world.scope(), office, year, TODAY, None)


def with_section(
    report: YearReport, body: str, heading: str = "其他", level: int = 1
) -> YearReport:
    """The report with one more section at its end."""
    text = replace(
        report.text, sections=[*report.text.sections, composing.SectionText(level, heading, body)]
    )
    figures = report.figures
    said_with = Occasion(report.office.name, figures.period.year, text.signed_on, figures.readings)
    return replace(report, text=text, composed=composing.compose(text, said_with))


def file_of(report: YearReport, **options: Any) -> bytes:
    """The Word file of a draft."""
    return drafting.file_of(report, TODAY, look=options.pop("look", SHIPPED_LOOK), **options)


def opened(data: bytes) -> Any:
    """The file as python-docx reads it."""
    return Document(io.BytesIO(data))


def written(report: YearReport) -> str:
    """The paragraphs of a report as they are said."""
    return "\n".join(p.text for s in report.composed.sections for p in s.paragraphs)


def texts(document: Any) -> list[str]:
    """Its paragraphs."""
    return [paragraph.text for paragraph in document.paragraphs]


def annex(document: Any) -> dict[str, Mapping[str, str]]:
    """The rows of the annex by the name of their figure."""
    (table,) = document.tables
    head, *rows = [[cell.text for cell in row.cells] for row in table.rows]
    return {row[0]: dict(zip(head, row, strict=True)) for row in rows}


def day(text: str) -> date:
    return date.fromisoformat(text)
