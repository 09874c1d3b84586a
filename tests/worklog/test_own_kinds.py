"""Kinds an office adds itself."""

from __future__ import annotations

import pytest

from tests.support.page import Visitor
from tests.support.world import World
from tests.worklog.support import SAID, an_entry, an_own_inventory, an_own_kind
from tracker.accounts.terms import Role
from tracker.kernel.errors import RecordMissing, RuleBroken
from tracker.kernel.figure import Basis
from tracker.kernel.units import Unit
from tracker.offices.terms import OfficeLevel
from tracker.worklog import operations, queries
from tracker.worklog.drafts import KindDraft
from tracker.worklog.models import OwnKind


def saved(world: World, kind: OwnKind | None, label: str, **draft: object) -> OwnKind:
    with world.writing() as session:
        return operations.save_kind(
            session,
            world.office_id,
            kind.id if kind else None,
            KindDraft(label, **{"definition": SAID, **draft}),  # type: ignore[arg-type]
        )


def refused(world: World, kind: OwnKind | None, label: str, **draft: object) -> str:
    with pytest.raises(RuleBroken) as caught:
        saved(world, kind, label, **draft)
    return caught.value.field


# --------------------------------------------------------------------------------------- keys


def test_a_key_is_made_from_the_name_and_stays(world: World) -> None:
    kind = saved(world, None, "网格普法")
    assert kind.key == f"own_{world.office_id}_wanggepufa"
    assert saved(world, kind, "网格员普法").key == kind.key


def test_like_sounding_names_get_keys_of_their_own(world: World) -> None:
    first, second, third = (saved(world, None, name) for name in ("普法", "普發", "普伐"))
    assert [k.key.rpartition("pufa")[2] for k in (first, second, third)] == ["", "_2", "_3"]


def test_a_name_without_pinyin_gets_a_key(world: World) -> None:
    assert saved(world, None, "ABC 123").key == f"own_{world.office_id}_kind"
    assert saved(world, None, "😀😀").key == f"own_{world.office_id}_kind_2"


def test_two_offices_never_share_a_key(world: World) -> None:
    mine, theirs = an_own_kind(world), an_own_kind(world, office=world.an_office())
    assert mine.key != theirs.key


# -------------------------------------------------------------------------------------- rules


def test_names_are_needed_and_not_taken(world: World) -> None:
    saved(world, None, "网格普法")
    assert refused(world, None, " ") == "label_zh"
    assert refused(world, None, "网格普法") == "label_zh"
    assert refused(world, None, "学法考试") == "label_zh"
    assert refused(world, None, "新分类", definition=" ") == "definition"


def test_a_kind_counts_something(world: World) -> None:
    assert refused(world, None, "甲", counts_times=False) == "counts_times"
    assert refused(world, None, "甲", basis=Basis.AS_AT) == "basis"
    items = {"counts_items": True, "items_unit": Unit.CASES, "items_label": "件数"}
    assert refused(world, None, "甲", **{**items, "items_unit": None}) == "items_unit"
    assert refused(world, None, "甲", **{**items, "items_label": ""}) == "items_label"
    assert saved(world, None, "甲", **items).as_kind().asks == {"times", "items"}


def test_a_definition_becomes_a_sentence(world: World) -> None:
    assert saved(world, None, "甲", definition="一场一条").definition == "一场一条。"


def test_what_a_kind_counts_is_fixed_once_it_has_entries(world: World) -> None:
    kind = saved(world, None, "甲", counts_people=True)
    kind = saved(world, kind, "甲", counts_people=True, counts_times=False)
    an_entry(world, kind.key, people=3, voided="误登")
    assert refused(world, kind, "甲", counts_people=True, counts_times=True) == "basis"
    renamed = saved(world, kind, "乙", counts_people=True, counts_times=False, in_use=False)
    assert (renamed.label_zh, renamed.in_use) == ("乙", False)


def test_another_offices_kind_cannot_be_changed(world: World) -> None:
    kind = an_own_kind(world, office=world.an_office())
    with pytest.raises(RecordMissing):
        saved(world, kind, "改名")


# ------------------------------------------------------------------------------------ figures


def test_an_own_kind_brings_its_figures(world: World) -> None:
    kind = an_own_kind(world, "网格普法", counts_people=True)
    an_entry(world, kind.key, people=120)
    found = world.readings(2024)
    times, people = found[f"worklog.{kind.key}.times"], found[f"worklog.{kind.key}.people"]
    assert (times.value, people.value) == (1, 120)
    assert times.figure.label.zh == "网格普法次数"
    assert times.figure.definition.zh.startswith(SAID)


def test_an_own_inventory_stands_until_it_ends(world: World) -> None:
    key = an_own_inventory(world).key
    an_entry(world, key, "2020-01-01", items=2)
    an_entry(world, key, "2020-01-01", to="2023-12-30", items=5)
    found = world.reading_of(f"worklog.{key}.items")
    assert (found.value, found.previous) == (2, 2)
    assert world.value(f"worklog.{key}.items", 2022) == 7


def test_a_kind_out_of_use_still_counts(world: World) -> None:
    kind = an_own_kind(world, "甲")
    an_entry(world, kind.key)
    saved(world, kind, "甲", in_use=False)
    assert world.value(f"worklog.{kind.key}.times") == 1


def test_another_office_has_no_such_figure(world: World) -> None:
    other = world.an_office()
    kind = an_own_kind(world, office=other)
    key = f"worklog.{kind.key}.times"
    assert key not in world.readings(2024)
    assert key in world.readings(2024, world.scope(other))


