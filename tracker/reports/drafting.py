"""A year's report made into a Word file: read, said, refused where it says nothing, written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from tracker.figures.closing import readiness
from tracker.figures.published import YearReadings, year_readings
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.models import Office

from . import editions, queries
from .annex import Annex, annex_of
from .composing import Composed, ReportText, SectionText, compose, require_sayable
from .docx import supplied
from .docx.styles import Supplied
from .marks import Occasion
from .models import Report, ReportEdition
from .shipped import shipped_report
from .terms import FontSet

if TYPE_CHECKING:
    from .docx import writing

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True)
class FileLook:
    """How the file looks: which fonts, and the styles of an office's own document."""

    fonts: FontSet = FontSet.OFFICE
    styles: Supplied | None = None


@dataclass(frozen=True)
class YearReport:
    """A year's report with the readings that say it."""

    office: Office
    text: ReportText
    figures: YearReadings
    composed: Composed

    def annex(self, day: date, missing: Sequence[Words] = ()) -> Annex:
        """Its 数据说明; ``missing`` is what still stands between the year and its closing."""
        return annex_of(self.composed, self.figures.readings, self.figures.frozen, day, missing)


def look_of(report: Report | None) -> FileLook:
    """How an office wants its file to look."""
    if report is None:
        return FileLook()
    return FileLook(report.fonts, supplied.from_json(report.styles) if report.styles else None)


def occasion_of(
    session: Session, scope: Scope, office: Office, year: int, today: date, report: Report | None
) -> Occasion:
    """What an office's text of a year is said with."""
    figures = year_readings(session, scope, Period.of_year(year, today))
    return _occasion(office, figures, report.signed_on if report else None, today)


def _occasion(
    office: Office, figures: YearReadings, signed_on: date | None, today: date
) -> Occasion:
    return Occasion(office.name, figures.period.year, signed_on or today, figures.readings)


def year_report_of(
    session: Session, scope: Scope, office: Office, year: int, today: date, report: Report | None
) -> YearReport:
    """A year's report as it now reads; where it was not begun, the text it would begin as."""
    figures = year_readings(session, scope, Period.of_year(year, today))
    occasion = _occasion(office, figures, report.signed_on if report else None, today)
    if report is None:
        text = _shipped_text(office, figures, today)
    else:
        kept = queries.sections_of(session, report)
        text = ReportText(
            report.title,
            report.addressee,
            report.signed_by,
            occasion.signed_on,
            [SectionText(each.level, each.heading, each.body, each.id) for each in kept],
        )
    return YearReport(office, text, figures, compose(text, occasion))


def _shipped_text(office: Office, figures: YearReadings, signed_on: date) -> ReportText:
    shipped = shipped_report()
    return ReportText(
        shipped.title,
        shipped.addressee,
        office.name,
        signed_on,
        shipped.texts(figures.readings),
    )


def missing_of(session: Session, scope: Scope, report: YearReport, today: date) -> list[Words]:
    """What is still open before the year can be closed; nothing once its figures are frozen."""
    if report.figures.frozen is not None:
        return []
    found = readiness.findings(session, scope, report.figures.period.year, today)
    return [each.text for each in found if each.is_open]


def file_of(
    report: YearReport, today: date, *, look: FileLook, missing: Sequence[Words] = ()
) -> bytes:
    """The Word file of a draft, which says on every page that it is one.

    :raises TrackerError: when a mark of it says nothing.
    """
    from .docx import writing  # python-docx is not loaded before somebody wants a document

    require_sayable(report.composed)
    mark = writing.DRAFT if report.figures.frozen else writing.DRAFT_UNFROZEN
    annex = report.annex(today, missing)
    return writing.write_docx(report.composed, annex, _settings(look, mark))


def edition_file(edition: ReportEdition, look: FileLook) -> bytes:
    """The Word file of an edition: the text and the numbers it was made final with."""
    from .docx import writing

    composed, annex = editions.composed_from(edition.contents)
    return writing.write_docx(composed, annex, _settings(look, ""))


def _settings(look: FileLook, mark: str) -> writing.Settings:
    from .docx import look as looks
    from .docx import writing

    fonts = {FontSet.OFFICE: looks.OFFICE, FontSet.SYSTEM: looks.SYSTEM}[look.fonts]
    return writing.Settings(fonts=fonts, mark=mark, supplied=look.styles)


def file_name(office: Office, year: int, day: date, *, final: bool = False) -> str:
    """架桥镇_2024_年度报告草稿_20250120.docx."""
    what = "年度报告" if final else "年度报告草稿"
    return _NOT_IN_FILE_NAMES.sub("-", f"{office.name}_{year}_{what}_{day:%Y%m%d}") + ".docx"
