"""Fills a form: what it holds, what its marks mean, their values, and the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from tracker.kernel.errors import TrackerError
from tracker.kernel.register import Register
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.models import Office
from tracker.offices.queries import offices_of
from tracker.workbooks.book import file_name

from . import opening
from .findings import Survey
from .meanings import NO_MARKS, Problem, Understood, understand
from .values import Occasion, values_for
from .vocabulary import Vocabulary

_UNKNOWN = Words(
    "表样里有 {n} 处标记不能填写，没有生成文件：\n{lines}",
    "{n} marks of the form cannot be filled, so no file was made:\n{lines}",
)


class UnknownMarks(TrackerError):
    """A form with marks that cannot be filled; ``problems`` says which, all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        lines = [problem.line for problem in problems]
        super().__init__(
            Words(
                _UNKNOWN.zh.format(n=len(lines), lines="\n".join(line.zh for line in lines)),
                _UNKNOWN.en.format(n=len(lines), lines="\n".join(line.en for line in lines)),
            )
        )
        self.problems = tuple(problems)


def occasion_of(
    session: Session, scope: Scope, office: Office, year: int, today: date, prepared_by: str
) -> Occasion:
    """The occasion of filling a form of an office."""
    names = {each.id: each.name for each in offices_of(session, scope)}
    return Occasion(office.name, names, scope, year, today, prepared_by)


def understood_by(vocabulary: Vocabulary, survey: Survey) -> Understood:
    """What a form's marks mean.

    :raises TrackerError: when it has none.
    :raises UnknownMarks: when some of them mean nothing.
    """
    if not (survey.places or survey.blocks or survey.faults):
        raise TrackerError(NO_MARKS)
    understood = understand(survey, vocabulary)
    if understood.problems:
        raise UnknownMarks(understood.problems)
    return understood


def fill_form(
    session: Session,
    data: bytes,
    survey: Survey,
    occasion: Occasion,
    registers: Sequence[Register],
) -> bytes:
    """The filled workbook. Nothing is made where any mark is unknown.

    :raises TrackerError: see `understood_by` and `opening.survey`.
    """
    vocabulary = Vocabulary(session, occasion.scope, registers, occasion.year)
    understood = understood_by(vocabulary, survey)
    return opening.fill(data, values_for(session, vocabulary, understood, occasion))


def filled_name(office: Office, form_name: str, year: int, today: date) -> str:
    """架桥镇_2024_普法情况统计表_20250120.xlsx."""
    return file_name(office.name, year, form_name, today)
