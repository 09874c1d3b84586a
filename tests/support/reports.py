"""A year that is closed and reports in every state, for tests that look at every page and table."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tracker.figures.closing import operations as closing
from tracker.figures.closing import readiness
from tracker.kernel import records
from tracker.kernel.scope import Scope
from tracker.offices.models import Office
from tracker.outreach import operations as outreach
from tracker.outreach.drafts import EventDraft
from tracker.reports import drafting, finalising, operations, queries
from tracker.reports.drafts import ReportDraft, SectionDraft
from tracker.reports.models import Report
from tracker.reports.terms import StartFrom

from .application import TODAY

#: A year that was frozen, corrected later, and whose text was made final.
FINAL = 2023


def write_reports(session: Session, office_id: int, mark: str, text: str = "") -> None:
    """Close a year, make its text final, note what changed since; copy the text of a year into the
    next one that nobody has begun. ``text`` stands in both."""
    scope = Scope((office_id,), office_id, may_write=True)
    office = session.get_one(Office, office_id)
    day = date(FINAL, 6, 26)
    held = EventDraft(title=f"{mark}赶集", starts_on=day, ends_on=day)
    event = outreach.create_event(session, office_id, held, TODAY)
    odd = readiness.findings(session, scope, FINAL, TODAY)[0]
    closing.accept(session, scope, FINAL, odd.code, odd.subject, f"{mark}属实")
    frozen = closing.freeze_at_once(session, scope, FINAL, TODAY, (), f"{mark}定稿")
    records.void(session, event, f"{mark}重复")
    closing.note_corrections(session, scope, frozen, TODAY, f"{mark}更正")
    occasion = drafting.occasion_of(session, scope, office, FINAL, TODAY, None)
    begun = queries.report_of(session, office_id, FINAL)
    begun = begun or finalising.begin(session, scope, office, FINAL, TODAY)
    section = SectionDraft(2, mark[:40], text or f"{mark}一段。")
    operations.create_section(session, scope, begun.id, section, occasion)
    finalising.make_final(session, scope, office, FINAL, TODAY)
    _copy_text(session, scope, office)


def _copy_text(session: Session, scope: Scope, office: Office) -> Report:
    year = FINAL + 1
    while queries.report_of(session, office.id, year) is not None:
        year += 1
    occasion = drafting.occasion_of(session, scope, office, year, TODAY, None)
    draft = ReportDraft(
        f"{{{{year}}}}年{office.name}报告", office.name, start_from=StartFrom.LAST_YEAR
    )
    return operations.start_report(session, office.id, year, draft, occasion)
