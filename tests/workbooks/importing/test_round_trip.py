"""What was exported comes back as it was; what was edited in it comes back as the edit alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tests.support import application, databases
from tests.support.application import TODAY
from tests.support.world import World
from tracker.audit.models import ChangeLog
from tracker.collections import INTAKES
from tracker.kernel.errors import TrackerError
from tracker.kernel.intake import Intake
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.offices.models import Office
from tracker.onboarding import demo
from tracker.workbooks.export import write_records
from tracker.workbooks.importing import batches
from tracker.workbooks.importing.comparing import as_sent
from tracker.workbooks.importing.importer import Import, Options
from tracker.workbooks.importing.outcome import Fate, Outcome
from tracker.workbooks.importing.reading import read_grid
from tracker.workbooks.importing.sheets import Found, find_tables, guess_register
from tracker.workbooks.sheets import FIRST_ROW

every_intake = pytest.mark.parametrize("intake", INTAKES, ids=lambda intake: intake.register.key)

#: Three cells to edit, by column, with what they then say; by register.
EDITS: dict[str, list[tuple[str, Any]]] = {
    "events": [("consultations", 333), ("villages", ""), ("title", "改了名的活动")],
    "campaigns": [("note", "改了"), ("basis_document", "新文件"), ("name", "改名专项")],
    "plan_items": [("note", "改了"), ("target_events", 7), ("content", "改了名的事项")],
    "attendance": [("phone", "13612345678"), ("phone", "13612345679"), ("phone", "13612345670")],
    "advisers": [("phone", "0736-1234567"), ("note", "改了"),
                 ("licence_number", "14307000000000001")],
    "adviser_assignments": [("fee", 4321), ("note", "改了"),
                            ("contract_signed_on", "2024年1月2日")],
    "adviser_assessments": [("village_view", "改了"), ("note", "改了"), ("assessor", "考核组")],
    "adviser_subsidies": [("note", "改了"), ("reason", "改了"), ("paid_on", "2025年1月12日")],
    "adviser_visits": [("hours", 2.5), ("result", "改了"), ("matter", "改了的事项")],
    "legal_literate_persons": [("phone", "13612345678"), ("note", "改了"), ("star_level", 4)],
    "legal_literate_trainings": [("note", "改了"), ("hours", 3.5), ("organiser", "改了")],
    "literate_services": [("people", 333), ("note", "改了"), ("matter", "改了的事项")],
    "literate_reviews": [("star", 2), ("note", "改了"), ("note", "又改了")],
    "counsel_opinions": [("summary", "改了"), ("decision_reference", "改了"),
                         ("matter", "改了的事项")],
    "law_firms": [("phone", "0736-1234567"), ("address", "改了"), ("note", "改了")],
    "officers": [("phone", "0736-1234567"), ("post", "改了"), ("note", "改了")],
    "exam_sittings": [("organiser", "改了"), ("note", "改了"), ("title", "改名的考试")],
    "exam_results": [("eligibility_note", "改了"), ("registered_on", "2023.4.15"),
                     ("eligibility_note", "又改了")],
    "certificates": [("employer", "改了"), ("yearly_check", "2024"), ("note", "改了")],
    "officer_trainings": [("organiser", "改了"), ("hours", 7.5), ("note", "改了")],
    "worklog": [("venue", "改了"), ("note", "改了"), ("title", "改了名的事")],
    "villages": [("population", 1234), ("households", 321), ("note", "改了")],
}  # fmt: skip


@pytest.fixture(scope="module")
def example(
    template_folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The example township; no test leaves anything in it."""
    folder = tmp_path_factory.mktemp("round_trip") / "instance"
    databases.copy(template_folders[0], folder)
    app = application.make_app(folder)
    with app.app_context():
        demo.load()
    world = World(app)
    with world.reading() as session:
        world.office_id = session.scalars(select(Office.id).where(Office.code == demo.CODE)).one()
    yield world
    application.discard(app)


def exported(
    session: Session, scope: Scope, intake: Intake, statement: Select[Any], language: str = "zh"
) -> bytes:
    """The ledger of some records."""
    target = io.BytesIO()
    write_records(
        session,
        scope,
        session.get_one(Office, scope.home_office_id),
        intake.register,
        statement,
        target,
        title=f"架桥镇2024年{intake.register.title.say(language)}",
        prepared_by="经办小李",
        today=TODAY,
        language=language,
    )
    return target.getvalue()


