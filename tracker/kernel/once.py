"""Once-only tokens: a form that is sent twice makes one record."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session

from .model import Model, Owned, text


class OnceToken(Owned, Model):
    """A form's token, with the address of the record that its first sending made."""

    __tablename__ = "once_token"
    __table_args__ = (UniqueConstraint("office_id", "token"),)

    token: Mapped[str] = text(64)
    address: Mapped[str] = text(300)
    used_at: Mapped[datetime]


def address_made_by(session: Session, office_id: int, token: str) -> str | None:
    """Where the record stands that this token has already made, if it has."""
    return session.scalar(
        select(OnceToken.address).where(OnceToken.office_id == office_id, OnceToken.token == token)
    )


def spend(session: Session, office_id: int, token: str, address: str, at: datetime) -> None:
    """Note that the token is used. A second use breaks the unique constraint."""
    session.add(OnceToken(office_id=office_id, token=token, address=address, used_at=at))
    session.flush()
