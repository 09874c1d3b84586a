"""Lists on the pages of imports: the imports so far, the records of one, the heads of a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import current_app, request, url_for
from flask_babel import gettext
from sqlalchemy import Select, select

from tracker.accounts.viewer import viewer
from tracker.kernel.db import db
from tracker.kernel.i18n import say
from tracker.kernel.intake import Intake
from tracker.kernel.records import moment_of
from tracker.kernel.register import Register
from tracker.kernel.scope import Scope
from tracker.kernel.tables import shown
from tracker.kernel.web import page, paged

from . import batches as operations
from .forms import ColumnsForm
from .heads_found import HeadSeen
from .models import BatchState, ImportBatch, ImportedRecord
from .scanning import column_name
from .waiting import intake_of

_TONES = {BatchState.WAITING: "warning", BatchState.DONE: "success", BatchState.UNDONE: "muted"}


def batches(scope: Scope) -> Select[Any]:
    """The imports of the scope's offices, newest first."""
    return (
        select(ImportBatch)
        .where(scope.covers(ImportBatch.office_id))
        .order_by(ImportBatch.created_at.desc(), ImportBatch.id.desc())
    )


def batches_table(found: Sequence[ImportBatch], intakes: Sequence[Intake]) -> dict[str, Any]:
    """The imports as a table. What a waiting one would do is known when it is opened."""
    columns = [
        {"key": "name", "label": gettext("文件")},
        {"key": "state", "label": gettext("状态"), "nowrap": True},
        {"key": "new", "label": gettext("新增"), "align": "right"},
        {"key": "updated", "label": gettext("更新"), "align": "right"},
        {"key": "same", "label": gettext("无变化或跳过"), "align": "right"},
        {"key": "date", "label": gettext("时间")},
        {"key": "undo", "label": gettext("操作"), "nowrap": True},
    ]
    rows = []
    for each in found:
        waits = each.state is BatchState.WAITING
        counts = (each.new_rows, each.updated_rows, each.unchanged_rows + each.skipped_rows)
        rows.append(
            {
                "cells": [
                    {"text": each.name, "note": register_label(intakes, each.register)},
                    {"text": say(each.state.label), "tone": _TONES[each.state]},
                    *("" if waits else shown(count) for count in counts),
                    {"text": moment_of(each.created_at), "note": each.created_by},
                    _next_step(each),
                ],
                "url": url_for("imports.batch", batch_id=each.id),
            }
        )
    return {"columns": columns, "rows": rows}


def _next_step(batch: ImportBatch) -> Any:
    """What can be done with an import: look at it and confirm it, or take it back."""
    if batch.state is BatchState.WAITING:
        return {"text": gettext("核对"), "url": url_for("imports.batch", batch_id=batch.id)}
    if batch.state is BatchState.DONE:
        return {"text": gettext("撤销"), "url": url_for("imports.cancel", batch_id=batch.id)}
    return ""


def register_label(intakes: Sequence[Intake], key: str) -> str:
    """What a register is called; its key where ledgers are no longer taken into it."""
    intake = intake_of(intakes, key)
    return say(intake.register.label) if intake else key


def result_page(batch_id: int) -> Any:
    """What an import did, with the records it wrote."""
    session, scope = db.session(), viewer().scope.for_writing
    batch = operations.find_batch(session, scope, batch_id)
    intakes: Sequence[Intake] = current_app.extensions["intakes"]
    intake = intake_of(intakes, batch.register)
    found = paged(
        select(ImportedRecord)
        .where(ImportedRecord.office_id == batch.office_id, ImportedRecord.batch_id == batch.id)
        .order_by(ImportedRecord.id)
    )
    facts = [
        (gettext("文件"), batch.name),
        (gettext("台账"), register_label(intakes, batch.register)),
        (gettext("上传"), _by(batch.created_by, batch.created_at)),
        (gettext("导入"), moment_of(batch.done_at)),
    ]
    if batch.undone_at is not None:
        facts.append((gettext("撤销"), _by(batch.undone_by or "", batch.undone_at)))
    counts = [
        (gettext("新增"), batch.new_rows, "success" if batch.new_rows else ""),
        (gettext("更新"), batch.updated_rows, "info" if batch.updated_rows else ""),
        (gettext("无变化"), batch.unchanged_rows, ""),
        (gettext("跳过"), batch.skipped_rows, ""),
        (gettext("非数据行"), batch.other_rows, ""),
    ]
    return page(
        "imports/result.html",
        batch=batch,
        is_done=batch.state is BatchState.DONE,
        state={"text": say(batch.state.label), "tone": _TONES[batch.state]},
        facts=facts,
        counts=counts,
        total=sum(number for _label, number, _tone in counts),
        found=found,
        table=_records_table(found.rows, intake.register) if intake else None,
        list_url=_list_address(intake.register) if intake else "",
        list_label=register_label(intakes, batch.register),
    )


def _by(who: str, when: Any) -> str:
    return gettext("%(who)s，%(when)s", who=who, when=moment_of(when))


def _list_address(register: Register) -> str:
    """The page that lists the register's records; '' where it has none of its own."""
    address = register.path.partition("{")[0]
    adapter = current_app.create_url_adapter(request)
    return address if adapter is not None and adapter.test(address, "GET") else ""


def _records_table(written: Sequence[ImportedRecord], register: Register) -> dict[str, Any]:
    model = register.model
    ids = [each.record_id for each in written]
    office_id = viewer().office_id
    statement = select(model).where(model.office_id == office_id, model.id.in_(ids))
    records = {each.id: each for each in db.session.scalars(statement).unique()}
    column = next((each for each in register.columns if each.required), register.columns[0])
    columns = [
        {"key": "name", "label": say(column.label)},
        {"key": "number", "label": gettext("编号"), "nowrap": True},
        {"key": "what", "label": gettext("这次导入")},
        {"key": "now", "label": gettext("现在")},
    ]
    rows = []
    for each in written:
        record = records.get(each.record_id)
        if record is None:
            continue
        rows.append(
            {
                "cells": [
                    shown(column.read(record)),
                    record.number,
                    gettext("更新") if each.before else gettext("新增"),
                    _standing(record, each),
                ],
                "url": register.path.format(id=record.id),
                "tone": "void" if record.is_voided else "",
            }
        )
    return {"columns": columns, "rows": rows}


def _standing(record: Any, written: ImportedRecord) -> str:
    if record.is_voided:
        return gettext("已作废")
    if record.version != written.record_version:
        return gettext("之后修改过")
    return gettext("未再改动")


def head_fields(form: ColumnsForm) -> list[dict[str, Any]]:
    """The heads of a ledger with their fields: where each stands, and what is below it."""
    return [{"field": field, "hint": _hint(head)} for field, head in form.choosers]


def _hint(head: HeadSeen) -> str:
    columns = "、".join(map(column_name, head.places))
    samples = "、".join(head.samples)
    if not samples:
        return gettext("%(columns)s 列，是空的", columns=columns)
    if head.key is None:
        return gettext(
            "%(columns)s 列，没有认出。例如：%(samples)s", columns=columns, samples=samples
        )
    return gettext("%(columns)s 列，例如：%(samples)s", columns=columns, samples=samples)
