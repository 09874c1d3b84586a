"""Who may sign in, and how the last tries went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .models import AccessToken, SignInAttempt, User, UserSession
from .terms import Role

#: Five failures of one name from one address close that pair for a quarter of an hour.
FAILURES_PER_PAIR = 5
#: Thirty failures from one address, whatever the names.
FAILURES_PER_ADDRESS = 30
LOCK_FOR = timedelta(minutes=15)
IDLE_FOR = timedelta(hours=2)
#: The name under which wrong access tokens stand among the tries; no account can bear it.
TOKEN_TRIES = "(token)"  # noqa: S105  # no password


def user_by_name(session: Session, name: str) -> User | None:
    """The account with this sign-in name, disabled ones included."""
    return session.scalar(select(User).where(User.name == name))


def users_of(session: Session, office_id: int) -> Sequence[User]:
    """The accounts of an office, working ones first."""
    return session.scalars(
        select(User).where(User.office_id == office_id).order_by(User.disabled_at, User.name)
    ).all()


def working_administrators(session: Session, office_id: int) -> int:
    """How many administrators of the office can sign in."""
    return (
        session.scalar(
            select(func.count()).where(
                User.office_id == office_id,
                User.role == Role.ADMINISTRATOR,
                User.disabled_at.is_(None),
            )
        )
        or 0
    )


def is_locked(session: Session, name: str, address: str, at: datetime) -> bool:
    """Whether tries of this name from this address are refused for now.

    Only failures after the last success of the pair count, so a person who remembers is not kept
    out, and failures from elsewhere never lock the person's own address. A script with a wrong
    access token locks nobody out of the sign-in page.
    """
    since = at - LOCK_FOR
    pair = (
        SignInAttempt.name == name,
        SignInAttempt.address == address,
        SignInAttempt.at > since,
    )
    last_success = session.scalar(
        select(func.max(SignInAttempt.at)).where(*pair, SignInAttempt.succeeded)
    )
    failures = select(func.count()).where(*pair, ~SignInAttempt.succeeded)
    if last_success is not None:
        failures = failures.where(SignInAttempt.at > last_success)
    if (session.scalar(failures) or 0) >= FAILURES_PER_PAIR:
        return True
    from_address = select(func.count()).where(
        SignInAttempt.address == address,
        SignInAttempt.at > since,
        ~SignInAttempt.succeeded,
        SignInAttempt.name != TOKEN_TRIES,
    )
    return (session.scalar(from_address) or 0) >= FAILURES_PER_ADDRESS


def session_of(session: Session, secret_hash: str, at: datetime) -> tuple[UserSession, User] | None:
    """The live session of a cookie and its user. Ended, idle and disabled ones do not count."""
    row = session.execute(
        select(UserSession, User)
        .join(User, (User.office_id == UserSession.office_id) & (User.id == UserSession.user_id))
        .where(
            UserSession.secret_hash == secret_hash,
            UserSession.ends_at > at,
            UserSession.seen_at > at - IDLE_FOR,
            User.disabled_at.is_(None),
        )
    ).one_or_none()
    return (row[0], row[1]) if row else None


def token_of(session: Session, secret_hash: str, on: date) -> tuple[AccessToken, User] | None:
    """A good access token and its person. Ended ones and those of closed accounts do not count."""
    row = session.execute(
        select(AccessToken, User)
        .join(User, (User.office_id == AccessToken.office_id) & (User.id == AccessToken.user_id))
        .where(
            AccessToken.secret_hash == secret_hash,
            AccessToken.ends_on >= on,
            User.disabled_at.is_(None),
        )
    ).one_or_none()
    return (row[0], row[1]) if row else None


def has_tried_too_often(session: Session, address: str, at: datetime) -> bool:
    """Whether so many wrong access tokens came from an address that no more are written down."""
    tries = select(func.count()).where(
        SignInAttempt.name == TOKEN_TRIES,
        SignInAttempt.address == address,
        SignInAttempt.at > at - LOCK_FOR,
    )
    return (session.scalar(tries) or 0) >= FAILURES_PER_ADDRESS


def tokens_of(
    session: Session, office_id: int, user_id: int | None = None
) -> list[tuple[AccessToken, User]]:
    """The access tokens of a person, or of everybody in the office; ended ones stay listed."""
    statement = (
        select(AccessToken, User)
        .join(User, (User.office_id == AccessToken.office_id) & (User.id == AccessToken.user_id))
        .where(AccessToken.office_id == office_id)
        .order_by(User.name, AccessToken.created_at, AccessToken.id)
    )
    if user_id is not None:
        statement = statement.where(AccessToken.user_id == user_id)
    return [(row[0], row[1]) for row in session.execute(statement)]
