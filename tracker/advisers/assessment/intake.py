"""How lists of assessments are taken in: totals and grades, without points item by item."""

from __future__ import annotations

from collections.abc import Hashable

from sqlalchemy.orm import joinedload, selectinload

from tracker.advisers.intake import ADVISER
from tracker.kernel.intake import Intake
from tracker.kernel.records import live
from tracker.kernel.terms import called
from tracker.offices.intake import VILLAGE

from . import operations, register
from .drafts import AssessmentDraft
from .forms import TotalForm
from .models import AdviserAssessment
from .terms import Grade

GRADES = called(
    {
        Grade.EXCELLENT: "优 优秀等次",
        Grade.GOOD: "良 良好等次",
        Grade.PASSED: "称职 基本称职 达标 合格等次",
        Grade.FAILED: "不称职 不达标 不合格等次",
    }
)


def _key(assessment: AssessmentDraft | AdviserAssessment) -> Hashable:
    """One adviser, one village (or the township), one year."""
    return (assessment.year, assessment.adviser_id, assessment.village_id)


ASSESSMENTS = Intake(
    register=register.ASSESSMENTS,
    form_of=lambda _cells: TotalForm,
    # Whom it was for is said by the column of villages beside it.
    fields={"number": "", "served": "", "adviser": "adviser_id", "village": "village_id"},
    references={"adviser": ADVISER, "village": VILLAGE},
    said={"grade": GRADES},
    values_of=TotalForm.values_of,
    create=operations.create_assessment,
    update=operations.update_assessment,
    existing=lambda scope: live(AdviserAssessment, scope).options(
        joinedload(AdviserAssessment.adviser),
        joinedload(AdviserAssessment.village),
        selectinload(AdviserAssessment.scores),
    ),
    key=_key,
    key_of=_key,
    example={
        "adviser": "张律师",
        "year": "2024",
        "total": "92.5",
        "grade": "优秀",
        "assessed_on": "2024-12-20",
        "assessor": "司法所考核小组",
        "village_view": "服务及时，村民满意",
    },
)

ALL = (ASSESSMENTS,)
