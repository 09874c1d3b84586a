"""Every write of reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.scope import Scope
from tracker.kernel.text import clean, clean_line
from tracker.kernel.words import Words

from . import numerals, ordering, queries
from .composing import OPENING, paragraphs
from .drafts import ReportDraft, SectionDraft
from .marks import Occasion, Problem, say
from .models import (
    LONGEST_BODY,
    MOST_SECTIONS,
    Report,
    ReportSection,
)
from .shipped import ShippedSection, shipped_report
from .terms import Direction, StartFrom

_BEGUN = Words(
    "这一年的报告已经开始编写，请打开后修改",
    "This year’s report was begun already; open it and change it there",
)
_NO_LAST_YEAR = Words(
    "没有 {year} 年的报告可以沿用，请改选「范本」",
    "There is no report of {year} to copy; choose the shipped text",
)
_TOO_MANY = Words("一份报告最多 {most} 节", "A report has at most {most} sections")
_NO_HEADING = Words("请填写标题；只有引言没有标题", "Enter a heading; only the opening has none")
_NO_HEADING_THERE = Words(
    "引言没有标题，请清空标题，或者改选其他层次",
    "The opening has no heading; empty it, or choose another level",
)
_NO_TEXT = Words("请填写正文", "Enter the text")
_TOO_LONG = Words(
    "正文请勿超过 {most} 字，现有 {have} 字", "Keep the text under {most} characters; it has {have}"
)
_MORE = Words("{lines}\n另有 {n} 处", "{lines}\nand {n} more")
_LISTED = 5


def start_report(
    session: Session,
    office_id: int,
    year: int,
    draft: ReportDraft,
    occasion: Occasion,
) -> Report:
    """Begin a year's report from the shipped text, or from last year's.

    Sentences of the shipped text whose figures have nothing to say are left out. Every paragraph
    of last year's is marked until somebody confirms it; its marks speak this year's figures.

    :raises RuleBroken: when it was begun before, or there is none of last year; see
        also `_require_sound_head`.
    """
    if queries.report_of(session, office_id, year) is not None:
        raise RuleBroken("", _BEGUN)
    _require_sound_head(draft, occasion)
    before: Report | None = None
    if draft.start_from is StartFrom.LAST_YEAR:
        before = queries.report_of(session, office_id, year - 1)
        if before is None:
            raise RuleBroken("start_from", _NO_LAST_YEAR.fill(year=year - 1))
    report = Report(office_id=office_id, year=year, styles_name="", styles="")
    if before is not None:
        report.styles_name, report.styles = before.styles_name, before.styles
    _fill_report(report, draft)
    records.add_new(session, report)
    if before is not None:
        begun = [_carried_over(each) for each in queries.sections_of(session, before)]
    else:
        begun = [_shipped(each, occasion) for each in shipped_report().sections]
    for place, section in enumerate(begun, 1):
        section.office_id, section.report_id = office_id, report.id
        section.position = place * ordering.STEP
        records.add_new(session, section)
    return report


def _shipped(section: ShippedSection, occasion: Occasion) -> ReportSection:
    return ReportSection(
        level=section.level,
        heading=section.heading,
        body=section.body(occasion.readings),
        shipped_key=section.key,
        carried="",
    )


def _carried_over(section: ReportSection) -> ReportSection:
    return ReportSection(
        level=section.level,
        heading=section.heading,
        body=section.body,
        shipped_key=section.shipped_key,
        carried=section.body,
    )


def update_report(
    session: Session,
    scope: Scope,
    report_id: int,
    draft: ReportDraft,
    version: int | None,
    occasion: Occasion,
) -> Report:
    """Change what is said once for the report.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_sound_head`.
    """
    report = records.find_to_write(session, Report, report_id, scope, version)
    _require_sound_head(draft, occasion)
    _fill_report(report, draft)
    records.sign(session, report)
    return report


def _fill_report(report: Report, draft: ReportDraft) -> None:
    report.title = draft.title
    report.addressee = draft.addressee.rstrip("：:")
    report.signed_by = draft.signed_by
    report.signed_on = draft.signed_on
    report.fonts = draft.fonts
    if draft.styles is not None:
        report.styles_name, report.styles = draft.styles.name, draft.styles.styles


def _require_sound_head(draft: ReportDraft, occasion: Occasion) -> None:
    """Title and addressee say something.

    :raises RuleBroken: for a mark in them that does not.
    """
    for name in ("title", "addressee"):
        _require_said(name, getattr(draft, name), occasion)


def create_section(
    session: Session, scope: Scope, report_id: int, draft: SectionDraft, occasion: Occasion
) -> ReportSection:
    """Add a section.

    :raises RecordMissing: when the report is not theirs to write.
    :raises RuleBroken: when there are too many; see also `_sound`.
    """
    report = records.find_to_write(session, Report, report_id, scope, None)
    sections = queries.sections_of(session, report)
    if len(sections) >= MOST_SECTIONS:
        raise RuleBroken("", _TOO_MANY.fill(most=MOST_SECTIONS))
    draft = _sound(draft, occasion)
    section = ReportSection(
        office_id=report.office_id,
        report_id=report.id,
        level=draft.level,
        heading=draft.heading,
        body=draft.body,
        shipped_key="",
        carried="",
    )
    section.position = ordering.place_after(sections, draft.after)
    records.add_new(session, section)
    return section


def update_section(
    session: Session,
    scope: Scope,
    section_id: int,
    draft: SectionDraft,
    version: int | None,
    occasion: Occasion,
) -> ReportSection:
    """Change a section's text. A paragraph that is changed is no longer last year's.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_sound`.
    """
    section = records.find_to_write(session, ReportSection, section_id, scope, version)
    draft = _sound(draft, occasion)
    section.level, section.heading, section.body = draft.level, draft.heading, draft.body
    _keep_carried(section, section.unconfirmed)
    records.sign(session, section)
    return section


def move_section(
    session: Session, scope: Scope, section_id: int, direction: Direction
) -> ReportSection:
    """Move a section with those below it past its neighbour.

    :raises RecordMissing: when it is not theirs to write.
    :raises RuleBroken: when it is the first, or the last, of its kind already.
    """
    section = records.find_to_write(session, ReportSection, section_id, scope, None)
    report = records.find_to_write(session, Report, section.report_id, scope, None)
    moved = ordering.moved(queries.sections_of(session, report), section, direction)
    for place, each in enumerate(moved, 1):
        if each.position != place * ordering.STEP:
            each.position = place * ordering.STEP
            records.sign(session, each)
    return section


def confirm_paragraphs(
    session: Session,
    scope: Scope,
    section_id: int,
    version: int | None,
    place: int | None = None,
) -> ReportSection:
    """Say that paragraphs from last year hold for this one: one of them, or all of the section.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    """
    section = records.find_to_write(session, ReportSection, section_id, scope, version)
    left = [] if place is None else [each for each in section.unconfirmed if each != place]
    if left != section.unconfirmed:
        _keep_carried(section, left)
        records.sign(session, section)
    return section


def _keep_carried(section: ReportSection, places: Sequence[int]) -> None:
    texts = section.paragraphs
    section.carried = "\n".join(texts[place] for place in places)


def _sound(draft: SectionDraft, occasion: Occasion) -> SectionDraft:
    """The section tidied: headings without typed numbers, one paragraph a line.

    :raises RuleBroken: when a heading is missing, the opening is empty, the text is too long, or a
        mark says nothing.
    """
    heading = numerals.without_number(clean_line(draft.heading))
    if draft.level == numerals.OPENING and heading:
        raise RuleBroken("heading", _NO_HEADING_THERE)
    if draft.level != numerals.OPENING and not heading:
        raise RuleBroken("heading", _NO_HEADING)
    body = "\n".join(paragraphs(clean(draft.body)))
    if draft.level == numerals.OPENING and not body:
        raise RuleBroken("body", _NO_TEXT)
    if len(body) > LONGEST_BODY:
        raise RuleBroken("body", _TOO_LONG.fill(most=LONGEST_BODY, have=len(body)))
    _require_said("heading", heading, occasion)
    _require_said("body", body, occasion, heading or OPENING.zh)
    return SectionDraft(draft.level, heading, body, draft.after)


def _require_said(field: str, text: str, occasion: Occasion, where: str = "") -> None:
    """Every mark of a text says something.

    :raises RuleBroken: naming section, sentence and the known name that was probably meant.
    """
    problems: list[Problem] = []
    for line in text.split("\n"):
        problems += say(line, occasion).problems
    if not problems:
        return
    lines = [replace(each, where=where).line for each in problems[:_LISTED]]
    message = Words("\n".join(each.zh for each in lines), "\n".join(each.en for each in lines))
    if len(problems) > _LISTED:
        message = _MORE.fill(lines=message, n=len(problems) - _LISTED)
    raise RuleBroken(field, message)
