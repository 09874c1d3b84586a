"""Closed lists of opinions on decisions."""

from __future__ import annotations

from tracker.kernel.terms import Term


class DecisionKind(Term):
    """What an opinion was asked about."""

    MAJOR_DECISION = "major_decision", "重大行政决策", "Major administrative decision"
    NORMATIVE_DOCUMENT = "normative_document", "规范性文件", "Normative document"
    CONTRACT = "contract", "合同协议", "Contract or agreement"
    ENFORCEMENT_CASE = "enforcement_case", "行政执法案件", "Enforcement case"
    DISPUTE = "dispute", "信访、纠纷", "Petition or dispute"
    OTHER = "other", "其他", "Other"


class Adoption(Term):
    """What became of an opinion."""

    ADOPTED = "adopted", "已采纳", "Adopted"
    PARTLY = "partly", "部分采纳", "Partly adopted"
    NOT_ADOPTED = "not_adopted", "未采纳", "Not adopted"
    UNDECIDED = "undecided", "尚未决定", "Not yet decided"
