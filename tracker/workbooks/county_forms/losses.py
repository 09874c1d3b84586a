"""What openpyxl does not carry through a workbook, so that it can be said before it is missed."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from defusedxml.ElementTree import fromstring

from .findings import Loss

#: Kinds of loss; `meanings` has the words.
PICTURES, SHAPES, CHARTS, CONTROLS, RULES = "pictures", "shapes", "charts", "controls", "rules"
_DRAWN = {"pic": PICTURES, "sp": SHAPES, "grpSp": SHAPES, "cxnSp": SHAPES, "graphicFrame": CHARTS}
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_NAMES = 10


def losses_of(data: bytes, warned: Iterable[str]) -> tuple[Loss, ...]:
    """What a form would lose, sheet by sheet; ``warned`` is what openpyxl itself said of it."""
    found: list[Loss] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for sheet, part in _sheets(archive):
            relations = _relations(archive, part)
            for target in (t for kind, t in relations.values() if kind == "drawing"):
                found += _drawn(archive, sheet, target)
            if any(kind in ("control", "ctrlProp", "oleObject") for kind, _ in relations.values()):
                found.append(Loss(sheet, CONTROLS))
    if any("extension is not supported" in each for each in warned):
        found.append(Loss("", RULES))
    return tuple(found)


def _parts(archive: zipfile.ZipFile, name: str) -> Any:
    """A part of the file, as a tree; nothing where it is missing."""
    try:
        return fromstring(archive.read(name))
    except KeyError:
        return None


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Kind and target of each relation of a part."""
    folder, name = posixpath.split(part)
    tree = _parts(archive, f"{folder}/_rels/{name}.rels")
    found = {}
    for each in tree if tree is not None else ():
        target = each.get("Target", "")
        path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        kind = each.get("Type", "").rpartition("/")[2]
        found[each.get("Id", "")] = (kind, posixpath.normpath(path))
    return found


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The sheets' names with their parts."""
    book = next((t for kind, t in _root(archive) if kind == "officeDocument"), "xl/workbook.xml")
    relations, tree = _relations(archive, book), _parts(archive, book)
    for each in tree.iter() if tree is not None else ():
        if _local(each.tag) == "sheet" and each.get(_RELATED) in relations:
            yield each.get("name", ""), relations[each.get(_RELATED)][1]


def _root(archive: zipfile.ZipFile) -> Iterable[tuple[str, str]]:
    return _relations(archive, "").values()


def _drawn(archive: zipfile.ZipFile, sheet: str, part: str) -> list[Loss]:
    tree = _parts(archive, part)
    names: dict[str, list[str]] = {}
    for anchor in tree if tree is not None else ():
        for each in anchor:
            if kind := _DRAWN.get(_local(each.tag)):
                named = next((p for p in each.iter() if _local(p.tag) == "cNvPr"), None)
                name = named.get("name", "") if named is not None else ""
                names.setdefault(kind, []).append(name[:40])
    return [Loss(sheet, kind, tuple(found[:_MOST_NAMES])) for kind, found in names.items()]


def _local(tag: object) -> str:
    return re.sub(r"\{.*\}", "", str(tag))
