"""A person who hands ledgers in over the web."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.support.page import Page, Visitor
from tests.support.world import World
from tracker.outreach.models import OutreachEvent

HEADS = ("活动名称", "开始日期", "开展形式", "覆盖村（社区）", "参加人次")
MARKET = ("民法典赶集宣传", "2024-05-20", "集中宣传", "", 120)
SCHOOL = ("宪法进校园", "2024.12.4", "讲座", "", "约200人")
WRONG = ("", "2024-13-45", "集中宣传", "没有的村", "很多人")
OWN_HEADS = ("做了什么", "开始日期", "开展形式", "去了哪里", "来了多少")


def ledger(
    *rows: Sequence[Any], heads: Sequence[Any] = HEADS, title: str = "架桥镇2024年普法宣传活动台账"
) -> bytes:
    """A workbook with a title, heads and these rows."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "台账"
    for row in ((title,), heads, *rows):
        sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def hand_in(
    visitor: Visitor,
    data: bytes,
    entries: Mapping[str, str] | None = None,
    *,
    name: str = "台账.xlsx",
    at: str = "/import/",
    status: int = 200,
) -> Page:
    """Choose a file on the page of the import, and press the button."""
    form = visitor.get(at).form("上传并核对")
    sent: dict[str, Any] = form.filled(entries or {})
    sent["file"] = FileStorage(io.BytesIO(data), name)
    visitor.typed = [name]
    # Encoded here: the client would leave its temporary file of a large body open.
    boundary, body = encode_multipart(sent)
    answer = visitor.client.post(
        form.action, data=body, content_type=f"multipart/form-data; boundary={boundary}"
    )
    return visitor._follow(answer, status)


def counts(page: Page) -> dict[str, int]:
    """The counts of a preview or a result."""
    (found,) = [dl for dl in page.main.all("dl") if dl.has_class("count-list")]
    return {
        dt.text: int(dd.text.replace(",", ""))
        for dt, dd in zip(found.all("dt"), found.all("dd"), strict=True)
    }


def batch_of(page: Page) -> str:
    """The address of the import that a page is about."""
    return page.url.partition("?")[0]


def events(world: World) -> list[OutreachEvent]:
    """The office's events that are not voided."""
    with world.reading() as session:
        found = select(OutreachEvent).where(
            OutreachEvent.office_id == world.office_id, OutreachEvent.voided_at.is_(None)
        )
        return list(session.scalars(found.order_by(OutreachEvent.id)).unique())


def how_many(world: World, model: Any) -> int:
    with world.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0
