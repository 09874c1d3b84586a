"""Who may be registered for a sitting, and in words why somebody may not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.certification import conditions
from tracker.certification.models import ExamSitting, Officer
from tracker.certification.terms import SittingPurpose
from tracker.kernel.words import Words
from tracker.rulepacks.queries import provisions_of
from tracker.rulepacks.rules import Provision, rules_from

from .passes import latest_passes

#: The rule that says who may sit, and the one that says how long a pass is good.
KINDS_RULE, YEARS_RULE = "establishment_kinds", "pass_years"

_KIND = Words(
    "{name}是{kind}人员，不能报名（{basis}）",
    "{name} ({kind}) may not be registered ({basis})",
)
_NOT_YET = Words(
    "{name} {day} 才到岗，考试日 {exam} 还不在岗，不能报名",
    "{name} comes on {day} and is not in post on the day of the exam, {exam}",
)
_GONE = Words(
    "{name}已于 {day} 离岗，考试日 {exam} 不在岗，不能报名",
    "{name} left on {day} and is not in post on the day of the exam, {exam}",
)
_NO_CERTIFICATE = Words(
    "{name}没有登记过执法证，不能报名换证考试；请先登记证件，或报名资格考试",
    "{name} has no certificate to renew; enter the certificate first, or register for a "
    "qualification exam",
)
_HOLDS = Words(
    "{name}在考试日仍持有效执法证，通常不用再参加资格考试",
    "{name} holds a valid certificate on the day of the exam and usually need not sit it",
)
_GOOD_UNTIL = Words(
    "{name}已于 {day} 考试合格，合格有效至 {last}，可以直接申领证件",
    "{name} passed on {day}; the pass is good until {last}, enough to draw a certificate",
)
_GOOD = Words(
    "{name}已于 {day} 考试合格，还没有领证，可以直接申领证件",
    "{name} passed on {day} and has drawn no certificate; the pass is enough to draw one",
)


@dataclass(frozen=True)
class Objection:
    """What speaks against one officer in one sitting; a ``doubt`` forbids nothing."""

    officer: Officer
    key: str
    message: Words
    doubt: bool = False


def who_may_sit(session: Session, office_id: int) -> Provision:
    """The rule of establishment kinds that is in force for an office."""
    return provisions_of(session, office_id)[1][KINDS_RULE]


def objections(
    session: Session, sitting: ExamSitting, officers: Iterable[Officer]
) -> Mapping[int, Sequence[Objection]]:
    """What speaks against each of these officers of the sitting's office, by id.

    Refused are, for a qualification exam, establishment kinds that the office's rule does not
    name; for a renewal exam, who never had a certificate in good standing; for both, who is not in
    post on the day of the exam. Doubts of a qualification exam are a certificate valid on its day,
    and a pass still good on it, of every part it has, for which none was drawn.
    """
    wanted = list(officers)
    if not wanted:
        return {}
    found: dict[int, list[Objection]] = {officer.id: [] for officer in wanted}
    for officer in wanted:
        if (message := _out_of_post(officer, sitting)) is not None:
            found[officer.id].append(Objection(officer, "post", message))
    if sitting.purpose is SittingPurpose.QUALIFICATION:
        of_purpose = _for_qualification(session, sitting, wanted)
    else:
        of_purpose = _for_renewal(session, sitting, wanted)
    for objection in of_purpose:
        found[objection.officer.id].append(objection)
    return found


def refusals(
    session: Session, sitting: ExamSitting, officers: Iterable[Officer]
) -> list[Objection]:
    """The objections that are more than doubts, in the officers' order."""
    found = objections(session, sitting, officers)
    return [each for those in found.values() for each in those if not each.doubt]


def _out_of_post(officer: Officer, sitting: ExamSitting) -> Words | None:
    day = sitting.held_on
    if officer.post_from > day:
        return _NOT_YET.fill(name=officer.name, day=officer.post_from, exam=day)
    if officer.post_until is not None and officer.post_until <= day:
        return _GONE.fill(name=officer.name, day=officer.post_until, exam=day)
    return None


def _for_renewal(
    session: Session, sitting: ExamSitting, officers: Sequence[Officer]
) -> list[Objection]:
    holding = _those(
        session, officers, conditions.holds(conditions.in_good_standing_on(sitting.held_on))
    )
    return [
        Objection(each, "certificate", _NO_CERTIFICATE.fill(name=each.name))
        for each in officers
        if each.id not in holding
    ]


def _for_qualification(
    session: Session, sitting: ExamSitting, officers: Sequence[Officer]
) -> list[Objection]:
    _pack, provisions = provisions_of(session, sitting.office_id)
    rules, basis = rules_from(provisions), provisions[KINDS_RULE].basis
    holding = _those(session, officers, conditions.holds_valid_on(sitting.held_on))
    passes = latest_passes(
        session, sitting.held_on, Officer.id.in_([officer.id for officer in officers])
    )
    found = []
    for officer in officers:
        allowed = rules.establishment_kinds
        if allowed and officer.establishment not in allowed:
            kind = officer.establishment.label
            message = _KIND.fill(name=officer.name, kind=kind, basis=basis)
            found.append(Objection(officer, KINDS_RULE, message))
        if officer.id in holding:
            found.append(Objection(officer, "holds", _HOLDS.fill(name=officer.name), doubt=True))
            continue
        held = passes.get(officer.id)
        if (
            held is None
            or held.drawn
            or not held.is_good(rules.pass_years, sitting.held_on)
            or not held.parts >= set(sitting.parts)
        ):
            continue
        last = held.last_day(rules.pass_years)
        message = (
            _GOOD.fill(name=officer.name, day=held.passed_on)
            if last is None
            else _GOOD_UNTIL.fill(name=officer.name, day=held.passed_on, last=last)
        )
        found.append(Objection(officer, YEARS_RULE, message, doubt=True))
    return found


def _those(session: Session, officers: Sequence[Officer], condition: object) -> set[int]:
    ids = [officer.id for officer in officers]
    return set(session.scalars(select(Officer.id).where(Officer.id.in_(ids), condition)))  # type: ignore[arg-type]
