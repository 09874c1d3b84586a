"""What stands around a number: its clause up to its neighbours, the clauses beside it, headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .printed import Printed
from .sentences import Sentence

#: What parts two counted things in one clause.
_JOINT = re.compile("以及|[、和与及并]|[(]")
_SEVERALLY = re.compile("分别(?:为|是|达到|达|有|占)?$")
#: The object after the last of these is what is counted.
_VERBS = re.compile(
    "召开|开展|举办|组织|举行|发放|悬挂|张贴|推送|接待|解答|出具|化解|调解|办理|受理|查处|聘请|配备|建成"
    "|印发|制定|出台|走访|新增|审查|审核|参加|覆盖|培训|学习"
)
_LONGEST = 60
#: Words that name nothing: where no other stand by the number, the clause before it speaks of it.
_EMPTY = re.compile(
    "(?:总量|总数|总计|合计|共计|累计|数量|人数|次数|总共|一共|全年|今年|年内|全镇|全乡|全街道|已|共|计|达到|达|为|有|是|了"
    "|超过|超|近|约|逾|突破|不少于|实现|完成|其|均|其中|截至目前|目前|[ \u3000:])+"
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words around one number, nearest first."""

    before: str
    after: str
    clause: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    headings: str
    previous: str
    #: Where in ``before`` the last verb begins; what stands before it is less likely counted.
    verb: int
    #: Whether only empty words stand by the number: 总量达到8次.
    bare: bool
    #: The text just before in the sentence, for years and spans of time.
    lead: str
    #: The clause with every number taken out, for what people bound before.
    cue: str


def around(flat: str, number: Printed, sentence: Sentence, others: list[Printed]) -> Surroundings:
    """The surroundings of a number; ``others`` are all numbers of its sentence, in order."""
    place = next(
        (
            index
            for index, clause in enumerate(sentence.clauses)
            if clause.start <= number.core < clause.end
        ),
        len(sentence.clauses) - 1,
    )
    clause = sentence.clauses[place]
    inside = [each for each in others if clause.start <= each.core < clause.end]
    index = inside.index(number) if number in inside else 0
    before = _before(flat, clause.start, number, inside, index)
    after = _after(flat, clause.end, number, inside, index)
    verbs = [found.start() for found in _VERBS.finditer(before)]
    left = [flat[each.start : each.end] for each in sentence.clauses[max(place - 5, 0) : place]]
    right = [flat[each.start : each.end] for each in sentence.clauses[place + 1 : place + 3]]
    own = _cut(flat, clause.start, clause.end, number.start)
    if len(inside) > 1:
        # What belongs to the neighbours in the clause is no nearer than the clauses beside it.
        own = before + after
        left.append(flat[clause.start : number.start - len(before)])
        right.insert(0, flat[number.end + len(after) : clause.end])
    return Surroundings(
        before=before,
        after=after,
        clause=own,
        left=tuple(each[-_LONGEST:] for each in reversed(left)),
        right=tuple(each[:_LONGEST] for each in right),
        headings=" ".join(flat[each.start : each.end] for each in sentence.headings),
        previous=flat[sentence.before.start : sentence.before.end][-120:]
        if sentence.before
        else "",
        verb=verbs[-1] if verbs else 0,
        bare=len(_EMPTY.sub("", before)) <= 1 and len(after.strip(" )）")) <= 1,
        lead=flat[max(sentence.start, number.start - 200) : number.start],
        cue=_without_numbers(flat, clause.start, clause.end, inside, number),
    )


def _before(flat: str, start: int, number: Printed, inside: list[Printed], index: int) -> str:
    """From the number before it, or from the joint after that, up to the number."""
    severally = _severally(flat, start, inside, index) if len(inside) > 1 else None
    if severally is not None:
        return severally
    if index == 0:
        return flat[max(start, number.start - _LONGEST) : number.start]
    between = flat[inside[index - 1].end : number.start]
    joints = list(_JOINT.finditer(between))
    return between[joints[-1].end() :][-_LONGEST:] if joints else between[-_LONGEST:]


def _after(flat: str, end: int, number: Printed, inside: list[Printed], index: int) -> str:
    """From the number up to the next one, or to the joint before that."""
    if index + 1 >= len(inside):
        return flat[number.end : min(end, number.end + _LONGEST)]
    between = flat[number.end : inside[index + 1].start]
    joint = _JOINT.search(between)
    return (between[: joint.start()] if joint else between[:6])[:_LONGEST]


def _severally(flat: str, start: int, inside: list[Printed], index: int) -> str | None:
    """参考率、合格率分别为100%、98%: the label that belongs to this number."""
    first = inside[0]
    beginning = flat[start : first.start]
    found = _SEVERALLY.search(beginning)
    if found is None:
        return None
    labels = re.split("以及|[、和与及]", beginning[: found.start()])
    if len(labels) < len(inside):
        return None
    return labels[len(labels) - len(inside) + index]


def _cut(flat: str, start: int, end: int, place: int) -> str:
    return flat[max(start, place - 80) : min(end, place + 80)]


def _without_numbers(
    flat: str, start: int, end: int, inside: list[Printed], number: Printed
) -> str:
    """The clause with # for its numbers and the one asked about marked, without blanks."""
    parts, place = [], start
    for each in inside:
        parts.append(flat[place : max(each.start, place)])
        parts.append(f"[{each.unit}]" if each is number else "#")
        place = each.end
    parts.append(flat[place:end])
    return re.sub(r"\s+", "", "".join(parts))[:200]
