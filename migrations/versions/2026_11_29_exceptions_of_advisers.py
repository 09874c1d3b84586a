"""Reasons for exceptions in the advisers' domain

Two new columns, empty for every record that is there: why an assignment or a visit was entered
against a rule. What was entered before the rules were asked stays as it is.
"""

from __future__ import annotations

from alembic import op

revision = "5e2a9d70c416"
down_revision = "3f8b61c07d52"
branch_labels = None
depends_on = None

_TABLES = ("adviser_assignment", "adviser_visit")


def upgrade() -> None:
    for table in _TABLES:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN exception_reason VARCHAR(200) DEFAULT '' NOT NULL "
            f"CONSTRAINT ck_{table}_exception_reason "
            "CHECK (length(exception_reason) BETWEEN 0 AND 200)"
        )


def downgrade() -> None:
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} DROP COLUMN exception_reason")
