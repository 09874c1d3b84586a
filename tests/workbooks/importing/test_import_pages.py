"""The import over the web: from the file to what would come of it."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from tests.support.page import Visitor
from tests.support.world import World
from tests.workbooks.importing.pages import (
    HEADS,
    MARKET,
    OWN_HEADS,
    SCHOOL,
    WRONG,
    counts,
    events,
    hand_in,
    how_many,
    ledger,
)
from tracker.workbooks.grid import MOST_BYTES
from tracker.workbooks.importing.models import ImportBatch, TaughtHead

# ------------------------------------------------------------------------- the whole way


def test_a_ledger_is_looked_at_confirmed_and_in_the_figures(page: Visitor, world: World) -> None:
    shown = hand_in(page, ledger(MARKET, SCHOOL))
    assert shown.h1 == "核对导入内容"
    assert "把「台账.xlsx」导入「普法宣传活动」" in shown.text
    assert counts(shown) == {
        "有误": 0,
        "新增": 2,
        "更新": 0,
        "无变化": 0,
        "跳过": 0,
        "非数据行": 2,
    }
    assert "共读到 4 行" in shown.text
    assert ["第 4 行", "宪法进校园", "「约200人」按 200 录入"] in shown.rows
    assert ["第 1 行", "表头上方的标题或说明", "台账"] in shown.rows
    assert events(world) == []
    done = page.press(shown, "确认导入 2 行")
    assert done.h1 == "导入结果"
    assert done.message.endswith("已导入。")
    assert [event.title for event in events(world)] == ["民法典赶集宣传", "宪法进校园"]
    assert world.value("outreach.person_times") == 320
    assert [row[0] for row in done.rows] == ["民法典赶集宣传", "宪法进校园"]
    assert page.click(done, "宪法进校园").h1 == "宪法进校园"
    assert done.links["查看「普法宣传活动」"] == "/outreach/events/"


def test_the_page_lists_the_imports_so_far(page: Visitor) -> None:
    assert "还没有导入过" in page.get("/import/").text
    page.press(hand_in(page, ledger(MARKET), name="甲.xlsx"), "确认导入 1 行")
    hand_in(page, ledger(SCHOOL), name="乙.xlsx")
    listed = page.get("/import/")
    waiting, done = listed.rows
    assert waiting[:2] == ["乙.xlsx 普法宣传活动", "待确认"]
    assert waiting[2:5] == ["— 未填写"] * 3
    assert done[:5] == ["甲.xlsx 普法宣传活动", "已导入", "1", "0", "0"]
    assert done[5].endswith("经办人小李")
    assert page.click(listed, "撤销").h1 == "撤销这次导入"


def test_a_list_leads_to_the_import_of_its_register(page: Visitor) -> None:
    for path, label in (("/villages/", "村（社区）"), ("/outreach/events/", "普法宣传活动")):
        shown = page.click(page.get(path), "导入（Excel）")
        form = shown.form()
        chosen = form.values()["register"][0]
        assert form.choices("register")[label] == chosen
        assert shown.links[f"{label}模板（Excel）"] == f"/registers/{chosen}/template.xlsx"


def test_a_filled_in_template_is_taken(page: Visitor, world: World) -> None:
    template = page.client.get("/registers/villages/template.xlsx").data
    book = load_workbook(io.BytesIO(template))
    sheet: Any = book["村（社区）"]
    (place,) = [cell.column for cell in sheet[3] if cell.value == "村（社区）名称"]
    sheet.cell(4, place, "架桥村")
    target = io.BytesIO()
    book.save(target)
    shown = hand_in(page, target.getvalue())
    assert (counts(shown)["新增"], counts(shown)["有误"]) == (1, 0)
    page.press(shown, "确认导入 1 行")
    assert world.value("offices.villages") == 1


# ------------------------------------------------------------------------- what is wrong


def test_errors_stand_in_their_cells_and_nothing_can_be_confirmed(
    page: Visitor, world: World
) -> None:
    shown = hand_in(page, ledger(MARKET, WRONG))
    assert counts(shown)["有误"] == 1
    assert not [b.text for form in shown.forms for b in form.buttons if "确认" in b.text]
    (table,) = [node for node in shown.main.all("div") if node.has_class("scroll-region")]
    cells = {c.get("data-label"): c for c in table.all("td")}
    fault = cells["开始日期"].the("span", class_="cell-fault").text
    assert "「2024-13-45」" in fault
    assert "2024-03-15 的样子" in fault
    assert cells["开始日期"].the("span", class_="cell-value").text == "2024-13-45"
    assert "不是一个整数" in cells["参加人次"].text
    assert "第 4 行" in table.text
    # The name stands once, with what is wrong with it.
    labels = [th.text for th in table.all("th") if th.get("scope") == "col"]
    assert labels.count("活动名称") == 1
    assert "请填写活动名称" in cells["活动名称"].text
    assert "没有的村" in shown.text
    # Whoever posts all the same is shown the errors again.
    refused = page.post(f"{shown.url}/confirm", {"seen": "x"}, status=409)
    assert "没有导入任何一行" in refused.text
    assert events(world) == []


def test_the_clerks_own_file_comes_back_marked(page: Visitor) -> None:
    shown = hand_in(page, ledger(MARKET, WRONG), name="../../宪法<b>.xlsx")
    answer = page.client.get(shown.links["下载标出错误的文件"])
    assert answer.status_code == 200
    assert "宪法<b>_标出错误.xlsx" in unquote(answer.headers["Content-Disposition"])
    sheet: Any = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    assert sheet["B4"].comment is not None
    assert sheet["B3"].comment is None
    assert sheet.cell(2, len(HEADS) + 1).value == "错误说明"
    assert "2024-03-15 的样子" in str(sheet.cell(4, len(HEADS) + 1).value)


def test_unknown_names_are_created_on_request(page: Visitor, world: World) -> None:
    shown = hand_in(page, ledger((*MARKET[:3], "架桥村、新桥村", 120)))
    assert counts(shown)["有误"] == 1
    assert "表里有系统不认识的名称" in shown.text
    assert "架桥村、新桥村" in shown.text
    shown = page.press(shown, "自动新建并重新核对")
    assert counts(shown)["新增"] == 1
    assert "导入时将一并新建" in shown.text
    assert world.value("offices.villages") == 0
    page.press(shown, "确认导入 1 行")
    assert world.value("offices.villages") == 2


def test_days_without_a_year_ask_for_one(page: Visitor, world: World) -> None:
    data = ledger((MARKET[0], "5月20日", *MARKET[2:]), title="普法宣传活动台账")
    shown = hand_in(page, data)
    assert "没有写年份" in shown.text
    shown = page.fill(page.click(shown, "修改选项"), {"year": "2023"}, press="重新核对")
    assert counts(shown)["新增"] == 1
    page.press(shown, "确认导入 1 行")
    assert [str(event.starts_on) for event in events(world)] == ["2023-05-20"]


def test_records_that_are_there_are_updated_or_skipped(page: Visitor, world: World) -> None:
    page.press(hand_in(page, ledger(MARKET, SCHOOL)), "确认导入 2 行")
    changed = ledger((*MARKET[:4], 150), SCHOOL)
    shown = hand_in(page, changed, {"重复的记录": "跳过"})
    assert counts(shown)["跳过"] + counts(shown)["无变化"] == 2
    assert "没有需要导入的内容" in shown.text
    shown = hand_in(page, changed)
    assert (counts(shown)["更新"], counts(shown)["无变化"]) == (1, 1)
    assert ["第 3 行", "民法典赶集宣传", events(world)[0].number, "参加人次"] in shown.rows
    page.press(shown, "确认导入 1 行")
    assert [event.headcount for event in events(world)] == [150, 200]


def test_only_the_first_rows_of_a_kind_are_shown(page: Visitor) -> None:
    rows = [(f"第{n}场", "2024-05-20", "集中宣传", "", n) for n in range(60)]
    shown = hand_in(page, ledger(*rows))
    assert "共 60 行，只显示前 50 行。" in shown.text
    assert "第49场" in shown.text
    assert "第50场" not in shown.text


# ------------------------------------------------------------------------- wrong files


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"%PDF-1.7 ...", "台账.xlsx", "看起来是PDF 文档"),
        (b"", "空.xlsx", "这个文件是空的"),
        ("活动名称,开始日期\n".encode(), "台账.csv", "看起来是文本或 CSV 表格"),
        (b"PK\x03\x04" + b"x" * 200, "台账.xlsx", "文件打不开"),
    ],
)
def test_what_is_no_workbook_is_refused_beside_the_field(
    page: Visitor, world: World, data: bytes, name: str, said: str
) -> None:
    choices = {"台账": "村（社区）", "重复的记录": "跳过", "year": "2023", "create_missing": "y"}
    shown = hand_in(page, data, choices, name=name, status=422)
    assert said in shown.error_beside("file")
    values = shown.form().values()
    assert values["register"] == ["villages"]
    assert values["on_existing"] == ["skip"]
    assert values["year"] == ["2023"]
    assert "create_missing" in values
    assert how_many(world, ImportBatch) == 0


def test_a_file_must_be_chosen(page: Visitor) -> None:
    shown = page.fill("/import/", {}, press="上传并核对", status=422)
    assert shown.error_beside("file") == "请选择台账文件"


def test_a_ledger_of_nothing_known_asks_for_the_register(page: Visitor) -> None:
    data = ledger(("甲", "乙"), heads=("苹果", "梨子"), title="水果")
    shown = hand_in(page, data, status=422)
    assert "没有认出这是哪一本台账" in shown.error_beside("register")


def test_a_register_that_is_none_is_refused(page: Visitor) -> None:
    shown = hand_in(page, ledger(MARKET), {"register": "nothing"}, status=422)
    assert shown.error_beside("register") == "请从列表中选择台账"


def test_a_ledger_without_rows_has_nothing_to_confirm(page: Visitor) -> None:
    shown = hand_in(page, ledger())
    assert "没有需要导入的内容" in shown.text
    assert not [b for form in shown.forms for b in form.buttons if "确认" in b.text]


def test_a_file_that_is_a_little_too_large_is_refused_beside_its_field(page: Visitor) -> None:
    shown = hand_in(page, b"x" * (MOST_BYTES + 1000), status=422)
    assert "文件超过 10 MB" in shown.error_beside("file")


def test_a_file_that_is_far_too_large_gets_a_page_of_its_own(page: Visitor) -> None:
    shown = hand_in(page, b"x" * (MOST_BYTES + 2**20), status=413)
    assert shown.h1 == "文件太大"
    assert "文件超过 10 MB" in shown.text
    assert shown.links["回到导入页"] == "/import/"


def test_elsewhere_nothing_that_large_is_taken(page: Visitor) -> None:
    shown = page.post("/villages/new", {"name": "x" * 6 * 2**20}, status=413)
    assert shown.h1 == "内容太大"


def test_names_of_files_are_text(page: Visitor) -> None:
    hostile = "<script>alert(1)</script>\u202egpj.xlsx" + "长" * 300 + ".xlsx"
    shown = hand_in(page, ledger(MARKET), name=hostile)
    assert "<script>alert" not in shown.html
    listed = page.get("/import/")
    assert "<script>alert" not in listed.html
    assert "\u202e" not in listed.html
    assert len(listed.rows[0][0]) <= 210


# ------------------------------------------------------------------------- columns


def test_columns_are_mapped_by_hand_once(page: Visitor, world: World) -> None:
    data = ledger(MARKET, heads=OWN_HEADS)
    shown = hand_in(page, data, {"台账": "普法宣传活动"})
    assert shown.h1 == "核对列的对应"
    assert "缺少" in shown.text
    assert "活动名称" in shown.text
    assert "A 列，没有认出。例如：民法典赶集宣传" in shown.text
    assert shown.value("开始日期") == "starts_on"
    assert shown.value("做了什么") == ""
    shown = page.fill(shown, {"做了什么": "活动名称", "来了多少": "参加人次"}, press="保存并继续")
    assert counts(shown)["新增"] == 1
    assert "这些列对不上任何栏目，没有导入：去了哪里。" not in shown.text  # the column is empty
    page.press(shown, "确认导入 1 行")
    assert [event.headcount for event in events(world)] == [120]
    # From now on these heads are known.
    again = hand_in(page, ledger((SCHOOL[0], *SCHOOL[1:]), heads=OWN_HEADS))
    assert again.h1 == "核对导入内容"
    assert counts(again)["新增"] == 1


def test_a_ledger_is_known_by_the_heads_that_the_office_taught(page: Visitor) -> None:
    heads = ("普法事由", "何时", "村", "到场", "带队")
    row = ("反诈宣传", "2024-03-11", "", 60, "张三")
    data = ledger(row, heads=heads, title="2024年台账")
    assert "没有认出这是哪一本台账" in hand_in(page, data, status=422).text
    shown = hand_in(page, data, {"台账": "普法宣传活动"})
    told = {"普法事由": "活动名称", "何时": "开始日期", "到场": "参加人次"}
    page.press(page.fill(shown, told, press="保存并继续"), "放弃")
    again = hand_in(page, data)
    assert again.h1 == "核对导入内容"
    assert counts(again)["新增"] == 1


def test_a_column_that_was_left_out_is_named_and_can_be_mapped(page: Visitor) -> None:
    heads = (*HEADS[:4], "来了多少")
    shown = hand_in(page, ledger(MARKET, heads=heads))
    assert "这些列对不上任何栏目，没有导入：来了多少。" in shown.text
    shown = page.fill(
        page.click(shown, "核对列的对应"), {"来了多少": "参加人次"}, press="保存并继续"
    )
    assert "有内容的列都对上了栏目" in shown.text


def test_one_column_is_not_chosen_twice(page: Visitor, world: World) -> None:
    shown = hand_in(page, ledger(MARKET, heads=OWN_HEADS), {"台账": "普法宣传活动"})
    shown = page.fill(
        shown, {"做了什么": "活动名称", "去了哪里": "活动名称"}, press="保存并继续", status=422
    )
    assert "只能对应一列" in shown.error_beside("去了哪里")
    assert shown.value("做了什么") == "title"
    assert how_many(world, TaughtHead) == 0


def test_a_column_that_must_be_there_must_be_chosen(page: Visitor) -> None:
    shown = hand_in(page, ledger(MARKET, heads=OWN_HEADS), {"台账": "普法宣传活动"})
    shown = page.fill(shown, {}, press="保存并继续", status=422)
    assert "还缺少「活动名称」" in shown.errors[0]


def test_two_columns_of_one_name_can_only_be_left_out(page: Visitor) -> None:
    heads = (*HEADS, "参加人次")
    shown = hand_in(page, ledger((*MARKET, 5), heads=heads))
    assert shown.h1 == "核对列的对应"
    assert "有两列都是" in shown.text
    assert "E、F 列" in shown.text
    refused = page.fill(shown, {}, press="保存并继续", status=422)
    assert "分不清用哪一列" in refused.error_beside("参加人次")
    shown = page.fill(refused, {"参加人次": "不导入"}, press="保存并继续")
    assert counts(shown)["新增"] == 1


def test_the_row_of_the_head_can_be_pointed_at(page: Visitor) -> None:

    data = ledger(OWN_HEADS, MARKET, heads=("甲甲", "乙乙", "丙丙", "丁丁", "戊戊", "己己"))
    shown = hand_in(page, data, {"台账": "普法宣传活动"})
    assert shown.h1 == "核对列的对应"
    shown = page.get(f"{shown.url.partition('?')[0]}?row=3")
    assert shown.value("开始日期") == "starts_on"
    shown = page.fill(shown, {"做了什么": "活动名称", "来了多少": "参加人次"}, press="保存并继续")
    assert (counts(shown)["新增"], counts(shown)["非数据行"]) == (1, 3)
