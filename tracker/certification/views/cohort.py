"""The cohort of a year: from registration to the certificate, and who is stuck where."""

from __future__ import annotations

from typing import Any

from flask import abort, url_for
from flask_babel import gettext

from tracker.accounts.viewer import viewer
from tracker.certification.queries.cohort import Candidate, cohort_of
from tracker.certification.terms import Outcome
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.i18n import say
from tracker.kernel.period import FIRST_YEAR, Period
from tracker.kernel.web import page

from .shared import bp


@bp.get("/cohort/<int(max=9999):year>")
def cohort(year: int) -> Any:
    """Who registered for the year's qualification exams, sat, passed and drew a certificate, each
    with its number and names; and what is to be done for those who have not come to the end."""
    today = clock.today()
    if not FIRST_YEAR < year <= today.year + 1:
        abort(404)
    period = Period.of_year(year, today)
    found = cohort_of(db.session(), viewer().scope, period, today)
    stages = (
        (gettext("已报名"), "registered", found.registered),
        (gettext("已参考"), "sat", found.sat),
        (gettext("已合格"), "passed", found.passed),
        (gettext("已领证"), "", found.drawn),
    )
    return page(
        "certification/cohort.html",
        year=year,
        as_at=period.as_at,
        stages=[
            {
                "label": label,
                "count": len(those),
                "names": [_named(each) for each in those],
                "figure_url": (
                    url_for("yearbook.figure", year=year, key=f"certification.{key}") if key else ""
                ),
            }
            for label, key, those in stages
        ],
        stuck=[_stuck(each) for each in found.registered if each.is_stuck],
        later=[_named(each) for each in found.registered if each.drew_later],
        offices=len(viewer().scope.office_ids) > 1,
        previous_year=year - 1 if year - 1 > FIRST_YEAR else None,
        next_year=year + 1 if year < today.year else None,
    )


def _named(candidate: Candidate) -> dict[str, str]:
    officer = candidate.officer
    return {"name": officer.full_name, "url": url_for(".officer", record_id=officer.id)}


def _stuck(candidate: Candidate) -> dict[str, Any]:
    """One who has not come to the certificate: where it stops, and the act that goes on."""
    officer = candidate.officer
    left = officer.post_until is not None and officer.post_until <= clock.today()
    return {
        **_named(candidate),
        "office": viewer().office_names.get(officer.office_id, ""),
        "where": _where(candidate),
        "tone": _tone(candidate),
        "parts": "、".join(say(part.label) for part in candidate.open_parts),
        "left": gettext("已于 %(day)s 离岗", day=officer.post_until) if left else "",
        "act": _act(candidate),
    }


def _is_lapsed(candidate: Candidate) -> bool:
    last = candidate.good_until
    return last is not None and last < clock.today()


def _is_to_come(candidate: Candidate) -> bool:
    """Whether they wait for a day, of the exam or of the retake, that has not come."""
    day = candidate.waits_until
    return candidate.standing is Outcome.PENDING and day is not None and day > clock.today()


def _tone(candidate: Candidate) -> str:
    if _is_lapsed(candidate):
        return "danger"
    return "info" if candidate.passed or _is_to_come(candidate) else "warning"


def _where(candidate: Candidate) -> str:
    last = candidate.good_until
    if _is_lapsed(candidate):
        return gettext("考试合格已于 %(day)s 失效，没有领证", day=last)
    if candidate.passed and last is not None:
        return gettext("考试合格，还没有领证；合格有效至 %(day)s", day=last)
    if candidate.passed:
        return gettext("考试合格，还没有领证")
    if _is_to_come(candidate):
        return gettext("等待 %(day)s 考试", day=candidate.waits_until)
    if candidate.standing is Outcome.PENDING:
        return gettext("成绩待登")
    if candidate.sat:
        return gettext("未全部合格")
    return gettext("报名后缺考")


def _act(candidate: Candidate) -> dict[str, str]:
    """What goes on from there; a reader is led to where it stands."""
    officer = candidate.officer
    writes = viewer().may_edit(officer.office_id)
    if candidate.passed:
        if not writes:
            return {"label": gettext("查看"), "url": url_for(".officer", record_id=officer.id)}
        if _is_lapsed(candidate):
            return {"label": gettext("重新报名"), "url": url_for(".sittings")}
        url = url_for(".new_certificate", officer=officer.id)
        return {"label": gettext("登记证件"), "url": url}
    registration = candidate.last_open or candidate.registrations[-1]
    sitting_id = registration.sitting_id
    sitting_url = url_for(".sitting", record_id=sitting_id)
    if not writes or _is_to_come(candidate):
        return {"label": gettext("查看"), "url": sitting_url}
    if candidate.standing is Outcome.PENDING:
        return {
            "label": gettext("登记成绩"),
            "url": url_for(".sitting_results", record_id=sitting_id),
        }
    return {"label": gettext("安排补考"), "url": sitting_url}
