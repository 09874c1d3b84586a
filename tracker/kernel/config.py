"""Configuration: defaults, then instance/config.py, then the environment, then tests."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from .db import engine_options, write_lock
from .paths import PACKAGE

TRANSLATIONS = str(PACKAGE / "translations")
DATABASE_FILE = "tracker.sqlite3"


def load(app: Flask, overrides: Mapping[str, Any]) -> None:
    """Fill ``app.config``. Makes the instance folder and its keys on the first start."""
    folder = Path(app.instance_path)
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):  # somebody else's folder, or a system without modes
        folder.chmod(0o700)
    app.config.from_mapping(
        BABEL_DEFAULT_LOCALE="zh_Hans_CN",
        # Pages that take a file take more: see kernel.uploads.
        MAX_CONTENT_LENGTH=5 * 2**20,
        MAX_FORM_MEMORY_SIZE=4 * 2**20,
        MAX_FORM_PARTS=3000,
        SESSION_COOKIE_NAME="tracker_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=os.environ.get("TRACKER_SECURE_COOKIES", "") in ("1", "on", "true"),
        PUBLIC_URL=os.environ.get("TRACKER_PUBLIC_URL", ""),
        # A clerk may leave a form open over lunch and a meeting.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_I18N_ENABLED=True,
    )
    app.config.from_pyfile("config.py", silent=True)
    url = os.environ.get("TRACKER_DATABASE_URL") or app.config.get("DATABASE_URL")
    app.config["SQLALCHEMY_DATABASE_URI"] = url or f"sqlite:///{folder / DATABASE_FILE}"
    app.config.update(overrides)
    app.config["SECRET_KEY"] = overrides.get("SECRET_KEY") or _secret_key(folder)
    app.extensions["audit_key"] = _key_file(folder / "audit.key").encode()
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(
        str(app.config["SQLALCHEMY_DATABASE_URI"])
    )
    write_lock.guard(folder / "write.lock")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]


def _secret_key(folder: Path) -> str:
    return os.environ.get("TRACKER_SECRET_KEY") or _key_file(folder / "secret.key")


def _key_file(path: Path) -> str:
    """A key kept in a file only its owner reads; made on the first start."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    return path.read_text("ascii").strip()
