"""What offices call the choices in their own ledgers of advisers, besides the labels."""

from __future__ import annotations

from tracker.kernel.terms import called

from .terms import AdviserIdentity, FirmKind, PersonGroup, VisitKind, VisitMode

FIRM_KINDS = called(
    {
        FirmKind.LAW_FIRM: "律所 律师所",
        FirmKind.LEGAL_SERVICE: "法律服务所 基层法律服务",
    }
)

IDENTITIES = called(
    {
        AdviserIdentity.LAWYER: "执业律师 社会律师 专职律师",
        AdviserIdentity.LEGAL_SERVICE_WORKER: "法律工作者 基层法律工作者 法律服务工作者",
        AdviserIdentity.COURT_PROCURATORATE_POLICE: "法官 检察官 民警 公安民警 政法干警",
        AdviserIdentity.ENFORCEMENT_STAFF: "执法人员 执法干部",
        AdviserIdentity.PUBLIC_LAWYER: "公职",
    }
)

VISIT_KINDS = called(
    {
        VisitKind.CONSULTATION: "解答咨询 提供咨询 咨询解答 现场咨询",
        VisitKind.LECTURE: "讲座 授课 讲课 普法讲座 普法宣讲 法治宣讲",
        VisitKind.OPINION: "法律意见 出具意见 法律意见书",
        VisitKind.CONTRACT_REVIEW: "合同审查 审核合同",
        VisitKind.MEDIATION: "调解 纠纷调解 调解纠纷 矛盾调解 化解纠纷",
        VisitKind.LEGAL_AID: "法律援助 法援 法援引导",
        VisitKind.DUTY: "坐班 走访 值班 进村坐班 驻村坐班 日常走访",
        VisitKind.HEALTH_CHECK: "体检 企业法治体检",
        VisitKind.DRAFTING: "代写文书 代书 起草文书",
        VisitKind.DECISION: "决策 参与重大决策 列席会议",
    }
)

VISIT_MODES = called(
    {
        VisitMode.ON_SITE: "线下 上门 到村 进村 当面",
        VisitMode.ONLINE: "电话 微信 网络 电话咨询 远程 视频",
    }
)

PERSON_GROUPS = called(
    {
        PersonGroup.VILLAGE_CADRE: "村干部 村两委 两委干部 村两委干部 社区干部 村支两委 村居干部",
        PersonGroup.WOMENS_COMMITTEE: "妇联执委 妇女主任 妇联主席 儿童主任",
        PersonGroup.MEDIATOR: "调解员",
        PersonGroup.AUXILIARY_POLICE: "辅警",
        PersonGroup.GRID_WORKER: "网格长 网格管理员 专职网格员",
        PersonGroup.GROUP_HEAD: "组长 小组长 村民小组长 村民组长",
        PersonGroup.FIVE_ELDERS: "五老 五老人员",
    }
)
