"""The pages of certification, as a clerk uses them."""

from __future__ import annotations

import pytest

from tests.certification.support import (
    GENERAL,
    a_certificate,
    a_sitting,
    a_term,
    a_training,
    an_officer,
    registered,
    retaken,
    sat,
    turned,
)
from tests.support.page import Visitor
from tests.support.statements import counting
from tests.support.world import World
from tracker.certification.drafts import result_field
from tracker.certification.models import ExamRegistration, ExamSitting
from tracker.certification.terms import CertificateStatus, ExamPart, Outcome

LISTS = tuple(
    f"/certification/{name}/" for name in ("officers", "sittings", "certificates", "trainings")
)


def name_of(registration: ExamRegistration, name: str, part: ExamPart = GENERAL) -> str:
    return result_field(registration.id, part, 0, name)


def results_of(sitting: ExamSitting) -> str:
    return f"/certification/sittings/{sitting.id}/results"


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_list_says_what_to_do(page: Visitor, address: str, language: str):
    page.read_in(language)

    shown = page.get(address)

    assert any(link.endswith("/new") for link in shown.links.values())
    assert page.get(f"{address}new").form().visible_names


@pytest.mark.parametrize("address", LISTS)
def test_a_reader_reads_and_writes_nothing(reader: Visitor, address: str):
    shown = reader.get(address)

    assert not any(link.endswith("/new") for link in shown.links.values())
    reader.post(f"{address}new", status=403)


def test_from_an_officer_to_the_figure(page: Visitor, world: World):
    """Officer, exam, registration, results, certificate: all by form, read back on the year."""
    for name in ("易晓峰", "欧阳倩", "向阳"):
        page.fill(
            "/certification/officers/new",
            {"姓名": name, "编制类别": "事业", "到岗日期": "2024.1.8", "在执法岗位": "y"},
        )
    sitting = page.fill(
        "/certification/sittings/new",
        {"考试名称": "2024年执法资格考试", "考试日期": "２０２４年５月２５日"},
    )
    people = page.get("/certification/sittings/1/register").form().choices("officer_ids")
    page.fill(
        "/certification/sittings/1/register",
        {"officer_ids": list(people.values()), "报名日期": "2024-04-15"},
    )
    entry = page.get("/certification/sittings/1/results")
    scores = {name: "７８.5" for name in entry.form().visible_names if name.endswith("_score")}
    entered = page.fill(entry, scores)
    certificate = page.fill(
        "/certification/certificates/new?officer=1",
        {"证件号": "湘 １８０７ 0001", "发证日期": "2024-07-10", "有效期止": "2029-07-09"},
    )

    assert sitting.facts["公共法律知识合格线"] == "60"
    assert len(scores) == 6
    assert [row[-2:] for row in entered.rows] == [["合格", "合格，待登记证件"]] * 3
    assert "78.5 分" in entered.rows[0][1]
    assert certificate.facts["证件号"] == "湘18070001"
    assert certificate.facts["有效期起"] == "2024-07-10"
    assert world.value("certification.passed") == 3
    assert world.value("certification.certificates_issued") == 1
    assert "易晓峰" in page.get("/yearbook/2024/certification.passed").text


def test_every_wrong_row_says_so_beside_its_field_and_everything_typed_stays(
    page: Visitor, world: World
):
    sitting = a_sitting(world)
    first = registered(world, sitting, an_officer(world, "甲"))
    second = registered(world, sitting, an_officer(world, "乙"))
    third = registered(world, sitting, an_officer(world, "丙"))
    typed = {
        name_of(first, "score"): "八十",
        name_of(second, "score"): "59.9",
        name_of(second, "outcome"): "passed",
        name_of(third, "score"): "101",
        name_of(third, "outcome"): "absent",
    }

    refused = page.fill(results_of(sitting), typed, status=422)

    assert refused.error_beside(name_of(first, "score")) == (
        "甲 公共法律知识分数请填数字，最多一位小数，例如 1.5"
    )
    assert "59.9 分按合格线 60 分应为「不合格」" in refused.error_beside(name_of(second, "outcome"))
    assert "应在 0 到 100 之间" in refused.error_beside(name_of(third, "score"))
    assert any("乙 公共法律知识" in message for message in refused.errors)
    assert {name: refused.value(name) for name in typed} == typed
    assert world.value("certification.sat") == 0


