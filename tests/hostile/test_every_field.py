"""Each field of each form, given what should not be given, in an entry that is right otherwise:
the right value is saved, or a message stands beside the field and everything typed stays."""

from __future__ import annotations

import os
import random
import re
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.conftest import Target
from tests.hostile.mistreated import TAKEN, Bench, Case, is_text
from tests.support import nasty
from tests.support.page import Form, Page
from tests.support.watch import Watch
from tracker.kernel.text import clean, clean_line, parse_day, parse_whole

pytestmark = pytest.mark.sqlite("its file is put back after each blow")

FULL = bool(os.environ.get("TRACKER_FULL"))
MOST_SECONDS = 2.0

MISSING, TWICE = "(the field is missing)", "(the field is sent twice)"

VALUES: tuple[str | bytes, ...] = (
    *nasty.ALL,
    MISSING,
    TWICE,
    "２０２４．６．２６",
    "题" * 300,
    "长" * 100_000,
    "999999",
    "\u202b\u200fשלום\u202c",
    "=cmd|'/c calc'!A1",
    "🎉普法🎉",
    "1" * 200,
    "İ" * 200,
    "ﷺ" * 60,
)

#: A text that is only right together with a day, beside which the message then stands.
_WITH_A_DAY = ("end_reason", "leave_reason")

#: Forms that are empty again once they were sent.
_BEGIN_ANEW = ("/register", "/closing/submit", "/changes/note", "/handover")

#: The password a person is given is not shown again, here or ever.
_SECRET = ("password", "again", "old_password")


def _turn(case: Case, field: str) -> list[str | bytes]:
    """The values whose turn it is: all in the long run, two of their own for each field else."""
    if FULL:
        return list(VALUES)
    return random.Random(f"{case.endpoint}.{field}").sample(VALUES, 2)  # no secret


def _with(entry: dict[str, list[str]], field: str, value: str | bytes) -> dict[str, Any]:
    sent: dict[str, Any] = dict(entry)
    if value == MISSING:
        sent.pop(field, None)
    elif value == TWICE:
        sent[field] = [*entry.get(field, [""]), "<nasty>"]
    else:
        sent[field] = [value]
    return sent


def _same(form: Form, field: str, typed: str, shown: str) -> bool:
    """Whether what is shown is what was typed, but for what is invisible and for spelling."""
    control = form.control(field)
    if control.tag == "textarea":
        return shown in (clean(typed), clean(typed) + "。")
    plain = clean_line(typed)
    if plain == "" or shown == plain:
        return True  # what is left empty may be filled by the program: 拼音, 结束日期
    if "data-date" in control.attrs:
        return shown == parse_day(plain).isoformat()
    if control.get("inputmode") in ("numeric", "decimal"):
        number = parse_whole(plain) if "." not in plain else Decimal(plain)
        return Decimal(shown) == number
    wide = unicodedata.normalize("NFKC", plain).replace("—", "-").strip()
    return shown in (wide, re.sub(r"\s+", "", wide), plain.lower())


def _lost(case: Case, shown: Page, sent: dict[str, Any], field: str) -> list[str]:
    """Which of the fields no longer hold what was typed."""
    form = shown.form()
    there = form.values()
    lost = []
    for name in case.form.visible_names:
        control = case.form.control(name)
        typed = sent.get(name, [])
        if control.get("type") in ("password", "file") or name in _SECRET or name not in form.names:
            continue  # a browser keeps neither
        choice = control.tag == "select" or control.get("type") in ("checkbox", "radio")
        if choice and name == field:
            continue
        now = there.get(name, [])
        if choice:
            same = sorted(now) == sorted(typed) or (not any(now) and not any(typed))
        else:
            first, shown_first = "".join(typed[:1]), "".join(now[:1])
            same = clean_line(shown_first) == clean_line(first) or _same(
                case.form, name, first, shown_first
            )
        if not same:
            lost.append(f"{name}: {now!r:.80}")
    return lost


#: Steps whose note stands on the page they lead to; their form is empty again.
_SHOWN_AFTERWARDS = {"yearbook.step", "yearbook.note_changes"}


