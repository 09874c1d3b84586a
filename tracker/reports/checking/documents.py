"""The text of a report that comes in: .docx or plain text.

A .docx is looked through with the standard library alone: sizes are counted while unpacking, a real
XML parser reads the text and refuses definitions of entities, macros are refused. Word itself, lxml
and python-docx never see the file, so that nothing in it can be followed or run.
"""

from __future__ import annotations

import codecs

from tracker.kernel import xml_scan, zips
from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words
from tracker.kernel.xml_scan import Broken, Scan, XmlRefused, is_xml
from tracker.kernel.zips import Part, ZipRefused, unpacked, whole

#: A report is some tens of kilobytes; with pictures, a few megabytes.
MOST_BYTES = 20 * 2**20
_MOST_UNPACKED = 64 * 2**20
_MOST_TEXT = 2_000_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")

_SAVE = Words(
    "请用 Word 或 WPS 打开，另存为 .docx 再上传；也可以把正文粘贴到文本框里。",
    "Open it in Word or WPS, save it as .docx and upload that, or paste the text.",
)
EMPTY = Words("这个文件是空的。请重新选择文件。", "This file is empty. Choose the file again.")
TOO_BIG = Words(
    f"文件超过 {MOST_BYTES >> 20} MB。请去掉其中的图片再上传，或者把正文粘贴到文本框里。",
    f"The file is larger than {MOST_BYTES >> 20} MB. Take out its pictures, or paste the text.",
)
NO_TEXT = Words(
    "文件里没有文字（也许全是图片）。请上传有文字的 .docx，或者粘贴正文。",
    "There is no text in the file; it may be all pictures. Upload a .docx with text, or paste it.",
)
BOMB = Words(
    "文件展开后太大，不像一份报告。请把正文复制到新文档，保存为 .docx 再上传。",
    "Unpacked, the file is far too large for a report. Copy the text into a new document.",
)
MACROS = Words(
    "文件里有宏，为安全起见不读取。请另存为不带宏的 .docx 再上传。",
    "The file holds macros, so it is refused for safety. Save it as .docx, without macros.",
)
PASSWORD = Words(
    "文件有打开密码或已加密。请去掉密码，另存为 .docx 再上传。",
    "The file is protected by a password. Remove it and save the file as .docx.",
)
OLD_WORD = Words(
    "这是旧格式的 .doc 或加密的文档。{save}", "This is an old .doc, or encrypted. {save}"
)
DAMAGED = Words(
    "文件打不开，可能已损坏或没有传完整。{save}", "The file is damaged or incomplete. {save}"
)
UNSAFE = Words(
    "文件里有报告不该有的内容（外部实体定义），为安全起见不读取。{save}",
    "The file holds definitions that no report needs, so it is refused for safety. {save}",
)
ENCODING = Words("文件的内部编码不常见。{save}", "The file's inner encoding is unusual. {save}")
NOT_A_REPORT = Words(
    "这不是 Word 文档，也不是文本（看起来是{what}）。{save}",
    "This is neither a Word document nor text; it looks like {what}. {save}",
)
NOT_TEXT = Words(
    "认不出这个文件的文字编码。{save}", "The encoding of this text is not known. {save}"
)

_KINDS = (
    (b"%PDF", Words("PDF 文档", "a PDF document")),
    (b"{\\rtf", Words("RTF 文档", "an RTF document")),
    (b"\x89PNG", Words("图片", "a picture")),
    (b"\xff\xd8\xff", Words("图片", "a picture")),
    (b"GIF8", Words("图片", "a picture")),
    (b"Rar!", Words("压缩包", "an archive")),
    (b"7z\xbc\xaf", Words("压缩包", "an archive")),
    (b"\x1f\x8b", Words("压缩包", "an archive")),
)
_PARTS = (
    ("xl/workbook.xml", Words("Excel 工作簿", "an Excel workbook")),
    ("ppt/presentation.xml", Words("演示文稿", "a presentation")),
    ("content.xml", Words("OpenDocument 文档", "an OpenDocument file")),
)
_ARCHIVE = Words("压缩包", "an archive")
_REFUSED = {
    zips.Why.TOO_MANY_PARTS: BOMB,
    zips.Why.BOMB: BOMB,
    zips.Why.PASSWORD: PASSWORD,
    xml_scan.Why.DEFINITIONS: UNSAFE,
    xml_scan.Why.ENCODING: ENCODING,
}