def test_two_people_with_the_same_table(page: Visitor, world: World):
    sitting, officer = a_sitting(world, special=None), an_officer(world)
    registration = registered(world, sitting, officer)
    opened = page.get(results_of(sitting))
    sat(world, sitting, officer, general=80)
    score = name_of(registration, "score")

    refused = page.fill(opened, {score: "40"}, status=409)

    assert ["张三 公共法律知识分数", "80", "40"] in refused.rows
    assert refused.value(score) == "40"
    assert world.value("certification.passed") == 1
    page.fill(refused, {})
    assert world.value("certification.passed") == 0


def test_a_retake_is_one_button_and_can_be_taken_back(page: Visitor, world: World):
    sitting = a_sitting(world, special=None)
    sat(world, sitting, an_officer(world), general=40)
    shown = page.get(f"/certification/sittings/{sitting.id}")

    added = page.press(shown, "补考")
    assert "张三 公共法律知识（补考1）" in added.text
    taken_back = page.press(added, "撤销")
    assert "已取消补考" in taken_back.message

    added = page.press(page.get(f"/certification/sittings/{sitting.id}"), "补考")
    score, day = (
        name for name in added.form().visible_names if name.endswith(("1_score", "1_sat_on"))
    )
    done = page.fill(added, {score: "66", day: "2024.8.1"})
    assert done.rows[0][1] == "合格 补考1 · 66 分"


def test_the_exam_of_a_voided_registration_can_be_found_and_restored(page: Visitor, world: World):
    sitting, officer = a_sitting(world), an_officer(world)
    registration = registered(world, sitting, officer)
    address = f"/certification/sittings/registrations/{registration.id}"
    page.fill(f"{address}/void", {"作废原因": "登错了人"}, press="作废")
    assert world.value("certification.registered") == 0
    listed = page.get(f"/certification/sittings/{sitting.id}")
    assert listed.links["张三"] == address

    page.press(page.get(address), "撤销作废")

    assert world.value("certification.registered") == 1


def test_a_void_that_cannot_be_taken_back_says_why(page: Visitor, world: World):
    first = an_officer(world)
    world.void(first)
    an_officer(world)

    refused = page.press(page.get(f"/certification/officers/{first.id}"), "撤销作废")

    assert "已有同名人员" in refused.message
    assert world.again(first).is_voided


@pytest.mark.parametrize(
    ("entries", "field", "message"),
    [
        ({"姓名": ""}, "姓名", "请填写姓名"),
        ({"姓名": "张" * 41}, "姓名", "姓名请勿超过 40 字，现有 41 字"),
        ({"到岗日期": "2024-13-01"}, "到岗日期", "到岗日期填的这一天不存在，请核对"),
        ({"离岗日期": "2019-12-31"}, "离岗日期", "离岗日期不能早于到岗日期，请核对"),
        ({"离岗原因": "调出"}, "离岗日期", "填写了离岗原因，请同时填写离岗日期"),
        ({"姓名": "李四"}, "姓名", "该站所已有同名人员"),
    ],
)
def test_an_officer_is_refused_beside_the_field_and_kept(
    page: Visitor, world: World, entries: dict[str, str], field: str, message: str
):
    an_officer(world, "李四", station="执法队")
    typed = {"姓名": "张三<script>", "所在站所": "执法队", "到岗日期": "2020-1-1", **entries}

    refused = page.fill("/certification/officers/new", typed, status=422)

    assert message in refused.error_beside(field)
    assert {label: refused.value(label) for label in typed} == typed


