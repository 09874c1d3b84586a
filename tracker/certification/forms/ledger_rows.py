"""The forms of rows of a ledger: the fields of the pages, with records called by their names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.certification import said
from tracker.certification.drafts import (
    CertificateDraft,
    CertificateRow,
    PartEntry,
    ResultRow,
    StatusDraft,
    TermDraft,
)
from tracker.certification.models import (
    FULL_MARK,
    Certificate,
    ExamRegistration,
    ExamSitting,
    Officer,
    OfficerTraining,
)
from tracker.certification.queries.officers import officers_to_choose
from tracker.certification.register import RESULTS
from tracker.certification.terms import (
    Attempt,
    CertificateStatus,
    ExamPart,
    Outcome,
    SittingPurpose,
)
from tracker.kernel.errors import RuleBroken
from tracker.kernel.exception_field import ExceptionReasonField
from tracker.kernel.fields import (
    DayField,
    DecimalNumberField,
    LineField,
    RecordField,
    TermField,
    words,
)
from tracker.kernel.forms import RecordForm
from tracker.kernel.scope import Scope
from tracker.kernel.text import half_width
from tracker.kernel.words import Words

from .certificates import CertificateForm, NewCertificateForm
from .trainings import TrainingForm


def officer_names(
    session: Session, scope: Scope, also: Iterable[Officer] = ()
) -> list[tuple[int, str]]:
    """What rows may call the office's officers: the name, and for people of one name also the
    name with the station. Those who left come last."""
    officers = {each.id: each for each in officers_to_choose(session, scope.home_office_id)}
    officers.update({officer.id: officer for officer in also})
    called = Counter(officer.name for officer in officers.values())
    names = [(key, officer.name) for key, officer in officers.items()]
    return names + [
        (key, officer.full_name)
        for key, officer in officers.items()
        if called[officer.name] > 1 and officer.station
    ]


class TrainingRowForm(TrainingForm):
    """One training with the names of who took part."""

    def offer(
        self, session: Session, scope: Scope, training: OfficerTraining | None = None
    ) -> None:
        """Give the form the office's officers, with those who took part."""
        present = [attendee.officer for attendee in training.attendees] if training else []
        self.officer_ids.offer(officer_names(session, scope, present))


class CertificateRowForm(NewCertificateForm):
    """One certificate with its latest term and its latest change of status."""

    valid_to = DayField(_("有效期止"), required=True)
    change = TermField(_("变动"), CertificateStatus, required=False)
    since = DayField(_("起始日期"))
    reason = LineField(_("原因"), 200)

    def offer(self, session: Session, scope: Scope, certificate: Certificate | None = None) -> None:
        """Give the form the office's officers, with the holder."""
        self.exception_reason.open_to(scope)
        holders = [certificate.officer] if certificate else []
        self.officer_id.offer(officer_names(session, scope, holders))

    @staticmethod
    def values_of(certificate: Certificate) -> dict[str, Any]:
        """A certificate as its row shows it."""
        values = CertificateForm.values_of(certificate)
        term, latest = certificate.latest_term, certificate.latest_change
        for name in TermDraft.__dataclass_fields__:
            values[name] = getattr(term, name, None)
        values["change"] = latest.status if latest else None
        values["since"] = latest.since if latest else None
        values["reason"] = latest.reason if latest else ""
        return values

    def draft(self) -> CertificateRow:
        """The row as entered.

        :raises RuleBroken: when a change of status is named without its day and reason, or these
            without the change.
        """
        base = super().draft()
        names = CertificateDraft.__dataclass_fields__
        return CertificateRow(
            **{name: getattr(base, name) for name in names}, term=self.term(), change=self._change()
        )

    def _change(self) -> StatusDraft | None:
        status, since, reason = self.change.data, self.since.data, self.reason.data or ""
        if status is None and since is None and not reason:
            return None
        if status is None:
            raise RuleBroken("change", Words("请填写是什么状态变动", "Say what the status became"))
        if since is None:
            raise RuleBroken("since", Words("请填写变动日期", "Enter the day of the change"))
        if not reason:
            raise RuleBroken("reason", Words("请填写变动原因", "Enter the reason of the change"))
        return StatusDraft(status, since, reason)


_OUTCOME_WORDS: dict[str, Outcome] = {each.label.zh: each for each in Outcome}
_OUTCOME_WORDS |= {word: each for word, each in said.OUTCOMES.items() if isinstance(each, Outcome)}


class ScoreField(DecimalNumberField):
    """A score, or in its place how the part ended: ledgers write 缺考 where there is no score.
    ``data`` is then that outcome."""

    def parse(self, text: str) -> Any:
        return _OUTCOME_WORDS.get(_plain(text)) or super().parse(text)


