"""How ledgers of opinions are taken in."""

from __future__ import annotations

from collections.abc import Hashable

from sqlalchemy.orm import joinedload

from tracker.kernel.intake import Intake, Reference
from tracker.kernel.records import live
from tracker.kernel.terms import called
from tracker.kernel.words import Words

from . import operations, register
from .drafts import OpinionDraft
from .forms import OpinionRowForm
from .models import CounselOpinion
from .terms import Adoption, DecisionKind

_KINDS = called(
    {
        DecisionKind.MAJOR_DECISION: "重大决策 决策 行政决策",
        DecisionKind.NORMATIVE_DOCUMENT: "文件 行政规范性文件 规范性文件审查",
        DecisionKind.CONTRACT: "合同 协议 合同审查 行政合同",
        DecisionKind.ENFORCEMENT_CASE: "执法案件 行政处罚 处罚案件 执法决定",
        DecisionKind.DISPUTE: "信访 纠纷 信访纠纷 信访/纠纷 矛盾纠纷",
    }
)
_ADOPTIONS = called(
    {
        Adoption.ADOPTED: "采纳 全部采纳 是",
        Adoption.PARTLY: "部分",
        Adoption.NOT_ADOPTED: "不采纳 否",
        Adoption.UNDECIDED: "未定 待定 研究中 未决定",
    }
)


def _key(opinion: OpinionDraft | CounselOpinion) -> Hashable:
    """One opinion for each matter, giver and day."""
    return (opinion.given_on, opinion.adviser_id, opinion.matter)


def _alike(opinion: OpinionDraft | CounselOpinion) -> Hashable:
    return (opinion.given_on, opinion.matter)


OPINIONS = Intake(
    register=register.OPINIONS,
    form_of=lambda _cells: OpinionRowForm,
    fields={"number": "", "adviser": "adviser_id", "visit": "visit_id"},
    defaults={"adopted": Adoption.UNDECIDED},
    references={
        # Somebody becomes counsel by an assignment, never by a name in a ledger.
        "adviser": Reference(
            Words("政府法律顾问", "government counsel"),
            nowhere=(register.OWN.zh, register.OWN.en, "司法所", "本所"),
        ),
        "visit": Reference(Words("服务记录", "visit")),
    },
    said={"kind": _KINDS, "adopted": _ADOPTIONS},
    values_of=OpinionRowForm.values_of,
    create=operations.create_opinion,
    update=operations.update_opinion,
    existing=lambda scope: live(CounselOpinion, scope).options(
        joinedload(CounselOpinion.adviser), joinedload(CounselOpinion.visit)
    ),
    key=_key,
    key_of=_key,
    alike=_alike,
    alike_of=_alike,
    example={
        "matter": "集镇停车管理规定（草案）",
        "adviser": register.OWN.zh,
        "asked_on": "2024-05-06",
        "given_on": "2024-05-10",
        "summary": "建议补充听证程序",
        "decision_reference": "镇政发〔2024〕3号",
        "visit": "",
    },
)

ALL = (OPINIONS,)
