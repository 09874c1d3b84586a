"""Which reports, sections and editions there are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from tracker.kernel.scope import Scope

from .models import Report, ReportEdition, ReportSection


def report_of(session: Session, office_id: int, year: int) -> Report | None:
    """An office's report of a year, if it was begun."""
    return session.scalar(
        select(Report)
        .where(Report.office_id == office_id, Report.year == year, Report.voided_at.is_(None))
        .options(undefer(Report.styles))
    )


def reports_of_year(session: Session, scope: Scope, year: int) -> Sequence[Report]:
    """The reports of all offices a person sees."""
    return session.scalars(
        select(Report)
        .where(scope.covers(Report.office_id), Report.year == year, Report.voided_at.is_(None))
        .order_by(Report.office_id)
    ).all()


def sections_of(session: Session, report: Report) -> Sequence[ReportSection]:
    """The sections of a report in their order, without those that were taken out."""
    return session.scalars(
        select(ReportSection)
        .where(
            ReportSection.office_id == report.office_id,
            ReportSection.report_id == report.id,
            ReportSection.voided_at.is_(None),
        )
        .order_by(ReportSection.position, ReportSection.id)
    ).all()


def taken_out(session: Session, report: Report) -> Sequence[ReportSection]:
    """The sections that were taken out of a report, the last one first."""
    return session.scalars(
        select(ReportSection)
        .where(
            ReportSection.office_id == report.office_id,
            ReportSection.report_id == report.id,
            ReportSection.voided_at.is_not(None),
        )
        .order_by(ReportSection.voided_at.desc(), ReportSection.id)
    ).all()


def editions_of(session: Session, report: Report) -> Sequence[ReportEdition]:
    """The editions of a report, the newest first."""
    return session.scalars(
        select(ReportEdition)
        .where(ReportEdition.office_id == report.office_id, ReportEdition.report_id == report.id)
        .order_by(ReportEdition.sequence.desc())
    ).all()


def edition(session: Session, scope: Scope, edition_id: int) -> ReportEdition | None:
    """One edition with its contents, among those a person may see."""
    return session.scalar(
        select(ReportEdition)
        .where(scope.covers(ReportEdition.office_id), ReportEdition.id == edition_id)
        .options(undefer(ReportEdition.contents))
    )
