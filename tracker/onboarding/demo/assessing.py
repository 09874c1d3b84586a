"""The invented township's score sheet, three assessments of 2024, and that year's subsidies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.advisers.assessment import operations as assessment
from tracker.advisers.assessment import sheet_operations
from tracker.advisers.assessment.drafts import AssessmentDraft, Marked
from tracker.advisers.models import Adviser
from tracker.advisers.subsidies import operations as subsidies
from tracker.advisers.subsidies.drafts import SubsidyDraft
from tracker.advisers.subsidies.queries import year_list
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope

from .advisers_years import GAP_VILLAGE
from .outreach_writing import Ids
from .places import VILLAGES

_YEAR = 2024
_ASSESSED_ON = date(2024, 12, 25)
_PAID_ON = date(2025, 1, 10)

#: Adviser, village, points item by item, what the village says.
_ASSESSMENTS: tuple[tuple[str, str, str, str], ...] = (
    ("周海明", VILLAGES[0].name, "5 5 20 6 11 6 10 4 8 8 4 4 6", "随叫随到，讲课村民听得懂"),
    ("何静", VILLAGES[5].name, "5 5 17 6 6 4 9 4 7 7 4 4 6", "服务及时"),
    ("罗建国", VILLAGES[9].name, "5 5 12.5 4 4 2 6 4 4.5 4 2 2 4", "到村次数偏少，希望改进"),
)
#: Why the first adviser got more for visits and lectures than the log speaks for.
_REMARKS = {5: "其余月份在村微信群服务，记录由村里保存", 6: "另有两次以案释法，与其他村合办"}

#: Whose subsidy was set by hand, and why; paid are those of the first firm.
_CUT = ("唐志强", 800, "7月底调离，未移交工作日志，扣减")
_PAID = "周海明"


def write_assessments(session: Session, office_id: int, villages: Ids, today: date) -> None:
    """A sheet, three assessments and the year's list; the township's counsel, whose contract names
    no fee, is left to be decided. Nothing before the day on which they were paid."""
    if today < _PAID_ON:
        return
    statement = select(Adviser.name, Adviser.id).where(Adviser.office_id == office_id)
    people = dict(session.execute(statement).all())
    sheet = sheet_operations.load_example(session, office_id, _YEAR)
    for name, village, points, view in _ASSESSMENTS:
        if village not in villages:
            continue
        remarks = _REMARKS if name == _PAID else {}
        draft = AssessmentDraft(
            _YEAR,
            people[name],
            villages[village],
            _ASSESSED_ON,
            assessor="示例镇司法所考核小组",
            village_view=view,
            marks={
                item.id: Marked(Decimal(given), remarks.get(item.position, ""))
                for item, given in zip(sheet.items, points.split(), strict=True)
            },
        )
        assessment.create_assessment(session, office_id, draft, today)
    _write_subsidies(session, office_id, villages, people, today)


def _write_subsidies(
    session: Session, office_id: int, villages: Ids, people: Ids, today: date
) -> None:
    name, amount, reason = _CUT
    if GAP_VILLAGE in villages:
        cut = SubsidyDraft(_YEAR, people[name], villages[GAP_VILLAGE], amount, reason)
        subsidies.create_subsidy(session, office_id, cut, today)
    scope = Scope((office_id,), office_id, may_write=True)
    subsidies.take_over(session, scope, _YEAR, today)
    for row in year_list(session, scope, Period.of_year(_YEAR, today)):
        if row.subsidy is not None and row.adviser.id == people[_PAID]:
            paid = SubsidyDraft(
                _YEAR,
                row.adviser.id,
                row.subsidy.village_id,
                row.subsidy.amount_decided,
                paid_on=_PAID_ON,
            )
            subsidies.update_subsidy(session, scope, row.subsidy.id, paid, None, today)
