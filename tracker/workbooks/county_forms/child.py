"""The process that opens an office's form; see `importing.running` for how it is kept in bounds.

It takes one line with its job and then the file, and answers with the survey, with the filled
workbook, or with a refusal.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words
from tracker.workbooks.importing import child as opening
from tracker.workbooks.importing import limits, refusals

NOT_XLSX = Words(
    "表样要用 .xlsx 格式。请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。",
    "A form must be an .xlsx file. Open it in Excel or WPS, save it as .xlsx and upload that.",
)
NO_ROOM = Words(
    "记录太多，工作表放不下。请删除表样下方很远处的内容，或缩短时间范围。",
    "There are more records than the sheet has rows for. Delete what stands far below, or choose "
    "a shorter period.",
)


def main() -> None:
    """Do the job on standard input."""
    job = json.loads(sys.stdin.buffer.readline())
    limits.limit_this_process(int(job["seconds"]) + 1)
    sys.stdout.buffer.write(answer(job, sys.stdin.buffer.read()))
    sys.stdout.buffer.flush()


def answer(job: dict[str, Any], data: bytes) -> bytes:
    """What the process says: the survey, the filled workbook or a refusal."""
    try:
        return _done(job, data)
    except TrackerError as error:
        return _refused(error.message)
    except MemoryError:
        return _refused(refusals.TOO_HEAVY)
    except Exception:  # whatever a broken file makes openpyxl do
        return _refused(refusals.DAMAGED)


def _done(job: dict[str, Any], data: bytes) -> bytes:
    kind, checked, _ = opening.check(data)
    if kind != "xlsx":
        raise TrackerError(NOT_XLSX)
    from . import work  # openpyxl is loaded for files that may be opened, and for no other

    if job["task"] == "survey":
        return work.survey(checked)
    try:
        return work.fill(checked, job["values"])
    except work.NoRoom:
        raise TrackerError(NO_ROOM) from None


def _refused(words: Words) -> bytes:
    return json.dumps({"refused": [words.zh, words.en]}, separators=(",", ":")).encode()


if __name__ == "__main__":
    main()
