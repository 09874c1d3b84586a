"""Forms of reports."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import PurePath
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage

from tracker.kernel.errors import RuleBroken, TrackerError
from tracker.kernel.fields import (
    BooleanField,
    DayField,
    LineField,
    NoteField,
    RecordField,
    TermField,
)
from tracker.kernel.forms import RecordForm
from tracker.kernel.text import clean_line, shorten

from .docx.supplied import MOST_BYTES, supplied_by, to_json
from .drafts import ReportDraft, SectionDraft, StyleFile
from .models import LONGEST_BODY, LONGEST_HEADING, LONGEST_TITLE, Report, ReportSection
from .shipped import shipped_report
from .terms import FontSet, Level, StartFrom


class StartForm(RecordForm[ReportDraft]):
    """Beginning a year's report."""

    start_from = TermField(_("从哪里开始"), StartFrom)
    title = LineField(
        _("报告标题"),
        LONGEST_TITLE,
        required=True,
        description=_("标题里也可以写标记，年份随之更新"),
    )
    addressee = LineField(
        _("主送机关"), LONGEST_TITLE, description=_("如「县委依法治县委员会办公室」；没有就留空")
    )
    signed_by = LineField(_("署名"), 60, required=True)
    signed_on = DayField(_("成文日期"), description=_("留空时用生成文件的那一天"))

    @staticmethod
    def values_for(office_name: str, today: date, before: Report | None) -> dict[str, Any]:
        """What an empty form begins with: last year's choices, where there was a report."""
        shipped = shipped_report()
        return {
            "start_from": StartFrom.LAST_YEAR if before is not None else StartFrom.SHIPPED,
            "title": before.title if before is not None else shipped.title,
            "addressee": before.addressee if before is not None else shipped.addressee,
            "signed_by": before.signed_by if before is not None else office_name,
            "signed_on": today,
        }

    def draft(self) -> ReportDraft:
        return ReportDraft(
            title=str(self.title.data),
            signed_by=str(self.signed_by.data),
            addressee=str(self.addressee.data or ""),
            signed_on=self.signed_on.data,
            start_from=self.start_from.data,
        )


class ReportForm(RecordForm[ReportDraft]):
    """What is said once for the report, and how its file looks."""

    title = LineField(
        _("报告标题"),
        LONGEST_TITLE,
        required=True,
        description=_("标题里也可以写标记，年份随之更新"),
    )
    addressee = LineField(
        _("主送机关"), LONGEST_TITLE, description=_("如「县委依法治县委员会办公室」；没有就留空")
    )
    signed_by = LineField(_("署名"), 60, required=True)
    signed_on = DayField(_("成文日期"), description=_("留空时用生成文件的那一天"))
    fonts = TermField(_("字体"), FontSet)
    styles = FileField(
        _("样式文件"),
        description=_("本单位自己的 .docx，只取其中正文和标题的样式；不超过 10 MB，不能带宏"),
        render_kw={"accept": ".docx"},
    )
    drop_styles = BooleanField(_("不再使用样式文件"))

    @staticmethod
    def values_of(report: Report) -> dict[str, Any]:
        """The report as the form shows it."""
        return {
            "version": str(report.version),
            **{
                name: getattr(report, name)
                for name in ("title", "addressee", "signed_by", "signed_on", "fonts")
            },
        }

    def draft(self) -> ReportDraft:
        """The entries.

        :raises RuleBroken: when the document is none that can supply styles.
        """
        styles = StyleFile("", "") if self.drop_styles.data else None
        if self.styles.data:
            styles = _taken_in(self.styles.data)
        return ReportDraft(
            title=str(self.title.data),
            signed_by=str(self.signed_by.data),
            addressee=str(self.addressee.data or ""),
            signed_on=self.signed_on.data,
            fonts=self.fonts.data,
            styles=styles,
        )


def _taken_in(sent: FileStorage) -> StyleFile:
    with closing(sent):
        content = sent.stream.read(MOST_BYTES + 1)
    try:
        found = supplied_by(content)
    except TrackerError as error:
        raise RuleBroken("styles", error.message) from error
    name = clean_line(PurePath((sent.filename or "").replace("\\", "/")).name)
    return StyleFile(shorten(name, 200) or "office.docx", to_json(found))


class SectionForm(RecordForm[SectionDraft]):
    """One section's text."""

    level = TermField(_("层次"), Level)
    heading = LineField(_("标题"), LONGEST_HEADING, description=_("不用写序号，序号按顺序自动编"))
    body = NoteField(
        _("正文"),
        LONGEST_BODY,
        description=_("一行一段。数字写成标记（见下面的列表），打印时换成当时的说法"),
        render_kw={"rows": 14, "data-marks": ""},
    )

    @staticmethod
    def values_of(section: ReportSection) -> dict[str, Any]:
        """A section as the form shows it."""
        return {
            "version": str(section.version),
            "level": Level.of_depth(section.level),
            "heading": section.heading,
            "body": section.body,
        }

    def draft(self) -> SectionDraft:
        level: Level = self.level.data
        return SectionDraft(level.depth, str(self.heading.data or ""), str(self.body.data or ""))


class NewSectionForm(SectionForm):
    """A section that is not there yet."""

    after = RecordField(_("排在哪一节后面"))

    def offer(self, sections: Sequence[tuple[int, str]]) -> None:
        """The sections it may follow."""
        self.after.offer(sections)

    def draft(self) -> SectionDraft:
        found = super().draft()
        return SectionDraft(found.level, found.heading, found.body, self.after.data)
