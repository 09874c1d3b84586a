"""Closing a year: what is missing, the steps to the frozen set, what changed since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import abort, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.accounts import gate
from tracker.accounts.record_pages import save
from tracker.accounts.viewer import viewer
from tracker.figures.closing import operations, queries, readiness
from tracker.figures.closing.terms import ClosingAct, ClosingState
from tracker.figures.freezing import queries as freezing
from tracker.figures.freezing.comparing import compare, count_changes
from tracker.figures.freezing.models import FrozenSet
from tracker.kernel import clock
from tracker.kernel.db import db, write_tx
from tracker.kernel.errors import RecordMissing
from tracker.kernel.forms import PlainForm
from tracker.kernel.i18n import say
from tracker.kernel.readiness import Finding
from tracker.kernel.records import moment_of
from tracker.kernel.text import clean_line
from tracker.kernel.web import done, page
from tracker.kernel.words import Words

from . import pages
from .closing_pages import finding_rows, set_facts, steps_table
from .forms import AcceptForm, ReasonForm, StepForm
from .views import bp, year_period

#: The steps that only the office's administrators take.
_ADMINISTRATORS = frozenset({ClosingAct.RETURN, ClosingAct.APPROVE, ClosingAct.FREEZE})

_DONE = {
    ClosingAct.SUBMIT: Words("已送审，等待批准。", "Submitted for approval."),
    ClosingAct.RETURN: Words("已退回。", "Returned."),
    ClosingAct.APPROVE: Words("已批准，可以定稿了。", "Approved; the year can be frozen now."),
    ClosingAct.FREEZE: Words("已定稿。", "The year is frozen."),
}
_YEAR = "/yearbook/<int(max=9999):year>"


def _findings(year: int) -> list[Finding]:
    return readiness.findings(db.session(), viewer().scope, year, clock.today())


def _next_acts(state: ClosingState, changed: bool) -> list[ClosingAct]:
    """What this person can do next."""
    acts = {
        ClosingState.OPEN: [ClosingAct.SUBMIT],
        ClosingState.RETURNED: [ClosingAct.SUBMIT],
        ClosingState.SUBMITTED: [ClosingAct.APPROVE, ClosingAct.RETURN],
        ClosingState.APPROVED: [ClosingAct.FREEZE, ClosingAct.RETURN],
        ClosingState.FROZEN: [ClosingAct.SUBMIT] if changed else [],
    }[state]
    person = viewer()
    return [
        act
        for act in acts
        if person.may_write and (act not in _ADMINISTRATORS or person.is_administrator)
    ]


@bp.get(f"{_YEAR}/closing")
def closing(year: int) -> Any:
    """How far the year is, what is missing or odd, and the sets that were frozen."""
    period = year_period(year)
    session, scope = db.session(), viewer().scope
    found, state = _findings(year), queries.state_of(session, scope, year)
    sets = session.scalars(freezing.sets_of(scope, year)).all()
    changes = count_changes(session, scope, sets[0], clock.today()) if sets else 0
    acts = _next_acts(state, bool(changes)) if period.first <= clock.today() else []
    return page(
        "yearbook/closing.html",
        period=period,
        state=state,
        acts=[
            {
                "label": say(act.label),
                "url": url_for(".step", year=year, act=act.value),
                "kind": "quiet" if act is ClosingAct.RETURN else "primary",
            }
            for act in acts
        ],
        open=finding_rows(year, [each for each in found if each.is_open], viewer().may_write),
        accepted=finding_rows(
            year, [each for each in found if not each.is_open], viewer().may_write
        ),
        steps=steps_table(queries.steps_of(session, scope, year)),
        sets=[
            {"facts": set_facts(each), "url": url_for(".frozen", year=year, sequence=each.sequence)}
            for each in sets
        ],
        changes=changes,
    )


def _act_named(code: str) -> ClosingAct:
    if code not in ClosingAct.codes():
        abort(404)
    act = ClosingAct(code)
    if not viewer().may_write or (act in _ADMINISTRATORS and not viewer().is_administrator):
        abort(403)
    return act


@bp.route(f"{_YEAR}/closing/<string(maxlength=20):act>", methods=["GET", "POST"])
def step(year: int, act: str) -> Any:
    """One step: what it means, what is still open, and a note."""
    period, chosen = year_period(year), _act_named(act)
    session, scope, today = db.session(), viewer().scope, clock.today()
    before = freezing.set_in_force(session, scope, year)
    must_say_why = chosen is ClosingAct.RETURN or (
        chosen is ClosingAct.FREEZE and before is not None
    )
    form = ReasonForm() if must_say_why else StepForm()
    found = _findings(year)
    if (note := form.sent_draft()) is not None:
        writes: dict[ClosingAct, Callable[[Session], object]] = {
            ClosingAct.SUBMIT: lambda writing: operations.submit(writing, scope, year, note),
            ClosingAct.RETURN: lambda writing: operations.send_back(writing, scope, year, note),
            ClosingAct.APPROVE: lambda writing: operations.approve(
                writing, scope, year, today, note
            ),
            ClosingAct.FREEZE: lambda writing: operations.freeze(
                writing, scope, year, today, found, note
            ),
        }
        answer = save(
            form,
            writes[chosen],
            lambda _: url_for(".closing", year=year),
            message=_DONE[chosen],
        )
        if answer:
            return answer
    return page(
        "yearbook/step.html",
        form,
        period=period,
        act=chosen,
        before=before,
        state=queries.state_of(session, scope, year),
        open=finding_rows(year, [each for each in found if each.is_open], False),
        back=url_for(".closing", year=year),
    )


@bp.route(f"{_YEAR}/findings/accept", methods=["GET", "POST"])
def accept(year: int) -> Any:
    """Leave a finding as it is, with the reason."""
    period = year_period(year)
    if not viewer().may_write:
        abort(403)
    found = _finding_named(year, request.args)
    form = AcceptForm()
    if (reason := form.sent_draft()) is not None:
        answer = save(
            form,
            lambda session: operations.accept(
                session, viewer().scope, year, found.code, found.subject, reason
            ),
            lambda _: url_for(".closing", year=year),
            message=Words("已接受，原因已记下。", "Accepted; the reason is kept."),
        )
        if answer:
            return answer
    return page(
        "yearbook/accept.html",
        form,
        period=period,
        finding=found,
        back=url_for(".closing", year=year),
    )


def _finding_named(year: int, arguments: Any) -> Finding:
    """The finding an address or a button names, while it stands.

    :raises RecordMissing: once it has been put right.
    """
    name = tuple(clean_line(arguments.get(key, "")[:200]) for key in ("code", "subject"))
    found = next((each for each in _findings(year) if (each.code, each.subject) == name), None)
    if found is None:
        raise RecordMissing
    return found


@bp.post(f"{_YEAR}/findings/take-back")
def take_back(year: int) -> Response:
    """Open an accepted finding again."""
    year_period(year)
    PlainForm().is_sent_well()
    found = _finding_named(year, request.form)
    with write_tx(viewer().actor) as session:
        operations.take_back(session, viewer().scope, year, found.code, found.subject)
    return done(url_for(".closing", year=year), Words("已重新列为待处理。", "It is open again."))


def _set_in_force(year: int) -> FrozenSet:
    frozen = freezing.set_in_force(db.session(), viewer().scope, year)
    if frozen is None:
        raise RecordMissing
    return frozen


@bp.get(f"{_YEAR}/changes")
def changes(year: int) -> Any:
    """What changed since the year was frozen, figure by figure, record by record."""
    year_period(year)
    session, scope = db.session(), viewer().scope
    found = _set_in_force(year)
    return page(
        "yearbook/changes.html",
        period=found.period,
        frozen=found,
        facts=set_facts(found),
        changes=[
            pages.change_view(change) for change in compare(session, scope, found, clock.today())
        ],
        notes=_notes(found),
        may_note=viewer().may_write and viewer().is_administrator,
    )


def _notes(found: FrozenSet) -> Sequence[dict[str, str]]:
    return [
        {
            "label": gettext(
                "%(number)s，%(by)s %(at)s",
                number=note.number,
                by=note.made_by,
                at=moment_of(note.made_at),
            ),
            "url": url_for(".correction", year=found.year, note_id=note.id),
        }
        for note in queries.notes_of(db.session(), found)
    ]


@bp.route(f"{_YEAR}/changes/note", methods=["GET", "POST"])
@gate.administrators_only
def note_changes(year: int) -> Any:
    """Write the changes down as a correction note."""
    year_period(year)
    found, form = _set_in_force(year), StepForm()
    if (remark := form.sent_draft()) is not None:
        answer = save(
            form,
            lambda session: operations.note_corrections(
                session, viewer().scope, found, clock.today(), remark
            ),
            lambda note: url_for(".correction", year=year, note_id=note.id),
            message=Words("更正说明已生成。", "The correction note is made."),
        )
        if answer:
            return answer
    return page(
        "yearbook/note_form.html",
        form,
        period=found.period,
        frozen=found,
        back=url_for(".changes", year=year),
    )


@bp.get(f"{_YEAR}/changes/<int(max=2147483647):note_id>")
def correction(year: int, note_id: int) -> Any:
    """A correction note, to print."""
    note, found = queries.note_of(db.session(), viewer().scope, year, note_id)
    return page(
        "yearbook/correction.html",
        note=note,
        frozen=found,
        lines=[
            {"text": line.lstrip("　"), "depth": (len(line) - len(line.lstrip("　"))) // 2}
            for line in note.body.splitlines()
        ],
        made_at=moment_of(note.made_at),
        frozen_at=moment_of(found.frozen_at),
    )


@bp.get(f"{_YEAR}/frozen/<int(max=9999):sequence>")
def frozen(year: int, sequence: int) -> Any:
    """One frozen set: every figure as it was published."""
    found = freezing.frozen_set(db.session(), viewer().scope, year, sequence)
    readings = freezing.readings_of(db.session(), found).values()
    shown = [each for each in readings if each.figure.shown]  # type: ignore[attr-defined]
    quiet = [each for each in shown if pages.is_quiet(each)]
    link = pages.frozen_link(found)
    return page(
        "yearbook/frozen.html",
        period=found.period,
        frozen=found,
        facts=set_facts(found),
        groups=pages.groups((e for e in shown if not pages.is_quiet(e)), link),
        quiet=pages.groups(quiet, link),
        quiet_count=len(quiet),
    )


@bp.get(f"{_YEAR}/frozen/<int(max=9999):sequence>/<string(maxlength=100):key>")
def frozen_figure(year: int, sequence: int, key: str) -> Any:
    """One figure of a frozen set, with the records that counted then."""
    found = freezing.frozen_set(db.session(), viewer().scope, year, sequence)
    stored = {each.key: each for each in freezing.figures_of(db.session(), found)}
    figure = stored.get(key)
    if figure is None:
        raise RecordMissing
    reading = freezing.reading_of(figure, found)
    return page(
        "yearbook/frozen_figure.html",
        figure=figure,
        period=found.period,
        frozen=found,
        card={**pages.card(reading), "url": ""},
        members=pages.members_table(
            stored.get(figure.members_key, figure).unit, freezing.members_of(db.session(), figure)
        ),
    )
