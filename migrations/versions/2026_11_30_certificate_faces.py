"""Faces of certificates, and exceptions from the rule of passes

Certificates gain what stands on the card's face beside the rest, its unit and its yearly check
marks, and the reason why one was entered without the passes the rule asks for: all empty for what
is there. No record changes, no figure changes.
"""

from __future__ import annotations

from alembic import op

revision = "b41e7a6d9c20"
down_revision = "a5d2c7e81f60"
branch_labels = None
depends_on = None

_LENGTHS = {"employer": 100, "yearly_check": 60, "exception_reason": 200}


def upgrade() -> None:
    for name, length in _LENGTHS.items():
        op.execute(
            f"ALTER TABLE certificate ADD COLUMN {name} VARCHAR({length}) DEFAULT '' NOT NULL "
            f"CONSTRAINT ck_certificate_{name} CHECK (length({name}) BETWEEN 0 AND {length})"
        )


def downgrade() -> None:
    for name in _LENGTHS:
        op.execute(f"ALTER TABLE certificate DROP COLUMN {name}")
