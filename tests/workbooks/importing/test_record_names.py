"""Records that cells name."""

from __future__ import annotations

import pytest

from tests.workbooks.importing.every_field import (
    names,
)
from tracker.workbooks.importing.entries import NotUnderstood
from tracker.workbooks.importing.names import AmbiguousName, UnknownNames


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
