"""The report an office starts from."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.reports.support import occasion, shipped_report, written
from tests.support.world import World
from tracker.figures import catalogue
from tracker.kernel import marks
from tracker.reports import shipped
from tracker.reports.marks import FACTS

SHIPPED = shipped.shipped_report()


def test_it_has_the_four_chapters_of_real_reports(example: World) -> None:
    report = shipped_report(example)
    chapters = [s.name for s in report.composed.sections if s.level == 1]
    assert chapters == [
        "一、主要举措和成效",
        "二、党政主要负责人履行推进法治建设第一责任人职责情况",
        "三、存在的不足和原因",
        "四、2025年度主要安排",
    ]
    parts = [s.number for s in report.composed.sections if s.level == 2]
    assert parts == [f"（{n}）" for n in "一二三四五六七八"]


def test_every_mark_names_a_shipped_figure() -> None:
    known = {figure.key for figure in catalogue.all_shipped()} | set(FACTS)
    texts = [SHIPPED.title, SHIPPED.addressee]
    for section in SHIPPED.sections:
        texts += [section.heading, *(s.text for p in section.paragraphs for s in p)]
    found = {mark.name for text in texts for _, _, mark in marks.found_in(text)}
    assert found <= known, found - known
    assert not [text for text in texts if marks.is_broken(text)]
    assert len(found) > 50


def test_no_number_is_typed_into_it() -> None:
    """What the office does each year is read from its records."""
    for section in SHIPPED.sections:
        for sentence in (s for p in section.paragraphs for s in p):
            plain = re.sub(r"\{\{[^}]*\}\}", "", sentence.text)
            assert not re.search(r"[0-9]", plain), sentence.text


def test_the_example_township_says_8_events_1600_people_and_3_officers(example: World) -> None:
    text = "\n".join(
        p.text for s in shipped_report(example).composed.sections for p in s.paragraphs
    )
    assert "全年举办普法宣传活动8次" in text
    assert "现场参加群众1600多人" in text
    assert "3人通过执法资格考试" in text
    assert "3人领取了执法证" in text


def test_sentences_with_nothing_to_say_are_left_out(world: World) -> None:
    """An empty year says no number at all, and every sentence of it ends."""
    report = shipped_report(world)
    assert not report.composed.problems
    assert report.composed.keys == []
    for section in report.composed.sections:
        for paragraph in section.paragraphs:
            assert paragraph.text.endswith(("。", "：")), paragraph.text


def test_a_sentence_ends_where_its_last_clause_was_left_out(world: World) -> None:
    world.an_event(on="2024-05-20", headcount=120)
    text = written(shipped_report(world))
    assert "全年举办普法宣传活动1次，现场参加群众120人。" in text


def test_a_sentence_whose_figure_cannot_be_said_is_left_out(world: World) -> None:
    world.an_event(on="2024-05-20")
    report = shipped_report(world)
    assert not report.composed.problems
    assert "outreach.events" in report.composed.keys
    assert "outreach.person_times" not in report.composed.keys


def test_no_lawsuit_lost_is_worth_saying(example: World) -> None:
    sentence = next(
        s
        for section in SHIPPED.sections
        for p in section.paragraphs
        for s in p
        if "worklog.litigation.succeeded" in s.text
    )
    readings = dict(occasion(example).readings)
    assert not sentence.says_something(readings)
    readings["worklog.litigation.items"] = replace(readings["worklog.litigation.items"], value=5)
    assert sentence.says_something(readings)