class ResultRowForm(RecordForm[ResultRow]):
    """One officer in one sitting with how each part ended.

    The sitting is one that is entered already: what it is called, and on which day it was where
    several have one name. A row never makes one, because nothing in it says the pass marks.
    """

    officer_id = RecordField(_("姓名"), required=True)
    sitting = LineField(_("考试名称"), 100, required=True)
    held_on = DayField(_("考试日期"))
    purpose = TermField(_("考试性质"), SittingPurpose, required=False)
    registered_on = DayField(_("报名日期"))
    general_score = ScoreField(words(RESULTS.column("general_score").label), 0, FULL_MARK)
    general_result = TermField(
        words(RESULTS.column("general_result").label), Outcome, required=False
    )
    special_score = ScoreField(words(RESULTS.column("special_score").label), 0, FULL_MARK)
    special_result = TermField(
        words(RESULTS.column("special_result").label), Outcome, required=False
    )
    retake = TermField(words(RESULTS.column("retake").label), Attempt, required=False)
    eligibility_note = LineField(_("资格审核"), 200)
    exception_reason = ExceptionReasonField()

    #: The sittings a row may name.
    sittings: tuple[ExamSitting, ...] = ()
    #: Those of them for which somebody was registered when the form was made: one form serves all
    #: rows of a ledger, so that its own rows are not among them.
    with_candidates: frozenset[int] = frozenset()

    def offer(
        self, session: Session, scope: Scope, registration: ExamRegistration | None = None
    ) -> None:
        """Give the form the office's officers and sittings, with the registration's own."""
        own = [registration.officer] if registration else []
        self.officer_id.offer(officer_names(session, scope, own))
        self.exception_reason.open_to(scope)
        self.sittings = tuple(sittings_to_name(session, scope))
        self.with_candidates = frozenset(sittings_with_candidates(session, scope))

    @staticmethod
    def values_of(registration: ExamRegistration) -> dict[str, Any]:
        """A registration as its row shows it."""
        values = {
            "version": str(registration.version),
            "officer_id": registration.officer_id,
            "sitting": registration.sitting.title,
            "held_on": registration.sitting.held_on,
            "purpose": registration.sitting.purpose,
            "registered_on": registration.registered_on,
            "eligibility_note": registration.eligibility_note,
            "exception_reason": registration.exception_reason,
            "retake": Attempt.RETAKE if registration.was_retaken else None,
        }
        for part in ExamPart:
            result = registration.result(part)
            values[f"{part.value}_score"] = result.score if result else None
            values[f"{part.value}_result"] = result.outcome if result else None
        return values

    def draft(self) -> ResultRow:
        """The row as entered.

        :raises RuleBroken: when no sitting, or more than one, is meant.
        """
        sitting, retake = self._sitting()
        day = self.held_on.data
        return ResultRow(
            registered_on=self.registered_on.data,
            eligibility_note=self.eligibility_note.data or "",
            exception_reason=self.exception_reason.data or "",
            officer_id=self.officer_id.data,
            sitting_id=sitting.id,
            others_registered=sitting.id in self.with_candidates,
            retake=retake,
            sat_on=day if retake and day is not None and day > sitting.held_on else None,
            results={part: self._entry(part) for part in ExamPart},
        )

    def _entry(self, part: ExamPart) -> PartEntry:
        result, score = self[f"{part.value}_result"], self[f"{part.value}_score"].data
        if not isinstance(score, Outcome):
            return PartEntry(result.data, score)
        # The record's own result, of which the row says nothing else, gives way.
        if result.data not in (None, score, result.object_data):
            raise RuleBroken(
                f"{part.value}_score", _TWO_OUTCOMES.fill(one=score.label, other=result.data.label)
            )
        return PartEntry(score, None)

    def _sitting(self) -> tuple[ExamSitting, bool]:
        """The sitting that is meant, and whether the results are those of a 补考: the row says so,
        or the name it gives the exam does (…考试（补考）)."""
        name, retake = self.sitting.data or "", self.retake.data is Attempt.RETAKE
        meant = self._called(name, later=retake)
        if not meant and (first := _RETAKE_IN_NAME.sub("", name)) != name:
            meant, retake = self._called(first, later=True), True
        if not meant:
            raise RuleBroken("sitting", _NO_SITTING.fill(name=name))
        if len(meant) > 1:
            raise RuleBroken("held_on", _SEVERAL_SITTINGS.fill(name=name))
        return meant[0], retake

    def _called(self, name: str, *, later: bool) -> list[ExamSitting]:
        """The sittings of this name and of the row's day and purpose. A 补考 may be ``later`` than
        its exam, and means the one of that day where there is one."""
        day, purpose = self.held_on.data, self.purpose.data
        named = [
            sitting
            for sitting in self.sittings
            if _plain(name) in (_plain(sitting.title), _plain(sitting.number))
            and purpose in (sitting.purpose, None)
        ]
        on_day = [sitting for sitting in named if day in (sitting.held_on, None)]
        if on_day or not later or day is None:
            return on_day
        return [sitting for sitting in named if sitting.held_on < day]


#: What a ledger adds to an exam's name for its 补考.
_RETAKE_IN_NAME = re.compile(r"\s*[（(\[【]?补考[0-9一二三]?[）)\]】]?\s*$")
_TWO_OUTCOMES = Words(
    "成绩写的是「{one}」，结果写的是「{other}」，请核对",
    "The score says “{one}” and the result “{other}”; check both",
)
_NO_SITTING = Words(
    "没有这场「{name}」，请核对名称、日期和性质；还没登记的，请先登记这场考试",
    "There is no such exam “{name}”; check its title, day and purpose, or enter the exam first",
)
_SEVERAL_SITTINGS = Words(
    "有不止一场「{name}」，请填写考试日期和考试性质，或在考试名称处填写考试编号",
    "There are several exams “{name}”; give the day and the purpose, or write the exam’s number "
    "for its title",
)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", half_width(text)).lower()


def sittings_to_name(session: Session, scope: Scope) -> Iterable[ExamSitting]:
    """The office's sittings that are not voided, newest first."""
    return session.scalars(
        select(ExamSitting)
        .where(scope.for_writing.covers(ExamSitting.office_id), ExamSitting.voided_at.is_(None))
        .order_by(ExamSitting.held_on.desc(), ExamSitting.id.desc())
    ).all()


def sittings_with_candidates(session: Session, scope: Scope) -> Iterable[int]:
    """The office's sittings for which somebody is registered."""
    return session.scalars(
        select(ExamRegistration.sitting_id)
        .where(
            scope.for_writing.covers(ExamRegistration.office_id),
            ExamRegistration.voided_at.is_(None),
        )
        .distinct()
    )
