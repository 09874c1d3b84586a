"""Two offices in one database: neither sees, counts or changes anything of the other."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pytest

from tests.isolation.conftest import PEOPLE_OF_A, Two
from tests.support.addresses import ASKED_WITH_MORE, routes
from tests.support.crawl import Crawl, crawl, rule_of
from tests.support.digest import digest, digests
from tests.support.dom import parse
from tests.support.furnishing import Marked, plausible
from tests.support.page import Page

MISSING = 999_999_999

#: Owned tables in which no office has records of its own by merely using the forms.
_UNFILLED = {"record_counter", "change_log", "change_head", "user_session"}


def _bodies(answer) -> Iterator[bytes]:
    """What an answer says, the parts of office files included."""
    yield str(answer.headers).encode()
    if answer.data[:2] != b"PK":
        yield answer.data
    else:
        with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
            for name in file.namelist():
                yield file.read(name)


def _shows(answer, mark: Marked) -> list[str]:
    """Strings and ids of an office in an answer, beyond those in its address."""
    asked = set(re.findall(r"\d{7,9}", answer.request.url))
    found = []
    for body in _bodies(answer):
        text = body.decode("utf-8", "replace")
        found += re.findall(rf".{{0,30}}{mark.name}.{{0,30}}", text)
        near = str(mark.first_id)[:4]
        found += [n for n in re.findall(rf"\b{near}\d{{3}}\b", text) if n not in asked]
    return found


def test_every_owned_table_holds_records_of_both_offices(two: Two) -> None:
    """Where it does not, the crawl below proves nothing."""
    for mark in (two.a, two.b):
        empty = [name for name, ids in mark.ids.items() if not ids and name not in _UNFILLED]
        assert not empty, f"{mark.name}: {empty}; let tests/support/furnishing.py fill them"


def test_the_other_offices_records_change_no_figure(two: Two) -> None:
    shown = two.somebody("a.administrator").get("/api/figures/2024").json
    assert shown == two.figures_of_a_alone
    assert any(figure["value"] for figure in shown["figures"])


@pytest.fixture(scope="module")
def own_addresses(two: Two) -> Crawl:
    """Every address A's administrator is led to, some of each kind."""
    return crawl(two.somebody("a.administrator"))


#: Buttons that stand only where something was voided, closed, failed or handed in.
_AT_TIMES = (
    "/restore",
    "/enable",
    "/cancel-retake",
    "/marked.xlsx",
    "/bind",
    "/copy/undo",
    "/unconfirm",
)

#: Addresses that no page of this administrator links to.
_NOT_LINKED = {
    "/reports/",
    # Every year that is looked at was begun.
    "/reports/<int(max=9999):year>/start",
    "/reports/<int(max=9999):year>/sections/<int(max=2147483647):record_id>",
    "/safekeeping/backup",
    "/worklog/entries/<int(max=2147483647):record_id>",
    # A script asks for them; tests/outreach/signin/test_rosters.py does so as a stranger.
    "/outreach/events/<int(max=2147483647):record_id>/sign-in/counts",
    "/sign-in",
    "/set-up",
    "/set-up/demo",
    "/healthz",
    "/yearbook/",
    "/api/openapi.json",
    "/api/figures/<int(max=9999):year>",
}


def test_every_address_is_reached_by_links_and_buttons(two: Two, own_addresses: Crawl) -> None:
    """Where one is not, the tests below do not look at it."""
    unreached = set(own_addresses.unreached()) - _NOT_LINKED
    unreached -= {rule for rule in unreached if rule.endswith(_AT_TIMES)}
    assert not unreached
    assert not own_addresses.broken


def _addresses(two: Two, own: Crawl) -> list[str]:
    """All addresses that answer, those nothing links to included."""
    found = [address for addresses in own.pages.values() for address in addresses]
    return [*found, "/healthz", "/yearbook/", "/api/openapi.json", "/api/figures/2024"]


