"""How ledgers of assignments and logs of advisers are taken in."""

from __future__ import annotations

from collections.abc import Hashable

from sqlalchemy.orm import Session, joinedload

from tracker.advisers import operations, queries, register, said
from tracker.advisers.drafts import AssignmentDraft, VisitDraft
from tracker.advisers.forms import AssignmentForm, VisitForm
from tracker.advisers.models import Adviser, AdviserAssignment, AdviserVisit
from tracker.advisers.terms import AssignmentTarget, VisitMode
from tracker.kernel.intake import Intake, Reference, undated
from tracker.kernel.records import live
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.intake import VILLAGE
from tracker.outreach.models import OutreachEvent

from .advisers import ADVISER

#: No office has as many events; a visit may name any of them, not only those a page offers.
_ALL_EVENTS = 1_000_000


def _assignment_key(assignment: AssignmentDraft | AdviserAssignment) -> Hashable:
    """An adviser's assignment to a village, or to the township, from a day on."""
    return (assignment.adviser_id, assignment.village_id, assignment.starts_on)


ASSIGNMENTS = Intake(
    register=register.ASSIGNMENTS,
    form_of=lambda _cells: AssignmentForm,
    # Identity and firm are the adviser's.
    fields={
        "number": "",
        "adviser": "adviser_id",
        "identity": "",
        "firm": "",
        "village": "village_id",
    },
    defaults={"target": AssignmentTarget.VILLAGE},
    references={"adviser": ADVISER, "village": VILLAGE},
    values_of=AssignmentForm.values_of,
    create=undated(operations.create_assignment),
    update=undated(operations.update_assignment),
    existing=lambda scope: live(AdviserAssignment, scope).options(
        joinedload(AdviserAssignment.adviser).joinedload(Adviser.firm),
        joinedload(AdviserAssignment.village),
    ),
    key=_assignment_key,
    key_of=_assignment_key,
    example={
        "adviser": "张律师",
        "starts_on": "2024-01-01",
        "ends_on": "2026-12-31",
        "additional": "否",
        "renewal": "否",
        "contract_signed_on": "2023-12-20",
        "plate_put_up_on": "2024-01-10",
        "fee": "5000",
        "qualification_checked_on": "",
        "screened_on": "",
        "appointed_on": "",
    },
)


class VisitRowForm(VisitForm):
    """One entry of an adviser's log, which names its outreach event by number, or day and title."""

    def offer(self, session: Session, scope: Scope, visit: AdviserVisit | None = None) -> None:
        """Give the form what its page offers, and all of the office's held events."""
        super().offer(session, scope, visit)
        events = {
            e.id: e for e in queries.events_to_name(session, scope.home_office_id, _ALL_EVENTS)
        }
        if visit is not None and visit.event is not None:
            events[visit.event.id] = visit.event
        names = [(event.id, event.number) for event in events.values()]
        self.event_id.offer(
            [*names, *((event.id, _day_and_title(event)) for event in events.values())]
        )


def _day_and_title(event: OutreachEvent) -> str:
    return f"{event.starts_on.isoformat()} {event.title}"


def _visit_key(visit: VisitDraft | AdviserVisit) -> Hashable:
    """One entry for each matter: two consultations on one day in one village differ by theirs."""
    return (visit.adviser_id, visit.village_id, visit.held_on, visit.kind, visit.matter)


def _visit_alike(visit: VisitDraft | AdviserVisit) -> Hashable:
    """The same service by the same adviser in one place on one day, in other words."""
    return (visit.adviser_id, visit.village_id, visit.held_on, visit.kind)


VISITS = Intake(
    register=register.VISITS,
    form_of=lambda _cells: VisitRowForm,
    # Whom the visit was for is said by the column of villages beside it.
    fields={
        "number": "",
        "adviser": "adviser_id",
        "served": "",
        "village": "village_id",
        "event": "event_id",
    },
    defaults={"mode": VisitMode.ON_SITE},
    references={
        "adviser": ADVISER,
        "village": VILLAGE,
        "event": Reference(Words("普法活动", "outreach event")),
    },
    said={"kind": said.VISIT_KINDS, "mode": said.VISIT_MODES},
    values_of=VisitForm.values_of,
    create=operations.create_visit,
    update=operations.update_visit,
    existing=lambda scope: live(AdviserVisit, scope).options(
        joinedload(AdviserVisit.adviser),
        joinedload(AdviserVisit.village),
        joinedload(AdviserVisit.event),
    ),
    key=_visit_key,
    key_of=_visit_key,
    alike=_visit_alike,
    alike_of=_visit_alike,
    example={
        "matter": "解答土地流转合同纠纷",
        "adviser": "张律师",
        "hours": "2",
        "people_consulted": "3",
        "attendees": "",
        "opinions": "",
        "contracts_reviewed": "1",
        "documents": "",
        "mediations": "",
        "legal_aid_cases": "",
        "enterprises": "",
        "event": "",
        "result": "已当场解答",
    },
)
