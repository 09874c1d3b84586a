"""The forms of the advisers' domain: strings in, one draft out."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session
from wtforms.validators import ValidationError

from tracker.kernel.doubts import DoubtingForm
from tracker.kernel.exception_field import ExceptionReasonField
from tracker.kernel.fields import (
    BooleanField,
    DayField,
    DecimalNumberField,
    LineField,
    NoteField,
    RecordField,
    RecordsField,
    TermField,
    WholeNumberField,
    words,
)
from tracker.kernel.forms import RecordForm
from tracker.kernel.headcount import CountBasis
from tracker.kernel.headcount_field import HeadcountField
from tracker.kernel.model import Recorded
from tracker.kernel.scope import Scope
from tracker.kernel.text import half_width
from tracker.kernel.words import Words
from tracker.offices.queries import open_villages
from tracker.outreach.models import OutreachEvent

from . import queries
from .drafts import (
    AdviserDraft,
    AssignmentDraft,
    FirmDraft,
    HandoverDraft,
    PersonDraft,
    TrainingDraft,
    VisitDraft,
)
from .literate.forms import offer_persons, present_at
from .literate.terms import NominationWay
from .models import (
    Adviser,
    AdviserAssignment,
    AdviserVisit,
    LegalLiteratePerson,
    LegalLiterateTraining,
)
from .terms import (
    AdviserIdentity,
    AssignmentTarget,
    FirmKind,
    PersonGroup,
    Sex,
    VisitKind,
    VisitMode,
)

#: Fields that are folded away; a page opens the fold when one of them is wrong.
COUNSEL_FIELDS = ("qualification_checked_on", "screened_on", "appointed_on")
RESULT_FIELDS = (
    "documents",
    "mediations",
    "legal_aid_cases",
    "enterprises",
    "event_id",
    "note",
)
LEAVING_FIELDS = ("left_on", "leave_reason", "note")

_PHONE = re.compile(r"[0-9+()\-*#、,;/ ]*")


class PhoneField(LineField):
    """One or several phone numbers, kept as text in half-width digits."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, 60, **options)
        self.filters = [*self.filters, _plain_phone]

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """Refuse what is no number; what was typed stays."""
        if self.data and not _PHONE.fullmatch(self.data):
            raise ValidationError(
                gettext("%(thing)s只填号码，例如 0736-6651234", thing=self.label.text)
            )


def _plain_phone(value: str | None) -> str:
    return half_width(value or "").replace("—", "-").replace("–", "-").strip()


def _values_of(record: Recorded, draft: type[Any]) -> dict[str, Any]:
    """A record as its form shows it: columns and fields carry the same names."""
    names = draft.__dataclass_fields__
    return {"version": str(record.version), **{name: getattr(record, name) for name in names}}


def _entered(form: RecordForm[Any], draft: type[Any]) -> dict[str, Any]:
    """What was entered, by the draft's names. An empty text is '', never None."""
    texts = {name for name, f in draft.__dataclass_fields__.items() if f.type == "str"}
    values = {name: form[name].data for name in draft.__dataclass_fields__}
    return {name: (value or "") if name in texts else value for name, value in values.items()}


def _offer_villages(field: RecordField, session: Session, scope: Scope, current: Any) -> None:
    villages = {v.id: v.name for v in open_villages(session, scope.for_writing)}
    if current is not None:
        villages[current.id] = current.name
    field.offer(list(villages.items()))


def _offer_advisers(
    field: RecordField, session: Session, scope: Scope, current: Adviser | None
) -> None:
    advisers = {a.id: a.name for a in queries.open_advisers(session, scope.for_writing)}
    if current is not None:
        advisers[current.id] = current.name
    field.offer(list(advisers.items()))