def text_of(data: bytes) -> str:
    """The text of a report, one paragraph a line.

    :raises TrackerError: for whatever is no .docx and no text, with what to do about it.
    """
    if not data:
        raise TrackerError(EMPTY)
    if len(data) > MOST_BYTES:
        raise TrackerError(TOO_BIG)
    if data.startswith(_OLD_OFFICE):
        raise TrackerError(OLD_WORD.fill(save=_SAVE))
    for beginning, what in _KINDS:
        if data.startswith(beginning):
            raise TrackerError(NOT_A_REPORT.fill(what=what, save=_SAVE))
    text = _of_docx(data) if data.startswith(b"PK") else _of_text(data)
    if not text.strip():
        raise TrackerError(NO_TEXT)
    return text


def _of_text(data: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else what Chinese Windows writes."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise TrackerError(NOT_TEXT.fill(save=_SAVE))


def _of_docx(data: bytes) -> str:
    try:
        parts = {part.name.lower(): part for part in zips.parts(data)}
        _check_kind(parts)
        budget = _Budget()
        found = [_text_of_part(parts[_MAIN], budget)]
        found += [_text_of_part(parts[name], budget) for name in _NOTES if name in parts]
    except (ZipRefused, XmlRefused) as refused:
        raise TrackerError(_REFUSED[refused.why].fill(save=_SAVE)) from None
    except (*zips.DAMAGED, Broken):
        raise TrackerError(DAMAGED.fill(save=_SAVE)) from None
    return "\n".join(filter(None, found))


def _check_kind(parts: dict[str, Part]) -> None:
    """Refuse what is another kind of file, or holds macros."""
    if any("vbaproject" in name or "vbadata" in name for name in parts):
        raise TrackerError(MACROS)
    if "encryptedpackage" in parts:
        raise TrackerError(PASSWORD)
    if _MAIN not in parts:
        for name, what in _PARTS:
            if name in parts:
                raise TrackerError(NOT_A_REPORT.fill(what=what, save=_SAVE))
        if "[content_types].xml" in parts:
            raise TrackerError(DAMAGED.fill(save=_SAVE))
        raise TrackerError(NOT_A_REPORT.fill(what=_ARCHIVE, save=_SAVE))
    types = parts.get("[content_types].xml")
    if types is not None and b"macroEnabled" in whole(types, 4 * 2**20):
        raise TrackerError(MACROS)


class _Budget:
    """What is left to be unpacked and kept of one file."""

    def __init__(self) -> None:
        self.bytes_left, self.signs_left = _MOST_UNPACKED, _MOST_TEXT


def _text_of_part(part: Part, budget: _Budget) -> str:
    scan = _TextScan(budget)
    pieces = unpacked(part)
    first = next(filter(None, pieces), b"")
    if not is_xml(first):
        raise Broken
    while first:
        budget.bytes_left -= len(first)
        if budget.bytes_left < 0:
            raise TrackerError(BOMB)
        scan.feed(first)
        first = next(filter(None, pieces), b"")
    scan.close()
    return scan.text()


class _TextScan(Scan):
    """Collects the text of a part: paragraphs and cells in their order, text boxes included.

    Deleted text of tracked changes and the second version that Word keeps for old programs are not
    read.
    """

    _BREAKS = frozenset({"br", "cr"})
    _ASIDE = frozenset({"Fallback", "del", "moveFrom", "instrText", "delText"})

    def __init__(self, budget: _Budget) -> None:
        super().__init__()
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._budget = budget
        #: A paragraph may stand inside another one (a text box): the inner is kept by itself.
        self._open: list[list[str]] = []
        self._lines: list[str] = []
        self._aside = 0
        self._in_text = False

    def text(self) -> str:
        """One paragraph a line."""
        return "\n".join(self._lines)

    def start(self, local: str, attributes: list[str]) -> None:
        if local in self._ASIDE:
            self._aside += 1
        elif local == "p":
            self._open.append([])
        elif local == "t":
            self._in_text = True
        elif local == "tab" and self._open:
            self._add("\t")
        elif local in self._BREAKS and self._open:
            self._add("\n")
        elif local == "noBreakHyphen" and self._open:
            self._add("-")

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local in self._ASIDE:
            self._aside -= 1
        elif local == "t":
            self._in_text = False
        elif local == "p" and self._open:
            line = "".join(self._open.pop()).strip()
            if line:
                self._lines.append(line)

    def _characters(self, data: str) -> None:
        if self._in_text and not self._aside and self._open:
            self._add(data)

    def _add(self, text: str) -> None:
        if self._aside:
            return
        self._budget.signs_left -= len(text)
        if self._budget.signs_left < 0:
            raise TrackerError(BOMB)
        self._open[-1].append(text)
