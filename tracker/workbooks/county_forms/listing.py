"""The list of all marks a form may hold, to be copied from."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.figures import catalogue, published
from tracker.kernel.text import clean_line
from tracker.kernel.units import Unit
from tracker.kernel.words import Words

from . import contents
from .contents import said
from .meanings import FactMeaning
from .spans import WHOLE_YEAR
from .values import Occasion, fact
from .vocabulary import FACTS, OPTION_LABELS, Kind, Vocabulary

_FACTS = Words("基本信息", "Facts")
_OPTIONS = Words("数字可以带的选项", "Options of figures")
_LEDGER = Words("逐条重复：{label}", "Repeated rows: {label}")
_KINDS = Words("逐条重复：其他台账的一个分类", "Repeated rows: one kind of other registers")
_BEGIN = Words("写在要重复的那一行", "stands in the row that is to be repeated")
_END = Words(
    "写在最后一行；只重复一行时可以不写", "ends the rows; may be left out for a single row"
)
_NUMBER = Words("序号", "Running number")
_OWN_OFFICE = Words("记录所属单位", "The record's office")

#: Examples of periods with what they mean.
PERIODS: tuple[tuple[str, Words], ...] = (
    ("{{outreach.events|2024}}", Words("2024年", "2024")),
    ("{{outreach.events|2024-Q4}}", Words("2024年第四季度", "fourth quarter of 2024")),
    ("{{outreach.events|2024-H1}}", Words("2024年上半年", "first half of 2024")),
    ("{{outreach.events|2024-11}}", Words("2024年11月", "November 2024")),
    ("{{outreach.events|Q4}}", Words("所填年度的第四季度", "fourth quarter of the year filled in")),
    ("{{outreach.events|H1}}", Words("所填年度的上半年", "first half of the year filled in")),
    ("{{outreach.events|12}}", Words("所填年度的12月", "December of the year filled in")),
    (
        "{{outreach.events|1-9}}",
        Words("所填年度的1—9月累计", "January to September of the year filled in"),
    ),
)


#: How marks are written, for the page that explains it.
EXAMPLES = {
    "sentence": "全年共开展{{outreach.events}}次",
    "options": ("{{outreach.events|Q4}}", "{{outreach.person_times|phrase}}"),
    "row": ("{{#events}}{{#}}", "{{title}}", "{{starts_on}}", "{{headcount}}"),
}


@dataclass(frozen=True)
class Entry:
    """One mark with what it means and, where that can be said, what it is now."""

    mark: str
    label: Words
    value: str = ""


@dataclass(frozen=True)
class Group:
    """Marks of one kind."""

    title: Words
    entries: tuple[Entry, ...]


def groups(
    session: Session, vocabulary: Vocabulary, occasion: Occasion, search: str = ""
) -> list[Group]:
    """All marks, or those in whose spelling or label the search is found."""
    found = [
        Group(_FACTS, tuple(_fact(key, occasion) for key in FACTS)),
        Group(_OPTIONS, _options()),
        *_figures(session, occasion),
        *(_ledger(kind) for kind in vocabulary.kinds().values() if not kind.part),
        Group(
            _KINDS,
            tuple(
                Entry(_marked(f"#{kind.key}"), kind.label)
                for kind in vocabulary.kinds().values()
                if kind.part
            ),
        ),
    ]
    wanted = clean_line(search).casefold()
    if not wanted:
        return [group for group in found if group.entries]
    narrowed = [
        Group(group.title, tuple(each for each in group.entries if _holds(each, wanted)))
        for group in found
    ]
    return [group for group in narrowed if group.entries]


def _holds(entry: Entry, wanted: str) -> bool:
    texts = (entry.mark, entry.label.zh, entry.label.en)
    return any(wanted in text.casefold() for text in texts)


def _marked(name: str) -> str:
    return "{{" + name + "}}"


def _fact(key: str, occasion: Occasion) -> Entry:
    return Entry(_marked(key), FACTS[key], said(fact(FactMeaning(key), occasion)))


def _options() -> tuple[Entry, ...]:
    options = [
        Entry(_marked(f"outreach.person_times|{key}"), label)
        for key, label in OPTION_LABELS.items()
    ]
    return (*(Entry(mark, label) for mark, label in PERIODS), *options)


def _figures(session: Session, occasion: Occasion) -> list[Group]:
    period = WHOLE_YEAR.of(occasion.year, occasion.today)
    # Without the parts of ratios, which nobody asks for by themselves.
    figures = catalogue.figures_for(session, occasion.scope, occasion.year)
    readings = published.readings_of(session, figures, occasion.scope, period)
    by_group: dict[str, tuple[Words, list[Entry]]] = {}
    for figure in figures:
        value = contents.number(readings[figure.key].value, percent=figure.unit is Unit.PERCENT)
        _, entries = by_group.setdefault(figure.group.zh, (figure.group, []))
        entries.append(Entry(_marked(figure.key), figure.label, said(value)))
    return [Group(title, tuple(entries)) for title, entries in by_group.values()]


def _ledger(kind: Kind) -> Group:
    columns = [Entry(_marked(each.key), each.label) for each in kind.register.columns]
    return Group(
        _LEDGER.fill(label=kind.label),
        (
            Entry(_marked(f"#{kind.key}"), _BEGIN),
            Entry("{{#}}", _NUMBER),
            *columns,
            Entry("{{office}}", _OWN_OFFICE),
            Entry(_marked(f"/{kind.key}"), _END),
        ),
    )
