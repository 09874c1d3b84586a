"""Which rows below a head are no records, and what they are instead.

A row is only passed over where it is clear what it is. Whatever else fills a column of the
register is a record, so that it is taken in or refused beside its cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tracker.kernel.register import Register
from tracker.kernel.words import Words
from tracker.workbooks.grid import NOT_WORKED_OUT

from .cells_seen import Cells
from .head_rows import Head
from .heads import RUNNING

TITLE = Words("表头上方的标题或说明", "Title or note above the head")
HEAD = Words("表头", "Head")
HEAD_AGAIN = Words("重复的表头", "The head again")
TITLE_AGAIN = Words("重复的标题", "The title again")
COLUMN_NUMBERS = Words("栏号", "Numbers of the columns")
BLANK = Words("空行", "Empty row")
NUMBER_ONLY = Words("只有序号或 0 的空行", "Empty but for a running number or zeros")
TOTAL = Words("合计行", "Total")
SIGNATURE = Words("填报人等落款或说明", "Signature or note")
SECTION = Words("分组标题", "Heading of a group")
GOES_ON = Words("上一行合并单元格的下半部分", "The lower part of the merged cells above")
OUTSIDE = Words("表格以外的文字", "Text outside the table")

_WORDS = r"(?:合计|总计|小计|共计|累计|汇总|总数|合计数|总和)"
_TOTAL = re.compile(
    rf"[^，。；]{{0,12}}{_WORDS}(?:数|人数|人次|场次|次数)?(?:[:：].*|[(（].*|[0-9]+.{{0,6}})?"
    r"|总|平均(?:值|数)?|其中[:：]?[^，。；]{0,12}"
    rf"|(?:以上|本表|全年|本页|共)[^，。；]{{0,4}}{_WORDS}?[0-9]+.{{0,8}}"
    r"|(?:grand|sub)?-?totals?[:：]?",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:填报人|填表人|填表|填报|制表人?|审核人?|审批人?|校对人?|复核人?|统计人|统计负责人|经办人|记录人"
    r"|负责人|单位负责人|主要领导|分管领导|主管领导|所长|联系人|联系电话|联系方式|电话|填报单位|制表单位"
    r"|报送单位|填报日期|填报时间|填表日期|填表时间|制表日期|制表时间|报送日期|报送时间|上报日期|上报时间"
    r"|报出日期|日期|单位[(（]盖章[)）]|[(（]?盖章[)）]?|签字|签名|注|备注|说明|填表说明|附|附件|附注"
    r"|注明|报送|抄送|抄报|发送|[^，。：:]{0,6}(?:所|镇|乡|站|队)长|书记|主任"
    r"|prepared by|checked by|telephone|remarks?|notes?|date)"
    r"(?:签字|签名|签章|盖章)?(?:[(（][^)）]*[)）])?[0-9]?[:：]",
    re.IGNORECASE,
)
_SEAL = re.compile(r"[^，。；]{0,20}[(（](?:盖章|公章|签章|印章|章)[)）]")
_STARRED = re.compile(r"[※★☆▲*＊]+\s*.{4,}")
_FOOTER = re.compile(
    r"[-—– ]*第 ?[0-9一二三四五六七八九十]+ ?页.{0,12}|[-—–]+ ?[0-9]+ ?[-—–]+"
    r"|[(（]?(?:以下(?:空白|无正文|无内容)|此页无内容)[)）]?"
)
_AROUND = re.compile(r"[【\[〔]([^】\]〕]*)[】\]〕]")
_ORDINAL = r"[一二三四五六七八九十]{1,3}"
_NUMBERED = re.compile(rf"[(（]?{_ORDINAL}[)）、.．]?")
_MONTH = rf"(?:[1-9]|1[0-2]|{_ORDINAL})月份?"
_SECTION = re.compile(
    rf"[(（]?{_ORDINAL}[)）、.．].*"
    rf"|(?:20[0-9]{{2}}年?度?)?(?:{_MONTH}|第?[一二三四1-4]季度|[上下]半年)(?:[(（:：].*)?"
)
_DAY_LIKE = re.compile(r"[0-9][^0-9]+[0-9]|[0-9]{5}")
_NOT_A_NAME = re.compile(r"(?:以上|本表|本页|上述).*|.*。")
_WHOLE_DAY = re.compile(
    r"(?:20[0-9]{2}|二[〇○零][〇○零一二三四五六七八九]{2})年[^，。]{1,4}月[^，。]{1,4}日"
)
_LONGEST_SECTION = 60


def why_no_record(
    cells: Cells, row: int, head: Head, places: Mapping[str, int], register: Register
) -> Words | None:
    """What a row below the head is, or None for a record."""
    filled = cells.filled(row)
    running = places.get(RUNNING)
    told = [column for column in filled if column != running]
    label = cells.text(row, running) if running is not None else ""
    if label.startswith(NOT_WORKED_OUT):
        label = "0"  # =ROW()-2
    if not told:
        why = _lone(label)
        return TITLE_AGAIN if why is SECTION and label in _texts_above(cells, head) else why
    if _repeats(cells, row, head):
        return HEAD_AGAIN
    texts = [cells.text(row, column) for column in filled]
    if _signs(texts[0]) or (len(texts) == 1 and _FOOTER.fullmatch(texts[0])):
        return SIGNATURE
    if sum(map(_signs, texts)) >= 2 and not _is_whole(cells, row, places, register):
        return SIGNATURE
    if _SEAL.fullmatch(texts[0]) and not _is_whole(cells, row, places, register):
        return SIGNATURE
    if row == head.last + 1 and _numbers_columns(texts):
        return COLUMN_NUMBERS
    if any(_TOTAL.fullmatch(_close(text)) for text in (texts[0], cells.text(row, told[0]))):
        if not _is_whole(cells, row, places, register):
            return TOTAL
    elif len(texts) <= 2 and set(texts) <= _texts_above(cells, head):
        return TITLE_AGAIN
    if all(cells.text(row, column) == "0" for column in told):
        return NUMBER_ONLY
    if not any(column in places.values() for column in told):
        merged = [cells.down(row, places[c.key]) for c in register.columns if c.key in places]
        if any(is_merged and top < row for top, is_merged in merged):
            return GOES_ON
    if len(told) == 1:
        return _alone(cells, row, told[0], label, places, register)
    return None


def _close(text: str) -> str:
    """A text without spaces and without brackets around it."""
    return _AROUND.sub(r"\1", text.replace(" ", ""))


def _lone(label: str) -> Words:
    """What a row is that has nothing but its running number."""
    if not label:
        return BLANK
    if label.isdigit():
        return NUMBER_ONLY
    if _TOTAL.fullmatch(_close(label)):
        return TOTAL
    return SIGNATURE if _signs(label) or _FOOTER.fullmatch(label) else SECTION


def _signs(text: str) -> bool:
    return ("：" in text or ":" in text) and _SIGNATURE.match(text) is not None


def _numbers_columns(texts: list[str]) -> bool:
    """栏次: the columns counted from one, letters such as 甲 and 乙 before them."""
    while texts and texts[0] in "甲乙丙丁戊":
        texts = texts[1:]
    return len(texts) >= 3 and texts == [str(number + 1) for number in range(len(texts))]


def _is_whole(cells: Cells, row: int, places: Mapping[str, int], register: Register) -> bool:
    """Whether every column that must be there is filled, days with something like a day.

    An event may well be called 年度总计. Where one column is all that must be there, its own word
    is no sign that the row is more than a total.
    """
    required = [column for column in register.columns if column.required]
    if any(column.key not in places for column in required):
        return False
    for column in required:
        text = cells.text(cells.down(row, places[column.key])[0], places[column.key])
        if not text or (column.kind == "date" and not _DAY_LIKE.search(text)):
            return False
    return len(required) > 1


def _texts_above(cells: Cells, head: Head) -> set[str]:
    return {text for row in range(head.row) for text in cells.texts[row] if text}


def _alone(
    cells: Cells, row: int, column: int, label: str, places: Mapping[str, int], register: Register
) -> Words | None:
    """A row with one text, its running number apart."""
    text = cells.text(row, column)
    merge = cells.merges.get((row, column))
    is_wide = merge is not None and merge.right - merge.left >= 2
    is_name = [c.key for c in register.columns if c.required and places.get(c.key) == column]
    is_day = any(c.kind == "date" and places.get(c.key) == column for c in register.columns)
    needs_more = sum(1 for c in register.columns if c.required) > 1
    if not label and not is_day and _WHOLE_DAY.fullmatch(_close(text)):
        return SIGNATURE
    if not label or not label.isdigit():
        if (text.endswith("。") and is_wide) or (not label and _STARRED.fullmatch(text)):
            return SIGNATURE
        numbered = _NUMBERED.fullmatch(label) is not None and (needs_more or not is_name)
        if is_wide or numbered or (not label and _SECTION.fullmatch(_close(text))):
            return SECTION if len(text) <= _LONGEST_SECTION else SIGNATURE
        if is_name and not needs_more and _NOT_A_NAME.fullmatch(text):
            return SIGNATURE
    return OUTSIDE if column not in places.values() else None


def _repeats(cells: Cells, row: int, head: Head) -> bool:
    """Whether most of a row says what the head says, in the same columns."""
    texts = cells.texts[row]
    width = len(texts)
    same = [c for c, parts in head.parts.items() if c < width and texts[c] in parts]
    return len(same) >= 2 and len(same) * 2 > width - texts.count("")
