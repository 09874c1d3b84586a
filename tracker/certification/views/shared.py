"""What the pages of certification do alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.accounts.viewer import viewer
from tracker.certification.models import Certificate
from tracker.certification.queries.certificates import standings
from tracker.certification.register import CERTIFICATES
from tracker.certification.terms import ENDING_DAYS, Standing
from tracker.kernel import clock
from tracker.kernel.db import db, write_tx
from tracker.kernel.errors import RuleBroken
from tracker.kernel.forms import PlainForm
from tracker.kernel.i18n import say
from tracker.kernel.register import Column
from tracker.kernel.scope import Scope
from tracker.kernel.tables import table
from tracker.kernel.web import done
from tracker.kernel.words import Words

bp = Blueprint("certification", __name__, url_prefix="/certification")

LARGEST = 2_147_483_647
RESTORED = Words("已撤销作废。", "The void was taken back.")
_STANDING = Words("状况", "Standing")

TONES = {
    Standing.VALID: "success",
    Standing.ENDING: "warning",
    Standing.OVERDUE: "danger",
    Standing.SUSPENDED: "muted",
    Standing.UPCOMING: "info",
}


def carried_out(
    write: Callable[[Session, Scope], Any], back: str, message: Words, undo_url: str = ""
) -> Response:
    """Run an operation for a button without entries, and say what was done or why not."""
    PlainForm().is_sent_well()
    try:
        with write_tx(viewer().actor) as session:
            write(session, viewer().scope)
    except RuleBroken as error:
        flash(say(error.message), "danger")
        return redirect(back, code=303)
    return done(back, message, undo_url=undo_url)


def standings_of(certificates: Sequence[Certificate]) -> dict[int, Standing]:
    """How certificates stand today, by id."""
    today = clock.today()
    soon = today + timedelta(days=ENDING_DAYS)
    return standings(db.session(), certificates, today, soon)


def standing_label(certificate: Certificate, standing: Standing | None) -> Words | None:
    """How a certificate stands, in words: the change of status itself where one put it out of
    force."""
    if standing is None:
        return None
    change = certificate.latest_change
    if standing is Standing.SUSPENDED and change is not None:
        return change.status.label
    return standing.label


def certificate_table(
    certificates: Sequence[Certificate], left_out: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Certificates with how each stands today; those that need something stand out."""
    found = standings_of(certificates)
    columns = (
        *(column for column in CERTIFICATES.list_columns if column.key not in left_out),
        Column("standing", _STANDING, lambda c: standing_label(c, found.get(c.id)), "term"),
    )
    shown = table(columns, certificates, lambda each: url_for(".certificate", record_id=each.id))
    place = len(columns) - 1
    for row, certificate in zip(shown["rows"], certificates, strict=True):
        standing = found.get(certificate.id)
        if standing is None:
            continue
        tone = TONES[standing]
        row["cells"][place] = {"text": row["cells"][place], "tone": tone}
        row["tone"] = tone if tone in ("warning", "danger") else ""
    return shown
