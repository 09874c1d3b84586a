"""The doctor's looks at the change log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import exists, func, select

from tracker.audit.chain import broken_links
from tracker.audit.models import ChangeHead, ChangeLog
from tracker.kernel import rows
from tracker.kernel.db import db
from tracker.kernel.words import Words
from tracker.offices.models import Office

from .checks import Check, State

CHAIN = Words("修改记录", "Change log")


def heads(app: Flask) -> list[dict[str, Any]]:
    """The end of each office's change log, to be written down somewhere else."""
    with app.app_context(), rows.seeing_everything():
        found = db.session.execute(
            select(Office.code, ChangeHead.sequence, ChangeHead.hash)
            .join(Office, Office.id == ChangeHead.office_id)
            .order_by(ChangeHead.office_id)
        ).all()
        return [{"office": code, "sequence": n, "hash": mark} for code, n, mark in found]


def chain(app: Flask) -> Iterator[Check]:
    """Whether each entry fits the one before it, up to the end that was noted."""
    advice = Words(
        "修改记录可能被绕过程序改动过。请保留现状和最近的备份，向上级报告，不要继续编辑。",
        "The log may have been changed behind the program. Keep everything as it is and report it.",
    )
    found = list(broken_links(db.session(), app.extensions["audit_key"]))
    no_chain = db.session.scalar(
        select(func.count())
        .select_from(Office)
        .where(~exists().where(ChangeHead.office_id == Office.id))
    )
    if no_chain:
        found.append(
            Words("{n} 个单位没有修改记录", "{n} offices have no change log").fill(n=no_chain)
        )
    if found:
        yield Check("chain", CHAIN, State.FAILED, found[0], advice)
        return
    entries = db.session.scalar(select(func.count()).select_from(ChangeLog)) or 0
    yield Check(
        "chain",
        CHAIN,
        State.OK,
        Words("{n} 条首尾相接，没有改动", "{n} entries, each fitting the one before").fill(
            n=f"{entries:,}"
        ),
    )


def anchored(anchor: list[dict[str, Any]]) -> Iterator[Check]:
    """Whether the log still holds the entries that a backup's manifest vouches for.

    Only this finds a tail that was cut off by somebody who also holds the key.
    """
    gone = [
        head
        for head in anchor
        if head["sequence"]
        and not db.session.scalar(
            select(ChangeLog.id)
            .join(Office, Office.id == ChangeLog.office_id)
            .where(
                Office.code == head["office"],
                ChangeLog.sequence == head["sequence"],
                ChangeLog.hash == head["hash"],
            )
        )
    ]
    if gone:
        yield Check(
            "anchor",
            CHAIN,
            State.FAILED,
            Words(
                "与备份不一致：备份时的第 {n} 条已不在或已改动",
                "Not as in the backup: entry {n} of then is gone or altered",
            ).fill(n=gone[0]["sequence"]),
            Words(
                "若没有恢复过更早的备份，说明修改记录被人改动过；请保留现状并报告。",
                "Unless an older backup was restored since, the log was tampered with; report it.",
            ),
        )
    else:
        yield Check(
            "anchor",
            CHAIN,
            State.OK,
            Words("包含备份时的全部修改记录", "Holds everything that the backup held"),
        )
