"""How much a request may carry. Only the pages that take a file take a large one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, request

V = TypeVar("V", bound=Callable[..., Any])

#: The form around the file. A file that is a little too large is still refused beside its field.
_AROUND = 256 * 2**10
#: What the server itself passes on at most, so that what is too large gets a page of ours.
LARGEST_REQUEST = 128 * 2**20


def takes_file(most: int) -> Callable[[V], V]:
    """The view's form carries a file of up to this many bytes."""

    def mark(view: V) -> V:
        view.largest_file = most  # type: ignore[attr-defined]
        return view

    return mark


def install(app: Flask) -> None:
    """Raise the limit for those views, before anything reads the request's form."""

    @app.before_request
    def allow_a_file() -> None:
        view = app.view_functions.get(request.endpoint or "")
        most = getattr(view, "largest_file", None)
        if most is not None:
            request.max_content_length = most + _AROUND
