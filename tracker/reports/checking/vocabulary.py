"""The words by which a report speaks of each figure, from ``vocabulary.csv``.

Columns: ``key``, a figure's, or a kind of work's for all its figures; ``acts``, whether 次 counts
the times (y) or the things done, and ``no`` where reports hardly print the figure; ``units`` it is
printed in beside its own; ``cues``; ``against``, words near it that speak of another figure, with !
also when they stand in the clause before.
Which figures real reports print under one heading stands in ``kinds.csv``, a copy of what
``docs/figure_kinds.csv`` documents.

A cue is terms joined by + that must all be near the number, each one of several words parted by /.
A cue may end in =WEIGHT; else the longer its words, the more it says. A figure that is not in the
table (an office's own kind of work) is known by its label.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from tracker.kernel.units import Unit

from .expected import Expected

_FILE = Path(__file__).with_name("vocabulary.csv")
_KINDS = Path(__file__).with_name("kinds.csv")
_ACTS = ("次", "场次", "场", "期", "批次", "班次", "期次", "轮", "轮次", "遍", "回")
_PEOPLE = ("人次", "人", "名", "位")
#: Units that reports use for one another, each with its nearest ones.
_LIKE: dict[Unit, tuple[str, ...]] = {
    Unit.TIMES: _ACTS,
    Unit.SESSIONS: _ACTS,
    Unit.PERSON_TIMES: _PEOPLE,
    Unit.PERSONS: _PEOPLE,
    Unit.CASES: ("件", "起", "宗", "例", "项", "个", "份", "件次", "条", "案"),
    Unit.ITEMS: ("项", "个", "件", "条"),
    Unit.COPIES: ("份", "件", "个", "件次", "本", "册"),
    Unit.ENTRIES: ("条", "件", "项", "份", "个"),
    Unit.ESSAYS: ("篇", "份", "件", "个"),
    Unit.PIECES: ("个", "家", "所", "处", "村", "社区", "间", "座"),
    Unit.PLACES: ("处", "个", "座", "块", "面"),
    Unit.DEVICES: ("台", "个", "套", "部", "辆"),
    Unit.TEAMS: ("支", "个", "组", "队"),
    Unit.HOUSEHOLDS: ("户", "家"),
    Unit.FIRMS: ("家", "个", "户", "处", "家次", "次"),
    Unit.BOARDS: ("块", "个", "面"),
    Unit.HOURS: ("学时", "课时"),
    Unit.YUAN: ("元",),
    Unit.PERCENT: ("%",),
}
_TAILS = re.compile("(?:次数|场次|人次|人数|件数|份数|个数|数)$")
_MEASURES = frozenset(
    ("times", "people", "items", "due", "succeeded", "coverage_rate", "success_rate")
)


@dataclass(frozen=True)
class Cue:
    """Terms that must all be near, with what finding them is worth (None: by their length)."""

    terms: tuple[tuple[str, ...], ...]
    weight: float | None = None


@dataclass(frozen=True)
class Speech:
    """How a report speaks of one figure."""

    key: str
    #: The kinds of real reports that it is printed under.
    kinds: frozenset[str]
    #: Printed unit → how well it fits, 0 to 1.
    units: dict[str, float]
    #: Words for what is counted; shared by the figures of one kind of work.
    subject: tuple[Cue, ...]
    #: Words for this number of it alone: 合格率, 参训.
    own: tuple[Cue, ...] = ()
    #: How likely a report prints it at all.
    likely: float = 1.0
    #: Whether the own words have to be there.
    needs_own: bool = False
    topic: str = ""
    against: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Row:
    acts: str = ""
    units: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    against: tuple[str, ...] = ()


Vocabulary = Mapping[str, Speech]


def vocabulary_of(figures: Iterable[Expected]) -> Vocabulary:
    """How a report speaks of each of these figures, by key."""
    return _vocabulary(tuple((each.key, each.label.zh, each.unit) for each in figures))


@lru_cache(maxsize=8)
def _vocabulary(figures: tuple[tuple[str, str, Unit], ...]) -> Vocabulary:
    keys = {key for key, _, _ in figures}
    return MappingProxyType({key: _speech(key, label, unit, keys) for key, label, unit in figures})


def _speech(key: str, label: str, unit: Unit, keys: set[str]) -> Speech:
    rows = table()
    subject_key, _, measure = key.rpartition(".")
    if measure not in _MEASURES or not subject_key.startswith("worklog."):
        subject_key, measure = key, ""
    row, own = rows.get(subject_key), rows.get(key) if measure else None
    name = _TAILS.sub("", label.partition("：")[0]) or label
    if row is None:
        row = _Row(cues=(Cue(((name,),)),))
    has_items = f"{subject_key}.items" in keys
    units = _units(unit, row, measure, has_items=has_items)
    if own is not None:
        units.update({each: max(units.get(each, 0), 0.9) for each in own.units})
    likely = 0.8 if row.acts == "no" else 1.0
    if measure == "times" and has_items and row.acts != "y":
        likely = 0.6
    if measure in ("due", "succeeded"):
        likely = 0.85
    said = label.partition("：")[2]
    own_cues = own.cues if own is not None else ()
    if measure.endswith("_rate") and said:
        own_cues = (*own_cues, Cue(((said,),)), Cue(((said[-3:],),), 1.5))
    if measure in ("due", "succeeded") and said:
        bare = _TAILS.sub("", said)
        own_cues = (*own_cues, Cue(((bare,),)))
    return Speech(
        key=key,
        kinds=kinds().get(key, frozenset()),
        units=units,
        subject=row.cues,
        own=own_cues,
        likely=likely,
        needs_own=measure in ("due", "succeeded"),
        topic=subject_key,
        against=row.against,
    )


def _units(unit: Unit, row: _Row, measure: str, *, has_items: bool) -> dict[str, float]:
    """The units a figure may be printed in, with how well each fits."""
    own = unit.label.zh
    like = _LIKE.get(unit, (own,))
    units = {each: 0.9 if place < 3 else 0.8 for place, each in enumerate(like)}
    units[own] = 1.0
    main = measure in ("", "items") or (measure == "times" and (row.acts == "y" or not has_items))
    if main and not (measure == "items" and row.acts == "y" and has_items):
        units.update({each: max(units.get(each, 0), 0.85) for each in row.units})
    if measure == "items" and row.acts != "y" and unit is not Unit.YUAN:
        units.setdefault("次", 0.8)
    if measure == "" and row.units:
        units = {each: fit for each, fit in units.items() if each in row.units or fit == 1.0}
        units.update({each: max(units.get(each, 0), 0.9) for each in row.units})
    units[""] = 0.7
    return units


@cache
def table() -> dict[str, _Row]:
    """The rows of the table, by key."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = {row["key"]: row["cues"] for row in rows}
    found: dict[str, _Row] = {}
    for row in rows:
        cues = row["cues"]
        if cues.startswith("="):
            cues = texts[cues[1:]]
        found[row["key"]] = _Row(
            row["acts"],
            tuple(row["units"].split()),
            tuple(_cue(text) for text in cues.split()),
            tuple(row["against"].split()),
        )
    return found


@cache
def kinds() -> dict[str, frozenset[str]]:
    """Figure → the kinds of real reports that print it."""
    found: dict[str, set[str]] = {}
    with _KINDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["figure"], set()).add(row["kind"])
    return {key: frozenset(names) for key, names in found.items()}


def _cue(text: str) -> Cue:
    terms, _, weight = text.partition("=")
    return Cue(
        tuple(tuple(term.split("/")) for term in terms.split("+")),
        float(weight) if weight else None,
    )
