"""Writes of whole rows of a ledger, where one row holds what the pages write in several steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.certification.drafts import (
    CertificateRow,
    PartEntry,
    ResultDraft,
    ResultRow,
    StatusDraft,
    TermDraft,
)
from tracker.certification.models import (
    Certificate,
    ExamRegistration,
    ExamResult,
    ExamSitting,
    Officer,
)
from tracker.certification.terms import ExamPart, Outcome
from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.exceptions import refuse
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from .certificates import (
    add_status,
    add_term,
    create_certificate,
    remove_status,
    update_certificate,
    update_status,
    update_term,
)
from .exam_rules import (
    keep_parts,
    next_attempt,
    require_eligible,
    require_in_force,
    require_list_open,
    require_not_registered,
    require_registered_before,
    require_still_allowed,
    settled,
)

_NO_SUCH_OFFICER = Words("请从名册中选择报名人员", "Choose somebody of the roster")
_OTHER_OFFICER = Words(
    "报名的人不能改；登错的请作废这条报名，另行登记",
    "Who is registered cannot change; void this registration and enter another",
)
_OTHER_SITTING = Words(
    "报名的考试不能改；登错的请作废这条报名，另行登记",
    "The exam of a registration cannot change; void it and enter another",
)
_NOT_REGISTERED = Words(
    "{name}没有报名这场考试。请先在考试页面登记报名，或在表中填写「报名日期」",
    "{name} is not registered for this exam. Register them on the exam’s page first, or fill in "
    "the day they registered on",
)
_NO_SUCH_PART = Words(
    "这场考试没有「{part}」这一科，请留空，或先在考试中填写这一科的合格线",
    "This exam has no part “{part}”; leave it empty, or give the exam its pass mark first",
)
_PASSED_ALREADY = Words(
    "「{part}」已经合格，不用补考，请核对这一行",
    "“{part}” is passed already and not retaken; check this row",
)
_NOTHING_RETAKEN = Words(
    "这一行没有新的补考成绩。请填写补考的分数或结果，或在考试页面登记补考",
    "This row has no new result of a retake. Enter its score or outcome, or enter the retake on "
    "the exam’s page",
)
_EARLIER_TERM = Words(
    "这本证件已登记到 {day} 的有效期；补登更早的有效期，请在证件页面办理",
    "This certificate already runs to {day}; enter an earlier term on its page",
)
_EARLIER_CHANGE = Words(
    "{day} 之后已有状态变动；补登更早的变动，请在证件页面办理",
    "There is a change of status of {day} already; enter an earlier one on its page",
)
_SEVERAL_CHANGES = Words(
    "这本证件有多次状态变动，请在证件页面删除",
    "This certificate changed its status several times; delete changes on its page",
)


@dataclass(frozen=True)
class _PartDraft(ResultDraft):
    """A result whose errors stand beside the cells of a ledger's row."""

    def field(self, name: str) -> str:
        return f"{self.part.value}_{'score' if name == 'score' else 'result'}"


def create_result_row(
    session: Session, office_id: int, row: ResultRow, today: date
) -> ExamRegistration:
    """Register an officer for a sitting, with the results as far as they are known.

    Where others were registered before the ledger came, the office keeps the list of candidates
    here: results alone register nobody, and a row that registers somebody meets the same rules as
    the page. Of any other sitting the rows are an old ledger's, and taken as they are.

    :raises RecordMissing: when the sitting is not the office's.
    :raises RuleBroken: when the officer is not the office's or already registered, the sitting is
        voided or has not a part that has a result, or a result is unsound (see `settled`).
    :raises ExceptionNeeded: when the registration comes after the exam; and where others were
        registered before, when the row has results and no day of registration, somebody may not
        sit, or the list was handed in.
    """
    office = Scope((office_id,), office_id, may_write=True)
    sitting = records.find_to_write(session, ExamSitting, row.sitting_id, office, None)
    require_in_force(sitting)
    require_registered_before(row, sitting)
    officer = session.scalar(
        select(Officer).where(
            Officer.office_id == office_id,
            Officer.id == row.officer_id,
            Officer.voided_at.is_(None),
        )
    )
    if officer is None:
        raise RuleBroken("officer_id", _NO_SUCH_OFFICER)
    try:
        require_not_registered(session, sitting, officer, None)
    except RuleBroken as error:
        raise RuleBroken("officer_id", error.message) from None
    if row.others_registered:
        if row.has_results and row.registered_on is None:
            refuse("officer_id", _NOT_REGISTERED.fill(name=officer.name), row)
        require_list_open(sitting, row, "officer_id")
        require_eligible(session, sitting, [officer], row, "officer_id")
    registration = ExamRegistration(
        office_id=office_id,
        sitting_id=sitting.id,
        officer_id=officer.id,
        registered_on=row.registered_on,
        eligibility_note=row.eligibility_note,
        exception_reason=row.exception_reason,
    )
    _write_results(registration, sitting, row, today)
    records.add_new(session, registration, sitting.held_on)
    return registration


def update_result_row(
    session: Session,
    scope: Scope,
    registration_id: int,
    row: ResultRow,
    version: int | None,
    today: date,
) -> ExamRegistration:
    """Change what is noted of a registration, and the attempt that says how each part ended.

    A new score is judged by the pass mark unless its outcome is new too. What an earlier attempt at
    the part already says changes nothing: ledgers kept before a 补考 still hold the first result.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: for another officer or sitting; else see `create_result_row`.
    """
    # Whoever has the table of all results open has to see that one of them changed.
    sitting = records.find_to_write(session, ExamSitting, row.sitting_id, scope, None)
    registration = records.find_to_write(session, ExamRegistration, registration_id, scope, version)
    if row.officer_id != registration.officer_id:
        raise RuleBroken("officer_id", _OTHER_OFFICER)
    if row.sitting_id != registration.sitting_id:
        raise RuleBroken("sitting", _OTHER_SITTING)
    require_registered_before(row, sitting)
    require_still_allowed(session, registration, row)
    registration.registered_on = row.registered_on
    registration.eligibility_note = row.eligibility_note
    registration.exception_reason = row.exception_reason
    if _write_results(registration, sitting, row, today):
        require_in_force(sitting)
        records.sign(session, sitting)
    records.sign(session, registration)
    return registration


