"""Which figure a number speaks of: by its unit, the words around it, its sentence and heading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .printed import Printed
from .surroundings import Surroundings
from .vocabulary import Cue, Speech, Vocabulary

#: What terms are worth by their length: one long name says more than its parts, but not twice.
_BY_LENGTH = (0.0, 0.9, 2.0, 2.6, 3.1, 3.5, 3.9, 4.2, 4.5)
_CLAUSE = 0.55
_LEFT = (0.42, 0.34, 0.28, 0.24, 0.2)
_LEFT_OF_BARE = (0.8, 0.5, 0.3, 0.24, 0.2)
_RIGHT = (0.26, 0.18)
_HEADING = 0.3
_PREVIOUS = 0.2
_BEFORE_VERB = 0.6
#: Evidence below this is none.
_ENOUGH = 1.55
#: A sentence goes on speaking of the same work; of the advisers most of all, whose acts have no
#: names of their own.
_SAME_TOPIC, _SAME_AREA, _SAME_ADVISERS = 0.7, 0.3, 0.8
#: Shares that no figure says.
_OTHER_SHARES = ("优秀率", "满意率", "满意度", "知晓率", "知晓度", "支持率", "优良率", "增长率")
_BY_AREA = {"worklog": 0.0, "advisers": _SAME_ADVISERS}
_MISSING_OWN = 0.55
#: By words of another figure in the clause, and in the clause before.
_AGAINST, _AGAINST_BESIDE = 0.55, 0.7
_MOST = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure a number may speak of, and how strongly the words say so."""

    key: str
    score: float
    kinds: frozenset[str]

    def is_kin(self, kinds: frozenset[str]) -> bool:
        """Whether real reports print it under one heading with figures of these kinds."""
        return bool(self.kinds & kinds)


class Binder:
    """Looks for the figures of one text's numbers. Cues whose words it lacks are dropped."""

    def __init__(self, vocabulary: Vocabulary, flat: str) -> None:
        there: dict[str, bool] = {}

        def is_there(word: str) -> bool:
            if word not in there:
                there[word] = word in flat
            return there[word]

        def alive(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
            kept = []
            for cue in cues:
                terms = tuple(tuple(filter(is_there, term)) for term in cue.terms)
                if all(terms):
                    kept.append(Cue(terms, cue.weight))
            return tuple(kept)

        self._topics: dict[str, tuple[Cue, ...]] = {}
        self._by_unit: dict[str, list[tuple[Speech, float, tuple[Cue, ...]]]] = {}
        for speech in vocabulary.values():
            if speech.topic not in self._topics:
                self._topics[speech.topic] = alive(speech.subject)
            own = alive(speech.own)
            if own or self._topics[speech.topic]:
                for unit, fit in speech.units.items():
                    self._by_unit.setdefault(unit, []).append((speech, fit, own))

    def candidates(
        self, number: Printed, words: Surroundings, topic_before: str = ""
    ) -> list[Candidate]:
        """The figures whose words are near, best first; empty where the evidence is thin."""
        look = _Look(words)
        if number.unit == "%" and look.nearest(_OTHER_SHARES) >= 1:
            return []
        subjects: dict[str, float] = {}
        found = []
        for speech, fit, cues in self._by_unit.get(number.unit, ()):
            subject = subjects.get(speech.topic)
            if subject is None:
                subject = subjects[speech.topic] = look.best(self._topics[speech.topic])
            own = look.best(cues, _CLAUSE if speech.needs_own else 0) if cues else 0.0
            if not subject and not own:
                continue
            score = subject + own
            if speech.needs_own and not own:
                score *= _MISSING_OWN
            if topic_before:
                if topic_before == speech.topic != speech.key:
                    score += _SAME_TOPIC
                elif (area := speech.topic.partition(".")[0]) == topic_before.partition(".")[0]:
                    score += _BY_AREA.get(area, _SAME_AREA)
            score *= fit * speech.likely
            if speech.against:
                score *= look.doubt(speech.against)
            if score >= _ENOUGH:
                found.append(Candidate(speech.key, score, speech.kinds))
        found.sort(key=lambda each: -each.score)
        return found[:_MOST]


class _Look:
    """Finds terms around one number and says how near they are."""

    def __init__(self, words: Surroundings) -> None:
        self._words = words
        self._known: dict[str, float] = {}

    def best(self, cues: Iterable[Cue], at_least: float = 0) -> float:
        """The strongest cue, with a share of the next one; all its words as near as asked."""
        first = second = 0.0
        for cue in cues:
            score = self._cue(cue, at_least)
            if score > first:
                first, second = score, first
            elif score > second:
                second = score
        return first + 0.2 * second

    def nearest(self, words: Iterable[str]) -> float:
        """How near the nearest of these words is."""
        return max(map(self._near, words), default=0.0)

    def doubt(self, words: Iterable[str]) -> float:
        """What is left of the evidence where words of another figure stand near."""
        left = 1.0
        for word in words:
            near = self._near(word.removesuffix("!"))
            if near >= _CLAUSE:
                return _AGAINST
            if near >= _LEFT[0] and word.endswith("!"):
                left = _AGAINST_BESIDE
        return left

    def _cue(self, cue: Cue, at_least: float) -> float:
        length, nearest, farthest, total = 0, 0.0, 9.0, 0.0
        for term in cue.terms:
            near, size = 0.0, 0
            for word in term:
                here = self._near(word)
                if here and here * _worth(len(word)) > near * _worth(size):
                    near, size = here, len(word)
            if not near:
                return 0.0
            length += size
            total += near * size
            nearest, farthest = max(nearest, near), min(farthest, near)
        if farthest < at_least:
            return 0.0
        worth = cue.weight if cue.weight is not None else _worth(length)
        return worth * (0.75 * total / length + 0.25 * nearest)

    def _near(self, word: str) -> float:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._looked(word)
        return known

    def _looked(self, word: str) -> float:
        words = self._words
        best = 0.0
        place = words.before.rfind(word)
        if place >= 0:
            gap = len(words.before) - place - len(word)
            best = _decay(gap)
            if place + len(word) <= words.verb:
                best *= _BEFORE_VERB
        place = words.after.find(word)
        if place >= 0:
            best = max(best, 0.95 * _decay(place))
        if best >= _CLAUSE:
            return best
        if word in words.clause:
            best = max(best, _CLAUSE)
        left = _LEFT_OF_BARE if words.bare else _LEFT
        for weights, clauses in ((left, words.left), (_RIGHT, words.right)):
            for weight, clause in zip(weights, clauses, strict=False):
                if weight > best and word in clause:
                    best = weight
        if best < _HEADING and word in words.headings:
            best = _HEADING
        if best < _PREVIOUS and word in words.previous:
            best = _PREVIOUS
        return best


def _decay(gap: int) -> float:
    """Nearness of a word by the signs between it and the number."""
    if gap <= 3:
        return 1.2
    if gap <= 9:
        return 1.0
    if gap <= 18:
        return 0.8
    return 0.62


def _worth(length: int) -> float:
    return _BY_LENGTH[min(length, len(_BY_LENGTH) - 1)]