class Blows:
    """Gives each field its values and writes down what the product did wrong."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.faults: list[str] = []
        self.given = self.taken = self.refused = self.read_back = 0

    def give(self, case: Case, field: str, value: str | bytes) -> None:
        sent = _with(case.entry, field, value)
        told = f"{case.endpoint} {field}={value!r:.50}"
        before, watch = self.bench.written(), Watch()
        self.given += 1
        try:
            answer = self.bench.post(case.form.action, sent)
        except Exception as error:  # any failure of the program is a finding
            self.faults.append(f"{told}: {error!r:.300}")
            self.bench.put_back()
            return
        finally:
            took = watch.stop()
        if took > MOST_SECONDS:
            self.faults.append(f"{told}: took {took:.1f} s")
        if answer.status_code in TAKEN:
            self.taken += 1
            if isinstance(value, str):
                self._judge_saved(case, field, value, answer, told)
            self.bench.put_back()
            return
        if self.bench.written() != before:
            self.faults.append(f"{told}: {answer.status_code}, yet something was written")
        if answer.status_code == 422:
            self.refused += 1
            self._judge_refused(case, field, value, sent, answer, told)
        elif not (answer.status_code == 400 and isinstance(value, bytes)):
            self.faults.append(f"{told}: {answer.status_code}")

    def _judge_saved(self, case: Case, field: str, value: str, answer: Any, told: str) -> None:
        if value in (MISSING, TWICE):
            return
        place = case.address
        if place.endswith("/new"):
            place = f"{answer.location}/edit"
        elif place.endswith(_BEGIN_ANEW):
            return
        elif place.endswith("/void"):
            record = self.bench.page(self.bench.client.get(place.removesuffix("/void")))
            self.read_back += 1
            if " ".join(clean_line(value).split()) not in record.text:
                self.faults.append(f"{told}: the reason is not on the record's page")
            return
        elif case.endpoint in _SHOWN_AFTERWARDS:
            shown = self.bench.page(self.bench.client.get(answer.location))
            self.read_back += 1
            if " ".join(clean_line(value).split()) not in shown.text:
                self.faults.append(f"{told}: it is not on the page it leads to")
            return
        saved = self.bench.client.get(place)
        if saved.status_code != 200 or not self.bench.page(saved).forms:
            return
        form = self.bench.page(saved).form()
        if field not in form.names or form.control(field).get("type") == "password":
            return
        control = form.control(field)
        now = "".join(form.values().get(field, [])[:1])
        self.read_back += 1
        if control.get("type") in ("checkbox", "radio", "file"):
            return
        if control.tag == "select":
            right = clean_line(value) in ("", now)
        else:
            right = _same(form, field, value, now)
        if not right:
            self.faults.append(f"{told}: saved as {now!r:.80}")

    def _judge_refused(
        self, case: Case, field: str, value: Any, sent: dict[str, Any], answer: Any, told: str
    ) -> None:
        shown = self.bench.page(answer)
        beside = [name for name in case.form.visible_names if shown.tree.first(id=f"{name}-error")]
        if not beside or not shown.errors:
            self.faults.append(f"{told}: refused without a word beside a field: {shown.errors}")
        elif (
            field not in beside
            and "password" not in beside  # which must not hold the name of the user
            and field not in _WITH_A_DAY
            and is_text(case.form, field)
        ):
            self.faults.append(f"{told}: the message stands elsewhere: {beside} {shown.errors}")
        if isinstance(value, bytes):
            sent = {**sent, field: [value.decode("utf-8", "replace")]}
        if lost := _lost(case, shown, sent, field):
            self.faults.append(f"{told}: lost {lost}")

    def check(self) -> None:
        counts = (
            f"{self.given} given, {self.taken} taken, {self.refused} refused,"
            f" {self.read_back} read back"
        )
        print(counts)  # noqa: T201  # shown with -rP: the figures of the long run
        listed = "\n".join(self.faults[:60])
        assert not self.faults, f"{len(self.faults)} faults; {counts}\n{listed}"


@pytest.fixture
def bench(target: Target, tmp_path: Path) -> Bench:
    return Bench(target, tmp_path / "instance")


def test_each_field_saves_the_right_value_or_says_what_is_wrong(bench: Bench) -> None:
    blows = Blows(bench)
    cases = bench.cases()
    for case in cases:
        for field in case.form.visible_names:
            for value in _turn(case, field):
                blows.give(case, field, value)
    assert len(cases) > 50
    assert blows.taken > 300
    assert blows.refused > 200
    assert blows.read_back > 200
    blows.check()
    assert not bench.faults_of_the_file()
