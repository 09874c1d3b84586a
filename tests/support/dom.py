"""A page as a tree: just enough of HTML to read it as a person or a browser would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "path",
        "circle",
        "line",
        "rect",
        "use",
    ]
)
_UNSEEN = frozenset({"script", "style", "template", "head", "option"})


@dataclass(eq=False)
class Node:
    """One element. ``children`` holds elements and texts in their order."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)
    parent: Node | None = None

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in the order of the page."""
        return iter(self._with_all_below)

    @cached_property
    def _with_all_below(self) -> list[Node]:
        """Kept, since a page that has been read does not change and is asked a hundred times."""
        found, waiting = [], [self]
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))
        return found

    def all(self, *tags: str, **attrs: str) -> list[Node]:
        """The elements of these tags with these attributes (``_`` stands for ``-``)."""
        wanted = {key.strip("_").replace("_", "-"): value for key, value in attrs.items()}
        return [
            node
            for node in self.walk()
            if (not tags or node.tag in tags)
            and all(node.attrs.get(key) == value for key, value in wanted.items())
        ]

    def first(self, *tags: str, **attrs: str) -> Node | None:
        """The first such element, if there is one."""
        return next(iter(self.all(*tags, **attrs)), None)

    def the(self, *tags: str, **attrs: str) -> Node:
        """The one such element; more or fewer are an error."""
        found = self.all(*tags, **attrs)
        assert len(found) == 1, f"{len(found)} elements {tags} {attrs}"
        return found[0]

    def get(self, name: str, default: str = "") -> str:
        return self.attrs.get(name, default)

    def has_class(self, name: str) -> bool:
        return name in self.get("class").split()

    def above(self) -> Iterator[Node]:
        """The elements around this one, nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def is_inside(self, *tags: str) -> bool:
        return any(node.tag in tags for node in self.above())

    @property
    def text(self) -> str:
        """What is read: texts with single spaces, without scripts and unchosen options."""
        return " ".join(" ".join(self.texts()).split())

    def texts(self, *, leaving_out: str = "") -> Iterator[str]:
        """The texts inside, as they stand, but for those in elements of a tag."""
        if self.tag in _UNSEEN or self.tag == leaving_out:
            return
        for child in self.children:
            if isinstance(child, Node):
                yield from child.texts(leaving_out=leaving_out)
            else:
                yield child

    @property
    def whole_text(self) -> str:
        """The text of this element as it stands, line breaks included."""
        return "".join(c if isinstance(c, str) else c.whole_text for c in self.children)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("document")
        self.open = self.root
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.faults.append(f"<{tag}> gives an attribute twice: {names}")
        node = Node(tag, {name: value or "" for name, value in attrs}, parent=self.open)
        self.open.children.append(node)
        if tag not in VOID:
            self.open = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        before = self.open
        self.handle_starttag(tag, attrs)
        self.open = before

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.open.tag != tag:
            self.faults.append(f"</{tag}> closes <{self.open.tag}>")
            while self.open.parent is not None and self.open.tag != tag:
                self.open = self.open.parent
        if self.open.parent is not None:
            self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


def parse(html: str) -> tuple[Node, list[str]]:
    """The page's tree, and what is wrong with its markup."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    if parser.open is not parser.root:
        parser.faults.append(f"<{parser.open.tag}> is never closed")
    return parser.root, parser.faults
