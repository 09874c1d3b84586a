"""Founding offices with everything they start from."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.accounts import operations as accounts
from tracker.accounts.models import User
from tracker.accounts.terms import Role
from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words
from tracker.offices import operations as offices
from tracker.offices.models import Office
from tracker.offices.terms import OfficeLevel
from tracker.outreach import operations as outreach


def is_empty(session: Session) -> bool:
    """Whether nobody has set the tracker up yet."""
    return not session.scalar(select(func.count()).select_from(Office))


def require_empty(session: Session) -> None:
    """Refuse to set up a second time.

    :raises TrackerError: when the tracker is set up already.
    """
    if not is_empty(session):
        raise TrackerError(
            Words(
                "系统已经初始化过，不能重复初始化",
                "The tracker is set up already and cannot be set up twice",
            )
        )


def found_office(
    session: Session,
    *,
    name: str,
    code: str,
    level: OfficeLevel = OfficeLevel.TOWNSHIP,
    parent: Office | None = None,
    is_example: bool = False,
) -> Office:
    """Create an office with its starting lists.

    :raises RuleBroken: see `offices.operations.create_office`.
    """
    office = offices.create_office(
        session, name=name, code=code, level=level, parent=parent, is_example=is_example
    )
    outreach.start_lists(session, office.id)
    return office


def set_up(
    session: Session,
    *,
    office_name: str,
    office_code: str,
    level: OfficeLevel,
    user_name: str,
    display_name: str,
    password_hash: str,
) -> tuple[Office, User]:
    """The first office and its administrator.

    :raises TrackerError: when the tracker is set up already.
    :raises RuleBroken: for a name or code that does not do.
    """
    require_empty(session)
    office = found_office(session, name=office_name, code=office_code, level=level)
    user = accounts.create_user(
        session,
        office.id,
        name=user_name,
        display_name=display_name,
        role=Role.ADMINISTRATOR,
        password_hash=password_hash,
    )
    return office, user
