"""What people really type into the main forms: right, it is saved as meant; wrong, a message
stands beside the field, everything typed is still there, and nothing was written."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.conftest import Target
from tests.hostile.mistreated import Bench, Case
from tests.support import nasty
from tests.support.page import Visitor
from tracker.kernel.text import clean, clean_line

pytestmark = pytest.mark.sqlite("its file is put back after each blow")

FULL = bool(os.environ.get("TRACKER_FULL"))

TEXTS = ("<script>alert(1)</script>", "=SUM(A1:A9)", "🎉普法👮", "ＡＢＣ１２３普法", "+86")
SHAPE = "请写成 2024-06-26 的样子"


@dataclass(frozen=True)
class Kinds:
    """One field of each kind on a form, and what it says to days in the wrong order."""

    text: str = ""
    most: int = 0
    first: str = ""
    last: str = ""
    disorder: str = ""
    number: str = ""
    too_small: str = "不能小于 0"
    too_large: str = "不能大于"
    no_number: str = "请填整数"


FORMS = {
    "outreach.new_event": Kinds(
        "title", 200, "starts_on", "ends_on", "结束日期不能早于开始日期", "headcount"
    ),
    "outreach.new_campaign": Kinds("name", 100, "starts_on", "ends_on", "结束日期不能早于开始日期"),
    "advisers.new_assignment": Kinds(
        "note", 2000, "starts_on", "ends_on", "结束日期不能早于开始日期", "fee"
    ),
    "certification.new_certificate": Kinds("issuer", 100),
    "certification.edit_term": Kinds(
        first="issued_on", last="valid_to", disorder="有效期止必须晚于有效期起"
    ),
    "certification.sitting_results": Kinds(
        number="r1_general_0_score",
        too_small="请填数字",
        too_large="请填数字",
        no_number="请填数字",
    ),
    "worklog.new_entry": Kinds("title", 200, "held_on", "ended_on", "结束日期不能早于", "people"),
    "offices.new_village": Kinds("name", 40, "closed_on", number="population"),
}


class Typist:
    """Types into one form and looks at what became of it."""

    def __init__(self, bench: Bench, case: Case) -> None:
        self.bench = bench
        self.case = case

    def type(self, **typed: str) -> dict[str, list[str]]:
        return {**self.case.entry, **{name: [text] for name, text in typed.items()}}

    def saves(self, field: str, typed: str, value: str, **more: str) -> None:
        """It is taken, and the record's form then shows this value."""
        with self.bench.undoing():
            entry = self.type(**{field: typed}, **more)
            answer = self.bench.post(self.case.form.action, entry)
            assert answer.status_code == 303, (field, typed, self.bench.page(answer).errors)
            is_new = self.case.address.endswith("/new")
            place = f"{answer.location}/edit" if is_new else self.case.address
            page = self.bench.client.get(answer.location)
            form = self.bench.page(self.bench.client.get(place)).form()
        assert form.values()[field] == [value], (field, typed)
        assert page.status_code == 200
        assert "<script>alert" not in page.text

    def refuses(self, field: str, typed: str, message: str, **more: str) -> None:
        """It is refused beside the field; all is kept, nothing is written."""
        entry = self.type(**{field: typed}, **more)
        before = self.bench.dump()
        answer = self.bench.client.post(self.case.form.action, data=entry)
        shown = self.bench.page(answer)
        assert answer.status_code == 422, (field, typed)
        assert message in shown.error_beside(field), (field, typed, shown.errors)
        assert any(message in error for error in shown.errors)
        form = shown.form()
        kept = form.values()
        for name in form.visible_names:
            assert kept.get(name, [""]) == entry.get(name, [""]), f"{name} after {field}={typed!r}"
        assert self.bench.dump() == before


@pytest.fixture
def typist(request: pytest.FixtureRequest, target: Target, tmp_path: Path) -> Typist:
    bench = Bench(target, tmp_path / "instance")
    (case,) = bench.cases(only=request.param)
    outcomes = {name: ["pending"] for name in case.entry if name.endswith("_outcome")}
    return Typist(bench, replace(case, entry=case.entry | outcomes))


