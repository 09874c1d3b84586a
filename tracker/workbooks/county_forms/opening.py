"""Asks the child process what a form holds, and to fill it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words
from tracker.workbooks.importing import guard, refusals, running

from .findings import REFUSED, Survey

_CHILD = "tracker.workbooks.county_forms.child"
#: A ledger that comes in gets as long.
_TO_SURVEY = 4.0
#: Up to ten thousand rows are written.
_TO_FILL = 60.0


def survey(data: bytes, file_name: str) -> Survey:
    """What a form that came in holds.

    :raises TrackerError: when it is no workbook, not safe to open, or too large.
    """
    guard.container(data, file_name)
    answer = running.run({"task": "survey"}, data, _TO_SURVEY, child=_CHILD)
    return Survey.from_json(_whole(answer).decode())


def fill(data: bytes, values: Mapping[str, Any]) -> bytes:
    """The form with its marks filled; see `values.Values`."""
    answer = running.run({"task": "fill", "values": values}, data, _TO_FILL, child=_CHILD)
    return _whole(answer)


def _whole(answer: bytes) -> bytes:
    if not answer:
        raise TrackerError(refusals.TOO_HEAVY)
    if answer.startswith(REFUSED):
        raise TrackerError(Words(*json.loads(answer)["refused"]))
    return answer
