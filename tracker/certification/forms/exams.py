"""The forms of exams: a sitting, who is registered, and everybody's results on one page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field

from tracker.certification.drafts import (
    RegistrationDraft,
    ResultDraft,
    SittingDraft,
    result_field,
)
from tracker.certification.models import FULL_MARK, ExamRegistration, ExamResult, ExamSitting
from tracker.certification.operations.exam_rules import settled
from tracker.certification.terms import ExamPart, Outcome, SittingPurpose
from tracker.kernel.errors import RuleBroken
from tracker.kernel.fields import (
    DayField,
    DecimalNumberField,
    LineField,
    NoteField,
    RecordsField,
    TermField,
)
from tracker.kernel.forms import RecordForm
from tracker.kernel.i18n import say
from tracker.kernel.words import Words

from .shared import values_of


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
            note=self.note.data or "",
        )


class RegistrationForm(RecordForm[RegistrationDraft]):
    """What is noted of one registration."""

    registered_on = DayField(_("报名日期"))
    eligibility_note = LineField(
        _("资格审核"), 200, description=_("例如：县司法局审核通过；合同、借调人员请写明依据")
    )

    @staticmethod
    def values_of(registration: ExamRegistration) -> dict[str, Any]:
        """A registration as the form shows it."""
        return values_of(registration, RegistrationDraft)

    def draft(self) -> RegistrationDraft:
        """The notes as entered."""
        return RegistrationDraft(
            registered_on=self.registered_on.data,
            eligibility_note=self.eligibility_note.data or "",
        )


class RegisterForm(RegistrationForm):
    """Several officers registered at once."""

    officer_ids = RecordsField(_("报名人员"), required=True)

    @property
    def officers(self) -> tuple[int, ...]:
        """Who is to be registered."""
        return tuple(self.officer_ids.data or ())


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

    def validate(self, extra_validators: Any = None) -> bool:
        """Every row by itself, so that all that is wrong shows at once."""
        well = bool(super().validate(extra_validators))
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
