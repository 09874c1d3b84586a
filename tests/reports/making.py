"""Word documents as they come in: made by hand, so that each can be odd in one way."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def paragraph(text: str) -> str:
    """One paragraph of one run."""
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def document(body: str) -> str:
    """The main part around a body."""
    head = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}">'
    return f"{head}<w:body>{body}</w:body></w:document>"


def docx(body: str, **more: str | bytes) -> bytes:
    """A .docx of this body; ``more`` are further parts, the dots and slashes written out."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": document(body),
    }
    return zipped(parts | more)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def report(*paragraphs: str) -> bytes:
    """A .docx of these paragraphs."""
    return docx("".join(map(paragraph, paragraphs)))
