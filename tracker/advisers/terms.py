"""Closed lists of the advisers' domain."""

from __future__ import annotations

from tracker.kernel.terms import Term


class FirmKind(Term):
    """Where an adviser practises."""

    LAW_FIRM = "law_firm", "律师事务所", "Law firm"
    LEGAL_SERVICE = "legal_service", "基层法律服务所", "Grassroots legal-service office"
    OTHER = "other", "其他", "Other"


class AdviserIdentity(Term):
    """Who an adviser is; only the first is a lawyer in the sense of the lawyers' share."""

    LAWYER = "lawyer", "律师", "Lawyer"
    LEGAL_SERVICE_WORKER = "legal_service_worker", "基层法律服务工作者", "Legal-service worker"
    COURT_PROCURATORATE_POLICE = (
        "court_procuratorate_police",
        "公检法司干警",
        "Court, procuratorate, police or justice staff",
    )
    ENFORCEMENT_STAFF = "enforcement_staff", "行政执法人员", "Enforcement staff"
    PUBLIC_LAWYER = "public_lawyer", "公职律师", "Government lawyer"
    OTHER = "other", "其他", "Other"


class AssignmentTarget(Term):
    """Whom an adviser is assigned to. The township's own adviser is the government counsel."""

    VILLAGE = "village", "村（社区）法律顾问", "A village"
    TOWNSHIP = "township", "政府法律顾问", "The township government"


class VisitKind(Term):
    """What an adviser did; one entry per visit and per matter."""

    CONSULTATION = "consultation", "法律咨询", "Consultation"
    LECTURE = "lecture", "法治讲座", "Lecture"
    OPINION = "opinion", "出具法律意见", "Legal opinion"
    CONTRACT_REVIEW = "contract_review", "审查合同", "Contract review"
    MEDIATION = "mediation", "参与调解", "Mediation"
    LEGAL_AID = "legal_aid", "法律援助引导", "Guidance to legal aid"
    DUTY = "duty", "坐班走访", "Duty hours and calls"
    HEALTH_CHECK = "health_check", "法治体检", "Legal check-up of enterprises"
    DRAFTING = "drafting", "代拟文书", "Drafting of documents"
    DECISION = "decision", "参与决策", "Part in a decision"
    OTHER = "other", "其他", "Other"


class VisitMode(Term):
    """Whether the adviser was there."""

    ON_SITE = "on_site", "现场", "On site"
    ONLINE = "online", "线上", "On line"


class Sex(Term):
    """As the register of persons records it."""

    MALE = "male", "男", "Male"
    FEMALE = "female", "女", "Female"


class PersonGroup(Term):
    """Groups from which legal-literate persons are chosen first (national norm of 2021)."""

    VILLAGE_CADRE = "village_cadre", "村（社区）干部", "Village cadre"
    WOMENS_COMMITTEE = "womens_committee", "妇联执委（儿童主任）", "Women's committee member"
    MEDIATOR = "mediator", "人民调解员", "People's mediator"
    AUXILIARY_POLICE = "auxiliary_police", "驻村辅警", "Resident auxiliary police"
    GRID_WORKER = "grid_worker", "网格员", "Grid worker"
    GROUP_HEAD = "group_head", "村（居）民小组长", "Group head"
    PARTY_MEMBER = "party_member", "党员", "Party member"
    FIVE_ELDERS = "five_elders", "“五老”人员", "One of the «five elders»"
    OTHER = "other", "其他", "Other"


class AssignmentState(Term):
    """How an assignment stands on a day."""

    SERVING = "serving", "在任", "Serving"
    COMING = "coming", "未开始", "Not begun"
    ENDED = "ended", "已结束", "Ended"


class Duty(Term):
    """Whether an adviser serves anybody on a day."""

    SERVING = "serving", "在任", "Serving"
    NOT_SERVING = "not_serving", "未在任", "Not serving"


class QuotaState(Term):
    """How a village's month or quarter stands against the office's rules."""

    MET = "met", "达到", "Met"
    MISSED = "missed", "未达到", "Not met"
    UNKNOWN = "unknown", "有记录没填时长，不能判断", "Hours not noted; cannot be said"
    PART = "part", "只有部分日子有法律顾问", "An adviser on some of the days only"
    RUNNING = "running", "还没到期，尚未达到", "Still running, not met yet"
    COMING = "coming", "未到", "To come"
    NO_ADVISER = "no_adviser", "没有法律顾问", "No adviser"
    NOT_THERE = "not_there", "已撤并", "Merged away"
    NO_RULE = "no_rule", "不设规则", "No rule"


class RegisterState(Term):
    """How a legal-literate person stands on a day."""

    ON_REGISTER = "on_register", "在册", "On the register"
    LEFT = "left", "已退出", "Left"
