"""The process that opens a file somebody sent. It may run out of memory or time, and die of it.

Run by `opening`; it takes one line with its job and answers with one line. The file and what is
made of it are named by path, so that the server itself never holds their content.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tracker.kernel import limits
from tracker.kernel.errors import TrackerError

from . import refusals
from .sniffing import SNIFFED, Form, form_of

#: Address space, the interpreter included: what decoded pixels take, and 72 MB beside them.
MEMORY = 168 * 1024 * 1024
_SECONDS = 30


def main() -> None:
    """Do the job on standard input."""
    job = json.loads(sys.stdin.buffer.readline())
    limits.limit_this_process(_SECONDS, MEMORY)
    sys.stdout.write(json.dumps(answer(job)))


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """What is said of the file: what it is, or why it is refused."""
    try:
        return opened(Path(job["source"]), Path(job["target"]), Path(job["small"]))
    except TrackerError as error:
        return {"refused": [error.message.zh, error.message.en]}
    except MemoryError:
        return {"refused": [refusals.TOO_HEAVY.zh, refusals.TOO_HEAVY.en]}


def opened(source: Path, target: Path, small: Path) -> dict[str, Any]:
    """Open the file whole; a picture is drawn anew into ``target`` and ``small``.

    :raises TrackerError: when it is not something that is taken.
    """
    with source.open("rb") as file:
        form = form_of(file.read(SNIFFED))
    if form is Form.PDF or form is Form.ZIP:
        from . import documents

        data = source.read_bytes()
        return {"media_type": documents.pdf(data) if form is Form.PDF else documents.office(data)}
    from . import pictures

    drawn = pictures.redraw(source, form, target, small)
    return {
        "media_type": "image/jpeg",
        "width": drawn.width,
        "height": drawn.height,
        "taken_on": drawn.taken_on.isoformat() if drawn.taken_on else None,
    }


if __name__ == "__main__":
    main()
