"""Every field of every form, every filter and every address, given what should not be given:
a right value or a clear message, never an error of the program, never a lost entry."""

from __future__ import annotations

import os
import random
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.conftest import MARK, Target
from tests.support import nasty
from tests.support.dom import parse
from tests.support.furnishing import plausible
from tests.support.page import Form
from tests.support.watch import Watch

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
        watch = Watch()
        self.sent += 1
        try:
            answer = self.target.admin.client.open(address, method=method, **request)
        except Exception as error:  # each is a failure to be told
            self.faults.append(f"{method} {address} {told}: {error!r:.300}")
            return None
        finally:
            took = watch.stop()
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


def _forms(target: Target) -> list[tuple[str, Form]]:
    """All forms as they are before the first blow: what one saves may close the page of another."""
    return [(address, target.admin.get(address).form()) for address in target.form_pages]


def test_markup_that_is_searched_for_is_shown_as_text(target: Target) -> None:
    for value in nasty.MARKUP:
        for path in ("/outreach/events/", "/villages/"):
            page = target.admin.get(f"{path}?q={quote(value)}")  # its hygiene finds scripts
            assert not [node.tag for node in page.tree.walk() if node.tag.startswith(nasty.ELEMENT)]


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
            # The telephone's page has no token to miss; it asks for what is missing.
            known = (400, 413, 415, 422) if address.startswith("/s/") else (400, 413, 415)
            assert answer is None or answer.status_code in known
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
    # By place, not by name: what an earlier example saved may have changed the form's fields.
    for place in data.draw(st.lists(st.integers(0, 999), min_size=1, max_size=4)):
        field = form.visible_names[place % len(form.visible_names)]
        text = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
        digits = st.text("0123456789-./,年月日 １２３", max_size=12)
        sent[field] = [data.draw(st.one_of(text, digits, st.sampled_from(nasty.NUMBERS)))]
    shots = Shots(target)
    shots("POST", form.action, str(sent)[:300], data=sent)
    shots.check()
