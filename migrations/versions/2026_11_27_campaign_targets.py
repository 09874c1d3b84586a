"""Campaign targets

How many events and person-times a campaign is to reach. Empty for all that are there.
"""

from __future__ import annotations

from alembic import op

revision = "d5a7c39e1b60"
down_revision = "c4e81f7a2b39"
branch_labels = None
depends_on = None

_COLUMNS = ("target_events", "target_person_times")


def upgrade() -> None:
    # In one statement each, with the constraint: both databases take it, and no table is copied.
    for name in _COLUMNS:
        op.execute(
            f"ALTER TABLE campaign ADD COLUMN {name} INTEGER CONSTRAINT ck_campaign_{name}"
            f" CHECK ({name} IS NULL OR ({name} BETWEEN 1 AND 9999999 AND {name} = CAST({name} AS INTEGER)))"
        )


def downgrade() -> None:
    for name in reversed(_COLUMNS):
        op.execute(f"ALTER TABLE campaign DROP COLUMN {name}")
