"""What every template may use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, g, request, url_for

from .i18n import language, say
from .records import moment_of
from .wording import plain


def install(app: Flask, navigation: Callable[[Any], list[Any]]) -> None:
    """Give the templates their filters and common variables."""
    static = Path(str(app.static_folder))

    @cache
    def version(path: str) -> str:
        return hashlib.sha256((static / path).read_bytes()).hexdigest()[:10]

    def asset(path: str) -> str:
        return url_for("static", filename=path, v=version(path))

    def common() -> dict[str, Any]:
        viewer = g.get("viewer")
        return {
            "viewer": _Shown(viewer) if viewer else None,
            "nav": navigation(viewer),
            "lang": language(),
            "asset": asset,
            "next_url": request.full_path.rstrip("?") if request.method == "GET" else request.path,
        }

    app.context_processor(common)
    app.add_template_filter(say, "say")
    app.add_template_filter(moment_of, "moment")
    app.add_template_filter(plain, "plain")


class _Shown:
    """The signed-in person as templates see them: the viewer, with the role in words."""

    def __init__(self, viewer: Any) -> None:
        self._viewer = viewer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._viewer, name)

    @property
    def role_label(self) -> str:
        return say(self._viewer.role.label)
