"""Readable record numbers: PF-2024-008, counted within an office, a kind and a year."""

from __future__ import annotations

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from .model import Model, text, whole


class RecordCounter(Model):
    """The last number given out. Gaps may arise; a number is never given twice."""

    __tablename__ = "record_counter"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    prefix: Mapped[str] = text(10, primary_key=True)
    year: Mapped[int] = whole(1900, 2200, primary_key=True, autoincrement=False)
    last: Mapped[int] = whole(0)


def next_number(session: Session, office_id: int, prefix: str, year: int) -> str:
    """Take the next number; the counter's row is locked until the transaction ends."""
    key = {"office_id": office_id, "prefix": prefix, "year": year}
    counter = session.scalar(select(RecordCounter).filter_by(**key).with_for_update())
    if counter is None:
        counter = RecordCounter(**key, last=0)
        session.add(counter)
    counter.last += 1
    session.flush()
    return f"{prefix}-{year}-{counter.last:03d}"
