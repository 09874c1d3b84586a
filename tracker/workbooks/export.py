"""One register as a 台账: of a year, or the records that a list shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Select
from sqlalchemy.orm import Session

from tracker.kernel.lists import SheetText
from tracker.kernel.period import Period
from tracker.kernel.register import OF_YEAR, Register
from tracker.kernel.scope import Scope
from tracker.offices.models import Office
from tracker.offices.queries import offices_of

from .book import Book, Heading, file_name
from .rows import fetched, sheet_columns, values_of
from .sheets import Ledger


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
    write_records(
        session,
        scope,
        office,
        register,
        register.of_period(scope, period),
        target,
        title=OF_YEAR.fill(office=office.name, year=period.year, title=register.title).say(
            language
        ),
        prepared_by=prepared_by,
        today=today,
        language=language,
    )


def write_records(
    session: Session,
    scope: Scope,
    office: Office,
    register: Register,
    statement: Select[Any],
    target: Path | BinaryIO,
    *,
    title: str,
    prepared_by: str,
    today: date,
    language: str = "zh",
) -> None:
    """Write the records that a statement finds, in its order, as a ledger of their register."""
    book = Book(language)
    several = len(scope.office_ids) > 1
    names = {each.id: each.name for each in offices_of(session, scope)} if several else None
    ledger = Ledger(
        book,
        register.label.say(language),
        title,
        Heading(office.name, prepared_by, today),
        sheet_columns(register, language, with_office=several),
    )
    for record in fetched(session, statement):
        ledger.write_row(values_of(register, record, names))
    ledger.close()
    book.save(target)


def write_sheet(
    register: Register,
    records: Iterable[Any],
    target: Path | BinaryIO,
    text: SheetText,
    *,
    prepared_by: str,
    today: date,
    language: str = "zh",
) -> None:
    """Write records as a sheet to hand in: without totals, with what is to be signed below."""
    book = Book(language)
    ledger = Ledger(
        book,
        text.name,
        text.title,
        Heading(text.office, prepared_by, today),
        sheet_columns(register, language),
        lines=text.lines,
    )
    for record in records:
        ledger.write_row(values_of(register, record))
    for line in text.closing:
        ledger.write_remark(line)
    ledger.close(totals=False)
    book.save(target)


def register_file_name(
    office: Office, register: Register, year: int | None, today: date, language: str = "zh"
) -> str:
    """架桥镇_2024_普法宣传活动台账_20241231.xlsx; without a year where there is none."""
    return file_name(office.name, year, register.title.say(language), today)


def sheet_file_name(text: SheetText, today: date) -> str:
    """架桥镇_2024年执法资格考试报名名单_20241231.xlsx."""
    return file_name(text.office, None, text.title.removeprefix(text.office), today)
