"""The forms of sign-in: strings in, one draft out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms.validators import ValidationError

from tracker.kernel.errors import RuleBroken
from tracker.kernel.fields import (
    BooleanField,
    DayField,
    LineField,
    RecordField,
    TermField,
    WholeNumberField,
)
from tracker.kernel.forms import RecordForm
from tracker.kernel.i18n import say
from tracker.kernel.scope import Scope
from tracker.kernel.text import clean_line, half_width, parse_whole
from tracker.kernel.words import Words
from tracker.offices.queries import open_villages
from tracker.outreach.models import OutreachEvent

from .drafts import AttendanceDraft, OpeningDraft
from .models import Attendance, EventRoster
from .operations.roster import require_sound
from .phone_queries import OpenSignIn
from .terms import EntryKind

LONGEST_NAME = 40
MOST_PUPILS = 9999
_PHONE = re.compile(r"[0-9][0-9 -]{4,18}[0-9]")
_ONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")

_NO_PHONE = Words(
    "电话请填 6 到 20 位数字，例如 13800001234；不愿填的可以空着",
    "Enter the telephone in 6 to 20 digits, or leave it empty",
)


def _plain_phone(typed: str) -> str:
    """A telephone as it is kept.

    :raises ValueError: for anything that is none.
    """
    text = half_width(clean_line(typed))
    if text and not _PHONE.fullmatch(text):
        raise ValueError
    return text


class OpeningForm(RecordForm[OpeningDraft]):
    """How phones sign in to an event."""

    kind = TermField(_("登记什么"), EntryKind)
    with_phone = BooleanField(_("同时收集联系电话（可不填）"))
    closes_on = DayField(_("签到开放到"), description=_("空着的，到活动结束的次日为止"))

    @staticmethod
    def values_of(roster: EventRoster | None) -> dict[str, Any]:
        """The switch as it now stands."""
        if roster is None:
            return {"kind": EntryKind.PERSON}
        return {
            "kind": roster.kind,
            "with_phone": roster.with_phone,
            "closes_on": roster.closes_on,
        }

    def draft(self) -> OpeningDraft:
        """The switch as entered."""
        return OpeningDraft(
            kind=self.kind.data,
            with_phone=bool(self.with_phone.data),
            closes_on=self.closes_on.data,
        )


class WalkInsForm(RecordForm[int]):
    """How many were there and did not sign."""

    walk_ins = WholeNumberField(_("未签到到场人数"), 0, 999_999, required=True)

    def draft(self) -> int:
        """The number as entered."""
        return int(self.walk_ins.data)


class RetentionForm(RecordForm[int]):
    """How long names are kept."""

    keep_months = WholeNumberField(
        _("姓名保存几个月"), 1, 36, required=True, description=_("从活动结束那天算起，1 到 36 个月")
    )

    def draft(self) -> int:
        """The months as entered."""
        return int(self.keep_months.data)


class AttendanceForm(RecordForm[AttendanceDraft]):
    """One row of an event's roster."""

    name = LineField(_("姓名或班级"), LONGEST_NAME, required=True)
    kind = TermField(_("登记方式"), EntryKind)
    heads = WholeNumberField(
        _("人数"), 1, MOST_PUPILS, description=_("按班级登记的填学生人数；个人不用填")
    )
    village_id = RecordField(_("村（社区）"), description=_("其他地方来的不选"))
    phone = LineField(_("联系电话"), 20)

    event_id = 0

    def validate_phone(self, entry: Any) -> None:
        """A telephone, or nothing."""
        try:
            entry.data = _plain_phone(entry.data or "")
        except ValueError:
            raise ValidationError(say(_NO_PHONE)) from None

    def offer(self, session: Session, scope: Scope, row: Attendance | None = None) -> None:
        """Give the form the office's villages, with the one the row has."""
        villages = {v.id: v.name for v in open_villages(session, scope.for_writing)}
        if row is not None:
            self.event_id = row.event_id
            if row.village is not None:
                villages[row.village.id] = row.village.name
        self.village_id.offer(list(villages.items()))

    @staticmethod
    def values_of(row: Attendance) -> dict[str, Any]:
        """A row as the form shows it."""
        return {
            "version": str(row.version),
            "name": row.name,
            "kind": row.kind,
            "heads": row.heads,
            "village_id": row.village_id,
            "phone": row.phone,
        }

    def draft(self) -> AttendanceDraft:
        """The row as entered.

        :raises RuleBroken: for a class without its number.
        """
        kind, heads = self.kind.data, self.heads.data
        if kind is EntryKind.CLASS and heads is None:
            raise RuleBroken("heads", Words("请填写这个班的人数", "Enter the number of the class"))
        return AttendanceDraft(
            event_id=self.event_id,
            name=self.name.data or "",
            kind=kind,
            heads=1 if heads is None else heads,
            village_id=self.village_id.data,
            phone=self.phone.data or "",
        )


