"""What was entered in this domain by an exception, with the rule it breaks today."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from tracker.kernel.exceptions import Excepted
from tracker.kernel.scope import Scope

from .operations.pass_rules import missing_pass
from .queries.certificates import excepted_certificates
from .register import CERTIFICATES


def excepted(session: Session, scope: Scope) -> Iterator[Excepted]:
    """Certificates entered without the passes the rule asks for; voided ones are left out."""
    for certificate in session.scalars(excepted_certificates(scope)).all():
        missing = missing_pass(session, certificate)
        yield Excepted(
            CERTIFICATES.label,
            certificate,
            f"{certificate.officer.name} {certificate.certificate_number}",
            CERTIFICATES.path.format(id=certificate.id),
            (missing,) if missing is not None else (),
        )
