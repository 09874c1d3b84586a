"""What an import says of a row."""

from __future__ import annotations

from tracker.kernel.words import Words

EARLIER_WRONG = Words(
    "同一条记录的前一行（工作表「{sheet}」第 {row} 行）有误，请先改正那一行",
    "The earlier row of this record (sheet “{sheet}”, row {row}) is wrong; correct that one first",
)
TWICE = Words(
    "与工作表「{sheet}」第 {row} 行相同，请删去一行；确是两次的，请改名称加以区别",
    "The same as row {row} of the sheet “{sheet}”; delete one, or tell them apart by name",
)
ALIKE = Words(
    "与已有的 {number}「{title}」很像，请确认不是重复登记",
    "Much like {number} “{title}”; make sure it is not entered twice",
)
VOIDED = Words(
    "编号 {number} 的记录已作废。请先撤销作废，或清空编号作为新记录",
    "The record {number} was voided; take that back first, or empty the number to enter it anew",
)
NEW_NUMBER = Words(
    "没有编号为 {number} 的记录，将按新记录登记，另编新号",
    "No record has the number {number}; it is entered as a new one with a new number",
)
CLASH = Words(
    "这一行与已有记录冲突，数据库没有接受，请核对后再导入",
    "The database refused this row because of a record already there; check it",
)
