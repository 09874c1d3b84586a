"""The forms of exams: a sitting, who is registered, and everybody's results on one page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session
from wtforms import Field

from tracker.certification.drafts import (
    RegistrationDraft,
    ResultDraft,
    SittingDraft,
    result_field,
)
from tracker.certification.models import FULL_MARK, ExamRegistration, ExamResult, ExamSitting
from tracker.certification.operations.exam_rules import settled
from tracker.certification.queries.eligibility import Objection
from tracker.certification.terms import ExamPart, Outcome, SittingPurpose
from tracker.kernel.doubts import Doubt, DoubtingForm
from tracker.kernel.errors import RuleBroken
from tracker.kernel.exception_field import ExceptionReasonField
from tracker.kernel.fields import (
    DayField,
    DecimalNumberField,
    LineField,
    NoteField,
    RecordsField,
    TermField,
)
from tracker.kernel.forms import RecordForm, VoidForm
from tracker.kernel.i18n import say
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from .shared import offer_officers, values_of


class SittingForm(RecordForm[SittingDraft]):
    """One sitting."""

    title = LineField(_("考试名称"), 100, required=True)
    held_on = DayField(_("考试日期"), required=True)
    purpose = TermField(_("考试性质"), SittingPurpose)
    organiser = LineField(_("组织单位"), 100)
    general_mark = DecimalNumberField(
        _("公共法律知识合格线"), 0, FULL_MARK, description=_("满分 100 分；没有这一科的留空")
    )
    special_mark = DecimalNumberField(
        _("专业法律知识合格线"), 0, FULL_MARK, description=_("改合格线会按分数重新判定已登成绩")
    )
    list_handed_in_on = DayField(
        _("名单上报日期"), description=_("上报以后填写；填了就不能再增减报名人员，要改先清空")
    )
    note = NoteField(_("备注"), 2000)

    @staticmethod
    def values_of(sitting: ExamSitting) -> dict[str, Any]:
        """A sitting as the form shows it."""
        return values_of(sitting, SittingDraft)

    def draft(self) -> SittingDraft:
        """The sitting as entered."""
        return SittingDraft(
            title=self.title.data or "",
            held_on=self.held_on.data,
            purpose=self.purpose.data,
            organiser=self.organiser.data or "",
            general_mark=self.general_mark.data,
            special_mark=self.special_mark.data,
            list_handed_in_on=self.list_handed_in_on.data,
            note=self.note.data or "",
        )


class RegistrationForm(DoubtingForm[RegistrationDraft]):
    """What is noted of one registration."""

    registered_on = DayField(_("报名日期"))
    eligibility_note = LineField(
        _("资格审核"), 200, description=_("例如：县司法局审核通过；合同、借调人员请写明依据")
    )
    exception_reason = ExceptionReasonField()

    @staticmethod
    def values_of(registration: ExamRegistration) -> dict[str, Any]:
        """A registration as the form shows it."""
        return values_of(registration, RegistrationDraft)

    def draft(self) -> RegistrationDraft:
        """The notes as entered."""
        return RegistrationDraft(
            registered_on=self.registered_on.data,
            eligibility_note=self.eligibility_note.data or "",
            exception_reason=self.exception_reason.data or "",
        )


class RegisterForm(RegistrationForm):
    """Several officers registered at once."""

    officer_ids = RecordsField(_("报名人员"), required=True)
    objections: Mapping[int, Sequence[Objection]] = {}

    def offer(
        self,
        session: Session,
        scope: Scope,
        registered: Iterable[ExamRegistration],
        objections: Mapping[int, Sequence[Objection]],
    ) -> None:
        """Give the form who is not registered yet. What speaks against somebody stands below the
        name; who may not sit can be ticked only by those who may make an exception."""
        self.exception_reason.open_to(scope)
        self.objections = objections
        offer_officers(
            self.officer_ids,
            session,
            scope.home_office_id,
            without=[each.officer_id for each in registered],
            notes={
                key: gettext("；").join(say(each.message) for each in those)
                for key, those in objections.items()
                if those
            },
            closed=[
                key
                for key, those in objections.items()
                if not scope.may_except and any(not each.doubt for each in those)
            ],
        )

    @property
    def officers(self) -> tuple[int, ...]:
        """Who is to be registered."""
        return tuple(self.officer_ids.data or ())

    def doubts_about(self) -> list[Doubt]:
        """What to ask of those who are ticked before they are registered."""
        return [
            Doubt(
                f"{each.key}:{key}", "officer_ids", each.message, f"/certification/officers/{key}"
            )
            for key in self.officers
            for each in self.objections.get(key, ())
            if each.doubt
        ]


class VoidRegistrationForm(VoidForm):
    """Why a registration is taken out, and off a list that was handed in."""

    exception_reason = ExceptionReasonField()


#: What a result's field can be called, whoever's it is; and values that say nothing.
_ANY_RESULT = r"r[0-9]+_[a-z]+_[0-9]+_(?:score|outcome|sat_on)"
_NOTHING = ("", Outcome.PENDING.value)
_STRANGERS = Words(
    "有的成绩不属于这场考试的报名人员（没有报名、报名已作废，或补考已取消），没有保存。请核对下表；"
    "没有报名的，请先「添加报名人员」",
    "Some results belong to nobody registered for this exam (never registered, voided, or the "
    "retake cancelled); nothing was saved. Check the table, and register whoever is missing first",
)


@dataclass(frozen=True)
class ResultRow:
    """One attempt in the form of all results: who and what it is, and its fields."""

    registration: ExamRegistration
    part: ExamPart
    attempt: int
    name: str
    score: Field
    outcome: Field
    sat_on: Field | None

    @property
    def fields(self) -> list[Field]:
        """The row's fields, left to right."""
        return [f for f in (self.score, self.outcome, self.sat_on) if f is not None]


