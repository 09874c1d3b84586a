"""What a person is told when a file cannot be taken in: why, and what to do."""

from __future__ import annotations

from tracker.kernel.words import Words
from tracker.workbooks.grid import MOST_BYTES, MOST_COLUMNS, MOST_ROWS

#: Filled cells of all sheets together, so that no file takes more memory than a small server has.
MOST_CELLS = 500_000
MOST_SHEETS = 200

_SAVE_ZH = "请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"
_SAVE_EN = "Open it in Excel or WPS, save it as .xlsx and import that."

EMPTY = Words(
    "这个文件是空的。请重新选择文件。", "This file is empty. Please choose the file again."
)
TOO_BIG = Words(
    f"文件超过 {MOST_BYTES >> 20} MB。请拆成几个文件，或去掉其中的图片，再导入。",
    f"The file is larger than {MOST_BYTES >> 20} MB. Split it, or take out its pictures.",
)
TOO_MANY_ROWS = Words(
    f"工作表第 {{row}} 行还有内容。一次最多 {MOST_ROWS:,} 行，请拆成几个文件；"
    "如果是误填的，请删除后面多余的行，保存后再导入。",
    f"Row {{row}} of a sheet is filled in. At most {MOST_ROWS:,} rows are taken at once: split the "
    "file, or delete the rows that were filled in by mistake.",
)
TOO_MANY_COLUMNS = Words(
    f"工作表第 {{column}} 列还有内容。最多 {MOST_COLUMNS} 列；请删除右边多余的列，保存后再导入。",
    f"Column {{column}} of a sheet is filled in. At most {MOST_COLUMNS} columns are taken: delete "
    "the columns that are not needed.",
)
TOO_MANY_CELLS = Words(
    f"有内容的单元格超过 {MOST_CELLS:,} 个。请拆成几个文件，再分别导入。",
    f"More than {MOST_CELLS:,} cells are filled in. Split the file and import the parts.",
)
TOO_MUCH_TEXT = Words(
    "文件里的文字太多。请拆成几个文件，再分别导入。",
    "There is too much text in the file. Split it and import the parts.",
)
TOO_MANY_SHEETS = Words(
    f"工作表超过 {MOST_SHEETS} 个。请把要导入的工作表另存为一个文件，再导入。",
    f"There are more than {MOST_SHEETS} sheets. Save those to be imported as a file of their own.",
)
TOO_MANY_PARTS = Words(
    "文件里的图片、附件等太多。请把表格内容复制到新的工作簿，保存为 .xlsx 再导入。",
    "There are too many pictures or attachments in the file. Copy the table into a new workbook, "
    "save it as .xlsx and import that.",
)
BOMB = Words(
    "文件展开后太大，不像一份正常的表格。请把要导入的内容复制到新的工作簿，保存为 .xlsx 再导入。",
    "Unpacked, the file is far too large for a table. Copy what is to be imported into a new "
    "workbook, save it as .xlsx and import that.",
)
TOO_SLOW = Words(
    "文件太复杂，没能在限定时间内读完。请把要导入的内容复制到新的工作簿，保存为 .xlsx 再导入。",
    "The file is too complicated to be read in the time allowed. Copy what is to be imported into "
    "a new workbook, save it as .xlsx and import that.",
)
DAMAGED = Words(
    "文件打不开，可能已损坏或没有传完整。" + _SAVE_ZH,
    "The file cannot be read; it may be damaged or incomplete. " + _SAVE_EN,
)
TOO_HEAVY = Words(
    "读取这个文件要用的内存太多，可能是很远的地方有内容，或文件已损坏。"
    "请把要导入的内容复制到新的工作簿，保存为 .xlsx 再导入。",
    "Reading this file takes too much memory: something may be filled in far away, or the file is "
    "damaged. Copy what is to be imported into a new workbook, save it as .xlsx and import that.",
)
UNSAFE = Words(
    "文件里有表格不该有的内容（外部实体定义），为安全起见不导入。" + _SAVE_ZH,
    "The file holds definitions that no table needs, so it is refused for safety. " + _SAVE_EN,
)
ENCODING = Words(
    "文件的内部编码不常见，读出来会缺内容。" + _SAVE_ZH,
    "The file's inner encoding is unusual and would lose content. " + _SAVE_EN,
)
PASSWORD = Words(
    "文件有打开密码。请用 Excel 或 WPS 打开，去掉密码并另存为 .xlsx，再导入。",
    "The file is protected by a password. Open it, remove the password, save it as .xlsx and "
    "import that.",
)
MACROS = Words(
    "文件里有宏，为安全起见不导入。请用 Excel 或 WPS 打开，另存为不带宏的 .xlsx 再导入。",
    "The file holds macros, so it is refused for safety. Save it as .xlsx, without macros, and "
    "import that.",
)
BUSY = Words(
    "正在读取别人的文件。请过一分钟再试。",
    "Other people's files are being read. Please try again in a minute.",
)

_NOT_A_WORKBOOK = Words(
    "这不是 Excel 工作簿（看起来是{what}）。" + _SAVE_ZH,
    "This is not an Excel workbook; it looks like {what}. " + _SAVE_EN,
)
UNKNOWN = Words(
    "认不出这个文件。请用 Excel 或 WPS 打开，另存为 .xlsx 再导入；"
    "如果单位的电脑给文件加了密，请先解密。",
    "This kind of file is not known. " + _SAVE_EN + " If your office encrypts files, decrypt it "
    "first.",
)
ARCHIVE = Words(
    "这是压缩包。请先解压，再导入其中的表格。",
    "This is an archive. Unpack it and import the workbook in it.",
)
PICTURE = Words(
    "这是图片，读不出表格。请导入 .xlsx 表格文件。",
    "This is a picture. Please import the table itself, as .xlsx.",
)
NO_SHEET = Words(
    "文件里没有工作表。请检查后重新选择文件。",
    "There is no sheet in the file. Please check it and choose again.",
)

TEXT_TABLE = Words("文本或 CSV 表格", "text or CSV")
WEB_PAGE = Words("网页，只是扩展名写成了 Excel", "a web page under the name of a workbook")
OLD_XML = Words("XML 表格", "an XML table")
PDF = Words("PDF 文档", "a PDF document")
WORD = Words("Word 文档", "a Word document")
SLIDES = Words("演示文稿", "a presentation")
RICH_TEXT = Words("RTF 文档", "an RTF document")
BINARY_WORKBOOK = Words("二进制工作簿 .xlsb", "a binary workbook, .xlsb")
WPS_TABLE = Words("WPS 表格 .et", "a WPS table, .et")
OTHER_OPEN_DOCUMENT = Words("别的 OpenDocument 文档", "another OpenDocument file")


def not_a_workbook(what: Words) -> Words:
    """Something else than a workbook, which its own program can save as one, as a rule."""
    return _NOT_A_WORKBOOK.fill(what=what)
