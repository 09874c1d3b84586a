"""Reports

New, empty tables: an office's report of a year, its sections, and the editions made of it. No record
changes. Editions are written once (tracker/kernel/immutable.py).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "eb434a5af99b"
down_revision = "a90bbacfa306"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("addressee", sa.String(length=100), nullable=False),
        sa.Column("signed_by", sa.String(length=60), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column(
            "fonts",
            sa.Enum(
                "office",
                "system",
                name="fontset",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("styles_name", sa.String(length=200), nullable=False),
        sa.Column("styles", sa.String(length=200000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("updated_by", sa.String(length=60), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(length=60), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "created_at BETWEEN '2000-01-01' AND '2199-12-31'", name=op.f("ck_report_created_at")
        ),
        sa.CheckConstraint(
            "signed_on IS NULL OR (date(signed_on) IS NOT NULL AND signed_on = date(signed_on) AND signed_on BETWEEN '1900-01-01' AND '2199-12-31')",
            name=op.f("ck_report_signed_on"),
        ),
        sa.CheckConstraint(
            "updated_at BETWEEN '2000-01-01' AND '2199-12-31'", name=op.f("ck_report_updated_at")
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR (voided_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_report_voided_at"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)", name=op.f("ck_report_void_has_reason")
        ),
        sa.CheckConstraint("length(addressee) BETWEEN 0 AND 100", name=op.f("ck_report_addressee")),
        sa.CheckConstraint(
            "length(created_by) BETWEEN 1 AND 60", name=op.f("ck_report_created_by")
        ),
        sa.CheckConstraint("length(number) BETWEEN 1 AND 40", name=op.f("ck_report_number")),
        sa.CheckConstraint("length(signed_by) BETWEEN 1 AND 60", name=op.f("ck_report_signed_by")),
        sa.CheckConstraint("length(styles) BETWEEN 0 AND 200000", name=op.f("ck_report_styles")),
        sa.CheckConstraint(
            "length(styles_name) BETWEEN 0 AND 200", name=op.f("ck_report_styles_name")
        ),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 100", name=op.f("ck_report_title")),
        sa.CheckConstraint(
            "length(updated_by) BETWEEN 1 AND 60", name=op.f("ck_report_updated_by")
        ),
        sa.CheckConstraint(
            "version BETWEEN 1 AND 999999999 AND version = CAST(version AS INTEGER)",
            name=op.f("ck_report_version"),
        ),
        sa.CheckConstraint(
            "void_reason IS NULL OR (length(void_reason) BETWEEN 1 AND 200)",
            name=op.f("ck_report_void_reason"),
        ),
        sa.CheckConstraint(
            "voided_by IS NULL OR (length(voided_by) BETWEEN 1 AND 60)",
            name=op.f("ck_report_voided_by"),
        ),
        sa.CheckConstraint(
            "year BETWEEN 1990 AND 2100 AND year = CAST(year AS INTEGER)",
            name=op.f("ck_report_year"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_report_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_report_office_id_id")),
        sa.UniqueConstraint("office_id", "number", name=op.f("uq_report_office_id_number")),
        sa.UniqueConstraint("office_id", "year", name=op.f("uq_report_office_id_year")),
    )
    op.create_table(
        "report_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("frozen_number", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column("contents", sa.String(length=6000000), nullable=False),
        sa.CheckConstraint(
            "made_at BETWEEN '2000-01-01' AND '2199-12-31'", name=op.f("ck_report_edition_made_at")
        ),
        sa.CheckConstraint(
            "length(contents) BETWEEN 1 AND 6000000", name=op.f("ck_report_edition_contents")
        ),
        sa.CheckConstraint(
            "length(frozen_number) BETWEEN 1 AND 40", name=op.f("ck_report_edition_frozen_number")
        ),
        sa.CheckConstraint(
            "length(made_by) BETWEEN 1 AND 60", name=op.f("ck_report_edition_made_by")
        ),
        sa.CheckConstraint(
            "length(number) BETWEEN 1 AND 40", name=op.f("ck_report_edition_number")
        ),
        sa.CheckConstraint(
            "sequence BETWEEN 1 AND 9999 AND sequence = CAST(sequence AS INTEGER)",
            name=op.f("ck_report_edition_sequence"),
        ),
        sa.CheckConstraint(
            "year BETWEEN 1990 AND 2100 AND year = CAST(year AS INTEGER)",
            name=op.f("ck_report_edition_year"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "report_id"],
            ["report.office_id", "report.id"],
            name=op.f("fk_report_edition_office_id_report_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_report_edition_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_edition")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_report_edition_office_id_id")),
        sa.UniqueConstraint("office_id", "number", name=op.f("uq_report_edition_office_id_number")),
        sa.UniqueConstraint(
            "office_id",
            "report_id",
            "sequence",
            name=op.f("uq_report_edition_office_id_report_id_sequence"),
        ),
        info={"written_once": True},
    )
    op.create_table(
        "report_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=60), nullable=False),
        sa.Column("body", sa.String(length=20000), nullable=False),
        sa.Column("shipped_key", sa.String(length=40), nullable=False),
        sa.Column("carried", sa.String(length=20000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("updated_by", sa.String(length=60), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(length=60), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "(level = 0) = (heading = '')", name=op.f("ck_report_section_opening_has_no_heading")
        ),
        sa.CheckConstraint(
            "created_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_report_section_created_at"),
        ),
        sa.CheckConstraint(
            "updated_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_report_section_updated_at"),
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR (voided_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_report_section_voided_at"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)",
            name=op.f("ck_report_section_void_has_reason"),
        ),
        sa.CheckConstraint("length(body) BETWEEN 0 AND 20000", name=op.f("ck_report_section_body")),
        sa.CheckConstraint(
            "length(carried) BETWEEN 0 AND 20000", name=op.f("ck_report_section_carried")
        ),
        sa.CheckConstraint(
            "length(created_by) BETWEEN 1 AND 60", name=op.f("ck_report_section_created_by")
        ),
        sa.CheckConstraint(
            "length(heading) BETWEEN 0 AND 60", name=op.f("ck_report_section_heading")
        ),
        sa.CheckConstraint(
            "length(number) BETWEEN 1 AND 40", name=op.f("ck_report_section_number")
        ),
        sa.CheckConstraint(
            "length(shipped_key) BETWEEN 0 AND 40", name=op.f("ck_report_section_shipped_key")
        ),
        sa.CheckConstraint(
            "length(updated_by) BETWEEN 1 AND 60", name=op.f("ck_report_section_updated_by")
        ),
        sa.CheckConstraint(
            "level BETWEEN 0 AND 3 AND level = CAST(level AS INTEGER)",
            name=op.f("ck_report_section_level"),
        ),
        sa.CheckConstraint(
            "position BETWEEN 0 AND 999999999 AND position = CAST(position AS INTEGER)",
            name=op.f("ck_report_section_position"),
        ),
        sa.CheckConstraint(
            "version BETWEEN 1 AND 999999999 AND version = CAST(version AS INTEGER)",
            name=op.f("ck_report_section_version"),
        ),
        sa.CheckConstraint(
            "void_reason IS NULL OR (length(void_reason) BETWEEN 1 AND 200)",
            name=op.f("ck_report_section_void_reason"),
        ),
        sa.CheckConstraint(
            "voided_by IS NULL OR (length(voided_by) BETWEEN 1 AND 60)",
            name=op.f("ck_report_section_voided_by"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "report_id"],
            ["report.office_id", "report.id"],
            name=op.f("fk_report_section_office_id_report_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_report_section_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_section")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_report_section_office_id_id")),
        sa.UniqueConstraint("office_id", "number", name=op.f("uq_report_section_office_id_number")),
    )
    with op.batch_alter_table("report_section", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_report_section_office_id_report_id_position_id"),
            ["office_id", "report_id", "position", "id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("report_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_section_office_id_report_id_position_id"))

    op.drop_table("report_section")
    op.drop_table("report_edition")
    op.drop_table("report")
