"""Every write of forms."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.kernel import clock, records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from .drafts import CountyFormDraft, FormFile
from .models import CountyForm

NO_FILE = Words("请选择表样文件", "Choose the form's file")


def create_form(session: Session, office_id: int, draft: CountyFormDraft) -> CountyForm:
    """Keep a new form.

    :raises RuleBroken: without a file, or when the office already has a form of this name.
    """
    if draft.file is None:
        raise RuleBroken("file", NO_FILE)
    _require_free_name(session, office_id, draft.name, None)
    form = CountyForm(office_id=office_id, name=draft.name)
    _take_file(session, form, draft.file)
    records.add_new(session, form)
    return form


def update_form(
    session: Session, scope: Scope, form_id: int, draft: CountyFormDraft, version: int | None
) -> CountyForm:
    """Rename a form, or put another file in its place.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: when the new name is taken.
    """
    form = records.find_to_write(session, CountyForm, form_id, scope, version)
    _require_free_name(session, form.office_id, draft.name, form.id)
    form.name = draft.name
    if draft.file is not None:
        _take_file(session, form, draft.file)
    records.sign(session, form)
    return form


def _take_file(session: Session, form: CountyForm, file: FormFile) -> None:
    form.file_name = file.file_name
    form.content = file.content
    form.size = len(file.content)
    form.sha256 = file.sha256
    form.survey = file.survey
    form.uploaded_at = clock.now()
    form.uploaded_by = records.writer_name(session)


def _require_free_name(session: Session, office_id: int, name: str, own_id: int | None) -> None:
    taken = session.scalar(
        select(CountyForm.id).where(
            CountyForm.office_id == office_id,
            CountyForm.name == name,
            CountyForm.voided_at.is_(None),
        )
    )
    if taken is not None and taken != own_id:
        raise RuleBroken(
            "name",
            Words(
                "已有同名的表格；要换文件，请打开那份表格点「修改」",
                "A form of this name is kept already; open it to replace its file",
            ),
        )
