"""Imports

New, empty tables: ledgers taken in, the records each one wrote, and the heads an office taught.
No record changes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b7d0c41f6a92"
down_revision = "e53c9af9d05d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "done",
                "undone",
                name="batchstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "on_existing",
            sa.Enum(
                "update",
                "skip",
                name="onexisting",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "create_missing",
            sa.Boolean(create_constraint=True, name="create_missing"),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("head_row", sa.Integer(), nullable=True),
        sa.Column("new_rows", sa.Integer(), nullable=False),
        sa.Column("updated_rows", sa.Integer(), nullable=False),
        sa.Column("unchanged_rows", sa.Integer(), nullable=False),
        sa.Column("skipped_rows", sa.Integer(), nullable=False),
        sa.Column("other_rows", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "(state = 'waiting') = (file IS NOT NULL)",
            name=op.f("ck_import_batch_waits_with_its_file"),
        ),
        sa.CheckConstraint(
            "created_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_import_batch_created_at"),
        ),
        sa.CheckConstraint(
            "done_at IS NULL OR (done_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_import_batch_done_at"),
        ),
        sa.CheckConstraint(
            "undone_at IS NULL OR (undone_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_import_batch_undone_at"),
        ),
        sa.CheckConstraint(
            "file IS NULL OR length(file) BETWEEN 1 AND 10485760",
            name=op.f("ck_import_batch_file_size"),
        ),
        sa.CheckConstraint(
            "head_row IS NULL OR (head_row BETWEEN 0 AND 20000 AND head_row = CAST(head_row AS INTEGER))",
            name=op.f("ck_import_batch_head_row"),
        ),
        sa.CheckConstraint(
            "length(created_by) BETWEEN 1 AND 60", name=op.f("ck_import_batch_created_by")
        ),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name=op.f("ck_import_batch_name")),
        sa.CheckConstraint(
            "length(register) BETWEEN 1 AND 60", name=op.f("ck_import_batch_register")
        ),
        sa.CheckConstraint(
            "new_rows BETWEEN 0 AND 999999999 AND new_rows = CAST(new_rows AS INTEGER)",
            name=op.f("ck_import_batch_new_rows"),
        ),
        sa.CheckConstraint(
            "other_rows BETWEEN 0 AND 999999999 AND other_rows = CAST(other_rows AS INTEGER)",
            name=op.f("ck_import_batch_other_rows"),
        ),
        sa.CheckConstraint(
            "skipped_rows BETWEEN 0 AND 999999999 AND skipped_rows = CAST(skipped_rows AS INTEGER)",
            name=op.f("ck_import_batch_skipped_rows"),
        ),
        sa.CheckConstraint(
            "unchanged_rows BETWEEN 0 AND 999999999 AND unchanged_rows = CAST(unchanged_rows AS INTEGER)",
            name=op.f("ck_import_batch_unchanged_rows"),
        ),
        sa.CheckConstraint(
            "undone_by IS NULL OR (length(undone_by) BETWEEN 1 AND 60)",
            name=op.f("ck_import_batch_undone_by"),
        ),
        sa.CheckConstraint(
            "updated_rows BETWEEN 0 AND 999999999 AND updated_rows = CAST(updated_rows AS INTEGER)",
            name=op.f("ck_import_batch_updated_rows"),
        ),
        sa.CheckConstraint(
            "year IS NULL OR (year BETWEEN 1990 AND 2100 AND year = CAST(year AS INTEGER))",
            name=op.f("ck_import_batch_year"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_import_batch_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_import_batch_office_id_id")),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_import_batch_office_id_created_at"),
            ["office_id", "created_at"],
            unique=False,
        )

    op.create_table(
        "taught_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=60), nullable=False),
        sa.Column("head", sa.String(length=100), nullable=False),
        sa.Column("column_key", sa.String(length=60), nullable=False),
        sa.CheckConstraint(
            "length(column_key) BETWEEN 0 AND 60", name=op.f("ck_taught_head_column_key")
        ),
        sa.CheckConstraint("length(head) BETWEEN 1 AND 100", name=op.f("ck_taught_head_head")),
        sa.CheckConstraint(
            "length(register) BETWEEN 1 AND 60", name=op.f("ck_taught_head_register")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_taught_head_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taught_head")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_taught_head_office_id_id")),
        sa.UniqueConstraint(
            "office_id", "register", "head", name=op.f("uq_taught_head_office_id_register_head")
        ),
    )
    op.create_table(
        "imported_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("record_version", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=40000), nullable=False),
        sa.CheckConstraint(
            "length(before) BETWEEN 0 AND 40000", name=op.f("ck_imported_record_before")
        ),
        sa.CheckConstraint(
            "record_id BETWEEN 1 AND 999999999 AND record_id = CAST(record_id AS INTEGER)",
            name=op.f("ck_imported_record_record_id"),
        ),
        sa.CheckConstraint(
            "record_version BETWEEN 1 AND 999999999 AND record_version = CAST(record_version AS INTEGER)",
            name=op.f("ck_imported_record_record_version"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "batch_id"],
            ["import_batch.office_id", "import_batch.id"],
            name=op.f("fk_imported_record_office_id_batch_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_imported_record_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_record")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_imported_record_office_id_id")),
    )
    with op.batch_alter_table("imported_record", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_imported_record_office_id_batch_id"),
            ["office_id", "batch_id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("imported_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_record_office_id_batch_id"))

    op.drop_table("imported_record")
    op.drop_table("taught_head")
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_batch_office_id_created_at"))

    op.drop_table("import_batch")
