"""Files that harm a reader, or try to, each with what a person has to be told about it."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from openpyxl import Workbook

from tests.workbooks.importing import making
from tests.workbooks.importing.making import (
    DECLARED,
    MAIN,
    SHEET,
    cell_xml,
    changed,
    edited,
    ods,
    ods_cells,
    ods_row,
    sheet_xml,
    with_parts,
    with_sheet,
    zipped,
)

#: A refusal says at least one of these.
DAMAGED = ("打不开",)
TOO_LARGE = ("展开后太大", "内存太多", "没能在限定时间内", "文字太多", "单元格超过")
FAR = ("还有内容",)
UNSAFE = ("实体",)
ENCODING = ("编码",)
PASSWORD = ("密码",)
MACROS = ("宏",)
OTHER = ("这不是 Excel 工作簿",)
ANY = ("请",)

#: What is merely very many of something is fewer in the short run, and a million in the whole one.
MANY = 1_000_000 if os.environ.get("TRACKER_FULL") else 300_000


@dataclass(frozen=True)
class Case:
    """A file and what its refusal says; None: it is harmless and is read."""

    name: str
    make: Callable[[], bytes]
    says: tuple[str, ...] | None


_TEXT = b'<row r="1"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row>'
_LAUGHS = b'<!DOCTYPE x [<!ENTITY a0 "ha">%s]>' % b"".join(
    b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 9)
)
_OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_REMOTE = b'<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">'
_PARAMETER = b'<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'


def _defined(definition: bytes, entity: bytes) -> bytes:
    return DECLARED + definition + sheet_xml(_TEXT % entity).removeprefix(DECLARED)


def _moved() -> bytes:
    parts = making.parts_of(making.xlsx())
    del parts[SHEET]
    for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        parts[name] = parts[name].replace(b"worksheets/sheet1.xml", b"data/s.xml")
    parts["xl/data/s.xml"] = sheet_xml(cell_xml("XFD1048576"))
    return zipped(parts)


def _encrypted_entry() -> bytes:
    data = bytearray(making.xlsx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def _duplicates() -> bytes:
    target = io.BytesIO(making.xlsx())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("XL/worksheets/Sheet1.xml", sheet_xml(cell_xml("B2")))
    return target.getvalue()


def _named(name: str) -> Callable[[], bytes]:
    return lambda: changed({name: b"<a/>"})


def _false_size(size: int) -> bytes:
    """The directory claims another size of the sheet than it has."""
    data = bytearray(with_sheet(_TEXT % (b"A" * 5_000_000)))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(SHEET.encode()))
    struct.pack_into("<I", data, at + 24, size)
    return bytes(data)


def _overlapping() -> bytes:
    """Many names for the same packed bytes."""
    data = with_sheet(_TEXT % (b"A" * 20_000_000))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        one = archive.getinfo(SHEET)
        first = archive.start_dir
    end = data.rfind(b"PK\x05\x06")
    listed = data[first:end]
    for number in range(500):
        name = f"xl/worksheets/s{number}.xml".encode()
        listed += struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, one.CRC,
            one.compress_size, one.file_size, len(name), 0, 0, 0, 0, 0, one.header_offset,
        ) + name  # fmt: skip
    number = 500 + data.count(b"PK\x01\x02")
    return (
        data[:first]
        + listed
        + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, number, number, len(listed), first, 0)
    )


def _long_directory() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(60_000):
            archive.writestr(f"{number}", b"")
    return target.getvalue()


def _one_text_everywhere() -> bytes:
    """One long text, referred to by a million cells."""
    text = b"<si><t>" + b"A" * 32_000 + b"</t></si>"
    strings = DECLARED + b'<sst %s count="1" uniqueCount="1">' % MAIN + text + b"</sst>"
    row = b"<row>" + b'<c t="s"><v>0</v></c>' * 40 + b"</row>"
    data = making.parts_of(with_parts(sheet=sheet_xml(row * 10_000), strings=strings))
    return zipped(data)


def _many_sheets() -> bytes:
    book = Workbook()
    for number in range(600):
        book.create_sheet(f"表{number}")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _loop_in_xls() -> bytes:
    """The sectors of the workbook follow each other in a circle."""
    data = bytearray(making.xls(making.number_record(1, 1) * 400))
    table = struct.unpack_from("<128I", data, 512)
    chain = [index for index, following in enumerate(table) if following == index + 1]
    struct.pack_into("<I", data, 512 + 4 * chain[-1], chain[0])
    return bytes(data)


def _everything_full(rows: int, columns: int) -> bytes:
    row = b"<row>" + b"<c><v>1</v></c>" * columns + b"</row>"
    return with_sheet(row * rows)


def _strings_that_lie() -> bytes:
    table = making.record(0x00FC, struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF) + b"\x01\x00\x00A")
    return making.xls(making.number_record(0, 0), in_book=table)


_EMPTY_CELLS = b"".join(b'<c r="%s%%d" s="0"/>' % column.encode() for column in "ABCDEFGHIJKLMNOP")


def _formatted_rows(number: int) -> bytes:
    rows = b"".join(
        b'<row r="%d" spans="1:16" s="0" customFormat="1">' % row
        + _EMPTY_CELLS % ((row,) * 16)
        + b"</row>"
        for row in range(2, number)
    )
    return with_sheet(cell_xml("A1") + rows)


CASES = [
    # Not workbooks
    Case("nothing", lambda: b"", ("空的",)),
    Case("blanks", lambda: b" \r\n" * 50, ("空的",)),
    Case("too many bytes", lambda: b"PK\x03\x04" + bytes(11 << 20), ("超过 10 MB",)),
    Case("CSV", lambda: "姓名,电话\n张三,138\n".encode(), OTHER),
    Case("CSV in GBK", lambda: "姓名,电话\n张三,138\n".encode("gbk") * 300, OTHER),
    Case("tabs in UTF-16", lambda: "姓名\t电话\n".encode("utf-16") * 3, OTHER),
    Case("a web page as .xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>", OTHER),
    Case("a web page in UTF-16", lambda: "<html><table>".encode("utf-16"), OTHER),
    Case("a saved web page", lambda: b"MIME-Version: 1.0\r\nX-Document-Type: Workbook", OTHER),
    Case("an XML table", lambda: DECLARED + b'<Workbook xmlns="urn:x"/>', OTHER),
    Case("PDF", lambda: b"%PDF-1.7\n" + bytes(99), OTHER),
    Case("RTF", lambda: b"{\\rtf1 x}", OTHER),
    Case("a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), ("图片",)),
    Case("an archive", lambda: b"Rar!\x1a\x07\x01\x00" + bytes(99), ("压缩包",)),
    Case("noise", lambda: bytes(range(256)) * 20, ("认不出",)),
    Case("an old Word document", lambda: making.compound({"WordDocument": b""}), OTHER),
    Case("a Word document", lambda: zipped({"word/document.xml": b"<a/>"}), OTHER),
    Case("a presentation", lambda: zipped({"ppt/presentation.xml": b"<a/>"}), OTHER),
    Case("a binary workbook", lambda: zipped({"xl/workbook.bin": b"\1"}), OTHER),
    Case("a workbook in a zip", lambda: zipped({"台账.xlsx": making.xlsx()}), ("压缩包",)),
    Case("an empty zip", lambda: b"PK\x05\x06" + bytes(18), DAMAGED),
    Case(
        "an OpenDocument text",
        lambda: ods("", {"mimetype": b"application/vnd.oasis.opendocument.text"}),
        OTHER,
    ),
    Case("no sheet at all", lambda: changed({SHEET: None}), DAMAGED),
    # Locked and active files
    Case(
        "an encrypted .xlsx",
        lambda: making.compound({"EncryptionInfo": b"", "EncryptedPackage": b""}),
        PASSWORD,
    ),
    Case("encrypted parts", _encrypted_entry, PASSWORD),
    Case("an encrypted .ods", lambda: ods("", manifest=b"<m:encryption-data/>"), PASSWORD),
    Case(
        "an encrypted .xls",
        lambda: making.xls(b"", in_book=making.record(0x2F, bytes(54))),
        PASSWORD,
    ),
    Case("macros in .xlsm", lambda: changed({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), MACROS),
    Case(
        "macros under another name",
        lambda: edited(
            "[Content_Types].xml",
            lambda xml: xml.replace(
                b"</Types>",
                b'<Override PartName="/x" ContentType="application/vnd.ms-office.vbaProject"/>'
                b"</Types>",
            ),
        ),
        MACROS,
    ),
    Case("a macro sheet", lambda: changed({"xl/macrosheets/sheet1.xml": b"<a/>"}), MACROS),
    Case("macros in .xls", lambda: making.xls(b"", streams=("_VBA_PROJECT", "dir", "x")), MACROS),
    Case("a macro sheet in .xls", lambda: making.xls(b"", sheet_kind=1), MACROS),
    Case("macros in .ods", lambda: ods("", {"Basic/Standard/Module1.xml": b"<a/>"}), MACROS),
    # Bombs
    Case("300 MB of one cell", lambda: with_sheet(_TEXT % (b"A" * (300 << 20))), TOO_LARGE),
    Case(
        "90 MB in one text of the table",
        lambda: with_parts(
            strings=DECLARED + b"<sst %s><si><t>" % MAIN + b"A" * (90 << 20) + b"</t></si></sst>"
        ),
        TOO_LARGE,
    ),
    Case("a long comment", lambda: with_sheet(b"<!--" + b"A>" * 50 * MANY + b"-->"), ANY),
    Case(
        "60 MB of one attribute",
        lambda: with_sheet(b'<row r="1" x="' + b"A" * (60 << 20) + b'"/>'),
        ANY,
    ),
    Case("1,500,000 rows", lambda: with_sheet(b"<row><c><v>1</v></c></row>" * 1_500_000), FAR),
    Case("2,000,000 cells", lambda: _everything_full(10_000, 200), TOO_LARGE),
    Case("one long text everywhere", _one_text_everywhere, TOO_LARGE),
    Case("a smaller size claimed", lambda: _false_size(100), DAMAGED),
    Case("a larger size claimed", lambda: _false_size(2_000_000_000), TOO_LARGE),
    Case("names for the same bytes", _overlapping, ANY),
    Case("60,000 parts", _long_directory, ("太多",)),
    Case("5,000 parts", lambda: changed({f"xl/x{i}.xml": b"<a/>" for i in range(5000)}), ("太多",)),
    Case("600 sheets", _many_sheets, ("太多", "工作表超过")),
    Case(
        "very many levels",
        lambda: with_sheet(b"<row>" + b"<a>" * MANY + b"</a>" * MANY + b"</row>"),
        None,
    ),
    Case(
        "very many attributes",
        lambda: with_sheet(b"<row " + b" ".join(b'a%d=""' % i for i in range(MANY)) + b"/>"),
        None,
    ),
    Case(
        "very many styles",
        lambda: edited(
            "xl/styles.xml",
            lambda xml: xml.replace(b"</cellXfs>", b'<xf numFmtId="0"/>' * MANY + b"</cellXfs>"),
        ),
        None,
    ),
    Case("very many elements", lambda: with_sheet(b"<a/>" * 30 * MANY), ANY),
    Case(
        "200,000 merged ranges over each other",
        lambda: with_sheet(
            cell_xml("A1"),
            b"<mergeCells>" + b'<mergeCell ref="A1:CV9000"/>' * 200_000 + b"</mergeCells>",
        ),
        DAMAGED,
    ),
    # Definitions
    Case("billion laughs", lambda: with_parts(sheet=_defined(_LAUGHS, b"&a8;")), UNSAFE),
    Case("an external entity", lambda: with_parts(sheet=_defined(_OUTSIDE, b"&e;")), UNSAFE),
    Case("a remote definition", lambda: with_parts(sheet=_defined(_REMOTE, b"x")), UNSAFE),
    Case("a parameter entity", lambda: with_parts(sheet=_defined(_PARAMETER, b"x")), UNSAFE),
    Case(
        "definitions in UTF-16",
        lambda: with_parts(
            sheet=_defined(_LAUGHS, b"&a8;").decode().replace("UTF-8", "UTF-16").encode("utf-16")
        ),
        (*UNSAFE, *ENCODING),
    ),
    Case(
        "definitions in UTF-16 without a mark",
        lambda: with_parts(sheet=_defined(_LAUGHS, b"&a8;").decode().encode("utf-16-be")),
        (*UNSAFE, *ENCODING),
    ),
    Case(
        "a declared UTF-7",
        lambda: with_parts(sheet=sheet_xml(_TEXT % b"x").replace(b"UTF-8", b"UTF-7")),
        (*ENCODING, *DAMAGED),
    ),
    *(
        Case(
            f"definitions in {name}",
            lambda name=name: changed(  # type: ignore[misc]
                {name: DECLARED + _LAUGHS + b"<a>&a8;</a>"}
            ),
            UNSAFE,
        )
        for name in (
            "xl/workbook.xml",
            "xl/sharedStrings.xml",
            "xl/styles.xml",
            "xl/_rels/workbook.xml.rels",
            "docProps/core.xml",
            "customXml/item1",
        )
    ),
    Case("definitions in .ods", lambda: ods("", before=_LAUGHS.decode()), UNSAFE),
    Case("definitions beside", lambda: ods("", {"meta.xml": _LAUGHS + b"<a/>"}), UNSAFE),
    # Far away
    Case("a cell at XFD1048576", lambda: with_sheet(cell_xml("A1") + cell_xml("XFD1048576")), FAR),
    Case("a cell in row 1,048,576", lambda: with_sheet(cell_xml("A1048576")), FAR),
    Case("a cell in column XFD", lambda: with_sheet(cell_xml("XFD1")), FAR),
    Case("a column of four letters", lambda: with_sheet(cell_xml("AAAA1")), DAMAGED),
    Case("a row of eleven digits", lambda: with_sheet(cell_xml("B99999999999")), DAMAGED),
    Case(
        "another quote, another order",
        lambda: with_sheet(b"<row r = '1'><c s='0'\n r='XFD1048576' ><v >1</v></c></row>"),
        FAR,
    ),
    Case(
        "a reference in character codes",
        lambda: with_sheet(b'<row r="1"><c r="&#88;&#70;&#68;1"><v>1</v></c></row>'),
        FAR,
    ),
    Case(
        "under a prefix",
        lambda: with_parts(
            sheet=b"<x:worksheet xmlns:x=%s><x:sheetData><x:row><x:c r='XFD1048576'><x:v>2</x:v>"
            b"</x:c></x:row></x:sheetData></x:worksheet>" % MAIN.removeprefix(b"xmlns=")
        ),
        FAR,
    ),
    Case("a sheet kept elsewhere", _moved, FAR),
    Case(
        "a far row of cells without places",
        lambda: with_sheet(b'<row r="1048576"><c><v>1</v></c></row>'),
        FAR,
    ),
    Case(
        "20,000 cells of one row without places",
        lambda: with_sheet(b"<row>" + b"<c><v>1</v></c>" * 20_000 + b"</row>"),
        FAR,
    ),
    Case("20,000 rows", lambda: _everything_full(20_000, 20), ("10,000 行",)),
    Case("a far cell of .xls", lambda: making.xls(making.number_record(65535, 255)), FAR),
    Case("a far column of .xls", lambda: making.xls(making.number_record(0, 255)), FAR),
    Case("a million filled rows of .ods", lambda: ods(ods_row(making.NUMBER, 1_048_576)), FAR),
    Case("filled columns of .ods", lambda: ods(ods_row(ods_cells(16384, filled=True))), FAR),
    Case("filled both ways", lambda: ods(ods_row(ods_cells(16384, True), 1_048_576)), FAR),
    Case(
        "a far cell of .ods",
        lambda: ods(
            ods_row(making.NUMBER)
            + ods_row(ods_cells(1), 1_048_000)
            + ods_row(ods_cells(16383) + making.NUMBER)
        ),
        FAR,
    ),
    Case("more columns than there are", lambda: ods(ods_row(ods_cells(10**11) + "x")), ANY),
    Case(
        "more columns than can be told",
        lambda: ods(ods_row(ods_cells(10**30) + making.NUMBER)),
        DAMAGED,
    ),
    Case("fewer columns than none", lambda: ods(ods_row(ods_cells(-5) + making.NUMBER)), DAMAGED),
    Case(
        "four billion blanks",
        lambda: ods(ods_row(making.NUMBER.replace(">7<", '>7<text:s text:c="4000000000"/><'))),
        None,
    ),
    # Damaged
    Case("truncated", lambda: making.xlsx()[:1500], DAMAGED),
    Case("without its end", lambda: making.xlsx()[:-30], DAMAGED),
    Case("half a sheet", lambda: with_parts(sheet=sheet_xml(cell_xml("A1"))[:-30]), DAMAGED),
    Case("no XML in the sheet", lambda: with_parts(sheet=b"\x00\x01\x02" * 99), DAMAGED),
    Case(
        "a text that is not there",
        lambda: with_sheet(b'<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'),
        DAMAGED,
    ),
    Case("two parts of one name", _duplicates, DAMAGED),
    Case("a way up", _named("../../etc/cron.d/x"), DAMAGED),
    Case("a way from the root", _named("/etc/x"), DAMAGED),
    Case("a drive", _named("C:/x"), DAMAGED),
    Case("an empty .xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), DAMAGED),
    Case("half an .xls", lambda: (making.FILES / "ledger.xls").read_bytes()[:3000], DAMAGED),
    Case("an .xls in a circle", _loop_in_xls, ANY),
    Case("an .xls whose texts lie", _strings_that_lie, None),
    Case("half an .ods", lambda: (making.FILES / "ledger.ods").read_bytes()[:9000], DAMAGED),
    # Harmless
    Case("plain", making.xlsx, None),
    Case(
        "a false dimension",
        lambda: with_sheet(cell_xml("A1"), before=b'<dimension ref="A1:XFD1048576"/>'),
        None,
    ),
    Case("60,000 formatted rows", lambda: _formatted_rows(60_000), None),
    Case(
        "formatted cells far away",
        lambda: with_sheet(
            cell_xml("A1")
            + b'<row r="1048576" s="0"><c r="A1048576" s="0"/><c r="XFD1048576" s="0"></c></row>'
        ),
        None,
    ),
    Case(
        "a title merged over everything",
        lambda: with_sheet(
            cell_xml("A1"), b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        None,
    ),
    Case(
        "what LibreOffice fills up",
        lambda: ods(
            ods_row(making.NUMBER + ods_cells(16383)) * 3 + ods_row(ods_cells(16384), 1_048_573)
        ),
        None,
    ),
    Case("pictures", lambda: changed({"xl/media/image1.png": bytes(3 << 20)}), None),
    Case(
        "a drawing in the old markup",
        lambda: changed({"xl/drawings/vmlDrawing1.vml": b"<xml><br></xml>"}),
        None,
    ),
    Case("a mark at the beginning", lambda: edited(SHEET, lambda xml: b"\xef\xbb\xbf" + xml), None),
    Case(
        "numbers beyond measure",
        lambda: with_sheet(b"<row><c><v>1e999</v></c><c><v>-1e300</v></c><c><v>NaN</v></c></row>"),
        None,
    ),
]
