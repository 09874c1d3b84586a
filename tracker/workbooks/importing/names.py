"""Finding the records that cells name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from tracker.kernel.errors import TrackerError
from tracker.kernel.intake import Reference
from tracker.kernel.text import clean_line
from tracker.kernel.words import Words

from .entry import Entry, refusal

_SIGNS = re.compile(r"[、,，;；\n]+")
_SPACES = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_SLASHES = re.compile(r"[/／]+")
#: What may be left off a village's name, by the kind of village it says.
_ENDINGS = {
    "村村民委员会": "村",
    "社区居民委员会": "社区",
    "村村委会": "村",
    "社区居委会": "社区",
    "村民委员会": "村",
    "居民委员会": "社区",
    "村委会": "村",
    "居委会": "社区",
    "社区": "社区",
    "村": "村",
}
#: A township or county before a village's name.
_ABOVE = re.compile(r".{1,12}?(?:镇|乡|街道)(?=.)")
#: A part of a village, which is entered as the village.
_PART = re.compile(
    r"(?P<village>.+)(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:村民小组|居民小组|小组|组|社|队)"
)
#: What is no name, whatever it stands for: nothing is ever created by it.
_NO_NAME = re.compile(
    r".{2,}等(?:[0-9一二三四五六七八九十几多]+.*|村|地|处|人|单位)?|.*(?:若干|其他|其它|以上|左右|多个).*|各.*"
    r"|全(?:镇|乡|县|村|街道|部|体|域).*|所有.*|\W.*|.*[:：。？?！!].*"
    r"|[0-9零一二三四五六七八九十百.]+|.*[0-9]+[年月日号].*|.*[0-9一二三四五六七八九十两几]+个.*"
)
_AND = re.compile(r"[和与及]")
_LONGEST_NAME = 30
#: Every village of a large township, twice over.
_LONGEST_LIST = 2000
_NO_NAMES = Words(
    "「{text}」不是{label}的名称，请写出具体名称，几个之间用顿号隔开",
    "“{text}” is no name of a {label}; write the names, with 、 between them",
)


class UnknownNames(TrackerError):
    """A cell names records that are not there."""

    def __init__(self, label: Words, names: list[str], *, may_create: bool) -> None:
        text = Words(
            "没有「{names}」这样的{label}，请核对名称，或先登记",
            "No {label} is called “{names}”; check the name, or enter it first",
        )
        if may_create:
            text = Words(
                "没有「{names}」这样的{label}，请核对名称；确是新的，请勾选「自动新建」",
                "No {label} is called “{names}”; check the name, or choose to create it",
            )
        super().__init__(text.fill(names="、".join(names), label=label))
        self.names = names


class AmbiguousName(TrackerError):
    """A cell's name is that of several records."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Words(
                "有不止一个「{name}」，请写全名称",
                "Several are called “{name}”; write the whole name",
            ).fill(name=name)
        )


def split_names(text: str) -> list[str]:
    """Names with 、 ， ； or spaces between them."""
    parts = (part for by_sign in _SIGNS.split(text) for part in _SPACES.split(by_sign))
    return _cleaned(parts)


def _cleaned(parts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(plain for part in parts if (plain := clean_line(part))))


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def _short(text: str) -> tuple[str, str]:
    """A name without its ending, and which kind of village the ending says."""
    for ending, kind in _ENDINGS.items():
        if text.endswith(ending) and len(text) > len(ending):
            return text[: -len(ending)], kind
    return text, ""


