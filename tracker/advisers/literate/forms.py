"""The forms of services and yearly reviews: strings in, one draft out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from tracker.advisers.models import LegalLiteratePerson, LegalLiterateTraining
from tracker.kernel.fields import (
    DayField,
    LineField,
    NoteField,
    RecordField,
    RecordsField,
    TermField,
    WholeNumberField,
    YearField,
)
from tracker.kernel.forms import RecordForm
from tracker.kernel.scope import Scope

from .drafts import ReviewDraft, ServiceDraft
from .models import LiterateReview, LiterateService
from .queries import persons_to_choose
from .terms import LiterateServiceKind, ReviewResult

#: Fields that are folded away; a page opens the fold when one of them is wrong.
SELECTION_FIELDS = ("villagers_group", "nominated", "assessed_on", "certificate_issued_on")


class ServiceForm(RecordForm[ServiceDraft]):
    """One service of a legal-literate person."""

    person_id = RecordField(_("法律明白人"), required=True)
    held_on = DayField(_("服务日期"), required=True)
    kind = TermField(_("服务类别"), LiterateServiceKind)
    matter = LineField(_("服务事项"), 200, required=True, description=_("例如：调解邻里排水纠纷"))
    people = WholeNumberField(_("服务人次"))
    households = WholeNumberField(_("服务户数"))
    note = NoteField(_("备注"), 2000)

    def offer(self, session: Session, scope: Scope, service: LiterateService | None = None) -> None:
        """Give the form the office's persons, with the service's own."""
        offer_persons(self.person_id, session, scope, [service.person] if service else [])

    @staticmethod
    def values_of(service: LiterateService) -> dict[str, Any]:
        """A service as the form shows it."""
        names = ServiceDraft.__dataclass_fields__
        return {
            "version": str(service.version),
            **{name: getattr(service, name) for name in names},
        }

    def draft(self) -> ServiceDraft:
        """The service as entered."""
        return ServiceDraft(
            person_id=self.person_id.data,
            held_on=self.held_on.data,
            matter=self.matter.data or "",
            kind=self.kind.data,
            people=self.people.data,
            households=self.households.data,
            note=self.note.data or "",
        )


class ReviewForm(RecordForm[ReviewDraft]):
    """One year's review of a legal-literate person."""

    person_id = RecordField(_("法律明白人"), required=True)
    year = YearField(_("考评年度"))
    result = TermField(_("考评结果"), ReviewResult, description=_("不合格的仍在册，退出另行登记"))
    star = WholeNumberField(
        _("评定星级（0 到 5）"), 0, 5, description=_("没有评星的留空，沿用上一次的星级")
    )
    reviewed_on = DayField(_("考评日期"), required=True)
    note = NoteField(_("考评意见"), 2000)

    def offer(self, session: Session, scope: Scope, review: LiterateReview | None = None) -> None:
        """Give the form the office's persons, with the review's own."""
        offer_persons(self.person_id, session, scope, [review.person] if review else [])

    @staticmethod
    def values_of(review: LiterateReview) -> dict[str, Any]:
        """A review as the form shows it."""
        names = ReviewDraft.__dataclass_fields__
        return {"version": str(review.version), **{name: getattr(review, name) for name in names}}

    def draft(self) -> ReviewDraft:
        """The review as entered."""
        return ReviewDraft(
            person_id=self.person_id.data,
            year=self.year.data,
            reviewed_on=self.reviewed_on.data,
            result=self.result.data,
            star=self.star.data,
            note=self.note.data or "",
        )


def offer_persons(
    field: RecordField | RecordsField,
    session: Session,
    scope: Scope,
    also: Iterable[LegalLiteratePerson] = (),
) -> None:
    """Let a field choose among the office's persons, with those that are chosen already."""
    persons = _persons(session, scope, also)
    choices = [(each.id, each.full_name) for each in persons]
    if isinstance(field, RecordsField):
        field.offer(choices, {each.id: each.pinyin for each in persons})
    else:
        field.offer(choices)


def _persons(
    session: Session, scope: Scope, also: Iterable[LegalLiteratePerson]
) -> Sequence[LegalLiteratePerson]:
    persons = {each.id: each for each in persons_to_choose(session, scope)}
    persons.update({each.id: each for each in also})
    return list(persons.values())


def person_names(
    session: Session, scope: Scope, also: Iterable[LegalLiteratePerson] = ()
) -> list[tuple[int, str]]:
    """What rows may call the office's persons: the name with the village, the number, and the name
    alone, which of those on the register is meant before those who left."""
    persons = _persons(session, scope, also)
    names = [(each.id, each.full_name) for each in persons]
    names += [(each.id, each.number) for each in persons]
    on_register = Counter(each.name for each in persons if each.left_on is None)
    return names + [
        (each.id, each.name)
        for each in persons
        if each.left_on is None or not on_register[each.name]
    ]


class ServiceRowForm(ServiceForm):
    """One service, with its person called by name."""

    def offer(self, session: Session, scope: Scope, service: LiterateService | None = None) -> None:
        """Give the form the office's persons, with the service's own."""
        also = [service.person] if service else []
        self.person_id.offer(person_names(session, scope, also))


class ReviewRowForm(ReviewForm):
    """One review, with its person called by name."""

    def offer(self, session: Session, scope: Scope, review: LiterateReview | None = None) -> None:
        """Give the form the office's persons, with the review's own."""
        also = [review.person] if review else []
        self.person_id.offer(person_names(session, scope, also))


def present_at(training: LegalLiterateTraining | None) -> list[LegalLiteratePerson]:
    """Who is named as having taken part."""
    return [trainee.person for trainee in training.attendees] if training else []
