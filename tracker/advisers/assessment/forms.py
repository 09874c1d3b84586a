"""The forms of the yearly assessment: strings in, one draft out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from tracker.advisers.queries import open_advisers
from tracker.kernel.fields import (
    DayField,
    DecimalNumberField,
    LineField,
    NoteField,
    RecordField,
    TermField,
    WholeNumberField,
    YearField,
    words,
)
from tracker.kernel.forms import RecordForm
from tracker.kernel.scope import Scope
from tracker.kernel.wording import plain
from tracker.kernel.words import Words
from tracker.offices.queries import open_villages

from .drafts import AssessmentDraft, ItemDraft, Marked, SheetDraft
from .models import MOST_POINTS, AdviserAssessment, AssessmentScore, ScoreItem, ScoreSheet
from .suggestions import Suggestion
from .terms import Grade, ScoreBasis


class SheetForm(RecordForm[SheetDraft]):
    """A score sheet, its items apart."""

    title = LineField(_("评分表名称"), 100, required=True)
    from_year = YearField(
        _("从哪一年起使用"),
        description=_("以后各年一直使用，直到有更新的评分表"),
    )
    excellent_from = DecimalNumberField(_("优秀，从多少分起"), 0, 1000, required=True)
    good_from = DecimalNumberField(
        _("良好，从多少分起"), 0, 1000, description=_("不设良好等次的留空")
    )
    passed_from = DecimalNumberField(_("合格，从多少分起"), 0, 1000, required=True)
    note = NoteField(_("备注"), 2000)

    @staticmethod
    def values_of(sheet: ScoreSheet) -> dict[str, Any]:
        """A sheet as the form shows it."""
        names = SheetDraft.__dataclass_fields__
        return {"version": str(sheet.version), **{name: getattr(sheet, name) for name in names}}

    def draft(self) -> SheetDraft:
        """The sheet as entered."""
        return SheetDraft(
            title=self.title.data or "",
            from_year=self.from_year.data,
            excellent_from=self.excellent_from.data,
            good_from=self.good_from.data,
            passed_from=self.passed_from.data,
            note=self.note.data or "",
        )


class ItemForm(RecordForm[ItemDraft]):
    """One item of a score sheet."""

    heading = LineField(_("项目"), 60, required=True, description=_("例如：工作日志"))
    criterion = NoteField(_("评分标准"), 500, required=True)
    most = DecimalNumberField(
        _("分值"), 0, MOST_POINTS, required=True, description=_("这一项最多多少分，可以是半分")
    )
    basis = TermField(
        _("参考数据"),
        ScoreBasis,
        required=False,
        description=_("选了的，评分时按登记的记录给出建议分，由评分人决定"),
    )
    position = WholeNumberField(_("顺序"), 0, 9999, description=_("留空排在最后"))

    @staticmethod
    def values_of(item: ScoreItem) -> dict[str, Any]:
        """An item as the form shows it."""
        return {name: getattr(item, name) for name in ItemDraft.__dataclass_fields__}

    def draft(self) -> ItemDraft:
        """The item as entered."""
        return ItemDraft(
            heading=self.heading.data or "",
            criterion=self.criterion.data or "",
            most=self.most.data,
            basis=self.basis.data,
            position=self.position.data,
        )


@dataclass(frozen=True)
class MarkRow:
    """One item on the form of an assessment, with its two fields."""

    key: int
    heading: str
    criterion: str
    most: str
    suggestion: Suggestion | None
    points: Any
    remark: Any


class MarksForm(RecordForm[AssessmentDraft]):
    """An assessment item by item; `marks_form` gives it a pair of fields for each."""

    lines: Sequence[ScoreItem | AssessmentScore] = ()
    suggestions: Mapping[int, Suggestion] = {}
    #: Whom it is of; not to be chosen on the form.
    year: int
    adviser_id: int
    village_id: int | None

    assessed_on = DayField(_("考核日期"), required=True)
    assessor = LineField(_("考核人"), 100, description=_("考核小组的，写出各人姓名"))
    village_view = NoteField(_("村（社区）意见"), 500)
    note = NoteField(_("备注"), 2000)

    @property
    def rows(self) -> list[MarkRow]:
        """The items in their order."""
        return [
            MarkRow(
                line.id,
                line.heading,
                line.criterion,
                plain(line.most),
                self.suggestions.get(line.id),
                self[f"points_{line.id}"],
                self[f"remark_{line.id}"],
            )
            for line in self.lines
        ]

    def draft(self) -> AssessmentDraft:
        """The assessment as entered."""
        return AssessmentDraft(
            year=self.year,
            adviser_id=self.adviser_id,
            village_id=self.village_id,
            assessed_on=self.assessed_on.data,
            assessor=self.assessor.data or "",
            village_view=self.village_view.data or "",
            note=self.note.data or "",
            marks={row.key: Marked(row.points.data, row.remark.data or "") for row in self.rows},
        )


def marks_form(
    lines: Sequence[ScoreItem | AssessmentScore],
    year: int,
    adviser_id: int,
    village_id: int | None,
    suggestions: Mapping[int, Suggestion],
) -> Callable[..., MarksForm]:
    """The class of form for these items."""
    fields: dict[str, Any] = {
        "lines": lines,
        "suggestions": suggestions,
        "year": year,
        "adviser_id": adviser_id,
        "village_id": village_id,
    }
    for place, line in enumerate(lines, 1):
        name = gettext("第%(place)s项「%(heading)s」", place=place, heading=line.heading)
        fields[f"points_{line.id}"] = DecimalNumberField(
            gettext("%(item)s得分", item=name), 0, MOST_POINTS, required=True
        )
        fields[f"remark_{line.id}"] = LineField(gettext("%(item)s说明", item=name), 200)
    return type("BoundMarksForm", (MarksForm,), fields)


def mark_values(assessment: AdviserAssessment) -> dict[str, Any]:
    """An assessment by items as its form shows it."""
    values: dict[str, Any] = {"version": str(assessment.version)}
    for name in ("assessed_on", "assessor", "village_view", "note"):
        values[name] = getattr(assessment, name)
    for score in assessment.scores:
        values[f"points_{score.id}"] = score.points
        values[f"remark_{score.id}"] = score.remark
    return values


class TotalForm(RecordForm[AssessmentDraft]):
    """An assessment of which only the total is known, as ledgers have it."""

    year = YearField(_("考核年度"))
    adviser_id = RecordField(words(Words("法律顾问", "Adviser")), required=True)
    village_id = RecordField(_("村（社区）"), description=_("政府法律顾问不用选"))
    total = DecimalNumberField(_("总分"), 0, 1000, required=True)
    grade = TermField(
        _("等次"), Grade, required=False, description=_("留空时按当年评分表的分数线得出")
    )
    assessed_on = DayField(_("考核日期"), required=True)
    assessor = LineField(_("考核人"), 100)
    village_view = NoteField(_("村（社区）意见"), 500)
    note = NoteField(_("备注"), 2000)

    def offer(
        self, session: Session, scope: Scope, assessment: AdviserAssessment | None = None
    ) -> None:
        """Give the form the office's advisers and villages, with the assessment's own."""
        own = scope.for_writing
        advisers = {a.id: a.name for a in open_advisers(session, own)}
        villages = {v.id: v.name for v in open_villages(session, own)}
        if assessment is not None:
            advisers[assessment.adviser.id] = assessment.adviser.name
            if assessment.village is not None:
                villages[assessment.village.id] = assessment.village.name
        self.adviser_id.offer(list(advisers.items()))
        self.village_id.offer(list(villages.items()))

    @staticmethod
    def values_of(assessment: AdviserAssessment) -> dict[str, Any]:
        """An assessment as the form shows it."""
        names = (n for n in AssessmentDraft.__dataclass_fields__ if n != "marks")
        return {
            "version": str(assessment.version),
            **{name: getattr(assessment, name) for name in names},
        }

    def draft(self) -> AssessmentDraft:
        """The assessment as entered."""
        return AssessmentDraft(
            year=self.year.data,
            adviser_id=self.adviser_id.data,
            village_id=self.village_id.data,
            total=self.total.data,
            grade=self.grade.data,
            assessed_on=self.assessed_on.data,
            assessor=self.assessor.data or "",
            village_view=self.village_view.data or "",
            note=self.note.data or "",
        )
