"""What the pages about a waiting ledger have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import current_app, render_template
from flask_babel import gettext

from tracker.accounts.viewer import viewer
from tracker.kernel.db import db
from tracker.kernel.i18n import say
from tracker.kernel.intake import Intake
from tracker.kernel.words import Words

from .outcome import Outcome
from .previewing import SHOWN, preview_of
from .waiting import Waiting, open_waiting

#: Ledgers of more rows tell their progress.
LONG = 1_000


def intakes() -> Sequence[Intake]:
    """The registers that ledgers can be taken into."""
    found: Sequence[Intake] = current_app.extensions["intakes"]
    return found


def opened(batch_id: int) -> Waiting | None:
    """The waiting ledger of the viewer's own office, or None where it was confirmed already.

    :raises RecordMissing: when there is none.
    """
    return open_waiting(db.session(), viewer().scope, batch_id, intakes())


def lead(waiting: Waiting) -> str:
    """What is being taken in, and as what."""
    return gettext(
        "把「%(name)s」导入「%(register)s」",
        name=waiting.name,
        register=say(waiting.intake.register.label),
    )


def preview_page(waiting: Waiting, outcome: Outcome, reason: Words | None = None) -> Any:
    """The whole page; with the reason where it was asked to write and did not."""
    context = _context(waiting, outcome, reason)
    body = render_template("imports/preview.html", lead=lead(waiting), **context)
    return body, 409 if reason else 200


def preview_part(waiting: Waiting, outcome: Outcome, reason: Words | None = None) -> str:
    """The page's own part, for a page that is being sent."""
    return render_template("imports/_preview.html", **_context(waiting, outcome, reason))


def _context(waiting: Waiting, outcome: Outcome, reason: Words | None) -> dict[str, Any]:
    chosen = waiting.options
    return {
        "batch_id": waiting.batch_id,
        "preview": preview_of(outcome, waiting.found, waiting.grid),
        "most_shown": SHOWN,
        "reason": say(reason) if reason else "",
        "chosen": [
            (gettext("重复的记录"), say(chosen.on_existing.label)),
            (
                gettext("不认识的村、主题等"),
                gettext("自动新建") if chosen.create_missing else gettext("作为错误列出"),
            ),
            *([(gettext("没写年份的日期"), str(chosen.year))] if chosen.year else []),
        ],
        "creating": {
            "on_existing": chosen.on_existing.value,
            "year": chosen.year or "",
            "create_missing": "1",
        },
    }
