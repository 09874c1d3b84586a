"""Certificates: numbers, terms, changes of status, and on which days they are valid."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.certification.support import a_certificate, a_term, an_officer, scope_of, turned
from tests.support.world import World, day
from tracker.certification import conditions
from tracker.certification.drafts import StatusDraft, TermDraft
from tracker.certification.models import Certificate, Officer
from tracker.certification.operations import certificates
from tracker.certification.queries.certificates import standings
from tracker.certification.terms import CertificateStatus, Standing
from tracker.kernel import clock
from tracker.kernel.errors import RuleBroken

HELD, VALID = CertificateStatus.HELD, CertificateStatus.VALID


def is_valid(world: World, certificate: Certificate, on: str) -> bool:
    """What the one condition says of a certificate and of its holder."""
    with world.reading() as session:
        itself = select(Certificate.id).where(
            Certificate.id == certificate.id, conditions.valid_on(day(on))
        )
        holder = select(Officer.id).where(
            Officer.id == certificate.officer_id, conditions.holds_valid_on(day(on))
        )
        found = session.scalar(itself) is not None
        assert (session.scalar(holder) is not None) is found
        return found


def add_term(world: World, certificate: Certificate, term: TermDraft) -> None:
    with world.writing() as session:
        certificates.add_term(session, scope_of(world), certificate.id, term, None, clock.today())


@pytest.mark.parametrize(
    ("on", "valid"),
    [
        ("2021-12-31", False),
        ("2022-01-01", True),
        ("2026-12-31", True),
        ("2027-01-01", False),
    ],
)
def test_a_term_covers_both_its_days(world: World, on: str, valid: bool):
    certificate = a_certificate(world, an_officer(world), a_term("2022-01-01", "2026-12-31"))

    assert is_valid(world, certificate, on) is valid


def test_between_two_terms_a_certificate_is_not_valid(world: World):
    certificate = a_certificate(
        world,
        an_officer(world),
        a_term("2019-01-01", "2023-12-31"),
        a_term("2024-03-01", "2029-02-28"),
    )

    assert is_valid(world, certificate, "2023-12-31")
    assert not is_valid(world, certificate, "2024-02-29")
    assert is_valid(world, certificate, "2024-03-01")


@pytest.mark.parametrize("status", [each for each in CertificateStatus if each is not VALID])
def test_whatever_puts_a_certificate_out_of_force_does_so_from_its_day(
    world: World, status: CertificateStatus
):
    certificate = a_certificate(world, an_officer(world))
    turned(world, certificate, status, "2024-05-01")

    assert is_valid(world, certificate, "2024-04-30")
    assert not is_valid(world, certificate, "2024-05-01")
    assert not is_valid(world, certificate, "2026-01-01")


def test_a_certificate_that_is_valid_again_is_valid_from_that_day(world: World):
    certificate = a_certificate(world, an_officer(world))
    turned(world, certificate, HELD, "2024-05-01")
    turned(world, certificate, VALID, "2024-08-01")

    assert not is_valid(world, certificate, "2024-07-31")
    assert is_valid(world, certificate, "2024-08-01")


def test_the_day_decides_and_not_the_order_of_entry(world: World):
    certificate = a_certificate(world, an_officer(world))
    turned(world, certificate, VALID, "2024-08-01")
    turned(world, certificate, HELD, "2024-05-01")

    assert not is_valid(world, certificate, "2024-07-31")
    assert is_valid(world, certificate, "2024-08-01")


def test_of_one_day_the_last_entry_decides(world: World):
    certificate = a_certificate(world, an_officer(world))
    turned(world, certificate, HELD, "2024-05-01")
    turned(world, certificate, VALID, "2024-05-01")
    assert is_valid(world, certificate, "2024-05-01")

    turned(world, certificate, CertificateStatus.LOST, "2024-05-01")
    assert not is_valid(world, certificate, "2024-05-01")


def test_a_voided_certificate_is_never_valid(world: World):
    certificate = a_certificate(world, an_officer(world))
    world.void(certificate)

    assert not is_valid(world, certificate, "2024-05-01")


def test_a_renewal_does_not_make_a_held_certificate_valid(world: World):
    certificate = a_certificate(world, an_officer(world), a_term("2019-06-01", "2024-05-31"))
    turned(world, certificate, HELD, "2024-01-01")
    add_term(world, certificate, a_term("2024-06-01", "2029-05-31"))

    assert not is_valid(world, certificate, "2024-06-01")


@pytest.mark.parametrize(
    "term",
    [
        a_term("2023-01-01", "2024-01-01"),
        a_term("2026-12-31", "2031-12-31", since="2026-12-31"),
        a_term("2020-01-01", "2022-01-01"),
        a_term("2020-01-01", "2030-01-01"),
    ],
)
def test_terms_of_one_certificate_share_no_day(world: World, term: TermDraft):
    certificate = a_certificate(world, an_officer(world), a_term("2022-01-01", "2026-12-31"))
    early = TermDraft(min(term.issued_on, clock.today()), term.valid_from, term.valid_to)

    with pytest.raises(RuleBroken, match="与已有的有效期 2022-01-01 至 2026-12-31 重叠"):
        add_term(world, certificate, early)


def test_a_term_may_follow_on_the_next_day(world: World):
    certificate = a_certificate(world, an_officer(world), a_term("2020-01-01", "2024-12-31"))

    add_term(world, certificate, a_term("2024-11-01", "2029-12-31", since="2025-01-01"))

    assert is_valid(world, certificate, "2025-01-01")


def test_a_term_can_be_corrected_over_its_own_days(world: World):
    certificate = a_certificate(world, an_officer(world), a_term("2022-01-01", "2026-12-31"))

    with world.writing() as session:
        certificates.update_term(
            session,
            scope_of(world),
            certificate.id,
            certificate.terms[0].id,
            a_term("2022-02-01", "2027-01-31"),
            None,
            clock.today(),
        )

    assert not is_valid(world, certificate, "2022-01-31")
    assert is_valid(world, certificate, "2027-01-31")


@pytest.mark.parametrize(
    ("term", "field"),
    [
        (a_term("2024-01-01", "2024-01-01"), "valid_to"),
        (a_term("2024-01-01", "2023-01-01"), "valid_to"),
        (a_term("2025-01-21", "2030-01-20"), "issued_on"),
        (TermDraft(date(2024, 6, 1), date(2020, 1, 1), date(2024, 5, 31)), "issued_on"),
    ],
)
def test_a_term_with_impossible_days_is_refused(world: World, term: TermDraft, field: str):
    officer = an_officer(world)

    with pytest.raises(RuleBroken) as refused:
        a_certificate(world, officer, term)

    assert refused.value.field == field


def test_the_only_term_cannot_be_removed(world: World):
    certificate = a_certificate(world, an_officer(world))

    with pytest.raises(RuleBroken, match="至少要有一期"), world.writing() as session:
        certificates.remove_term(session, scope_of(world), certificate.id, certificate.terms[0].id)


def test_a_change_of_status_that_was_a_mistake_can_be_corrected_and_removed(world: World):
    certificate = a_certificate(world, an_officer(world))
    change = turned(world, certificate, HELD, "2024-05-01").status_changes[0]

    with world.writing() as session:
        certificates.update_status(
            session,
            scope_of(world),
            certificate.id,
            change.id,
            StatusDraft(HELD, date(2024, 6, 1), "日期有误"),
            None,
            clock.today(),
        )
    assert is_valid(world, certificate, "2024-05-31")
    assert not is_valid(world, certificate, "2024-06-01")
    with world.writing() as session:
        certificates.remove_status(session, scope_of(world), certificate.id, change.id)

    assert is_valid(world, certificate, "2024-06-01")


@pytest.mark.parametrize("since", ["2025-01-21", "2021-12-31"])
def test_a_change_of_status_lies_between_the_issue_and_today(world: World, since: str):
    certificate = a_certificate(world, an_officer(world), a_term("2022-01-01", "2026-12-31"))

    with pytest.raises(RuleBroken) as refused:
        turned(world, certificate, HELD, since)

    assert refused.value.field == "since"


def test_a_number_is_given_once_within_an_office(world: World):
    officer, neighbour = an_officer(world), world.an_office()
    other = an_officer(world, "李四", office=neighbour)
    first = a_certificate(world, officer, number="湘18070001")

    with pytest.raises(RuleBroken, match="证件号 湘18070001 已登记"):
        a_certificate(world, officer, number="湘18070001")
    a_certificate(world, other, number="湘18070001", office=neighbour)

    world.void(first)
    second = a_certificate(world, officer, number="湘18070001")
    assert second.id != first.id
    with pytest.raises(RuleBroken, match="已登记"), world.writing() as session:
        certificates.restore_certificate(session, scope_of(world), first.id)


def test_the_holder_is_of_the_same_office(world: World):
    other = an_officer(world, "外人", office=world.an_office())

    with pytest.raises(RuleBroken) as refused:
        a_certificate(world, other)

    assert refused.value.field == "officer_id"


def test_every_live_certificate_has_one_standing(world: World):
    officer = an_officer(world)
    made = {
        Standing.VALID: a_certificate(world, officer, number="A"),
        Standing.ENDING: a_certificate(
            world, officer, a_term("2020-04-01", "2025-04-20"), number="B"
        ),
        Standing.OVERDUE: a_certificate(
            world, officer, a_term("2020-01-01", "2025-01-19"), number="C"
        ),
        Standing.SUSPENDED: turned(
            world, a_certificate(world, officer, number="D"), HELD, "2025-01-20"
        ),
        Standing.UPCOMING: a_certificate(
            world, officer, a_term("2025-01-10", "2030-01-31", since="2025-02-01"), number="E"
        ),
    }
    today = clock.today()

    with world.reading() as session:
        found = standings(session, list(made.values()), today, today + timedelta(days=90))

    assert found == {certificate.id: standing for standing, certificate in made.items()}
