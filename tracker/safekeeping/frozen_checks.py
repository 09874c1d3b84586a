"""Whether every frozen set still holds what it was frozen with."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask

from tracker.figures.freezing.queries import broken_sets
from tracker.kernel.db import db
from tracker.kernel.words import Words

from .checks import Check, State

FROZEN = Words("定稿校验", "Frozen years")


def frozen(_app: Flask) -> Iterator[Check]:
    """A set's checksum covers every figure and every record in it."""
    broken = list(broken_sets(db.session()))
    if broken:
        for found in broken:
            yield Check(
                "frozen",
                FROZEN,
                State.FAILED,
                found,
                Words(
                    "定稿被人从程序外改动过。请用备份核对，并查明是谁改的。",
                    "It was changed from outside the program. Compare it with a backup.",
                ),
            )
        return
    yield Check("frozen", FROZEN, State.OK, Words("与定稿时一致", "As they were frozen"))
