"""Writes the report's Word file: the text after GB/T 9704-2012, the annex, what says «draft»."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from tracker.kernel.text import clean_line
from tracker.reports.annex import Annex
from tracker.reports.composing import Composed
from tracker.reports.marks import chinese_day

from . import look, table
from . import title as titles
from .look import GRID_PITCH, LINE, OFFICE, TEXT_SIZE, Fonts, Look
from .packing import packed
from .punctuation import full_width
from .styles import StyleSheet, Supplied, W, style_sheet

DRAFT = "草稿"
DRAFT_UNFROZEN = "草稿 · 数字未定稿"

#: The type area of 156 × 225 mm: what is above, below, left and right of it.
_MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
_UNWANTED = ("/thumbnail", "/customXml", "/stylesWithEffects", "/webSettings", "/numbering")
_SETTINGS = (
    f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
    "<w:bordersDoNotSurroundFooter/>"
    '<w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:useFELayout/>'
    '<w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
#: The seal is put over both lines, which therefore stand four characters from the right.
_SEALED_INDENT = 4


@dataclass(frozen=True)
class Settings:
    """What an office may choose. ``mark`` stands on every page; empty in a final."""

    fonts: Fonts = OFFICE
    line: float = LINE
    mark: str = DRAFT_UNFROZEN
    supplied: Supplied | None = None


def write_docx(composed: Composed, annex: Annex, settings: Settings) -> bytes:
    """The document's bytes; the same report gives the same bytes."""
    sheet = style_sheet(settings.fonts, settings.line, settings.supplied)
    document = Document()
    _clear(document)
    _dress(document, sheet)
    writer = _Writer(document, sheet, settings)
    writer.lay_out_pages()
    writer.write_text(composed)
    writer.write_annex(annex)
    _sign_file(document, composed)
    target = io.BytesIO()
    document.save(target)
    return packed(target.getvalue())


def _clear(document: Any) -> None:
    """Drop what python-docx's empty document brings along and nothing here needs."""
    for relations in (document.part.rels, document.part.package.rels):
        for key in [k for k, r in relations.items() if r.reltype.endswith(_UNWANTED)]:
            del relations[key]


def _dress(document: Any, sheet: StyleSheet) -> None:
    for part, xml in ((document.styles.element, sheet.xml), (document.settings.element, _SETTINGS)):
        for child in list(part):
            part.remove(child)
        for child in list(parse_xml(xml)):
            part.append(child)


def _sign_file(document: Any, composed: Composed) -> None:
    moment = datetime.combine(composed.signed_on, time())
    properties = document.core_properties
    office, title = (clean_line(each)[:255] for each in (composed.signed_by, composed.title.text))
    properties.author = properties.last_modified_by = office
    properties.title = title
    properties.subject = properties.keywords = properties.comments = properties.category = ""
    properties.created = properties.modified = moment
    properties.revision = 1
    properties.language = "zh-CN"
    properties.last_printed = moment


