"""Sign-in at events

Three new, empty tables: an event's sign-in, the rows of its roster, and how long an office keeps
names. No record changes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "7d3c52e9a1b8"
down_revision = "d5a7c39e1b60"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retention_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("keep_months", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "keep_months BETWEEN 1 AND 36 AND keep_months = CAST(keep_months AS INTEGER)",
            name=op.f("ck_retention_rule_keep_months"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_retention_rule_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rule")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_retention_rule_office_id_id")),
        sa.UniqueConstraint("office_id", name=op.f("uq_retention_rule_office_id")),
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "person",
                "class",
                name="entrykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "phone",
                "paper",
                name="entrysource",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("once", sa.String(length=64), nullable=True),
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
            name=op.f("ck_attendance_created_at"),
        ),
        sa.CheckConstraint(
            "kind = 'class' OR heads = 1", name=op.f("ck_attendance_a_person_is_one")
        ),
        sa.CheckConstraint(
            "updated_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_attendance_updated_at"),
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR (voided_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_attendance_voided_at"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)",
            name=op.f("ck_attendance_void_has_reason"),
        ),
        sa.CheckConstraint(
            "heads BETWEEN 1 AND 9999 AND heads = CAST(heads AS INTEGER)",
            name=op.f("ck_attendance_heads"),
        ),
        sa.CheckConstraint(
            "length(created_by) BETWEEN 1 AND 60", name=op.f("ck_attendance_created_by")
        ),
        sa.CheckConstraint("length(device) BETWEEN 0 AND 64", name=op.f("ck_attendance_device")),
        sa.CheckConstraint("length(name) BETWEEN 0 AND 40", name=op.f("ck_attendance_name")),
        sa.CheckConstraint("length(number) BETWEEN 1 AND 40", name=op.f("ck_attendance_number")),
        sa.CheckConstraint("length(phone) BETWEEN 0 AND 20", name=op.f("ck_attendance_phone")),
        sa.CheckConstraint(
            "length(updated_by) BETWEEN 1 AND 60", name=op.f("ck_attendance_updated_by")
        ),
        sa.CheckConstraint(
            "once IS NULL OR (length(once) BETWEEN 1 AND 64)", name=op.f("ck_attendance_once")
        ),
        sa.CheckConstraint(
            "version BETWEEN 1 AND 999999999 AND version = CAST(version AS INTEGER)",
            name=op.f("ck_attendance_version"),
        ),
        sa.CheckConstraint(
            "void_reason IS NULL OR (length(void_reason) BETWEEN 1 AND 200)",
            name=op.f("ck_attendance_void_reason"),
        ),
        sa.CheckConstraint(
            "voided_by IS NULL OR (length(voided_by) BETWEEN 1 AND 60)",
            name=op.f("ck_attendance_voided_by"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "event_id"],
            ["outreach_event.office_id", "outreach_event.id"],
            name=op.f("fk_attendance_office_id_event_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "village_id"],
            ["village.office_id", "village.id"],
            name=op.f("fk_attendance_office_id_village_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_attendance_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_attendance_office_id_id")),
        sa.UniqueConstraint("office_id", "number", name=op.f("uq_attendance_office_id_number")),
        sa.UniqueConstraint("office_id", "once", name=op.f("uq_attendance_office_id_once")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attendance_office_id_event_id_device"),
            ["office_id", "event_id", "device"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_attendance_office_id_village_id"),
            ["office_id", "village_id"],
            unique=False,
        )

    op.create_table(
        "event_roster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("is_open", sa.Boolean(create_constraint=True, name="is_open"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "person",
                "class",
                name="entrykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "with_phone", sa.Boolean(create_constraint=True, name="with_phone"), nullable=False
        ),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("walk_ins", sa.Integer(), nullable=False),
        sa.Column("noted", sa.Integer(), nullable=False),
        sa.Column("forgotten_on", sa.Date(), nullable=True),
        sa.Column("forgotten", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closes_on IS NULL OR (date(closes_on) IS NOT NULL AND closes_on = date(closes_on) AND closes_on BETWEEN '1900-01-01' AND '2199-12-31')",
            name=op.f("ck_event_roster_closes_on"),
        ),
        sa.CheckConstraint(
            "forgotten_on IS NULL OR (date(forgotten_on) IS NOT NULL AND forgotten_on = date(forgotten_on) AND forgotten_on BETWEEN '1900-01-01' AND '2199-12-31')",
            name=op.f("ck_event_roster_forgotten_on"),
        ),
        sa.CheckConstraint(
            "code IS NOT NULL OR NOT is_open", name=op.f("ck_event_roster_open_by_a_code")
        ),
        sa.CheckConstraint(
            "code IS NULL OR (length(code) BETWEEN 1 AND 20)", name=op.f("ck_event_roster_code")
        ),
        sa.CheckConstraint(
            "forgotten BETWEEN 0 AND 999999999 AND forgotten = CAST(forgotten AS INTEGER)",
            name=op.f("ck_event_roster_forgotten"),
        ),
        sa.CheckConstraint(
            "noted BETWEEN 0 AND 99999999 AND noted = CAST(noted AS INTEGER)",
            name=op.f("ck_event_roster_noted"),
        ),
        sa.CheckConstraint(
            "walk_ins BETWEEN 0 AND 9999999 AND walk_ins = CAST(walk_ins AS INTEGER)",
            name=op.f("ck_event_roster_walk_ins"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "event_id"],
            ["outreach_event.office_id", "outreach_event.id"],
            name=op.f("fk_event_roster_office_id_event_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_event_roster_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_roster")),
        sa.UniqueConstraint("code", name=op.f("uq_event_roster_code")),
        sa.UniqueConstraint(
            "office_id", "event_id", name=op.f("uq_event_roster_office_id_event_id")
        ),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_event_roster_office_id_id")),
    )


def downgrade() -> None:
    op.drop_table("event_roster")
    op.drop_table("attendance")
    op.drop_table("retention_rule")
