"""What an event's roster says to its headcount."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.kernel.errors import RuleBroken
from tracker.kernel.headcount import CountBasis
from tracker.kernel.words import Words
from tracker.outreach.drafts import EventDraft
from tracker.outreach.models import OutreachEvent
from tracker.outreach.signin import queries

#: A headcount «by sign-in» may be this much above the roster without a word (design choice: a
#: sheet that went round late misses some). Both must be passed.
HALF_AS_MANY_AGAIN = 1.5
TWENTY_MORE = 20
#: What a note must speak of to explain the others.
_SAID = "签"


def require_agreement(session: Session, event: OutreachEvent, draft: EventDraft) -> None:
    """Hold the headcount of a draft against the event's roster.

    Not recorded is no headcount and is not held against it. Those counted beside the roster
    (walk-ins) explain a headcount, and so does a note that speaks of signing in.

    :raises RuleBroken: below the roster; or «by sign-in» and far above it without a word.
    """
    if draft.headcount is None:
        return
    signed = queries.signed_heads(session, event.office_id, event.id)
    if not signed:
        return
    if draft.headcount < signed:
        raise RuleBroken(
            "headcount",
            Words(
                "签到名单上已有 {signed} 人，参加人次不能比它少。请改为 {signed} 或以上；"
                "名单有误的，先到「签到」页划掉错行",
                "{signed} people are on the roster; the headcount cannot be lower. Enter {signed} "
                "or more, or strike wrong rows out on the sign-in page first",
            ).fill(signed=signed),
        )
    if draft.count_basis is not CountBasis.SIGNED_IN or _SAID in draft.note:
        return
    known = queries.heads_of(session, event, queries.roster_of(session, event)).total
    above = draft.headcount - known
    if above > TWENTY_MORE and draft.headcount > known * HALF_AS_MANY_AGAIN:
        raise RuleBroken(
            "headcount",
            Words(
                "签到名单和未签到到场的合计只有 {known} 人，比这里少 {above} 人。"
                "另行清点的，计数方式请选「清点」；没签到的人，请在「签到」页登记未签到人数；"
                "或在备注里写明，例如「另有 {above} 人未签到」",
                "Roster and walk-ins add up to {known}, {above} fewer than entered. Choose "
                "“Counted” if heads were counted, enter who did not sign in on the sign-in page, "
                "or explain in the note, for example 「另有 {above} 人未签到」",
            ).fill(known=known, above=above),
        )
