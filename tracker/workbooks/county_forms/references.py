"""Formulas after rows were repeated: what they refer to moves along, totals take in the new rows.

The same as if a person had inserted the rows in Excel and filled the first one down; see
docs/county_forms.md for the rules in words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

_SHEET = r"(?P<sheet>(?:'(?:[^']|'')+'|[^'!:\[\]$]+)!)?"
_CELL = r"(?P<col{n}>\$?[A-Za-z]{{1,3}})(?P<fix{n}>\$?)(?P<row{n}>[0-9]{{1,7}})"
_REFERENCE = re.compile(_SHEET + _CELL.format(n=1) + f"(?::{_CELL.format(n=2)})?")
_ROWS = re.compile(_SHEET + r"(?P<fix1>\$?)(?P<row1>[0-9]{1,7}):(?P<fix2>\$?)(?P<row2>[0-9]{1,7})")

#: Functions that add up: a single cell handed to them grows into a range.
_AGGREGATES = frozenset(
    ("SUM(", "COUNT(", "COUNTA(", "AVERAGE(", "MAX(", "MIN(", "PRODUCT(", "SUBTOTAL(")
)


@dataclass(frozen=True)
class Growth:
    """The rows ``first`` to ``last`` of a sheet, standing there ``times`` times afterwards."""

    sheet: str
    first: int
    last: int
    times: int

    @property
    def height(self) -> int:
        return self.last - self.first + 1

    @property
    def more(self) -> int:
        """How many rows come in."""
        return self.height * (self.times - 1)

    def row(self, row: int) -> int:
        """Where a row stands afterwards; a repeated one stays with the first record."""
        return row + self.more if row > self.last else row

    def span(self, top: int, bottom: int) -> tuple[int, int]:
        """Where a range of rows stands afterwards: one that ends in the repeated rows, or below,
        takes all of them in."""
        return self.row(top), bottom + self.more if bottom >= self.first else bottom

    def is_within(self, top: int, bottom: int) -> bool:
        """Whether a range lies in the repeated rows."""
        return self.first <= top and bottom <= self.last


def grown(formula: str, growth: Growth, sheet: str) -> str:
    """A formula that stands outside of the repeated rows, in ``sheet`` (or in no sheet: '')."""
    return _rewritten(formula, growth, sheet, None)


def filled_down(formula: str, growth: Growth, copy: int) -> str:
    """A formula of the repeated rows as it stands with the record number ``copy``, from 0."""
    return _rewritten(formula, growth, growth.sheet, copy)


def _rewritten(formula: str, growth: Growth, sheet: str, copy: int | None) -> str:
    try:
        tokens = Tokenizer(formula)
    except (TokenizerError, IndexError):
        return formula  # nothing a spreadsheet would work out either
    functions: list[str] = []
    items: list[Token] = tokens.items
    for at, token in enumerate(items):
        if token.subtype == Token.OPEN:
            functions.append(token.value.upper() if token.type == Token.FUNC else "(")
        elif token.subtype == Token.CLOSE and functions:
            functions.pop()
        elif token.type == Token.OPERAND and token.subtype == Token.RANGE:
            alone = bool(functions) and functions[-1] in _AGGREGATES and _stands_alone(items, at)
            token.value = _moved(token.value, growth, sheet, copy, adds_up=alone)
    return "=" + "".join(token.value for token in items)


def _stands_alone(items: list[Token], at: int) -> bool:
    """Whether an operand is an argument of its own."""
    before, after = at - 1, at + 1
    while items[before].type == Token.WSPACE and before > 0:
        before -= 1
    while after < len(items) - 1 and items[after].type == Token.WSPACE:
        after += 1
    begins = items[before].subtype == Token.OPEN or items[before].type == Token.SEP
    ends = after < len(items) and (
        items[after].subtype == Token.CLOSE or items[after].type == Token.SEP
    )
    return begins and ends


def _moved(text: str, growth: Growth, sheet: str, copy: int | None, *, adds_up: bool) -> str:
    """One reference afterwards."""
    match = _REFERENCE.fullmatch(text) or _ROWS.fullmatch(text)
    if match is None:
        return text
    parts = match.groupdict()
    named = parts["sheet"]
    target = named[:-1].strip("'").replace("''", "'") if named else sheet
    if target.casefold() != growth.sheet.casefold():
        return text
    columns = "col1" in parts
    top = int(parts["row1"])
    bottom = int(parts["row2"]) if parts["row2"] else None
    if copy is not None:
        new_top, new_bottom = _in_copy(parts, top, bottom, growth, copy)
    elif bottom is not None:
        new_top, new_bottom = growth.span(min(top, bottom), max(top, bottom))
    elif adds_up and growth.is_within(top, top):
        return f"{text}:{parts['col1']}{parts['fix1']}{top + growth.more}"
    else:
        new_top, new_bottom = growth.row(top), None
    first = f"{parts['col1'] if columns else ''}{parts['fix1']}{new_top}"
    if new_bottom is None:
        return f"{named or ''}{first}"
    return f"{named or ''}{first}:{parts['col2'] if columns else ''}{parts['fix2']}{new_bottom}"


def _in_copy(
    parts: dict[str, str], top: int, bottom: int | None, growth: Growth, copy: int
) -> tuple[int, int | None]:
    """A reference of a repeated row: its own row and the one above go along, others stay."""
    new_top = _followed(top, parts["fix1"], growth, copy)
    if bottom is None:
        return new_top, None
    if parts["fix2"] and growth.first <= bottom <= growth.last:
        return new_top, bottom + growth.more  # «$C$5:$C$5» means all records
    return new_top, _followed(bottom, parts["fix2"], growth, copy)


def _followed(row: int, fixed: str, growth: Growth, copy: int) -> int:
    if row > growth.last:
        return row + growth.more
    follows = not fixed and row >= growth.first - growth.height
    return row + copy * growth.height if follows else row