def tables_of(data: bytes, intake: Intake) -> Found:
    grid = read_grid(data, "台账.xlsx")
    assert guess_register(grid, INTAKES) is intake
    found = find_tables(grid, intake, others=INTAKES)
    assert not any(table.unknown for table in found.tables), "every column is known again"
    return found


def imported(session: Session, scope: Scope, found: Found) -> Outcome:
    outcome = Import(session, scope, found, Options(), TODAY).run()
    assert outcome.rows_read == outcome.count(*Fate) + len(outcome.not_data)
    return outcome


def tried(session: Session, scope: Scope, found: Found) -> Outcome:
    """What an import would come to."""
    with session.begin_nested() as trial:
        outcome = imported(session, scope, found)
        trial.rollback()
    session.expire_all()
    return outcome


def told(outcome: Outcome) -> list[Any]:
    """What is to be said of rows that are not as they were."""
    return [
        (row.row + 1, row.fate.label.zh, [c.zh for c in row.changed],
         [fault.message.zh for fault in row.faults])
        for row in outcome.rows
        if row.fate is not Fate.UNCHANGED
    ]  # fmt: skip


def everything(session: Session, scope: Scope, intake: Intake) -> dict[int, dict[str, list[str]]]:
    """All that the form says of every record, its version apart."""
    session.expire_all()
    found = session.scalars(intake.existing(scope)).unique().all()
    return {
        record.id: {
            name: as_sent(value)
            for name, value in intake.values_of(record).items()
            if name != "version"
        }
        for record in found
    }


def logged(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(ChangeLog)) or 0


@every_intake
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_export_that_comes_back_changes_nothing(example: World, intake: Intake, language: str):
    scope = example.scope()
    with example.trying() as session:
        records = len(session.scalars(intake.existing(scope)).unique().all())
        data = exported(session, scope, intake, intake.existing(scope), language)
        before = logged(session)
        outcome = imported(session, scope, tables_of(data, intake))
        assert told(outcome) == []
        assert outcome.count(Fate.UNCHANGED) == records > 0
        assert not any(row.notes for row in outcome.rows)
        assert logged(session) == before


@every_intake
def test_the_ledger_of_a_year_comes_back_as_it_was(example: World, intake: Intake):
    scope = example.scope()
    period = Period.of_year(2024, TODAY)
    with example.trying() as session:
        data = exported(session, scope, intake, intake.register.of_period(scope, period))
        outcome = imported(session, scope, tables_of(data, intake))
        assert told(outcome) == []
        assert outcome.rows


def edited(data: bytes, intake: Intake) -> tuple[bytes, list[tuple[int, str]]]:
    """The ledger with three cells edited in three rows, if it has as many; which those are."""
    book = load_workbook(io.BytesIO(data))
    sheet: Any = book.worksheets[0]
    labels = {column.key: column.label.zh for column in intake.register.columns}
    heads = {cell.value: cell.column for cell in sheet[FIRST_ROW - 1]}
    places = []
    for row, (key, value) in enumerate(EDITS[intake.register.key], FIRST_ROW):
        if not isinstance(sheet.cell(row, 1).value, int):
            break  # below the last record
        cell = sheet.cell(row, heads[labels[key]])
        assert cell.value != value
        cell.value = value or None
        places.append((row - 1, labels[key]))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue(), places


@every_intake
def test_three_edits_are_three_updates_and_can_be_taken_back(example: World, intake: Intake):
    scope = example.scope()
    with example.trying() as session:
        before = everything(session, scope, intake)
        data, places = edited(exported(session, scope, intake, intake.existing(scope)), intake)
        assert len(places) == min(3, len(before))
        found = tables_of(data, intake)
        assert not [each for each in told(tried(session, scope, found)) if each[3]]
        batch, outcome = batches.take_in(
            session, scope, found, Options(), TODAY, name="改过的台账.xlsx"
        )
        updates = [row for row in outcome.rows if row.fate is Fate.UPDATED]
        assert [(row.row, row.changed[0].zh) for row in updates] == places, told(outcome)
        assert outcome.count(Fate.UNCHANGED) == len(before) - len(places)
        after = everything(session, scope, intake)
        written = {row.written.record_id for row in updates if row.written is not None}
        assert {key for key in before if after[key] != before[key]} == written
        again = imported(session, scope, tables_of(data, intake))
        assert told(again) == [], "the edits are there by now"
        if intake.names_people:  # what stood there before is not kept, see decision 0018
            with pytest.raises(TrackerError):
                batches.undo(session, scope, intake, batch.id, TODAY)
            return
        batches.undo(session, scope, intake, batch.id, TODAY)
        assert everything(session, scope, intake) == before
