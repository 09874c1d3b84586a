"""Every write of access tokens: making one, noting its use, revoking it."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tracker.kernel import clock
from tracker.kernel.errors import RecordMissing, RuleBroken
from tracker.kernel.text import clean_line
from tracker.kernel.words import Words

from .models import AccessToken, User
from .operations import hash_secret

#: How every token begins, so that one left in a script or a log is recognised.
PREFIX = "tracker_"
#: The longest a token may last, and how long it lasts where nothing else is said.
LONGEST_DAYS, USUAL_DAYS = 366, 90
#: As many as one person needs; a script that makes them without end is stopped.
MOST_PER_PERSON = 20


def create_token(session: Session, user: User, *, name: str, ends_on: date, today: date) -> str:
    """Make an access token; returns its secret, which is stored nowhere.

    :raises RuleBroken: without a name, with a name the person's tokens already have, for a last
        day that has gone or is too far away, and where the person has too many.
    """
    name = clean_line(name)[:40]
    if not name:
        raise RuleBroken("name", Words("请填写令牌用途", "Enter what the token is for"))
    if not today <= ends_on <= today + timedelta(days=LONGEST_DAYS):
        raise RuleBroken(
            "ends_on",
            Words(
                "有效期请选今天到一年之内的一天", "Choose a last day between today and in one year"
            ),
        )
    own = select(AccessToken).where(
        AccessToken.office_id == user.office_id, AccessToken.user_id == user.id
    )
    if session.scalar(own.where(AccessToken.name == name)) is not None:
        raise RuleBroken(
            "name",
            Words(
                "已有同名的令牌，请换一个名称，或先撤销原来的",
                "There is a token of this name; choose another or revoke that one first",
            ),
        )
    if (session.scalar(select(func.count()).select_from(own.subquery())) or 0) >= MOST_PER_PERSON:
        raise RuleBroken(
            "",
            Words(
                "令牌已有 {most} 个，请先撤销不用的",
                "There are {most} tokens already; revoke those not in use first",
            ).fill(most=MOST_PER_PERSON),
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    session.add(
        AccessToken(
            office_id=user.office_id,
            user_id=user.id,
            name=name,
            secret_hash=hash_secret(secret),
            created_at=clock.now(),
            ends_on=ends_on,
        )
    )
    session.flush()
    return secret


def touch_token(session: Session, token_id: int, at: datetime) -> None:
    """Note that a token is in use; past the change log, which is of what people write."""
    session.execute(
        update(AccessToken).where(AccessToken.id == token_id).values(used_at=at),
        execution_options={"synchronize_session": False},
    )


def revoke_token(
    session: Session, office_id: int, token_id: int, user_id: int | None = None
) -> str:
    """End a token of the office, or of this person alone; returns its name.

    :raises RecordMissing: when there is none of this id.
    """
    statement = select(AccessToken).where(
        AccessToken.office_id == office_id, AccessToken.id == token_id
    )
    if user_id is not None:
        statement = statement.where(AccessToken.user_id == user_id)
    token = session.scalar(statement.with_for_update())
    if token is None:
        raise RecordMissing
    session.delete(token)
    session.flush()
    return token.name
