"""A list page: what its filters show, page by page, or taken away whole as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from flask_babel import gettext
from sqlalchemy import Select
from werkzeug.wrappers import Response

from .intake import Intake
from .register import Register
from .text import shorten
from .web import FilterBar, page, paged, with_args

_LONGEST_WORDING = 40


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

    With ``?export=xlsx`` the same records, of all pages, come as the register's ledger, so that
    what is taken away is always what the page shows.
    """
    narrowing = Narrowing.of(filters)
    if request.args.get("export") == "xlsx":
        write: ListWriter = current_app.extensions["list_writer"]
        return write(register, statement, narrowing)
    found = paged(statement)
    exports = [_export(found.total, narrowing)] if found.total else []
    return page(
        template,
        filters=filters,
        found=found,
        table=table(found.rows),
        exports=[*exports, *more_exports],
        import_key=_import_key(register),
        **context,
    )


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
