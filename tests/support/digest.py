"""What the database holds, as one text, to see whether anything changed."""

from __future__ import annotations

import hashlib

from flask import Flask
from sqlalchemy import select

from tracker.kernel import rows
from tracker.kernel.db import db
from tracker.kernel.model import Model

#: Tables in which visiting leaves its marks.
FOOTPRINTS = frozenset({"user_session", "sign_in_attempt"})


def digests(app: Flask) -> dict[str, str]:
    """A digest of each table but those in which visiting leaves its marks."""
    found = {}
    with app.app_context(), rows.seeing_everything(), db.engine.connect() as connection:
        for table in Model.metadata.sorted_tables:
            if table.name in FOOTPRINTS:
                continue
            lines = sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            found[table.name] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return found


def digest(app: Flask) -> str:
    """A digest of everything."""
    return hashlib.sha256(repr(digests(app)).encode()).hexdigest()
