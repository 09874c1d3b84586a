"""Pages of one registration: an officer in a sitting, attempt by attempt."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, leading_to, own, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.certification.forms.exams import RegistrationForm, VoidRegistrationForm
from tracker.certification.models import ExamRegistration, ExamResult
from tracker.certification.operations import exams as operations
from tracker.certification.register import RESULTS
from tracker.certification.terms import Outcome
from tracker.kernel.forms import posted_version
from tracker.kernel.i18n import say
from tracker.kernel.tables import facts, shown
from tracker.kernel.web import page
from tracker.kernel.words import Words

from .shared import RESTORED, bp, carried_out
from .sitting_rows import OUTCOME_TONES, part_is_to_retake

_RETAKE_ADDED = Words("已添加补考。", "A retake was added.")
_RETAKE_CANCELLED = Words("已取消补考。", "The retake was cancelled.")


@bp.get("/sittings/registrations/<int(max=2147483647):record_id>")
def registration(record_id: int) -> Any:
    """One registration with all attempts."""
    found = seen(ExamRegistration, record_id)
    may_edit = viewer().may_edit(found.office_id)
    parts = found.sitting.parts
    open_now = may_edit and not found.is_voided and not found.sitting.is_voided
    attempts = [result for part in parts for result in found.attempts(part)]
    return page(
        "certification/registration.html",
        registration=found,
        facts=facts(RESULTS, found),
        attempts={
            "columns": [
                {"key": "part", "label": gettext("科目")},
                {"key": "attempt", "label": gettext("次序")},
                {"key": "sat_on", "label": gettext("考试日期")},
                {"key": "score", "label": gettext("分数"), "align": "right"},
                {"key": "outcome", "label": gettext("结果")},
            ],
            "rows": [_attempt_row(found, result) for result in attempts],
        },
        may_edit=may_edit,
        may_retake=open_now and any(part_is_to_retake(found, part) for part in parts),
        may_cancel=open_now
        and any(r.attempt > 0 and r.outcome is Outcome.PENDING for r in found.results),
    )


def _attempt_row(registration: ExamRegistration, result: ExamResult) -> dict[str, Any]:
    day = result.sat_on or (None if result.attempt else registration.sitting.held_on)
    return {
        "cells": [
            say(result.part.label),
            gettext("补考%(n)s", n=result.attempt) if result.attempt else gettext("首考"),
            shown(day),
            shown(result.score),
            {"text": say(result.outcome.label), "tone": OUTCOME_TONES[result.outcome]},
        ]
    }


@bp.route("/sittings/registrations/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_registration(record_id: int) -> Any:
    """Change what is noted of a registration; results are entered for the whole sitting."""
    return form_page(
        _form_of(record_id),
        lambda session, draft: operations.update_registration(
            session, viewer().scope, record_id, draft, posted_version()
        ),
        leading_to(".registration"),
        title=gettext("修改报名"),
        back=url_for(".registration", record_id=record_id),
        current=lambda: _form_of(record_id, formdata=None),
    )


def _form_of(record_id: int, **options: Any) -> RegistrationForm:
    found = own(ExamRegistration, record_id)
    form = RegistrationForm(data=RegistrationForm.values_of(found), **options)
    form.exception_reason.open_to(viewer().scope)
    return form


@bp.route("/sittings/registrations/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_registration(record_id: int) -> Any:
    """Void a registration with its results; not off a list that was handed in."""
    found = own(ExamRegistration, record_id)
    form = VoidRegistrationForm()
    form.exception_reason.open_to(viewer().scope)
    return void_page(
        ExamRegistration,
        record_id,
        name=lambda each: f"{each.officer.name} · {each.sitting.title}",
        endpoint="certification.registration",
        back=url_for(".sitting", record_id=found.sitting_id),
        form=form,
        write=lambda session, reason: operations.void_registration(
            session, viewer().scope, record_id, reason, form.exception_reason.data or ""
        ),
    )


@bp.post("/sittings/registrations/<int(max=2147483647):record_id>/restore")
def restore_registration(record_id: int) -> Any:
    """Take a void back."""
    return carried_out(
        lambda session, scope: operations.restore_registration(session, scope, record_id),
        url_for(".registration", record_id=record_id),
        RESTORED,
    )


@bp.post("/sittings/registrations/<int(max=2147483647):record_id>/retake")
def add_retake(record_id: int) -> Any:
    """补考: a further attempt at each part that was failed or missed."""
    found = own(ExamRegistration, record_id)
    return carried_out(
        lambda session, scope: operations.add_retake(session, scope, record_id),
        url_for(".sitting_results", record_id=found.sitting_id),
        _RETAKE_ADDED,
        undo_url=url_for(".cancel_retake", record_id=record_id),
    )


@bp.post("/sittings/registrations/<int(max=2147483647):record_id>/cancel-retake")
def cancel_retake(record_id: int) -> Any:
    """Take back the retakes that have no result yet."""
    return carried_out(
        lambda session, scope: operations.cancel_retake(session, scope, record_id),
        url_for(".registration", record_id=record_id),
        _RETAKE_CANCELLED,
    )
