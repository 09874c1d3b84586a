"""Contracts that follow one another, and handing over from one adviser to another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, leading_to, own
from tracker.accounts.viewer import viewer
from tracker.advisers import operations, queries
from tracker.advisers.forms import HandoverForm
from tracker.advisers.models import AdviserAssignment
from tracker.advisers.queries import Chain
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.forms import posted_version
from tracker.kernel.i18n import say
from tracker.kernel.strips import strip

from .shared import TONES, bp, served_name, state_of


def chain_shown(chain: Chain, current: AdviserAssignment) -> dict[str, Any]:
    """A chain as the table, the strip and the sentence of an assignment's page."""
    today = clock.today()
    columns = [
        {"key": "number", "label": gettext("编号")},
        {"key": "starts_on", "label": gettext("第一天")},
        {"key": "ends_on", "label": gettext("最后一天")},
        {"key": "days", "label": gettext("天数"), "align": "right"},
        {"key": "signed_on", "label": gettext("合同签订日期")},
        {"key": "kind", "label": gettext("聘任")},
    ]
    rows = []
    for place, link in enumerate(chain.links):
        here = link.id == current.id
        rows.append(
            {
                "cells": [
                    {"text": link.number, "note": gettext("本条") if here else ""},
                    link.starts_on.isoformat(),
                    _day_or_open(link.ends_on),
                    f"{queries.days_of(link, today):,}",
                    link.contract_signed_on.isoformat() if link.contract_signed_on else "",
                    gettext("续聘") if place else gettext("首次"),
                ],
                "url": url_for(".assignment", record_id=link.id),
            }
        )
    return {
        "columns": columns,
        "rows": rows,
        "strip": _strip(chain, today),
        "said": _said(chain, today),
    }


def _day_or_open(day: date | None) -> str:
    return day.isoformat() if day else gettext("未定")


def _said(chain: Chain, today: date) -> str:
    """连续 2 段，2023-01-01 起至今，共 750 天."""
    values = {"count": len(chain.links), "first": chain.first, "days": f"{chain.days(today):,}"}
    if chain.last is not None:
        return gettext(
            "连续 %(count)s 段，%(first)s 至 %(last)s，共 %(days)s 天。", last=chain.last, **values
        )
    if chain.first > today:
        return gettext("连续 %(count)s 段，%(first)s 起，结束日期未定。", **values)
    return gettext(
        "连续 %(count)s 段，%(first)s 起，结束日期未定；到今天共 %(days)s 天。", **values
    )


def _strip(chain: Chain, today: date) -> Any:
    """The links after one another, up to the chain's end, or to today while it has none."""
    last = chain.last or max(today, chain.newest.starts_on)
    runs = [
        (
            "served" if place % 2 == 0 else "next",
            link.starts_on,
            link.ends_on or last,
            f"{link.number} {link.starts_on} — {_day_or_open(link.ends_on)}",
        )
        for place, link in enumerate(chain.links)
    ]
    return strip(chain.first, last, runs)


def chain_table(found: Sequence[Chain]) -> dict[str, Any]:
    """An adviser's chains, one row for each village and stretch without a gap."""
    today = clock.today()
    newest = [chain.newest for chain in found]
    links = [link for chain in found for link in chain.links]
    serving = queries.serving_ids(db.session(), links, today)
    columns = [
        {"key": "served", "label": gettext("服务对象")},
        {"key": "starts_on", "label": gettext("第一天")},
        {"key": "ends_on", "label": gettext("最后一天")},
        {"key": "days", "label": gettext("天数"), "align": "right"},
        {"key": "links", "label": gettext("聘期"), "wide": True},
        {"key": "state", "label": gettext("状态")},
    ]
    rows = []
    for chain, last in zip(found, newest, strict=True):
        serves = any(link.id in serving for link in chain.links)
        state = state_of(last, today, serves=serves)
        rows.append(
            {
                "cells": [
                    served_name(last),
                    chain.first.isoformat(),
                    _day_or_open(chain.last),
                    f"{chain.days(today):,}",
                    gettext("；").join(
                        gettext(
                            "%(first)s 至 %(last)s",
                            first=link.starts_on,
                            last=_day_or_open(link.ends_on),
                        )
                        for link in chain.links
                    ),
                    {"text": say(state.label), "tone": TONES[state]},
                ],
                "url": url_for(".assignment", record_id=last.id),
            }
        )
    return {"columns": columns, "rows": rows}


@bp.route("/assignments/<int(max=2147483647):record_id>/handover", methods=["GET", "POST"])
def hand_over(record_id: int) -> Any:
    """Hand a village over to another adviser: one form ends the one and begins the other."""
    found = own(AdviserAssignment, record_id)
    if found.is_voided:
        flash(say(operations.VOIDED), "danger")
        return redirect(url_for(".assignment", record_id=record_id), code=303)
    return form_page(
        _form(found),
        lambda session, draft: operations.hand_over(
            session, viewer().scope, record_id, draft, posted_version()
        ),
        leading_to(".assignment"),
        title=gettext("交接：%(served)s", served=served_name(found)),
        back=url_for(".assignment", record_id=record_id),
        current=lambda: _form(own(AdviserAssignment, record_id), formdata=None),
        template="advisers/handover.html",
        assignment=found,
    )


def _form(found: AdviserAssignment, **options: Any) -> HandoverForm:
    form = HandoverForm(data=HandoverForm.values_of(found), **options)
    form.offer(db.session(), viewer().scope, found)
    return form
