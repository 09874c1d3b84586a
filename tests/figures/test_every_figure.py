"""Every figure of the catalogue, whatever the office has recorded: its value is the sum of the
records it shows, every other record is left out for a stated reason, and the page, the JSON and
the command line say the same."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support import application, databases
from tests.support.page import Visitor
from tests.support.random_records import SOME_KINDS, all_ids, write_at_random
from tests.support.world import World
from tracker.accounts.terms import Role
from tracker.cli import main
from tracker.figures import catalogue, members, reading
from tracker.figures.drilling import DrillDown
from tracker.kernel import clock
from tracker.kernel.figure import AnyFigure, Basis, Figure, Ratio
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.outreach.models import OutreachEvent
from tracker.yearbook import json as as_json

YEAR = 2024
FULL = bool(os.environ.get("TRACKER_FULL"))
SHIPPED = catalogue.all_shipped()


# ------------------------------------------------------------------- what is stated of each


def test_no_two_figures_share_a_key() -> None:
    keys = [figure.key for figure in SHIPPED]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("figure", SHIPPED, ids=lambda figure: figure.key)
def test_a_figure_says_what_it_is_in_both_languages(figure: AnyFigure) -> None:
    assert re.fullmatch(r"[a-z]+(\.[a-z0-9_]+)+", figure.key)
    assert figure.definition.zh.endswith("。")
    assert figure.definition.en.endswith(".")
    for words in (figure.label, figure.group, figure.unit.label):
        assert words.zh
        assert words.en
        assert not re.search("[\u4e00-\u9fff]", words.en), words.en
    assert not re.search("[\u4e00-\u9fff]", figure.definition.en), figure.definition.en
    for reason in [*figure.source.left_out, *getattr(figure, "left_out", ())]:
        assert reason.reason.zh != members.OTHERWISE.zh


def test_figures_that_share_a_measure_share_its_question() -> None:
    """Figures of one measure are computed once, so they must ask the same."""
    period = Period.of_year(YEAR, application.TODAY)
    asked: dict[tuple[str, str], str] = {}
    for figure in reading.simple_figures(SHIPPED):
        said = f"{reading.counted(figure, period)} / {figure.weight} / {figure.count_basis}"
        key = (figure.source.key, figure.measure_key)
        assert asked.setdefault(key, said) == said, figure.key


# --------------------------------------------------------------------- on random years


def _checked(figure: AnyFigure) -> Figure:
    return members.plain_figure(figure)


def check_figures(
    session: Session, figures: list[AnyFigure], scope: Scope, period: Period
) -> dict[str, Any]:
    """Every figure agrees with its own records. Returns the readings."""
    parts = [p for f in figures if isinstance(f, Ratio) for p in (f.numerator, f.denominator)]
    found = reading.read(session, [*figures, *parts], scope, period)
    known: dict[str, Any] = {}
    for figure in [*figures, *parts]:
        said = found[figure.key]
        plain = _checked(figure)
        counted = members.members(session, plain, scope, period)
        omitted = members.left_out(session, plain, scope, period)
        _check_records(session, plain, scope, counted, omitted)
        if isinstance(figure, Ratio):
            _check_ratio(figure, found)
            top = {each.id for each in counted}
            bottom = {
                each.id for each in members.members(session, figure.denominator, scope, period)
            }
            assert top <= bottom, f"{figure.key}: counts records its denominator does not"
        else:
            total = sum(each.weight for each in counted)
            assert said.records == len(counted), figure.key
            if said.value is None:
                assert figure.count_basis is not None, figure.key
                assert not counted
                assert said.count_basis is not None
                assert said.count_basis["not_recorded"] > 0
            else:
                assert said.value == total, figure.key
            _check_basis(figure, said)
        shown = as_json.drill_down(DrillDown(said, [], plain, plain.unit, counted, omitted))
        assert shown["figure"]["value"] == as_json.number(said.value)
        assert len(shown["records"]) == len(counted)
        known[figure.key] = said
    return known


def _check_records(
    session: Session, figure: Figure, scope: Scope, counted: Any, omitted: Any
) -> None:
    """Each record of the source stands in one of the two lists, once, with a stated reason."""
    ids = [each.id for each in counted] + [each.id for each in omitted]
    assert len(ids) == len(set(ids)), f"{figure.key}: a record stands twice"
    model = figure.source.model
    if figure.source.part is None:
        everything = all_ids(session, model, scope.office_ids)
    else:
        everything = set(
            session.scalars(
                select(model.id).where(
                    model.office_id.in_(scope.office_ids), figure.source.part == figure.part
                )
            ).all()
        )
    assert set(ids) == everything, f"{figure.key}: records are neither counted nor left out"
    unexplained = [each.title for each in omitted if each.reason == members.OTHERWISE]
    assert not unexplained, f"{figure.key}: left out without a stated reason: {unexplained}"
    for each in [*counted, *omitted]:
        assert each.number
        assert each.title
        assert each.url.startswith("/")


def _check_ratio(figure: Ratio, found: Any) -> None:
    value = found[figure.key].value
    below = found[figure.denominator.key].value
    above = found[figure.numerator.key].value
    if not below:
        assert value is None, figure.key
    else:
        assert 0 <= value <= 1, figure.key
        assert abs(Decimal(above) / Decimal(below) - value) <= Decimal("0.00005")


def _check_basis(figure: Figure, said: Any) -> None:
    if figure.count_basis is None:
        assert said.count_basis is None
        return
    heads = sum(said.count_basis[basis] for basis in ("signed_in", "counted", "estimated"))
    assert heads == (said.value or 0), figure.key


def _touched(figures: list[AnyFigure]) -> list[AnyFigure]:
    """All figures but most of the many kinds of work that nothing was recorded for."""
    kept = [f for f in figures if f.source.part is None]
    parted = [f for f in figures if f.source.part is not None]
    return kept + (parted if FULL else [f for f in parted if _is_random_kind(f)])


def _is_random_kind(figure: AnyFigure) -> bool:
    return _checked(figure).part in SOME_KINDS


# Shrinking such an office takes longer than reading the failure.
@settings(max_examples=300 if FULL else 15, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(chance=st.randoms(use_true_random=False), tries=st.integers(0, 120))
def test_any_year_of_any_office_adds_up(
    session: Session, world: World, chance: Random, tries: int
) -> None:
    savepoint = session.begin_nested()
    try:
        write_at_random(session, world.office_id, chance, tries)
        session.expire_all()
        scope, today = world.scope(), clock.today()
        figures = _touched(catalogue.figures_for(session, scope, YEAR))
        now = check_figures(session, figures, scope, Period.of_year(YEAR, today))
        before = check_figures(session, figures, scope, Period.of_year(YEAR - 1, today))
        check_figures(session, figures, scope, Period.of_year(YEAR + 1, today))
        for key, said in now.items():
            assert said.previous == before[key].value, (
                f"{key}: last year's value is not last year's"
            )
    finally:
        savepoint.rollback()
        session.expire_all()


# ------------------------------------------------- one full office: page, JSON, command line


@pytest.fixture(scope="module")
def full_office(
    template_folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """An office with some two hundred random records, the same at each run."""
    folder = tmp_path_factory.mktemp("full") / "instance"
    databases.copy(template_folders[1], folder)
    app = application.make_app(folder)
    world = World(app)
    chance = Random(20240627)  # not for secrets
    with world.writing() as session:
        assert write_at_random(session, world.office_id, chance, 1500) > 400
    yield app
    application.discard(app)


@pytest.fixture
def full(full_office: Flask) -> World:
    return World(full_office)


@pytest.fixture
def full_page(full: World) -> Visitor:
    person = Visitor(full.app)
    person.sign_in(application.PEOPLE[Role.CLERK])
    return person


def test_the_full_office_is_worth_testing(full: World) -> None:
    said = full.readings(YEAR)
    told = [key for key, each in said.items() if each.value]
    standing = [figure.key for figure in catalogue.STANDING]
    silent = [key for key in standing if not said[key].value]
    assert len(told) > 40
    assert len(silent) < len(standing) / 3, f"nothing is recorded for {silent}"


def test_the_json_of_a_figure_is_its_reading(full: World, full_page: Visitor) -> None:
    year = full_page.get(f"/api/figures/{YEAR}").json
    assert year["office"] == {"code": application.OFFICE_CODE, "name": application.OFFICE_NAME}
    said = full.readings(YEAR)
    assert [figure["key"] for figure in year["figures"]] == list(said)
    for figure in year["figures"]:
        value = said[figure["key"]].value
        assert figure["value"] == (None if value is None else pytest.approx(float(value)))
        one = full_page.get(f"/api/figures/{YEAR}/{figure['key']}").json
        assert one["figure"] == figure
        assert len(one["records"]) == figure["records"]
        if figure["unit"] != "%" and figure["value"] is not None:
            total = sum(record["weight"] for record in one["records"])
            assert total == pytest.approx(figure["value"]), figure["key"]


def test_the_parts_of_a_breakdown_add_up_unless_they_overlap(
    full: World, full_page: Visitor
) -> None:
    for figure in full.figures(YEAR):
        if isinstance(figure, Ratio):
            continue
        shown = full_page.get(f"/api/figures/{YEAR}/{figure.key}").json
        for key, by in shown["by"].items():
            total = sum(part["value"] or 0 for part in by["parts"])
            if by["overlapping"]:
                assert total >= (shown["figure"]["value"] or 0), (figure.key, key)
            else:
                assert total == pytest.approx(shown["figure"]["value"] or 0), (figure.key, key)
                assert sum(part["records"] for part in by["parts"]) == shown["figure"]["records"]


def test_the_page_of_a_figure_shows_its_records(full: World, full_page: Visitor) -> None:
    for figure in full.figures(YEAR):
        shown = full_page.get(f"/yearbook/{YEAR}/{figure.key}")
        found = full.members_of(figure.key, YEAR)
        assert f"计入的记录（{len(found)} 条）" in shown.text
        for member in found:
            assert member.number in shown.text
        for record in full.left_out_of(figure.key, YEAR):
            assert record.reason.zh in shown.text
            assert record.number in shown.text


def test_the_year_page_shows_every_figure(full: World, full_page: Visitor) -> None:
    shown = full_page.get(f"/yearbook/{YEAR}")
    addresses = set(shown.links.values())
    for figure in full.figures(YEAR):
        assert f"/yearbook/{YEAR}/{figure.key}" in addresses, figure.key


def test_the_command_line_says_the_same(full: World, full_page: Visitor) -> None:
    runner = CliRunner()

    def run(*arguments: str) -> Any:
        info = ScriptInfo(create_app=lambda: full.app)
        result = runner.invoke(main, ["figures", str(YEAR), "--json", *arguments], obj=info)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    by_page = full_page.get(f"/api/figures/{YEAR}").json
    assert run() == by_page
    keys = [figure["key"] for figure in by_page["figures"] if figure["records"]]
    for key in keys if FULL else keys[::4]:
        one = full_page.get(f"/api/figures/{YEAR}/{key}").json
        said = run("--records", key)
        assert said["figure"] == one["figure"]
        assert said["records"] == one["records"]
        assert said["left_out"] == one["left_out"]


def test_a_value_last_year_is_that_years_own(full: World) -> None:
    before = full.readings(YEAR - 1)
    for key, said in full.readings(YEAR).items():
        assert said.previous == before[key].value, key
        if said.figure.basis is Basis.AS_AT:
            assert said.period.previous.as_at.month == 12


def test_every_record_leads_to_a_page(full: World, full_page: Visitor) -> None:
    seen: set[str] = set()
    for figure in full.figures(YEAR):
        urls = [record.url for record in full.members_of(figure.key)[:2]]
        urls += [record.url for record in full.left_out_of(figure.key)[:2]]
        for url in urls:
            if url not in seen:
                seen.add(url)
                full_page.get(url)
    assert len(seen) > 10


def test_reading_the_whole_office_takes_no_record_twice(full: World) -> None:
    """The number of events is the number of rows, whatever is joined to them."""
    with full.reading() as session:
        held = session.scalar(
            select(func.count()).where(
                OutreachEvent.state == "held",
                OutreachEvent.voided_at.is_(None),
                OutreachEvent.starts_on.between("2024-01-01", "2024-12-31"),
            )
        )
    assert full.value("outreach.events") == held
