"""Assessments and subsidies of advisers

New, empty tables: the office's score sheets with their items, yearly assessments with their scores,
and the subsidies decided for a year. No record changes and no figure does.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "c41d8a5be972"
down_revision = "b41e7a6d9c20"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "score_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=False),
        sa.Column("excellent_from", sa.Integer(), nullable=False),
        sa.Column("good_from", sa.Integer(), nullable=True),
        sa.Column("passed_from", sa.Integer(), nullable=False),
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
            name=op.f("ck_score_sheet_created_at"),
        ),
        sa.CheckConstraint(
            "updated_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_score_sheet_updated_at"),
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR (voided_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_score_sheet_voided_at"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)",
            name=op.f("ck_score_sheet_void_has_reason"),
        ),
        sa.CheckConstraint(
            "excellent_from > passed_from AND (good_from IS NULL OR (excellent_from > good_from AND good_from > passed_from))",
            name=op.f("ck_score_sheet_bounds_fall"),
        ),
        sa.CheckConstraint(
            "excellent_from BETWEEN 0 AND 10000 AND excellent_from = CAST(excellent_from AS INTEGER)",
            name=op.f("ck_score_sheet_excellent_from"),
        ),
        sa.CheckConstraint(
            "from_year BETWEEN 1990 AND 2100 AND from_year = CAST(from_year AS INTEGER)",
            name=op.f("ck_score_sheet_from_year"),
        ),
        sa.CheckConstraint(
            "good_from IS NULL OR (good_from BETWEEN 0 AND 10000 AND good_from = CAST(good_from AS INTEGER))",
            name=op.f("ck_score_sheet_good_from"),
        ),
        sa.CheckConstraint(
            "length(created_by) BETWEEN 1 AND 60", name=op.f("ck_score_sheet_created_by")
        ),
        sa.CheckConstraint("length(note) BETWEEN 0 AND 2000", name=op.f("ck_score_sheet_note")),
        sa.CheckConstraint("length(number) BETWEEN 1 AND 40", name=op.f("ck_score_sheet_number")),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 100", name=op.f("ck_score_sheet_title")),
        sa.CheckConstraint(
            "length(updated_by) BETWEEN 1 AND 60", name=op.f("ck_score_sheet_updated_by")
        ),
        sa.CheckConstraint(
            "passed_from BETWEEN 0 AND 10000 AND passed_from = CAST(passed_from AS INTEGER)",
            name=op.f("ck_score_sheet_passed_from"),
        ),
        sa.CheckConstraint(
            "version BETWEEN 1 AND 999999999 AND version = CAST(version AS INTEGER)",
            name=op.f("ck_score_sheet_version"),
        ),
        sa.CheckConstraint(
            "void_reason IS NULL OR (length(void_reason) BETWEEN 1 AND 200)",
            name=op.f("ck_score_sheet_void_reason"),
        ),
        sa.CheckConstraint(
            "voided_by IS NULL OR (length(voided_by) BETWEEN 1 AND 60)",
            name=op.f("ck_score_sheet_voided_by"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_score_sheet_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_sheet")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_score_sheet_office_id_id")),
        sa.UniqueConstraint("office_id", "number", name=op.f("uq_score_sheet_office_id_number")),
    )
    op.create_index(
        op.f("ix_score_sheet_office_id_from_year_id"),
        "score_sheet",
        ["office_id", "from_year", "id"],
        unique=False,
    )
    op.create_table(
        "score_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=60), nullable=False),
        sa.Column("criterion", sa.String(length=500), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "contract",
                "plate",
                "visits",
                "lectures",
                "log",
                name="scorebasis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "length(criterion) BETWEEN 1 AND 500", name=op.f("ck_score_item_criterion")
        ),
        sa.CheckConstraint("length(heading) BETWEEN 1 AND 60", name=op.f("ck_score_item_heading")),
        sa.CheckConstraint("most > 0 AND most % 5 = 0", name=op.f("ck_score_item_half_points")),
        sa.CheckConstraint(
            "most BETWEEN 0 AND 2000 AND most = CAST(most AS INTEGER)",
            name=op.f("ck_score_item_most"),
        ),
        sa.CheckConstraint(
            "position BETWEEN 0 AND 9999 AND position = CAST(position AS INTEGER)",
            name=op.f("ck_score_item_position"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "sheet_id"],
            ["score_sheet.office_id", "score_sheet.id"],
            name=op.f("fk_score_item_office_id_sheet_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_score_item_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_item")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_score_item_office_id_id")),
    )
    op.create_index(
        op.f("ix_score_item_office_id_sheet_id_position_id"),
        "score_item",
        ["office_id", "sheet_id", "position", "id"],
        unique=False,
    )
    op.create_table(
        "adviser_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("adviser_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column(
            "grade",
            sa.Enum(
                "excellent",
                "good",
                "passed",
                "failed",
                name="grade",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("excellent_from", sa.Integer(), nullable=True),
        sa.Column("good_from", sa.Integer(), nullable=True),
        sa.Column("passed_from", sa.Integer(), nullable=True),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("assessor", sa.String(length=100), nullable=False),
        sa.Column("village_view", sa.String(length=500), nullable=False),
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
            name=op.f("ck_adviser_assessment_created_at"),
        ),
        sa.CheckConstraint(
            "date(assessed_on) IS NOT NULL AND assessed_on = date(assessed_on) AND assessed_on BETWEEN '1900-01-01' AND '2199-12-31'",
            name=op.f("ck_adviser_assessment_assessed_on"),
        ),
        sa.CheckConstraint(
            "updated_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_adviser_assessment_updated_at"),
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR (voided_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_adviser_assessment_voided_at"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)",
            name=op.f("ck_adviser_assessment_void_has_reason"),
        ),
        sa.CheckConstraint(
            "excellent_from IS NULL OR (excellent_from BETWEEN 0 AND 10000 AND excellent_from = CAST(excellent_from AS INTEGER))",
            name=op.f("ck_adviser_assessment_excellent_from"),
        ),
        sa.CheckConstraint(
            "good_from IS NULL OR (good_from BETWEEN 0 AND 10000 AND good_from = CAST(good_from AS INTEGER))",
            name=op.f("ck_adviser_assessment_good_from"),
        ),
        sa.CheckConstraint(
            "length(assessor) BETWEEN 0 AND 100", name=op.f("ck_adviser_assessment_assessor")
        ),
        sa.CheckConstraint(
            "length(created_by) BETWEEN 1 AND 60", name=op.f("ck_adviser_assessment_created_by")
        ),
        sa.CheckConstraint(
            "length(note) BETWEEN 0 AND 2000", name=op.f("ck_adviser_assessment_note")
        ),
        sa.CheckConstraint(
            "length(number) BETWEEN 1 AND 40", name=op.f("ck_adviser_assessment_number")
        ),
        sa.CheckConstraint(
            "length(updated_by) BETWEEN 1 AND 60", name=op.f("ck_adviser_assessment_updated_by")
        ),
        sa.CheckConstraint(
            "length(village_view) BETWEEN 0 AND 500",
            name=op.f("ck_adviser_assessment_village_view"),
        ),
        sa.CheckConstraint(
            "passed_from IS NULL OR (passed_from BETWEEN 0 AND 10000 AND passed_from = CAST(passed_from AS INTEGER))",
            name=op.f("ck_adviser_assessment_passed_from"),
        ),
        sa.CheckConstraint(
            "total BETWEEN 0 AND 10000 AND total = CAST(total AS INTEGER)",
            name=op.f("ck_adviser_assessment_total"),
        ),
        sa.CheckConstraint(
            "version BETWEEN 1 AND 999999999 AND version = CAST(version AS INTEGER)",
            name=op.f("ck_adviser_assessment_version"),
        ),
        sa.CheckConstraint(
            "void_reason IS NULL OR (length(void_reason) BETWEEN 1 AND 200)",
            name=op.f("ck_adviser_assessment_void_reason"),
        ),
        sa.CheckConstraint(
            "voided_by IS NULL OR (length(voided_by) BETWEEN 1 AND 60)",
            name=op.f("ck_adviser_assessment_voided_by"),
        ),
        sa.CheckConstraint(
            "year BETWEEN 1990 AND 2100 AND year = CAST(year AS INTEGER)",
            name=op.f("ck_adviser_assessment_year"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "adviser_id"],
            ["adviser.office_id", "adviser.id"],
            name=op.f("fk_adviser_assessment_office_id_adviser_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "sheet_id"],
            ["score_sheet.office_id", "score_sheet.id"],
            name=op.f("fk_adviser_assessment_office_id_sheet_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "village_id"],
            ["village.office_id", "village.id"],
            name=op.f("fk_adviser_assessment_office_id_village_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_adviser_assessment_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adviser_assessment")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_adviser_assessment_office_id_id")),
        sa.UniqueConstraint(
            "office_id", "number", name=op.f("uq_adviser_assessment_office_id_number")
        ),
    )
    op.create_index(
        op.f("ix_adviser_assessment_office_id_adviser_id_year"),
        "adviser_assessment",
        ["office_id", "adviser_id", "year"],
        unique=False,
    )
    op.create_index(
        op.f("ix_adviser_assessment_office_id_year_id"),
        "adviser_assessment",
        ["office_id", "year", "id"],
        unique=False,
    )
    op.create_index(
        "uq_adviser_assessment_office_id_live_township",
        "adviser_assessment",
        ["office_id", "year", "adviser_id"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL AND village_id IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL AND village_id IS NULL"),
    )
    op.create_index(
        "uq_adviser_assessment_office_id_live_village",
        "adviser_assessment",
        ["office_id", "year", "adviser_id", "village_id"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL AND village_id IS NOT NULL"),
        postgresql_where=sa.text("voided_at IS NULL AND village_id IS NOT NULL"),
    )
    op.create_table(
        "adviser_subsidy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("adviser_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("amount_proposed", sa.Integer(), nullable=True),
        sa.Column("amount_decided", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
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
            "amount_proposed IS NULL OR amount_decided = amount_proposed OR reason <> ''",
            name=op.f("ck_adviser_subsidy_difference_has_reason"),
        ),
        sa.CheckConstraint(
            "created_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_adviser_subsidy_created_at"),
        ),
        sa.CheckConstraint(
            "paid_on IS NULL OR (date(paid_on) IS NOT NULL AND paid_on = date(paid_on) AND paid_on BETWEEN '1900-01-01' AND '2199-12-31')",
            name=op.f("ck_adviser_subsidy_paid_on"),
        ),
        sa.CheckConstraint(
            "updated_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_adviser_subsidy_updated_at"),
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR (voided_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_adviser_subsidy_voided_at"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)",
            name=op.f("ck_adviser_subsidy_void_has_reason"),
        ),
        sa.CheckConstraint(
            "amount_decided BETWEEN 0 AND 9999999 AND amount_decided = CAST(amount_decided AS INTEGER)",
            name=op.f("ck_adviser_subsidy_amount_decided"),
        ),
        sa.CheckConstraint(
            "amount_proposed IS NULL OR (amount_proposed BETWEEN 0 AND 9999999 AND amount_proposed = CAST(amount_proposed AS INTEGER))",
            name=op.f("ck_adviser_subsidy_amount_proposed"),
        ),
        sa.CheckConstraint(
            "length(created_by) BETWEEN 1 AND 60", name=op.f("ck_adviser_subsidy_created_by")
        ),
        sa.CheckConstraint("length(note) BETWEEN 0 AND 2000", name=op.f("ck_adviser_subsidy_note")),
        sa.CheckConstraint(
            "length(number) BETWEEN 1 AND 40", name=op.f("ck_adviser_subsidy_number")
        ),
        sa.CheckConstraint(
            "length(reason) BETWEEN 0 AND 200", name=op.f("ck_adviser_subsidy_reason")
        ),
        sa.CheckConstraint(
            "length(updated_by) BETWEEN 1 AND 60", name=op.f("ck_adviser_subsidy_updated_by")
        ),
        sa.CheckConstraint(
            "version BETWEEN 1 AND 999999999 AND version = CAST(version AS INTEGER)",
            name=op.f("ck_adviser_subsidy_version"),
        ),
        sa.CheckConstraint(
            "void_reason IS NULL OR (length(void_reason) BETWEEN 1 AND 200)",
            name=op.f("ck_adviser_subsidy_void_reason"),
        ),
        sa.CheckConstraint(
            "voided_by IS NULL OR (length(voided_by) BETWEEN 1 AND 60)",
            name=op.f("ck_adviser_subsidy_voided_by"),
        ),
        sa.CheckConstraint(
            "year BETWEEN 1990 AND 2100 AND year = CAST(year AS INTEGER)",
            name=op.f("ck_adviser_subsidy_year"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "adviser_id"],
            ["adviser.office_id", "adviser.id"],
            name=op.f("fk_adviser_subsidy_office_id_adviser_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "village_id"],
            ["village.office_id", "village.id"],
            name=op.f("fk_adviser_subsidy_office_id_village_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_adviser_subsidy_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adviser_subsidy")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_adviser_subsidy_office_id_id")),
        sa.UniqueConstraint(
            "office_id", "number", name=op.f("uq_adviser_subsidy_office_id_number")
        ),
    )
    op.create_index(
        op.f("ix_adviser_subsidy_office_id_adviser_id_year"),
        "adviser_subsidy",
        ["office_id", "adviser_id", "year"],
        unique=False,
    )
    op.create_index(
        op.f("ix_adviser_subsidy_office_id_year_id"),
        "adviser_subsidy",
        ["office_id", "year", "id"],
        unique=False,
    )
    op.create_index(
        "uq_adviser_subsidy_office_id_live_township",
        "adviser_subsidy",
        ["office_id", "year", "adviser_id"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL AND village_id IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL AND village_id IS NULL"),
    )
    op.create_index(
        "uq_adviser_subsidy_office_id_live_village",
        "adviser_subsidy",
        ["office_id", "year", "adviser_id", "village_id"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL AND village_id IS NOT NULL"),
        postgresql_where=sa.text("voided_at IS NULL AND village_id IS NOT NULL"),
    )
    op.create_table(
        "assessment_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=60), nullable=False),
        sa.Column("criterion", sa.String(length=500), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "contract",
                "plate",
                "visits",
                "lectures",
                "log",
                name="scorebasis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "length(criterion) BETWEEN 1 AND 500", name=op.f("ck_assessment_score_criterion")
        ),
        sa.CheckConstraint(
            "length(heading) BETWEEN 1 AND 60", name=op.f("ck_assessment_score_heading")
        ),
        sa.CheckConstraint(
            "length(remark) BETWEEN 0 AND 200", name=op.f("ck_assessment_score_remark")
        ),
        sa.CheckConstraint(
            "most > 0 AND most % 5 = 0", name=op.f("ck_assessment_score_half_points")
        ),
        sa.CheckConstraint(
            "most BETWEEN 0 AND 2000 AND most = CAST(most AS INTEGER)",
            name=op.f("ck_assessment_score_most"),
        ),
        sa.CheckConstraint(
            "points <= most AND points % 5 = 0", name=op.f("ck_assessment_score_points_within")
        ),
        sa.CheckConstraint(
            "points BETWEEN 0 AND 2000 AND points = CAST(points AS INTEGER)",
            name=op.f("ck_assessment_score_points"),
        ),
        sa.CheckConstraint(
            "position BETWEEN 0 AND 9999 AND position = CAST(position AS INTEGER)",
            name=op.f("ck_assessment_score_position"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "assessment_id"],
            ["adviser_assessment.office_id", "adviser_assessment.id"],
            name=op.f("fk_assessment_score_office_id_assessment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_assessment_score_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_score")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_assessment_score_office_id_id")),
    )
    op.create_index(
        op.f("ix_assessment_score_office_id_assessment_id_position_id"),
        "assessment_score",
        ["office_id", "assessment_id", "position", "id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(
        op.f("ix_assessment_score_office_id_assessment_id_position_id"),
        table_name="assessment_score",
    )
    op.drop_table("assessment_score")
    op.drop_index(
        "uq_adviser_subsidy_office_id_live_village",
        table_name="adviser_subsidy",
        sqlite_where=sa.text("voided_at IS NULL AND village_id IS NOT NULL"),
        postgresql_where=sa.text("voided_at IS NULL AND village_id IS NOT NULL"),
    )
    op.drop_index(
        "uq_adviser_subsidy_office_id_live_township",
        table_name="adviser_subsidy",
        sqlite_where=sa.text("voided_at IS NULL AND village_id IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL AND village_id IS NULL"),
    )
    op.drop_index(op.f("ix_adviser_subsidy_office_id_year_id"), table_name="adviser_subsidy")
    op.drop_index(
        op.f("ix_adviser_subsidy_office_id_adviser_id_year"), table_name="adviser_subsidy"
    )
    op.drop_table("adviser_subsidy")
    op.drop_index(
        "uq_adviser_assessment_office_id_live_village",
        table_name="adviser_assessment",
        sqlite_where=sa.text("voided_at IS NULL AND village_id IS NOT NULL"),
        postgresql_where=sa.text("voided_at IS NULL AND village_id IS NOT NULL"),
    )
    op.drop_index(
        "uq_adviser_assessment_office_id_live_township",
        table_name="adviser_assessment",
        sqlite_where=sa.text("voided_at IS NULL AND village_id IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL AND village_id IS NULL"),
    )
    op.drop_index(op.f("ix_adviser_assessment_office_id_year_id"), table_name="adviser_assessment")
    op.drop_index(
        op.f("ix_adviser_assessment_office_id_adviser_id_year"), table_name="adviser_assessment"
    )
    op.drop_table("adviser_assessment")
    op.drop_index(op.f("ix_score_item_office_id_sheet_id_position_id"), table_name="score_item")
    op.drop_table("score_item")
    op.drop_index(op.f("ix_score_sheet_office_id_from_year_id"), table_name="score_sheet")
    op.drop_table("score_sheet")
