"""What every page needs of HTTP: lists with their filters, saving, and answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import current_app, flash, redirect, render_template, request
from flask_babel import gettext
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from . import clock, once
from .db import REFUSALS, Actor, db, is_clash, write_tx
from .errors import RuleBroken, StaleEdit
from .forms import BaseForm, RecordForm
from .i18n import say
from .period import FIRST_YEAR, LAST_YEAR
from .terms import Term
from .text import clean_line
from .words import Words

R = TypeVar("R")

PER_PAGE = 50
_NUMBER = re.compile(r"[0-9]{1,9}")


def whole_arg(name: str, default: int, low: int, high: int) -> int:
    """A whole number of the address, or the default where it is none or out of bounds."""
    text = request.args.get(name, "")
    number = int(text) if _NUMBER.fullmatch(text) else default
    return number if low <= number <= high else default


def year_arg() -> int | None:
    """``?year=``; None means all years."""
    year = whole_arg("year", 0, FIRST_YEAR, LAST_YEAR)
    return year or None


def text_arg(name: str, length: int = 100) -> str:
    """A text of the address, cleaned and cut."""
    return clean_line(request.args.get(name, "")[: length * 2])[:length]


def day_arg(name: str) -> date | None:
    """A day of the address as a program writes it (2024-06-26), or None."""
    try:
        day = date.fromisoformat(text_arg(name, 10))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def term_arg(name: str, kind: type[Term]) -> Any:
    """A member of a term named in the address, or None."""
    code = request.args.get(name, "")
    return kind(code) if code in kind.codes() else None


def with_args(**changes: object) -> str:
    """The present address with some of its arguments changed; None drops one."""
    arguments = {key: value for key, value in request.args.items() if len(value) <= 200}
    arguments.update({key: str(value) for key, value in changes.items() if value is not None})
    for key, value in changes.items():
        if value is None:
            arguments.pop(key, None)
    query = urlencode(arguments)
    return f"{request.path}?{query}" if query else request.path


@dataclass(frozen=True)
class Page:
    """One page of a list."""

    rows: Sequence[Any]
    page: int
    pages: int
    total: int

    @property
    def first(self) -> int:
        return (self.page - 1) * PER_PAGE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.page * PER_PAGE, self.total)

    @property
    def prev_url(self) -> str:
        return with_args(page=self.page - 1) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        return with_args(page=self.page + 1) if self.page < self.pages else ""

    @property
    def items(self) -> list[tuple[str, str, bool]]:
        """The pages to jump to: (label, address, is this one)."""
        near = range(max(1, self.page - 2), min(self.pages, self.page + 2) + 1)
        numbers = sorted({1, *near, self.pages} - {0})
        return [(str(n), with_args(page=n), n == self.page) for n in numbers]


def paged(statement: Select[Any], *, per_page: int = PER_PAGE) -> Page:
    """Fetch one page of a list: one statement counts, one fetches that page's rows and no more."""
    session = db.session()
    total = session.scalar(select(func.count()).select_from(statement.order_by(None).subquery()))
    total = total or 0
    pages = max(1, -(-total // per_page))
    page = min(whole_arg("page", 1, 1, 1_000_000), pages)
    rows = session.scalars(statement.limit(per_page).offset((page - 1) * per_page)).unique().all()
    return Page(rows, page, pages, total)


@dataclass(frozen=True)
class FilterField:
    """One control of a filter bar."""

    name: str
    label: str
    type: str = "select"
    value: str = ""
    choices: Sequence[tuple[str, str]] = ()

    @property
    def chosen(self) -> str:
        """What the filter is set to, as a person reads it; empty where it is not set."""
        if self.type != "select":
            return self.value
        # A choice that is no longer offered, such as a merged village, still narrows the list.
        offered = dict(self.choices)
        return offered.get(self.value, self.value) if self.value else ""

    @property
    def said(self) -> str:
        """The filter and what it is set to: 「年份：2024年」."""
        return self.saying(self.chosen)

    def saying(self, value: str) -> str:
        """The filter and a value."""
        return gettext("%(label)s：%(value)s", label=self.label, value=value)


@dataclass(frozen=True)
class Chip:
    """An active filter, with the address that drops it."""

    label: str
    url_without: str


@dataclass(frozen=True)
class FilterBar:
    """A list's filters; their state lives in the address."""

    fields: Sequence[FilterField]

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(field.said, with_args(**{field.name: None, "page": None}))
            for field in self.fields
            if field.chosen
        ]

    @property
    def reset_url(self) -> str:
        return request.path


def search_field() -> FilterField:
    """The free search of a list."""
    return FilterField("q", gettext("搜索"), "search", text_arg("q"))


def year_field(years: Sequence[int]) -> FilterField:
    """The choice of a year."""
    chosen = year_arg()
    offered = sorted({*years, *([chosen] if chosen else [])}, reverse=True)
    choices = [("", gettext("全部年份")), *((str(y), gettext("%(y)s年", y=y)) for y in offered)]
    return FilterField("year", gettext("年份"), "select", str(chosen or ""), choices)


def voided_field() -> FilterField:
    """Whether the list shows voided records instead."""
    chosen = "1" if request.args.get("voided") == "1" else ""
    choices = [("", gettext("不含作废")), ("1", gettext("只看作废"))]
    return FilterField("voided", gettext("作废记录"), "select", chosen, choices)


def term_field(name: str, label: str, kind: type[Term]) -> FilterField:
    """The choice of one member of a term."""
    chosen = term_arg(name, kind)
    choices = [("", gettext("全部")), *((str(m.value), say(m.label)) for m in kind)]
    return FilterField(name, label, "select", str(chosen.value) if chosen else "", choices)


def record_field(name: str, label: str, choices: Sequence[tuple[int, str]]) -> FilterField:
    """The choice of one record."""
    chosen = whole_arg(name, 0, 1, 2_147_483_647)
    offered = [("", gettext("全部")), *((str(key), text) for key, text in choices)]
    return FilterField(name, label, "select", str(chosen or ""), offered)


def page(template: str, form: BaseForm | None = None, **context: Any) -> Response | Any:
    """A rendered page, with the form's status where it has one."""
    if form is not None:
        context["form"] = form
    body = render_template(template, **context)
    return body, (form.status if form is not None else 200)


_AT_ONCE = Words(
    "刚才有人同时保存了相关记录，请核对后再保存一次",
    "Somebody saved a related record at the same moment; check and save again",
)
_OUT_OF_BOUNDS = Words(
    "有一项内容超出了数据库允许的范围，没有保存。请核对日期和数字；如仍不能保存，请联系管理员",
    "An entry is outside what the database allows; nothing was saved. "
    "Check dates and numbers; if it is refused again, ask an administrator",
)


def saved(
    form: RecordForm[Any],
    actor: Actor,
    office_id: int,
    write: Callable[[Session], R],
    address: Callable[[R], str],
    *,
    message: Words,
    current: Callable[[], RecordForm[Any]] | None = None,
) -> Response | None:
    """Run one operation for a form and lead to its record, or put the refusal on the form.

    A form sent twice is led to the record its first sending made. ``current`` builds the form of
    the record as it now stands, to show both versions when somebody else was faster.
    """
    try:
        target = _written(form, actor, office_id, write, address)
    except RuleBroken as error:
        form.add_error(error)
        return None
    except StaleEdit as error:
        if current is not None:
            form.show_conflict(current(), error.current_version)
        return None
    except StaleDataError:
        form.add_error(RuleBroken("", _AT_ONCE))
        return None
    except REFUSALS as error:
        if not is_clash(error):
            current_app.logger.exception("The database refused a value that the form had taken")
        form.add_error(RuleBroken("", _AT_ONCE if is_clash(error) else _OUT_OF_BOUNDS))
        return None
    flash(say(message), "success")
    return redirect(target, code=303)


def _written(
    form: RecordForm[Any],
    actor: Actor,
    office_id: int,
    write: Callable[[Session], R],
    address: Callable[[R], str],
) -> str:
    """Run the operation once for the form's token; returns the record's address.

    Where another transaction took the same number or token meanwhile, the loser is run again and
    then sees what the winner wrote.
    """
    for last in (False, False, True):
        try:
            with write_tx(actor) as session:
                made = once.address_made_by(session, office_id, form.token) if form.token else None
                if made is not None:
                    return made
                target = address(write(session))
                if form.token:
                    once.spend(session, office_id, form.token, target, clock.now())
                return target
        except REFUSALS as error:
            if last or not is_clash(error):
                raise
    raise AssertionError("unreachable")


def done(url: str, message: Words, undo_url: str = "", **fields: str) -> Response:
    """Say what was done and go on; ``undo_url`` is posted to by a button that takes it back."""
    if undo_url:
        undo = {"text": say(message), "url": undo_url, "label": gettext("撤销"), "fields": fields}
        flash(undo, "success")  # type: ignore[arg-type]  # the page's macro takes both
    else:
        flash(say(message), "success")
    return redirect(url, code=303)


def local_address(target: str | None, default: str) -> str:
    """An address of this site to return to; anything that could lead elsewhere is dropped."""
    text = target or ""
    safe = (
        text.startswith("/")
        and not text.startswith(("//", "/\\"))
        and "\\" not in text
        and not re.search(r"[\x00-\x20\x7f]", text)
        and len(text) <= 500
    )
    return text if safe else default


def chosen_years(first_day: Any, today_year: int) -> list[int]:
    """The years a list offers: from the oldest record to this year."""
    first = first_day.year if first_day else today_year
    return list(range(max(first, today_year - 30), today_year + 1))
