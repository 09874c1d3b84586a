"""The figures of advisers and of legal-literate persons, declared once."""

from tracker.kernel.figure import AnyFigure

from . import opinions, persons, serving, visits

ALL: tuple[AnyFigure, ...] = (*serving.ALL, *visits.ALL, *opinions.ALL, *persons.ALL)