class FirmForm(RecordForm[FirmDraft]):
    """One firm."""

    name = LineField(_("机构名称"), 100, required=True)
    kind = TermField(_("机构类别"), FirmKind)
    phone = PhoneField(_("电话"))
    address = LineField(_("地址"), 200)
    note = NoteField(_("备注"), 2000)

    @staticmethod
    def values_of(firm: Recorded) -> dict[str, Any]:
        """A firm as the form shows it."""
        return _values_of(firm, FirmDraft)

    def draft(self) -> FirmDraft:
        """The firm as entered."""
        return FirmDraft(**_entered(self, FirmDraft))


class AdviserForm(RecordForm[AdviserDraft]):
    """One adviser."""

    name = LineField(_("姓名"), 40, required=True)
    identity = TermField(_("身份"), AdviserIdentity)
    firm_id = RecordField(
        words(Words("执业机构", "Firm")), description=_("列表中没有的，先到「执业机构」中添加")
    )
    licence_number = LineField(
        _("执业证号"), 40, description=_("律师或基层法律服务工作者的执业证号")
    )
    phone = PhoneField(_("电话"))
    note = NoteField(_("备注"), 2000)

    def offer(self, session: Session, scope: Scope, adviser: Adviser | None = None) -> None:
        """Give the form the office's firms, with the adviser's own even if voided."""
        firms = {f.id: f.name for f in queries.open_firms(session, scope.home_office_id)}
        if adviser is not None and adviser.firm is not None:
            firms[adviser.firm.id] = adviser.firm.name
        self.firm_id.offer(list(firms.items()))

    @staticmethod
    def values_of(adviser: Adviser) -> dict[str, Any]:
        """An adviser as the form shows them."""
        return _values_of(adviser, AdviserDraft)

    def draft(self) -> AdviserDraft:
        """The adviser as entered."""
        return AdviserDraft(**_entered(self, AdviserDraft))


class AssignmentForm(RecordForm[AssignmentDraft]):
    """One assignment of an adviser."""

    adviser_id = RecordField(words(Words("法律顾问", "Adviser")), required=True)
    target = TermField(_("服务对象"), AssignmentTarget)
    village_id = RecordField(_("村（社区）"), description=_("政府法律顾问不用选"))
    starts_on = DayField(_("开始日期"), required=True, description=_("当天起算在任"))
    ends_on = DayField(_("结束日期"), description=_("当天仍算在任；未定的留空"))
    additional = BooleanField(
        _("增配"), description=_("该村（社区）同时另有法律顾问的，勾选这一项")
    )
    renewal = BooleanField(_("续聘"), description=_("上一聘期届满后继续聘任的"))
    contract_signed_on = DayField(_("合同签订日期"))
    plate_put_up_on = DayField(_("公示牌上墙日期"))
    fee = WholeNumberField(_("年度服务费（元）"), description=_("整数元；无偿的填 0"))
    qualification_checked_on = DayField(_("资格审核日期"))
    screened_on = DayField(_("初步筛选日期"))
    appointed_on = DayField(_("聘任决定日期"))
    end_reason = LineField(
        _("结束原因"), 200, description=_("例如期满、辞任、解聘；须同时填写结束日期")
    )
    exception_reason = ExceptionReasonField()
    note = NoteField(_("备注"), 2000)

    def offer(
        self, session: Session, scope: Scope, assignment: AdviserAssignment | None = None
    ) -> None:
        """Give the form the office's advisers and villages, with the assignment's own."""
        self.exception_reason.open_to(scope)
        _offer_advisers(self.adviser_id, session, scope, assignment.adviser if assignment else None)
        _offer_villages(self.village_id, session, scope, assignment.village if assignment else None)

    @staticmethod
    def values_of(assignment: AdviserAssignment) -> dict[str, Any]:
        """An assignment as the form shows it."""
        return _values_of(assignment, AssignmentDraft)

    def draft(self) -> AssignmentDraft:
        """The assignment as entered."""
        return AssignmentDraft(**_entered(self, AssignmentDraft))


