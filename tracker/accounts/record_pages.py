"""What the pages of all record types do alike: saving, voiding, taking a void back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.kernel import records
from tracker.kernel.db import db, write_tx
from tracker.kernel.errors import RuleBroken
from tracker.kernel.forms import PlainForm, RecordForm, VoidForm
from tracker.kernel.model import Recorded
from tracker.kernel.web import done, page, saved
from tracker.kernel.words import Words

from .viewer import viewer

R = TypeVar("R", bound=Recorded)

SAVED = Words("已保存。", "Saved.")


def seen(model: type[R], record_id: int) -> R:
    """A record for its page.

    :raises RecordMissing: when the viewer may not see one of this id.
    """
    return records.find(db.session(), model, record_id, viewer().scope)


def own(model: type[R], record_id: int) -> R:
    """A record for its edit page: one of the viewer's own office.

    :raises RecordMissing: when it is not theirs to change.
    """
    return records.find(db.session(), model, record_id, viewer().scope.for_writing)


def save(
    form: RecordForm[Any],
    write: Callable[[Session], Any],
    address: Callable[[Any], str],
    *,
    message: Words = SAVED,
    current: Callable[[], RecordForm[Any]] | None = None,
) -> Response | None:
    """Write a form's draft in the viewer's name; see `kernel.web.saved`."""
    person = viewer()
    return saved(
        form,
        person.actor,
        person.office_id,
        write,
        address,
        message=message,
        current=current,
    )


def void_page(
    model: type[R],
    record_id: int,
    *,
    name: Callable[[R], str],
    endpoint: str,
    back: str,
    **values: Any,
) -> Any:
    """Ask for the reason and void the record; the next page offers to take it back.

    ``endpoint`` is the blueprint-qualified prefix of the record's addresses: ``outreach.event``
    stands for ``outreach.event``, ``outreach.void_event`` and ``outreach.restore_event``.
    """
    record = own(model, record_id)
    form = VoidForm()
    if (reason := form.sent_draft()) is not None:
        try:
            with write_tx(viewer().actor) as session:
                found = records.find_to_write(session, model, record_id, viewer().scope, None)
                records.void(session, found, reason)
        except RuleBroken as error:
            form.add_error(error)
        else:
            blueprint, _, kind = endpoint.partition(".")
            undo = url_for(f"{blueprint}.restore_{kind}", record_id=record_id, **values)
            return done(
                back,
                Words("已作废：{name}", "Voided: {name}").fill(name=name(record)),
                undo_url=undo,
            )
    return page(
        "records/void.html",
        form,
        name=name(record),
        number=record.number,
        back=url_for(endpoint, record_id=record_id, **values),
    )


def restore(model: type[R], record_id: int, *, back: str) -> Response:
    """Take a void back."""
    form = PlainForm()
    form.is_sent_well()
    with write_tx(viewer().actor) as session:
        found = records.find_to_write(session, model, record_id, viewer().scope, None)
        records.unvoid(session, found)
    return done(back, Words("已撤销作废。", "The void was taken back."))