def test_a_county_sees_its_townships_kinds_apart(world: World) -> None:
    county = world.an_office("桃源县", level=OfficeLevel.COUNTY)
    east = world.an_office("东镇", under=county)
    west = world.an_office("西镇", under=county)
    kinds = [an_own_kind(world, "网格普法", office=office) for office in (east, west)]
    an_entry(world, kinds[0].key, office=east)
    an_entry(world, kinds[1].key, office=west, times=4)
    found = world.readings(2024, world.scope(county))
    readings = [found[f"worklog.{kind.key}.times"] for kind in kinds]
    assert [each.value for each in readings] == [1, 4]
    labels = [each.figure.label.zh for each in readings]
    assert labels == ["网格普法（东镇）次数", "网格普法（西镇）次数"]


def test_shipped_kinds_of_townships_add_up_for_their_county(world: World) -> None:
    county = world.an_office("桃源县", level=OfficeLevel.COUNTY)
    for name in ("东镇", "西镇"):
        an_entry(world, "staff_study", people=10, office=world.an_office(name, under=county))
    assert world.value("worklog.staff_study.people", scope=world.scope(county)) == 20


def test_kinds_of_a_scope_are_one_statement_and_in_order(world: World) -> None:
    an_own_kind(world, "乙")
    an_own_kind(world, "甲")
    with world.reading() as session:
        kinds = queries.kinds_of(session, world.scope())
    assert [kind.label.zh for kind in kinds.values() if kind.is_own] == ["乙", "甲"]
    assert len(kinds) == 67


# -------------------------------------------------------------------------------------- pages


def test_an_administrator_adds_a_kind_and_a_clerk_uses_it(
    admin: Visitor, page: Visitor, world: World
) -> None:
    shown = admin.fill(
        "/worklog/kinds/new",
        {
            "分类名称": "网格普法",
            "归入": "普法宣传",
            "口径": "网格员上门普法，一户一次。",
            "统计人次": "y",
        },
    )
    assert [
        "网格普法",
        "普法宣传",
        "本年发生",
        "网格员上门普法，一户一次。",
        "使用中",
    ] in shown.rows
    kind = f"own_{world.office_id}_wanggepufa"
    assert "网格普法" in page.get("/worklog/").links
    entry = page.fill(f"/worklog/{kind}/new", {"标题": "东片区", "日期": "2024-3-1", "人次": 60})
    assert entry.facts["分类"] == "网格普法"
    assert world.value(f"worklog.{kind}.people") == 60
    listed = page.get(f"/worklog/{kind}/")
    assert "网格员上门普法，一户一次。" in listed.text


def test_a_kind_is_changed_and_taken_out_of_use_on_its_page(admin: Visitor, world: World) -> None:
    kind = an_own_kind(world, "网格普法")
    an_entry(world, kind.key)
    shown = admin.fill(f"/worklog/kinds/{kind.id}", {"分类名称": "网格员普法", "继续使用": None})
    assert shown.rows[0][0] == "网格员普法"
    assert shown.rows[0][-1] == "已停用"
    assert "网格员普法（已停用）" in admin.get("/worklog/").links
    assert "登记一条" not in admin.get(f"/worklog/{kind.key}/").links
    wrong = admin.fill(f"/worklog/kinds/{kind.id}", {"统计人次": "y"}, status=422)
    assert "已有记录的分类不能改统计内容" in wrong.error_beside("计算方式")


def test_own_kinds_are_for_administrators(page: Visitor, reader: Visitor) -> None:
    for person in (page, reader):
        assert "自设分类" not in person.get("/worklog/").links
        person.get("/worklog/kinds/", status=403)
        person.get("/worklog/kinds/new", status=403)


def test_another_offices_kinds_are_not_there(admin: Visitor, world: World) -> None:
    other = world.an_office()
    kind = an_own_kind(world, "邻镇独有", office=other)
    admin.get(f"/worklog/kinds/{kind.id}", status=404)
    admin.get(f"/worklog/{kind.key}/", status=404)
    admin.get(f"/worklog/{kind.key}/new", status=404)
    admin.get(f"/yearbook/2024/worklog.{kind.key}.times", status=404)
    assert "邻镇独有" not in admin.get("/worklog/").html
    assert "邻镇独有" not in admin.get("/worklog/kinds/").html
    assert "邻镇独有" not in admin.get("/yearbook/2024").html


def test_a_county_reads_a_townships_kind_and_writes_none(app: object, world: World) -> None:
    county = world.an_office("桃源县", level=OfficeLevel.COUNTY)
    township = world.an_office("东镇", under=county)
    kind = an_own_kind(world, "网格普法", office=township)
    entry = an_entry(world, kind.key, office=township, title="东镇的一条")
    world.a_user(Role.CLERK, name="xianji", office=county)
    person = Visitor(world.app)
    person.sign_in("xianji")
    listed = person.get(f"/worklog/{kind.key}/")
    assert listed.h1 == "网格普法（东镇）"
    assert "东镇的一条" in listed.links
    assert "登记一条" not in listed.links
    shown = person.get(f"/worklog/{kind.key}/{entry.id}")
    assert "修改" not in shown.links
    person.get(f"/worklog/{kind.key}/new", status=404)
    person.get(f"/worklog/{kind.key}/{entry.id}/edit", status=404)
