"""The pages of the worklog."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.page import Visitor
from tests.support.world import World
from tests.worklog.support import an_entry
from tracker.accounts.terms import Role
from tracker.worklog.kinds import WorkKind, shipped_kinds
from tracker.worklog.register import WORKLOG, number_label

KINDS = shipped_kinds()


def numbers_of(kind: WorkKind) -> dict[str, int]:
    """A sound value for every number of a kind, each different."""
    values = {"times": 2, "people": 30, "items": 20, "due": 40, "succeeded": 10}
    return {number: values[number] for number in kind.numbers}


# -------------------------------------------------------------------------------- all kinds


def test_all_kinds_stand_under_their_areas(page: Visitor) -> None:
    shown = page.get("/worklog/")
    assert [each.text for each in shown.main.all("summary")] == [
        "领导责任（6 类）",
        "学法用法（12 类）",
        "依法决策（8 类）",
        "行政执法（12 类）",
        "普法宣传（3 类）",
        "公共法律服务（9 类）",
        "矛盾纠纷（4 类）",
        "复议应诉（3 类）",
        "政务公开（2 类）",
        "其他（6 类）",
    ]
    assert shown.links["学法考试"] == "/worklog/law_exam/"
    assert set(shown.links) >= {kind.label.zh for kind in KINDS.values()}


def test_a_kind_is_found_by_what_reports_call_it(page: Visitor) -> None:
    shown = page.get("/worklog/?q=第一议题")
    assert [row[0] for row in shown.rows] == ["会前学法"]
    assert page.get("/worklog/?q=没有这种").rows == []
    assert len(page.get("/worklog/?area=openness").rows) == 2


def test_the_page_says_how_many_entries_there_are(page: Visitor, world: World) -> None:
    an_entry(world, "law_exam", "2025-01-05")
    an_entry(world, "law_exam", "2024-01-05")
    an_entry(world, "mediator", "2019-01-05", items=3)
    an_entry(world, "mediator", "2019-01-05", to="2024-12-31", items=3)
    rows = {row[0]: row[2] for row in page.get("/worklog/").rows}
    assert rows["学法考试"] == "本年 1 条"
    assert rows["人民调解员"] == "现有 1 条"
    assert rows["述法"] == "没有记录"
    assert [row[0] for row in page.get("/worklog/").rows[:2]] == ["学法考试", "人民调解员"]


# ------------------------------------------------------------------------------------ entries


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_every_kind_is_logged_by_its_form(page: Visitor, world: World, kind: WorkKind) -> None:
    blank = page.get(f"/worklog/{kind.key}/new")
    assert kind.definition.zh in blank.text
    asked = [name for name in blank.form().visible_names if name in _NUMBERS]
    assert sorted(asked) == sorted(kind.numbers)
    numbers = numbers_of(kind)
    entries: dict[str, Any] = {number_label(kind, n).zh: value for n, value in numbers.items()}  # type: ignore[arg-type]
    day = "设立日期" if kind.is_inventory else "日期"
    shown = page.fill(blank, {"标题": "一条", day: "2024.6.26", **entries})
    assert shown.h1 == "一条"
    for label, value in entries.items():
        assert shown.facts[label] == str(value)
    for number, value in numbers.items():
        assert world.value(f"worklog.{kind.key}.{number}") == value
    row = next(row for row in page.get(f"/worklog/{kind.key}/").rows if row[0] == "一条")
    assert [cell for cell in row if cell in map(str, numbers.values())] == [
        str(value) for value in numbers.values()
    ]


_NUMBERS = ("times", "people", "items", "due", "succeeded")


def test_a_rule_broken_stands_beside_its_field(page: Visitor) -> None:
    shown = page.fill(
        "/worklog/law_exam/new",
        {"标题": "上半年学法考试", "日期": "2024-6-26", "人次": 50, "合格人次": 51},
        status=422,
    )
    assert shown.error_beside("合格人次") == "合格人次不能多于人次，请核对"
    assert shown.value("标题") == "上半年学法考试"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"标题": ""}, "请填写标题"),
        ({"标题": "字" * 300}, "标题请勿超过 200 字，现有 300 字"),
        ({"日期": "去年"}, "日期请写成 2024-06-26 的样子"),
        ({"日期": "2030-1-1"}, "日期还没到，请在开展之后登记"),
        ({"人次": "-3"}, "人次不能小于 0"),
        ({"人次": "1234567890"}, "人次不能大于 9999999，请核对"),
        ({"人次": "一百"}, "人次请填整数，例如 120"),
        ({"结束日期": "2024-1-1"}, "结束日期不能早于开始日期，请核对"),
    ],
)
def test_bad_entries_are_told_what_to_do(
    page: Visitor, typed: dict[str, str], message: str
) -> None:
    sound = {"标题": "学习", "日期": "2024-6-26", "人次": "30"}
    shown = page.fill("/worklog/staff_study/new", {**sound, **typed}, status=422)
    assert message in shown.errors


def test_ugly_texts_are_kept_as_texts(page: Visitor) -> None:
    ugly = "<script>alert(1)</script>=1+1 😀 {{ 7*7 }}"
    shown = page.fill(
        "/worklog/staff_study/new",
        {"标题": ugly, "日期": "２０２４年６月２６日", "人次": "１，２００"},
    )
    assert shown.h1 == ugly
    assert shown.facts["人次"] == "1,200"


def test_save_and_add_another(page: Visitor) -> None:
    again = page.fill(
        "/worklog/staff_study/new",
        {"标题": "学习", "日期": "2024-6-26"},
        press="保存并再登一条",
    )
    assert again.h1 == "登记：干部职工集体学法"
    assert len(page.get("/worklog/staff_study/").rows) == 1


def test_a_double_save_is_one_entry(page: Visitor) -> None:
    form = page.get("/worklog/staff_study/new").form()
    data = form.filled({"标题": "学习", "日期": "2024-6-26"})
    first = page.client.post(form.action, data=data)
    second = page.client.post(form.action, data=data)
    assert first.location == second.location
    assert len(page.get("/worklog/staff_study/").rows) == 1


def test_an_entry_is_changed(page: Visitor, world: World) -> None:
    entry = an_entry(world, "law_exam", people=40, due=50)
    village = world.a_village("架桥村")
    shown = page.fill(
        f"/worklog/law_exam/{entry.id}/edit",
        {"标题": "补考后", "人次": 45, "村（社区）": village.name, "备注": "含补考"},
    )
    assert shown.h1 == "补考后"
    assert shown.facts["村（社区）"] == "架桥村"
    assert world.value("worklog.law_exam.people") == 45
    history = page.get(shown.links["修改记录"])
    assert ["人次", "40", "45"] in history.rows


def test_the_second_editor_sees_the_firsts_change(
    page: Visitor, admin: Visitor, world: World
) -> None:
    entry = an_entry(world, "law_exam", people=40)
    address = f"/worklog/law_exam/{entry.id}/edit"
    opened = page.get(address)
    admin.fill(address, {"人次": 41})
    shown = page.fill(opened, {"人次": 42}, status=409)
    assert ["人次", "41", "42"] in shown.rows
    page.fill(shown, {})
    assert world.again(entry).people == 42


def test_a_void_is_undone(page: Visitor, world: World) -> None:
    entry = an_entry(world, "law_exam", title="误登的", people=40)
    done = page.fill(f"/worklog/law_exam/{entry.id}/void", {"作废原因": "重复登记"}, press="作废")
    assert "已作废：误登的" in done.message
    assert world.value("worklog.law_exam.people") == 0
    assert "误登的" in page.get("/worklog/law_exam/?voided=1").links
    shown = page.get(f"/worklog/law_exam/{entry.id}")
    assert "重复登记" in shown.text
    page.press(shown, "撤销作废")
    assert world.value("worklog.law_exam.people") == 40


def test_a_list_is_narrowed(page: Visitor, world: World) -> None:
    village = world.a_village("架桥村")
    an_entry(world, "mediator", "2020-01-01", title="老聘", items=3, village_id=village.id)
    an_entry(world, "mediator", "2024-02-01", title="新聘", items=2)
    an_entry(world, "mediator", "2021-01-01", title="已解聘", to="2022-01-01", items=1)
    an_entry(world, "law_exam", "2024-02-01", title="别类")

    def titles(query: str) -> list[str]:
        return [row[0] for row in page.get(f"/worklog/mediator/?{query}").rows]

    assert titles("") == ["新聘", "已解聘", "老聘"]
    assert titles("year=2024") == ["新聘"]
    assert titles("q=老") == ["老聘"]
    assert titles("standing=1") == ["新聘", "老聘"]
    assert titles(f"village={village.id}") == ["老聘"]
    assert titles("year=1066&village=99999999999&page=x&standing=2") == titles("")


def test_fifty_rows_are_a_page(page: Visitor, world: World) -> None:
    for n in range(51):
        an_entry(world, "staff_study", title=f"第{n}次")
    assert len(page.get("/worklog/staff_study/").rows) == 50
    assert len(page.get("/worklog/staff_study/?page=2").rows) == 1


# ---------------------------------------------------------------------------- who sees what


def test_unknown_kinds_and_entries_of_other_kinds_are_not_there(
    page: Visitor, world: World
) -> None:
    entry = an_entry(world, "law_exam", people=4)
    for address in ("/worklog/nothing/", "/worklog/nothing/new", "/worklog/own_9_x/"):
        page.get(address, status=404)
    for rest in ("", "/edit", "/void"):
        page.get(f"/worklog/staff_study/{entry.id}{rest}", status=404)
        page.get(f"/worklog/law_exam/99999{rest}", status=404)
    page.post(f"/worklog/staff_study/{entry.id}/restore", status=404)
    page.get("/worklog/kinds/5/edit", status=404)


def test_another_offices_entries_are_not_there(page: Visitor, world: World) -> None:
    other = world.an_office()
    entry = an_entry(world, "law_exam", title="邻镇的考试", office=other, people=4)
    for rest in ("", "/edit", "/void"):
        page.get(f"/worklog/law_exam/{entry.id}{rest}", status=404)
    page.get(f"/worklog/entries/{entry.id}", status=404)
    page.post(f"/worklog/law_exam/{entry.id}/restore", status=404)
    page.post(f"/worklog/law_exam/{entry.id}/void", {"reason": "不是我的"}, status=404)
    for address in ("/worklog/", "/worklog/law_exam/", "/yearbook/2024/worklog.law_exam.people"):
        assert "邻镇的考试" not in page.get(address).html
    assert not world.again(entry).is_voided


def test_another_offices_village_is_refused(page: Visitor, world: World) -> None:
    village = world.a_village("外村", office=world.an_office())
    shown = page.fill(
        "/worklog/staff_study/new",
        {"标题": "学习", "日期": "2024-6-26", "village_id": village.id},
        status=422,
    )
    assert "请从列表中选择村（社区）" in shown.errors


def test_a_reader_reads_only(reader: Visitor, world: World) -> None:
    entry = an_entry(world, "law_exam", people=4)
    assert "登记一条" not in reader.get("/worklog/law_exam/").links
    assert "修改" not in reader.get(f"/worklog/law_exam/{entry.id}").links
    reader.post("/worklog/law_exam/new", {"title": "x"}, status=403)


def test_an_entry_is_reached_without_its_kind(page: Visitor, world: World) -> None:
    entry = an_entry(world, "law_exam", title="学法考试一")
    assert page.get(f"/worklog/entries/{entry.id}").h1 == "学法考试一"


def test_pages_are_there_in_english(page: Visitor, world: World) -> None:
    entry = an_entry(world, "law_exam", title="学法考试一", people=4)
    page.read_in("en")
    assert page.get("/worklog/law_exam/").h1 == "Law exams"
    shown = page.get(f"/worklog/law_exam/{entry.id}")
    assert shown.facts["Person-times"] == "4"
    assert "One entry is one sitting" in page.get("/worklog/law_exam/new").text


# ------------------------------------------------------------------------------- the year page


def test_the_year_page_folds_away_what_was_never_entered(page: Visitor, world: World) -> None:
    an_entry(world, "litigation", items=5, succeeded=0, title="五案无败诉")
    an_entry(world, "staff_study", "2023-05-01", people=9)
    shown = page.get("/yearbook/2024")
    fold = shown.main.the("details")
    folded = {a.text for a in fold.all("a")}
    open_links = {a.text for a in shown.main.all("a") if not a.is_inside("details")}
    assert {"行政诉讼：败诉率", "行政诉讼：审结案件数"} <= open_links
    assert "干部职工集体学法人次" in open_links
    assert "学法考试次数" in folded
    assert not folded & open_links
    figures = {figure.label.zh for figure in world.figures(2024)}
    assert figures <= folded | open_links
    keys = {each["key"] for each in page.get("/api/figures/2024").json["figures"]}
    assert keys == {figure.key for figure in world.figures(2024)}


def test_a_figures_page_opens_into_its_entries(page: Visitor, world: World) -> None:
    entry = an_entry(world, "law_exam", title="齐全的", people=45, due=50)
    an_entry(world, "law_exam", title="没有应考数", people=45)
    shown = page.get("/yearbook/2024/worklog.law_exam.coverage_rate")
    assert shown.links["齐全的"] == f"/worklog/law_exam/{entry.id}"
    assert "未填写应考人次（1 条）" in shown.text
    for address in shown.links.values():
        if address.startswith("/"):
            page.get(address)


def test_the_ledger_holds_the_year_and_what_stood_in_it(world: World) -> None:
    an_entry(world, "law_exam", "2023-05-01", title="上年")
    an_entry(world, "law_exam", "2024-05-01", title="本年", people=3)
    an_entry(world, "mediator", "2011-05-01", title="在聘", items=3)
    an_entry(world, "mediator", "2011-05-01", title="年内解聘", to="2024-03-01", items=3)
    an_entry(world, "mediator", "2011-05-01", title="早已解聘", to="2023-12-31", items=3)
    an_entry(world, "mediator", "2011-05-01", title="作废", items=3, voided="错")
    with world.reading() as session:
        found = session.scalars(WORKLOG.of_period(world.scope(), world.period(2024))).all()
        rows = [[column.read(entry) for column in WORKLOG.columns] for entry in found]
    assert {entry.title for entry in found} == {"本年", "在聘", "年内解聘"}
    assert {row[0].zh for row in rows} == {"学法考试", "人民调解员"}  # type: ignore[union-attr]


def test_a_clerk_of_another_office_logs_for_their_own(world: World) -> None:
    other = world.an_office()
    world.a_user(Role.CLERK, name="linzhen", office=other)
    person = Visitor(world.app)
    person.sign_in("linzhen")
    person.fill("/worklog/staff_study/new", {"标题": "学习", "日期": "2024-6-26", "人次": 7})
    assert world.value("worklog.staff_study.people") == 0
    assert world.value("worklog.staff_study.people", scope=world.scope(other)) == 7
