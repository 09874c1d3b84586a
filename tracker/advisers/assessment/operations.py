"""Every write of the yearly assessment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.wording import plain
from tracker.kernel.words import Words

from . import queries
from .drafts import AssessmentDraft, Marked
from .models import AdviserAssessment, AssessmentScore, ScoreItem
from .queries import Served

_HALF = Decimal("0.5")

NOT_SERVED = Words(
    "这位顾问 {year} 年没有为{target}服务过一天，不能考核。请核对年度；确实服务过的，"
    "先登记（或补全）聘任的起止日期",
    "This adviser did not serve {target} on any day of {year} and cannot be assessed. Check the "
    "year; if they did serve, enter the assignment or mend its days first",
)
YEAR_TO_COME = Words(
    "{year} 年还没有到，不能考核；请到当年再登记",
    "{year} has not come yet; assess it once it is there",
)
NO_SHEET = Words(
    "{year} 年还没有带评分项目的评分表。请管理员先在「考核评分表」里新建并添加项目，"
    "或载入示例评分表",
    "There is no score sheet with items for {year} yet. An administrator makes one first, or loads "
    "the example sheet",
)
_THE_VILLAGE = Words("这个村（社区）", "this village")
_THE_TOWNSHIP = Words("乡镇（街道）本级", "the township")


def create_assessment(
    session: Session, office_id: int, draft: AssessmentDraft, today: date
) -> AdviserAssessment:
    """Assess an adviser: by the items of the year's sheet where marks are given, else by the total.

    :raises RuleBroken: when the year is to come, the adviser served nobody there in it, an
        assessment is there already, the day is wrong, the year has no sheet, or marks are missing
        or beyond what their items can bring.
    """
    _require_sound(session, office_id, draft, None, today)
    made = AdviserAssessment(office_id=office_id)
    _fill(made, draft)
    if draft.marks:
        sheet = queries.sheet_of_year(session, office_id, draft.year)
        if sheet is None:
            raise RuleBroken("", NO_SHEET.fill(year=draft.year))
        made.sheet_id = sheet.id
        made.excellent_from = sheet.excellent_from
        made.good_from = sheet.good_from
        made.passed_from = sheet.passed_from
        made.scores = [
            AssessmentScore(
                office_id=office_id,
                position=item.position,
                heading=item.heading,
                criterion=item.criterion,
                most=item.most,
                basis=item.basis,
            )
            for item in sheet.items
        ]
        _mark(made, sheet.items, draft.marks)
    else:
        _take_total(session, made, draft)
    records.add_new(session, made, draft.assessed_on)
    return made


def update_assessment(
    session: Session,
    scope: Scope,
    assessment_id: int,
    draft: AssessmentDraft,
    version: int | None,
    today: date,
) -> AdviserAssessment:
    """Change an assessment. One by items keeps the items and the bounds it was made with.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `create_assessment`; and when a ledger gives another total or grade
        than the items come to.
    """
    found = records.find_to_write(session, AdviserAssessment, assessment_id, scope, version)
    own_id = None if found.is_voided else found.id
    _require_sound(session, found.office_id, draft, own_id, today, unique=not found.is_voided)
    _fill(found, draft)
    if found.scores and draft.marks:
        _mark(found, found.scores, draft.marks)
    elif found.scores:
        _require_same_result(found, draft)
    else:
        _take_total(session, found, draft)
    records.sign(session, found)
    return found


def restore_assessment(session: Session, scope: Scope, assessment_id: int) -> AdviserAssessment:
    """Take a void back.

    :raises RuleBroken: when the adviser was assessed anew meanwhile.
    """
    found = records.find_to_write(session, AdviserAssessment, assessment_id, scope, None)
    if found.is_voided:
        _require_once(
            session, found.office_id, found.adviser_id, found.village_id, found.year, found.id
        )
        records.unvoid(session, found)
    return found


def require_service(
    session: Session, office_id: int, adviser_id: int, village_id: int | None, year: int
) -> Served:
    """The adviser's service in the year.

    :raises RuleBroken: where there is none, with what to do.
    """
    period = Period.of_year(year, date(year, 12, 31))
    served = queries.service_of(session, office_id, adviser_id, village_id, period)
    if served is None:
        target = _THE_TOWNSHIP if village_id is None else _THE_VILLAGE
        raise RuleBroken("adviser_id", NOT_SERVED.fill(year=year, target=target))
    return served


def _require_sound(
    session: Session,
    office_id: int,
    draft: AssessmentDraft,
    own_id: int | None,
    today: date,
    *,
    unique: bool = True,
) -> None:
    if draft.year > today.year:
        raise RuleBroken("year", YEAR_TO_COME.fill(year=draft.year))
    served = require_service(session, office_id, draft.adviser_id, draft.village_id, draft.year)
    if draft.assessed_on > today:
        raise RuleBroken(
            "assessed_on",
            Words(
                "考核日期不能在今天之后，请在考核完成后登记",
                "An assessment is entered once it is done",
            ),
        )
    if draft.assessed_on < served.first:
        raise RuleBroken(
            "assessed_on",
            Words(
                "考核日期不能早于这一年开始服务的日期（{first}），请核对",
                "It cannot be assessed before the year's service began ({first}); check the day",
            ).fill(first=served.first),
        )
    if unique:
        _require_once(session, office_id, draft.adviser_id, draft.village_id, draft.year, own_id)


def _require_once(
    session: Session,
    office_id: int,
    adviser_id: int,
    village_id: int | None,
    year: int,
    own_id: int | None,
) -> None:
    other = queries.assessment_of(session, office_id, adviser_id, village_id, year, own_id)
    if other is not None:
        raise RuleBroken(
            "adviser_id",
            Words(
                "{year} 年已经考核过（{number}）。要改分请修改那一条；要重新考核请先作废那一条",
                "{year} was assessed already ({number}). Change that one, or void it first",
            ).fill(year=year, number=other.number),
        )


def _fill(record: AdviserAssessment, draft: AssessmentDraft) -> None:
    record.year = draft.year
    record.adviser_id = draft.adviser_id
    record.village_id = draft.village_id
    record.assessed_on = draft.assessed_on
    record.assessor = draft.assessor
    record.village_view = draft.village_view
    record.note = draft.note


def _mark(
    record: AdviserAssessment,
    keys: Sequence[ScoreItem | AssessmentScore],
    marks: Mapping[int, Marked],
) -> None:
    """Give every score its points and work out total and grade.

    ``keys`` are what the marks are named by, in the order of the scores.

    :raises RuleBroken: for an item without points, or with points it cannot bring; beside the
        field of the item.
    """
    for key, score in zip(keys, record.scores, strict=True):
        given = marks.get(key.id)
        if given is None:
            raise RuleBroken(
                f"points_{key.id}",
                Words("请给「{heading}」打分", "Give points for “{heading}”").fill(
                    heading=score.heading
                ),
            )
        if not 0 <= given.points <= score.most or given.points % _HALF:
            raise RuleBroken(
                f"points_{key.id}",
                Words(
                    "「{heading}」的得分应在 0 到 {most} 之间，可以打半分",
                    "“{heading}” takes 0 to {most} points, in halves",
                ).fill(heading=score.heading, most=plain(score.most)),
            )
        score.points = given.points
        score.remark = given.remark
    total = sum((score.points for score in record.scores), Decimal(0))
    record.total = total
    if record.excellent_from is not None and record.passed_from is not None:
        record.grade = queries.grade_of(
            total, record.excellent_from, record.good_from, record.passed_from
        )


def _require_same_result(record: AdviserAssessment, draft: AssessmentDraft) -> None:
    same_total = draft.total is None or draft.total == record.total
    same_grade = draft.grade is None or draft.grade is record.grade
    if not (same_total and same_grade):
        raise RuleBroken(
            "total",
            Words(
                "这条考核（{number}）有逐项得分，总分和等次由逐项得分算出，不能直接改；"
                "请打开这条考核修改逐项得分",
                "This assessment ({number}) has points item by item; total and grade come from "
                "them. Open it and change the items",
            ).fill(number=record.number),
        )


def _take_total(session: Session, record: AdviserAssessment, draft: AssessmentDraft) -> None:
    """Only the total is known; where no grade is given, the year's sheet says it."""
    if draft.total is None:
        raise RuleBroken("total", Words("请填写总分", "Enter the total"))
    grade = draft.grade
    if grade is None:
        sheet = queries.sheet_of_year(session, record.office_id, draft.year)
        if sheet is None:
            raise RuleBroken(
                "grade",
                Words(
                    "请填写等次；这一年没有评分表，不能由总分得出",
                    "Give the grade; without a score sheet for the year it cannot be worked out",
                ),
            )
        grade = queries.grade_of(
            draft.total, sheet.excellent_from, sheet.good_from, sheet.passed_from
        )
    record.total = draft.total
    record.grade = grade
