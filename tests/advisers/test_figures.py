"""The figures of advisers against a plain reading of the same records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.advisers.support import (
    a_person,
    a_training,
    a_visit,
    an_adviser,
    an_assignment,
)
from tests.support.world import World
from tracker.advisers import figures, operations
from tracker.advisers.figures import serving as serving_figures
from tracker.advisers.models import Adviser, AdviserAssignment
from tracker.advisers.terms import AdviserIdentity, VisitKind
from tracker.figures import members, reading
from tracker.figures.members import OTHERWISE
from tracker.kernel.errors import RuleBroken
from tracker.kernel.figure import Ratio
from tracker.kernel.headcount import CountBasis
from tracker.offices import operations as offices
from tracker.offices.drafts import VillageDraft
from tracker.offices.models import Village

LAST_DAY = date(2024, 12, 31)
PROMISED = {
    "advisers.villages_covered",
    "advisers.village_coverage",
    "advisers.serving",
    "advisers.lawyer_share",
    "advisers.government_counsel",
    "advisers.visits",
    "advisers.village_visits",
    "advisers.lectures",
    "advisers.consultations",
    "advisers.opinions",
    "advisers.contracts_reviewed",
    "advisers.mediations",
    "advisers.documents",
    "advisers.legal_aid",
    "advisers.enterprises",
    "advisers.legal_literate_persons",
    "advisers.legal_literate_villages",
    "advisers.legal_literate_trained",
    "advisers.legal_literate_trainings",
}

pytestmark = pytest.mark.usefixtures("session")


def close(world: World, session: Session, village: Village, on: date) -> None:
    """The village is merged away."""
    draft = VillageDraft(name=village.name, kind=village.kind, closed_on=on)
    offices.update_village(session, world.scope(), village.id, draft, None)


def test_the_figures_promised_are_there() -> None:
    assert {figure.key for figure in figures.ALL} >= PROMISED
    assert all(figure.key.startswith("advisers.") for figure in figures.ALL)


def test_a_village_counts_on_the_last_day_only_if_somebody_serves_on_it(world: World) -> None:
    until_the_end, too_short, too_late = world.a_village(), world.a_village(), world.a_village()
    adviser = an_adviser(world)
    an_assignment(world, adviser, until_the_end, "2024-03-01", LAST_DAY)
    an_assignment(world, adviser, too_short, "2024-03-01", LAST_DAY - timedelta(days=1))
    an_assignment(world, adviser, too_late, LAST_DAY + timedelta(days=1))

    assert world.value("advisers.villages_covered") == 1
    assert world.value("advisers.village_coverage") == Decimal("0.3333")
    assert world.value("advisers.serving") == 1
    assert world.value("advisers.assignments") == 1
    assert set(world.reasons("advisers.villages_covered").values()) == {"期末没有在任的法律顾问"}


def test_without_villages_the_coverage_cannot_be_said(world: World) -> None:
    assert world.value("advisers.village_coverage") is None
    assert world.value("advisers.lawyer_share") is None


def test_an_adviser_of_several_villages_is_one_adviser(world: World) -> None:
    adviser = an_adviser(world)
    for _ in range(3):
        an_assignment(world, adviser, world.a_village())

    assert world.value("advisers.serving") == 1
    assert world.value("advisers.villages_covered") == 3
    assert world.value("advisers.assignments") == 3


def test_a_merged_village_is_covered_no_more(world: World, session: Session) -> None:
    village = world.a_village()
    an_assignment(world, an_adviser(world), village)
    close(world, session, village, date(2024, 7, 1))

    assert world.value("advisers.villages_covered") == 0
    assert world.value("advisers.serving") == 0
    assert world.reasons("advisers.villages_covered") == {village.name: "期末前已撤并"}
    assert world.reasons("advisers.assignments") == {"张律师": "该村（社区）期末前已撤并"}


def test_counsel_of_the_township_is_counted_apart(world: World) -> None:
    world.a_village()
    counsel = an_adviser(world, "李顾问")
    an_assignment(world, counsel, None, fee=50_000)

    assert world.value("advisers.government_counsel") == 1
    assert world.value("advisers.serving") == 0
    assert world.value("advisers.fees") == 50_000
    assert world.reasons("advisers.serving") == {"李顾问": "期末未在任"}
    assert world.reasons("advisers.assignments") == {"李顾问": "为政府法律顾问"}


def test_government_lawyers_are_no_lawyers_in_the_lawyers_share(world: World) -> None:
    for name, identity in (
        ("张三", AdviserIdentity.LAWYER),
        ("李四", AdviserIdentity.PUBLIC_LAWYER),
        ("王五", AdviserIdentity.LEGAL_SERVICE_WORKER),
        ("赵六", AdviserIdentity.LAWYER),
    ):
        an_assignment(world, an_adviser(world, name, identity=identity), world.a_village())
    an_adviser(world, "未任")

    assert world.value("advisers.lawyer_share") == Decimal("0.5")
    assert world.phrase("advisers.lawyer_share") == "50%"
    assert world.reasons("advisers.lawyer_share") == {
        "李四": "身份不是律师",
        "王五": "身份不是律师",
        "未任": "期末未在任",
    }


def test_a_voided_adviser_serves_nobody(world: World) -> None:
    village, adviser = world.a_village(), an_adviser(world)
    an_assignment(world, adviser, village)
    world.void(adviser)

    assert world.value("advisers.villages_covered") == 0
    assert world.value("advisers.serving") == 0
    assert world.reasons("advisers.serving") == {"张律师": "已作废"}
    assert world.reasons("advisers.fees") == {"张律师": "期末未在任"}


def test_visits_are_counted_by_what_they_brought(world: World) -> None:
    adviser, village = an_adviser(world), world.a_village("架桥村")
    a_visit(world, adviser, village, people_consulted=58, opinions=2, mediations=1)
    a_visit(world, adviser, village, "2024-12-31", "讲座", kind=VisitKind.LECTURE, attendees=60)
    a_visit(world, adviser, None, "2024-01-01", "合同", people_consulted=65, contracts_reviewed=3)
    a_visit(world, adviser, None, "2024-02-01", "决策", kind=VisitKind.DECISION, documents=0)
    a_visit(world, adviser, village, "2023-12-31", "去年", people_consulted=1000)
    world.void(a_visit(world, adviser, village, matter="误登", people_consulted=1000))

    read = {
        key: world.value(f"advisers.{key}")
        for key in (
            "visits",
            "village_visits",
            "lectures",
            "consultations",
            "opinions",
            "contracts_reviewed",
            "mediations",
            "documents",
            "legal_aid",
            "enterprises",
            "decisions",
        )
    }

    assert read == {
        "visits": 4,
        "village_visits": 2,
        "lectures": 1,
        "consultations": 123,
        "opinions": 2,
        "contracts_reviewed": 3,
        "mediations": 1,
        "documents": 0,
        "legal_aid": 0,
        "enterprises": 0,
        "decisions": 1,
    }
    assert world.phrase("advisers.consultations") == "120多人次"
    assert world.phrase("advisers.opinions") == "2份"
    assert world.reading_of("advisers.consultations").previous == 1000
    assert world.reasons("advisers.consultations") == {
        "讲座": "没有填写这一项",
        "决策": "没有填写这一项",
        "去年": "不在本年度",
        "误登": "已作废",
    }
    assert world.reasons("advisers.village_visits")["合同"] == "为乡镇（街道）政府服务"
    assert world.reasons("advisers.lectures")["合同"] == "服务内容不是「法治讲座」"


def test_visits_to_no_village_are_the_townships(world: World, session: Session) -> None:
    adviser, village = an_adviser(world), world.a_village("架桥村")
    a_visit(world, adviser, village)
    a_visit(world, adviser, None)
    a_visit(world, adviser, None, "2024-06-01")
    visits = next(f for f in figures.ALL if f.key == "advisers.visits")
    dimensions = members.dimensions_of(visits)

    def parts(key: str) -> dict[str, object]:
        found = members.break_down(
            session, visits, world.scope(), world.period(2024), dimensions[key]
        )
        return {part.label.zh: part.value for part in found.parts if part.value}

    assert parts("village") == {"架桥村": 1, "乡镇（街道）本级": 2}
    assert parts("adviser") == {"张律师": 3}
    assert parts("identity") == {"律师": 3}
    assert parts("month") == {"5月": 2, "6月": 1}
    assert parts("kind") == {"法律咨询": 3}


def test_a_lecture_that_was_an_event_counts_once_on_either_side(world: World) -> None:
    event = world.an_event(headcount=80)
    a_visit(
        world,
        an_adviser(world),
        kind=VisitKind.LECTURE,
        event_id=event.id,
        attendees=80,
        people_consulted=12,
    )

    assert world.value("outreach.events") == 1
    assert world.value("advisers.lectures") == 1
    assert world.value("outreach.person_times") == 80
    assert world.value("advisers.consultations") == 12


def test_the_register_is_read_on_the_last_day(world: World) -> None:
    village, other = world.a_village(), world.a_village("空村")
    a_person(world, village, "在册", LAST_DAY)
    a_person(world, village, "次日", LAST_DAY + timedelta(days=1))
    a_person(world, village, "当日退出", left_on=LAST_DAY, leave_reason="本人申请")
    a_person(world, village, "次日退出", left_on="2025-01-01", leave_reason="本人申请")
    world.void(a_person(world, village, "误登"))

    assert world.value("advisers.legal_literate_persons") == 2
    assert world.value("advisers.legal_literate_villages") == 1
    assert world.reasons("advisers.legal_literate_persons") == {
        "次日": "期末尚未聘任",
        "当日退出": "期末前已退出",
        "误登": "已作废",
    }
    assert world.reasons("advisers.legal_literate_villages") == {
        other.name: "期末没有在册的法律明白人"
    }


def test_heads_trained_carry_how_they_were_counted(world: World) -> None:
    a_training(world, headcount=36)
    a_training(world, "第二期", "2024-11-01", headcount=75, count_basis=CountBasis.ESTIMATED)
    a_training(world, "未登记")

    read = world.reading_of("advisers.legal_literate_trained")

    assert (read.value, read.phrase.zh, read.records) == (111, "110多人次", 2)
    assert read.count_basis == {
        "signed_in": 36,
        "counted": 0,
        "estimated": 75,
        "not_recorded": 1,
    }
    assert world.value("advisers.legal_literate_trainings") == 3
    assert world.reasons("advisers.legal_literate_trained") == {"未登记": "未登记参训人次"}


def test_another_offices_records_never_count(world: World) -> None:
    neighbour = world.an_office()
    village = world.a_village(office=neighbour)
    adviser = an_adviser(world, office=neighbour)
    an_assignment(world, adviser, village)
    a_visit(world, adviser, village, people_consulted=5)
    a_person(world, village)

    ours = world.readings()
    theirs = world.readings(scope=world.scope(neighbour))

    assert all(not ours[f.key].value for f in figures.ALL)
    assert theirs["advisers.villages_covered"].value == 1
    assert theirs["advisers.consultations"].value == 5


# --- against a plain reading ----------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """One attempt to assign, in days from the last day of the year."""

    adviser: int
    village: int | None
    begins: int
    lasts: int | None
    additional: bool
    voided: bool

    @property
    def starts_on(self) -> date:
        return LAST_DAY + timedelta(days=self.begins)

    @property
    def ends_on(self) -> date | None:
        return None if self.lasts is None else self.starts_on + timedelta(days=self.lasts)


PLANS = st.lists(
    st.builds(
        Plan,
        adviser=st.integers(0, 3),
        village=st.none() | st.integers(0, 2),
        begins=st.integers(-3, 1),
        lasts=st.none() | st.integers(0, 3),
        additional=st.booleans(),
        voided=st.booleans(),
    ),
    max_size=9,
)
IDENTITIES = (
    AdviserIdentity.LAWYER,
    AdviserIdentity.LAWYER,
    AdviserIdentity.PUBLIC_LAWYER,
    AdviserIdentity.OTHER,
)


def days_of(plan: Plan) -> set[date]:
    """Every day of service within the span that the plans move in."""
    last = plan.ends_on or LAST_DAY + timedelta(days=40)
    return {plan.starts_on + timedelta(days=n) for n in range((last - plan.starts_on).days + 1)}


@given(plans=PLANS, voided_adviser=st.none() | st.integers(0, 3), closed=st.booleans())
def test_who_serves_agrees_with_a_plain_reading(
    world: World, session: Session, plans: list[Plan], voided_adviser: int | None, closed: bool
) -> None:
    undo = session.begin_nested()
    try:
        _compare(world, session, plans, voided_adviser, closed=closed)
    finally:
        undo.rollback()
        session.expunge_all()


def _compare(
    world: World, session: Session, plans: list[Plan], voided_adviser: int | None, *, closed: bool
) -> None:
    villages = [world.a_village() for _ in range(3)]
    advisers: list[Adviser] = [
        an_adviser(world, f"顾问{n}", identity=identity) for n, identity in enumerate(IDENTITIES)
    ]
    serving: list[tuple[Plan, AdviserAssignment]] = []
    voided: list[tuple[int, Plan, AdviserAssignment]] = []
    for plan in plans:
        # The entry that comes later must be additional; here that is always the new one.
        refused = not plan.additional and any(
            plan.village is not None
            and before.village == plan.village
            and days_of(before) & days_of(plan)
            for before, _ in serving
        )
        village = None if plan.village is None else villages[plan.village]
        draft = {"additional": plan.additional}
        adviser = advisers[plan.adviser]
        if refused:
            with pytest.raises(RuleBroken):
                an_assignment(world, adviser, village, plan.starts_on, plan.ends_on, **draft)
            continue
        made = an_assignment(world, adviser, village, plan.starts_on, plan.ends_on, **draft)
        if plan.voided:
            world.void(made)
            voided.append((made.id, plan, made))
        else:
            serving.append((plan, made))
    for number, plan, made in voided:
        refused = any(
            plan.village is not None
            and other.village == plan.village
            and days_of(other) & days_of(plan)
            and not (other if record.id > number else plan).additional
            for other, record in serving
        )
        if refused:
            with pytest.raises(RuleBroken):
                operations.restore_assignment(session, world.scope(), made.id)
        else:
            operations.restore_assignment(session, world.scope(), made.id)
            serving.append((plan, made))
    if voided_adviser is not None:
        world.void(advisers[voided_adviser])
    if closed:
        close(world, session, villages[0], LAST_DAY)

    there = {1, 2} if closed else {0, 1, 2}
    on_duty = [
        plan for plan, _ in serving if LAST_DAY in days_of(plan) and plan.adviser != voided_adviser
    ]
    covered = {plan.village for plan in on_duty if plan.village in there}
    persons = {plan.adviser for plan in on_duty if plan.village in there}
    lawyers = {n for n in persons if IDENTITIES[n] is AdviserIdentity.LAWYER}
    read = reading.read(session, figures.ALL, world.scope(), world.period(2024))

    assert read["advisers.villages_covered"].value == len(covered)
    assert read["advisers.village_coverage"].value == round(Decimal(len(covered)) / len(there), 4)
    assert read["advisers.serving"].value == len(persons)
    assert read["advisers.lawyer_share"].value == (
        round(Decimal(len(lawyers)) / len(persons), 4) if persons else None
    )
    assert read["advisers.government_counsel"].value == len(
        {plan.adviser for plan in on_duty if plan.village is None}
    )
    assert read["advisers.assignments"].value == len(
        [plan for plan in on_duty if plan.village in there]
    )
    for figure in serving_figures.ALL:
        counted = members.members(session, figure, world.scope(), world.period(2024))
        omitted = members.left_out(session, figure, world.scope(), world.period(2024))
        source = members.plain_figure(figure).source
        assert {m.id for m in counted}.isdisjoint(m.id for m in omitted)
        assert all(m.reason is not OTHERWISE for m in omitted), (figure.key, source.key)
        if not isinstance(figure, Ratio):
            assert sum(m.weight for m in counted) == read[figure.key].value
        if source.key == "advisers.advisers":
            assert len(counted) + len(omitted) == len(advisers)
