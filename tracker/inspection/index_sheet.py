"""目录.xlsx: every record of the folder with its files, and by name what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from tracker.kernel.words import Words
from tracker.workbooks import cells
from tracker.workbooks.book import Book, Heading
from tracker.workbooks.cells import Content
from tracker.workbooks.columns import SheetColumn
from tracker.workbooks.sheets import Ledger

from .contents import FiledRecord

_NAME = Words("目录", "Index")
_HEADS = (
    (Words("台账", "Register"), 18, cells.TEXT),
    (Words("编号", "Number"), 16, cells.CENTRED),
    (Words("日期", "Date"), 13, cells.CENTRED),
    (Words("记录", "Record"), 34, cells.TEXT),
    (Words("材料类别", "Kind"), 16, cells.TEXT),
    (Words("文件", "File"), 50, cells.TEXT),
    (Words("校验值（SHA-256）", "SHA-256"), 24, cells.TEXT),
)
_OFFICE = (Words("单位", "Office"), 14, cells.TEXT)
_LACKING = Words("缺", "missing")
_LOST = Words("文件不见了，请从备份取回", "The file is lost; take it back from a backup")
_NOTHING = Words("没有附件，也没有要求", "No files, and none asked for")
_IN_FRONT = Words("报告和数字", "Report and figures")
_REMARK = Words(
    "说明：按各项数字计入的记录逐条列出，一条记录被几项数字计入也只列一次；缺的材料写「缺」。",
    "Every record that a figure of the year counts stands here once, with its files; what it "
    "should have and has not is named as missing.",
)


def write_index(
    title: str,
    heading: Heading,
    in_front: Sequence[tuple[str, str]],
    filed: Sequence[FiledRecord],
    lost: frozenset[str],
    language: str = "zh",
) -> bytes:
    """The workbook. ``in_front`` are the files beside the records', with their checksums; ``lost``
    the checksums of files that were not there."""
    book = Book(language)
    several = len({each.record.office_id for each in filed}) > 1
    heads = [*([_OFFICE] if several else []), *_HEADS]
    columns = [SheetColumn(label.say(language), width, look) for label, width, look in heads]
    ledger = Ledger(book, _NAME.say(language), title, heading, columns, frozen=3)
    front: list[Content] = [""] if several else []
    for name, sha256 in in_front:
        ledger.write_row([*front, _IN_FRONT, "", None, "", "", name, sha256])
    for each in filed:
        for row in _rows(each, lost):
            ledger.write_row([*([each.office] if several else []), *row])
    ledger.write_remark(_REMARK.say(language))
    ledger.close(totals=False)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _rows(each: FiledRecord, lost: frozenset[str]) -> Iterator[list[Content]]:
    record = each.record
    said: list[Content] = [each.register, record.number, record.date, record.title]
    for file in each.files:
        where: Content = _LOST if file.sha256 in lost else file.path
        yield [*said, file.kind.label, where, file.sha256]
    for kind in each.lacks:
        yield [*said, kind.label, _LACKING, ""]
    if not each.files and not each.lacks:
        yield [*said, "", _NOTHING, ""]