class Names:
    """The names a field's records are known by. New ones can be added while an import runs."""

    def __init__(
        self, offered: Sequence[tuple[str, str]], reference: Reference, *, optional: bool = True
    ) -> None:
        self.reference = reference
        self._optional = optional
        self._ids: dict[str, set[str]] = {}
        self._short: dict[str, dict[str, str]] = {}
        self._all: dict[str, None] = {}
        for key, name in offered:
            self.add(key, name)

    def add(self, key: str, name: str) -> None:
        """Know a record by its name from now on."""
        self._all[key] = None
        plain = _plain(name)
        self._ids.setdefault(plain, set()).add(key)
        short, kind = _short(plain)
        self._short.setdefault(short, {})[key] = kind

    def read(self, text: str, *, several: bool) -> Entry:
        """The ids of the records a cell names.

        :raises UnknownNames: for names that are not there and may be new ones.
        :raises AmbiguousName: for a name of several records.
        :raises NotUnderstood: for what is no name, or several where one is asked for.
        """
        whole = clean_line(text)
        if len(whole) > _LONGEST_LIST:
            raise refusal(_NO_NAMES.fill(text="{text}", label=self.reference.label), whole)
        if whole in self.reference.nowhere and (several or self._optional):
            return Entry([])
        if several and whole in self.reference.everywhere:
            return Entry(list(self._all))
        entry = Entry([])
        if (found := self._find(whole, entry)) is not None:
            return Entry([found], notes=entry.notes)
        parts = self._parts(text)
        if not several and len(parts) > 1:
            raise refusal(
                Words(
                    "「{text}」不止一个，这一栏只能填一个{label}；有几个的，请分几行填",
                    "“{text}” names several, and this column takes one {label}: use a row for each",
                ).fill(text="{text}", label=self.reference.label),
                whole,
            )
        ids = {part: self._find(part, entry) for part in parts}
        if unknown := [part for part, key in ids.items() if key is None]:
            self._refuse(unknown, whole)
        entry.values = [key for key in dict.fromkeys(ids.values()) if key is not None]
        return entry

    def _parts(self, text: str) -> list[str]:
        """The names in a cell. A name with a space in it, such as 张　三, stays whole if known."""
        found: list[str] = []
        for part in _cleaned(_SIGNS.split(text)):
            for split in (lambda t: [t], _SPACES.split, _SLASHES.split, _AND.split):
                names = _cleaned(split(part))
                if all(self._find(name, Entry([])) is not None for name in names):
                    break
            else:
                names = self._joined(_cleaned(_SPACES.split(part)))
            found += names
        return list(dict.fromkeys(found))

    def _joined(self, names: list[str]) -> list[str]:
        """Names of which some were written with a space in them: 王　伟 刘芳."""
        found: list[str] = []
        for name in names:
            both = f"{found[-1]} {name}" if found else ""
            split = bool(both) and self._known(_plain(found[-1]), both) is None
            if split and self._known(_plain(both), both) is not None:
                found[-1] = both
            else:
                found.append(name)
        return found

    def _refuse(self, unknown: list[str], whole: str) -> None:
        label = self.reference.label
        for name in unknown:
            is_none = _NO_NAME.fullmatch(name) or name.endswith(self.reference.other_places)
            if len(name) > _LONGEST_NAME or is_none or self._holds_known(name):
                raise refusal(_NO_NAMES.fill(text="{text}", label=label), whole)
        raise UnknownNames(label, unknown, may_create=self.reference.create is not None)

    def _holds_known(self, name: str) -> bool:
        """Whether a name is more than one that is known: 石桥村村部, 石桥村和新村."""
        plain = _plain(name)
        begun = (plain[:end] for end in range(2, len(plain)))
        if any(_short(each)[1] and each in self._ids for each in begun):
            return True
        parts = _AND.split(name)
        return len(parts) > 1 and any(p and self._find(p, Entry([])) is not None for p in parts)

    def _find(self, name: str, entry: Entry) -> str | None:
        """The record of this name; how a loose wording was read is noted in ``entry``."""
        plain = _plain(name)
        if (found := self._known(plain, name)) is not None:
            return found
        for loose in self._loosened(plain):
            if (found := self._known(loose, name)) is not None:
                entry.notes.append(
                    Words("「{name}」按「{as_}」录入", "“{name}” is taken as “{as_}”").fill(
                        name=name, as_=loose
                    )
                )
                return found
        return None

    @staticmethod
    def _loosened(plain: str) -> list[str]:
        """A name without the township before it, and a village's without the part of it."""
        forms = [plain]
        if match := _ABOVE.match(plain):
            forms.append(plain[match.end() :])
        forms += [match["village"] for form in forms if (match := _PART.fullmatch(form))]
        return forms[1:]

    def _known(self, plain: str, name: str) -> str | None:
        found = self._ids.get(plain) or set()
        if not found:
            short, kind = _short(plain)
            alike = self._short.get(short, {})
            found = {key for key, its in alike.items() if not kind or not its or kind == its}
        if len(found) > 1:
            raise AmbiguousName(name)
        return next(iter(found), None)
