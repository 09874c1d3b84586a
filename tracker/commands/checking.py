"""Reading a finished report back: check."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.kernel.errors import TrackerError
from tracker.kernel.period import FIRST_YEAR
from tracker.kernel.words import Words
from tracker.reports.checking import documents, json, queries
from tracker.reports.checking.figures import expected_figures
from tracker.reports.checking.findings import CheckedReport, Finding, Verdict
from tracker.reports.checking.verdicts import check_text

from . import base

_DISAGREES = Words(
    "共 {all} 个数：一致 {agrees}，不一致 {disagrees}，未核对 {unknown}。请改正不一致的数。",
    "{all} numbers: {agrees} agree, {disagrees} disagree, {unknown} were not checked.",
)
_FINE = Words(
    "共 {all} 个数：一致 {agrees}，未核对 {unknown}，没有不一致。",
    "{all} numbers: {agrees} agree, {unknown} were not checked, none disagrees.",
)


@click.command()
@click.argument("report", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("year", type=click.IntRange(FIRST_YEAR + 1, 2099))
@base.office_option
@base.json_option
@base.with_database
def check(report: Path, year: int, office_code: str | None, as_json: bool) -> None:
    """把写好的报告 REPORT（.docx 或 .txt）里的每个数和台账核对；有不一致的，退出码为 1。"""
    session = base.session()
    office = base.chosen_office(session, office_code)
    scope = base.scope_of(session, office)
    with report.open("rb") as file:
        text = documents.text_of(file.read(documents.MOST_BYTES + 1))
    figures = expected_figures(session, scope, year)
    checked = check_text(text, figures, year, queries.bindings_of(session, office.id))
    if as_json:
        base.print_json(json.report(checked))
    else:
        _show(checked)
    said = _summary(checked)
    if checked.disagrees:
        raise TrackerError(said)
    click.echo(said.zh, err=True)


def _show(checked: CheckedReport) -> None:
    """A line for each number, and under it what is wrong."""
    for finding in checked.findings:
        named = finding.figure.label.zh if finding.figure is not None else "—"
        click.echo(f"{finding.verdict.label.zh}  {finding.number.text}  {named}")
        for said in _notes(finding):
            click.echo(f"        {said}")


def _notes(finding: Finding) -> list[str]:
    notes = [each.zh for each in (finding.message, finding.remark) if each is not None]
    if finding.verdict is not Verdict.AGREES:
        notes.append(finding.sentence.strip())
    return notes


def _summary(checked: CheckedReport) -> Words:
    words = _DISAGREES if checked.disagrees else _FINE
    counts = {str(verdict.value): count for verdict, count in checked.counts.items()}
    return words.fill(all=len(checked.findings), **counts)


ALL = (check,)
