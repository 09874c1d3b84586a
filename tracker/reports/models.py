"""Tables of reports: an office's text of a year, its sections, and the editions made of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from tracker.kernel.immutable import written_once
from tracker.kernel.model import (
    Logged,
    Model,
    Owned,
    Recorded,
    owned,
    recorded,
    refers,
    term,
    text,
    whole,
)
from tracker.kernel.period import FIRST_YEAR, LAST_YEAR

from .terms import FontSet

LONGEST_TITLE = 100
LONGEST_HEADING = 60
LONGEST_BODY = 20_000
LONGEST_STYLES = 200_000
LONGEST_CONTENTS = 6_000_000
MOST_SECTIONS = 100
MOST_POSITION = 999_999_999


class Report(Recorded, Model):
    """年度报告: what is said once for a year's report; its text stands in its sections."""

    __tablename__ = "report"
    __table_args__ = recorded(UniqueConstraint("office_id", "year"))
    number_prefix = "NB"
    log_hidden = frozenset({"styles"})

    year: Mapped[int] = whole(FIRST_YEAR, LAST_YEAR)
    title: Mapped[str] = text(LONGEST_TITLE)
    addressee: Mapped[str] = text(LONGEST_TITLE, may_be_empty=True)
    signed_by: Mapped[str] = text(60)
    #: 成文日期; without one, the day on which the file is made.
    signed_on: Mapped[date | None]
    fonts: Mapped[FontSet] = term(FontSet)
    styles_name: Mapped[str] = text(200, may_be_empty=True)
    #: Styles of an office's own document, as `docx.supplied` keeps them.
    styles: Mapped[str] = text(LONGEST_STYLES, may_be_empty=True, deferred=True)


class ReportSection(Recorded, Model):
    """One section. ``level`` 0 is the opening, which has no heading; numbers of headings are given
    by the order and never stored.

    ``body`` is one paragraph a line, with marks. ``carried`` are those of its paragraphs that came
    from last year's report, for as long as nobody has confirmed or changed them.
    """

    __tablename__ = "report_section"
    __table_args__ = recorded(
        refers("report_id", "report"),
        Index(None, "office_id", "report_id", "position", "id"),
        CheckConstraint("(level = 0) = (heading = '')", name="opening_has_no_heading"),
    )
    number_prefix = "NBJ"

    report_id: Mapped[int]
    position: Mapped[int] = whole(0, MOST_POSITION)
    level: Mapped[int] = whole(0, 3)
    heading: Mapped[str] = text(LONGEST_HEADING, may_be_empty=True)
    body: Mapped[str] = text(LONGEST_BODY, may_be_empty=True)
    #: The shipped section it began as.
    shipped_key: Mapped[str] = text(40, may_be_empty=True)
    carried: Mapped[str] = text(LONGEST_BODY, may_be_empty=True)

    @property
    def paragraphs(self) -> list[str]:
        """Its paragraphs, as they were written."""
        return [line for line in self.body.split("\n") if line]

    @property
    def unconfirmed(self) -> list[int]:
        """The places of the paragraphs that came from last year and await a look."""
        carried = set(self.carried.split("\n")) - {""}
        return [n for n, paragraph in enumerate(self.paragraphs) if paragraph in carried]


class ReportEdition(Owned, Logged, Model):
    """定稿文本: a report's text as it was made final, with the numbers it was said with.

    ``contents`` is JSON, see `editions`: every section with its marks and as it was said, and the
    annex. Written once; a later text is a further edition.
    """

    __tablename__ = "report_edition"
    __table_args__ = owned(
        refers("report_id", "report"),
        UniqueConstraint("office_id", "number"),
        UniqueConstraint("office_id", "report_id", "sequence"),
    )
    number_prefix = "NBW"
    log_hidden = frozenset({"contents"})

    number: Mapped[str] = text(40)
    report_id: Mapped[int]
    year: Mapped[int] = whole(FIRST_YEAR, LAST_YEAR)
    sequence: Mapped[int] = whole(1, 9999)
    #: The number of the frozen set whose figures it prints.
    frozen_number: Mapped[str] = text(40)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = text(60)
    contents: Mapped[str] = text(LONGEST_CONTENTS, deferred=True)

    @property
    def name(self) -> str:
        """What the change log calls it."""
        return self.number


written_once(ReportEdition)
