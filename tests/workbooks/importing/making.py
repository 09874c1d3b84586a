"""Makes workbooks, byte by byte where a library would not do as asked."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

FILES = Path(__file__).parent / "files"
SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DECLARED = b'<?xml version="1.0" encoding="UTF-8"?>'


def xlsx(*rows: Sequence[object]) -> bytes:
    """A workbook of one sheet, by openpyxl."""
    book = Workbook()
    for row in rows or ([["姓名", "电话"], ["张三", "13800000000"]]):
        book.worksheets[0].append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def large_xlsx(rows: int, columns: int = 36) -> bytes:
    """A ledger as an office exports it: texts, a day, numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(rows):
        texts = [f"文字{number % 500}-{column}" for column in range(columns - 4)]
        sheet.append([number, date(2024, 1 + number % 12, 15), 37.5, f"村{number % 90}", *texts])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a zipped file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts, packed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def with_parts(**parts: bytes) -> bytes:
    """The plain workbook with other parts: ``sheet``, ``book``, ``strings``, ``styles``."""
    names = {
        "sheet": SHEET,
        "book": "xl/workbook.xml",
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
    }
    return changed({names[key]: content for key, content in parts.items()})


def changed(parts: Mapping[str, bytes | None]) -> bytes:
    """The plain workbook with these parts put in, or taken out."""
    merged: dict[str, bytes | None] = {**parts_of(xlsx()), **parts}
    return zipped({name: content for name, content in merged.items() if content is not None})


def edited(name: str, edit: Callable[[bytes], bytes]) -> bytes:
    """The plain workbook with one part edited."""
    return changed({name: edit(parts_of(xlsx())[name])})


def sheet_xml(rows: bytes, after: bytes = b"", before: bytes = b"") -> bytes:
    """A sheet of these rows, as XML."""
    return (
        DECLARED
        + b"<worksheet %s>%s<sheetData>" % (MAIN, before)
        + rows
        + b"</sheetData>"
        + after
        + b"</worksheet>"
    )


def cell_xml(reference: str, value: str = "1") -> bytes:
    """A number in a row of its own."""
    row = "".join(c for c in reference if c.isdigit())
    return f'<row r="{row}"><c r="{reference}"><v>{value}</v></c></row>'.encode()


def with_sheet(rows: bytes, after: bytes = b"", before: bytes = b"") -> bytes:
    """A workbook whose sheet has these rows."""
    return with_parts(sheet=sheet_xml(rows, after, before))


_ODS_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text")
)
_MANIFEST = (
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">%s'
    b"</manifest:manifest>"
)
NUMBER = '<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p>'
NUMBER += "</table:table-cell>"


def ods(
    rows: str,
    parts: Mapping[str, bytes] | None = None,
    manifest: bytes = b"",
    before: str = "",
) -> bytes:
    """An .ods whose one sheet has these rows."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {_ODS_SPACES}>'
        f'<office:body><office:spreadsheet><table:table table:name="表">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": _MANIFEST % manifest,
            "content.xml": content.encode(),
            **(parts or {}),
        }
    )


def ods_row(cells: str, times: int = 1) -> str:
    """A row, repeated."""
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def ods_cells(times: int, filled: bool = False) -> str:
    """A cell, repeated."""
    if filled:
        return NUMBER.replace(" office", f' table:number-columns-repeated="{times}" office', 1)
    return f'<table:table-cell table:number-columns-repeated="{times}"/>'


def record(kind: int, content: bytes = b"") -> bytes:
    """A record of an .xls."""
    return struct.pack("<HH", kind, len(content)) + content


def number_record(row: int, column: int, value: float = 1.0) -> bytes:
    """A cell with a number."""
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


_BEGIN_BOOK = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6))
_BEGIN_SHEET = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 6))
_END = record(0x000A)


def xls(
    cells: bytes, *, in_book: bytes = b"", sheet_kind: int = 0, streams: tuple[str, ...] = ()
) -> bytes:
    """An .xls of one sheet with these records, and with empty streams of these names."""
    name = b"\x06\x00" + b"Sheet1"

    def named(start: int) -> bytes:
        return record(0x0085, struct.pack("<IBB", start, 0, sheet_kind) + name)

    before = len(_BEGIN_BOOK + in_book + named(0) + _END)
    book = _BEGIN_BOOK + in_book + named(before) + _END + _BEGIN_SHEET + cells + _END
    return compound({"Workbook": book, **dict.fromkeys(streams, b"x" * 4096)})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE2 file of these streams; each is filled up to whole sectors of the large kind."""
    free, end, table_mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    padded = {
        name: content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
        for name, content in streams.items()
    }
    folder_sectors = -(-(len(padded) + 1) // 4)
    content_sectors = sum(len(content) // 512 for content in padded.values())
    tables = 1
    while tables * 128 < tables + folder_sectors + content_sectors:
        tables += 1
    chain = [table_mark] * tables
    chain += [*range(tables + 1, tables + folder_sectors), end]
    folder = [_entry("Root Entry", 5, end, 0, child=1)]
    body = b""
    for number, (name, content) in enumerate(padded.items(), 1):
        start, sectors = len(chain), len(content) // 512
        chain += [*range(start + 1, start + sectors), end]
        right = number + 1 if number < len(padded) else free
        folder.append(_entry(name, 2, start, len(content), right=right))
        body += content
    chain += [free] * (tables * 128 - len(chain))
    listed = [*range(tables), *[free] * (109 - tables)]
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, tables, 0, 4096, end,
                      0, end, 0)
        + struct.pack("<109I", *listed)
    )  # fmt: skip
    table = struct.pack(f"<{len(chain)}I", *chain)
    return header + table + b"".join(folder).ljust(folder_sectors * 512, b"\0") + body


def _entry(
    name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
