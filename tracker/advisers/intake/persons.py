"""How registers and trainings of legal-literate persons are taken in."""

from __future__ import annotations

from collections.abc import Hashable

from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from tracker.advisers import operations, register, said
from tracker.advisers.drafts import PersonDraft, TrainingDraft
from tracker.advisers.forms import PersonForm, TrainingForm
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
        .options(joinedload(person.village), joinedload(person.adviser))
    )


PERSONS = Intake(
    register=register.PERSONS,
    form_of=lambda _cells: PersonForm,
    fields={"number": "", "village": "village_id", "adviser": "adviser_id"},
    references={"village": VILLAGE, "adviser": ADVISER},
    said={"identity": said.PERSON_GROUPS},
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
        "appointed_on": "2023-06-01",
        "certificate_number": "",
        "star_level": "3",
        "left_on": "",
    },
)


def _training_key(training: TrainingDraft | LegalLiterateTraining) -> Hashable:
    return (training.title, training.held_on)


TRAININGS = Intake(
    register=register.TRAININGS,
    form_of=lambda _cells: TrainingForm,
    fields={"number": ""},
    defaults={"count_basis": CountBasis.NOT_RECORDED},
    bases={"headcount": "count_basis"},
    values_of=TrainingForm.values_of,
    create=operations.create_training,
    update=operations.update_training,
    existing=lambda scope: live(LegalLiterateTraining, scope),
    key=_training_key,
    key_of=_training_key,
    example={
        "title": "法律明白人培训班",
        "organiser": "镇司法所",
        "headcount": "60",
        "hours": "4",
    },
)
