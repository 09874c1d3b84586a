"""Access tokens

A new, empty table for what scripts present to the JSON addresses. No record changes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "4f1b7a2c9e60"
down_revision = "eb434a5af99b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "created_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_access_token_created_at"),
        ),
        sa.CheckConstraint(
            "date(ends_on) IS NOT NULL AND ends_on = date(ends_on) AND ends_on BETWEEN '1900-01-01' AND '2199-12-31'",
            name=op.f("ck_access_token_ends_on"),
        ),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 40", name=op.f("ck_access_token_name")),
        sa.CheckConstraint(
            "length(secret_hash) BETWEEN 1 AND 64", name=op.f("ck_access_token_secret_hash")
        ),
        sa.CheckConstraint(
            "used_at IS NULL OR (used_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_access_token_used_at"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "user_id"],
            ["user.office_id", "user.id"],
            name=op.f("fk_access_token_office_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_access_token_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_token")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_access_token_office_id_id")),
        sa.UniqueConstraint(
            "office_id", "user_id", "name", name=op.f("uq_access_token_office_id_user_id_name")
        ),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_access_token_secret_hash")),
    )


def downgrade() -> None:
    op.drop_table("access_token")
