"""Terms of evidence."""

from __future__ import annotations

from tracker.kernel.terms import Term


class EvidenceKind(Term):
    """What a file shows."""

    PHOTO = "photo", "照片", "Photo"
    SIGN_IN = "sign_in", "签到表", "Sign-in sheet"
    NOTICE = "notice", "通知（方案）", "Notice or plan"
    SUMMARY = "summary", "信息简报（总结）", "News item or summary"
    LOG = "log", "服务记录单", "Service log"
    CONTRACT = "contract", "合同（聘书）", "Contract or letter of appointment"
    MINUTES = "minutes", "会议纪要（记录）", "Minutes"
    RESULT = "result", "成绩单（名单）", "Results or list of names"
    COPY = "copy", "证件复印件", "Copy of the certificate"
    OPINION = "opinion", "审查意见书", "Written opinion"
    MATERIAL = "material", "学习（宣传）资料", "Study or publicity material"
    DOCUMENT = "document", "文件（文书）", "Document"
    OTHER = "other", "其他", "Other"
