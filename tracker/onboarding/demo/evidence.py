"""Pictures on three of the example's events: one has all it should, two still lack some."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.evidence.drafts import EvidenceDraft, Kept
from tracker.evidence.operations import add_files
from tracker.evidence.samples import Scene, keep_sample
from tracker.evidence.store import Store
from tracker.evidence.terms import EvidenceKind
from tracker.kernel.scope import Scope
from tracker.outreach.models import OutreachEvent

#: The event's title, what the picture is of it, which picture.
_PICTURES: tuple[tuple[str, EvidenceKind, Scene, int, str], ...] = (
    ("“6·26”国际禁毒日集中宣传", EvidenceKind.NOTICE, Scene.PAPER, 1, "活动通知"),
    ("“6·26”国际禁毒日集中宣传", EvidenceKind.PHOTO, Scene.STAND, 1, "赶集日摆台"),
    ("“6·26”国际禁毒日集中宣传", EvidenceKind.PHOTO, Scene.STAND, 2, "现场咨询"),
    ("“6·26”国际禁毒日集中宣传", EvidenceKind.SUMMARY, Scene.PAPER, 2, "信息简报"),
    ("“利剑护蕾”法治课进校园", EvidenceKind.PHOTO, Scene.TALK, 1, "法治课现场"),
    ("“利剑护蕾”法治课进校园", EvidenceKind.SIGN_IN, Scene.SHEET, 1, "签到表"),
    ("民法典进乡村院坝会", EvidenceKind.PHOTO, Scene.TALK, 2, "院坝会现场"),
)


def draw(store: Store) -> list[Kept]:
    """Draw the pictures, before any transaction begins."""
    return [
        keep_sample(store, scene, variant, f"示例_{caption}.jpg")
        for _title, _kind, scene, variant, caption in _PICTURES
    ]


def write_evidence(session: Session, office_id: int, drawn: Sequence[Kept], store: Store) -> None:
    """Put the pictures on the township's events."""
    scope = Scope((office_id,), office_id, may_write=True)
    events = {
        event.title: event
        for event in session.scalars(
            select(OutreachEvent).where(OutreachEvent.office_id == office_id)
        )
        if event.starts_on.year == 2024 and not event.is_voided
    }
    for (title, kind, _scene, _variant, caption), kept in zip(_PICTURES, drawn, strict=True):
        event = events[title]
        draft = EvidenceDraft(kind, f"{caption}（示例）", event.starts_on)
        add_files(session, scope, event.__tablename__, event.id, draft, [kept], store)