class HandoverForm(RecordForm[HandoverDraft]):
    """One adviser follows another: both assignments on one form."""

    last_day = DayField(
        _("现任最后一天"), required=True, description=_("当天仍由现任服务，次日起由接任者服务")
    )
    end_reason = LineField(
        _("交接原因"), 200, required=True, description=_("例如调离、辞任、期满改聘")
    )
    adviser_id = RecordField(_("接任的法律顾问"), required=True)
    ends_on = DayField(_("接任者结束日期"), description=_("未定的留空"))
    contract_signed_on = DayField(_("接任者合同签订日期"))
    fee = WholeNumberField(_("接任者年度服务费（元）"), description=_("整数元；无偿的填 0"))
    note = NoteField(_("备注"), 2000)

    def offer(self, session: Session, scope: Scope, assignment: AdviserAssignment) -> None:
        """Give the form the advisers who may follow: all but the one who serves."""
        advisers = queries.open_advisers(session, scope.for_writing)
        self.adviser_id.offer([(a.id, a.name) for a in advisers if a.id != assignment.adviser_id])

    @staticmethod
    def values_of(assignment: AdviserAssignment) -> dict[str, Any]:
        """What is known before: the day it ends, where it has one, and the fee."""
        return {
            "version": str(assignment.version),
            "last_day": assignment.ends_on,
            "fee": assignment.fee,
        }

    def draft(self) -> HandoverDraft:
        """The handover as entered."""
        return HandoverDraft(**_entered(self, HandoverDraft))


class VisitForm(DoubtingForm[VisitDraft]):
    """One entry of an adviser's log."""

    adviser_id = RecordField(words(Words("法律顾问", "Adviser")), required=True)
    held_on = DayField(_("服务日期"), required=True)
    village_id = RecordField(_("服务的村（社区）"), description=_("为乡镇（街道）政府服务的不选"))
    kind = TermField(_("服务内容"), VisitKind)
    mode = TermField(_("服务方式"), VisitMode)
    hours = DecimalNumberField(_("时长（小时）"), 0, 12, description=_("最多一位小数，例如 1.5"))
    matter = LineField(_("事项"), 200, required=True, description=_("例如：解答土地流转合同纠纷"))
    result = NoteField(_("结果"), 500)
    people_consulted = WholeNumberField(_("解答咨询人次"))
    attendees = WholeNumberField(_("讲座听讲人数"))
    opinions = WholeNumberField(_("出具法律意见（份）"), 0, 99_999)
    contracts_reviewed = WholeNumberField(_("审查合同（份）"), 0, 99_999)
    documents = WholeNumberField(_("代拟文书（份）"), 0, 99_999)
    mediations = WholeNumberField(_("参与调解（件）"), 0, 99_999)
    legal_aid_cases = WholeNumberField(_("引导法律援助（件）"), 0, 99_999)
    enterprises = WholeNumberField(_("法治体检企业（家）"), 0, 99_999)
    event_id = RecordField(
        _("对应的普法活动"), description=_("这次讲座同时登记为普法活动的，选上以免重复计数")
    )
    also_event = BooleanField(
        _("同时登记为普法活动"),
        description=_("按这次讲座的日期、村和听讲人数登记一场，两边各计一次，不会相加"),
    )
    exception_reason = ExceptionReasonField()
    note = NoteField(_("备注"), 2000)

    def offer(self, session: Session, scope: Scope, visit: AdviserVisit | None = None) -> None:
        """Give the form the office's advisers, villages and events, with the visit's own."""
        self.exception_reason.open_to(scope)
        _offer_advisers(self.adviser_id, session, scope, visit.adviser if visit else None)
        _offer_villages(self.village_id, session, scope, visit.village if visit else None)
        events = {
            event.id: _event_label(event)
            for event in queries.events_to_name(session, scope.home_office_id)
        }
        if visit is not None and visit.event is not None:
            events[visit.event.id] = _event_label(visit.event)
        self.event_id.offer(list(events.items()))

    @staticmethod
    def values_of(visit: AdviserVisit) -> dict[str, Any]:
        """A visit as the form shows it."""
        return _values_of(visit, VisitDraft)

    def draft(self) -> VisitDraft:
        """The visit as entered."""
        return VisitDraft(**_entered(self, VisitDraft))


