"""County forms

A new, empty table for the forms an office keeps. No record changes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "e53c9af9d05d"
down_revision = "9cde142749ca"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "county_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=60), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("survey", sa.String(length=1000000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("updated_by", sa.String(length=60), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(length=60), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "created_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_county_form_created_at"),
        ),
        sa.CheckConstraint(
            "updated_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_county_form_updated_at"),
        ),
        sa.CheckConstraint(
            "uploaded_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_county_form_uploaded_at"),
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR (voided_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_county_form_voided_at"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)",
            name=op.f("ck_county_form_void_has_reason"),
        ),
        sa.CheckConstraint(
            "length(content) BETWEEN 1 AND 10485760", name=op.f("ck_county_form_content_size")
        ),
        sa.CheckConstraint(
            "length(created_by) BETWEEN 1 AND 60", name=op.f("ck_county_form_created_by")
        ),
        sa.CheckConstraint(
            "length(file_name) BETWEEN 1 AND 200", name=op.f("ck_county_form_file_name")
        ),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 100", name=op.f("ck_county_form_name")),
        sa.CheckConstraint("length(number) BETWEEN 1 AND 40", name=op.f("ck_county_form_number")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_county_form_whole_sha256")),
        sa.CheckConstraint("length(sha256) BETWEEN 1 AND 64", name=op.f("ck_county_form_sha256")),
        sa.CheckConstraint(
            "length(survey) BETWEEN 1 AND 1000000", name=op.f("ck_county_form_survey")
        ),
        sa.CheckConstraint(
            "length(updated_by) BETWEEN 1 AND 60", name=op.f("ck_county_form_updated_by")
        ),
        sa.CheckConstraint(
            "length(uploaded_by) BETWEEN 1 AND 60", name=op.f("ck_county_form_uploaded_by")
        ),
        sa.CheckConstraint(
            "size BETWEEN 1 AND 10485760 AND size = CAST(size AS INTEGER)",
            name=op.f("ck_county_form_size"),
        ),
        sa.CheckConstraint(
            "version BETWEEN 1 AND 999999999 AND version = CAST(version AS INTEGER)",
            name=op.f("ck_county_form_version"),
        ),
        sa.CheckConstraint(
            "void_reason IS NULL OR (length(void_reason) BETWEEN 1 AND 200)",
            name=op.f("ck_county_form_void_reason"),
        ),
        sa.CheckConstraint(
            "voided_by IS NULL OR (length(voided_by) BETWEEN 1 AND 60)",
            name=op.f("ck_county_form_voided_by"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_county_form_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_county_form")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_county_form_office_id_id")),
        sa.UniqueConstraint("office_id", "number", name=op.f("uq_county_form_office_id_number")),
    )
    with op.batch_alter_table("county_form", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_county_form_office_id_name_id"),
            ["office_id", "name", "id"],
            unique=False,
        )
        batch_op.create_index(
            "uq_county_form_office_id_live_name",
            ["office_id", "name"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("county_form", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_county_form_office_id_live_name",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_county_form_office_id_name_id"))

    op.drop_table("county_form")
