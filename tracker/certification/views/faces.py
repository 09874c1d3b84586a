"""证面信息: what stands on certificates' faces, one as a card and all as a list on A4."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from tracker.accounts.viewer import viewer
from tracker.certification.models import Certificate
from tracker.certification.queries.certificates import faces_of
from tracker.evidence.queries import latest_pictures
from tracker.evidence.terms import EvidenceKind
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.i18n import say
from tracker.kernel.web import page

from .shared import TONES, bp, standing_label, standings_of

#: No office prints more; a county's list is read by township.
_MOST = 1000


@bp.get("/certificates/faces")
def certificate_faces() -> Any:
    """Every certificate that is not voided with what stands on its face, by holder."""
    session = db.session()
    found = session.scalars(faces_of(viewer().scope).limit(_MOST + 1)).all()
    listed = found[:_MOST]
    standings = standings_of(listed)
    rows = []
    photos = photos_of(session, listed)
    for each in listed:
        standing = standings.get(each.id)
        label = standing_label(each, standing)
        rows.append(
            {
                "certificate": each,
                "photo": photos.get(each.id, ""),
                "url": url_for(".certificate", record_id=each.id),
                "standing": say(label) if label else "",
                "tone": TONES[standing] if standing else "",
                "office": viewer().office_names.get(each.office_id, ""),
            }
        )
    return page(
        "certification/faces.html",
        rows=rows,
        today=clock.today(),
        more=len(found) > _MOST,
        offices=len(viewer().office_names) > 1,
    )


def photos_of(session: Session, certificates: Iterable[Certificate]) -> dict[int, str]:
    """The address of each certificate's face photo: the latest picture among its evidence that is
    marked 照片. A copy of the card is none."""
    ids = [each.id for each in certificates]
    found = latest_pictures(session, Certificate, ids, EvidenceKind.PHOTO) if ids else {}
    return {key: url_for("evidence.thumbnail", record_id=file.id) for key, file in found.items()}


def add_photo_url(certificate: Certificate) -> str:
    """Where a face photo is put on a certificate."""
    return url_for(
        "evidence.new",
        record_type=Certificate.__tablename__,
        record_id=certificate.id,
        kind=EvidenceKind.PHOTO.value,
    )
