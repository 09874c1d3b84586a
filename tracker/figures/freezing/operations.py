"""Freezing a year: the one write that makes a frozen set."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tracker.kernel import clock
from tracker.kernel.errors import RuleBroken
from tracker.kernel.numbering import next_number
from tracker.kernel.period import Period
from tracker.kernel.readiness import Finding
from tracker.kernel.records import writer_name
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from .. import published
from . import content, queries
from .comparing import count_changes
from .models import LONGEST_FINDINGS, FrozenFigure, FrozenMember, FrozenSet

_FUTURE = Words(
    "{year} 年还没有开始，不能定稿。", "The year {year} has not begun; it cannot be frozen."
)
_SAME = Words(
    "{number} 定稿以后，{year} 年的数字没有变化，不需要重新定稿。",
    "Nothing changed in the figures of {year} since {number}; there is nothing to freeze again.",
)
_WHY = Words("请填写重新定稿的原因", "Say why the year is frozen again")


def freeze(
    session: Session,
    scope: Scope,
    year: int,
    today: date,
    *,
    note: str = "",
    findings: Sequence[Finding] = (),
) -> FrozenSet:
    """Freeze a year of the writer's own office, with everything that counted.

    A year that still runs may be frozen: offices report in December. States are then read today,
    and what comes later shows as a change. ``findings`` are kept with the set, open ones counted.

    :raises RuleBroken: before the year begins; when nothing changed since the last set; when a
        year is frozen again without a reason.
    """
    period = Period.of_year(year, today)
    if period.first > today:
        raise RuleBroken("", _FUTURE.fill(year=year))
    before = queries.set_in_force(session, scope, year)
    if before is not None:
        if not count_changes(session, scope, before, today):
            raise RuleBroken("", _SAME.fill(number=before.number, year=year))
        if not note:
            raise RuleBroken("note", _WHY)
    present = published.present_readings(session, scope, period)
    gathered = content.gather(session, scope, period, {**present.readings, **present.parts})
    frozen = FrozenSet(
        office_id=scope.home_office_id,
        number=next_number(session, scope.home_office_id, FrozenSet.number_prefix, year),
        year=year,
        sequence=before.sequence + 1 if before is not None else 1,
        as_at=period.as_at,
        frozen_at=clock.now(),
        frozen_by=writer_name(session),
        note=note,
        findings=_listed(findings),
        open_findings=sum(finding.is_open for finding in findings),
    )
    figures = [content.frozen_figure(n, each) for n, each in enumerate(gathered)]
    for figure in figures:
        figure.office_id = frozen.office_id
    rows_of = {each.figure.key: [content.member_row(m) for m in each.members] for each in gathered}
    frozen.digest = content.digest(frozen, figures, rows_of)
    session.add(frozen)
    session.flush()
    for figure in figures:
        figure.set_id = frozen.id
    session.add_all(figures)
    session.flush()
    _add_members(session, frozen, figures, rows_of)
    return frozen


def _add_members(
    session: Session,
    frozen: FrozenSet,
    figures: Sequence[FrozenFigure],
    rows_of: dict[str, list[dict[str, object]]],
) -> None:
    rows = [
        {"office_id": frozen.office_id, "set_id": frozen.id, "figure_id": figure.id, **row}
        for figure in figures
        for row in rows_of[figure.key]
    ]
    if rows:
        session.execute(insert(FrozenMember), rows)


def _listed(findings: Sequence[Finding]) -> str:
    """The findings as they are kept: as many as there is room for, the open ones first."""
    ordered = sorted(findings, key=lambda finding: not finding.is_open)
    listed = [
        {"text": f.text.zh, "text_en": f.text.en, "url": f.url, "accepted": f.accepted}
        for f in ordered
    ]
    while len(found := json.dumps(listed, ensure_ascii=False)) > LONGEST_FINDINGS:
        listed = listed[: len(listed) // 2]
    return found
