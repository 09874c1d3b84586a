"""Every write of accounts, sessions and sign-in attempts."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.kernel import clock
from tracker.kernel.errors import RecordMissing, RuleBroken
from tracker.kernel.text import clean_line
from tracker.kernel.words import Words

from .models import AccessToken, SignInAttempt, User, UserSession
from .queries import user_by_name, working_administrators
from .terms import Role

LASTS_FOR = timedelta(hours=12)
_NAME = re.compile(r"[\w.@-]{2,40}")


def hash_secret(secret: str) -> str:
    """What is stored of the secret of a cookie or an access token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def create_user(
    session: Session,
    office_id: int,
    *,
    name: str,
    display_name: str,
    role: Role,
    password_hash: str,
) -> User:
    """Open an account. The password comes hashed, because hashing is too slow for a transaction.

    :raises RuleBroken: for a malformed or taken name.
    """
    name = clean_line(name)
    require_sound_name(name)
    if user_by_name(session, name):
        raise RuleBroken("name", Words("这个用户名已被使用", "This user name is already taken"))
    user = User(
        office_id=office_id,
        name=name,
        display_name=clean_line(display_name)[:40] or name,
        role=role,
        password_hash=password_hash,
        language="zh",
        created_at=clock.now(),
    )
    session.add(user)
    session.flush()
    return user


def require_sound_name(name: str) -> None:
    """Refuse what no one could sign in with.

    :raises RuleBroken: for a malformed name.
    """
    if not _NAME.fullmatch(name):
        raise RuleBroken(
            "name",
            Words(
                "用户名请用 2 到 40 个字母、数字或汉字，不含空格",
                "Use 2 to 40 letters or digits without spaces for the user name",
            ),
        )


def find_user(session: Session, office_id: int, user_id: int) -> User:
    """An account of the office, locked for change.

    :raises RecordMissing: when it is not there.
    """
    user = session.scalar(
        select(User).where(User.office_id == office_id, User.id == user_id).with_for_update()
    )
    if user is None:
        raise RecordMissing
    return user


def change_user(session: Session, user: User, *, display_name: str, role: Role) -> None:
    """Rename an account or change its role; a changed role ends its sessions and tokens.

    :raises RuleBroken: when the office would be left without an administrator.
    """
    if user.role is Role.ADMINISTRATOR and role is not Role.ADMINISTRATOR:
        _require_another_administrator(session, user)
    if role is not user.role:
        end_access(session, user)
    user.display_name = clean_line(display_name)[:40] or user.name
    user.role = role
    session.flush()


def disable_user(session: Session, user: User) -> None:
    """Close an account and end its sessions and tokens at once.

    :raises RuleBroken: for the office's last administrator.
    """
    if user.disabled_at is not None:
        return
    if user.role is Role.ADMINISTRATOR:
        _require_another_administrator(session, user)
    user.disabled_at = clock.now()
    end_access(session, user)
    session.flush()


def enable_user(session: Session, user: User) -> None:
    """Open a closed account again."""
    user.disabled_at = None
    session.flush()


def set_password(session: Session, user: User, password_hash: str) -> None:
    """Store a new password and end every session and token of the account."""
    user.password_hash = password_hash
    end_access(session, user)
    session.flush()


def set_language(session: Session, user: User, language: str) -> None:
    """Remember the language a person reads."""
    user.language = "en" if language == "en" else "zh"
    session.flush()


def start_session(session: Session, user: User) -> str:
    """Open a session; returns the secret for the cookie, which is stored nowhere else."""
    secret, moment = secrets.token_urlsafe(32), clock.now()
    session.add(
        UserSession(
            office_id=user.office_id,
            user_id=user.id,
            secret_hash=hash_secret(secret),
            created_at=moment,
            seen_at=moment,
            ends_at=moment + LASTS_FOR,
        )
    )
    # Ended sessions are of no use to anybody; sweeping here keeps the table small.
    session.execute(delete(UserSession).where(UserSession.ends_at < moment))
    session.flush()
    return secret


def touch_session(session: Session, session_id: int, at: datetime) -> None:
    """Note that a session is in use."""
    found = session.get(UserSession, session_id)
    if found is not None:
        found.seen_at = at
        session.flush()


def end_session(session: Session, secret: str) -> None:
    """Sign out one browser."""
    session.execute(delete(UserSession).where(UserSession.secret_hash == hash_secret(secret)))


def end_access(session: Session, user: User) -> None:
    """Sign a person out everywhere, their scripts included."""
    session.execute(
        delete(UserSession).where(
            UserSession.office_id == user.office_id, UserSession.user_id == user.id
        )
    )
    # One by one, so that the change log says which tokens ended.
    for token in session.scalars(
        select(AccessToken).where(
            AccessToken.office_id == user.office_id, AccessToken.user_id == user.id
        )
    ):
        session.delete(token)


def note_attempt(session: Session, name: str, address: str, *, succeeded: bool) -> None:
    """Write down a try to sign in; old ones (half a year) are dropped."""
    moment = clock.now()
    session.add(SignInAttempt(name=name[:40], address=address[:60], at=moment, succeeded=succeeded))
    if succeeded:
        session.execute(
            delete(SignInAttempt).where(SignInAttempt.at < moment - timedelta(days=190))
        )
    session.flush()


def _require_another_administrator(session: Session, user: User) -> None:
    if working_administrators(session, user.office_id) < 2:
        raise RuleBroken(
            "role",
            Words(
                "这是本单位唯一的管理员，请先指定另一位管理员",
                "This is the office's only administrator; appoint another one first",
            ),
        )
