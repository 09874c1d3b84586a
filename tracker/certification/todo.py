"""What is waiting in certification."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, and_, false, not_, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.todo import TodoItem
from tracker.kernel.words import Words
from tracker.rulepacks.queries import rules_by_office

from . import conditions
from .models import Certificate, Officer
from .queries import certificates, exams
from .queries.expiry import last_day_known
from .queries.passes import Lapse, lapses
from .terms import ENDING_DAYS

#: No more than this many of a kind are listed on the home page.
MOST = 20

_ENDING = Words("执法证即将到期：{name}", "Certificate ends soon: {name}")
_ENDED = Words("执法证已过期，仍在执法岗位：{name}", "Certificate ended, still in post: {name}")
_NONE = Words(
    "执法岗位人员没有有效证件：{name}", "In an enforcement post without a certificate: {name}"
)
_GONE = Words("已离岗，执法证尚未收回：{name}", "Left, certificate not returned: {name}")
_NOT_DRAWN = Words("考试合格，尚未登记领证：{name}", "Passed, certificate not entered: {name}")
_LAPSING = Words(
    "考试合格将于 {day} 失效，尚未领证：{name}",
    "Pass good until {day} only, no certificate drawn: {name}",
)
_LAPSED = Words(
    "考试合格已于 {day} 失效，没有领证，须重新报名：{name}",
    "Pass lapsed after {day} without a certificate; register again: {name}",
)
_RESULTS = Words("补登考试成绩：{name}", "Enter the exam results: {name}")
_IN_BAND = Words(
    "执法证 {days} 天内到期：{name}（{number}）",
    "Certificate ends in {days} days: {name} ({number})",
)
_LISTED = Words(
    "执法证已过期，仍在册：{name}（{number}）", "Certificate ended, still listed: {name} ({number})"
)

_CARD = "/certification/certificates"
_RENEW = _CARD + "/{card}/terms/new"
_RETURN = _CARD + "/{card}/status/new?change=returned"
_DRAW = _CARD + "/new?officer={officer}"
_EXAMS = "/certification/sittings/"


def waiting(session: Session, scope: Scope, today: date, most: int | None = None) -> list[TodoItem]:
    """Certificates about to end, ended, missing or not returned; passes without a certificate,
    and those of them that lapse; exams without results.

    Each leads to the act that settles it, and a reader to the officer. ``most`` is how many of a
    kind are listed, where not as many as the home page does.
    """
    limit = most or MOST
    enforcing = conditions.in_enforcement_post_on(today)
    valid = conditions.holds_valid_on(today)
    ended = conditions.holds(conditions.ended_by(today))
    gone = and_(Officer.voided_at.is_(None), Officer.post_until <= today)
    in_force = _card(conditions.valid_on(today))
    past = _card(conditions.ended_by(today))
    lapsing = lapses(session, scope, today)
    told = Officer.id.not_in([each.officer.id for each in lapsing])
    kinds: tuple[tuple[Words, str, bool, str, ScalarSelect[int], ColumnElement[bool]], ...] = (
        (_ENDING, "warning", True, _RENEW, in_force, _is_ending(today)),
        (_ENDED, "danger", True, _RENEW, past, _has_ended(today)),
        (_NONE, "warning", False, _DRAW, past, and_(enforcing, not_(valid), not_(ended))),
        (_GONE, "warning", False, _RETURN, in_force, and_(gone, valid)),
        (_NOT_DRAWN, "info", False, _DRAW, past, and_(_passed_without_certificate(today), told)),
    )
    items = [
        TodoItem(
            text.fill(name=officer.full_name),
            (
                act.format(card=card, officer=officer.id)
                if scope.writes(officer.office_id)
                else f"/certification/officers/{officer.id}"
            ),
            last_day if dated else None,
            tone,
            person=officer.name,
        )
        for text, tone, dated, act, its_card, condition in kinds
        for officer, last_day, card in session.execute(
            select(Officer, certificates.last_covered_day(today), its_card)
            .where(scope.covers(Officer.office_id), condition)
            .order_by(Officer.office_id, Officer.pinyin, Officer.id)
            .limit(limit)
        )
    ]
    items += [_of_lapse(each, scope, today) for each in lapsing[:limit]]
    items += [
        TodoItem(
            _RESULTS.fill(name=sitting.title),
            (
                f"/certification/sittings/{sitting.id}/results"
                if scope.writes(sitting.office_id)
                else f"/certification/sittings/{sitting.id}"
            ),
            sitting.held_on,
            "danger",
        )
        for sitting in session.scalars(exams.sittings_without_results(scope, today).limit(limit))
    ]
    return items


def _of_lapse(lapse: Lapse, scope: Scope, today: date) -> TodoItem:
    """A pass that lapses: to draw the certificate, or to register again once it has lapsed."""
    officer, gone = lapse.officer, lapse.last_day < today
    act = _EXAMS if gone else _DRAW.format(officer=officer.id)
    writes = scope.writes(officer.office_id)
    return TodoItem(
        (_LAPSED if gone else _LAPSING).fill(name=officer.full_name, day=lapse.last_day),
        act if writes else f"/certification/officers/{officer.id}",
        lapse.last_day,
        "danger" if gone else "warning",
        person=officer.name,
    )


def coming(session: Session, scope: Scope, today: date, until: date) -> list[TodoItem]:
    """The certificates that end by a day, at most within the widest band of their office's rule,
    and those that have ended and are still listed, each once: what `waiting` says of their holder
    is left out here."""
    bands = {
        office_id: sorted(rules.expiry_bands)
        for office_id, rules in rules_by_office(session, scope.office_ids).items()
    }
    widest: dict[int, list[int]] = {}
    for office_id, days_left in bands.items():
        widest.setdefault(max(days_left, default=0), []).append(office_id)
    ending = and_(
        or_(
            *(
                and_(
                    Certificate.office_id.in_(offices),
                    conditions.to_be_renewed(
                        today, None, min(until, today + timedelta(days=days_left))
                    ),
                )
                for days_left, offices in widest.items()
                if days_left
            ),
            false(),
        ),
        conditions.held_by(not_(_is_ending(today))),
    )
    listed = and_(conditions.overdue_on(today), conditions.held_by(not_(_has_ended(today))))
    items = []
    for certificate in _cards(session, scope, or_(ending, listed)):
        officer, last_day = certificate.officer, last_day_known(certificate, today)
        left = officer.post_until is not None and officer.post_until <= today
        its_bands = bands[certificate.office_id]
        days = next((each for each in its_bands if (last_day - today).days <= each), None)
        text = _LISTED if last_day < today else _IN_BAND
        act = _RETURN if left else _RENEW
        writes = scope.writes(certificate.office_id)
        items.append(
            TodoItem(
                text.fill(name=officer.full_name, number=certificate.certificate_number, days=days),
                act.format(card=certificate.id) if writes else f"{_CARD}/{certificate.id}",
                last_day,
                "warning" if last_day < today else "info",
                person=officer.name,
            )
        )
    return items


def _is_ending(today: date) -> ColumnElement[bool]:
    """Officers in post whose certificates all end soon."""
    soon = today + timedelta(days=ENDING_DAYS)
    return and_(
        conditions.in_post_on(today),
        conditions.holds_valid_on(today),
        not_(conditions.covered_beyond(today, soon)),
    )


def _has_ended(today: date) -> ColumnElement[bool]:
    """Officers in an enforcement post whose certificate has ended, and who have no other."""
    return and_(
        conditions.in_enforcement_post_on(today),
        not_(conditions.holds_valid_on(today)),
        conditions.holds(conditions.ended_by(today)),
    )


def _card(condition: ColumnElement[bool]) -> ScalarSelect[int]:
    """An officer's certificate that meets a condition, the one entered last."""
    return (
        select(Certificate.id)
        .where(
            Certificate.office_id == Officer.office_id,
            Certificate.officer_id == Officer.id,
            condition,
        )
        .order_by(Certificate.id.desc())
        .limit(1)
        .correlate(Officer)
        .scalar_subquery()
    )


def _cards(session: Session, scope: Scope, condition: ColumnElement[bool]) -> list[Certificate]:
    found = session.scalars(
        select(Certificate)
        .join(Certificate.officer)
        .where(scope.covers(Certificate.office_id), condition)
        .order_by(Officer.office_id, Officer.pinyin, Certificate.id)
        .options(contains_eager(Certificate.officer), selectinload(Certificate.terms))
    )
    return list(found)


def _passed_without_certificate(today: date) -> ColumnElement[bool]:
    """Officers who passed this year or last year and drew no certificate from then on."""
    this_year = Period.of_year(today.year, today)
    years = (this_year, this_year.previous)
    passed = or_(
        *(
            and_(conditions.passed_in(year), not_(conditions.issued_between(year.first, today)))
            for year in years
        )
    )
    return and_(conditions.in_post_on(today), not_(conditions.holds_valid_on(today)), passed)