def _write_results(
    registration: ExamRegistration, sitting: ExamSitting, row: ResultRow, today: date
) -> bool:
    """Put the results of a row into its registration; whether that changed any.

    Those of a 补考 become a further attempt where the part was failed or missed. Of a registration
    that is new they are the attempt after a first one that nothing is known of.
    """
    is_new = not registration.results
    keep_parts(registration, sitting.parts)
    changed = False
    for part in ExamPart:
        entry = row.results.get(part, PartEntry())
        result = registration.result(part)
        if result is None:
            if entry != PartEntry():
                cell = "result" if entry.score is None else "score"
                raise RuleBroken(f"{part.value}_{cell}", _NO_SUCH_PART.fill(part=part.label))
            continue
        # A new score beside the old outcome: the ledger has no outcomes, so the mark decides.
        if entry.score not in (None, result.score) and entry.outcome is result.outcome:
            entry = PartEntry(None, entry.score)
        if _says(registration.attempts(part), entry):
            continue
        outcome = entry.outcome or Outcome.PENDING
        score, sat_on = entry.score, result.sat_on
        if row.retake:
            if outcome is not result.outcome and score == result.score and not is_new:
                score = None  # the first attempt's: this one has an outcome only
            result = _retake_of(registration, result, is_new)
            sat_on = row.sat_on or result.sat_on
        draft = _PartDraft(0, part, result.attempt, outcome, score, sat_on)
        result.outcome, result.score = settled(draft, sitting, today), score
        result.sat_on = sat_on
        changed = True
    if row.retake and not changed and not is_new and not registration.was_retaken:
        raise RuleBroken("retake", _NOTHING_RETAKEN)
    return changed


def _retake_of(registration: ExamRegistration, result: ExamResult, is_new: bool) -> ExamResult:
    """The attempt that the results of a 补考 go to.

    :raises RuleBroken: when the part is passed, or there are too many attempts.
    """
    part = result.part
    if result.outcome is Outcome.PASSED:
        raise RuleBroken(f"{part.value}_score", _PASSED_ALREADY.fill(part=part.label))
    if result.outcome is not Outcome.PENDING:
        return next_attempt(registration, part)
    if is_new:
        result.attempt = 1
    return result


def _says(attempts: list[ExamResult], entry: PartEntry) -> bool:
    """Whether one of the attempts ended as the row says."""
    outcome = entry.outcome or (Outcome.PENDING if entry.score is None else None)
    return any(
        attempt.score == entry.score and outcome in (attempt.outcome, None) for attempt in attempts
    )


def create_certificate_row(
    session: Session, office_id: int, row: CertificateRow, today: date
) -> Certificate:
    """Enter a certificate with one term, and with its change of status where the row has one.

    :raises RuleBroken: see `create_certificate`.
    """
    return create_certificate(session, office_id, row, row.term, today, row.change)


def update_certificate_row(
    session: Session,
    scope: Scope,
    certificate_id: int,
    row: CertificateRow,
    version: int | None,
    today: date,
) -> Certificate:
    """Make a certificate's latest term and latest change of status those of the row.

    A term that begins after the latest one ends is a renewal and adds a term; one that overlaps it
    corrects it. A change of status of a later day and another kind is added, any other corrects the
    latest one; a row without one takes back the only one there is.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: for a term or a change before the latest one; else see `create_certificate`.
    """
    certificate = update_certificate(session, scope, certificate_id, row, version)
    _renew_or_correct(session, scope, certificate, row.term, today)
    _change_or_correct(session, scope, certificate, row.change, today)
    return certificate


def _renew_or_correct(
    session: Session, scope: Scope, certificate: Certificate, wanted: TermDraft, today: date
) -> None:
    latest = certificate.latest_term
    if latest is None or wanted.valid_from > latest.valid_to:
        add_term(session, scope, certificate.id, wanted, None, today)
    elif wanted == TermDraft(latest.issued_on, latest.valid_from, latest.valid_to):
        return
    elif wanted.valid_to < latest.valid_from:
        raise RuleBroken("valid_to", _EARLIER_TERM.fill(day=latest.valid_to))
    else:
        update_term(session, scope, certificate.id, latest.id, wanted, None, today)


def _change_or_correct(
    session: Session,
    scope: Scope,
    certificate: Certificate,
    wanted: StatusDraft | None,
    today: date,
) -> None:
    latest = certificate.latest_change
    if wanted is None:
        if latest is None:
            return
        if len(certificate.status_changes) > 1:
            raise RuleBroken("change", _SEVERAL_CHANGES)
        remove_status(session, scope, certificate.id, latest.id)
    elif latest is None:
        add_status(session, scope, certificate.id, wanted, None, today)
    elif wanted == StatusDraft(latest.status, latest.since, latest.reason):
        return
    elif wanted.status is not latest.status and wanted.since > latest.since:
        add_status(session, scope, certificate.id, wanted, None, today)
    elif wanted.status is not latest.status and wanted.since < latest.since:
        raise RuleBroken("since", _EARLIER_CHANGE.fill(day=latest.since))
    else:
        update_status(session, scope, certificate.id, latest.id, wanted, None, today)
