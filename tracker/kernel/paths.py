"""Where the program's own files and the office's data lie."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """A folder that ships with the program (``templates``, ``migrations``).

    Inside the package in a wheel, beside it in a checkout.
    """
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def is_checkout() -> bool:
    """Whether the program runs from a source folder rather than an installed wheel."""
    return (PACKAGE.parent / "pyproject.toml").is_file()


def instance_folder() -> Path:
    """The office's data: ``TRACKER_INSTANCE``, else the checkout's folder, else the platform's."""
    if named := os.environ.get("TRACKER_INSTANCE"):
        return Path(named).expanduser().resolve()
    if is_checkout():
        return PACKAGE.parent / "instance"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / "tracker"
