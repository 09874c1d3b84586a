"""Which figure a sentence speaks of. The sentences are ours, in the manner of real reports."""

from __future__ import annotations

import csv
from decimal import Decimal
from random import Random

import pytest

from tests.reports.checked import YEAR, checked, figures, keys
from tests.reports.sentences_of_labels import HELD_OUT, LEARNED, Case, printed, true_value
from tracker.figures.catalogue import all_shipped
from tracker.kernel.paths import PACKAGE
from tracker.kernel.units import Unit
from tracker.reports.checking import vocabulary
from tracker.reports.checking.expected import Expected
from tracker.reports.checking.findings import Verdict
from tracker.reports.checking.verdicts import check_text


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        (
            "全年开展法治宣传活动12场次，发放宣传资料3000余份，接受群众咨询200余人次，"
            "受教育群众达1600余人次。",
            ["outreach.sessions", "outreach.materials", "outreach.consultations",
             "outreach.person_times"],
        ),
        (
            "召开4次法治专题会议、组织中心组学法6次和旁听庭审1次。",
            ["worklog.rule_of_law_meeting.times", "worklog.centre_group_study.times",
             "worklog.court_observation.times"],
        ),
        (
            "举办镇村干部法治培训4场次，参训380余人次。",
            ["worklog.cadre_training.times", "worklog.cadre_training.people"],
        ),
        (
            "组织学法考试，参考率、合格率分别为100%、98%。",
            ["worklog.law_exam.coverage_rate", "worklog.law_exam.success_rate"],
        ),
        (
            "村法律顾问解答咨询120人次，审查合同15份，参与调解纠纷6件。",
            ["advisers.consultations", "advisers.contracts_reviewed", "advisers.mediations"],
        ),
        (
            "镇人民调解委员会调处矛盾纠纷86件，调解成功率98.8%。",
            ["worklog.dispute_mediation.items", "worklog.dispute_mediation.success_rate"],
        ),
        (
            "14名执法人员通过执法资格考试，执法人员持证率达100%。",
            ["certification.passed", "certification.holding_rate"],
        ),
        ("培训法律明白人50名。", ["advisers.legal_literate_trained"]),
        ("办理行政处罚案件74件，联合执法行动18次。",
         ["worklog.penalty_case.items", "worklog.joint_enforcement.times"]),
        ("主动公开政府信息200条，办理依申请公开8件。",
         ["worklog.information_disclosure.items", "worklog.disclosure_request.items"]),
        ("普法工作扎实推进，累计达到8次。", ["outreach.events"]),
    ],
)  # fmt: skip
def test_each_number_of_a_sentence_finds_its_figure(text: str, bound: list[str]):
    assert list(keys(checked(text)).values()) == bound


@pytest.mark.parametrize(
    "text",
    [
        "学法考试优秀率95%。",
        "热线诉求满意率98%。",
        "打造品牌3个。",
        "种植油茶500亩。",
        "新建停车位20个。",
        "投入资金20万元。",
    ],
)
def test_a_number_of_nothing_the_records_know_is_not_bound(text: str):
    assert all(key is None for key in keys(checked(text)).values())


def test_a_chain_keeps_its_figures_whatever_their_values():
    text = "全年开展普法宣传活动9次，发放资料3000余份，解答咨询200余人次，受教育群众达1600人。"
    report = checked(
        text,
        outreach__events=8,
        outreach__materials=2662,
        outreach__consultations=91,
        outreach__person_times=1643,
    )
    assert list(keys(report).values()) == [
        "outreach.events",
        "outreach.materials",
        "outreach.consultations",
        "outreach.person_times",
    ]


def test_the_heading_says_what_an_activity_is():
    assert keys(checked("（六）聚焦法治宣传\n全年共开展活动8次。"))["8次"] == "outreach.events"


def test_of_figures_that_reports_print_under_one_heading_the_one_with_records_is_meant():
    report = checked("组织集体学法12次。", worklog__centre_group_study__times=12)
    assert keys(report) == {"12次": "worklog.centre_group_study.times"}
    assert not report.disagrees


def test_an_offices_own_kind_of_work_is_known_by_its_label():
    from tracker.kernel.wording import Wording
    from tracker.kernel.words import Words

    own = Expected(
        "worklog.own_1.times", Words.same("河道巡护次数"), Unit.TIMES, Wording(Unit.TIMES.label), 9,
        records=9,
    )  # fmt: skip
    report = check_text("全年开展河道巡护9次。", figures() | {own.key: own}, YEAR)
    assert keys(report) == {"9次": own.key}


def test_every_key_of_the_table_of_words_is_a_figure_or_a_kind_of_work():
    known = {figure.key for figure in all_shipped()}
    topics = {key.rpartition(".")[0] for key in known}
    assert set(vocabulary.table()) <= known | topics


def test_the_kinds_of_reports_are_those_documented():
    documented = PACKAGE.parent / "docs" / "figure_kinds.csv"
    with documented.open(encoding="utf-8", newline="") as file:
        pairs = [(row["kind"], row["figure"]) for row in csv.DictReader(file)]
    kept = vocabulary.kinds()
    assert {(kind, key) for key, names in kept.items() for kind in names} == set(pairs)


#: A few figures as real reports print them, with the figure of ours that says each.
CASES = (
    (Case("", "普法宣传活动", Decimal(8), "次", ""), "outreach.events"),
    (Case("", "普法受教育人次", Decimal(15000), "人次", "余"), "outreach.person_times"),
    (Case("", "普法宣传资料发放", Decimal(3000), "份", "余"), "outreach.materials"),
    (Case("", "执法资格考试通过人数", Decimal(6), "名", ""), "certification.passed"),
    (Case("", "执法人员持证率", Decimal(100), "%", ""), "certification.holding_rate"),
    (Case("", "法治专题会议", Decimal(4), "次", ""), "worklog.rule_of_law_meeting.times"),
    (Case("", "中心组学法", Decimal(12), "次", ""), "worklog.centre_group_study.times"),
    (Case("", "干部法治培训人次", Decimal(380), "人次", "多"), "worklog.cadre_training.people"),
    (Case("", "学法考试参考率", Decimal(100), "%", ""), "worklog.law_exam.coverage_rate"),
    (Case("", "合同合法性审查", Decimal(43), "份", ""), "worklog.contract_review.items"),
    (Case("", "法律顾问解答咨询", Decimal(2800), "人次", "余"), "advisers.consultations"),
    (Case("", "法律明白人培训人数", Decimal(50), "名", ""), "advisers.legal_literate_trained"),
)  # fmt: skip


@pytest.mark.parametrize("name", [*LEARNED, *HELD_OUT])
@pytest.mark.parametrize("in_han", [False, True])
def test_common_figures_are_read_in_every_shape_of_sentence(name: str, in_han: bool):
    shape = (LEARNED | HELD_OUT)[name]
    random = Random(3)
    for case, key in CASES:
        true = true_value(case, random)
        value = true / 100 if case.unit == "%" else int(true)
        found = figures(**{key.replace(".", "__"): value})
        report = check_text(shape(case, printed(case, in_han=in_han)), found, YEAR)
        assert set(keys(report).values()) == {key}, report.text
        assert not report.disagrees, report.text
        wrong = check_text(
            shape(case, printed(case, value=case.value + 1, in_han=in_han)), found, YEAR
        )
        assert [each.verdict for each in wrong.findings] == [Verdict.DISAGREES], wrong.text
