"""The example township: invented, complete, and marked as example data wherever it shows.

Its 2024 reproduces, from its records, what a real township printed for that year: 8 outreach
events, person-times spoken «1600多人», 3 officers who passed and drew their certificate, an
adviser in every village.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from flask import current_app
from sqlalchemy.orm import Session

from tracker.accounts import operations as accounts
from tracker.accounts import passwords
from tracker.accounts.terms import Role
from tracker.evidence.store import Store
from tracker.kernel import clock
from tracker.kernel.db import Actor, write_tx
from tracker.offices.models import Office
from tracker.offices.queries import office_by_code
from tracker.offices.terms import OfficeLevel
from tracker.onboarding.operations import found_office

from .evidence import draw, write_evidence
from .outreach_writing import WHOLE, Size
from .writing import write_township


@dataclass(frozen=True)
class SignIn:
    """How to get into an example office."""

    name: str
    password: str


SIGN_IN = SignIn("demo", "shifan-2024")
COUNTY_SIGN_IN = SignIn("demo-county", "shifan-2024")

CODE = "000000101"
COUNTY_CODE = "000000"

#: The county's townships: code, name, size.
_TOWNSHIPS: tuple[tuple[str, str, Size], ...] = (
    (CODE, "示例镇", WHOLE),
    ("000000102", "示例二镇", Size(9, Fraction(7, 10))),
    ("000000103", "示例三乡", Size(6, Fraction(1, 2))),
    ("000000104", "示例街道", Size(11, Fraction(6, 5))),
)


def load(*, county: bool = False) -> SignIn:
    """Load the example, where it is not there yet; returns how to sign in.

    An example office that exists is left as it is, whatever was changed in it; other offices are
    never touched.
    """
    hashed = passwords.hash_password(SIGN_IN.password)
    store = Store(Path(current_app.instance_path))
    drawn = draw(store)
    with write_tx(Actor("示例数据")) as session:
        parent = _county(session, hashed) if county else None
        for code, name, size in _TOWNSHIPS if county else _TOWNSHIPS[:1]:
            if office_by_code(session, code) is None:
                office = found_office(session, name=name, code=code, parent=parent, is_example=True)
                _people(session, office, hashed)
                write_township(session, office.id, clock.today(), size)
                write_evidence(session, office.id, drawn, store)
    return COUNTY_SIGN_IN if county else SIGN_IN


def _county(session: Session, hashed: str) -> Office:
    found = office_by_code(session, COUNTY_CODE)
    if found is not None:
        return found
    office = found_office(
        session, name="示例县", code=COUNTY_CODE, level=OfficeLevel.COUNTY, is_example=True
    )
    accounts.create_user(
        session,
        office.id,
        name=COUNTY_SIGN_IN.name,
        display_name="示例县管理员",
        role=Role.ADMINISTRATOR,
        password_hash=hashed,
    )
    return office


def _people(session: Session, office: Office, hashed: str) -> None:
    """An administrator, a clerk and a reader; the first township's have the plain names."""
    suffix = "" if office.code == CODE else office.code[-3:]
    for name, display, role in (
        (SIGN_IN.name, "示例管理员", Role.ADMINISTRATOR),
        ("demo-clerk", "示例经办人", Role.CLERK),
        ("demo-reader", "示例查阅人", Role.READER),
    ):
        accounts.create_user(
            session,
            office.id,
            name=f"{name}{suffix}",
            display_name=display,
            role=role,
            password_hash=hashed,
        )
