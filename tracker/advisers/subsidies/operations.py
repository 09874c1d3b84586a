"""Every write of the subsidies."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tracker.advisers.assessment.operations import require_service
from tracker.advisers.assessment.queries import Served
from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from . import queries
from .drafts import SubsidyDraft
from .models import MOST_YUAN, AdviserSubsidy

YEAR_TO_COME = Words(
    "{year} 年还没有到，不能核定补助；请到当年再登记",
    "{year} has not come yet; decide on it once it is there",
)
BEFORE_SERVICE = Words(
    "发放日期不能早于这一年开始服务的日期（{name}，{first}），请核对",
    "It cannot be paid before the year's service began ({name}, {first}); check the day",
)
FUTURE = Words(
    "发放日期不能在今天之后，请在发放后登记", "A payment is entered once it has been made"
)


def create_subsidy(
    session: Session, office_id: int, draft: SubsidyDraft, today: date
) -> AdviserSubsidy:
    """Decide what an adviser is paid for a year.

    :raises RuleBroken: for a year to come, without service in it, a second time, for a day of
        payment before the service or after today, and for another amount than the contracts come
        to without a reason.
    """
    made = AdviserSubsidy(office_id=office_id)
    _fill(session, made, draft, today)
    _require_once(session, made, None)
    records.add_new(session, made, date(draft.year, 12, 31))
    return made


def update_subsidy(
    session: Session,
    scope: Scope,
    subsidy_id: int,
    draft: SubsidyDraft,
    version: int | None,
    today: date,
) -> AdviserSubsidy:
    """Change a subsidy; what the contracts come to is worked out anew.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `create_subsidy`.
    """
    found = records.find_to_write(session, AdviserSubsidy, subsidy_id, scope, version)
    with session.no_autoflush:
        _fill(session, found, draft, today)
        if not found.is_voided:
            _require_once(session, found, found.id)
    records.sign(session, found)
    return found


def restore_subsidy(session: Session, scope: Scope, subsidy_id: int) -> AdviserSubsidy:
    """Take a void back.

    :raises RuleBroken: when the year was decided anew meanwhile.
    """
    found = records.find_to_write(session, AdviserSubsidy, subsidy_id, scope, None)
    if found.is_voided:
        _require_once(session, found, found.id)
        records.unvoid(session, found)
    return found


def take_over(session: Session, scope: Scope, year: int, today: date) -> int:
    """Decide on all who are not decided yet, as the contracts propose; returns how many.

    Who has a contract without a fee is left for a person to decide.

    :raises RuleBroken: for a year to come.
    """
    _require_year(year, today)
    own = scope.for_writing
    count = 0
    for row in queries.year_list(session, own, Period.of_year(year, today)):
        if row.subsidy is None and row.proposed is not None and row.served is not None:
            adviser_id, village_id = row.served.pair
            draft = SubsidyDraft(year, adviser_id, village_id, min(row.proposed, MOST_YUAN))
            create_subsidy(session, row.office_id, draft, today)
            count += 1
    return count


def pay_all(session: Session, scope: Scope, year: int, paid_on: date, today: date) -> int:
    """Note one day of payment on all that are decided and not paid; returns how many.

    :raises RuleBroken: for a day after today, or before the service of one of them began.
    """
    if paid_on > today:
        raise RuleBroken("paid_on", FUTURE)
    rows = queries.year_list(session, scope.for_writing, Period.of_year(year, today))
    waiting = [row for row in rows if row.subsidy is not None and row.subsidy.paid_on is None]
    for row in waiting:
        if row.served is not None and paid_on < row.served.first:
            said = BEFORE_SERVICE.fill(name=row.adviser.name, first=row.served.first)
            raise RuleBroken("paid_on", said)
    for row in waiting:
        if row.subsidy is not None:
            found = records.find_to_write(session, AdviserSubsidy, row.subsidy.id, scope, None)
            found.paid_on = paid_on
            records.sign(session, found)
    return len(waiting)


def _require_year(year: int, today: date) -> None:
    if year > today.year:
        raise RuleBroken("year", YEAR_TO_COME.fill(year=year))


def _fill(session: Session, record: AdviserSubsidy, draft: SubsidyDraft, today: date) -> None:
    _require_year(draft.year, today)
    served = require_service(
        session, record.office_id, draft.adviser_id, draft.village_id, draft.year
    )
    _require_day(served, draft, today)
    proposal = queries.proposed(served, draft.year)
    if proposal is not None and draft.amount_decided != proposal and not draft.reason:
        raise RuleBroken(
            "reason",
            Words(
                "核定金额与测算金额（{proposed} 元）不同，请填写原因",
                "The amount differs from the {proposed} yuan the contracts come to; say why",
            ).fill(proposed=proposal),
        )
    for name in SubsidyDraft.__dataclass_fields__:
        setattr(record, name, getattr(draft, name))
    record.amount_proposed = proposal


def _require_day(served: Served, draft: SubsidyDraft, today: date) -> None:
    if draft.paid_on is None:
        return
    if draft.paid_on > today:
        raise RuleBroken("paid_on", FUTURE)
    if draft.paid_on < served.first:
        said = BEFORE_SERVICE.fill(name=served.adviser.name, first=served.first)
        raise RuleBroken("paid_on", said)


def _require_once(session: Session, record: AdviserSubsidy, own_id: int | None) -> None:
    other = queries.subsidy_of(
        session, record.office_id, record.adviser_id, record.village_id, record.year, own_id
    )
    if other is not None:
        raise RuleBroken(
            "adviser_id",
            Words(
                "{year} 年的补助已经核定过（{number}），请修改那一条",
                "{year} was decided already ({number}); change that one",
            ).fill(year=record.year, number=other.number),
        )
