"""Certificates by the day on which they end, and renewing those of a day together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import save
from tracker.accounts.viewer import viewer
from tracker.certification import doubts
from tracker.certification.drafts import TermDraft
from tracker.certification.forms.renewing import RenewalForm, certificate_title
from tracker.certification.models import Certificate, ExamRegistration
from tracker.certification.operations import renewing as operations
from tracker.certification.queries import ending as queries
from tracker.certification.terms import Outcome
from tracker.kernel import clock
from tracker.kernel.db import db, trial_tx
from tracker.kernel.errors import RuleBroken, StaleEdit
from tracker.kernel.i18n import say
from tracker.kernel.web import day_arg, page
from tracker.kernel.words import Words
from tracker.rulepacks.queries import rules_of

from .shared import bp

_MOST_DAYS = 200

_EXAM_TONES = {
    Outcome.PENDING: "muted",
    Outcome.ABSENT: "warning",
    Outcome.PASSED: "success",
    Outcome.FAILED: "danger",
}


@bp.get("/certificates/ending/")
def certificates_by_ending() -> Any:
    """How many certificates end on each day, most first; the holders of one day (``?day=``)."""
    today, session, scope = clock.today(), db.session(), viewer().scope
    days = queries.days_of_ending(session, scope, today)
    chosen = day_arg("day") or (days[0].last_day if days else None)
    found = queries.ending_on(session, scope, chosen, today) if chosen else []
    exams = queries.renewal_exams(session, [each.officer_id for each in found], chosen or today)
    return page(
        "certification/ending.html",
        days=[
            {
                "day": each.last_day,
                "count": each.count,
                "days_left": (each.last_day - today).days,
                "url": url_for(".certificates_by_ending", day=each.last_day),
                "list_url": url_for(".certificates", ends=each.last_day),
                "chosen": each.last_day == chosen,
            }
            for each in days[:_MOST_DAYS]
        ],
        more=max(0, len(days) - _MOST_DAYS),
        chosen=chosen,
        rows=[_row(each, exams.get(each.officer_id), today) for each in found],
        offices=len(viewer().office_names) > 1,
        renewable=sum(_is_renewable(each, today) for each in found),
    )


def _row(certificate: Certificate, exam: ExamRegistration | None, today: date) -> dict[str, Any]:
    officer = certificate.officer
    left = _has_left(certificate, today)
    cells: list[Any] = [
        {
            "text": officer.full_name,
            "note": gettext("%(day)s 离岗", day=officer.post_until) if left else "",
        },
        certificate.certificate_number,
        say(certificate.category.label),
        _exam_cell(exam),
        {"text": gettext("应收回"), "tone": "warning"} if left else "",
    ]
    if len(viewer().office_names) > 1:
        cells.insert(1, viewer().office_names.get(certificate.office_id, ""))
    return {"cells": cells, "url": url_for(".certificate", record_id=certificate.id)}


def _exam_cell(exam: ExamRegistration | None) -> dict[str, str]:
    """How the holder stands with the renewal exam."""
    if exam is None:
        return {"text": gettext("没有报名"), "tone": "muted"}
    outcome = exam.overall
    text = gettext("已报名，待登") if outcome is Outcome.PENDING else say(outcome.label)
    return {
        "text": text,
        "tone": _EXAM_TONES[outcome],
        "note": f"{exam.sitting.held_on} {exam.sitting.title}",
        "url": url_for(".registration", record_id=exam.id),
    }


def _has_left(certificate: Certificate, today: date) -> bool:
    until = certificate.officer.post_until
    return until is not None and until <= today


def _is_renewable(certificate: Certificate, today: date) -> bool:
    """One of the viewer's own to renew; a certificate of somebody who left is taken back."""
    return viewer().may_edit(certificate.office_id) and not _has_left(certificate, today)


@bp.route("/certificates/ending/renew", methods=["GET", "POST"])
def renew_certificates() -> Any:
    """批量换发: one further term for certificates that end on a day (``?day=``, else the day of
    most of them).

    The first sending shows what would come of it, tried and taken back; the second saves. Each
    certificate that cannot have the term is named, and nothing is half done.
    """
    today, session = clock.today(), db.session()
    day = day_arg("day") or _busiest_day(today)
    found = queries.ending_on(session, viewer().scope, day, today) if day else []
    offered = [each for each in found if _is_renewable(each, today)]
    first = day + timedelta(days=1) if day else today
    form = RenewalForm(data=RenewalForm.starting(offered, issued_on=today, valid_from=first))
    rules = rules_of(session, viewer().office_id)
    form.follow(rules)
    # What was chosen is still there after somebody else renewed it, so that it can be named.
    posted = queries.certificates_to_renew(session, viewer().scope, form.certificate_ids.data or ())
    form.offer({each.id: each for each in (*offered, *posted)}.values())
    preview: list[dict[str, str]] = []
    if (term := form.sent_draft()) is not None:
        if form.shown.data == form.fingerprint(term) and "save" in request.form:
            answer = save(
                form,
                lambda tx: operations.renew_together(
                    tx, viewer().scope, form.seen_versions, term, today
                ),
                lambda _done: url_for(".certificates_by_ending", day=term.valid_to),
                message=Words("已换发 {count} 本。", "{count} certificates renewed.").fill(
                    count=len(form.seen_versions)
                ),
                current=lambda: _as_now(form),
            )
            if answer:
                return answer
        elif _tried(form, term, today):
            form.shown.data = form.fingerprint(term)
            form.doubts = doubts.of_term(rules, term)
            preview = _preview(form, term, posted)
    return page(
        "certification/renewing.html",
        form,
        day=day,
        preview=preview,
        back=url_for(".certificates_by_ending", day=day),
    )


def _busiest_day(today: date) -> date | None:
    days = queries.days_of_ending(db.session(), viewer().scope, today)
    return days[0].last_day if days else None


def _tried(form: RenewalForm, term: TermDraft, today: date) -> bool:
    """Whether the renewal can be saved, as a trial of which nothing stays says."""
    try:
        with trial_tx(viewer().actor) as tx:
            operations.renew_together(tx, viewer().scope, form.seen_versions, term, today)
    except StaleEdit as error:
        form.show_conflict(_as_now(form), error.current_version)
    except RuleBroken as error:
        form.add_error(error)
    else:
        return True
    return False


def _as_now(form: RenewalForm) -> RenewalForm:
    """The form with the versions the chosen certificates have now."""
    session = db.session()
    session.expire_all()
    ids = form.certificate_ids.data or ()
    found = queries.certificates_to_renew(session, viewer().scope, ids)
    return RenewalForm(formdata=None, data=RenewalForm.starting(found))


def _preview(form: RenewalForm, term: TermDraft, chosen: Any) -> list[dict[str, str]]:
    """What each chosen certificate has now and would have."""
    ids = set(form.certificate_ids.data or ())
    return [
        {
            "name": certificate_title(each),
            "now": gettext(
                "%(from)s 至 %(to)s",
                **{"from": each.latest_term.valid_from, "to": each.latest_term.valid_to},
            ),
            "then": gettext("%(from)s 至 %(to)s", **{"from": term.valid_from, "to": term.valid_to}),
        }
        for each in sorted(chosen, key=lambda c: (c.officer.pinyin, c.id))
        if each.id in ids
    ]
