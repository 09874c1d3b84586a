"""Plan and publicity days

New, empty tables: items of the yearly plan, an office's own publicity days, the days it does not
keep, and the dates it confirmed. Events gain the item and the day they were held for, both empty:
no figure changes. SQLite rebuilds the table of events for the new reference; it is handed over
whole, so that every CHECK stays.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "79d184231df9"
down_revision = "7d1c5e90b3a6"
branch_labels = None
depends_on = None


def _events(*more: sa.schema.SchemaItem) -> sa.Table:
    """The table of events as it was, every constraint included, with ``more``.

    Codes are plain texts with the CHECK beside them: of a type's own CHECK, a rebuilt table would
    lose the name.
    """
    return sa.Table(
        "outreach_event",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("delivery", sa.String(length=40), nullable=False),
        sa.Column("place_kind_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("laws", sa.String(length=300), nullable=False),
        sa.Column("venue", sa.String(length=200), nullable=False),
        sa.Column("lead_organisation", sa.String(length=100), nullable=False),
        sa.Column("partner_organisations", sa.String(length=500), nullable=False),
        sa.Column("speakers", sa.String(length=300), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("count_basis", sa.String(length=40), nullable=False),
        sa.Column("consultations", sa.Integer(), nullable=True),
        sa.Column("banners", sa.Integer(), nullable=True),
        sa.Column("boards", sa.Integer(), nullable=True),
        sa.Column("broadcasts", sa.Integer(), nullable=True),
        sa.Column("online_posts", sa.Integer(), nullable=True),
        sa.Column("online_reads", sa.Integer(), nullable=True),
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
            "state IN ('planned', 'held', 'cancelled')",
            name=op.f("ck_outreach_event_eventstate"),
        ),
        sa.CheckConstraint(
            "delivery IN ('stand', 'lecture', 'courtyard', 'household', 'school', 'mobile_class', 'case_talk', 'moot_court', 'show', 'quiz', 'signing', 'broadcast', 'display', 'new_media', 'other')",
            name=op.f("ck_outreach_event_deliveryform"),
        ),
        sa.CheckConstraint(
            "count_basis IN ('signed_in', 'counted', 'estimated', 'not_recorded')",
            name=op.f("ck_outreach_event_countbasis"),
        ),
        sa.CheckConstraint(
            "(headcount IS NULL) = (count_basis = 'not_recorded')",
            name=op.f("ck_outreach_event_count_has_basis"),
        ),
        sa.CheckConstraint(
            "created_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_outreach_event_created_at"),
        ),
        sa.CheckConstraint(
            "date(ends_on) IS NOT NULL AND ends_on = date(ends_on) AND ends_on BETWEEN '1900-01-01' AND '2199-12-31'",
            name=op.f("ck_outreach_event_ends_on"),
        ),
        sa.CheckConstraint(
            "date(starts_on) IS NOT NULL AND starts_on = date(starts_on) AND starts_on BETWEEN '1900-01-01' AND '2199-12-31'",
            name=op.f("ck_outreach_event_starts_on"),
        ),
        sa.CheckConstraint(
            "updated_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_outreach_event_updated_at"),
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR (voided_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_outreach_event_voided_at"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)",
            name=op.f("ck_outreach_event_void_has_reason"),
        ),
        sa.CheckConstraint(
            "banners IS NULL OR (banners BETWEEN 0 AND 9999999 AND banners = CAST(banners AS INTEGER))",
            name=op.f("ck_outreach_event_banners"),
        ),
        sa.CheckConstraint(
            "boards IS NULL OR (boards BETWEEN 0 AND 9999999 AND boards = CAST(boards AS INTEGER))",
            name=op.f("ck_outreach_event_boards"),
        ),
        sa.CheckConstraint(
            "broadcasts IS NULL OR (broadcasts BETWEEN 0 AND 9999999 AND broadcasts = CAST(broadcasts AS INTEGER))",
            name=op.f("ck_outreach_event_broadcasts"),
        ),
        sa.CheckConstraint(
            "consultations IS NULL OR (consultations BETWEEN 0 AND 9999999 AND consultations = CAST(consultations AS INTEGER))",
            name=op.f("ck_outreach_event_consultations"),
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_outreach_event_ends_after_start")),
        sa.CheckConstraint(
            "headcount IS NULL OR (headcount BETWEEN 0 AND 9999999 AND headcount = CAST(headcount AS INTEGER))",
            name=op.f("ck_outreach_event_headcount"),
        ),
        sa.CheckConstraint(
            "households IS NULL OR (households BETWEEN 0 AND 9999999 AND households = CAST(households AS INTEGER))",
            name=op.f("ck_outreach_event_households"),
        ),
        sa.CheckConstraint(
            "length(created_by) BETWEEN 1 AND 60", name=op.f("ck_outreach_event_created_by")
        ),
        sa.CheckConstraint("length(laws) BETWEEN 0 AND 300", name=op.f("ck_outreach_event_laws")),
        sa.CheckConstraint(
            "length(lead_organisation) BETWEEN 0 AND 100",
            name=op.f("ck_outreach_event_lead_organisation"),
        ),
        sa.CheckConstraint("length(note) BETWEEN 0 AND 2000", name=op.f("ck_outreach_event_note")),
        sa.CheckConstraint(
            "length(number) BETWEEN 1 AND 40", name=op.f("ck_outreach_event_number")
        ),
        sa.CheckConstraint(
            "length(partner_organisations) BETWEEN 0 AND 500",
            name=op.f("ck_outreach_event_partner_organisations"),
        ),
        sa.CheckConstraint(
            "length(speakers) BETWEEN 0 AND 300", name=op.f("ck_outreach_event_speakers")
        ),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 200", name=op.f("ck_outreach_event_title")),
        sa.CheckConstraint(
            "length(updated_by) BETWEEN 1 AND 60", name=op.f("ck_outreach_event_updated_by")
        ),
        sa.CheckConstraint("length(venue) BETWEEN 0 AND 200", name=op.f("ck_outreach_event_venue")),
        sa.CheckConstraint(
            "online_posts IS NULL OR (online_posts BETWEEN 0 AND 9999999 AND online_posts = CAST(online_posts AS INTEGER))",
            name=op.f("ck_outreach_event_online_posts"),
        ),
        sa.CheckConstraint(
            "online_reads IS NULL OR (online_reads BETWEEN 0 AND 999999999 AND online_reads = CAST(online_reads AS INTEGER))",
            name=op.f("ck_outreach_event_online_reads"),
        ),
        sa.CheckConstraint(
            "sessions BETWEEN 1 AND 999 AND sessions = CAST(sessions AS INTEGER)",
            name=op.f("ck_outreach_event_sessions"),
        ),
        sa.CheckConstraint(
            "version BETWEEN 1 AND 999999999 AND version = CAST(version AS INTEGER)",
            name=op.f("ck_outreach_event_version"),
        ),
        sa.CheckConstraint(
            "void_reason IS NULL OR (length(void_reason) BETWEEN 1 AND 200)",
            name=op.f("ck_outreach_event_void_reason"),
        ),
        sa.CheckConstraint(
            "voided_by IS NULL OR (length(voided_by) BETWEEN 1 AND 60)",
            name=op.f("ck_outreach_event_voided_by"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "campaign_id"],
            ["campaign.office_id", "campaign.id"],
            name=op.f("fk_outreach_event_office_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "place_kind_id"],
            ["place_kind.office_id", "place_kind.id"],
            name=op.f("fk_outreach_event_office_id_place_kind_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_outreach_event_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_event")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_outreach_event_office_id_id")),
        sa.UniqueConstraint("office_id", "number", name=op.f("uq_outreach_event_office_id_number")),
        sa.Index("ix_outreach_event_office_id_campaign_id", "office_id", "campaign_id"),
        sa.Index("ix_outreach_event_office_id_starts_on_id", "office_id", "starts_on", "id"),
        *more,
    )


def upgrade() -> None:
    op.create_table(
        "day_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("day_key", sa.String(length=60), nullable=False),
        sa.Column("kept", sa.Boolean(create_constraint=True, name="kept"), nullable=False),
        sa.CheckConstraint("length(day_key) BETWEEN 1 AND 60", name=op.f("ck_day_choice_day_key")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_day_choice_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_choice")),
        sa.UniqueConstraint("office_id", "day_key", name=op.f("uq_day_choice_office_id_day_key")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_day_choice_office_id_id")),
    )
    op.create_table(
        "day_confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("day_key", sa.String(length=60), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("notice", sa.String(length=200), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=60), nullable=False),
        sa.CheckConstraint(
            "confirmed_at BETWEEN '2000-01-01' AND '2199-12-31'",
            name=op.f("ck_day_confirmation_confirmed_at"),
        ),
        sa.CheckConstraint(
            "date(first_on) IS NOT NULL AND first_on = date(first_on) AND first_on BETWEEN '1900-01-01' AND '2199-12-31'",
            name=op.f("ck_day_confirmation_first_on"),
        ),
        sa.CheckConstraint(
            "date(last_on) IS NOT NULL AND last_on = date(last_on) AND last_on BETWEEN '1900-01-01' AND '2199-12-31'",
            name=op.f("ck_day_confirmation_last_on"),
        ),
        sa.CheckConstraint(
            "last_on >= first_on", name=op.f("ck_day_confirmation_ends_after_start")
        ),
        sa.CheckConstraint(
            "length(confirmed_by) BETWEEN 1 AND 60", name=op.f("ck_day_confirmation_confirmed_by")
        ),
        sa.CheckConstraint(
            "length(day_key) BETWEEN 1 AND 60", name=op.f("ck_day_confirmation_day_key")
        ),
        sa.CheckConstraint(
            "length(notice) BETWEEN 1 AND 200", name=op.f("ck_day_confirmation_notice")
        ),
        sa.CheckConstraint(
            "year BETWEEN 1990 AND 2100 AND year = CAST(year AS INTEGER)",
            name=op.f("ck_day_confirmation_year"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_day_confirmation_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_confirmation")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_day_confirmation_office_id_id")),
        sa.UniqueConstraint(
            "office_id", "year", "day_key", name=op.f("uq_day_confirmation_office_id_year_day_key")
        ),
    )
    op.create_table(
        "local_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("end_month", sa.Integer(), nullable=False),
        sa.Column("end_day", sa.Integer(), nullable=False),
        sa.Column(
            "by_notice", sa.Boolean(create_constraint=True, name="by_notice"), nullable=False
        ),
        sa.Column("laws", sa.String(length=300), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("in_use", sa.Boolean(create_constraint=True, name="in_use"), nullable=False),
        sa.CheckConstraint(
            "day BETWEEN 1 AND 31 AND day = CAST(day AS INTEGER)", name=op.f("ck_local_day_day")
        ),
        sa.CheckConstraint(
            "end_day BETWEEN 1 AND 31 AND end_day = CAST(end_day AS INTEGER)",
            name=op.f("ck_local_day_end_day"),
        ),
        sa.CheckConstraint(
            "end_month * 100 + end_day >= month * 100 + day",
            name=op.f("ck_local_day_ends_after_start"),
        ),
        sa.CheckConstraint(
            "end_month BETWEEN 1 AND 12 AND end_month = CAST(end_month AS INTEGER)",
            name=op.f("ck_local_day_end_month"),
        ),
        sa.CheckConstraint("length(basis) BETWEEN 0 AND 200", name=op.f("ck_local_day_basis")),
        sa.CheckConstraint("length(key) BETWEEN 1 AND 60", name=op.f("ck_local_day_key")),
        sa.CheckConstraint("length(laws) BETWEEN 0 AND 300", name=op.f("ck_local_day_laws")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 60", name=op.f("ck_local_day_name")),
        sa.CheckConstraint(
            "month BETWEEN 1 AND 12 AND month = CAST(month AS INTEGER)",
            name=op.f("ck_local_day_month"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_local_day_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_day")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_local_day_office_id_id")),
        sa.UniqueConstraint("office_id", "key", name=op.f("uq_local_day_office_id_key")),
        sa.UniqueConstraint("office_id", "name", name=op.f("uq_local_day_office_id_name")),
    )
    op.create_table(
        "plan_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(length=300), nullable=False),
        sa.Column("laws", sa.String(length=300), nullable=False),
        sa.Column("leader", sa.String(length=100), nullable=False),
        sa.Column("responsible_person", sa.String(length=100), nullable=False),
        sa.Column("responsible_office", sa.String(length=200), nullable=False),
        sa.Column("audience", sa.String(length=200), nullable=False),
        sa.Column("carrier", sa.String(length=300), nullable=False),
        sa.Column("measure", sa.String(length=500), nullable=False),
        sa.Column("standard", sa.String(length=500), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("target_events", sa.Integer(), nullable=True),
        sa.Column("target_person_times", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("updated_by", sa.String(length=60), nullable=False),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("voided_by", sa.String(length=60), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "created_at BETWEEN '2000-01-01' AND '2199-12-31'", name=op.f("ck_plan_item_created_at")
        ),
        sa.CheckConstraint(
            "due_on IS NULL OR (date(due_on) IS NOT NULL AND due_on = date(due_on) AND due_on BETWEEN '1900-01-01' AND '2199-12-31')",
            name=op.f("ck_plan_item_due_on"),
        ),
        sa.CheckConstraint(
            "updated_at BETWEEN '2000-01-01' AND '2199-12-31'", name=op.f("ck_plan_item_updated_at")
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR (voided_at BETWEEN '2000-01-01' AND '2199-12-31')",
            name=op.f("ck_plan_item_voided_at"),
        ),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)", name=op.f("ck_plan_item_void_has_reason")
        ),
        sa.CheckConstraint(
            "copied_from_id IS NULL OR copied_from_id <> id",
            name=op.f("ck_plan_item_not_its_own_copy"),
        ),
        sa.CheckConstraint(
            "length(audience) BETWEEN 0 AND 200", name=op.f("ck_plan_item_audience")
        ),
        sa.CheckConstraint("length(carrier) BETWEEN 0 AND 300", name=op.f("ck_plan_item_carrier")),
        sa.CheckConstraint("length(content) BETWEEN 1 AND 300", name=op.f("ck_plan_item_content")),
        sa.CheckConstraint(
            "length(created_by) BETWEEN 1 AND 60", name=op.f("ck_plan_item_created_by")
        ),
        sa.CheckConstraint("length(laws) BETWEEN 0 AND 300", name=op.f("ck_plan_item_laws")),
        sa.CheckConstraint("length(leader) BETWEEN 0 AND 100", name=op.f("ck_plan_item_leader")),
        sa.CheckConstraint("length(measure) BETWEEN 0 AND 500", name=op.f("ck_plan_item_measure")),
        sa.CheckConstraint("length(note) BETWEEN 0 AND 2000", name=op.f("ck_plan_item_note")),
        sa.CheckConstraint("length(number) BETWEEN 1 AND 40", name=op.f("ck_plan_item_number")),
        sa.CheckConstraint(
            "length(responsible_office) BETWEEN 0 AND 200",
            name=op.f("ck_plan_item_responsible_office"),
        ),
        sa.CheckConstraint(
            "length(responsible_person) BETWEEN 0 AND 100",
            name=op.f("ck_plan_item_responsible_person"),
        ),
        sa.CheckConstraint(
            "length(standard) BETWEEN 0 AND 500", name=op.f("ck_plan_item_standard")
        ),
        sa.CheckConstraint(
            "length(updated_by) BETWEEN 1 AND 60", name=op.f("ck_plan_item_updated_by")
        ),
        sa.CheckConstraint(
            "position BETWEEN 0 AND 9999 AND position = CAST(position AS INTEGER)",
            name=op.f("ck_plan_item_position"),
        ),
        sa.CheckConstraint(
            "target_events IS NULL OR (target_events BETWEEN 0 AND 9999 AND target_events = CAST(target_events AS INTEGER))",
            name=op.f("ck_plan_item_target_events"),
        ),
        sa.CheckConstraint(
            "target_person_times IS NULL OR (target_person_times BETWEEN 0 AND 9999999 AND target_person_times = CAST(target_person_times AS INTEGER))",
            name=op.f("ck_plan_item_target_person_times"),
        ),
        sa.CheckConstraint(
            "version BETWEEN 1 AND 999999999 AND version = CAST(version AS INTEGER)",
            name=op.f("ck_plan_item_version"),
        ),
        sa.CheckConstraint(
            "void_reason IS NULL OR (length(void_reason) BETWEEN 1 AND 200)",
            name=op.f("ck_plan_item_void_reason"),
        ),
        sa.CheckConstraint(
            "voided_by IS NULL OR (length(voided_by) BETWEEN 1 AND 60)",
            name=op.f("ck_plan_item_voided_by"),
        ),
        sa.CheckConstraint(
            "year BETWEEN 1990 AND 2100 AND year = CAST(year AS INTEGER)",
            name=op.f("ck_plan_item_year"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "copied_from_id"],
            ["plan_item.office_id", "plan_item.id"],
            name=op.f("fk_plan_item_office_id_copied_from_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_plan_item_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_item")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_plan_item_office_id_id")),
        sa.UniqueConstraint("office_id", "number", name=op.f("uq_plan_item_office_id_number")),
        sa.UniqueConstraint(
            "office_id",
            "year",
            "copied_from_id",
            name=op.f("uq_plan_item_office_id_year_copied_from_id"),
        ),
    )
    with op.batch_alter_table("plan_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_plan_item_office_id_year_position_id"),
            ["office_id", "year", "position", "id"],
            unique=False,
        )

    with op.batch_alter_table("outreach_event", copy_from=_events()) as batch_op:
        batch_op.add_column(sa.Column("plan_item_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("publicity_day", sa.String(length=60), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_outreach_event_publicity_day"),
            "publicity_day IS NULL OR (length(publicity_day) BETWEEN 1 AND 60)",
        )
        batch_op.create_index(
            batch_op.f("ix_outreach_event_office_id_plan_item_id"),
            ["office_id", "plan_item_id"],
            unique=False,
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_outreach_event_office_id_plan_item_id"),
            "plan_item",
            ["office_id", "plan_item_id"],
            ["office_id", "id"],
        )


def downgrade() -> None:
    now = _events(
        sa.Column("plan_item_id", sa.Integer(), nullable=True),
        sa.Column("publicity_day", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "publicity_day IS NULL OR (length(publicity_day) BETWEEN 1 AND 60)",
            name=op.f("ck_outreach_event_publicity_day"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "plan_item_id"],
            ["plan_item.office_id", "plan_item.id"],
            name=op.f("fk_outreach_event_office_id_plan_item_id"),
        ),
        sa.Index("ix_outreach_event_office_id_plan_item_id", "office_id", "plan_item_id"),
    )
    with op.batch_alter_table("outreach_event", copy_from=now) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_outreach_event_office_id_plan_item_id"), type_="foreignkey"
        )
        batch_op.drop_constraint(batch_op.f("ck_outreach_event_publicity_day"), type_="check")
        batch_op.drop_index(batch_op.f("ix_outreach_event_office_id_plan_item_id"))
        batch_op.drop_column("publicity_day")
        batch_op.drop_column("plan_item_id")

    with op.batch_alter_table("plan_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_item_office_id_year_position_id"))

    op.drop_table("plan_item")
    op.drop_table("local_day")
    op.drop_table("day_confirmation")
    op.drop_table("day_choice")
