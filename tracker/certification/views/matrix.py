"""持证要求一览表: officers in enforcement posts × requirements, to print and to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, current_app, request, url_for
from flask_babel import gettext

from tracker.accounts.viewer import viewer
from tracker.certification.models import Officer
from tracker.certification.queries.matrix import Standing, officers_on, standings_on
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.i18n import say
from tracker.kernel.lists import ListWriter, Narrowing
from tracker.kernel.period import FIRST_YEAR, Period, last_day_of
from tracker.kernel.register import Column, Register
from tracker.kernel.tables import shown
from tracker.kernel.web import page, with_args
from tracker.kernel.wording import Rounding, Wording, phrase, quotient
from tracker.kernel.words import Words

from .shared import bp

YES, NO, UNSAID = "✓", "✗", "—"
_PERCENT = Wording(Words.same("%"), Rounding.PERCENT)
_TITLE = Words("执法人员持证要求一览表", "officers and requirements")


@dataclass(frozen=True)
class Cell:
    """How an officer stands with one requirement: the mark, the words for it, the record."""

    mark: str
    text: str
    url: str

    @property
    def said(self) -> str:
        return f"{self.mark} {self.text}"


@dataclass(frozen=True)
class Requirement:
    """One column."""

    key: str
    label: Words
    read: Callable[[Standing, date], Cell]
    width: int = 16


def _officer_url(standing: Standing) -> str:
    return url_for(".officer", record_id=standing.officer.id)


def _kind(standing: Standing, _day: date) -> Cell:
    kind, url = say(standing.officer.establishment.label), _officer_url(standing)
    if standing.kind_allowed is None:
        return Cell(UNSAID, gettext("%(kind)s（未设规则）", kind=kind), url)
    if standing.kind_allowed:
        return Cell(YES, kind, url)
    return Cell(NO, gettext("%(kind)s（不在可报名范围）", kind=kind), url)


def _exam(standing: Standing, _day: date) -> Cell:
    parts = standing.parts
    if not parts.registrations:
        return Cell(UNSAID, gettext("没有考试登记"), _officer_url(standing))
    if parts.open_parts:
        latest = parts.latest_with(parts.open_parts[0])
        names = "、".join(say(part.label) for part in parts.open_parts)
        url = url_for(".registration", record_id=latest.id)
        return Cell(NO, gettext("%(parts)s未合格", parts=names), url)
    url = url_for(".registration", record_id=parts.registrations[-1].id)
    return Cell(YES, gettext("各科合格"), url)


def _pass(standing: Standing, _day: date) -> Cell:
    parts, years, url = standing.parts, standing.rules.pass_years, _officer_url(standing)
    done = parts.completed_on
    if done is None:
        registered = bool(parts.registrations)
        return Cell(UNSAID, gettext("未合格") if registered else gettext("没有考试登记"), url)
    if years is None:
        return Cell(YES, gettext("%(day)s 合格，不设年限", day=done), url)
    if not parts.is_good(years):
        return Cell(NO, gettext("%(day)s 合格，已超过 %(years)s 年", day=done, years=years), url)
    return Cell(YES, gettext("有效至 %(day)s", day=last_day_of(done, years)), url)


def _certificate(standing: Standing, _day: date) -> Cell:
    card = standing.certificate
    if card is None:
        return Cell(NO, gettext("没有有效证件"), _officer_url(standing))
    text = gettext("%(number)s，至 %(day)s", number=card.certificate_number, day=standing.until)
    return Cell(YES, text, url_for(".certificate", record_id=card.id))


def _hours(standing: Standing, _day: date) -> Cell:
    hours, least, url = shown(standing.hours), standing.rules.training_hours, _officer_url(standing)
    if standing.hours_reached is None:
        return Cell(UNSAID, gettext("%(hours)s 学时（未设规则）", hours=hours), url)
    text = gettext("%(hours)s／%(least)s 学时", hours=hours, least=least)
    return Cell(YES if standing.hours_reached else NO, text, url)


def _law(standing: Standing, _day: date) -> Cell:
    if standing.officer.law_qualified:
        return Cell(YES, gettext("有"), _officer_url(standing))
    return Cell(UNSAID, gettext("无"), _officer_url(standing))


REQUIREMENTS = (
    Requirement("kind", Words("编制符合报考范围", "Kind of establishment"), _kind),
    Requirement("exam", Words("资格考试各科", "Exam parts"), _exam, 18),
    Requirement("pass", Words("合格仍有效", "Pass still good"), _pass, 20),
    Requirement("certificate", Words("有效执法证", "Valid certificate"), _certificate, 28),
    Requirement("hours", Words("本年度培训学时", "Class hours of the year"), _hours),
    Requirement("law", Words("法律职业资格", "National legal qualification"), _law, 10),
)


@bp.get("/matrix/<int(max=9999):year>")
def matrix(year: int) -> Any:
    """Officers × requirements on the last day of a year, today in the present one.

    ``?export=xlsx`` takes it away. Whoever stands in it is the figure «certification.officers»,
    whoever has a valid certificate the numerator of the holding rate.
    """
    today = clock.today()
    if not FIRST_YEAR < year <= today.year:
        abort(404)
    period = Period.of_year(year, today)
    standings = standings_on(db.session(), viewer().scope, period)
    if request.args.get("export") == "xlsx":
        write: ListWriter = current_app.extensions["list_writer"]
        statement = officers_on(viewer().scope, period)
        return write(_sheet(standings, period.as_at), statement, Narrowing(by_year=True, year=year))
    rows = [_row(each, period.as_at) for each in standings]
    return page(
        "certification/matrix.html",
        year=year,
        as_at=period.as_at,
        requirements=[say(each.label) for each in REQUIREMENTS],
        rows=rows,
        totals=_totals(rows),
        rate=say(_rate(rows)),
        offices=len(viewer().office_names) > 1,
        export_url=with_args(export="xlsx"),
        previous_year=year - 1 if year - 1 > FIRST_YEAR else None,
        next_year=year + 1 if year < today.year else None,
    )


def _row(standing: Standing, day: date) -> dict[str, Any]:
    officer = standing.officer
    return {
        "name": officer.full_name,
        "url": _officer_url(standing),
        "office": viewer().office_names.get(officer.office_id, ""),
        "cells": [each.read(standing, day) for each in REQUIREMENTS],
    }


def _met(rows: Sequence[dict[str, Any]], place: int) -> int:
    return sum(row["cells"][place].mark == YES for row in rows)


def _totals(rows: Sequence[dict[str, Any]]) -> list[str]:
    return [
        gettext("%(mark)s %(met)s 人", mark=YES, met=_met(rows, place))
        for place in range(len(REQUIREMENTS))
    ]


def _rate(rows: Sequence[dict[str, Any]]) -> Words:
    """The holding rate, as the report says it."""
    place = [each.key for each in REQUIREMENTS].index("certificate")
    return phrase(quotient(_met(rows, place), len(rows)), _PERCENT)


def _sheet(standings: Sequence[Standing], day: date) -> Register:
    """The matrix as a ledger; the last two columns add up to the figures."""
    by_id = {each.officer.id: each for each in standings}

    def said(requirement: Requirement) -> Callable[[Officer], str]:
        return lambda officer: requirement.read(by_id[officer.id], day).said

    return Register(
        key="officer_matrix",
        label=Words("持证要求一览表", "Requirements"),
        title=_TITLE,
        model=Officer,
        of_period=officers_on,
        path="/certification/officers/{id}",
        columns=(
            Column("name", Words("姓名", "Name"), lambda o: o.name, width=10),
            Column("station", Words("所在站所", "Station"), lambda o: o.station, width=16),
            *(Column(each.key, each.label, said(each), width=each.width) for each in REQUIREMENTS),
            Column(
                "counted",
                Words("执法岗位人数", "In enforcement posts"),
                lambda _officer: 1,
                "number",
                total=True,
                width=8,
            ),
            Column(
                "holds",
                Words("持证人数", "Holders"),
                lambda o: int(by_id[o.id].certificate is not None),
                "number",
                total=True,
                width=8,
            ),
        ),
    )
