"""Which migrations the program knows, for backups that come from another version of it."""

from __future__ import annotations

from tracker.kernel import migrating


def known_revisions() -> frozenset[str]:
    """Every migration this program ships; empty in a program that ships none yet."""
    return frozenset(script.revision for script in migrating.scripts().walk_revisions())


def head() -> str | None:
    """The newest migration; None in a program that ships none yet."""
    return migrating.scripts().get_current_head()
