"""What the pages of closing a year print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext

from tracker.figures.closing.models import ClosingStep
from tracker.figures.freezing.models import FrozenSet
from tracker.kernel.i18n import say
from tracker.kernel.readiness import Finding
from tracker.kernel.records import moment_of


def finding_rows(year: int, findings: Sequence[Finding], may_write: bool) -> list[dict[str, Any]]:
    """Findings for the list: what, where to put it right, and how to accept it or open it again."""
    return [
        {
            "text": say(found.text),
            "url": found.url,
            "accepted": found.accepted,
            "accept_url": url_for(
                "yearbook.accept", year=year, code=found.code, subject=found.subject
            )
            if may_write
            else "",
            "fields": {"code": found.code, "subject": found.subject},
        }
        for found in findings
    ]


def steps_table(steps: Sequence[ClosingStep]) -> dict[str, Any]:
    """Who did what and when."""
    return {
        "columns": [
            {"key": "act", "label": gettext("步骤")},
            {"key": "by", "label": gettext("经办人")},
            {"key": "date", "label": gettext("时间")},
            {"key": "note", "label": gettext("备注"), "wide": True},
        ],
        "rows": [
            {"cells": [say(step.act.label), step.by, moment_of(step.at), step.note]}
            for step in steps
        ],
    }


def set_facts(found: FrozenSet) -> list[tuple[str, str]]:
    """What a frozen set says of itself."""
    return [
        (gettext("定稿编号"), found.number),
        (gettext("定稿人和时间"), f"{found.frozen_by} {moment_of(found.frozen_at)}"),
        (gettext("状态类数字截至"), found.as_at.isoformat()),
        (gettext("备注"), found.note or gettext("没有")),
        (
            gettext("定稿时未处理的核对事项"),
            gettext("%(n)s 项", n=found.open_findings) if found.open_findings else gettext("没有"),
        ),
        (gettext("校验值"), f"{found.digest[:16]}…"),
    ]
