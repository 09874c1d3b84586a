"""The outreach event that a lecture is."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.advisers.drafts import VisitDraft
from tracker.advisers.models import Adviser, AdviserVisit
from tracker.kernel.headcount import CountBasis
from tracker.offices.models import Office
from tracker.outreach.drafts import EventDraft
from tracker.outreach.terms import DeliveryForm


def event_of(session: Session, visit: VisitDraft | AdviserVisit) -> EventDraft:
    """The event that a lecture is: its day, its village, its listeners as counted."""
    adviser = session.get_one(Adviser, visit.adviser_id)
    counted = CountBasis.NOT_RECORDED if visit.attendees is None else CountBasis.COUNTED
    return EventDraft(
        title=visit.matter,
        starts_on=visit.held_on,
        ends_on=visit.held_on,
        delivery=DeliveryForm.LECTURE,
        village_ids=() if visit.village_id is None else (visit.village_id,),
        lead_organisation=session.get_one(Office, adviser.office_id).name,
        speakers=adviser.name,
        headcount=visit.attendees,
        count_basis=counted,
    )
