"""How well the checker reads sentences made from the figures of real reports.

    python tests/benchmarks/check_reports.py [report_figures.jsonl]

Each label, value, unit and qualifier of the file is put into every shape of
``tests/reports/sentences_of_labels.py``, once in Arabic and once in Chinese numerals. Prints how
many numbers were found; how many of those whose kind has a figure were bound to the right one; how
many were flagged when one number was made wrong; and how many were flagged though nothing was
wrong. The file may also be named by ``TRACKER_REPORT_FIGURES``.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import TextIO

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.reports.sentences_of_labels import (
    HELD_OUT,
    LEARNED,
    Case,
    Shape,
    printed,
    true_value,
)
from tracker.figures.catalogue import all_shipped
from tracker.kernel.units import Unit
from tracker.reports.checking.expected import Expected
from tracker.reports.checking.findings import Finding, Verdict
from tracker.reports.checking.printed import KIND_OF_UNIT, UnitKind
from tracker.reports.checking.verdicts import check_text

ROOT = Path(__file__).resolve().parents[2]
YEAR = 2024
DEFAULT = ROOT.parent / "shared" / "data" / "report_figures.jsonl"
KINDS = ROOT / "docs" / "figure_kinds.csv"


def cases(path: Path) -> list[Case]:
    """The figures of the file, without those printed per month or quarter."""
    found = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            for figure in json.loads(line)["figures"]:
                unit = figure["unit"]
                if "/" in unit:
                    continue
                found.append(
                    Case(
                        figure["kind"],
                        figure["label"],
                        Decimal(str(figure["value"])),
                        unit,
                        figure.get("qualifier") or "",
                    )
                )
    return found


def figures_of_kinds() -> dict[str, list[str]]:
    """Report kind → the keys that say it, as documented."""
    found: dict[str, list[str]] = defaultdict(list)
    with KINDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["kind"]].append(row["figure"])
    return found


_LIKE = {
    UnitKind.ACTS: {Unit.TIMES, Unit.SESSIONS, Unit.CASES, Unit.COPIES, Unit.ITEMS},
    UnitKind.PEOPLE: {Unit.PERSON_TIMES, Unit.PERSONS},
    UnitKind.SHARE: {Unit.PERCENT},
    UnitKind.MONEY: {Unit.YUAN},
    UnitKind.HOURS: {Unit.HOURS},
}
_COUNTABLE = set(Unit) - {
    Unit.PERCENT, Unit.YUAN, Unit.HOURS, Unit.SQUARE_METRES, Unit.POINTS,
}  # fmt: skip


def right_ones(case: Case, kinds: dict[str, list[str]], units: dict[str, Unit]) -> list[str]:
    """The figures of the case's kind whose unit the number may have."""
    unit = "元" if case.unit.endswith("元") else case.unit
    kind = KIND_OF_UNIT.get(unit, UnitKind.OTHER)
    if kind is UnitKind.OTHER:
        return []
    like = _LIKE.get(kind, _COUNTABLE - {Unit.PERSON_TIMES})
    if case.unit in ("名", "人", "件次", "个", "件", "次", "条"):
        like = like | {Unit.PERSON_TIMES, Unit.PERSONS, Unit.CASES}
    return [key for key in kinds.get(case.kind, []) if units[key] in like]


def expected(truth: dict[str, Decimal], *, others: bool) -> dict[str, Expected]:
    """All shipped figures; those not asked about hold some other number, or have no record."""
    random = Random(len(truth))
    found = {}
    for figure in all_shipped():
        value: Decimal | int | None
        if figure.key in truth:
            value = truth[figure.key]
            if figure.unit is Unit.PERCENT:
                value /= 100
            elif value == value.to_integral_value():
                value = int(value)
        elif not others:
            value = None if figure.unit is Unit.PERCENT else 0
        elif figure.unit is Unit.PERCENT:
            value = Decimal(random.randint(300, 950)) / 1000
        else:
            value = random.randint(3, 400)
        found[figure.key] = Expected(
            figure.key, figure.label, figure.unit, figure.wording, value, None,
            5 if value else 0,
        )  # fmt: skip
    return found


def falsified(case: Case, random: Random) -> Iterator[Case]:
    """The case with its number made wrong, one way at a time."""
    value = case.value
    digits = str(int(value))
    yield replace(case, value=value + 1)
    if value > 1:
        yield replace(case, value=value - 1)
    yield replace(case, value=value * 10)
    if len(digits) > 1:
        yield replace(case, value=Decimal(digits[:-1]))
        swapped = digits[1] + digits[0] + digits[2:]
        if swapped != digits and swapped[0] != "0":
            yield replace(case, value=Decimal(swapped))
    if case.unit != "%":
        if case.qualifier in {"余", "多", "超", "突破"}:
            yield replace(case, qualifier="近")
            yield replace(case, qualifier="")
        elif case.qualifier == "":
            yield replace(case, qualifier="余")


def the_number(findings: Iterable[Finding], text: str, number: str) -> Finding | None:
    """The finding of the number that was put in, found whole."""
    start = text.index(number)
    end = start + len(number)
    for each in findings:
        printed = each.number
        if printed.start < end and start < printed.end:
            digits = re.sub("[^0-9.零一二两三四五六七八九十百千万亿]", "", number)
            seen = re.sub("[^0-9.零一二两三四五六七八九十百千万亿]", "", printed.text)
            return each if digits == seen else None
    return None