class _Writer:
    def __init__(self, document: Any, sheet: StyleSheet, settings: Settings) -> None:
        self.document = document
        self.sheet = sheet
        self.settings = settings

    # ------------------------------------------------------------------ pages

    def lay_out_pages(self) -> None:
        """Margins, lines, page numbers, and on every page that it is a draft."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        for name, distance in _MARGINS.items():
            setattr(section, name, Mm(distance))
        section.header_distance = Mm(20)
        # The number's dashes stand 7 mm below the type area.
        section.footer_distance = Mm(22)
        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is None:
            grid = OxmlElement("w:docGrid")
            section._sectPr.append(grid)
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(GRID_PITCH))
        for header in (section.header, section.even_page_header):
            header.is_linked_to_previous = False
            self._dressed(header.paragraphs[0], look.DRAFT_MARK, self.settings.mark)
        for footer, style in (
            (section.footer, look.PAGE_ODD),
            (section.even_page_footer, look.PAGE_EVEN),
        ):
            footer.is_linked_to_previous = False
            paragraph = self._dressed(footer.paragraphs[0], style)
            side = "right" if style is look.PAGE_ODD else "left"
            _indent(paragraph, **{side: 1}, size=style.size)
            _page_number(paragraph)

    # ------------------------------------------------------------------ text

    def write_text(self, composed: Composed) -> None:
        """Title, addressee, sections, signature."""
        for line in titles.lines(full_width(composed.title.text)):
            self.add(look.TITLE, line)
        self.add(look.BLANK)
        if composed.addressee.text:
            self.add(look.ADDRESSEE, f"{composed.addressee.text.rstrip('：:')}：")
        last: Paragraph | None = None
        for section in composed.sections:
            if section.level:
                heading = look.HEADINGS[section.level - 1]
                last = self.add(heading, f"{section.number}{section.heading.text}")
            for said in section.paragraphs:
                last = self.add(look.TEXT, said.text)
        self._sign(composed, last)

    def _sign(self, composed: Composed, last: Paragraph | None) -> None:
        """The office over the date, together with the end of the text on one page."""
        day = chinese_day(composed.signed_on)
        if last is not None:
            last.paragraph_format.keep_with_next = True
        for _ in range(2):
            self.add(look.BLANK).paragraph_format.keep_with_next = True
        office = self.add(look.SIGNATURE, composed.signed_by)
        office.paragraph_format.keep_with_next = True
        over = _SEALED_INDENT + (titles.width(day) - titles.width(composed.signed_by)) / 2
        _indent(office, right=max(over, 0))
        _indent(self.add(look.SIGNATURE, day), right=_SEALED_INDENT)

    # ------------------------------------------------------------------ annex

    def write_annex(self, annex: Annex) -> None:
        """数据说明, on pages of its own."""
        mark = self.add(look.ANNEX_MARK, "附件")
        mark.paragraph_format.page_break_before = True
        self.add(look.ANNEX_TITLE, "数据说明")
        self.add(look.NOTE)
        self.add(look.NOTE, f"数据编号：{annex.frozen}")
        self.add(look.NOTE, annex.note)
        if annex.missing:
            self.add(look.NOTE, f"以下{len(annex.missing)}项尚缺或待核对：")
            for number, each in enumerate(annex.missing, 1):
                self.add(look.NOTE, f"{number}. {each}")
        if annex.rows:
            self.add(look.NOTE)
            table.add_table(self.document, annex.rows, self._dressed)

    # ------------------------------------------------------------------ paragraphs

    def add(self, style: Look, text: str = "") -> Paragraph:
        """One more paragraph at the end."""
        paragraph = self._dressed(self.document.add_paragraph(), style, text)
        supplied = self.settings.supplied
        is_supplied = style is look.TEXT and supplied is not None and style.id in supplied.ids
        if is_supplied and supplied is not None and style.id not in supplied.indented:
            _indent(paragraph, first=2)
        return paragraph

    def _dressed(self, paragraph: Paragraph, style: Look, text: str = "") -> Paragraph:
        element: Any = paragraph._p
        element.style = self.sheet.ids[style.id]
        plain = full_width(clean_line(text))
        if plain:
            _hint(paragraph.add_run(plain))
        return paragraph


def _hint(run: Any) -> None:
    """Quotation marks and dashes belong to both scripts: here they are Chinese."""
    fonts = OxmlElement("w:rFonts")
    fonts.set(qn("w:hint"), "eastAsia")
    run._r.get_or_add_rPr().insert(0, fonts)


def _indent(paragraph: Paragraph, *, size: float = TEXT_SIZE, **characters: float) -> None:
    """Draw a paragraph in by characters of its size: from left or right, or its first line."""
    properties: Any = paragraph._p.get_or_add_pPr()
    indent = properties.get_or_add_ind()
    for side, number in characters.items():
        name = {"first": "firstLine"}.get(side, side)
        indent.set(qn(f"w:{name}Chars"), str(round(number * 100)))
        indent.set(qn(f"w:{name}"), str(round(number * size * 20)))


def _page_number(paragraph: Paragraph) -> None:
    """— 1 —, the number worked out by the program that shows the page."""
    _hint(paragraph.add_run("— "))
    for kind, code in (("begin", ""), ("", " PAGE "), ("separate", ""), ("", "1"), ("end", "")):
        run: Any = paragraph.add_run()._r
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText" if code != "1" else "w:t")
            mark.text = code
            if code != "1":
                mark.set(qn("xml:space"), "preserve")
        run.append(mark)
    _hint(paragraph.add_run(" —"))