@pytest.mark.parametrize("name", PEOPLE_OF_A)
def test_nothing_of_the_other_office_is_on_any_page(
    two: Two, own_addresses: Crawl, name: str
) -> None:
    person = two.somebody(name)
    before = digest(two.app)
    shown = 0
    for address in _addresses(two, own_addresses):
        answer = person.client.get(address)
        assert answer.status_code in (200, 302, 403, 404), address
        assert not _shows(answer, two.b), f"{address}: {_shows(answer, two.b)[:3]}"
        shown += answer.status_code == 200
        answer.close()
    assert shown > 50
    assert digest(two.app) == before, "a GET changed the database"


def test_filters_find_nothing_of_the_other_office(two: Two) -> None:
    person = two.somebody("a.administrator")
    asked = {
        "q": "BB~~",
        "village": two.b.ids["village"][0],
        "campaign": two.b.ids["campaign"][0],
        "theme": two.b.ids["theme"][0],
        "plan_item": two.b.ids["plan_item"][0],
        "adviser": two.b.ids["adviser"][0],
    }
    for name, value in asked.items():
        for route in routes(two.app):
            if not route.gets or route.arguments:
                continue
            answer = person.client.get(f"{route.rule.rule}?{name}={value}")
            assert answer.status_code < 500
            if answer.mimetype == "text/html":
                listed = Page(answer, route.rule.rule, parse(answer.text)[0]).rows
                assert "BB~~" not in str(listed), f"{route.rule}?{name}={value}"
            answer.close()


def test_a_copy_of_the_other_offices_record_is_not_found(two: Two) -> None:
    person = two.somebody("a.administrator")
    for route in routes(two.app):
        if route.gets and not route.arguments and "new_" in route.endpoint:
            for record_id in two.b.some_ids(1):
                answer = person.client.get(f"{route.rule.rule}?copy={record_id}&event={record_id}")
                assert answer.status_code in (200, 404)
                assert not _shows(answer, two.b), route.rule


def _theirs(two: Two, address: str) -> str | None:
    """The other office's address of the same kind, or nothing where the address names no record."""
    named = [part for part in address.split("/") if part.isdigit() and len(part) == 7]
    if not named:
        return None
    other = address
    for part in named:
        table = two.a.table_of(int(part))
        place = two.a.ids[table].index(int(part))
        other = other.replace(part, str(two.b.ids[table][place]))
    return other


def _missing(address: str) -> str:
    return re.sub(r"\b5[0-9]{6}\b", str(MISSING), address)


def _plain(text: str) -> str:
    text = re.sub(r'name="csrf_token"[^>]*>', "", text)
    return re.sub(r"\b[0-9]{7,9}\b", "ID", text)


@pytest.mark.parametrize("name", ["a.administrator", "a.reader"])
def test_the_other_offices_ids_answer_like_missing_ones(
    two: Two, own_addresses: Crawl, name: str
) -> None:
    person, tried = two.somebody(name), 0
    for address in _addresses(two, own_addresses):
        theirs = _theirs(two, address)
        if theirs is None:
            continue
        foreign, missing = person.client.get(theirs), person.client.get(_missing(address))
        assert foreign.status_code in (403, 404), theirs
        assert foreign.status_code == missing.status_code, theirs
        assert _plain(foreign.text) == _plain(missing.text), theirs
        tried += 1
    assert tried > 60


def _to_post(two: Two, own: Crawl) -> list[str]:
    """Every address records are written to, with A's ids."""
    found = {address for addresses in own.posts.values() for address in addresses}
    for address in list(found):
        # No button restores what is not voided, none opens an account that is open.
        if address.endswith("/void"):
            found.add(address.removesuffix("/void") + "/restore")
        if address.endswith("/disable"):
            found.add(address.removesuffix("/disable") + "/enable")
        if address.endswith("/remove") and "/bindings/" in address:
            found.add(address.removesuffix("/remove") + "/restore")
        if address.endswith("/handover"):
            # Who is assessed and paid already has no form for it left.
            found.add(address.removesuffix("/handover") + "/assess/2024")
            found.add(address.removesuffix("/handover") + "/subsidy/2024")
        if address.endswith("/retake"):
            found.add(address.removesuffix("/retake") + "/cancel-retake")
    rules = {rule.rule for rule in (rule_of(two.app, each, "POST") for each in found) if rule}
    left = {
        route.rule.rule for route in routes(two.app) if route.posts and route.takes_an_id
    } - rules
    assert not left, f"nothing is posted to {left}"
    return sorted(found)


