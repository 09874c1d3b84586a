"""What is odd about an event about to be saved: entered before, or heads nobody would believe.

Ledgers count the same fair twice because two people wrote it down, and a headcount with a nought
too many changes a year's total; both are cheapest to see before saving (request 21 of the users'
list, `peers.md`).
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from sqlalchemy.orm import Session

from tracker.kernel.doubts import Doubt
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from . import remembered
from .drafts import EventDraft
from .models import OutreachEvent
from .terms import EventState

#: From this likeness on, two titles may be names of one event (difflib's ratio).
LIKE = 0.6
#: A headcount this many times the highest before it may have a nought too many.
TIMES_THE_HIGHEST = 3
#: Fewer events than this say nothing of what is usual.
USUAL_FROM = 5
#: A headcount below this is never doubted for its size.
SMALL = 200

_SIGNS = re.compile(r"[\W_]+")


def of_event(
    session: Session, scope: Scope, draft: EventDraft, own_id: int | None = None
) -> list[Doubt]:
    """The doubts about an event; ``own_id`` is the record it changes.

    Planned and cancelled events are compared as well: a planned one that was held is changed, not
    entered again. Voided ones are not.
    """
    return [*_entered_before(session, scope, draft, own_id), *_heads(session, scope, draft, own_id)]


def _entered_before(
    session: Session, scope: Scope, draft: EventDraft, own_id: int | None
) -> list[Doubt]:
    found = session.scalars(remembered.events_of_day(scope, draft.starts_on))
    return [
        Doubt(
            f"alike:{event.id}",
            "title",
            Words(
                "同一天已登记过「{title}」（{number}），可能是同一场活动",
                "“{title}” ({number}) is entered for the same day; it may be the same event",
            ).fill(title=event.title, number=event.number),
            f"/outreach/events/{event.id}",
        )
        for event in found
        if event.id != own_id and _same_place(draft, event) and _like(draft.title, event.title)
    ]


def _same_place(draft: EventDraft, event: OutreachEvent) -> bool:
    """Nothing says that it was elsewhere: neither other villages nor another venue.

    A venue is put in many words (村部, 村委会), so that of the very same title it says nothing.
    """
    ours, theirs = set(draft.village_ids), {link.village_id for link in event.villages}
    if ours and theirs and not ours & theirs:
        return False
    if draft.venue and event.venue and _plain(draft.title) != _plain(event.title):
        return _plain(draft.venue) == _plain(event.venue)
    return True


def _like(one: str, other: str) -> bool:
    first, second = _plain(one), _plain(other)
    if not first or not second:
        return one == other
    if first in second or second in first:
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= LIKE


def _plain(text: str) -> str:
    """The text without signs and spaces, in small letters."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).lower()


def _heads(session: Session, scope: Scope, draft: EventDraft, own_id: int | None) -> list[Doubt]:
    heads = draft.headcount
    if heads is None or draft.state is not EventState.HELD:
        return []
    if heads == 0:
        return [
            Doubt(
                "heads:0",
                "headcount",
                Words(
                    "参加人次填的是 0：没有统计的请把计数方式改为「未登记」",
                    "The headcount is 0; where nobody counted, choose “Not recorded”",
                ),
            )
        ]
    doubts = []
    if people := _more_than_live_there(session, scope, draft):
        doubts.append(people)
    highest, events = session.execute(remembered.highest_headcount(scope, own_id)).one()
    unheard_of = events >= USUAL_FROM and heads > TIMES_THE_HIGHEST * (highest or 0)
    if heads >= SMALL and unheard_of:
        doubts.append(
            Doubt(
                f"heads:{heads}",
                "headcount",
                Words(
                    "参加人次 {heads} 远多于以往任何一场（最多 {highest}），请核对是否多写了一位",
                    "A headcount of {heads} is far above any before (at most {highest});"
                    " is there a digit too many?",
                ).fill(heads=f"{heads:,}", highest=f"{highest:,}"),
            )
        )
    return doubts


def _more_than_live_there(session: Session, scope: Scope, draft: EventDraft) -> Doubt | None:
    """Where the population of all its villages is known and the event had more heads per session
    than that."""
    if not draft.village_ids or draft.headcount is None:
        return None
    known, people = session.execute(remembered.people_living_in(scope, draft.village_ids)).one()
    each = -(-draft.headcount // draft.sessions)
    if known < len(set(draft.village_ids)) or each < SMALL or each <= (people or 0):
        return None
    return Doubt(
        f"people:{draft.headcount}:{people}",
        "headcount",
        Words(
            "参加人次 {heads} 多于所选村（社区）的总人口 {people}，请核对",
            "A headcount of {heads} is more than the {people} people living in its villages",
        ).fill(heads=f"{draft.headcount:,}", people=f"{people:,}"),
    )
