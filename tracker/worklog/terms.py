"""Closed lists of the worklog."""

from __future__ import annotations

from tracker.kernel.terms import Term


class WorkArea(Term):
    """The part of the yearly report a kind of work belongs to, in the report's order."""

    LEADERSHIP = "leadership", "领导责任", "Leadership"
    STUDY = "study", "学法用法", "Study of law"
    DECISIONS = "decisions", "依法决策", "Lawful decisions"
    ENFORCEMENT = "enforcement", "行政执法", "Enforcement"
    OUTREACH = "outreach", "普法宣传", "Outreach"
    SERVICES = "services", "公共法律服务", "Public legal services"
    DISPUTES = "disputes", "矛盾纠纷", "Disputes"
    REMEDIES = "remedies", "复议应诉", "Reconsideration and litigation"
    OPENNESS = "openness", "政务公开", "Open government"
    OTHER = "other", "其他", "Other"
