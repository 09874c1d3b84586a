"""Faces of certificates, and exceptions from the rule of passes

Certificates gain what stands on the card's face beside the rest, its unit and its yearly check
marks, and the reason why one was entered without the passes the rule asks for: all empty, no
record changes. SQLite rebuilds the table; it is handed over whole, so that every CHECK stays.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b41e7a6d9c20"
down_revision = "5e2a9d70c416"
branch_labels = None
depends_on = None

_LENGTHS = {"employer": 100, "yearly_check": 60, "exception_reason": 200}


def _certificates(*more: sa.schema.SchemaItem) -> sa.Table:
    """The table of certificates as it was, every constraint included, with ``more``."""
    return sa.Table(
        "certificate",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("certificate_number", sa.String(length=60), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("issuer", sa.String(length=100), nullable=False),
        sa.Column("area", sa.String(length=100), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
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
            name=op.f("ck_certificate_created_at"),
        ),
        sa.CheckConstraint(
            "updated_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_certificate_updated_at"),
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR (voided_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_certificate_voided_at"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)",
            name=op.f("ck_certificate_void_has_reason"),
        ),
        sa.CheckConstraint("length(area) BETWEEN 0 AND 100", name=op.f("ck_certificate_area")),
        sa.CheckConstraint(
            "length(certificate_number) BETWEEN 1 AND 60",
            name=op.f("ck_certificate_certificate_number"),
        ),
        sa.CheckConstraint(
            "length(created_by) BETWEEN 1 AND 60", name=op.f("ck_certificate_created_by")
        ),
        sa.CheckConstraint("length(issuer) BETWEEN 0 AND 100", name=op.f("ck_certificate_issuer")),
        sa.CheckConstraint("length(note) BETWEEN 0 AND 2000", name=op.f("ck_certificate_note")),
        sa.CheckConstraint("length(number) BETWEEN 1 AND 40", name=op.f("ck_certificate_number")),
        sa.CheckConstraint(
            "length(updated_by) BETWEEN 1 AND 60", name=op.f("ck_certificate_updated_by")
        ),
        sa.CheckConstraint(
            "version BETWEEN 1 AND 999999999 AND version = CAST(version AS INTEGER)",
            name=op.f("ck_certificate_version"),
        ),
        sa.CheckConstraint(
            "void_reason IS NULL OR (length(void_reason) BETWEEN 1 AND 200)",
            name=op.f("ck_certificate_void_reason"),
        ),
        sa.CheckConstraint(
            "voided_by IS NULL OR (length(voided_by) BETWEEN 1 AND 60)",
            name=op.f("ck_certificate_voided_by"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "officer_id"],
            ["officer.office_id", "officer.id"],
            name=op.f("fk_certificate_office_id_officer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_certificate_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_certificate_office_id_id")),
        sa.UniqueConstraint("office_id", "number", name=op.f("uq_certificate_office_id_number")),
        sa.CheckConstraint(
            "category IN ('enforcement', 'supervision', 'other')",
            name=op.f("ck_certificate_certificatecategory"),
        ),
        sa.Index("ix_certificate_office_id_officer_id", "office_id", "officer_id"),
        sa.Index(
            "uq_certificate_office_id_live_certificate_number",
            "office_id",
            "certificate_number",
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        ),
        *more,
    )


def _columns(default: str | None) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column(name, sa.String(length=length), nullable=False, server_default=default)
        for name, length in _LENGTHS.items()
    ]


def _checks() -> list[sa.schema.SchemaItem]:
    return [
        sa.CheckConstraint(_short(name), name=op.f(f"ck_certificate_{name}")) for name in _LENGTHS
    ]


def _short(name: str) -> str:
    return f"length({name}) BETWEEN 0 AND {_LENGTHS[name]}"


def upgrade() -> None:
    with op.batch_alter_table("certificate", copy_from=_certificates()) as batch_op:
        for column in _columns(""):
            batch_op.add_column(column)
        for name in _LENGTHS:
            batch_op.create_check_constraint(op.f(f"ck_certificate_{name}"), _short(name))
    # The default was for the rows that were there.
    now = _certificates(*_columns(""), *_checks())
    with op.batch_alter_table("certificate", copy_from=now) as batch_op:
        for name in _LENGTHS:
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    now = _certificates(*_columns(None), *_checks())
    with op.batch_alter_table("certificate", copy_from=now) as batch_op:
        for name in _LENGTHS:
            batch_op.drop_constraint(batch_op.f(f"ck_certificate_{name}"), type_="check")
            batch_op.drop_column(name)
