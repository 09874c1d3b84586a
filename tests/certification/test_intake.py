"""Whole rows of the ledgers of certification: several steps of the pages in one row."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.certification.support import (
    FAILED,
    GENERAL,
    PASSED,
    SPECIAL,
    a_certificate,
    a_sitting,
    a_term,
    an_officer,
    registered,
    retaken,
    sat,
    scope_of,
    turned,
)
from tests.support.intakes import drafted, row_of
from tests.support.world import World, day
from tracker.certification.intake import CERTIFICATES, OFFICERS, RESULTS, TRAININGS
from tracker.certification.models import Certificate, ExamSitting
from tracker.certification.terms import CertificateStatus, Outcome, SittingPurpose
from tracker.kernel.errors import RuleBroken
from tracker.kernel.intake import Intake

TODAY = day("2025-01-20")
HELD, LOST, VALID = CertificateStatus.HELD, CertificateStatus.LOST, CertificateStatus.VALID


def made(world: World, session: Session, intake: Intake, **row: Any) -> Any:
    """What is made of a row."""
    draft = drafted(intake, session, scope_of(world), **row)
    record = intake.create(session, world.office_id, draft, TODAY)
    session.flush()
    session.expire(record)
    return record


def changed(world: World, intake: Intake, record: Any, **row: Any) -> Any:
    """The record after a row with some cells changed."""
    with world.writing() as session:
        found = session.get_one(type(record), record.id)
        draft = drafted(intake, session, scope_of(world), found, **row)
        intake.update(session, scope_of(world), found.id, draft, found.version, TODAY)
    with world.reading() as session:
        again = session.get_one(type(record), record.id, populate_existing=True)
        row_of(intake, again)
        return again


def refusal(world: World, intake: Intake, record: Any, **row: Any) -> RuleBroken:
    with pytest.raises(RuleBroken) as refused:
        changed(world, intake, record, **row)
    return refused.value


# ------------------------------------------------------------------------------- exam results


def a_result_row(officer: object, **row: Any) -> dict[str, Any]:
    return {"officer_id": getattr(officer, "id", None), "sitting": "资格考试", **row}


def test_a_row_registers_somebody_and_the_mark_decides(world: World):
    officer, _ = an_officer(world), a_sitting(world)
    with world.writing() as session:
        row = a_result_row(officer, general_score="59.5", special_score="60")
        registration = made(world, session, RESULTS, **row)
        read = row_of(RESULTS, registration)
    assert (read["general_result"], read["special_result"]) == (FAILED, PASSED)
    assert (read["general_score"], read["overall"]) == (Decimal("59.5"), FAILED)
    assert registration.version == 1


def test_a_row_without_results_leaves_them_open(world: World):
    officer, _ = an_officer(world), a_sitting(world)
    with world.writing() as session:
        registration = made(world, session, RESULTS, **a_result_row(officer))
        assert registration.overall is Outcome.PENDING
        assert [(r.part, r.attempt) for r in registration.results] == [(GENERAL, 0), (SPECIAL, 0)]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"general_score": "59", "general_result": PASSED}, "general_result"),
        ({"special_score": "70"}, "special_score"),
        ({"special_result": PASSED}, "special_result"),
        ({"registered_on": day("2024-06-01")}, "registered_on"),
    ],
)
def test_errors_stand_beside_their_cells(world: World, row: dict[str, Any], field: str):
    officer, _ = an_officer(world), a_sitting(world, special=None)
    with world.writing() as session, pytest.raises(RuleBroken) as refused:
        made(world, session, RESULTS, **a_result_row(officer, **row))
    assert refused.value.field == field


def test_nobody_is_registered_twice(world: World):
    officer, sitting = an_officer(world), a_sitting(world)
    registered(world, sitting, officer)
    with world.writing() as session, pytest.raises(RuleBroken) as refused:
        made(world, session, RESULTS, **a_result_row(officer))
    assert refused.value.field == "officer_id"


def test_an_exam_is_found_by_name_day_purpose_or_number(world: World):
    first, second = a_sitting(world, "2023-05-25"), a_sitting(world, "2024-05-25")
    renewal = a_sitting(world, "2024-05-25", purpose=SittingPurpose.RENEWAL)
    officer, scope = an_officer(world), scope_of(world)

    def found(**row: Any) -> int:
        with world.reading() as session:
            sitting: int = drafted(
                RESULTS, session, scope, **a_result_row(officer, **row)
            ).sitting_id
        return sitting

    assert found(held_on=day("2023-05-25")) == first.id
    assert found(held_on=day("2024-05-25"), purpose=SittingPurpose.QUALIFICATION) == second.id
    assert found(sitting=renewal.number) == renewal.id
    for row, field in (
        ({}, "held_on"),
        ({"held_on": day("2022-05-25")}, "sitting"),
        ({"sitting": "别的考试"}, "sitting"),
    ):
        with pytest.raises(RuleBroken) as refused:
            found(**row)
        assert refused.value.field == field


def test_a_row_never_makes_an_exam(world: World):
    """Its pass marks decide over the results, and no row tells them."""
    assert RESULTS.references.keys() == {"officer"}
    assert RESULTS.references["officer"].create is None


def test_a_row_with_the_first_result_changes_nothing_after_a_retake(world: World):
    officer, sitting = an_officer(world), a_sitting(world)
    sat(world, sitting, officer, 40, 70)
    registration = retaken(world, sitting, officer, 65, on="2024-07-01")
    again = changed(world, RESULTS, registration, general_score=Decimal(40), general_result=FAILED)
    assert [r.score for r in again.attempts(GENERAL)] == [40, 65]


def test_a_new_result_goes_to_the_latest_attempt(world: World):
    officer, sitting = an_officer(world), a_sitting(world)
    sat(world, sitting, officer, 40, 70)
    registration = retaken(world, sitting, officer, on="")
    again = changed(world, RESULTS, registration, general_score=Decimal(61), general_result=None)
    assert [r.score for r in again.attempts(GENERAL)] == [40, 61]
    assert again.overall is PASSED


def test_a_new_score_is_judged_again_unless_its_outcome_is_new_too(world: World):
    """Most ledgers have scores alone; their rows carry the outcome that was there."""
    officer, sitting = an_officer(world), a_sitting(world)
    registration = sat(world, sitting, officer, 40, Outcome.ABSENT)
    again = changed(
        world, RESULTS, registration, general_score=Decimal(65), special_score=Decimal(59)
    )
    assert [r.outcome for r in again.results] == [PASSED, FAILED]
    both = {"general_score": Decimal(30), "general_result": Outcome.ABSENT}
    assert refusal(world, RESULTS, registration, **both).field == "general_result"


def test_a_changed_result_shows_to_whoever_has_the_table_open(world: World):
    officer, sitting = an_officer(world), a_sitting(world)
    registration = sat(world, sitting, officer, 70, 70)

    def version() -> int:
        with world.reading() as session:
            return session.get_one(ExamSitting, sitting.id, populate_existing=True).version

    before = version()
    changed(world, RESULTS, registration, eligibility_note="县司法局审核通过")
    assert version() == before
    changed(world, RESULTS, registration, general_score=Decimal(80))
    assert version() == before + 1


def test_who_is_registered_for_what_does_not_change(world: World):
    officer, sitting = an_officer(world), a_sitting(world)
    a_sitting(world, "2023-05-25", "另一场")
    registration = registered(world, sitting, officer)
    other = an_officer(world, "李四")
    assert refusal(world, RESULTS, registration, officer_id=other.id).field == "officer_id"
    moved = refusal(world, RESULTS, registration, sitting="另一场", held_on=None)
    assert moved.field == "sitting"


def test_people_of_one_name_may_be_called_by_their_stations(world: World):
    first, second = (an_officer(world, station=station) for station in ("农业站", "林业站"))
    alone = an_officer(world, "李四", station="农业站")
    with world.reading() as session:
        offered = RESULTS.form(session, scope_of(world))["officer_id"].offered
    assert {(str(o.id), name) for o in (first, second) for name in ("张三", o.full_name)} | {
        (str(alone.id), "李四")
    } == set(offered)


def test_results_of_a_voided_exam_are_not_looked_through(world: World):
    officer, sitting = an_officer(world), a_sitting(world)
    registered(world, sitting, officer)
    world.void(sitting)
    with world.reading() as session:
        assert session.scalars(RESULTS.existing(scope_of(world))).all() == []


# ------------------------------------------------------------------------------- certificates


def terms_of(certificate: Certificate) -> list[tuple[str, str]]:
    return [(str(t.valid_from), str(t.valid_to)) for t in certificate.terms]


def changes_of(certificate: Certificate) -> list[tuple[CertificateStatus, str]]:
    return [(c.status, c.reason) for c in certificate.status_changes]


def test_a_row_makes_a_certificate_with_its_term_and_its_change(world: World):
    officer = an_officer(world)
    with world.writing() as session:
        certificate = made(
            world,
            session,
            CERTIFICATES,
            officer_id=officer.id,
            certificate_number="１８ 0701",
            issued_on=day("2024-01-10"),
            valid_to=day("2029-01-09"),
            change=HELD,
            since=day("2024-06-01"),
            reason="违规执法",
        )
        assert certificate.certificate_number == "180701"
        assert terms_of(certificate) == [("2024-01-10", "2029-01-09")]
        assert changes_of(certificate) == [(HELD, "违规执法")]
        assert certificate.version == 1


def test_a_later_term_is_a_renewal(world: World):
    certificate = a_certificate(world, an_officer(world), a_term("2019-01-01", "2023-12-31"))
    again = changed(
        world,
        CERTIFICATES,
        certificate,
        issued_on=day("2024-01-01"),
        valid_from=None,
        valid_to=day("2028-12-31"),
    )
    assert terms_of(again) == [("2019-01-01", "2023-12-31"), ("2024-01-01", "2028-12-31")]


def test_an_overlapping_term_is_a_correction_of_the_latest(world: World):
    terms = a_term("2019-01-01", "2023-12-31"), a_term("2024-01-01", "2028-12-31")
    certificate = a_certificate(world, an_officer(world), *terms)
    again = changed(world, CERTIFICATES, certificate, valid_to=day("2029-12-31"))
    assert terms_of(again) == [("2019-01-01", "2023-12-31"), ("2024-01-01", "2029-12-31")]


def test_an_earlier_term_is_refused(world: World):
    """An old ledger must not look as if it had been taken in."""
    terms = a_term("2019-01-01", "2023-12-31"), a_term("2024-01-01", "2028-12-31")
    certificate = a_certificate(world, an_officer(world), *terms)
    old = {"issued_on": day("2019-01-01"), "valid_from": None, "valid_to": day("2023-12-31")}
    assert refusal(world, CERTIFICATES, certificate, **old).field == "valid_to"
    with world.reading() as session:
        again = session.get_one(Certificate, certificate.id, populate_existing=True)
        assert terms_of(again)[-1] == ("2024-01-01", "2028-12-31")


def test_a_change_of_a_later_day_is_added_and_any_other_corrects(world: World):
    certificate = a_certificate(world, an_officer(world))
    turned(world, certificate, HELD, "2024-03-01")
    added = {"change": VALID, "since": day("2024-06-01"), "reason": "期满发还"}
    again = changed(world, CERTIFICATES, certificate, **added)
    assert [status for status, _ in changes_of(again)] == [HELD, VALID]
    again = changed(world, CERTIFICATES, certificate, reason="期满")
    assert changes_of(again)[-1] == (VALID, "期满")
    again = changed(world, CERTIFICATES, certificate, change=LOST)
    assert changes_of(again)[-1] == (LOST, "期满")
    earlier = {"change": HELD, "since": day("2024-03-01"), "reason": "另有原因"}
    assert refusal(world, CERTIFICATES, certificate, **earlier).field == "since"
    none = {"change": None, "since": None, "reason": ""}
    assert refusal(world, CERTIFICATES, certificate, **none).field == "change"


def test_emptied_cells_take_back_the_only_change(world: World):
    """So that taking an import back leaves nothing of it."""
    certificate = a_certificate(world, an_officer(world))
    turned(world, certificate, HELD, "2024-03-01")
    none = {"change": None, "since": None, "reason": ""}
    assert changes_of(changed(world, CERTIFICATES, certificate, **none)) == []


@pytest.mark.parametrize("missing", ["change", "since", "reason"])
def test_half_a_change_is_refused(world: World, missing: str):
    certificate = a_certificate(world, an_officer(world))
    row = {"change": HELD, "since": day("2024-03-01"), "reason": "违规执法", missing: None}
    assert refusal(world, CERTIFICATES, certificate, **row).field == missing


# --------------------------------------------------------------------------- officers, trainings


def test_an_officer_at_another_station_is_another_and_likely_the_same(world: World):
    first, second = (an_officer(world, station=station) for station in ("农业站", "林业站"))
    assert OFFICERS.alike_of is not None
    assert OFFICERS.key_of(first) != OFFICERS.key_of(second)
    assert OFFICERS.alike_of(first) == OFFICERS.alike_of(second)


def test_a_training_is_taken_in_with_those_who_took_part(world: World):
    officers = [an_officer(world, name) for name in ("张三", "李四")]
    with world.writing() as session:
        training = made(
            world,
            session,
            TRAININGS,
            title="行政处罚法培训",
            held_on=day("2024-05-06"),
            hours="8",
            officer_ids=[officer.id for officer in officers],
        )
        assert row_of(TRAININGS, training)["attendances"] == 2
