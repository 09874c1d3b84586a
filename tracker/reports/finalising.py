"""Making a report's text final, apart from its figures: what must hold, and the edition itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tracker.figures.freezing.models import FrozenSet
from tracker.kernel import clock, records
from tracker.kernel.errors import RuleBroken, StaleEdit, TrackerError
from tracker.kernel.numbering import next_number
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.models import Office

from . import drafting, editions, operations, queries
from .composing import require_sayable
from .drafting import YearReport
from .drafts import ReportDraft
from .models import LONGEST_CONTENTS, Report, ReportEdition
from .shipped import shipped_report

_NOT_FROZEN = Words(
    "{year} 年的数字还没有定稿，不能生成定稿。请先定稿这一年的数字"
    "（「年度数字」页，或 tracker freeze {year}），再来定稿文本；现在可以先生成草稿。",
    "The figures of {year} are not frozen, so nothing can be final. Freeze the year first (page "
    "“Figures of the year”, or tracker freeze {year}); a draft can be made now.",
)
_UNCONFIRMED = Words(
    "还有 {n} 段沿用上年、没有核对的文字，请逐段核对后再定稿",
    "{n} paragraphs were copied from last year and not confirmed; check them first",
)
_SAME = Words(
    "文本和数字与 {number} 相同，不必再定稿",
    "Text and numbers are those of {number}; there is nothing new to make final",
)
_TOO_LARGE = Words(
    "报告太长，无法定稿；请删减正文", "The report is too long to be made final; shorten it"
)


def require_final(read: YearReport) -> FrozenSet:
    """Refuse to make final what cannot be; returns the frozen set.

    :raises TrackerError: when the figures are not frozen, or a mark says nothing.
    """
    if read.figures.frozen is None:
        raise TrackerError(_NOT_FROZEN.fill(year=read.figures.period.year))
    require_sayable(read.composed)
    return read.figures.frozen


def edition_saying(session: Session, report: Report, read: YearReport) -> ReportEdition | None:
    """The newest edition, where it prints the same text with the same numbers."""
    last = next(iter(queries.editions_of(session, report)), None)
    contents = editions.contents_of(read.text, read.composed, read.annex(clock.today()))
    same = last is not None and editions.says_the_same(last.contents, contents)
    return last if same else None


def make_edition(
    session: Session, scope: Scope, report_id: int, version: int | None, read: YearReport
) -> ReportEdition:
    """Make the text final as it now reads. ``read`` is the report as it was said for the person.

    :raises RecordMissing, StaleEdit: also when a section was changed since it was said.
    :raises TrackerError: see `require_final`.
    :raises RuleBroken: when a paragraph from last year is not confirmed, or nothing changed since
        the last edition.
    """
    report = records.find_to_write(session, Report, report_id, scope, version)
    sections = queries.sections_of(session, report)
    now = [(each.id, each.level, each.heading, each.body) for each in sections]
    if now != [(each.id, each.level, each.heading, each.body) for each in read.text.sections]:
        raise StaleEdit(report.version)
    frozen = require_final(read)
    if waiting := sum(len(each.unconfirmed) for each in sections):
        raise RuleBroken("", _UNCONFIRMED.fill(n=waiting))
    if (last := edition_saying(session, report, read)) is not None:
        raise RuleBroken("", _SAME.fill(number=last.number))
    contents = editions.contents_of(read.text, read.composed, read.annex(clock.today()))
    if len(contents) > LONGEST_CONTENTS:
        raise RuleBroken("", _TOO_LARGE)
    edition = ReportEdition(
        office_id=report.office_id,
        number=next_number(session, report.office_id, ReportEdition.number_prefix, report.year),
        report_id=report.id,
        year=report.year,
        sequence=len(queries.editions_of(session, report)) + 1,
        frozen_number=frozen.number,
        made_at=clock.now(),
        made_by=records.writer_name(session),
        contents=contents,
    )
    session.add(edition)
    session.flush()
    return edition


def begin(session: Session, scope: Scope, office: Office, year: int, today: date) -> Report:
    """Begin a report from the shipped text as it stands."""
    shipped = shipped_report()
    return operations.start_report(
        session,
        office.id,
        year,
        ReportDraft(shipped.title, office.name, shipped.addressee, today),
        drafting.occasion_of(session, scope, office, year, today, None),
    )


def make_final(
    session: Session, scope: Scope, office: Office, year: int, today: date
) -> ReportEdition:
    """For the command line: the edition of the report as it now stands; one that nobody has begun
    is begun from the shipped text.

    :raises TrackerError: see `make_edition`.
    """
    report = queries.report_of(session, office.id, year) or begin(
        session, scope, office, year, today
    )
    read = drafting.year_report_of(session, scope, office, year, today, report)
    return make_edition(session, scope, report.id, None, read)