class ResultsForm(RecordForm[tuple[ResultDraft, ...]]):
    """The results of a sitting, a row for each attempt; made by `results_form`.

    The version is the sitting's.
    """

    sitting: ClassVar[ExamSitting]
    attempts: ClassVar[Sequence[tuple[ExamRegistration, ExamResult]]]
    today: ClassVar[date]

    @property
    def rows(self) -> list[ResultRow]:
        """The table the page prints."""
        return [self._row(registration, result) for registration, result in self.attempts]

    def _row(self, registration: ExamRegistration, result: ExamResult) -> ResultRow:
        def of(name: str) -> Field:
            field: Field = self._fields[_name_of(result, name)]
            return field

        return ResultRow(
            registration,
            result.part,
            result.attempt,
            _title_of(registration, result),
            of("score"),
            of("outcome"),
            of("sat_on") if result.attempt else None,
        )

    def _draft_of(self, row: ResultRow) -> ResultDraft:
        return ResultDraft(
            row.registration.id,
            row.part,
            row.attempt,
            row.outcome.data or Outcome.PENDING,
            row.score.data,
            row.sat_on.data if row.sat_on is not None else None,
        )

    def _strangers(self) -> bool:
        """Whether results are sent of somebody who is not, or no longer, on the list."""
        return any(
            re.fullmatch(_ANY_RESULT, name) and name not in self._fields and value not in _NOTHING
            for name, value in request.form.items()
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Every row by itself, so that all that is wrong shows at once."""
        well = bool(super().validate(extra_validators))
        if self._strangers():
            self.form_errors.append(say(_STRANGERS))
            well = False
        for row in self.rows:
            if any(field.errors for field in row.fields):
                continue
            try:
                settled(self._draft_of(row), self.sitting, self.today)
            except RuleBroken as error:
                # The summary over the table has to say whose score is meant.
                about = Words("{row}：{message}", "{row}: {message}")
                named = about.fill(row=row.name, message=error.message)
                self.add_error(RuleBroken(error.field, named))
                well = False
        return well

    def draft(self) -> tuple[ResultDraft, ...]:
        """All attempts as entered."""
        return tuple(self._draft_of(row) for row in self.rows)


def _name_of(result: ExamResult, name: str) -> str:
    return result_field(result.registration_id, result.part, result.attempt, name)


def _title_of(registration: ExamRegistration, result: ExamResult) -> str:
    """张三 公共法律知识（补考1）: what a row is called."""
    title = f"{registration.officer.name} {say(result.part.label)}"
    if result.attempt:
        title += gettext("（补考%(n)s）", n=result.attempt)
    return title


def results_form(
    sitting: ExamSitting, registrations: Sequence[ExamRegistration], today: date
) -> Callable[..., ResultsForm]:
    """The class of form for these registrations: its fields follow their attempts."""
    attempts = [
        (registration, result)
        for registration in registrations
        for part in sitting.parts
        for result in registration.attempts(part)
    ]
    fields: dict[str, Any] = {}
    for registration, result in attempts:
        title = _title_of(registration, result)
        fields[_name_of(result, "score")] = DecimalNumberField(
            gettext("%(row)s分数", row=title), 0, FULL_MARK
        )
        fields[_name_of(result, "outcome")] = TermField(gettext("%(row)s结果", row=title), Outcome)
        if result.attempt:
            fields[_name_of(result, "sat_on")] = DayField(gettext("%(row)s日期", row=title))
    fields |= {"sitting": sitting, "attempts": attempts, "today": today}
    return type("BoundResultsForm", (ResultsForm,), fields)


def result_values(
    sitting: ExamSitting, registrations: Sequence[ExamRegistration]
) -> dict[str, Any]:
    """The results as the form shows them."""
    values: dict[str, Any] = {"version": str(sitting.version)}
    for registration in registrations:
        for result in registration.results:
            for name in ("score", "outcome", "sat_on"):
                values[_name_of(result, name)] = getattr(result, name)
    return values
