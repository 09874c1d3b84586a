"""Closed lists of the yearly assessment."""

from __future__ import annotations

from tracker.kernel.terms import Term


class Grade(Term):
    """What a total comes to, by the bounds of the office's score sheet; the best first."""

    EXCELLENT = "excellent", "优秀", "Excellent"
    GOOD = "good", "良好", "Good"
    PASSED = "passed", "合格", "Passed"
    FAILED = "failed", "不合格", "Failed"


class ScoreBasis(Term):
    """What the records tell of an item, from which points are suggested; the person decides."""

    CONTRACT = "contract", "合同是否按时签订", "Contract signed on time"
    PLATE = "plate", "公示牌是否上墙", "Plate put up"
    VISITS = "visits", "每月服务是否达标", "Monthly visits against the rule"
    LECTURES = "lectures", "每季度讲座是否达标", "Quarterly lectures against the rule"
    LOG = "log", "服务记录是否写明结果", "Log entries with their results"
