"""Certificates that end soon, have ended or are to be taken back, on a chosen day."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import gettext

from tracker.accounts.viewer import viewer
from tracker.certification.models import Certificate
from tracker.certification.queries.expiry import Band, expiry_on
from tracker.certification.terms import CertificateStatus
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.i18n import say
from tracker.kernel.text import clean_line, parse_day
from tracker.kernel.web import page

from .shared import bp


@bp.get("/certificates/expiring")
def expiring_certificates() -> Any:
    """The bands of expiry on a day (``?day=``, today by default), by the day on which cards end."""
    day, wrong = _asked_day()
    found = expiry_on(db.session(), viewer().scope, day)
    bands = [
        _shown(gettext("应收回：持证人已离岗"), found.to_return, day, tone="warning"),
        _shown(gettext("已过期，仍在册"), found.overdue, day, tone="danger"),
        *(_shown(_label(band), band, day) for band in found.bands),
    ]
    return page(
        "certification/expiring.html",
        day=day,
        wrong_day=wrong,
        bands=bands,
        anything=any(band["count"] for band in bands),
    )


def _asked_day() -> tuple[date, str]:
    """The day of the address, today where it names none; and what was typed that is no day."""
    today = clock.today()
    typed = clean_line(request.args.get("day", "")[:40])
    if not typed:
        return today, ""
    try:
        return parse_day(typed, year=today.year), ""
    except ValueError:
        return today, typed


def _label(band: Band) -> str:
    if band.above is None:
        return gettext("%(days)s 天内到期", days=band.days)
    return gettext("%(from)s 至 %(to)s 天内到期", **{"from": band.above + 1, "to": band.days})


def _shown(label: str, band: Band, day: date, tone: str = "") -> dict[str, Any]:
    return {
        "label": label,
        "count": band.count,
        "endings": [
            {
                "last_day": ending.last_day,
                "count": len(ending.certificates),
                "rows": [_row(each, day, tone) for each in ending.certificates],
            }
            for ending in band.endings
        ],
    }


def _row(certificate: Certificate, day: date, tone: str) -> dict[str, Any]:
    officer = certificate.officer
    left = officer.post_until is not None and officer.post_until <= day
    offices = viewer().office_names
    cells: list[Any] = [
        {
            "text": officer.full_name,
            "note": gettext("%(day)s 离岗", day=officer.post_until) if left else "",
        },
        *([offices.get(certificate.office_id, "")] if len(offices) > 1 else []),
        certificate.certificate_number,
        say(certificate.category.label),
        {"text": gettext("应收回"), "tone": "warning"} if left else "",
        _act(certificate, left),
    ]
    return {
        "cells": cells,
        "url": url_for(".certificate", record_id=certificate.id),
        "tone": tone,
    }


def _act(certificate: Certificate, left: bool) -> dict[str, str]:
    """换发, or taking it back where the holder has left; nothing for a reader."""
    if not viewer().may_edit(certificate.office_id):
        return {"text": ""}
    if not left:
        url = url_for(".new_term", record_id=certificate.id)
        return {"text": gettext("换发"), "url": url}
    url = url_for(".new_status", record_id=certificate.id, change=CertificateStatus.RETURNED.value)
    return {"text": gettext("登记收回"), "url": url}
