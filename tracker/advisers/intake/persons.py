"""How registers and trainings of legal-literate persons are taken in."""

from __future__ import annotations

from collections.abc import Hashable

from sqlalchemy import Select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.advisers import operations, said
from tracker.advisers.drafts import PersonDraft, TrainingDraft
from tracker.advisers.forms import PersonForm, TrainingForm
from tracker.advisers.literate import register
from tracker.advisers.literate.forms import person_names, present_at
from tracker.advisers.literate.intake import NOMINATIONS, TRAINEE
from tracker.advisers.models import LegalLiteratePerson, LegalLiterateTraining
from tracker.kernel.headcount import CountBasis
from tracker.kernel.intake import Intake, undated
from tracker.kernel.records import live
from tracker.kernel.scope import Scope
from tracker.offices.intake import VILLAGE

from .advisers import ADVISER


def _person_key(person: PersonDraft | LegalLiteratePerson) -> Hashable:
    """Two people of one name in a village are told apart by their phones."""
    return (person.village_id, person.name, person.phone)


def _person_alike(person: PersonDraft | LegalLiteratePerson) -> Hashable:
    return (person.village_id, person.name)


def _persons(scope: Scope) -> Select[tuple[LegalLiteratePerson]]:
    """Those on the register come first: of somebody who came back, they are the one meant."""
    person = LegalLiteratePerson
    return (
        live(person, scope)
        .order_by(person.left_on.is_not(None), person.appointed_on.desc(), person.id)
        .options(
            joinedload(person.village),
            joinedload(person.adviser),
            selectinload(person.reviews),
        )
    )


PERSONS = Intake(
    register=register.PERSONS,
    form_of=lambda _cells: PersonForm,
    fields={
        "number": "",
        "village": "village_id",
        "adviser": "adviser_id",
        "current_star": "",
    },
    references={"village": VILLAGE, "adviser": ADVISER},
    said={"identity": said.PERSON_GROUPS, "nominated": NOMINATIONS},
    values_of=PersonForm.values_of,
    create=undated(operations.create_person),
    update=undated(operations.update_person),
    existing=_persons,
    key=_person_key,
    key_of=_person_key,
    alike=_person_alike,
    alike_of=_person_alike,
    example={
        "name": "王明白",
        "phone": "13900000000",
        "villagers_group": "三组",
        "assessed_on": "2023-05-20",
        "appointed_on": "2023-06-01",
        "certificate_number": "",
        "certificate_issued_on": "",
        "star_level": "3",
        "left_on": "",
    },
)


class TrainingRowForm(TrainingForm):
    """One training with the names of who took part."""

    def offer(
        self, session: Session, scope: Scope, training: LegalLiterateTraining | None = None
    ) -> None:
        """Give the form the office's persons, with those who took part."""
        self.person_ids.offer(person_names(session, scope, present_at(training)))


def _training_key(training: TrainingDraft | LegalLiterateTraining) -> Hashable:
    return (training.title, training.held_on)


TRAININGS = Intake(
    register=register.TRAININGS,
    form_of=lambda _cells: TrainingRowForm,
    fields={"number": "", "persons": "person_ids"},
    references={"persons": TRAINEE},
    defaults={"count_basis": CountBasis.NOT_RECORDED},
    bases={"headcount": "count_basis"},
    values_of=TrainingForm.values_of,
    create=operations.create_training,
    update=operations.update_training,
    existing=lambda scope: live(LegalLiterateTraining, scope).options(
        selectinload(LegalLiterateTraining.attendees)
    ),
    key=_training_key,
    key_of=_training_key,
    example={
        "title": "法律明白人培训班",
        "organiser": "镇司法所",
        "headcount": "60",
        "hours": "4",
        "persons": "",
    },
)
