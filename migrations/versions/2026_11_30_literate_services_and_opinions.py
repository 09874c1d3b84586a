"""Services, reviews and trainees of legal-literate persons; opinions on decisions

Four new, empty tables. Legal-literate persons gain how they were chosen and their villagers' group,
all empty for those who are there: no record changes, and no figure.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "6291de03cb09"
down_revision = "c41d8a5be972"
branch_labels = None
depends_on = None


def _day(name: str) -> str:
    return (
        f"{name} DATE CONSTRAINT ck_legal_literate_person_{name} CHECK ({name} IS NULL OR"
        f" (date({name}) IS NOT NULL AND {name} = date({name})"
        f" AND {name} BETWEEN '1900-01-01' AND '2199-12-31'))"
    )


_PERSON_COLUMNS = {
    "villagers_group": (
        "villagers_group VARCHAR(40) CONSTRAINT ck_legal_literate_person_villagers_group CHECK"
        " (villagers_group IS NULL OR (length(villagers_group) BETWEEN 1 AND 40))"
    ),
    "nominated": (
        "nominated VARCHAR(40) CONSTRAINT ck_legal_literate_person_nominationway CHECK"
        " (nominated IN ('self', 'committees'))"
    ),
    "assessed_on": (
        _day("assessed_on") + " CONSTRAINT ck_legal_literate_person_assessed_before_appointed CHECK"
        " (assessed_on IS NULL OR assessed_on <= appointed_on)"
    ),
    "certificate_issued_on": _day("certificate_issued_on"),
}


def upgrade() -> None:
    op.create_table(
        "counsel_opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("adviser_id", sa.Integer(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("matter", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "major_decision",
                "normative_document",
                "contract",
                "enforcement_case",
                "dispute",
                "other",
                name="decisionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("summary", sa.String(length=2000), nullable=False),
        sa.Column(
            "adopted",
            sa.Enum(
                "adopted",
                "partly",
                "not_adopted",
                "undecided",
                name="adoption",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decision_reference", sa.String(length=200), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
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
            "asked_on IS NULL OR (date(asked_on) IS NOT NULL AND asked_on = date(asked_on) AND asked_on BETWEEN '1900-01-01' AND '2199-12-31')",
            name=op.f("ck_counsel_opinion_asked_on"),
        ),
        sa.CheckConstraint(
            "created_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_counsel_opinion_created_at"),
        ),
        sa.CheckConstraint(
            "date(given_on) IS NOT NULL AND given_on = date(given_on) AND given_on BETWEEN '1900-01-01' AND '2199-12-31'",
            name=op.f("ck_counsel_opinion_given_on"),
        ),
        sa.CheckConstraint(
            "updated_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_counsel_opinion_updated_at"),
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR (voided_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_counsel_opinion_voided_at"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)",
            name=op.f("ck_counsel_opinion_void_has_reason"),
        ),
        sa.CheckConstraint(
            "asked_on IS NULL OR asked_on <= given_on",
            name=op.f("ck_counsel_opinion_asked_before_given"),
        ),
        sa.CheckConstraint(
            "length(created_by) BETWEEN 1 AND 60", name=op.f("ck_counsel_opinion_created_by")
        ),
        sa.CheckConstraint(
            "length(decision_reference) BETWEEN 0 AND 200",
            name=op.f("ck_counsel_opinion_decision_reference"),
        ),
        sa.CheckConstraint(
            "length(matter) BETWEEN 1 AND 200", name=op.f("ck_counsel_opinion_matter")
        ),
        sa.CheckConstraint("length(note) BETWEEN 0 AND 2000", name=op.f("ck_counsel_opinion_note")),
        sa.CheckConstraint(
            "length(number) BETWEEN 1 AND 40", name=op.f("ck_counsel_opinion_number")
        ),
        sa.CheckConstraint(
            "length(summary) BETWEEN 0 AND 2000", name=op.f("ck_counsel_opinion_summary")
        ),
        sa.CheckConstraint(
            "length(updated_by) BETWEEN 1 AND 60", name=op.f("ck_counsel_opinion_updated_by")
        ),
        sa.CheckConstraint(
            "version BETWEEN 1 AND 999999999 AND version = CAST(version AS INTEGER)",
            name=op.f("ck_counsel_opinion_version"),
        ),
        sa.CheckConstraint(
            "visit_id IS NULL OR adviser_id IS NOT NULL",
            name=op.f("ck_counsel_opinion_visit_has_adviser"),
        ),
        sa.CheckConstraint(
            "void_reason IS NULL OR (length(void_reason) BETWEEN 1 AND 200)",
            name=op.f("ck_counsel_opinion_void_reason"),
        ),
        sa.CheckConstraint(
            "voided_by IS NULL OR (length(voided_by) BETWEEN 1 AND 60)",
            name=op.f("ck_counsel_opinion_voided_by"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "adviser_id"],
            ["adviser.office_id", "adviser.id"],
            name=op.f("fk_counsel_opinion_office_id_adviser_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "visit_id"],
            ["adviser_visit.office_id", "adviser_visit.id"],
            name=op.f("fk_counsel_opinion_office_id_visit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_counsel_opinion_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counsel_opinion")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_counsel_opinion_office_id_id")),
        sa.UniqueConstraint(
            "office_id", "number", name=op.f("uq_counsel_opinion_office_id_number")
        ),
    )
    with op.batch_alter_table("counsel_opinion", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_counsel_opinion_office_id_adviser_id_given_on"),
            ["office_id", "adviser_id", "given_on"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_counsel_opinion_office_id_given_on_id"),
            ["office_id", "given_on", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_counsel_opinion_office_id_visit_id"),
            ["office_id", "visit_id"],
            unique=False,
        )

    op.create_table(
        "literate_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "excellent",
                "qualified",
                "unqualified",
                name="reviewresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("star", sa.Integer(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
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
            name=op.f("ck_literate_review_created_at"),
        ),
        sa.CheckConstraint(
            "date(reviewed_on) IS NOT NULL AND reviewed_on = date(reviewed_on) AND reviewed_on BETWEEN '1900-01-01' AND '2199-12-31'",
            name=op.f("ck_literate_review_reviewed_on"),
        ),
        sa.CheckConstraint(
            "updated_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_literate_review_updated_at"),
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR (voided_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_literate_review_voided_at"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)",
            name=op.f("ck_literate_review_void_has_reason"),
        ),
        sa.CheckConstraint(
            "length(created_by) BETWEEN 1 AND 60", name=op.f("ck_literate_review_created_by")
        ),
        sa.CheckConstraint("length(note) BETWEEN 0 AND 2000", name=op.f("ck_literate_review_note")),
        sa.CheckConstraint(
            "length(number) BETWEEN 1 AND 40", name=op.f("ck_literate_review_number")
        ),
        sa.CheckConstraint(
            "length(updated_by) BETWEEN 1 AND 60", name=op.f("ck_literate_review_updated_by")
        ),
        sa.CheckConstraint(
            "star IS NULL OR (star BETWEEN 0 AND 5 AND star = CAST(star AS INTEGER))",
            name=op.f("ck_literate_review_star"),
        ),
        sa.CheckConstraint(
            "version BETWEEN 1 AND 999999999 AND version = CAST(version AS INTEGER)",
            name=op.f("ck_literate_review_version"),
        ),
        sa.CheckConstraint(
            "void_reason IS NULL OR (length(void_reason) BETWEEN 1 AND 200)",
            name=op.f("ck_literate_review_void_reason"),
        ),
        sa.CheckConstraint(
            "voided_by IS NULL OR (length(voided_by) BETWEEN 1 AND 60)",
            name=op.f("ck_literate_review_voided_by"),
        ),
        sa.CheckConstraint(
            "year BETWEEN 1990 AND 2100 AND year = CAST(year AS INTEGER)",
            name=op.f("ck_literate_review_year"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "person_id"],
            ["legal_literate_person.office_id", "legal_literate_person.id"],
            name=op.f("fk_literate_review_office_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_literate_review_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_literate_review")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_literate_review_office_id_id")),
        sa.UniqueConstraint(
            "office_id", "number", name=op.f("uq_literate_review_office_id_number")
        ),
    )
    with op.batch_alter_table("literate_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_literate_review_office_id_year_id"),
            ["office_id", "year", "id"],
            unique=False,
        )
        batch_op.create_index(
            "uq_literate_review_office_id_live",
            ["office_id", "person_id", "year"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "literate_service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "publicity",
                "mediation",
                "clue",
                "referral",
                "other",
                name="literateservicekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("matter", sa.String(length=200), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
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
            name=op.f("ck_literate_service_created_at"),
        ),
        sa.CheckConstraint(
            "date(held_on) IS NOT NULL AND held_on = date(held_on) AND held_on BETWEEN '1900-01-01' AND '2199-12-31'",
            name=op.f("ck_literate_service_held_on"),
        ),
        sa.CheckConstraint(
            "updated_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_literate_service_updated_at"),
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR (voided_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_literate_service_voided_at"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)",
            name=op.f("ck_literate_service_void_has_reason"),
        ),
        sa.CheckConstraint(
            "households IS NULL OR (households BETWEEN 0 AND 9999999 AND households = CAST(households AS INTEGER))",
            name=op.f("ck_literate_service_households"),
        ),
        sa.CheckConstraint(
            "length(created_by) BETWEEN 1 AND 60", name=op.f("ck_literate_service_created_by")
        ),
        sa.CheckConstraint(
            "length(matter) BETWEEN 1 AND 200", name=op.f("ck_literate_service_matter")
        ),
        sa.CheckConstraint(
            "length(note) BETWEEN 0 AND 2000", name=op.f("ck_literate_service_note")
        ),
        sa.CheckConstraint(
            "length(number) BETWEEN 1 AND 40", name=op.f("ck_literate_service_number")
        ),
        sa.CheckConstraint(
            "length(updated_by) BETWEEN 1 AND 60", name=op.f("ck_literate_service_updated_by")
        ),
        sa.CheckConstraint(
            "people IS NULL OR (people BETWEEN 0 AND 9999999 AND people = CAST(people AS INTEGER))",
            name=op.f("ck_literate_service_people"),
        ),
        sa.CheckConstraint(
            "version BETWEEN 1 AND 999999999 AND version = CAST(version AS INTEGER)",
            name=op.f("ck_literate_service_version"),
        ),
        sa.CheckConstraint(
            "void_reason IS NULL OR (length(void_reason) BETWEEN 1 AND 200)",
            name=op.f("ck_literate_service_void_reason"),
        ),
        sa.CheckConstraint(
            "voided_by IS NULL OR (length(voided_by) BETWEEN 1 AND 60)",
            name=op.f("ck_literate_service_voided_by"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "person_id"],
            ["legal_literate_person.office_id", "legal_literate_person.id"],
            name=op.f("fk_literate_service_office_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_literate_service_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_literate_service")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_literate_service_office_id_id")),
        sa.UniqueConstraint(
            "office_id", "number", name=op.f("uq_literate_service_office_id_number")
        ),
    )
    with op.batch_alter_table("literate_service", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_literate_service_office_id_held_on_id"),
            ["office_id", "held_on", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_literate_service_office_id_person_id_held_on"),
            ["office_id", "person_id", "held_on"],
            unique=False,
        )

    op.create_table(
        "literate_trainee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "person_id"],
            ["legal_literate_person.office_id", "legal_literate_person.id"],
            name=op.f("fk_literate_trainee_office_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "training_id"],
            ["legal_literate_training.office_id", "legal_literate_training.id"],
            name=op.f("fk_literate_trainee_office_id_training_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_literate_trainee_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_literate_trainee")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_literate_trainee_office_id_id")),
        sa.UniqueConstraint(
            "office_id",
            "training_id",
            "person_id",
            name=op.f("uq_literate_trainee_office_id_training_id_person_id"),
        ),
    )
    with op.batch_alter_table("literate_trainee", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_literate_trainee_office_id_person_id"),
            ["office_id", "person_id"],
            unique=False,
        )

    # In one statement each, with the constraint: both databases take it, and no table is copied.
    for column in _PERSON_COLUMNS.values():
        op.execute(f"ALTER TABLE legal_literate_person ADD COLUMN {column}")


def downgrade() -> None:
    for name in reversed(_PERSON_COLUMNS):
        op.execute(f"ALTER TABLE legal_literate_person DROP COLUMN {name}")

    with op.batch_alter_table("literate_trainee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_literate_trainee_office_id_person_id"))

    op.drop_table("literate_trainee")
    with op.batch_alter_table("literate_service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_literate_service_office_id_person_id_held_on"))
        batch_op.drop_index(batch_op.f("ix_literate_service_office_id_held_on_id"))

    op.drop_table("literate_service")
    with op.batch_alter_table("literate_review", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_literate_review_office_id_live",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_literate_review_office_id_year_id"))

    op.drop_table("literate_review")
    with op.batch_alter_table("counsel_opinion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_counsel_opinion_office_id_visit_id"))
        batch_op.drop_index(batch_op.f("ix_counsel_opinion_office_id_given_on_id"))
        batch_op.drop_index(batch_op.f("ix_counsel_opinion_office_id_adviser_id_given_on"))

    op.drop_table("counsel_opinion")