@pytest.mark.parametrize("typist", FORMS, indirect=True)
def test_what_people_type_is_saved_as_meant_or_explained(typist: Typist) -> None:
    kinds = FORMS[typist.case.endpoint]
    if kinds.text:
        for text in (
            "<script>alert(1)</script>",
            "=SUM(A1:A9)",
            "🎉普法👮",
            "ＡＢＣ１２３普法",
            "+86",
        ):
            typist.saves(kinds.text, text, text)
        long = "长" * max(300, kinds.most + 1)
        typist.refuses(kinds.text, long, f"请勿超过 {kinds.most} 字，现有 {len(long)} 字")
        typist.saves(kinds.text, "长" * kinds.most, "长" * kinds.most)
    if kinds.first:
        for day in ("2024.6.26", "２０２４．６．２６", "2024年6月26日", "2024/6/26", "20240626"):
            typist.saves(kinds.first, day, "2024-06-26")
        for day in ("昨天", "6月26日", "2024-06"):
            typist.refuses(kinds.first, day, SHAPE)
        for day in ("2024-02-30", "2024.13.1", "2024年6月31日"):
            typist.refuses(kinds.first, day, "这一天不存在")
        typist.refuses(kinds.first, "1024-06-26", "的年份应在")
    if kinds.disorder:
        typist.refuses(kinds.last, "2024.6.25", kinds.disorder, **{kinds.first: "2024.6.26"})
    if kinds.number:
        for typed, number in (("８８", "88"), ("88", "88"), (" 8 ", "8"), ("0", "0")):
            typist.saves(kinds.number, typed, number)
        typist.refuses(kinds.number, "-1", kinds.too_small)
        typist.refuses(kinds.number, "9999999999", kinds.too_large)
        spoken = kinds.number == "headcount"  # heads are told as they are spoken: 约八十人
        for typed in ("很多", "1e3", "12.345", "=1+1", "٣", *([] if spoken else ["八十"])):
            typist.refuses(kinds.number, typed, kinds.no_number)
        if spoken:
            typist.saves(kinds.number, "约八十人", "80")


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _spellings(number: int) -> st.SearchStrategy[tuple[str, int]]:
    plain = str(number)
    return st.sampled_from(
        [(plain, number), (f"{number:,}", number), (plain.translate(_FULL_WIDTH), number)]
    )


#: Numbers as people write them, with what they mean.
_NUMBERS = st.integers(-10, 10**11).flatmap(_spellings)
_NO_NUMBERS = st.text("abc甲乙.²٣ⅷ", min_size=1, max_size=6).map(lambda text: (text, None))


@settings(max_examples=1000 if FULL else 40)
@given(
    title=st.text(max_size=230),
    note=st.text(max_size=60),
    headcount=st.one_of(_NUMBERS, _NO_NUMBERS),
)
def test_any_event_reads_back_as_typed_or_is_refused(
    page: Visitor, title: str, note: str, headcount: tuple[str, int | None]
) -> None:
    page.strict = False
    typed, number = headcount
    form = page.get("/outreach/events/new").form()
    entry = form.values() | {
        "title": [title.encode("utf-8", "surrogatepass").decode("utf-8", "replace")],
        "note": [note.encode("utf-8", "surrogatepass").decode("utf-8", "replace")],
        "starts_on": ["2024.6.26"],
        "headcount": [typed],
    }
    answer = page.client.post(form.action, data=entry)
    right = {
        "title": 1 <= len(clean_line(entry["title"][0])) <= 200,
        "headcount": number is not None and 0 <= number <= 9_999_999,
    }
    if not all(right.values()):
        assert answer.status_code == 422
        shown = page.read(answer)
        assert [bool(shown.error_beside(name)) for name in right] == [not r for r in right.values()]
        assert shown.value("headcount") == clean_line(typed)
        return
    if answer.status_code == 422:  # asked whether it is entered already, or whether 0 is meant
        asked = page.read(answer)
        assert asked.errors == []
        answer = page.client.post(form.action, data=asked.form().values())
    assert answer.status_code == 303
    saved = page.get(f"{answer.location}/edit").form().values()
    assert saved["title"] == [clean_line(entry["title"][0])]
    assert saved["note"] == [clean(entry["note"][0])]
    assert Decimal(saved["headcount"][0]) == number
    assert saved["starts_on"] == ["2024-06-26"]


@pytest.mark.parametrize("address", ["/villages/new", "/certification/officers/new"])
def test_a_text_that_grows_in_small_letters_is_measured_as_it_is_kept(
    page: Visitor, address: str
) -> None:
    form = page.get(address).form()
    entry = form.values() | {"name": ["伊村"], "post_from": ["2024.6.26"]}
    refused = page.client.post(form.action, data=entry | {"pinyin": ["İ" * 150]})
    taken = page.client.post(form.action, data=entry | {"pinyin": ["İ" * 100]})
    assert page.read(refused).error_beside("拼音") == "拼音请勿超过 200 字，现有 300 字"
    assert taken.status_code == 303


def test_no_value_gets_anybody_past_the_door_or_stops_the_program(visitor: Visitor) -> None:
    form = visitor.get("/sign-in").form()
    few = slice(None) if FULL else slice(0, None, 5)
    for value in (*nasty.ALL[few], "长" * 100_000):
        for field in form.visible_names:
            entry: dict[str, Any] = {**form.values(), "name": ["guanli"], "password": ["x"]}
            answer = visitor.client.post(form.action, data={**entry, field: [value]})
            assert answer.status_code in (400, 422, 429), (field, value)
    assert visitor.client.get("/villages/").status_code == 302
