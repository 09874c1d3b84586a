"""The tables of frozen sets. Their rows are written once; the database refuses anything else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.kernel.figure import Basis
from tracker.kernel.immutable import written_once
from tracker.kernel.model import Logged, Model, Owned, flag, owned, refers, term, text, whole
from tracker.kernel.period import FIRST_YEAR, LAST_YEAR, Period
from tracker.kernel.units import Unit
from tracker.kernel.wording import Number, Rounding, Wording
from tracker.kernel.words import Words

from ..readings import as_number

#: The longest list of what was still open, as JSON.
LONGEST_FINDINGS = 200_000


class FrozenSet(Owned, Logged, Model):
    """定稿: all figures of a year as an office published them.

    A year may be frozen again after corrections; ``sequence`` counts, the newest one is in force.
    ``digest`` is the SHA-256 of everything the set holds; it stands in the change log too.
    """

    __tablename__ = "frozen_set"
    __table_args__ = owned(
        UniqueConstraint("office_id", "number"),
        UniqueConstraint("office_id", "year", "sequence"),
    )
    number_prefix = "DG"

    number: Mapped[str] = text(40)
    year: Mapped[int] = whole(FIRST_YEAR, LAST_YEAR)
    sequence: Mapped[int] = whole(1, 9999)
    #: The day on which states («serving», «valid») were read.
    as_at: Mapped[date]
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[str] = text(60)
    note: Mapped[str] = text(500, may_be_empty=True)
    #: What was open or accepted when it was frozen: a JSON list, see `closing.readiness`.
    findings: Mapped[str] = text(LONGEST_FINDINGS, deferred=True)
    open_findings: Mapped[int] = whole(0)
    digest: Mapped[str] = text(64)

    log_hidden = frozenset({"findings"})

    @property
    def name(self) -> str:
        """What the change log calls it."""
        return self.number

    @property
    def period(self) -> Period:
        """The year it speaks of, with its own day for states."""
        return Period(date(self.year, 1, 1), date(self.year, 12, 31), self.as_at)


class FrozenFigure(Owned, Model):
    """One figure of a frozen set, with all that is needed to print it again.

    Numbers are decimal texts, so that neither database rounds them. ``shown`` is False for the two
    parts of a ratio that are no figures of their own.
    """

    __tablename__ = "frozen_figure"
    __table_args__ = owned(
        refers("set_id", "frozen_set"),
        UniqueConstraint("office_id", "set_id", "key"),
    )

    set_id: Mapped[int]
    position: Mapped[int] = whole(0)
    key: Mapped[str] = text(100)
    shown: Mapped[bool] = flag("shown", default=True)
    label_zh: Mapped[str] = text(200)
    label_en: Mapped[str] = text(200)
    definition_zh: Mapped[str] = text(2000)
    definition_en: Mapped[str] = text(2000)
    group_zh: Mapped[str] = text(100)
    group_en: Mapped[str] = text(100)
    unit: Mapped[Unit] = term(Unit)
    basis: Mapped[Basis] = term(Basis)
    spoken_zh: Mapped[str] = text(40)
    spoken_en: Mapped[str] = text(40)
    rounding: Mapped[str] = text(10)
    value_text: Mapped[str] = text(30, may_be_empty=True)
    previous_text: Mapped[str] = text(30, may_be_empty=True)
    phrase_zh: Mapped[str] = text(100)
    phrase_en: Mapped[str] = text(100)
    records: Mapped[int] = whole(0)
    count_basis_json: Mapped[str] = text(300, may_be_empty=True)
    source_key: Mapped[str] = text(60)
    numerator_key: Mapped[str] = text(100, may_be_empty=True)
    denominator_key: Mapped[str] = text(100, may_be_empty=True)

    @property
    def label(self) -> Words:
        return Words(self.label_zh, self.label_en)

    @property
    def definition(self) -> Words:
        return Words(self.definition_zh, self.definition_en)

    @property
    def group(self) -> Words:
        return Words(self.group_zh, self.group_en)

    @property
    def wording(self) -> Wording:
        return Wording(Words(self.spoken_zh, self.spoken_en), Rounding(self.rounding))

    @property
    def phrase(self) -> Words:
        return Words(self.phrase_zh, self.phrase_en)

    @property
    def value(self) -> Number | None:
        return number_of(self.value_text)

    @property
    def previous(self) -> Number | None:
        return number_of(self.previous_text)

    @property
    def count_basis(self) -> Mapping[str, int] | None:
        return json.loads(self.count_basis_json) if self.count_basis_json else None

    @property
    def members_key(self) -> str:
        """The figure of the set whose records are listed: of a ratio, its numerator."""
        return self.numerator_key or self.key


class FrozenMember(Owned, Model):
    """A record that counted when the set was frozen: which one, in which version, what it added.

    It keeps no reference to the record, which lives on and may belong to a township of the county
    that froze the set.
    """

    __tablename__ = "frozen_member"
    __table_args__ = owned(
        refers("set_id", "frozen_set"),
        refers("figure_id", "frozen_figure"),
        UniqueConstraint("office_id", "figure_id", "record_id"),
        Index(None, "office_id", "set_id"),
    )

    set_id: Mapped[int]
    figure_id: Mapped[int]
    record_office_id: Mapped[int] = whole(1, 2_147_483_647)
    record_id: Mapped[int] = whole(1, 2_147_483_647)
    record_version: Mapped[int] = whole(1)
    number: Mapped[str] = text(40)
    title: Mapped[str] = text(500)
    day: Mapped[date | None] = mapped_column()
    weight_text: Mapped[str] = text(30)
    url: Mapped[str] = text(300)

    @property
    def weight(self) -> Number:
        return as_number(Decimal(self.weight_text))


def number_of(stored: str) -> Number | None:
    """A stored number; None where nothing could be said."""
    return as_number(Decimal(stored)) if stored else None


for _model in (FrozenSet, FrozenFigure, FrozenMember):
    written_once(_model)