class AttendanceRowForm(AttendanceForm):
    """One row of a ledger, which names its event by the event's number."""

    event = LineField(_("活动编号"), 40, required=True)

    def offer(self, session: Session, scope: Scope, row: Attendance | None = None) -> None:
        """Give the form the numbers of the office's events."""
        super().offer(session, scope, row)
        numbered = session.execute(
            select(OutreachEvent.number, OutreachEvent.id).where(
                scope.for_writing.covers(OutreachEvent.office_id),
                OutreachEvent.voided_at.is_(None),
            )
        )
        self._events: Mapping[str, int] = {row.number: row.id for row in numbered}

    @staticmethod
    def values_of(row: Attendance) -> dict[str, Any]:
        """A row as its ledger shows it."""
        return {**AttendanceForm.values_of(row), "event": row.event.number}

    def draft(self) -> AttendanceDraft:
        """The row as entered.

        :raises RuleBroken: when no event has this number; see `AttendanceForm.draft`.
        """
        number = half_width(self.event.data or "").upper()
        found = self._events.get(number)
        if found is None:
            raise RuleBroken(
                "event",
                Words(
                    "没有编号为 {number} 的活动。编号在活动页标题下面，例如 PF-2024-008",
                    "There is no event {number}; its number stands below its title",
                ).fill(number=number),
            )
        self.event_id = found
        return super().draft()


@dataclass
class PhoneForm:
    """What a telephone sends, read without a form library: this page has to be quick.

    ``village`` is an id of the list, or ``0`` for somewhere else.
    """

    name: str = ""
    heads: str = ""
    village: str = ""
    phone: str = ""
    once: str = ""
    for_another: bool = False
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def sent(cls, values: Mapping[str, str]) -> PhoneForm:
        """The form as it was sent; longer texts than any field takes are cut when read."""
        once = values.get("once", "")[:80]
        return cls(
            name=clean_line(values.get("name", "")[:400]),
            heads=clean_line(values.get("heads", "")[:40]),
            village=clean_line(values.get("village_id", "")[:20]),
            phone=clean_line(values.get("phone", "")[:80]),
            once=once if _ONCE.fullmatch(once) else "",
            for_another=values.get("another") == "1",
        )

    def draft(
        self, place: OpenSignIn, villages: Sequence[tuple[int, str]]
    ) -> AttendanceDraft | None:
        """The row as entered; None where something is wrong, which ``errors`` then say by field."""
        is_class = place.kind is EntryKind.CLASS
        if not self.name:
            self.errors["name"] = gettext("请填写班级") if is_class else gettext("请填写姓名")
        elif len(self.name) > LONGEST_NAME:
            self.errors["name"] = gettext("请勿超过 %(n)s 个字", n=LONGEST_NAME)
        heads, village_id, phone = 1, None, ""
        if is_class:
            heads = self._pupils()
        else:
            village_id = self._village(villages)
        if place.with_phone:
            try:
                phone = _plain_phone(self.phone)
            except ValueError:
                self.errors["phone"] = say(_NO_PHONE)
        if self.errors:
            return None
        draft = AttendanceDraft(place.event_id, self.name, place.kind, heads, village_id, phone)
        try:
            require_sound(draft)
        except RuleBroken as error:
            self.errors[error.field] = say(error.message)
            return None
        return draft

    def _pupils(self) -> int:
        try:
            heads = parse_whole(self.heads)
        except ValueError:
            heads = 0
        if not 1 <= heads <= MOST_PUPILS:
            self.errors["heads"] = gettext("请用数字填写人数，例如 42")
        return heads

    def _village(self, villages: Sequence[tuple[int, str]]) -> int | None:
        chosen = {str(key): key for key, _name in villages}.get(self.village)
        if chosen is None and self.village != "0":
            self.errors["village_id"] = gettext("请选择您来自哪个村；都不是的选「其他」")
        return chosen
