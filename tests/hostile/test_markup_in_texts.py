"""Markup typed into any text is text on every page: the pages have the same elements as with
harmless words of the same length, on lists, records, forms, refusals, conflicts and change logs."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.hostile.conftest import Target
from tests.hostile.mistreated import TAKEN, Bench, Case
from tests.support import nasty
from tests.support.crawl import crawl
from tests.support.dom import Node, parse

pytestmark = pytest.mark.sqlite("its file is put back after each blow")

#: In the short run each field has one of the payloads, and all fields together have them all.
ROUNDS = range(len(nasty.MARKUP) if os.environ.get("TRACKER_FULL") else 1)

#: Attributes that say what an element does rather than what it shows.
_DOING = ("href", "src", "action", "formaction", "type", "name", "id", "class", "method", "for")

#: The code of a sign-in is drawn anew each time.
_DRAWN = re.compile(r"(?<=^/s/)[A-Z0-9]{16}$")

LISTS = (
    "/outreach/events/",
    "/villages/",
    "/advisers/",
    "/certification/officers/",
    "/worklog/",
    "/changes/",
)

Skeleton = list[tuple[str, tuple[tuple[str, str], ...]]]
Seen = dict[str, tuple[int, Skeleton]]


def _skeleton(tree: Node) -> Skeleton:
    """The elements of a page in their order, with what they do (searches apart)."""
    return [
        (
            node.tag,
            tuple(
                sorted(
                    (name, _DRAWN.sub("", value.partition("?")[0]) if name in _DOING else "")
                    for name, value in node.attrs.items()
                )
            ),
        )
        for node in tree.walk()
    ]


class Office:
    """An office whose every text is filled with payloads, or with harmless words."""

    def __init__(self, bench: Bench, cases: list[Case], turn: int) -> None:
        self.bench = bench
        # What takes records away comes last, so that the others have something to change.
        self.cases = sorted(cases, key=lambda case: ".void_" in case.endpoint)
        self.turn = turn
        #: Fields that take no such text, such as the name one signs in with.
        self.closed: set[tuple[str, str]] = set()

    def texts(self, case: Case, number: int, *, harmless: bool) -> dict[str, list[str]]:
        """A text for each open field: its number, and a payload or as many letters."""
        found = {}
        for place, name in enumerate(case.text_fields):
            if (case.endpoint, name) in self.closed:
                continue
            payload = nasty.MARKUP[(number + place + self.turn) % len(nasty.MARKUP)]
            most = int(case.form.control(name).get("data-longest") or 60)
            text = "x" * len(payload) if harmless else payload
            found[name] = [f"{number:03d}{text}"[:most]]
        return found

    def entry(self, case: Case, number: int, *, harmless: bool) -> dict[str, Any]:
        """The entry with those texts, for the form as it is now."""
        shown = self.bench.page(self.bench.client.get(case.address))
        now = shown.form().values() if shown.status == 200 else {}
        fresh: dict[str, Any] = {name: now[name] for name in ("version", "once") if name in now}
        return {**case.entry, **fresh, **self.texts(case, number, harmless=harmless)}

    def fill(self, *, harmless: bool) -> Seen:
        """Post every form; returns the elements of the pages that say it was saved."""
        seen: Seen = {}
        for number, case in enumerate(self.cases):
            for _ in range(3):
                entry = self.entry(case, number, harmless=harmless)
                answer = self.bench.client.post(case.form.action, data=entry)
                if answer.status_code != 422 or harmless:
                    break
                shown = self.bench.page(answer)
                self.closed |= {
                    (case.endpoint, name)
                    for name in case.text_fields
                    if shown.tree.first(id=f"{name}-error")
                }
            if answer.status_code in TAKEN:
                told = self.bench.client.get(answer.location)
                seen[f"after {case.endpoint}"] = told.status_code, _skeleton(parse(told.text)[0])
        return seen

    def look(self, addresses: list[str], searching: str) -> tuple[Seen, str]:
        """The elements of these pages, and all they say; lists are searched in vain too."""
        seen: Seen = {}
        said = []
        asked = [(address, "") for address in addresses]
        asked += [(address, f"?q={quote('§' + searching)}") for address in LISTS]
        for address, query in asked:
            answer = self.bench.client.get(address + query)
            if answer.mimetype == "text/html":
                seen[f"{address} {'searched' if query else ''}"] = (
                    answer.status_code,
                    _skeleton(parse(answer.text)[0]),
                )
                said.append(answer.text)
            answer.close()
        return seen, "".join(said)

    def look_at_refusals(self, *, harmless: bool) -> Seen:
        """Every form against a newer version, and every form with something left out."""
        seen: Seen = {}
        for number, case in enumerate(self.cases):
            entry = self.entry(case, number, harmless=harmless)
            spoilt = {"stale": entry | {"version": ["987654"]}}
            closed = [name for name in case.form.visible_names if name not in case.text_fields]
            days = [n for n in closed if "data-date" in case.form.control(n).attrs]
            if days:
                spoilt["wrong"] = entry | {days[0]: ["<nasty>" if not harmless else "x" * 7]}
            for how, data in spoilt.items():
                if how == "stale" and not case.form.values().get("version", [""])[0]:
                    continue  # the form of a new record, or of one without versions
                answer = self.bench.client.post(case.form.action, data=data)
                seen[f"{how} {case.endpoint}"] = (
                    answer.status_code,
                    _skeleton(parse(answer.text)[0]),
                )
        return seen


def _differing(harmless: Seen, hostile: Seen) -> list[str]:
    faults = []
    for address, (status, skeleton) in harmless.items():
        now, elements = hostile.get(address, (0, []))
        if now != status:
            faults.append(f"{address}: {now} instead of {status}")
        elif elements != skeleton:
            pairs = zip(skeleton, elements, strict=False)
            first = next((pair for pair in pairs if pair[0] != pair[1]), "one is longer")
            faults.append(f"{address}: {first}")
    return faults


def _logs(bench: Bench) -> set[str]:
    """The change log of one record of each kind."""
    found = bench.all("SELECT subject, max(subject_id) FROM change_log GROUP BY subject")
    return {f"/changes/{subject}/{record_id}" for subject, record_id in found}


@pytest.mark.parametrize("turn", ROUNDS)
def test_pages_have_the_same_elements_whatever_is_typed(
    target: Target, tmp_path: Path, turn: int
) -> None:
    bench = Bench(target, tmp_path / "instance")
    office = Office(bench, bench.cases(), turn)
    hostile_filled = office.fill(harmless=False)
    found = crawl(target.admin, of_each=3)
    addresses = sorted({a for pages in found.pages.values() for a in pages} | _logs(bench))
    hostile, said = office.look(addresses, searching="<nasty>")
    refused = office.look_at_refusals(harmless=False)

    bench.put_back()
    harmless_filled = office.fill(harmless=True)
    harmless, _ = office.look(addresses, searching="xxxxxxx")
    refused_plainly = office.look_at_refusals(harmless=True)

    assert len(hostile_filled) == len(harmless_filled) > 50
    assert said.count("&lt;nasty") + said.count("&lt;script") > 100
    assert sum(address.startswith("/changes/") for address in hostile) > 12
    assert sum(status == 409 for status, _ in refused.values()) > 10
    assert sum(status == 422 for status, _ in refused.values()) > 20
    assert not _differing(harmless_filled, hostile_filled)
    assert not _differing(harmless, hostile)
    assert not _differing(refused_plainly, refused)