def test_a_term_that_overlaps_is_refused_beside_the_field(page: Visitor, world: World):
    certificate = a_certificate(world, an_officer(world), a_term("2022-01-01", "2026-12-31"))
    address = f"/certification/certificates/{certificate.id}/terms/new"
    typed = {"发证日期": "2024-6-1", "有效期起": "", "有效期止": "2029-5-31"}

    refused = page.fill(address, typed, status=422)
    renewed = page.fill(refused, {"有效期起": "2027.1.1", "有效期止": "2031-12-31"})

    assert "与已有的有效期 2022-01-01 至 2026-12-31 重叠" in refused.error_beside("有效期起")
    assert refused.value("有效期止") == "2029-5-31"
    assert [row[:3] for row in renewed.rows] == [
        ["2024-06-01", "2027-01-01", "2031-12-31"],
        ["2022-01-01", "2022-01-01", "2026-12-31"],
    ]


def test_a_status_is_entered_corrected_and_removed(page: Visitor, world: World):
    certificate = a_certificate(world, an_officer(world))
    address = f"/certification/certificates/{certificate.id}"
    held = page.fill(
        f"{address}/status/new", {"变动": "暂扣", "起始日期": "2024-5-1", "原因": "=1+1"}
    )
    assert "今天的状况： 暂扣" in held.text
    assert held.rows[-1][:3] == ["2024-05-01", "暂扣", "=1+1"]
    assert world.value("certification.certificates_valid") == 0

    page.fill(f"{address}/status/1/edit", {"起始日期": "2025-1-10"})
    assert world.value("certification.certificates_valid") == 1
    history = page.get(f"/changes/certificate/{certificate.id}")
    assert "2024-05-01 暂扣" in history.text
    removed = page.press(page.get(f"{address}/status/1/edit"), "删除这一条")

    assert "今天的状况： 有效" in removed.text
    assert len(removed.rows) == 1


def test_a_reason_is_required_for_a_status(page: Visitor, world: World):
    certificate = a_certificate(world, an_officer(world))

    refused = page.fill(
        f"/certification/certificates/{certificate.id}/status/new",
        {"变动": "注销", "原因": ""},
        status=422,
    )

    assert refused.error_beside("原因") == "请填写原因"


def test_the_list_of_certificates_by_standing(page: Visitor, world: World):
    officer = an_officer(world, "欧阳倩")
    a_certificate(world, officer, number="有效的")
    a_certificate(world, officer, a_term("2020-04-01", "2025-04-20"), number="将到期")
    a_certificate(world, officer, a_term("2020-01-01", "2025-01-19"), number="过期的")
    held = a_certificate(world, officer, number="遗失的")
    turned(world, held, CertificateStatus.LOST, "2024-12-01")

    def numbers(query: str) -> dict[str, str]:
        return {row[1]: row[-1] for row in page.get(f"/certification/certificates/?{query}").rows}

    assert numbers("q=ouyang") == {
        "过期的": "已过期",
        "将到期": "即将到期",
        "有效的": "有效",
        "遗失的": "遗失",
    }
    assert list(numbers("standing=valid")) == ["有效的"]
    assert list(numbers("standing=ending")) == ["将到期"]
    assert list(numbers("standing=overdue")) == ["过期的"]
    assert list(numbers("standing=suspended")) == ["遗失的"]
    assert numbers("standing=upcoming") == {}
    rows = page.get("/certification/certificates/").tree.all("tr")
    assert [row.get("class") for row in rows if row.get("class")] == ["is-danger", "is-warning"]


def test_the_list_of_officers_by_post_and_certificate(page: Visitor, world: World):
    a_certificate(world, an_officer(world, "持证", station="执法队"))
    an_officer(world, "无证")
    an_officer(world, "文职", enforcement=False)
    an_officer(world, "退休", until="2024-06-01")

    def names(query: str) -> set[str]:
        return {row[0] for row in page.get(f"/certification/officers/?{query}").rows}

    assert names("post=enforcement") == {"持证", "无证"}
    assert names("post=other") == {"文职"}
    assert names("post=left") == {"退休 2024-06-01 离岗"}
    assert names("certificate=valid") == {"持证"}
    assert names("q=chizheng") == {"持证"}
    assert names("q=执法队") == {"持证"}
    assert names("q=%25") == set()
    assert len(names("post=nonsense&establishment=nobody")) == 4


