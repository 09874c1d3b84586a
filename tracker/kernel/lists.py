"""A list page: what its filters show, page by page, or taken away whole as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from flask_babel import gettext
from sqlalchemy import Select
from werkzeug.wrappers import Response

from . import clock
from .intake import Intake
from .register import OF_YEAR, Register
from .text import shorten
from .web import FilterBar, page, paged, with_args
from .words import Words

_LONGEST_WORDING = 40
#: So many records go on paper; more are a workbook's business.
MOST_PRINTED = 1000

_UNDATED = Words("{office}{title}", "{office}: {title}")
_ALL_YEARS = Words("全部年份", "all years")
_BETWEEN = Words("；", "; ")
_CONDITIONS = Words("{title}（{conditions}）", "{title} ({conditions})")


@dataclass(frozen=True)
class Narrowing:
    """What a list is narrowed to, as a title says it.

    ``by_year`` lists let a person choose a year; ``year`` None is all of them. ``others`` are the
    remaining filters in words.
    """

    by_year: bool = False
    year: int | None = None
    others: tuple[str, ...] = ()

    @classmethod
    def of(cls, filters: FilterBar) -> Narrowing:
        """What these filters are set to."""
        years = [field for field in filters.fields if field.name == "year"]
        chosen = years[0].value if years else ""
        return cls(
            by_year=bool(years),
            year=int(chosen) if chosen else None,
            others=tuple(
                field.saying(shorten(field.chosen, _LONGEST_WORDING))
                for field in filters.fields
                if field.chosen and field.name != "year"
            ),
        )


def title_of(office: str, register: Register, narrowing: Narrowing) -> Words:
    """架桥镇2024年普法宣传活动台账（状态：已举办）: a part never looks like the whole."""
    title = _UNDATED.fill(office=office, title=register.title)
    if narrowing.year is not None:
        title = OF_YEAR.fill(office=office, year=narrowing.year, title=register.title)
    conditions = [Words.same(other) for other in narrowing.others]
    if narrowing.by_year and narrowing.year is None:
        conditions.insert(0, _ALL_YEARS)
    if not conditions:
        return title
    said = Words(
        _BETWEEN.zh.join(each.zh for each in conditions),
        _BETWEEN.en.join(each.en for each in conditions),
    )
    return _CONDITIONS.fill(title=title, conditions=said)


#: Answers with the workbook of the records that a statement finds; `workbooks` provides it.
ListWriter = Callable[[Register, Select[Any], Narrowing], Response]


@dataclass(frozen=True)
class SheetText:
    """What stands around the table of a sheet that is handed in, in the language of the page:
    whose it is, its title, lines above the heads, and lines below the last row."""

    name: str
    office: str
    title: str
    lines: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()


#: Answers with the workbook of these records as a sheet to hand in; `workbooks` provides it.
SheetWriter = Callable[[Register, Iterable[Any], SheetText], Response]


def listed(
    template: str,
    register: Register,
    statement: Select[Any],
    filters: FilterBar,
    table: Callable[[Sequence[Any]], dict[str, Any]],
    *,
    more_exports: Sequence[dict[str, str]] = (),
    **context: Any,
) -> Any:
    """A list page. ``statement`` finds its records; ``table`` shows those of one page.

    With ``?export=xlsx`` the same records, of all pages, come as the register's ledger, and with
    ``?print=1`` as one page to print, so that what is taken away is always what the page shows.
    """
    narrowing = Narrowing.of(filters)
    if request.args.get("export") == "xlsx":
        write: ListWriter = current_app.extensions["list_writer"]
        return write(register, statement, narrowing)
    if request.args.get("print") == "1":
        found = paged(statement, per_page=MOST_PRINTED)
        return page(
            "records/print.html",
            title_for=lambda office: title_of(office, register, narrowing),
            found=found,
            day=clock.today(),
            table=table(found.rows),
            back=with_args(print=None, page=None),
        )
    found = paged(statement)
    exports = [_export(found.total, narrowing), _print()] if found.total else []
    return page(
        template,
        filters=filters,
        found=found,
        table=table(found.rows),
        exports=[*exports, *more_exports],
        import_key=_import_key(register),
        **context,
    )


def _print() -> dict[str, str]:
    """The button to all of the list on one page."""
    return {
        "label": gettext("打印（A4）"),
        "url": with_args(print=1, page=None),
        "kind": "quiet",
    }


def _import_key(register: Register) -> str:
    """The register's key where ledgers can be taken into it."""
    intakes: Sequence[Intake] = current_app.extensions["intakes"]
    return register.key if any(each.register.key == register.key for each in intakes) else ""


def _export(total: int, narrowing: Narrowing) -> dict[str, str]:
    """The button that takes the list away; it says how much that is."""
    if narrowing.others:
        label = gettext("导出筛选出的%(n)s条（Excel）", n=total)
    elif narrowing.year is not None:
        label = gettext("导出%(year)s年的%(n)s条（Excel）", year=narrowing.year, n=total)
    else:
        label = gettext("导出全部%(n)s条（Excel）", n=total)
    return {"label": label, "url": with_args(export="xlsx", page=None), "kind": "quiet"}
