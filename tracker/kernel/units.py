"""Units of figures. Unlike units are never added."""

from __future__ import annotations

from .terms import Term


class Unit(Term):
    """What a figure counts in. 人次 (person-times) and 人 (distinct persons) differ."""

    TIMES = "times", "次", "times"
    SESSIONS = "sessions", "场次", "sessions"
    PERSON_TIMES = "person_times", "人次", "person-times"
    PERSONS = "persons", "人", "persons"
    COPIES = "copies", "份", "copies"
    CASES = "cases", "件", "cases"
    ENTRIES = "entries", "条", "entries"
    PIECES = "pieces", "个", "units"
    ITEMS = "items", "项", "items"
    ESSAYS = "essays", "篇", "papers"
    PLACES = "places", "处", "places"
    DEVICES = "devices", "台", "devices"
    HOUSEHOLDS = "households", "户", "households"
    FIRMS = "firms", "家", "enterprises"
    TEAMS = "teams", "支", "teams"
    BOARDS = "boards", "块", "boards"
    HOURS = "hours", "学时", "class hours"
    YUAN = "yuan", "元", "yuan"
    SQUARE_METRES = "square_metres", "平方米", "m²"
    POINTS = "points", "分", "points"
    PERCENT = "percent", "%", "%"
