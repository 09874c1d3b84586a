"""Exams in depth

A sitting gains the day on which its list of candidates was handed in, a registration the reason for
an exception. Both are empty for every record that is there; no figure changes.
"""

from __future__ import annotations

from alembic import op

revision = "a5d2c7e81f60"
down_revision = "5e2a9d70c416"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE exam_sitting ADD COLUMN list_handed_in_on DATE "
        "CONSTRAINT ck_exam_sitting_list_handed_in_on "
        "CHECK (list_handed_in_on IS NULL OR (date(list_handed_in_on) IS NOT NULL "
        "AND list_handed_in_on = date(list_handed_in_on) "
        "AND list_handed_in_on BETWEEN '1900-01-01' AND '2199-12-31'))"
    )
    op.execute(
        "ALTER TABLE exam_registration ADD COLUMN exception_reason VARCHAR(200) "
        "DEFAULT '' NOT NULL CONSTRAINT ck_exam_registration_exception_reason "
        "CHECK (length(exception_reason) BETWEEN 0 AND 200)"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE exam_registration DROP COLUMN exception_reason")
    op.execute("ALTER TABLE exam_sitting DROP COLUMN list_handed_in_on")
