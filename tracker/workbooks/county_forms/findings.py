"""What a form holds: its marks, its repeated rows, what is wrong with them, what would be lost."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from tracker.kernel.words import Words

#: Bounds of a form; said in docs/county_forms.md.
MOST_MARKS = 3_000
MOST_BLOCKS = 50
MOST_BLOCK_ROWS = 60

#: How the child process begins a refusal.
REFUSED = b'{"refused":'

#: Stands for the cell where a mark is in the page's header or footer.
HEADER = "header"


_IN_HEADER = Words("{sheet}：页眉页脚", "{sheet}: header or footer")


def where(sheet: str, cell: str) -> Words:
    """A cell as it is told: 附表1!B3."""
    if cell == HEADER:
        return _IN_HEADER.fill(sheet=sheet)
    return Words.same(f"{sheet}!{cell}" if cell else sheet)


@dataclass(frozen=True)
class Place:
    """One mark in one cell. ``block`` counts the repeated rows it stands in, −1 outside of all."""

    sheet: str
    cell: str
    raw: str
    block: int = -1


@dataclass(frozen=True)
class Block:
    """Rows that are repeated, from 1, both included; ``raw`` is the mark that opens them."""

    sheet: str
    cell: str
    raw: str
    first: int
    last: int


@dataclass(frozen=True)
class Fault:
    """Something wrong with how marks are placed; ``code`` says what, see `meanings`."""

    sheet: str
    cell: str
    raw: str
    code: str


@dataclass(frozen=True)
class Loss:
    """Parts of a sheet that do not come through: pictures, shapes, newer rules."""

    sheet: str
    what: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Survey:
    """Everything found in a form."""

    places: tuple[Place, ...] = ()
    blocks: tuple[Block, ...] = ()
    faults: tuple[Fault, ...] = ()
    losses: tuple[Loss, ...] = field(default=())

    def to_json(self) -> str:
        """The survey as it is kept with the form."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Survey:
        """What `to_json` made."""
        found: dict[str, list[dict[str, Any]]] = json.loads(text)
        return cls(
            tuple(Place(**each) for each in found["places"]),
            tuple(Block(**each) for each in found["blocks"]),
            tuple(Fault(**each) for each in found["faults"]),
            tuple(
                Loss(each["sheet"], each["what"], tuple(each["names"])) for each in found["losses"]
            ),
        )
