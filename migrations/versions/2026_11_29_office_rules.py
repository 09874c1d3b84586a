"""Offices' own rules

One new, empty table: which rule pack an office starts from, and where it departs from it. No
record changes; without a row the national pack is in force.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "3f8b61c07d52"
down_revision = "79d184231df9"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=100), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.CheckConstraint("length(key) BETWEEN 1 AND 40", name=op.f("ck_office_rule_key")),
        sa.CheckConstraint("length(value) BETWEEN 0 AND 100", name=op.f("ck_office_rule_value")),
        sa.CheckConstraint("length(basis) BETWEEN 0 AND 200", name=op.f("ck_office_rule_basis")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_office_rule_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_rule")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_office_rule_office_id_id")),
        sa.UniqueConstraint("office_id", "key", name=op.f("uq_office_rule_office_id_key")),
    )


def downgrade() -> None:
    op.drop_table("office_rule")
