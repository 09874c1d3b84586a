"""The person behind the present request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import g

from tracker.kernel.db import Actor
from tracker.kernel.scope import Scope

from .terms import Role


@dataclass(frozen=True)
class Viewer:
    """A signed-in person with what they may see and write."""

    user_id: int
    name: str
    role: Role
    office_id: int
    office_name: str
    office_code: str
    is_example: bool
    language: str
    scope: Scope
    #: The offices of the scope by id, for pages that show records of several.
    office_names: Mapping[int, str]

    @property
    def is_administrator(self) -> bool:
        return self.role is Role.ADMINISTRATOR

    @property
    def may_write(self) -> bool:
        return self.scope.may_write

    @property
    def actor(self) -> Actor:
        return Actor(self.name, self.user_id)

    def may_edit(self, office_id: int) -> bool:
        """Whether records of this office are theirs to change."""
        return self.may_write and office_id == self.office_id


def signed_in() -> Viewer | None:
    """The viewer, or None where nobody is signed in."""
    viewer: Viewer | None = g.get("viewer")
    return viewer


def viewer() -> Viewer:
    """The signed-in person. The gate has made sure there is one.

    :raises RuntimeError: on an address that was declared public.
    """
    found = signed_in()
    if found is None:
        raise RuntimeError("this address needs a signed-in person")
    return found
