"""Pages of evidence: adding files to a record, one file, its content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    request,
    url_for,
)
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from tracker.accounts.record_pages import form_page, own, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.kernel.db import db, write_tx
from tracker.kernel.errors import RuleBroken, TrackerError
from tracker.kernel.forms import PlainForm, posted_version
from tracker.kernel.i18n import say
from tracker.kernel.model import Recorded
from tracker.kernel.records import moment_of
from tracker.kernel.uploads import takes_file
from tracker.kernel.web import done, page, term_arg
from tracker.kernel.words import Words

from . import opening, operations, panel, queries, refusals
from .drafts import EvidenceDraft, Kept
from .forms import DetailsForm, FilesForm
from .models import EvidenceFile
from .rules import standing_of
from .store import EXTENSIONS, Store
from .terms import EvidenceKind

bp = Blueprint("evidence", __name__, url_prefix="/evidence")

#: A picture or document opened by its address runs nothing and loads nothing.
_SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


def _store() -> Store:
    return Store(Path(current_app.instance_path))


@bp.route(
    "/<string(maxlength=40):record_type>/<int(max=2147483647):record_id>/new",
    methods=["GET", "POST"],
)
@takes_file(refusals.MOST_TOGETHER)
def new(record_type: str, record_id: int) -> Any:
    """Put files on a record. The good ones are stored whatever the others are."""
    scope = viewer().scope.for_writing
    record = queries.record_of(db.session(), record_type, record_id, scope)
    form = FilesForm(data={"kind": term_arg("kind", EvidenceKind) or _usual_kind(record)})
    outcome = _Outcome()
    if (draft := form.sent_draft()) is not None:
        try:
            operations.require_open(record)
            outcome = _taken(record, draft, form.sent_files())
            form.files.errors = [
                *form.files.errors,
                *(f"{name}：{say(reason)}" for name, reason in outcome.refused),
            ]
        except RuleBroken as error:
            form.add_error(error)
        else:
            if not outcome.refused:
                flash(outcome.said, "success")
                return redirect(panel.address_of(record), code=303)
            form.status = 422
    return page(
        "evidence/new.html",
        form,
        record=record,
        name=panel.name_of(record),
        back=panel.address_of(record),
        stored=outcome.said if outcome.stored or outcome.already else "",
        most=refusals.MOST_FILES,
        megabytes=refusals.MOST_BYTES // 2**20,
    )


def _usual_kind(record: Recorded) -> EvidenceKind:
    """A photo, which is what phones send; of a record that needs none, what it lacks first."""
    standing = standing_of(record, queries.held_by(db.session(), record))
    if any(each.kind is EvidenceKind.PHOTO for each in standing):
        return EvidenceKind.PHOTO
    return next((each.kind for each in standing if each.lacks), EvidenceKind.PHOTO)


@dataclass
class _Outcome:
    """What became of the files of one sending."""

    stored: int = 0
    already: list[str] = field(default_factory=list)
    refused: list[tuple[str, Words]] = field(default_factory=list)

    @property
    def said(self) -> str:
        """What was stored, and what was there before."""
        parts = []
        if self.stored:
            parts.append(gettext("已添加 %(n)s 个文件", n=self.stored))
        if self.already:
            named = "、".join(self.already)
            parts.append(gettext("这条记录上已有同样的文件，没有重复保存：%(names)s", names=named))
        return "；".join(parts)


def _taken(record: Recorded, draft: EvidenceDraft, sent: Sequence[FileStorage]) -> _Outcome:
    """Look into every file, then put the good ones on the record in one transaction."""
    outcome, kept = _Outcome(), []
    store, record_type, record_id = _store(), record.__tablename__, record.id
    # Reading is over: while files are looked into, no transaction is open.
    db.session.rollback()
    for position, each in enumerate(sent):
        name = opening.clean_name(each.filename or "")
        with closing(each):
            try:
                if position >= refusals.MOST_FILES:
                    raise TrackerError(refusals.TOO_MANY)
                kept.append(opening.take_in(store, name, each.stream))
            except TrackerError as error:
                outcome.refused.append((name, error.message))
    if kept:
        _put(record_type, record_id, draft, kept, store, outcome)
    return outcome


def _put(
    record_type: str,
    record_id: int,
    draft: EvidenceDraft,
    kept: Sequence[Kept],
    store: Store,
    outcome: _Outcome,
) -> None:
    person = viewer()
    with write_tx(person.actor) as session:
        added = operations.add_files(
            session, person.scope, record_type, record_id, draft, kept, store
        )
    outcome.stored, outcome.already = len(added.files), added.already


@bp.get("/<int(max=2147483647):record_id>")
def file(record_id: int) -> Any:
    """One file: the picture, or the document to download, with what is said of it."""
    found = seen(EvidenceFile, record_id)
    record = queries.record_of(db.session(), found.record_type, found.record_id, viewer().scope)
    return page(
        "evidence/file.html",
        file=found,
        facts=_facts(found),
        about=panel.about(found),
        record_name=panel.name_of(record),
        record_url=panel.address_of(record),
        may_edit=viewer().may_edit(found.office_id),
    )


def _facts(found: EvidenceFile) -> list[tuple[str, str]]:
    pairs = [
        (gettext("材料类别"), say(found.kind.label)),
        (gettext("文件说明"), found.caption),
        (gettext("拍摄（形成）日期"), found.taken_on.isoformat() if found.taken_on else ""),
        (gettext("原文件名"), found.name),
        (gettext("格式和大小"), panel.about(found)),
        (gettext("添加"), f"{found.created_by} {moment_of(found.created_at)}"),
        (gettext("校验值"), f"{found.sha256[:16]}…"),
    ]
    return [(label, text) for label, text in pairs if text]


@bp.get("/<int(max=2147483647):record_id>/content")
def content(record_id: int) -> Response:
    """The file itself: pictures are shown, everything else is downloaded."""
    found = seen(EvidenceFile, record_id)
    return _sent(found, found.sha256, as_attachment=not found.is_picture or "save" in request.args)


@bp.get("/<int(max=2147483647):record_id>/thumbnail")
def thumbnail(record_id: int) -> Response:
    """The small picture."""
    found = seen(EvidenceFile, record_id)
    if found.thumbnail_sha256 is None:
        abort(404)
    return _sent(found, found.thumbnail_sha256, as_attachment=False)


def _sent(found: EvidenceFile, sha256: str, *, as_attachment: bool) -> Response:
    path = _store().path(sha256, found.media_type)
    if not path.is_file():
        abort(404)
    answer = Response(_pieces(path), mimetype=found.media_type)
    answer.content_length = path.stat().st_size
    answer.headers["Content-Disposition"] = _disposition(found, as_attachment)
    answer.headers["Content-Security-Policy"] = _SANDBOX
    # Kept by the person's own browser only, and asked for again each time: rights may have changed.
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(sha256)
    answer.make_conditional(request)
    return answer


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(256 * 1024):
            yield piece


def _disposition(found: EvidenceFile, as_attachment: bool) -> str:
    """What the browser calls the file, Chinese names by RFC 5987; a picture has become a JPEG."""
    name = found.name
    if found.is_picture:
        name = f"{name.rpartition('.')[0] or name}.jpg"
    plain = f"{found.number}.{EXTENSIONS[found.media_type]}"
    how = "attachment" if as_attachment else "inline"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


@bp.route("/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_file(record_id: int) -> Any:
    """Change what is said of a file."""
    return form_page(
        _details(record_id),
        lambda session, draft: operations.update_file(
            session, viewer().scope, record_id, draft, posted_version()
        ),
        lambda found: url_for(".file", record_id=found.id),
        title=gettext("修改佐证说明"),
        back=url_for(".file", record_id=record_id),
        current=lambda: _details(record_id, formdata=None),
    )


def _details(record_id: int, **options: Any) -> DetailsForm:
    return DetailsForm(data=DetailsForm.values_of(own(EvidenceFile, record_id)), **options)


@bp.route("/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_file(record_id: int) -> Any:
    """Remove a file from its record, with the reason. Its content is kept for a while."""
    found = own(EvidenceFile, record_id)
    record = queries.record_of(db.session(), found.record_type, found.record_id, viewer().scope)
    return void_page(
        EvidenceFile,
        record_id,
        name=lambda each: each.caption or each.name,
        endpoint="evidence.file",
        back=panel.address_of(record),
    )


@bp.post("/<int(max=2147483647):record_id>/restore")
def restore_file(record_id: int) -> Any:
    """Take the removal back."""
    back = url_for(".file", record_id=record_id)
    PlainForm().is_sent_well()
    try:
        with write_tx(viewer().actor) as session:
            operations.restore_file(session, viewer().scope, record_id)
    except RuleBroken as error:
        flash(say(error.message), "danger")
        return redirect(back, code=303)
    return done(back, Words("已恢复。", "It is back."))
