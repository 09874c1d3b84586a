"""Every field of every form, every filter and every address, given what should not be given:
a right value or a clear message, never an error of the program, never a lost entry."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Date, DateTime, Integer, String, func, or_, select

from tests.hostile.conftest import MARK, Target
from tests.support import nasty
from tests.support.crawl import crawl
from tests.support.dom import Node, parse
from tests.support.furnishing import plausible
from tests.support.page import Form, Page
from tracker.kernel import rows
from tracker.kernel.db import db
from tracker.kernel.model import Model
from tracker.kernel.text import clean, clean_line

FULL = bool(os.environ.get("TRACKER_FULL"))

#: How many nasty values each field gets in the short run; over all fields each has its turn.
PER_FIELD = len(nasty.ALL) if FULL else 2
MOST_SECONDS = 2.0


class Shots:
    """Sends requests and collects what went wrong, so that one run tells all."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.faults: list[str] = []
        self.sent = 0

    def __call__(self, method: str, address: str, told: str, **request: Any) -> Any:
        started = time.process_time()
        self.sent += 1
        try:
            answer = self.target.admin.client.open(address, method=method, **request)
        except Exception as error:  # each is a failure to be told
            self.faults.append(f"{method} {address} {told}: {error!r:.300}")
            return None
        took = time.process_time() - started
        if answer.status_code >= 500:
            self.faults.append(f"{method} {address} {told}: {answer.status_code}")
        if took > MOST_SECONDS:
            self.faults.append(f"{method} {address} {told}: took {took:.1f} s")
        return answer

    def check(self) -> None:
        assert not self.faults, f"{len(self.faults)} of {self.sent}:\n" + "\n".join(
            self.faults[:20]
        )


def _turn(seed: str) -> list[str | bytes]:
    """The nasty values whose turn it is in this field."""
    values = list(nasty.ALL)
    random.Random(seed).shuffle(values)  # not for secrets
    return values[:PER_FIELD]


def _forms(target: Target) -> Iterator[tuple[str, Form]]:
    for address in target.form_pages:
        yield address, target.admin.get(address).form()


def _kept(shown: Page, field: str, typed: str) -> bool:
    """Whether a page that refuses still shows what was typed."""
    form = shown.form()
    control = form.control(field)
    if control.tag == "select" or control.get("type") in ("checkbox", "radio", "password"):
        return True
    there = "".join(form.values().get(field, [""])[:1])
    wanted = {typed, clean(typed), clean_line(typed), " ".join(typed.split())}
    return there in wanted or clean_line(there) in {clean_line(each) for each in wanted}


def test_every_field_takes_every_nasty_value(target: Target) -> None:
    shots = Shots(target)
    fields = 0
    for address, form in _forms(target):
        for field in form.visible_names:
            fields += 1
            for value in _turn(address + field):
                data: dict[str, Any] = plausible(form, MARK) | {field: [value], "once": [""]}
                answer = shots("POST", form.action, f"{field}={value!r:.40}", data=data)
                if answer is None:
                    continue
                assert answer.status_code in (303, 400, 403, 404, 409, 422), answer.status_code
                if answer.status_code != 422 or not isinstance(value, str):
                    continue
                tree, _ = parse(answer.text)
                if not _kept(Page(answer, form.action, tree), field, value):
                    shots.faults.append(f"{address} loses {field}={value!r:.60}")
    assert fields > 60
    shots.check()
    _no_foreign_elements(target)


def _no_foreign_elements(target: Target) -> None:
    """After all that was stored, no page holds an element that the product did not write."""
    for address in _all_pages(target):
        answer = target.admin.client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        if answer.mimetype != "text/html":
            continue
        page = target.admin.read(answer)  # the page's hygiene finds handlers and scripts
        assert not _foreign(page.tree), address
    # A page of a list is as sound with what was typed into its search.
    for value in nasty.MARKUP:
        for path in ("/outreach/events/", "/villages/"):
            target.admin.get(f"{path}?q={quote(value)}")


def _foreign(tree: Node) -> list[str]:
    return [
        node.tag
        for node in tree.walk()
        if node.tag.startswith(nasty.ELEMENT) or node.get("src") == "x" or "onload" in node.attrs
    ]


def _all_pages(target: Target) -> list[str]:
    found = crawl(target.admin, of_each=3 if FULL else 1)
    assert not [b for b in found.broken if not b.endswith("404")], found.broken
    return [address for addresses in found.pages.values() for address in addresses]


def test_markup_in_every_text_is_shown_as_text(target: Target) -> None:
    """Every text field of every new record holds markup; every page shows it as it was typed."""
    taken = 0
    for number, (_, form) in enumerate(_forms(target)):
        data: dict[str, Any] = plausible(form, MARK)
        for field in form.visible_names:
            control = form.control(field)
            is_text = control.tag == "textarea" or control.get("type", "text") == "text"
            plain = control.get("inputmode") not in ("numeric", "decimal")
            if is_text and plain and "data-date" not in control.attrs:
                most = int(control.get("maxlength") or 40)
                data[field] = [f"<nasty>{number}{nasty.MARKUP[number % 12]}"[:most]]
        taken += target.admin.client.post(form.action, data=data).status_code == 303
    assert taken > 8
    _no_foreign_elements(target)


