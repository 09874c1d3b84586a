"""Tables of accounts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.kernel.model import Logged, Model, Owned, flag, owned, refers, term, text

from .terms import Role


class User(Owned, Logged, Model):
    """A person with an account. Accounts are disabled, never deleted: the log names them."""

    __tablename__ = "user"
    __table_args__ = owned()
    log_hidden = frozenset({"password_hash"})

    #: What is typed to sign in; unique over all offices.
    name: Mapped[str] = text(40, unique=True)
    display_name: Mapped[str] = text(40)
    role: Mapped[Role] = term(Role)
    password_hash: Mapped[str] = text(300)
    language: Mapped[str] = text(2, default="zh")
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class UserSession(Owned, Model):
    """A signed-in browser. The cookie holds a secret, the row only its hash."""

    __tablename__ = "user_session"
    __table_args__ = (
        refers("user_id", "user", on_delete="CASCADE"),
        Index(None, "office_id", "user_id"),
    )

    secret_hash: Mapped[str] = text(64, unique=True)
    user_id: Mapped[int]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    #: The absolute end, whatever is done in between.
    ends_at: Mapped[datetime]


class AccessToken(Owned, Logged, Model):
    """What a person's script presents in place of a session: it reads the JSON addresses, no more.

    Only the hash is kept. A token ends with its last day, when it is revoked (the row goes, the
    change log keeps that it was there), and with whatever ends the person's sessions.
    """

    __tablename__ = "access_token"
    __table_args__ = owned(
        refers("user_id", "user", on_delete="CASCADE"),
        UniqueConstraint("office_id", "user_id", "name"),
    )
    log_hidden = frozenset({"secret_hash"})

    #: What it is for, in the person's words.
    name: Mapped[str] = text(40)
    secret_hash: Mapped[str] = text(64, unique=True)
    user_id: Mapped[int]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    #: The last day on which it is good.
    ends_on: Mapped[date]


class SignInAttempt(Model):
    """One try to sign in: the ground of the lockout, and a line for whoever looks into misuse."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "name", "at"), Index(None, "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = text(40, may_be_empty=True)
    address: Mapped[str] = text(60, may_be_empty=True)
    at: Mapped[datetime]
    succeeded: Mapped[bool] = flag("succeeded")