def test_an_officers_page_shows_exams_certificates_and_hours_by_year(page: Visitor, world: World):
    officer = an_officer(world)
    sitting = a_sitting(world)
    sat(world, sitting, officer, general=80, special=40)
    retaken(world, sitting, officer, special=70)
    a_certificate(world, officer, number="湘001")
    a_training(world, "2024-06-13", "12.5", [officer])
    a_training(world, "2024-09-13", "8", [officer])
    a_training(world, "2023-06-13", "1.5", [officer])
    world.void(a_training(world, "2023-07-13", "30", [officer]))

    shown = page.get(f"/certification/officers/{officer.id}")

    assert ["2024年", "2", "20.5"] in shown.rows
    assert ["2023年", "1", "1.5"] in shown.rows
    assert ["湘001", "行政执法证", "2022-01-01", "2026-12-31", "有效"] in shown.rows
    assert ["资格考试", "2024-05-25", "资格考试", "合格", "合格", "合格"] in shown.rows


def test_a_training_keeps_who_took_part(page: Visitor, world: World):
    an_officer(world, "甲"), an_officer(world, "乙")
    entry = page.get("/certification/trainings/new")
    officers = list(entry.form().choices("officer_ids").values())
    saved = page.fill(
        entry,
        {
            "培训名称": "执法文书",
            "培训日期": "2024-9-14",
            "学时": "１２.5",
            "officer_ids": officers,
        },
    )
    assert saved.facts["参训人员"] == "甲、乙"
    assert saved.facts["学时"] == "12.5"

    changed = page.fill("/certification/trainings/1/edit", {"officer_ids": officers[:1]})

    assert changed.facts["参训人员"] == "甲"
    assert world.value("certification.training_attendances") == 1


@pytest.mark.parametrize("hours", ["0", "200.1", "1.25", "-1", "八"])
def test_hours_out_of_bounds_are_refused_beside_the_field(page: Visitor, hours: str):
    refused = page.fill(
        "/certification/trainings/new",
        {"培训名称": "培训", "培训日期": "2024-9-14", "学时": hours},
        status=422,
    )

    assert "学时" in refused.error_beside("学时")
    assert refused.value("学时") == hours


def test_nothing_of_another_office_is_seen_chosen_or_changed(page: Visitor, world: World):
    neighbour = world.an_office()
    own_officer = an_officer(world, "本镇人")
    officer = an_officer(world, "邻镇人", office=neighbour)
    sitting = a_sitting(world, title="邻镇考试", office=neighbour)
    certificate = a_certificate(world, officer, number="邻镇证", office=neighbour)
    paths = [
        *(f"/certification/officers/{officer.id}{end}" for end in ("", "/edit", "/void")),
        *(
            f"/certification/sittings/{sitting.id}{end}"
            for end in ("", "/edit", "/void", "/register", "/results")
        ),
        *(
            f"/certification/certificates/{certificate.id}{end}"
            for end in ("", "/edit", "/void", "/terms/new", "/terms/1/edit", "/status/new")
        ),
    ]

    for path in paths:
        assert page.client.get(path).status_code == 404, path
    for path in (
        f"/certification/certificates/{certificate.id}/terms/1/remove",
        f"/certification/officers/{officer.id}/restore",
        f"/certification/sittings/{sitting.id}/restore",
    ):
        assert page.send(path).status_code == 404, path
    for address in LISTS:
        assert "邻镇" not in page.get(address).text
    refused = page.fill(
        "/certification/certificates/new",
        {"持证人": officer.id, "证件号": "1", "发证日期": "2024-1-1", "有效期止": "2029-1-1"},
        status=422,
    )
    assert refused.error_beside("持证人") == "请从列表中选择持证人"
    assert list(refused.form().choices("持证人")) == ["（未选）", f"{own_officer.name} · 行政"]


