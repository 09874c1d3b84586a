"""The year-end tally: all figures, the records behind them, and a check that they agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.orm import Session

from tracker.figures import catalogue, published
from tracker.figures.freezing.comparing import compare
from tracker.figures.freezing.content import with_parts
from tracker.figures.weights import SourceWeights, weights
from tracker.kernel.period import Period
from tracker.kernel.register import OF_YEAR, Register
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.models import Office
from tracker.offices.queries import offices_of

from .book import Book, Heading, file_name
from .checks import write_checks
from .details import Place, write_details
from .later_changes import write_changes
from .summary import write_summary

_SUMMARY = Words("年终汇总表", "year-end tally")
_CHANGES = Words("定稿后变化", "changes since the freeze")
_CHECK = Words("年终汇总校核表", "check of the year-end tally")
_FILE = Words("年终汇总", "year-end tally")


def write_tally(
    session: Session,
    scope: Scope,
    office: Office,
    period: Period,
    target: Path | BinaryIO,
    *,
    registers: Sequence[Register],
    prepared_by: str,
    today: date,
    language: str = "zh",
) -> None:
    """Write the workbook of a year: 汇总, one sheet per register, 校核; of a frozen year also what
    changed since.

    Reads the figures in one pass per source, their records in one more; memory does not grow with
    the ledgers' text. A path gets the whole file or stays as it was.

    :raises LookupError: when a figure counts records that none of the registers lists.
    """
    figures = catalogue.figures_for(session, scope, period.year)
    # Ratios bring the figures they divide, so that these can be checked as well.
    everything = with_parts(figures)
    readings = published.read(session, figures, scope, period)
    shown = published.year_readings(session, scope, period)
    weighed = weights(session, everything, scope, period)
    _refuse_strays(weighed, registers)
    names = {each.id: each.name for each in offices_of(session, scope)}

    book = Book(language)
    heading = Heading(office.name, prepared_by, today)

    def title(words: Words) -> str:
        return OF_YEAR.fill(office=office.name, year=period.year, title=words).say(language)

    write_summary(book, shown, title(_SUMMARY), heading)
    if shown.frozen is not None:
        changes = compare(session, scope, shown.frozen, today)
        write_changes(book, changes, title(_CHANGES), heading)
    places: dict[str, Place] = {}
    for register in registers:
        places |= write_details(
            book,
            session,
            scope,
            period,
            register,
            [each for each in weighed if each.source.register == register.key],
            title(register.title),
            heading,
            names if len(scope.office_ids) > 1 else None,
        )
    write_checks(book, list(readings.values()), places, title(_CHECK), heading)
    book.save(target)


def _refuse_strays(weighed: Sequence[SourceWeights], registers: Sequence[Register]) -> None:
    """Every record that counts stands on a sheet, so every source has its register."""
    models = {register.key: register.model for register in registers}
    strays = [
        each.source.key
        for each in weighed
        if models.get(each.source.register) is not each.source.model
    ]
    if strays:
        raise LookupError(f"no register lists the records of these sources: {strays}")


def tally_file_name(office: Office, year: int, today: date, language: str = "zh") -> str:
    """架桥镇_2024_年终汇总_20241231.xlsx."""
    return file_name(office.name, year, _FILE.say(language), today)
