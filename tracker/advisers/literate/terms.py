"""Closed lists of what legal-literate persons do and how they are judged."""

from __future__ import annotations

from tracker.kernel.terms import Term
from tracker.kernel.words import Words


class NominationWay(Term):
    """How somebody came to be assessed (national norm of 2021)."""

    SELF = "self", "自荐", "Own proposal"
    COMMITTEES = "committees", "村（社区）“两委”推荐", "Recommended by the two village committees"


class LiterateServiceKind(Term):
    """What a legal-literate person did for the neighbours."""

    PUBLICITY = "publicity", "法治宣传", "Publicity"
    MEDIATION = "mediation", "纠纷调解", "Mediation"
    CLUE = "clue", "线索排查", "Finding clues of disputes"
    REFERRAL = "referral", "引导法律服务（援助）", "Guidance to legal services and aid"
    OTHER = "other", "其他", "Other"


class ReviewResult(Term):
    """What a yearly review came to."""

    EXCELLENT = "excellent", "优秀", "Excellent"
    QUALIFIED = "qualified", "合格", "Qualified"
    UNQUALIFIED = "unqualified", "不合格", "Not qualified"


#: Why people usually leave the register. Offered, never asked for: no list of grounds is in force.
LEAVE_REASONS = (
    Words("本人申请", "At their own request"),
    Words("迁出", "Moved away"),
    Words("死亡", "Died"),
    Words("违法违纪", "Broke the law or discipline"),
    Words("考核不合格", "Failed the yearly review"),
    Words("其他", "Other"),
)
FAILED_REVIEW = LEAVE_REASONS[4]


class PairingState(Term):
    """How the adviser that a legal-literate person is paired with stands on a day."""

    SERVING = "serving", "在任", "Serving"
    ELSEWHERE = "elsewhere", "不服务本村（社区）", "Not serving this village"
    LEFT = "left", "结对顾问已不在任", "The paired adviser no longer serves"
