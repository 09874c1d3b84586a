"""Closed lists of the rule packs."""

from __future__ import annotations

from tracker.kernel.terms import Term


class Pack(Term):
    """A set of values that an office starts from."""

    NATIONAL = "national", "全国规则", "National rules"
    HUNAN = "hunan", "湖南规则", "Rules of Hunan"
    BLANK = "blank", "不设规则", "No rules"


class Certainty(Term):
    """How far a value can be relied on (domain.md, evidence tags)."""

    VERIFIED = "verified", "官方原文", "In an official text"
    STATED = "stated", "见于转述", "Told by others"
    UNCONFIRMED = "unconfirmed", "未经核实", "Not confirmed"
    CHOICE = "choice", "自行选定", "A choice"


class VisitMeasure(Term):
    """What the quota of an adviser's visits is counted in; places differ (domain.md B1)."""

    VISITS = "visits", "次", "visits"
    DAYS = "days", "天", "days"
    HOURS = "hours", "小时", "hours"


class EstablishmentKind(Term):
    """How somebody is employed; provinces bar some kinds from the exam (domain.md D1)."""

    ADMINISTRATIVE = "administrative", "行政", "Civil service"
    INSTITUTION = "institution", "事业", "Public institution"
    CIVIL_SERVICE_LIKE = "civil_service_like", "参公", "Managed as civil service"
    WORKER = "worker", "工勤", "Support worker"
    CONTRACT = "contract", "合同", "Contract"
    SECONDED = "seconded", "借调", "Seconded"
    OTHER = "other", "其他", "Other"
