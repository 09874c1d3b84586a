"""The form of an opinion: strings in, one draft out."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from tracker.advisers.models import AdviserVisit
from tracker.kernel.fields import DayField, LineField, NoteField, RecordField, TermField
from tracker.kernel.forms import RecordForm
from tracker.kernel.scope import Scope

from .drafts import OpinionDraft
from .models import CounselOpinion
from .queries import counsel_to_choose, visits_to_choose
from .terms import Adoption, DecisionKind

#: A page offers so many visits.
_MOST = 200
#: Fields that are folded away; a page opens the fold when one of them is wrong.
FURTHER_FIELDS = ("visit_id", "note")


class OpinionForm(RecordForm[OpinionDraft]):
    """One opinion on a decision."""

    matter = LineField(
        _("征求意见事项"), 200, required=True, description=_("例如：集镇停车管理规定（草案）")
    )
    kind = TermField(_("事项类别"), DecisionKind)
    adviser_id = RecordField(_("出具人"), description=_("政府法律顾问；本单位自己出具的不选"))
    asked_on = DayField(_("征求意见日期"))
    given_on = DayField(_("出具日期"), required=True)
    summary = NoteField(_("意见要点"), 2000)
    adopted = TermField(_("采纳情况"), Adoption)
    decision_reference = LineField(
        _("决策文号"), 200, description=_("对应的决策、文件或合同，例如：镇政发〔2024〕3号")
    )
    visit_id = RecordField(
        _("来自服务记录"), description=_("这份意见在顾问服务记录中已登记份数的，选上以便对照")
    )
    note = NoteField(_("备注"), 2000)

    def offer(self, session: Session, scope: Scope, opinion: CounselOpinion | None = None) -> None:
        """Give the form the township's counsel and the visits made for it, with its own."""
        self._offer_counsel(session, scope, opinion)
        visits = _visits(session, scope, opinion, _MOST)
        self.visit_id.offer([(each.id, _visit_label(each)) for each in visits])

    def _offer_counsel(
        self, session: Session, scope: Scope, opinion: CounselOpinion | None
    ) -> None:
        counsel = {each.id: each.name for each in counsel_to_choose(session, scope)}
        if opinion is not None and opinion.adviser is not None:
            counsel[opinion.adviser.id] = opinion.adviser.name
        self.adviser_id.offer(list(counsel.items()))

    @staticmethod
    def values_of(opinion: CounselOpinion) -> dict[str, Any]:
        """An opinion as the form shows it."""
        names = OpinionDraft.__dataclass_fields__
        return {
            "version": str(opinion.version),
            **{name: getattr(opinion, name) for name in names},
        }

    def draft(self) -> OpinionDraft:
        """The opinion as entered."""
        return OpinionDraft(
            matter=self.matter.data or "",
            given_on=self.given_on.data,
            kind=self.kind.data,
            adviser_id=self.adviser_id.data,
            asked_on=self.asked_on.data,
            summary=self.summary.data or "",
            adopted=self.adopted.data,
            decision_reference=self.decision_reference.data or "",
            visit_id=self.visit_id.data,
            note=self.note.data or "",
        )


class OpinionRowForm(OpinionForm):
    """One opinion, which names its visit by number."""

    def offer(self, session: Session, scope: Scope, opinion: CounselOpinion | None = None) -> None:
        """Give the form the township's counsel and every visit made for it."""
        self._offer_counsel(session, scope, opinion)
        self.visit_id.offer([(v.id, v.number) for v in _visits(session, scope, opinion, None)])


def _visits(
    session: Session, scope: Scope, opinion: CounselOpinion | None, most: int | None
) -> list[AdviserVisit]:
    visits = {each.id: each for each in visits_to_choose(session, scope, most)}
    if opinion is not None and opinion.visit is not None:
        visits[opinion.visit.id] = opinion.visit
    return list(visits.values())


def _visit_label(visit: AdviserVisit) -> str:
    return f"{visit.held_on.isoformat()} {visit.adviser.name} {visit.matter}"