def test_every_filter_takes_every_nasty_value(target: Target) -> None:
    shots = Shots(target)
    for addresses in target.found.pages.values():
        address = addresses[0]
        answer = target.admin.client.get(address, follow_redirects=True)
        names = {"page", "copy", "next", "year"} if FULL else {"page", "copy"}
        if answer.mimetype == "text/html":
            for form in parse(answer.text)[0].all("form"):
                if form.get("method").lower() != "post":
                    names |= {c.get("name") for c in form.all("input", "select") if c.get("name")}
        answer.close()
        for name in sorted(names):
            for value in _turn(address + name)[: 200 if FULL else 1]:
                raw = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
                answer = shots("GET", f"{address}?{name}={quote(raw)}", "")
                if answer is not None:
                    answer.close()
    assert shots.sent > 200
    shots.check()


def test_every_address_takes_every_odd_id(target: Target) -> None:
    shots = Shots(target)
    for addresses in [*target.found.pages.values(), *target.found.posts.values()]:
        parts = addresses[0].split("/")
        for place, part in enumerate(parts):
            if not part.isdigit():
                continue
            for odd in nasty.IDS if FULL else nasty.IDS[place % 2 :: 2]:
                address = "/".join([*parts[:place], odd, *parts[place + 1 :]])
                answer = shots("GET", address, "")
                if answer is not None:
                    assert answer.status_code in (200, 302, 308, 400, 403, 404, 405), address
                    answer.close()
    shots.check()


@pytest.mark.parametrize("body", [b"", b"\xff" * 100, b"a=%ff%fe", b"=&=&==", b"%" * 1000])
def test_bodies_that_are_no_forms_are_refused(target: Target, body: bytes) -> None:
    shots = Shots(target)
    for address in target.form_pages:
        for kind in ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain"):
            answer = shots("POST", address, kind, data=body, content_type=kind)
            assert answer is None or answer.status_code in (400, 413, 415)
    shots.check()


def test_thousands_of_values_in_one_field_are_taken_or_refused(target: Target) -> None:
    shots = Shots(target)
    for _, form in _forms(target):
        for field in form.visible_names[:6]:
            data = plausible(form, MARK) | {field: [str(number) for number in range(900)]}
            shots("POST", form.action, f"{field} x 900", data=data)
    shots.check()


def test_a_form_without_its_fields_is_refused_with_messages(target: Target) -> None:
    shots = Shots(target)
    for address, form in _forms(target):
        answer = shots("POST", form.action, "", data={"csrf_token": target.admin.token})
        assert answer is not None
        assert answer.status_code in (303, 422), address
    shots.check()


@settings(
    max_examples=3000 if FULL else 60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_text_in_any_field(target: Target, data: st.DataObject) -> None:
    form = target.admin.get(data.draw(st.sampled_from(target.form_pages))).form()
    sent: dict[str, Any] = plausible(form, MARK)
    for field in data.draw(st.lists(st.sampled_from(form.visible_names), min_size=1, max_size=4)):
        text = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
        digits = st.text("0123456789-./,年月日 １２３", max_size=12)
        sent[field] = [data.draw(st.one_of(text, digits, st.sampled_from(nasty.NUMBERS)))]
    shots = Shots(target)
    shots("POST", form.action, str(sent)[:300], data=sent)
    shots.check()


# ----------------------------------------------------------------- more than the form asks


def _takeover(names: set[str]) -> dict[str, str]:
    """A value for every column there is that the form does not ask for."""
    found = {}
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            if column.name in names or column.name in ("lang", "next", "again"):
                continue
            if isinstance(column.type, Date):
                found[column.name] = "2001-01-01"
            elif isinstance(column.type, DateTime):
                found[column.name] = "2001-01-01 00:00:00"
            elif isinstance(column.type, Integer):
                found[column.name] = "424242"
            else:
                found[column.name] = "夺权"
    return found


def _taken_over(target: Target) -> list[str]:
    found = []
    with target.app.app_context(), rows.seeing_everything():
        for table in Model.metadata.sorted_tables:
            for column in table.columns:
                hit = None
                if isinstance(column.type, String):
                    hit = func.instr(column, "夺权") > 0
                elif isinstance(column.type, Integer):
                    hit = column == 424242
                elif isinstance(column.type, Date | DateTime):
                    hit = func.substr(column, 1, 10) == "2001-01-01"
                if hit is not None and db.session.scalar(
                    select(func.count()).select_from(table).where(or_(hit))
                ):
                    found.append(f"{table.name}.{column.name}")
    return found


def test_what_a_form_does_not_ask_for_is_not_taken(target: Target) -> None:
    taken = 0
    for address, form in _forms(target):
        data: dict[str, Any] = plausible(form, MARK)
        data |= {name: [value] for name, value in _takeover(set(form.names)).items()}
        answer = target.admin.client.post(form.action, data=data)
        assert answer.status_code in (303, 422, 409), address
        taken += answer.status_code == 303
    assert taken > 10
    assert _taken_over(target) == []
