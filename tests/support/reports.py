"""Years that are closed and reports in every state, for tests that look at every page and table."""

from __future__ import annotations

from datetime import date

from tracker.figures.closing import operations as closing
from tracker.figures.closing import readiness
from tracker.kernel import records
from tracker.kernel.scope import Scope
from tracker.offices.models import Office
from tracker.outreach import operations as outreach
from tracker.outreach.drafts import EventDraft
from tracker.reports import drafting, finalising, operations, queries
from tracker.reports.drafts import ReportDraft
from tracker.reports.terms import StartFrom

from .application import TODAY
from .world import World

#: A year that was frozen, corrected later, and whose text was made final.
FINAL = 2023
#: A year whose text is copied from the year before, which forms have begun or this does.
COPIED = 2025


def write_reports(world: World, office_id: int, mark: str) -> None:
    """Close a year, make its text final, note what changed since; copy the text into the next."""
    scope = Scope((office_id,), office_id, may_write=True)
    with world.writing() as session:
        office = session.get_one(Office, office_id)
        day = date(FINAL, 6, 26)
        held = EventDraft(title=f"{mark}赶集", starts_on=day, ends_on=day)
        event = outreach.create_event(session, office_id, held, TODAY)
        odd = readiness.findings(session, scope, FINAL, TODAY)[0]
        closing.accept(session, scope, FINAL, odd.code, odd.subject, f"{mark}属实")
        frozen = closing.freeze_at_once(session, scope, FINAL, TODAY, (), f"{mark}定稿")
        records.void(session, event, f"{mark}重复")
        closing.note_corrections(session, scope, frozen, TODAY, f"{mark}更正")
        finalising.make_final(session, scope, office, FINAL, TODAY)
        if queries.report_of(session, office_id, COPIED - 1) is None:
            finalising.begin(session, scope, office, COPIED - 1, TODAY)
        occasion = drafting.occasion_of(session, scope, office, COPIED, TODAY, None)
        draft = ReportDraft(
            f"{{{{year}}}}年{office.name}报告", office.name, start_from=StartFrom.LAST_YEAR
        )
        operations.start_report(session, office_id, COPIED, draft, occasion)
