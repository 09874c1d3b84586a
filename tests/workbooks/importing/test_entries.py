"""What cells are understood as: facts, and that nothing comes out but an entry or a refusal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.support import nasty
from tests.support.watch import Watch
from tests.support.world import World
from tests.workbooks.importing.every_field import (
    FIELDS,
    EveryField,
    entry,
    names,
)
from tracker.collections import INTAKES
from tracker.kernel.errors import TrackerError
from tracker.kernel.intake import Intake
from tracker.kernel.text import clean_line
from tracker.outreach import said
from tracker.outreach.terms import Audience, DeliveryForm, EventState
from tracker.workbooks.grid import Cell
from tracker.workbooks.importing.cells_seen import shown
from tracker.workbooks.importing.entries import NotUnderstood, is_nothing, read
from tracker.workbooks.importing.near import read_term

# ------------------------------------------------------------------ anything into any field


signs = st.text(
    st.sampled_from(
        "0123456789.,，。、-—–~～至到年月日号时点:：上下午周一二三十百千万约余近多人次+/(（)） \n"
    )
)
anything: st.SearchStrategy[Cell] = st.one_of(
    st.text(max_size=40),
    signs,
    st.sampled_from([each for each in nasty.ALL if isinstance(each, str)]),
    st.integers(-(10**15), 10**15),
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
    ),
    st.booleans(),
    st.dates(),
)


@given(cell=anything, name=st.sampled_from(FIELDS), year=st.sampled_from([None, 2024]))
def test_anything_is_an_entry_or_a_refusal(
    form: EveryField, cell: Cell, name: str, year: int | None
):
    text = shown(cell)
    if not text:
        return
    field = form._fields[name]
    try:
        found = read(field, cell, text, year, names())
    except TrackerError as error:
        refused = error.message
        assert all(clean_line(each) for each in (refused.zh, refused.en))
        return
    assert all(isinstance(value, str) for value in found.values)
    assert not found.until or found.until > found.values[0] or found.until == found.values[0]
    # The form takes what was understood, or says itself what is wrong with it.
    field.process(MultiDict([(name, value) for value in found.values]))
    field.validate(form)
    assert all(clean_line(str(error)) for error in field.errors)


@given(cell=anything)
def test_a_day_that_is_understood_is_one(form: EveryField, cell: Cell):
    try:
        found = entry(form.day, cell, 2024)
    except TrackerError:
        return
    day = date.fromisoformat(found.values[0])
    assert 1990 <= day.year <= 2100 or isinstance(cell, int | Decimal)
    if found.until:
        assert date.fromisoformat(found.until) >= day


# ------------------------------------------------------------------ words


def test_text_stays_as_it_was_typed(form: EveryField):
    for text in ("=1+1", "+86", "-5", "@x", "<b>", "{{ 7*7 }}", "🎉", "430725198001011234"):
        assert entry(form.line, text).values == [text]
    assert entry(form.line, 13_800_000_000).values == ["13800000000"]
    assert entry(form.note, "一行\n两行").values == ["一行\n两行"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("4.30725198001011E+17", "设为文本"), ("1.38E+10", "设为文本"), ("#REF!", "公式"),
     ("#####", "公式"), ("#N/A", "公式"), ("#未算出 =1+1", "没有它的结果"), ("同上", "写全"),
     ("〃", "写全")],
)  # fmt: skip
def test_what_no_text_should_say(form: EveryField, text: str, said: str):
    with pytest.raises(NotUnderstood, match=said):
        entry(form.line, text)


def test_nothing_is_said_in_many_ways():
    assert all(map(is_nothing, ["", "无", "—", "——", "/", "／", "暂无", "N/A", "－"]))
    assert not any(map(is_nothing, ["0", "无锡", "否", "没有人"]))


def test_marks_of_yes_and_no(form: EveryField):
    for text in ("是", "√", "✓", "有", "Y", "１"):
        assert entry(form.flag, text).values == ["1"]
    for text in ("否", "×", "无", "0", "No"):
        assert entry(form.flag, text).values == []
    for text in ("不清楚", "○", "2", "是否"):
        with pytest.raises(NotUnderstood, match="「是」或「否」"):
            entry(form.flag, text)


@pytest.mark.parametrize("member", list(DeliveryForm), ids=lambda member: member.value)
def test_a_choice_is_known_by_its_labels(form: EveryField, member: DeliveryForm):
    for text in (member.label.zh, member.label.en, f" {member.label.zh} ", f"{member.label.zh}等"):
        assert entry(form.form, text).values == [member.value], text


@pytest.mark.parametrize(
    ("text", "member"),
    [("讲座", DeliveryForm.LECTURE), ("法治讲座", DeliveryForm.LECTURE),
     ("集中宣传", DeliveryForm.STAND), ("设咨询台", DeliveryForm.STAND),
     ("入户", DeliveryForm.HOUSEHOLD), ("进校园", DeliveryForm.SCHOOL),
     ("文艺演出", DeliveryForm.SHOW), ("其它", DeliveryForm.OTHER),
     ("院坝会形式", DeliveryForm.COURTYARD), ("微信公众号", DeliveryForm.NEW_MEDIA)],
)  # fmt: skip
def test_a_choice_is_known_by_near_words(form: EveryField, text: str, member: DeliveryForm):
    assert entry(form.form, text, said=said.DELIVERY).values == [member.value]


@pytest.mark.parametrize(
    "text", ["宣传", "法治", "线上讲座", "讲座和展板", "法律", "活动", "会", "x"]
)
def test_a_word_that_may_mean_several_choices_is_refused(form: EveryField, text: str):
    with pytest.raises(NotUnderstood, match="可选项"):
        entry(form.form, text, said=said.DELIVERY)


def test_the_contrary_of_a_choice_is_not_the_choice(form: EveryField):
    form.form.among = list(EventState)
    for text in ("未举办", "不举办", "没有取消"):
        with pytest.raises(NotUnderstood):
            entry(form.form, text, said=said.STATES)


def test_several_choices_in_one_cell(form: EveryField):
    told: dict[str, Any] = {"said": said.AUDIENCES}
    both = [Audience.VILLAGERS.value, Audience.STUDENTS.value]
    for text in ("群众、学生", "群众,学生", "群众 学生", "群众/学生", "群众和学生", "群众\n学生"):
        assert entry(form.audiences, text, **told).values == both, text
    for member in Audience:
        assert entry(form.audiences, member.label.zh, **told).values == [member.value]
    everyone = "、".join(member.label.zh for member in Audience)
    assert entry(form.audiences, everyone).values == [member.value for member in Audience]
    with pytest.raises(NotUnderstood, match="火星人"):
        entry(form.audiences, "群众、火星人", **told)


@pytest.mark.parametrize("intake", INTAKES, ids=lambda intake: intake.register.key)
def test_other_words_are_of_choices_that_the_form_has(world: World, intake: Intake):
    with world.reading() as session:
        form = intake.form(session, world.scope())
    for key, words in intake.said.items():
        field = form._fields[intake.field_of(intake.register.column(key))]
        members = list(getattr(field, "among", field.kind))
        assert set(words.values()) <= set(members)
        for word, member in words.items():
            assert read_term(word, members, words) == member.value, word


# ------------------------------------------------------------------ bounds


_LONG = ["9", "-", "至", "一", "、", "3月", "架桥、", "约", " 1", "(", "东街/"]


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("sign", _LONG)
def test_a_cell_as_long_as_can_be_takes_no_time(form: EveryField, name: str, sign: str):
    text = clean_line((sign * 32_767)[:32_767])
    watch, said = Watch(), ""
    try:
        read(form._fields[name], text, text, 2024, names())
    except TrackerError as error:
        said = error.message.zh
    assert watch.stop() < 0.5
    assert len(said) < 400
