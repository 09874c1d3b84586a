"""Whether every attached file is there, is what it was, and belongs to a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from tracker.evidence import queries
from tracker.evidence.operations import GRACE_SECONDS
from tracker.evidence.store import Store, is_older
from tracker.kernel.db import db
from tracker.kernel.disk import checksum
from tracker.kernel.words import Words

from .checks import Check, State
from .files import evidence_files

EVIDENCE = Words("附件校验", "Attached files")
ROWS = Words("附件与记录", "Files and records")
_ADDRESSED = re.compile(r"([0-9a-f]{64})(\.[a-z0-9]+)?")
#: So many are named; the rest is counted.
_NAMED = 5


def content(app: Flask) -> Iterator[Check]:
    """A file attached to a record is named by its checksum."""
    count, wrong = 0, []
    for name, path in evidence_files(Path(app.instance_path)):
        promised = _ADDRESSED.fullmatch(path.name)
        if promised is None:
            continue
        count += 1
        if checksum(path) != promised[1]:
            wrong.append(name)
    if wrong:
        yield Check(
            "evidence",
            EVIDENCE,
            State.FAILED,
            Words("{n} 个附件内容已改变：{name}", "{n} files are not what they were: {name}").fill(
                n=len(wrong), name=wrong[0]
            ),
            Words("请从备份中取回这些文件。", "Take these files back from a backup."),
        )
    elif count:
        yield Check(
            "evidence",
            EVIDENCE,
            State.OK,
            Words("{n} 个附件与登记时一致", "{n} files are what they were").fill(n=count),
        )
    else:
        yield Check("evidence", EVIDENCE, State.OK, Words("没有附件", "There are none"))


def rows(app: Flask) -> Iterator[Check]:
    """Every row's file is there; every file there is some row's."""
    store = Store(Path(app.instance_path))
    missing: list[str] = []
    named: set[str] = set()
    count = 0
    for number, sha256, small, media_type, _voided in queries.contents(db.session()):
        count += 1
        named.update(filter(None, (sha256, small)))
        wanted = [store.path(sha256, media_type)]
        if small is not None:
            wanted.append(store.path(small, media_type))
        if not all(path.is_file() for path in wanted):
            missing.append(number)
    orphans = [
        path
        for sha256, path in store.files()
        if sha256 not in named and is_older(path, GRACE_SECONDS)
    ]
    if missing:
        yield Check(
            "evidence_rows",
            ROWS,
            State.FAILED,
            Words("{n} 份佐证的文件不见了：{names}", "The files of {n} are missing: {names}").fill(
                n=len(missing), names="、".join(missing[:_NAMED])
            ),
            Words(
                "请从备份中取回 evidence 文件夹里的文件。",
                "Take the files of the evidence folder back from a backup.",
            ),
        )
    if orphans:
        size = sum(path.stat().st_size for path in orphans)
        yield Check(
            "evidence_rows",
            ROWS,
            State.WARNING,
            Words(
                "{n} 个文件（{kib} KB）不属于任何记录",
                "{n} files ({kib} KB) belong to no record",
            ).fill(n=len(orphans), kib=f"{size // 1024 + 1:,}"),
            Words("可执行 tracker sweep 清理。", "tracker sweep removes them."),
        )
    if not missing and not orphans:
        yield Check(
            "evidence_rows",
            ROWS,
            State.OK,
            Words("{n} 份佐证的文件都在", "The files of all {n} are there").fill(n=count),
        )