def _event_label(event: OutreachEvent) -> str:
    return f"{event.starts_on.isoformat()} {event.title}"


class PersonForm(RecordForm[PersonDraft]):
    """One legal-literate person."""

    name = LineField(_("姓名"), 40, required=True)
    village_id = RecordField(_("村（社区）"), required=True)
    identity = TermField(_("身份类别"), PersonGroup)
    sex = TermField(_("性别"), Sex, required=False)
    phone = PhoneField(_("电话"))
    appointed_on = DayField(_("聘任日期"), required=True)
    certificate_number = LineField(_("证书编号"), 40)
    star_level = WholeNumberField(
        _("星级（0 到 5）"), 0, 5, description=_("以后以年度考评评定的星级为准")
    )
    adviser_id = RecordField(_("结对法律顾问"))
    villagers_group = LineField(_("村（居）民小组"), 40, description=_("例如：三组"))
    nominated = TermField(_("推荐方式"), NominationWay, required=False)
    assessed_on = DayField(_("考核日期"), description=_("不晚于聘任日期"))
    certificate_issued_on = DayField(_("证书颁发日期"))
    left_on = DayField(_("退出日期"), description=_("退出当天起不再计入在册人数"))
    leave_reason = LineField(_("退出原因"), 200)
    note = NoteField(_("备注"), 2000)

    def offer(
        self, session: Session, scope: Scope, person: LegalLiteratePerson | None = None
    ) -> None:
        """Give the form the office's villages and advisers, with the person's own."""
        _offer_villages(self.village_id, session, scope, person.village if person else None)
        _offer_advisers(self.adviser_id, session, scope, person.adviser if person else None)

    @staticmethod
    def values_of(person: LegalLiteratePerson) -> dict[str, Any]:
        """A person as the form shows them."""
        return {
            **_values_of(person, PersonDraft),
            "villagers_group": person.villagers_group or "",
        }

    def draft(self) -> PersonDraft:
        """The person as entered."""
        return PersonDraft(**_entered(self, PersonDraft))


class TrainingForm(RecordForm[TrainingDraft]):
    """One training of legal-literate persons."""

    title = LineField(_("培训名称"), 200, required=True)
    held_on = DayField(_("培训日期"), required=True)
    organiser = LineField(_("主办单位"), 100)
    headcount = HeadcountField(_("参训人次"), description=_("没有清点的写「约200」，记为估计"))
    count_basis = TermField(_("计数方式"), CountBasis)
    hours = DecimalNumberField(_("学时"), 0, 200)
    person_ids = RecordsField(
        _("参训人员"),
        description=_("点名到人；人次仍以上面的参训人次为准，不会相加"),
    )
    note = NoteField(_("备注"), 2000)

    def offer(
        self, session: Session, scope: Scope, training: LegalLiterateTraining | None = None
    ) -> None:
        """Give the form the office's persons, with those who took part."""
        offer_persons(self.person_ids, session, scope, present_at(training))

    @staticmethod
    def values_of(training: LegalLiterateTraining) -> dict[str, Any]:
        """A training as the form shows it."""
        names = [name for name in TrainingDraft.__dataclass_fields__ if name != "person_ids"]
        return {
            "version": str(training.version),
            **{name: getattr(training, name) for name in names},
            "person_ids": [trainee.person_id for trainee in training.attendees],
        }

    def draft(self) -> TrainingDraft:
        """The training as entered."""
        entered = _entered(self, TrainingDraft)
        return TrainingDraft(
            **{
                **entered,
                "count_basis": self.headcount.basis(entered["count_basis"]),
                "person_ids": tuple(entered["person_ids"] or ()),
            }
        )
