"""What cells are understood as: facts, and that nothing comes out but an entry or a refusal."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.support import nasty
from tests.support.world import World
from tracker.collections import INTAKES
from tracker.kernel.errors import TrackerError
from tracker.kernel.fields import (
    BooleanField,
    DayField,
    DecimalNumberField,
    LineField,
    NoteField,
    RecordField,
    RecordsField,
    TermField,
    TermsField,
    WholeNumberField,
)
from tracker.kernel.forms import RecordForm
from tracker.kernel.intake import Intake, Reference
from tracker.kernel.text import clean_line
from tracker.kernel.words import Words
from tracker.outreach import said
from tracker.outreach.terms import Audience, DeliveryForm, EventState
from tracker.workbooks.grid import Cell
from tracker.workbooks.importing.cells_seen import shown
from tracker.workbooks.importing.entries import Entry, NotUnderstood, is_nothing, read
from tracker.workbooks.importing.names import AmbiguousName, Names, UnknownNames
from tracker.workbooks.importing.near import read_term

VILLAGES = [
    ("1", "架桥村"),
    ("2", "石桥村"),
    ("3", "东街村"),
    ("4", "东街社区"),
    ("5", "张　三"),
]


class EveryField(RecordForm[None]):
    """One field of each type."""

    line = LineField("名称", 200)
    note = NoteField("备注", 2000)
    day = DayField("日期")
    count = WholeNumberField("人数")
    score = DecimalNumberField("成绩", 0, 100)
    hours = DecimalNumberField("学时", 0, 200)
    flag = BooleanField("是否")
    form = TermField("形式", DeliveryForm)
    audiences = TermsField("对象", Audience)
    village = RecordField("村")
    villages = RecordsField("村")


FIELDS = [
    *(
        "line",
        "note",
        "day",
        "count",
        "score",
        "hours",
        "flag",
        "form",
        "audiences",
        "village",
        "villages",
    )
]


@pytest.fixture
def form(app: Flask):
    with app.test_request_context():
        every = EveryField(meta={"csrf": False})
        every.village.offered = every.villages.offered = list(VILLAGES)
        yield every


def names(*, may_create: bool = True, optional: bool = True) -> Names:
    create: Callable[[Any, int, str], int] | None = (lambda *_: 9) if may_create else None
    reference = Reference(Words("村", "village"), create, ("各村",), ("全镇",))
    return Names(VILLAGES, reference, optional=optional)


def entry(field: Any, cell: Cell, year: int | None = None, **told: Any) -> Entry:
    return read(field, cell, shown(cell), year, names(), **told)


def day_of(form: EveryField, cell: Cell, year: int | None = None) -> list[str]:
    found = entry(form.day, cell, year)
    return [*found.values, found.until] if found.until else found.values


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


# ------------------------------------------------------------------ days

_WEEKDAYS = "一二三四五六日"
_CHINESE = "〇一二三四五六七八九"


def _chinese(number: int) -> str:
    if number < 10:
        return _CHINESE[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _CHINESE[tens]) + "十" + (_CHINESE[ones] if ones else "")


def _full_width(text: str) -> str:
    return text.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)})


#: How people write a whole day.
SPELLINGS: list[Callable[[date], Cell]] = [
    lambda d: d,
    lambda d: (d - date(1899, 12, 30)).days,
    lambda d: Decimal((d - date(1899, 12, 30)).days) + Decimal("0.375"),
    lambda d: d.isoformat(),
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}-{d.month}-{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    lambda d: f"{d.year}年{d.month}月{d.day}号",
    lambda d: f"{d.year}年\n{d.month:02}月{d.day:02}日",
    lambda d: f"{d.year}年{d.month}.{d.day}",
    lambda d: f"{d.year} {d.month} {d.day}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: int(f"{d:%Y%m%d}"),
    lambda d: _full_width(f"{d.year}.{d.month}.{d.day}"),
    lambda d: f"{d.year}.{d.month}.{d.day} 9:30",
    lambda d: f"{d.isoformat()}T09:30:00",
    lambda d: f"{d.year}年{d.month}月{d.day}日上午9时至11时30分",
    lambda d: f"{d.year}年{d.month}月{d.day}日（星期{_WEEKDAYS[d.weekday()]}）",
    lambda d: f"{d.year}.{d.month}.{d.day} 周{_WEEKDAYS[d.weekday()]} 下午",
    lambda d: (
        "".join(_CHINESE[int(sign)] for sign in str(d.year))
        + f"年{_chinese(d.month)}月{_chinese(d.day)}日"
    ),
]
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
this_century = st.dates(date(2000, 1, 1), date(2049, 12, 31))


@given(day=days, spelling=st.sampled_from(SPELLINGS))
def test_a_whole_day_reads_back(form: EveryField, day: date, spelling: Callable[[date], Cell]):
    assert day_of(form, spelling(day)) == [day.isoformat()]
    assert day_of(form, spelling(day), 1999) == [day.isoformat()], "its own year counts"


@given(day=this_century)
def test_a_short_year_is_of_this_century(form: EveryField, day: date):
    for text in (f"{day:%y}.{day.month}.{day.day}", f"{day:%y}年{day.month}月{day.day}日"):
        assert day_of(form, text) == [day.isoformat()]


@given(day=days)
def test_a_day_without_its_year_takes_that_of_the_ledger(form: EveryField, day: date):
    for text in (f"{day.month}月{day.day}日", f"{day.month}.{day.day}", f"{day.month}/{day.day}"):
        assert day_of(form, text, day.year) == [day.isoformat()]
        with pytest.raises(NotUnderstood, match="没有写年份"):
            day_of(form, text)


@given(day=days)
def test_a_number_of_month_and_day_is_taken_where_it_has_one_meaning(form: EveryField, day: date):
    number = Decimal(f"{day.month}.{day.day}")
    if day.day in (1, 2, 3):
        with pytest.raises(NotUnderstood, match="分不清"):
            day_of(form, number, day.year)
    elif day.day in (10, 20, 30):  # a spreadsheet drops the nought
        with pytest.raises(NotUnderstood, match="分不清"):
            day_of(form, number.normalize(), day.year)
    else:
        assert day_of(form, number, day.year) == [day.isoformat()]


@given(first=days, length=st.integers(0, 60))
def test_two_days_read_back(form: EveryField, first: date, length: int):
    last = first + timedelta(days=length)
    if last.year > 2100:
        return
    full = [
        f"{first.isoformat()}至{last.isoformat()}",
        f"{first.year}.{first.month}.{first.day}-{last.year}.{last.month}.{last.day}",
        f"{first.year}年{first.month}月{first.day}日—{last.year}年{last.month}月{last.day}日",
    ]
    if first.year == last.year:
        full += [
            f"{first.year}年{first.month}月{first.day}日至{last.month}月{last.day}日",
            f"{first.year}年{first.month}月{first.day}日起至{last.month}月{last.day}日止",
            f"{first.year}.{first.month}.{first.day}-{last.month}.{last.day}",
        ]
        if first.month == last.month:
            full += [
                f"{first.year}年{first.month}月{first.day}日至{last.day}日",
                f"{first.year}.{first.month}.{first.day}～{last.day}",
                f"{first.year}年{first.month}月{first.day}-{last.day}日",
            ]
    for text in full:
        assert day_of(form, text) == [first.isoformat(), last.isoformat()], text


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("3月", "哪一天"),
        ("2024年3月", "哪一天"),
        (Decimal("2024.3"), "哪一天"),
        (2024, "哪一天"),
        ("3月上旬", "哪一天"),
        ("2月30日", "没有「2月30日」"),
        ("2024.4.31", "没有「2024.4.31」"),
        ("2024-13-01", "没有"),
        ("98.3.15", "四位"),
        ("1988.3.15", "1990"),
        (date(1900, 1, 3), "1990"),
        ("2024.3.1 5", "不是完整的日期"),
        ("3月15日、16日", "不是完整的日期"),
        ("15、16", "不是完整的日期"),
        ("3.15，4.2", "不是完整的日期"),
        ("12.28-1.3", "早于"),
        ("1-2-3", "不是完整的日期"),
        ("0315", "不是完整的日期"),
        ("2024.5.1至今", "不是完整的日期"),
        ("农历三月十五", "不是完整的日期"),
        ("每周五", "不是完整的日期"),
        ("3月15日（4月1日补）", "不是完整的日期"),
        ("同上", "每行写全"),
        ("#VALUE!", "公式"),
        (True, "不是完整的日期"),
        (315, "不是完整的日期"),
    ],
)
def test_what_is_no_day(form: EveryField, cell: Cell, said: str):
    with pytest.raises(NotUnderstood, match=said):
        day_of(form, cell, 2024)


def test_a_typed_day_after_the_ledgers_year_is_asked_about(form: EveryField):
    assert entry(form.day, date(2025, 1, 8), 2024).notes
    assert not entry(form.day, date(2024, 1, 8), 2024).notes
    assert not entry(form.day, date(2025, 1, 8)).notes


# ------------------------------------------------------------------ numbers

numbers = st.integers(0, 9_999_999)
_UNITS = ("", "人", "人次", "份", "条", "户", "场", "件")


@given(number=numbers, unit=st.sampled_from(_UNITS))
def test_a_whole_number_reads_back(form: EveryField, number: int, unit: str):
    grouped = f"{number:,}"
    cells: list[Cell] = [
        number,
        str(number),
        f"{number}{unit}",
        f" {number} {unit}",
        f"{grouped}{unit}",
        _full_width(grouped) + unit,
        f"{number}.0",
        f"共{number}{unit}",
    ]
    for cell in cells:
        found = entry(form.count, cell)
        assert (found.values, found.rough, found.notes) == ([str(number)], False, []), cell


@given(number=st.integers(1, 9_999_999), unit=st.sampled_from(_UNITS))
def test_an_estimate_is_known_for_one(form: EveryField, number: int, unit: str):
    for text in (
        f"约{number}{unit}",
        f"近{number}{unit}",
        f"{number}余{unit}",
        f"{number}多{unit}",
        f"{number}{unit}左右",
        f"{number}{unit}以上",
        f"{number}+",
        f"{number}{unit}（估计）",
    ):
        found = entry(form.count, text)
        assert (found.values, found.rough) == ([str(number)], True), text
        assert found.notes


def _spelt(number: int) -> str:
    """A number below 10,000 in Chinese, as it is taught."""
    text, owed = "", False
    for size, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if not digit:
            owed = bool(text)
            continue
        text += ("零" if owed else "") + _CHINESE[digit] + sign
        owed = False
    return text.replace("一十", "十", 1) if text.startswith("一十") else text


@given(number=st.integers(1, 9999))
def test_chinese_numbers_read_back(form: EveryField, number: int):
    assert entry(form.count, _spelt(number)).values == [str(number)]
    assert entry(form.count, f"{_spelt(number)}余人").values == [str(number)]


@pytest.mark.parametrize(
    ("text", "number"),
    [("两百", 200), ("二〇〇", None), ("一千二", None), ("百余人", 100), ("一二三", None),
     ("三百五", None), ("百二", None), ("〇", 0), ("一十五", 15), ("一百一十", 110), ("十百", None),
     ("1.2万", 12_000), ("3千余", 3000), ("1.25万", 12_500), ("0.00001万", None),
     ("千人", 1000)],
)  # fmt: skip
def test_numbers_that_need_thought(form: EveryField, text: str, number: int | None):
    if number is None:
        with pytest.raises(NotUnderstood):
            entry(form.count, text)
    else:
        assert entry(form.count, text).values == [str(number)]


@pytest.mark.parametrize(
    "text",
    ["100-200人", "120+80", "若干", "数百人", "几十人", "上百人", "男60女60", "100 200", "1 200",
     "120（女50）", "37.5", "10²", "①", "12O", "50%", "200/300", "人", "约", "不足200", "1,20", "+",
     "4.30725198001011E+17"],
)  # fmt: skip
def test_what_is_not_one_number(form: EveryField, text: str):
    with pytest.raises(NotUnderstood):
        entry(form.count, text)


@given(number=st.integers(0, 1000), unit=st.sampled_from(["", "学时", "小时", "个课时"]))
def test_decimals_read_back(form: EveryField, number: int, unit: str):
    value = Decimal(number) / 10
    for cell in (value, f"{value}{unit}", _full_width(str(value)) + unit):
        (found,) = entry(form.hours, cell).values
        assert Decimal(found) == value
    assert entry(form.score, f"{value}分").values == [str(value)]


def test_minutes_are_not_hours(form: EveryField):
    for text in ("90分", "90分钟", "半天", "2小时30分"):
        (found,) = entry(form.hours, text).values
        form.hours.process(MultiDict([("hours", found)]))
        assert not form.hours.validate(form), text


# ------------------------------------------------------------------ words


def test_text_stays_as_it_was_typed(form: EveryField):
    for text in ("=1+1", "+86", "-5", "@x", "<b>", "{{ 7*7 }}", "🎉", "430725198001011234"):
        assert entry(form.line, text).values == [text]
    assert entry(form.line, 13_800_000_000).values == ["13800000000"]
    assert entry(form.note, "一行\n两行").values == ["一行\n两行"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("4.30725198001011E+17", "设为文本"), ("1.38E+10", "设为文本"), ("#REF!", "公式"),
     ("#####", "公式"), ("#N/A", "公式"), ("同上", "写全"), ("〃", "写全")],
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


# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("text", "ids"),
    [("架桥村", "1"), ("架桥", "1"), ("架桥村委会", "1"), ("架桥村民委员会", "1"),
     ("架 桥 村", "1"), ("架桥、石桥", "12"), ("架桥村 石桥村", "12"), ("架桥村\n石桥村", "12"),
     ("架桥/石桥", "12"),
     ("石桥村和架桥村", "21"), ("架桥镇石桥村", "2"), ("石桥村3组", "2"), ("东街村", "3"),
     ("东街居委会", "4"), ("各村", "12345"), ("全镇", ""), ("张三", "5"), ("张 三、石桥", "52"),
     ("张 三 石桥", "52"), ("架桥、架桥村", "1")],
)  # fmt: skip
def test_records_are_found_by_name(text: str, ids: str):
    assert "".join(names().read(text, several=True).values) == ids


def test_a_loose_wording_is_noted():
    assert names().read("石桥村3组", several=True).notes
    assert not names().read("石桥", several=True).notes


def test_unknown_names_are_all_told():
    with pytest.raises(UnknownNames, match="李家村、王家村") as refused:
        names().read("李家村、架桥村、王家村", several=True)
    assert refused.value.names == ["李家村", "王家村"]
    with pytest.raises(AmbiguousName):
        names().read("东街", several=True)
    with pytest.raises(UnknownNames, match="架桥社区"):
        names().read("架桥社区", several=True)


def test_one_field_takes_one_name():
    with pytest.raises(NotUnderstood, match="只能填一个"):
        names().read("架桥村、石桥村", several=False)
    assert names().read("全镇", several=False).values == []
    with pytest.raises(NotUnderstood):
        names(optional=False).read("全镇", several=False)


@pytest.mark.parametrize(
    "text",
    ["架桥村等5个村", "架桥村、石桥村等", "3个村", "各组", "全镇范围内", "12", "三", "架桥村村部",
     "架桥村和李家村", "某村：详见附件", "若干村", "村*31", "—架桥"],
)  # fmt: skip
def test_what_is_no_name_never_becomes_one(text: str):
    text = "村" * 31 if text == "村*31" else text
    for several in (True, False):
        with pytest.raises(NotUnderstood):
            names().read(text, several=several)


def test_real_names_may_be_new():
    for text in ("平等村", "全福村", "和平社区", "李家村", "3.15消费者权益", "八百村"):
        with pytest.raises(UnknownNames):
            names().read(text, several=True)


def test_a_new_name_is_known_from_then_on():
    known = names()
    known.add("9", "李家村")
    assert known.read("李家、架桥", several=True).values == ["9", "1"]


# ------------------------------------------------------------------ bounds


_LONG = ["9", "-", "至", "一", "、", "3月", "架桥、", "约", " 1", "(", "东街/"]


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("sign", _LONG)
def test_a_cell_as_long_as_can_be_takes_no_time(form: EveryField, name: str, sign: str):
    text = clean_line((sign * 32_767)[:32_767])
    started, said = time.process_time(), ""
    try:
        read(form._fields[name], text, text, 2024, names())
    except TrackerError as error:
        said = error.message.zh
    assert time.process_time() - started < 0.5
    assert len(said) < 400
