"""Readable record numbers: PF-2024-008, counted within an office, a kind and a year."""

from __future__ import annotations

from sqlalchemy import ForeignKey, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from .model import Model, text, whole


class RecordCounter(Model):
    """The last number given out. Gaps may arise; a number is never given twice."""

    __tablename__ = "record_counter"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    prefix: Mapped[str] = text(10, primary_key=True)
    year: Mapped[int] = whole(1900, 2200, primary_key=True, autoincrement=False)
    last: Mapped[int] = whole(0)


Counters = dict[tuple[int, str, int], RecordCounter]


def next_number(
    session: Session, office_id: int, prefix: str, year: int, held: Counters | None = None
) -> str:
    """Take the next number; the counter's row is locked until the transaction ends.

    ``held`` keeps counters that this transaction has locked, so that each is looked up once.
    """
    key = (office_id, prefix, year)
    counter = held.get(key) if held is not None else None
    if counter is None:
        statement = select(RecordCounter).filter_by(office_id=office_id, prefix=prefix, year=year)
        counter = session.scalar(statement.with_for_update())
    if counter is None:
        counter = RecordCounter(office_id=office_id, prefix=prefix, year=year, last=0)
        session.add(counter)
    counter.last += 1
    if held is None:
        session.flush()
    else:
        held[key] = counter
    return f"{prefix}-{year}-{counter.last:03d}"


_TAKE = (
    update(RecordCounter)
    .where(
        RecordCounter.office_id == bindparam("of_office"),
        RecordCounter.prefix == bindparam("of_prefix"),
        RecordCounter.year == bindparam("of_year"),
    )
    .values(last=RecordCounter.last + 1)
    .returning(RecordCounter.last)
    .execution_options(synchronize_session=False)
)


def next_number_at_once(session: Session, office_id: int, prefix: str, year: int) -> str:
    """`next_number` in one statement, where many are given out within seconds."""
    key = {"of_office": office_id, "of_prefix": prefix, "of_year": year}
    last = session.connection().execute(_TAKE, key).scalar()
    if last is None:
        return next_number(session, office_id, prefix, year)
    return f"{prefix}-{year}-{last:03d}"
