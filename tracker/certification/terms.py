"""Closed lists of certification."""

from __future__ import annotations

from tracker.kernel.terms import Term
from tracker.rulepacks.terms import EstablishmentKind as EstablishmentKind


class Sex(Term):
    """As on the certificate's face."""

    MALE = "male", "男", "Male"
    FEMALE = "female", "女", "Female"


class SittingPurpose(Term):
    """Only qualification exams feed the exam figures."""

    QUALIFICATION = "qualification", "资格考试", "Qualification exam"
    RENEWAL = "renewal", "换证考试", "Renewal exam"


class ExamPart(Term):
    """The parts of an exam; provinces name them 通用/综合/公共 and 专门/专业."""

    GENERAL = "general", "公共法律知识", "General law"
    SPECIAL = "special", "专业法律知识", "Special law"


class Outcome(Term):
    """How one attempt at one part ended."""

    PENDING = "pending", "待登", "Not entered yet"
    ABSENT = "absent", "缺考", "Absent"
    PASSED = "passed", "合格", "Passed"
    FAILED = "failed", "不合格", "Failed"


class Attempt(Term):
    """What a row of a ledger says of the results in it."""

    FIRST = "first", "首考", "First attempt"
    RETAKE = "retake", "补考", "Retake"


#: Outcomes of somebody who was there.
SAT = (Outcome.PASSED, Outcome.FAILED)


class CertificateCategory(Term):
    """What a certificate entitles to."""

    ENFORCEMENT = "enforcement", "行政执法证", "Enforcement certificate"
    SUPERVISION = "supervision", "行政执法监督证", "Supervision certificate"
    OTHER = "other", "其他", "Other"


class CertificateStatus(Term):
    """What a status change makes of a certificate from its day on."""

    VALID = "valid", "恢复有效", "Valid again"
    HELD = "held", "暂扣", "Held"
    RETURNED = "returned", "收回", "Returned"
    CANCELLED = "cancelled", "注销", "Cancelled"
    REVOKED = "revoked", "吊销", "Revoked"
    LOST = "lost", "遗失", "Lost"


class TrainingKind(Term):
    """What officers are trained in."""

    GENERAL = "general", "公共法律知识", "General law"
    SPECIAL = "special", "专业法律知识", "Special law"
    OTHER = "other", "其他", "Other"


class Standing(Term):
    """How a certificate stands on a day: worked out, never stored."""

    VALID = "valid", "有效", "Valid"
    ENDING = "ending", "即将到期", "Ending soon"
    OVERDUE = "overdue", "已过期", "Ended"
    SUSPENDED = "suspended", "暂扣、收回等", "Held, returned, …"
    UPCOMING = "upcoming", "尚未生效", "Not in force yet"


#: A certificate that ends within so many days is about to end, in lists and on the home page. The
#: bands of the page of expiry are an office's rule (`expiry_bands`).
ENDING_DAYS = 90