def test_a_page_of_another_offices_part_is_missing(page: Visitor, world: World):
    """A term is reached through its own certificate only."""
    officer = an_officer(world)
    first = a_certificate(world, officer, number="一")
    second = a_certificate(world, officer, number="二")
    term = second.terms[0].id

    assert (
        page.client.get(f"/certification/certificates/{first.id}/terms/{term}/edit").status_code
        == 404
    )
    assert (
        page.client.get(f"/certification/certificates/{second.id}/terms/{term}/edit").status_code
        == 200
    )


def test_a_list_costs_the_same_whatever_it_shows(page: Visitor, world: World):
    def cost(address: str) -> int:
        with counting(page.app) as statements:
            page.client.get(address)
        return statements.count

    def fill(number: int) -> None:
        for index in range(number):
            officer = an_officer(world, f"人{world.value('certification.officers')}{index}")
            a_certificate(world, officer)
            sat(world, sitting, officer, general=80, special=50)

    sitting = a_sitting(world)
    fill(2)
    addresses = [*LISTS, f"/certification/sittings/{sitting.id}", results_of(sitting)]
    before = {address: cost(address) for address in addresses}
    fill(4)

    assert {address: cost(address) for address in addresses} == before


def test_what_is_waiting(page: Visitor, reader: Visitor, world: World):
    ending, ended, held = (an_officer(world, name) for name in ("将到期", "已过期", "被收回"))
    a_certificate(world, ending, a_term("2020-04-01", "2025-04-20"))
    a_certificate(world, ended, a_term("2020-01-01", "2025-01-19"))
    turned(world, a_certificate(world, held), CertificateStatus.RETURNED, "2024-05-01")
    gone = an_officer(world, "已调走", until="2024-12-01")
    a_certificate(world, gone)
    a_certificate(world, an_officer(world, "没事的"))
    renewed = an_officer(world, "已换发")
    a_certificate(
        world,
        renewed,
        a_term("2020-02-01", "2025-01-31"),
        a_term("2025-01-10", "2030-01-31", since="2025-02-01"),
    )
    passed = an_officer(world, "已合格", enforcement=False)
    sitting = a_sitting(world, title="有人没登")
    sat(world, sitting, passed, general=80, special=80)
    registered(world, sitting, an_officer(world, "没登记", enforcement=False))
    registered(world, a_sitting(world, "2025-06-01", title="还没考"), passed)

    items = {row[0]: row[1] for row in page.get("/").rows}

    assert {text: due for text, due in items.items() if "执法" in text or "考试" in text} == {
        "执法证即将到期：将到期": "2025-04-20",
        "执法证已过期，仍在执法岗位：已过期": "2025-01-19",
        "执法岗位人员没有有效证件：被收回": "— 未填写",
        "已离岗，执法证尚未收回：已调走": "— 未填写",
        "考试合格，尚未登记领证：已合格": "— 未填写",
        "补登考试成绩：有人没登": "2024-05-25",
    }
    assert page.get("/").links["补登考试成绩：有人没登"] == results_of(sitting)
    place = results_of(sitting).removesuffix("/results")
    assert reader.get("/").links["补登考试成绩：有人没登"] == place


def test_a_changed_result_stands_in_the_log_with_what_it_was(page: Visitor, world: World):
    sitting, officer = a_sitting(world, special=None), an_officer(world)
    registration = sat(world, sitting, officer, general=40)

    again = {name_of(registration, "score"): "66", name_of(registration, "outcome"): "合格"}
    page.fill(results_of(sitting), again)

    history = page.get(f"/changes/exam_registration/{registration.id}").text
    assert "公共法律知识 首考 不合格 40" in history
    assert "公共法律知识 首考 合格 66" in history


@pytest.mark.parametrize(
    ("on", "waiting"), [("", False), ("2025-02-01", False), ("2024-12-01", True)]
)
def test_a_retake_waits_for_its_result_once_its_day_has_gone_by(
    page: Visitor, world: World, on: str, waiting: bool
):
    sitting, officer = a_sitting(world, special=None), an_officer(world, enforcement=False)
    sat(world, sitting, officer, general=40)
    retaken(world, sitting, officer, general=Outcome.PENDING, on=on)

    assert ("补登考试成绩：资格考试" in page.get("/").links) is waiting
