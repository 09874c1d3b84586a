"""Files that were handed in: ledgers at every stage of their import, and a county's forms."""

from __future__ import annotations

import io

from flask import Flask
from werkzeug.datastructures import FileStorage

from tests.support.example import example_visitor
from tests.support.page import Visitor
from tests.workbooks.importing.pages import HEADS, MARKET, SCHOOL, hand_in, ledger

_WRONG = (
    ("", "2024.2.30", "集市", "不存在的村、" + "长" * 60, "若干"),
    ("W" * 250, "三月", "讲座", "W" * 190, "100-200人"),
    ("<script>alert(1)</script>", "2024.3.15", "讲座", "", "-5"),
)


def hand_in_files(app: Flask) -> None:
    """As the example township's administrator: imports done, waiting and wrong; two forms."""
    visitor = example_visitor(app)
    visitor.strict = False
    heads = ("名目" * 20, "数额", "其他" * 30)
    unknown = ledger(("赶集", "3", "备注"), heads=heads, title="账本")
    hand_in(visitor, unknown, {"register": "events"}, name="认不出的.xlsx")
    rough = ("普法夜市", "2024-08-01", "集中宣传", "", "约90人")
    hand_in(visitor, ledger(rough), name="八月.xlsx")
    hand_in(visitor, ledger(*_WRONG, *(MARKET,) * 60), name="W" * 150 + ".xlsx")
    # The latest stands first in the list, where a crawl looks first.
    lines = (MARKET, SCHOOL, ("合计", "", "", "", 320))
    done = hand_in(visitor, ledger(*lines), name="去年的台账.xlsx")
    visitor.press(done, "确认导入 2 行")
    _upload(
        visitor,
        "上报县司法局的年度统计表",
        ledger(("{{outreach.events}}", "{{date}}"), heads=HEADS),
    )
    _upload(
        visitor, "W" * 90, ledger(("{{outreach.evnts}}", "{{#events}}", "{{" + "长" * 80 + "}}"))
    )
    _upload(visitor, "{{office}}", ledger(("{{office}}",)))


def _upload(visitor: Visitor, name: str, data: bytes) -> None:
    form = visitor.get("/county-forms/new").form()
    entry = form.values() | {"name": [name], "file": [FileStorage(io.BytesIO(data), "表.xlsx")]}
    answer = visitor.client.post(form.action, data=entry)
    assert answer.status_code == 303, visitor.read(answer).errors
