"""Evidence

A new, empty table: which files are on which records. Their content lies in the instance's folder.
No record changes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "7d1c5e90b3a6"
down_revision = "7d3c52e9a1b8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("record_type", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "photo",
                "sign_in",
                "notice",
                "summary",
                "log",
                "contract",
                "minutes",
                "result",
                "copy",
                "opinion",
                "material",
                "document",
                "other",
                name="evidencekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("thumbnail_sha256", sa.String(length=64), nullable=True),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("caption", sa.String(length=200), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("swept_at", sa.DateTime(), nullable=True),
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
            name=op.f("ck_evidence_file_created_at"),
        ),
        sa.CheckConstraint(
            "swept_at IS NULL OR (swept_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_evidence_file_swept_at"),
        ),
        sa.CheckConstraint(
            "taken_on IS NULL OR (date(taken_on) IS NOT NULL AND taken_on = date(taken_on) AND taken_on BETWEEN '1900-01-01' AND '2199-12-31')",
            name=op.f("ck_evidence_file_taken_on"),
        ),
        sa.CheckConstraint(
            "updated_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_evidence_file_updated_at"),
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR (voided_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_evidence_file_voided_at"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)",
            name=op.f("ck_evidence_file_void_has_reason"),
        ),
        sa.CheckConstraint(
            "(width IS NULL) = (height IS NULL)", name=op.f("ck_evidence_file_has_both_sides")
        ),
        sa.CheckConstraint(
            "(width IS NULL) = (thumbnail_sha256 IS NULL)",
            name=op.f("ck_evidence_file_pictures_have_thumbnails"),
        ),
        sa.CheckConstraint(
            "height IS NULL OR (height BETWEEN 1 AND 100000 AND height = CAST(height AS INTEGER))",
            name=op.f("ck_evidence_file_height"),
        ),
        sa.CheckConstraint(
            "length(caption) BETWEEN 0 AND 200", name=op.f("ck_evidence_file_caption")
        ),
        sa.CheckConstraint(
            "length(created_by) BETWEEN 1 AND 60", name=op.f("ck_evidence_file_created_by")
        ),
        sa.CheckConstraint(
            "length(media_type) BETWEEN 1 AND 100", name=op.f("ck_evidence_file_media_type")
        ),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name=op.f("ck_evidence_file_name")),
        sa.CheckConstraint("length(number) BETWEEN 1 AND 40", name=op.f("ck_evidence_file_number")),
        sa.CheckConstraint(
            "length(record_type) BETWEEN 1 AND 40", name=op.f("ck_evidence_file_record_type")
        ),
        sa.CheckConstraint("length(sha256) BETWEEN 1 AND 64", name=op.f("ck_evidence_file_sha256")),
        sa.CheckConstraint(
            "length(source_sha256) BETWEEN 1 AND 64", name=op.f("ck_evidence_file_source_sha256")
        ),
        sa.CheckConstraint(
            "length(updated_by) BETWEEN 1 AND 60", name=op.f("ck_evidence_file_updated_by")
        ),
        sa.CheckConstraint(
            "record_id BETWEEN 1 AND 2147483647 AND record_id = CAST(record_id AS INTEGER)",
            name=op.f("ck_evidence_file_record_id"),
        ),
        sa.CheckConstraint(
            "size BETWEEN 1 AND 999999999 AND size = CAST(size AS INTEGER)",
            name=op.f("ck_evidence_file_size"),
        ),
        sa.CheckConstraint(
            "swept_at IS NULL OR voided_at IS NOT NULL",
            name=op.f("ck_evidence_file_swept_when_voided"),
        ),
        sa.CheckConstraint(
            "thumbnail_sha256 IS NULL OR (length(thumbnail_sha256) BETWEEN 1 AND 64)",
            name=op.f("ck_evidence_file_thumbnail_sha256"),
        ),
        sa.CheckConstraint(
            "version BETWEEN 1 AND 999999999 AND version = CAST(version AS INTEGER)",
            name=op.f("ck_evidence_file_version"),
        ),
        sa.CheckConstraint(
            "void_reason IS NULL OR (length(void_reason) BETWEEN 1 AND 200)",
            name=op.f("ck_evidence_file_void_reason"),
        ),
        sa.CheckConstraint(
            "voided_by IS NULL OR (length(voided_by) BETWEEN 1 AND 60)",
            name=op.f("ck_evidence_file_voided_by"),
        ),
        sa.CheckConstraint(
            "width IS NULL OR (width BETWEEN 1 AND 100000 AND width = CAST(width AS INTEGER))",
            name=op.f("ck_evidence_file_width"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_evidence_file_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_evidence_file_office_id_id")),
        sa.UniqueConstraint("office_id", "number", name=op.f("uq_evidence_file_office_id_number")),
    )
    with op.batch_alter_table("evidence_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_file_office_id_record_type_record_id"),
            ["office_id", "record_type", "record_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_evidence_file_office_id_sha256"), ["office_id", "sha256"], unique=False
        )
        batch_op.create_index(
            "uq_evidence_file_office_id_live_content",
            ["office_id", "record_type", "record_id", "sha256"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("evidence_file", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_evidence_file_office_id_live_content",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_evidence_file_office_id_sha256"))
        batch_op.drop_index(batch_op.f("ix_evidence_file_office_id_record_type_record_id"))

    op.drop_table("evidence_file")
