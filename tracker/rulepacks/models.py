"""Table of what offices chose and where they depart from it."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from tracker.kernel.model import Logged, Model, Owned, owned, text

from .rules import RULES

#: The key under which an office's pack stands.
PACK = "pack"


class OfficeRule(Owned, Logged, Model):
    """An office's own value of one rule, or (``pack``) the pack it chose.

    Without a row the pack's value is in force, and without a chosen pack the usual one.
    """

    __tablename__ = "office_rule"
    __table_args__ = owned(UniqueConstraint("office_id", "key"))

    key: Mapped[str] = text(40)
    value: Mapped[str] = text(100, may_be_empty=True)
    #: By which document or decision; a pack has its own.
    basis: Mapped[str] = text(200, may_be_empty=True)

    @property
    def name(self) -> str:
        """What the change log calls the row."""
        return RULES[self.key].label.zh if self.key in RULES else "规则包"
