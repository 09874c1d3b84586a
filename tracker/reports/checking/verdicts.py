"""Holds every number of a report against the figure it speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from tracker.kernel.errors import TrackerError

from . import findings as said
from . import left_alone
from .agreement import agrees, allowed, comparable, unit_remark, what_is_wrong
from .binding import Binder, Candidate
from .expected import Expected
from .findings import CheckedReport, Finding, Verdict
from .numerals import flattened, numbers_in
from .printed import Claim, LeftAlone, Printed, UnitKind
from .sentences import Heading, Sentence, outline
from .surroundings import Surroundings, around
from .times import When, when
from .vocabulary import vocabulary_of

#: Ten times the longest report known.
LONGEST_TEXT = 200_000
_MOST_NUMBERS = 5_000
#: A second figure counts as meant when its words are nearly as near and its value agrees.
_NEARLY = 0.8
_SAME_KIND = 0.45
_LOOSE_NEEDS = 2.0


def check_text(
    text: str,
    figures: Mapping[str, Expected],
    year: int,
    bindings: Mapping[tuple[str, str], str] | None = None,
) -> CheckedReport:
    """Find every number of a text and hold it against its figure.

    ``bindings`` are what people said before: (cue, unit) → key of the figure.

    :raises TrackerError: for a text that is far too long for a report.
    """
    if len(text) > LONGEST_TEXT:
        raise TrackerError(said.TOO_LONG.fill(n=len(text), most=LONGEST_TEXT))
    return _Check(text, figures, year, bindings or {}).run()


class _Check:
    def __init__(
        self,
        text: str,
        figures: Mapping[str, Expected],
        year: int,
        bindings: Mapping[tuple[str, str], str],
    ) -> None:
        self._text, self._flat = text, flattened(text)
        self._figures, self._year, self._bindings = figures, year, bindings
        self._vocabulary = vocabulary_of(figures.values())
        self._binder = Binder(self._vocabulary, self._flat)
        self._alone: list[LeftAlone] = []

    def run(self) -> CheckedReport:
        numbers = numbers_in(self._text)
        if len(numbers.figures) > _MOST_NUMBERS:
            raise TrackerError(said.TOO_MANY.fill(most=_MOST_NUMBERS))
        self._alone = list(numbers.left_alone)
        shape = outline(self._text, self._year)
        findings = [self._of_heading(*each) for each in self._wrong_years(shape.headings)]
        place = 0
        for sentence in shape.sentences:
            inside: list[Printed] = []
            while place < len(numbers.figures) and numbers.figures[place].core < sentence.end:
                inside.append(numbers.figures[place])
                place += 1
            findings += self._of_sentence(sentence, inside)
        findings.sort(key=lambda each: each.number.start)
        self._alone.sort(key=lambda each: each.start)
        return CheckedReport(self._text, self._year, findings, self._alone)

    def _of_sentence(self, sentence: Sentence, numbers: list[Printed]) -> list[Finding]:
        found: list[Finding] = []
        topic = ""
        for number in numbers:
            words = around(self._flat, number, sentence, numbers)
            span = When.PLAN if sentence.planned else when(words, self._year)
            why = self._no_figure(number, words, span, topic)
            if why is not None:
                self._alone.append(LeftAlone(number.start, number.end, number.text, why))
                continue
            finding = self._of_number(number, words, span, sentence, topic)
            found.append(finding)
            if finding.figure is not None:
                topic = self._vocabulary[finding.figure.key].topic
        return found

    def _no_figure(
        self, number: Printed, words: Surroundings, span: When, topic: str
    ) -> str | None:
        """Why a number that stands for something is none of the year's, if it is not."""
        if span is When.PLAN:
            return left_alone.PLAN
        if not number.loose and number.kind is not UnitKind.MONEY:
            return None
        candidates = self._binder.candidates(number, words, topic)
        if number.loose:
            sure = candidates and candidates[0].score >= _LOOSE_NEEDS
            return None if sure else left_alone.NAME
        return None if candidates else left_alone.MONEY

    def _of_number(
        self, number: Printed, words: Surroundings, span: When, sentence: Sentence, topic: str
    ) -> Finding:
        sentence_text = self._text[sentence.start : sentence.end]
        base = Finding(number, sentence_text, words.cue, Verdict.UNKNOWN)
        bound = self._bindings.get((words.cue, number.unit))
        if bound is not None and bound in self._figures:
            return self._held(replace(base, bound_by_hand=True), bound, span)
        if span in (When.RATE, When.CHANGE, When.OTHER):
            return replace(base, message=said.OTHER_SPAN)
        candidates = self._binder.candidates(number, words, topic)
        if not candidates:
            return replace(base, message=said.NO_FIGURE)
        key = self._meant(number, candidates, span)
        others = tuple(each.key for each in candidates if each.key != key)
        return self._held(replace(base, others=others), key, span)

    def _meant(self, number: Printed, candidates: list[Candidate], span: When) -> str:
        """The likeliest figure; where several are nearly as likely, the one that agrees."""
        best = candidates[0]
        if self._agrees(number, best.key, span):
            return best.key
        empty = self._is_empty(best.key)
        for each in candidates[1:]:
            share = _SAME_KIND if empty or each.is_kin(best.kinds) else _NEARLY
            if each.score >= best.score * share and self._agrees(number, each.key, span):
                return each.key
        if empty:
            return self._recorded_elsewhere(number, candidates, span) or best.key
        return best.key

    def _recorded_elsewhere(
        self, number: Printed, candidates: list[Candidate], span: When
    ) -> str | None:
        """A figure that reports print under the same heading; the likeliest has no records."""
        best = candidates[0]
        for speech in self._vocabulary.values():
            if (
                speech.kinds & best.kinds
                and number.unit in speech.units
                and self._agrees(number, speech.key, span)
            ):
                return speech.key
        return next(
            (
                each.key
                for each in candidates[1:]
                if each.is_kin(best.kinds)
                and each.score >= best.score * 0.6
                and not self._is_empty(each.key)
            ),
            None,
        )

    def _is_empty(self, key: str) -> bool:
        figure = self._figures[key]
        return not figure.value and not figure.records

    def _agrees(self, number: Printed, key: str, span: When) -> bool:
        figure = self._figures[key]
        value = figure.previous if span is When.YEAR_BEFORE else figure.value
        return bool(value) and agrees(number, value, figure.unit)

    def _held(self, base: Finding, key: str, span: When) -> Finding:
        """The verdict on a number whose figure is known."""
        number, figure = base.number, self._figures[key]
        value = figure.previous if span is When.YEAR_BEFORE else figure.value
        ways = allowed(figure, number.unit, value)
        base = replace(base, figure=figure, expected=value, allowed=ways)
        if number.claim is Claim.VAGUE:
            vague = said.VAGUE.fill(text=number.text, allowed=ways[0]) if ways else said.NO_FIGURE
            return replace(base, message=vague)
        if span is When.YEAR_BEFORE and value is None:
            return replace(base, message=said.NO_YEAR_BEFORE)
        if value is not None and agrees(number, value, figure.unit):
            remark = unit_remark(number, figure, value)
            return replace(base, verdict=Verdict.AGREES, remark=remark)
        if (
            span is When.PART
            and value is not None
            and number.value <= comparable(value, figure.unit)
        ):
            return replace(base, message=said.PART_OF.fill(right=ways[-1]))
        wrong = what_is_wrong(number, figure, value)
        return replace(base, verdict=Verdict.DISAGREES, message=wrong)

    def _wrong_years(self, headings: Sequence[Heading]) -> list[tuple[Heading, int, int]]:
        """Headings that name last year alone: text that was kept from last year's report."""
        wrong = []
        for heading in headings:
            named = {year for year, _ in heading.years}
            if named and self._year not in named:
                wrong += [
                    (heading, year, at) for year, at in heading.years if year == self._year - 1
                ]
        return wrong

    def _of_heading(self, heading: Heading, year: int, at: int) -> Finding:
        text = self._text[at : at + 5]
        end = at + (5 if text.endswith("年") else 4)
        number = Printed(at, end, self._text[at:end], Decimal(year), "年", core=at)
        return Finding(
            number,
            self._text[heading.start : heading.end],
            "",
            Verdict.DISAGREES,
            expected=self._year,
            allowed=(f"{self._year}年",),
            message=said.WRONG_YEAR.fill(printed=year, year=self._year),
        )
