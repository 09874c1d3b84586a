"""Report bindings

A new, empty table: which figure an office's phrase speaks of, when a report is read back.
No record changes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "c4e81f7a2b39"
down_revision = "4f1b7a2c9e60"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_binding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("cue", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("figure_key", sa.String(length=100), nullable=False),
        sa.Column("bound_at", sa.DateTime(), nullable=False),
        sa.Column("bound_by", sa.String(length=60), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("removed_by", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "(removed_at IS NULL) = (removed_by IS NULL)",
            name=op.f("ck_report_binding_removed_by_somebody"),
        ),
        sa.CheckConstraint("length(cue) BETWEEN 1 AND 200", name=op.f("ck_report_binding_cue")),
        sa.CheckConstraint("length(unit) BETWEEN 0 AND 10", name=op.f("ck_report_binding_unit")),
        sa.CheckConstraint(
            "length(figure_key) BETWEEN 1 AND 100", name=op.f("ck_report_binding_figure_key")
        ),
        sa.CheckConstraint(
            "bound_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_report_binding_bound_at"),
        ),
        sa.CheckConstraint(
            "length(bound_by) BETWEEN 1 AND 60", name=op.f("ck_report_binding_bound_by")
        ),
        sa.CheckConstraint(
            "removed_at IS NULL OR (removed_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_report_binding_removed_at"),
        ),
        sa.CheckConstraint(
            "removed_by IS NULL OR (length(removed_by) BETWEEN 1 AND 60)",
            name=op.f("ck_report_binding_removed_by"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_report_binding_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_binding")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_report_binding_office_id_id")),
    )
    with op.batch_alter_table("report_binding", schema=None) as batch_op:
        batch_op.create_index(
            "uq_report_binding_office_id_live_cue",
            ["office_id", "cue", "unit"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("report_binding", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_report_binding_office_id_live_cue",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )
    op.drop_table("report_binding")
