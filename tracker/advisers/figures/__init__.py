"""The figures of advisers and of legal-literate persons, declared once."""

from tracker.kernel.figure import AnyFigure

from . import persons, serving, visits

ALL: tuple[AnyFigure, ...] = (*serving.ALL, *visits.ALL, *persons.ALL)
