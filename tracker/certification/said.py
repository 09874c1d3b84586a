"""What offices call the choices in their own ledgers of certification, besides the labels."""

from __future__ import annotations

from tracker.kernel.terms import called

from .terms import Attempt, CertificateCategory, CertificateStatus, EstablishmentKind, Outcome

ESTABLISHMENTS = called(
    {
        EstablishmentKind.ADMINISTRATIVE: "公务员 行政编 行政编制",
        EstablishmentKind.INSTITUTION: "事业编 事业编制 事业单位 事业人员 全额事业",
        EstablishmentKind.CIVIL_SERVICE_LIKE: "参公编 参照公务员 参照公务员管理 参公事业",
        EstablishmentKind.WORKER: "工勤编 工人",
        EstablishmentKind.CONTRACT: "合同制 合同工 聘用 编外",
        EstablishmentKind.SECONDED: "借用 抽调",
    }
)

OUTCOMES = called(
    {
        Outcome.PENDING: "待公布 未公布 未出成绩",
        Outcome.ABSENT: "未参加 弃考 未考 缺席",
        Outcome.PASSED: "通过 及格 已通过 已合格",
        Outcome.FAILED: "未通过 不及格 未合格",
    }
)

ATTEMPTS = called(
    {
        Attempt.FIRST: "正考 初考 首次 第一次 否 第1次",
        Attempt.RETAKE: "是 补考1 补考2 第一次补考 第二次补考 第二次 第2次 二次 重考 复考 √",
    }
)

CATEGORIES = called(
    {
        CertificateCategory.ENFORCEMENT: "执法证 行政执法 执法",
        CertificateCategory.SUPERVISION: "监督证 执法监督证 行政执法监督",
    }
)

STATUSES = called(
    {
        CertificateStatus.VALID: "恢复 恢复使用",
        CertificateStatus.HELD: "暂扣证件",
        CertificateStatus.RETURNED: "交回 已收回 上交",
        CertificateStatus.CANCELLED: "已注销",
        CertificateStatus.REVOKED: "已吊销",
        CertificateStatus.LOST: "丢失 已遗失",
    }
)
