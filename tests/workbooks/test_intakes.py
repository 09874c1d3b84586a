"""Every register's way in, tried on every record of the example township."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.application import TODAY
from tests.support.intakes import drafted, row_of
from tests.support.world import World
from tracker import collections
from tracker.audit.models import ChangeLog
from tracker.kernel import records
from tracker.kernel.intake import Intake
from tracker.kernel.words import Words
from tracker.offices.models import Office

every_intake = pytest.mark.parametrize(
    "intake", collections.INTAKES, ids=lambda intake: intake.register.key
)


def plain(row: dict[str, object]) -> dict[str, object]:
    """A row whose labels can be compared."""
    return {key: v.zh if isinstance(v, Words) else v for key, v in row.items()}


def logged(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(ChangeLog)) or 0


def test_every_register_has_one_way_in():
    assert {i.register.key for i in collections.INTAKES} == {r.key for r in collections.REGISTERS}
    assert len(collections.INTAKES) == len(collections.REGISTERS)


@every_intake
def test_a_record_sent_back_as_it_is_stays_as_it_is(example: World, intake: Intake):
    scope = example.scope()
    with example.writing() as session:
        found = session.scalars(intake.existing(scope)).unique().all()
        assert found, "the example township has none"
        before = logged(session)
        for record in found:
            row = plain(row_of(intake, record))
            draft = drafted(intake, session, scope, record)
            assert intake.key(draft) == intake.key_of(record) is not None
            if intake.alike is not None and intake.alike_of is not None:
                assert intake.alike(draft) == intake.alike_of(record)
            written = intake.update(session, scope, record.id, draft, record.version, TODAY)
            assert written is record
            assert plain(row_of(intake, record)) == row
        assert logged(session) == before, "something was changed by it"


@every_intake
def test_records_are_told_apart_by_their_keys(example: World, intake: Intake):
    with example.reading() as session:
        found = session.scalars(intake.existing(example.scope())).unique().all()
        keys = [intake.key_of(record) for record in found]
    assert len(set(keys)) == len(keys)


@every_intake
def test_a_record_made_from_a_row_reads_the_same(example: World, intake: Intake):
    scope = example.scope()
    with example.writing() as session:
        for record in session.scalars(intake.existing(scope)).unique().all()[:40]:
            row, draft = plain(row_of(intake, record)), drafted(intake, session, scope, record)
            with session.begin_nested():
                # What is unique has to be free again.
                records.void(session, record, "另行登记")
                made = intake.create(session, scope.home_office_id, draft, TODAY)
                session.flush()
                session.expire(made)
                assert made.id != record.id
                assert made.version == 1, "a new record is written once"
                assert plain(row_of(intake, made)) == row
                assert intake.key_of(made) == intake.key(draft)


@every_intake
def test_only_the_writers_own_office_is_looked_through(
    example: World, county: Office, intake: Intake
):
    """A county reads its townships' records, and takes nothing in over them."""
    assert len(example.scope(county).office_ids) > 1
    with example.reading() as session:
        found = session.scalars(intake.existing(example.scope(county))).unique().all()
        own = session.scalars(intake.existing(example.scope())).unique().all()
        assert {record.office_id for record in own} == {example.office_id}
        assert {record.office_id for record in found} <= {county.id}


@every_intake
def test_all_that_a_form_asks_for_has_a_column(example: World, intake: Intake):
    """Otherwise an export could not be taken in by another office."""
    with example.reading() as session:
        form = intake.form(session, example.scope())
    filled = {intake.field_of(column) for column in intake.register.columns} | {""}
    asked = {n for n, f in form._fields.items() if f.flags.required and n not in intake.defaults}
    assert asked <= filled
