"""How ledgers of services and yearly reviews are taken in."""

from __future__ import annotations

from collections.abc import Hashable

from sqlalchemy.orm import joinedload

from tracker.advisers.models import LegalLiteratePerson
from tracker.kernel.intake import Intake, Reference
from tracker.kernel.records import live
from tracker.kernel.terms import called
from tracker.kernel.words import Words

from . import operations, register
from .drafts import ReviewDraft, ServiceDraft
from .forms import ReviewRowForm, ServiceRowForm
from .models import LiterateReview, LiterateService
from .terms import LiterateServiceKind, NominationWay, ReviewResult

#: A person is entered with their village and day, never by a name alone.
PERSON = Reference(Words("法律明白人", "legal-literate person"))
#: In a ledger of trainings; what says who came in general names nobody.
TRAINEE = Reference(
    Words("法律明白人", "legal-literate person"),
    nowhere=(
        "法律明白人",
        "全体法律明白人",
        "各村法律明白人",
        "各村（社区）法律明白人",
        "全镇法律明白人",
    ),
)

NOMINATIONS = called(
    {
        NominationWay.SELF: "个人自荐 本人自荐 自我推荐 自愿报名 个人申请",
        NominationWay.COMMITTEES: "两委推荐 村两委推荐 村推荐 组织推荐 社区推荐 村委会推荐 推荐",
    }
)
_KINDS = called(
    {
        LiterateServiceKind.PUBLICITY: "宣传 普法 普法宣传 法律宣传",
        LiterateServiceKind.MEDIATION: "调解 参与调解 矛盾调解 化解纠纷 纠纷化解",
        LiterateServiceKind.CLUE: "线索 排查 纠纷排查 矛盾排查 线索上报",
        LiterateServiceKind.REFERRAL: "引导 法律援助 引导法律援助 引导法律服务 法律服务引导",
    }
)
_RESULTS = called(
    {
        ReviewResult.EXCELLENT: "优",
        ReviewResult.QUALIFIED: "称职 达标",
        ReviewResult.UNQUALIFIED: "不称职 不达标",
    }
)


def _service_key(service: ServiceDraft | LiterateService) -> Hashable:
    """Two matters of one person on one day differ by what they are about."""
    return (service.person_id, service.held_on, service.kind, service.matter)


def _service_alike(service: ServiceDraft | LiterateService) -> Hashable:
    return (service.person_id, service.held_on, service.kind)


SERVICES = Intake(
    register=register.SERVICES,
    form_of=lambda _cells: ServiceRowForm,
    fields={"number": "", "person": "person_id", "village": ""},
    references={"person": PERSON},
    said={"kind": _KINDS},
    values_of=ServiceRowForm.values_of,
    create=operations.create_service,
    update=operations.update_service,
    existing=lambda scope: live(LiterateService, scope).options(
        joinedload(LiterateService.person).joinedload(LegalLiteratePerson.village)
    ),
    key=_service_key,
    key_of=_service_key,
    alike=_service_alike,
    alike_of=_service_alike,
    example={
        "matter": "调解邻里排水纠纷",
        "person": "王明白",
        "village": "架桥村",
        "people": "4",
        "households": "2",
    },
)


def _review_key(review: ReviewDraft | LiterateReview) -> Hashable:
    """A person is reviewed once for a year."""
    return (review.person_id, review.year)


REVIEWS = Intake(
    register=register.REVIEWS,
    form_of=lambda _cells: ReviewRowForm,
    fields={"number": "", "person": "person_id", "village": ""},
    references={"person": PERSON},
    said={"result": _RESULTS},
    values_of=ReviewRowForm.values_of,
    create=operations.create_review,
    update=operations.update_review,
    existing=lambda scope: live(LiterateReview, scope).options(
        joinedload(LiterateReview.person).joinedload(LegalLiteratePerson.village)
    ),
    key=_review_key,
    key_of=_review_key,
    example={
        "person": "王明白",
        "village": "架桥村",
        "year": "2024",
        "star": "3",
        "reviewed_on": "2024-12-20",
    },
)

ALL = (SERVICES, REVIEWS)