def measure(
    found: list[Case],
    shapes: dict[str, Shape],
    *,
    others: bool,
    in_han: bool,
    falsify: bool,
    misses: Counter[str] | None = None,
) -> Counter[str]:
    """Counts over every case in every shape."""
    random = Random(7)
    kinds = figures_of_kinds()
    units = {figure.key: figure.unit for figure in all_shipped()}
    counts: Counter[str] = Counter()
    for case in found:
        right = right_ones(case, kinds, units)
        if in_han and case.value != case.value.to_integral_value():
            continue
        true = true_value(case, random)
        holder = case_holder(case, right)
        truth = {holder: true} if holder else {}
        for name, shape in shapes.items():
            figures = expected(truth, others=others)
            number = printed(case, in_han=in_han)
            report = check_text(shape(case, number), figures, YEAR)
            finding = the_number(report.findings, report.text, number)
            counts["numbers"] += 1
            if finding is None:
                if misses is not None:
                    misses[f"not found: {shape(case, number)}"] += 1
                continue
            counts["found"] += 1
            if not right:
                if finding.verdict is Verdict.DISAGREES:
                    counts["no figure, flagged"] += 1
                continue
            counts["have a figure"] += 1
            key = finding.figure.key if finding.figure else None
            if key in right or key == holder:
                counts["bound right"] += 1
            elif misses is not None:
                misses[
                    f"{case.kind} | {case.label} {number} [{name}] → {key} not {sorted(right)}"
                ] += 1
            if key == holder:
                counts["bound to the one"] += 1
            unprintable = case.qualifier and true == case.value and case.qualifier in "余多超突破"
            if finding.verdict is Verdict.DISAGREES and not unprintable:
                counts["false alarms"] += 1
                if misses is not None and key in right:
                    misses[f"false alarm: {shape(case, number)} → {key} {finding.expected}"] += 1
            if key is None or not falsify or unprintable:
                continue
            for wrong in falsified(case, random):
                text = printed(wrong, in_han=in_han)
                changed = check_text(shape(wrong, text), figures, YEAR)
                again = the_number(changed.findings, changed.text, text)
                counts["falsified"] += 1
                if again is not None and again.verdict is Verdict.DISAGREES:
                    counts["flagged"] += 1
                elif misses is not None:
                    misses[f"not flagged: {shape(wrong, text)} true {true}"] += 1
    return counts


def case_holder(case: Case, right: list[str]) -> str | None:
    """The figure that holds the case's value, as a person reads its label.

    What ``right_figures.csv`` says; else, of the kinds of work, the one whose documented examples
    name the label.
    """
    if not right:
        return None
    for row in hand_made():
        if (
            row["kind"] == case.kind
            and re.search(row["label"], case.label)
            and (not row["units"] or case.unit in row["units"].split())
        ):
            return row["figure"]
    topic = labels_of_kinds().get(case.label)
    units = {figure.key: figure.unit.label.zh for figure in all_shipped()}
    return min(
        right,
        key=lambda key: (
            not (topic and key.startswith(f"worklog.{topic}.")),
            units[key] != case.unit,
            units[key] in ("次", "场次", "人次"),
        ),
    )


@cache
def hand_made() -> list[dict[str, str]]:
    """Kind, label and unit → the figure a person reads out of them."""
    with (Path(__file__).with_name("right_figures.csv")).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def labels_of_kinds() -> dict[str, str]:
    """Label → kind of work, from the examples that the kinds are documented with."""
    from tracker.worklog.kinds import shipped_kinds

    return {
        label: kind.key for kind in shipped_kinds().values() for label in kind.examples.split("、")
    }


def said(counts: Counter[str], title: str) -> str:
    """The counts as lines of percentages."""

    def share(part: str, whole: str) -> str:
        below = counts[whole]
        return f"{100 * counts[part] / below:6.2f}% ({counts[part]}/{below})" if below else "-"

    return "\n".join(
        (
            title,
            f"  numbers found                       {share('found', 'numbers')}",
            f"  bound to a figure of its kind       {share('bound right', 'have a figure')}",
            f"  bound to the very figure            {share('bound to the one', 'have a figure')}",
            f"  flagged when made wrong             {share('flagged', 'falsified')}",
            f"  false alarms on unchanged text      {share('false alarms', 'have a figure')}",
            f"  flagged though no figure says it    {share('no figure, flagged', 'numbers')}",
        )
    )


def say(text: str, file: TextIO = sys.stdout) -> None:
    """One line."""
    file.write(text + "\n")


def main(arguments: list[str]) -> int:
    path = Path(arguments[0] if arguments else os.environ.get("TRACKER_REPORT_FIGURES", DEFAULT))
    if not path.is_file():
        say(f"The figures of real reports are not here: {path}", file=sys.stderr)
        return 2
    found = cases(path)
    say(f"{len(found)} figures of real reports")
    verbose = "-v" in arguments
    for title, shapes in (("shapes looked at", LEARNED), ("shapes held out", HELD_OUT)):
        for others in (False, True):
            for in_han in (False, True):
                misses: Counter[str] = Counter()
                counts = measure(
                    found, shapes, others=others, in_han=in_han, falsify=not in_han, misses=misses
                )
                named = "every figure has records" if others else "one figure has records"
                say(said(counts, f"{title}, {'Chinese' if in_han else 'Arabic'} numerals, {named}"))
                if verbose:
                    for miss, times in misses.most_common(400):
                        say(f"    {times} {miss}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
