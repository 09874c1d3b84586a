"""Reports in every state, for tests that look at every page and table."""

from __future__ import annotations

from tracker.figures.closing import operations as closing
from tracker.kernel.scope import Scope
from tracker.offices.models import Office
from tracker.reports import drafting, finalising, operations
from tracker.reports.drafts import ReportDraft
from tracker.reports.terms import StartFrom

from .application import TODAY
from .world import World

#: A year that was frozen and whose text was made final; the one after copied its text.
FINAL, COPIED = 2022, 2023


def write_reports(world: World, office_id: int) -> None:
    """A final text of one year, and a report of the next whose text is still to be confirmed."""
    scope = Scope((office_id,), office_id, may_write=True)
    with world.writing() as session:
        office = session.get_one(Office, office_id)
        closing.freeze_at_once(session, scope, FINAL, TODAY, (), "定稿")
        finalising.make_final(session, scope, office, FINAL, TODAY)
        occasion = drafting.occasion_of(session, scope, office, COPIED, TODAY, None)
        draft = ReportDraft(
            f"{{{{year}}}}年{office.name}报告", office.name, start_from=StartFrom.LAST_YEAR
        )
        operations.start_report(session, office_id, COPIED, draft, occasion)
