"""What the pages of all record types do alike: saving, voiding, taking a void back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import flash, redirect, request, url_for
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.kernel import once, records
from tracker.kernel.db import db, write_tx
from tracker.kernel.doubts import Doubt, DoubtingForm
from tracker.kernel.errors import RuleBroken
from tracker.kernel.forms import PlainForm, RecordForm, VoidForm
from tracker.kernel.i18n import say
from tracker.kernel.model import Recorded
from tracker.kernel.web import done, page, saved
from tracker.kernel.words import Words

from .viewer import viewer

D = TypeVar("D")
R = TypeVar("R", bound=Recorded)

SAVED = Words("已保存。", "Saved.")
_TAKEN = Words(
    "不能撤销作废：已有同名的记录在用，请先核对那一条。",
    "The void cannot be taken back: another record of this name is in use; check that one first.",
)


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


def form_page(
    form: RecordForm[D],
    write: Callable[[Session, D], Any],
    address: Callable[[Any], str],
    *,
    title: str,
    back: str,
    current: Callable[[], RecordForm[D]] | None = None,
    doubts: Callable[[Session, D], Sequence[Doubt]] | None = None,
    template: str = "records/form.html",
    **context: Any,
) -> Any:
    """The page of a form: fresh, or with what was typed and what to mend, or on to the record.

    ``write`` makes or changes the record from a right draft; ``address`` is where it then leads.
    ``doubts`` finds what to ask about before a `DoubtingForm` is saved.
    """
    draft = form.sent_draft()
    asked = False
    if draft is not None and doubts is not None and isinstance(form, DoubtingForm):
        asked = _asks(form, doubts(db.session(), draft))
    if draft is not None and not asked:
        answer = save(form, lambda session: write(session, draft), address, current=current)
        if answer:
            return answer
    return page(template, form, title=title, back=back, **context)


def _asks(form: DoubtingForm[Any], doubts: Sequence[Doubt]) -> bool:
    """Whether the form asks about its entry before it is saved.

    Not where this very form made a record already: sent twice, it would be asked about as its own
    double. Looked up after the doubts were found, since both were committed together.
    """
    if not doubts:
        return False
    sent_before = form.token and once.address_made_by(db.session(), viewer().office_id, form.token)
    return not sent_before and form.ask(doubts)


def leading_to(endpoint: str, next_form: str = "", **values: Any) -> Callable[[Any], str]:
    """To the saved record's page; to an empty form where «save and add another» was pressed."""

    def address(record: Any) -> str:
        if next_form and "again" in request.form:
            return url_for(next_form, **values)
        return url_for(endpoint, record_id=record.id, **values)

    return address


def void_page(
    model: type[R],
    record_id: int,
    *,
    name: Callable[[R], str],
    endpoint: str,
    back: str,
    form: VoidForm | None = None,
    write: Callable[[Session, str], Any] | None = None,
    **values: Any,
) -> Any:
    """Ask for the reason and void the record; the next page offers to take it back.

    ``write`` voids the record for the reason given, where more than `records.void` is to be done;
    ``form`` asks for more than the reason.

    ``endpoint`` is the blueprint-qualified prefix of the record's addresses: ``outreach.event``
    stands for ``outreach.event``, ``outreach.void_event`` and ``outreach.restore_event``.
    """
    record = own(model, record_id)
    form = form or VoidForm()

    def void(session: Session, reason: str) -> None:
        found = records.find_to_write(session, model, record_id, viewer().scope, None)
        records.void(session, found, reason)

    if (reason := form.sent_draft()) is not None:
        try:
            with write_tx(viewer().actor) as session:
                (write or void)(session, reason)
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
    try:
        with write_tx(viewer().actor) as session:
            found = records.find_to_write(session, model, record_id, viewer().scope, None)
            records.unvoid(session, found)
    except IntegrityError:
        flash(say(_TAKEN), "danger")
        return redirect(back, code=303)
    return done(back, Words("已撤销作废。", "The void was taken back."))
