"""The kinds every office has."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tracker.figures import catalogue
from tracker.kernel.figure import Basis, Figure, Ratio
from tracker.kernel.units import Unit
from tracker.kernel.wording import Rounding
from tracker.kernel.words import Words
from tracker.worklog.figures import figures_of, shipped_figures
from tracker.worklog.kinds import RESERVED, shipped_kinds
from tracker.worklog.terms import WorkArea

KINDS = shipped_kinds()


def test_every_area_of_the_report_has_kinds() -> None:
    assert {kind.area for kind in KINDS.values()} == set(WorkArea)


def test_no_key_is_a_word_of_the_addresses() -> None:
    assert not set(KINDS) & RESERVED
    assert all(key.isascii() and key.replace("_", "").isalpha() for key in KINDS)


def test_no_two_kinds_have_one_name() -> None:
    for language in ("zh", "en"):
        counted = Counter(kind.label.say(language) for kind in KINDS.values())
        assert [name for name, times in counted.items() if times > 1] == []


def test_a_kind_that_contradicts_itself_is_refused() -> None:
    exam = KINDS["law_exam"]
    with pytest.raises(ValueError, match="law_exam"):
        replace(exam, due_label=None)
    with pytest.raises(ValueError, match="law_exam"):
        replace(exam, basis=Basis.AS_AT)
    with pytest.raises(ValueError, match="kinds"):
        replace(exam, key="kinds")


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_each_number_and_rate_of_a_kind_is_a_figure(kind) -> None:
    wanted = {f"worklog.{kind.key}.{number}" for number in kind.asks}
    wanted |= {f"worklog.{kind.key}.coverage_rate"} if "due" in kind.asks else set()
    wanted |= {f"worklog.{kind.key}.success_rate"} if "succeeded" in kind.asks else set()
    figures = figures_of(kind)
    assert {figure.key for figure in figures} == wanted
    for figure in figures:
        assert figure.basis is kind.basis
        assert figure.group == kind.area.label
        assert figure.definition.zh.startswith(kind.definition.zh)
        assert "{" not in figure.definition.zh + figure.definition.en + figure.label.en
        assert figure.label.zh.startswith(kind.label.zh)


def test_labels_of_the_catalogue_tell_its_figures_apart() -> None:
    for language in ("zh", "en"):
        counted = Counter(
            (figure.group.say(language), figure.label.say(language)) for figure in shipped_figures()
        )
        assert [label for label, times in counted.items() if times > 1] == []


def test_keys_of_the_catalogue_are_unique() -> None:
    counted = Counter(figure.key for figure in catalogue.all_shipped())
    assert [key for key, times in counted.items() if times > 1] == []


def test_people_are_spoken_rounded_and_acts_exactly() -> None:
    for figure in shipped_figures():
        if isinstance(figure, Ratio):
            continue
        people = figure.key.endswith(".people")
        assert figure.wording.rounding is (Rounding.FLOOR if people else Rounding.EXACT)


def test_rates_share_their_records() -> None:
    rates = [figure for figure in shipped_figures() if isinstance(figure, Ratio)]
    assert len(rates) > 30
    for rate in rates:
        assert rate.numerator.part == rate.denominator.part
        assert rate.numerator.unit is rate.denominator.unit


def test_figures_of_one_number_share_their_measure() -> None:
    plain = [figure for figure in shipped_figures() if isinstance(figure, Figure)]
    parts = [
        part
        for rate in shipped_figures()
        if isinstance(rate, Ratio)
        for part in (rate.numerator, rate.denominator)
    ]
    measures = {figure.measure_key for figure in (*plain, *parts)}
    assert len(measures) < 20 < len(plain)
    assert {figure.source.key for figure in (*plain, *parts)} == {"worklog.entries"}


@pytest.mark.parametrize(
    ("key", "label", "unit"),
    [
        ("worklog.rule_of_law_meeting.times", "法治专题会议次数", Unit.TIMES),
        ("worklog.cadre_training.times", "干部法治培训场次", Unit.SESSIONS),
        ("worklog.duty_report.people", "述法人数", Unit.PERSONS),
        ("worklog.mediator.items", "人民调解员数", Unit.PERSONS),
        ("worklog.case_file_review.items", "执法案卷评查：发现问题数", Unit.ITEMS),
        ("worklog.litigation.success_rate", "行政诉讼：败诉率", Unit.PERCENT),
        ("worklog.penalty_fine.items", "罚没金额：罚没金额", Unit.YUAN),
    ],
)
def test_figures_are_called_what_reports_call_them(key: str, label: str, unit: Unit) -> None:
    figure = next(figure for figure in shipped_figures() if figure.key == key)
    assert (figure.label.zh, figure.unit) == (label, unit)


def test_words_need_both_languages() -> None:
    assert all(isinstance(kind.label, Words) and kind.label.en for kind in KINDS.values())
