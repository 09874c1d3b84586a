"""One register of a year as a 台账."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.orm import Session

from tracker.kernel.period import Period
from tracker.kernel.register import Register
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.models import Office
from tracker.offices.queries import offices_of

from .book import Book, Heading, file_name
from .rows import records_of, sheet_columns, values_of
from .sheets import Ledger

TITLE = Words("{office}{year}年{title}", "{office} {year}: {title}")


def write_register(
    session: Session,
    scope: Scope,
    office: Office,
    register: Register,
    period: Period,
    target: Path | BinaryIO,
    *,
    prepared_by: str,
    today: date,
    language: str = "zh",
) -> None:
    """Write the ledger of a period. Rows are fetched and written in batches, however many.

    A path gets the whole file or stays as it was.
    """
    book = Book(language)
    several = len(scope.office_ids) > 1
    names = {each.id: each.name for each in offices_of(session, scope)} if several else None
    ledger = Ledger(
        book,
        register.label.say(language),
        TITLE.fill(office=office.name, year=period.year, title=register.title).say(language),
        Heading(office.name, prepared_by, today),
        sheet_columns(register, language, with_office=several),
    )
    for record in records_of(session, register, scope, period):
        ledger.write_row(values_of(register, record, names))
    ledger.close()
    book.save(target)


def register_file_name(
    office: Office, register: Register, year: int, today: date, language: str = "zh"
) -> str:
    """架桥镇_2024_普法宣传活动台账_20241231.xlsx."""
    return file_name(office.name, year, register.title.say(language), today)
