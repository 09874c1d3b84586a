"""The page of all exceptions: what was entered against a rule, why, and who allowed it."""

from __future__ import annotations

from itertools import chain
from typing import Any

from flask_babel import gettext

from tracker.accounts.viewer import viewer
from tracker.advisers import exceptions as advisers
from tracker.audit import queries as audit
from tracker.certification import exceptions as certification
from tracker.kernel.db import db
from tracker.kernel.exceptions import REASON, Excepted
from tracker.kernel.i18n import say
from tracker.kernel.records import moment_of
from tracker.kernel.web import page

from .views import bp

#: Each domain says what was entered in it by an exception.
_SOURCES = (advisers.excepted, certification.excepted)


@bp.get("/exceptions/")
def exceptions() -> Any:
    """Every record in force that carries the reason for an exception, newest of a kind first."""
    session, scope = db.session(), viewer().scope
    found = list(chain.from_iterable(source(session, scope) for source in _SOURCES))
    written = audit.last_writes_of(session, scope, REASON, [_place(each) for each in found])
    rows = []
    for each in found:
        entry = written.get(_place(each))
        given = f"{entry.actor} {moment_of(entry.at)[:10]}" if entry else ""
        broken = [say(rule) for rule in each.broken] or [gettext("现已不违反规则")]
        rows.append(
            {
                "cells": [
                    f"{each.record.number} {each.title}",
                    say(each.kind),
                    "；".join(broken),
                    each.reason,
                    given,
                ],
                "url": each.url,
            }
        )
    return page("yearbook/exceptions.html", rows=rows)


def _place(excepted: Excepted) -> tuple[str, int]:
    return type(excepted.record).__tablename__, excepted.record.id
