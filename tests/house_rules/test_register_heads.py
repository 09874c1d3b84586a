"""The heads by which ledgers' columns are known: no two columns answer to one head."""

from __future__ import annotations

import re
import unicodedata

import pytest

from tests.support.world import World
from tracker import collections
from tracker.kernel.intake import Intake
from tracker.kernel.register import Column, Register

_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】|〔[^〕]*〕")

every_register = pytest.mark.parametrize(
    "register", collections.REGISTERS, ids=lambda register: register.key
)
every_intake = pytest.mark.parametrize(
    "intake", collections.INTAKES, ids=lambda intake: intake.register.key
)


def spellings(head: str) -> set[str]:
    """A head in one width, without spaces and letter case; and without brackets and their units."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", head)).lower()
    return {text, re.sub(r"[()\[\]【】〔〕]", "", text), _BRACKETED.sub("", text)}


def known(column: Column) -> set[str]:
    return {
        spelling
        for head in (column.label.zh, column.label.en, *column.also)
        for spelling in spellings(head)
    }


def test_heads_are_compared_as_offices_write_them():
    assert spellings("参加人次 （人）") == {"参加人次(人)", "参加人次人", "参加人次"}


@every_register
def test_a_head_means_one_column(register: Register):
    owners: dict[str, set[str]] = {}
    for column in register.columns:
        for head in known(column):
            owners.setdefault(head, set()).add(column.key)
    assert {head: keys for head, keys in owners.items() if len(keys) > 1} == {}


@every_register
def test_other_heads_are_others_and_said_once(register: Register):
    for column in register.columns:
        heads = [column.label.zh, column.label.en, *column.also]
        assert len(set(heads)) == len(heads), f"{column.key}: {heads}"
        assert all(head and head == head.strip() for head in heads), f"{column.key}: {heads}"


@every_register
def test_every_ledger_has_the_number_of_its_records(register: Register):
    """By it an export that comes back finds its records again."""
    assert register.column("number").label.zh == "编号"


@every_intake
def test_a_column_fills_a_field_that_its_form_has(world: World, intake: Intake):
    with world.reading() as session:
        form = intake.form(session, world.scope())
    columns = {column.key: intake.field_of(column) for column in intake.register.columns}
    assert columns["number"] == "", "numbers are given, never taken in"
    filled = [name for name in columns.values() if name]
    assert set(filled) <= set(form._fields)
    assert len(set(filled)) == len(filled), "two columns fill one field"
    for names in (intake.fields, intake.references, intake.choices, intake.example):
        assert set(names) <= set(columns)
    assert {*intake.defaults, *intake.bases, *intake.bases.values()} <= set(form._fields)