_TAKING_OVER = {
    "reason": "别人的",
    "name": "夺走",
    "display_name": "夺走",
    "title": "夺走",
    "role": "reader",
    "password": "duozou-de-mima-1",
    "starts_on": "2024-06-26",
    "kind": "village",
}


@pytest.mark.parametrize("name", ["a.administrator", "a.clerk"])
def test_writing_to_the_other_offices_records_changes_nothing(
    two: Two, own_addresses: Crawl, name: str
) -> None:
    person, tried = two.somebody(name), 0
    data = {"csrf_token": person.token, **_TAKING_OVER}
    before = digests(two.app)
    for address in _to_post(two, own_addresses):
        theirs = _theirs(two, address)
        if theirs is None:
            continue
        for each in (theirs, _missing(address)):
            answer = person.client.post(each, data=data)
            assert answer.status_code in (403, 404), f"{each}: {answer.status_code}"
        tried += 1
    assert tried > 40
    after = digests(two.app)
    assert after == before, [table for table in before if before[table] != after[table]]


def test_no_form_takes_a_record_of_the_other_office(two: Two, own_addresses: Crawl) -> None:
    person = two.somebody("a.administrator")
    own = set(two.a.all_ids)
    tried = 0
    before = digests(two.app)
    both = own_addresses.pages.keys() & own_addresses.posts.keys()
    both -= set(ASKED_WITH_MORE.values())
    for address in [own_addresses.pages[rule][-1] for rule in sorted(both)]:
        page = person.get(address)
        form = page.form()
        for field in form.visible_names:
            offered = [
                int(v) for v in form.choices(field).values() if v.isdigit() and int(v) in own
            ]
            if not offered:
                continue
            foreign = two.b.ids[two.a.table_of(offered[0])][0]
            data = plausible(form, "AA~~") | {field: [str(foreign)]}
            answer = person.client.post(form.action, data=data)
            assert answer.status_code == 422, f"{address} {field}={foreign}: {answer.status_code}"
            shown = parse(answer.text)[0]
            beside = shown.first(id=f"{field}-error")
            assert beside is not None, f"{address}: {field} took {foreign}"
            assert not [s for s in _shows(answer, two.b) if str(foreign) not in s], address
            tried += 1
    assert tried >= 8
    after = digests(two.app)
    assert after == before, [table for table in before if before[table] != after[table]]


# ----------------------------------------------------------------------------- the county


def test_the_county_reads_both_townships(two: Two, own_addresses: Crawl) -> None:
    person = two.somebody("county.administrator")
    seen = {"AA~~": 0, "BB~~": 0}
    for own in _addresses(two, own_addresses):
        for address in {own, _theirs(two, own) or own}:
            answer = person.client.get(address)
            assert answer.status_code < 500, address
            for mark in seen:
                seen[mark] += mark.encode() in answer.data
            answer.close()
    assert seen["AA~~"] > 40
    assert seen["BB~~"] > 40


def test_the_county_writes_nothing_in_its_townships(two: Two, own_addresses: Crawl) -> None:
    person = two.somebody("county.administrator")
    data = {"csrf_token": person.token, **_TAKING_OVER}
    before = digests(two.app)
    for address in _to_post(two, own_addresses):
        if _theirs(two, address) is not None:
            answer = person.client.post(address, data=data)
            assert answer.status_code in (403, 404), f"{address}: {answer.status_code}"
    after = digests(two.app)
    assert after == before, [table for table in before if before[table] != after[table]]


def test_the_county_is_offered_no_button_to_write_in_a_township(two: Two) -> None:
    person = two.somebody("county.administrator")
    for path, table in (("/outreach/events", "outreach_event"), ("/villages", "village")):
        shown = person.get(f"{path}/{two.a.ids[table][0]}")
        assert [form.action for form in shown.forms] == []
        assert not [url for url in shown.links.values() if url.endswith(("/edit", "/void"))]


def test_one_townships_backup_is_not_the_others(two: Two) -> None:
    sent = two.somebody("a.administrator").send("/safekeeping/backup")
    assert sent.status_code == 403
