"""A page that tells how far long work has come, while it is being sent. It needs no script."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from typing import TypeVar

from flask import Flask, Response, current_app, render_template, stream_with_context

from tracker.accounts.viewer import viewer

from .aside import Aside, Progress

R = TypeVar("R")


def streamed(
    heading: str,
    lead: str,
    rows: int,
    work: Callable[[Progress], R],
    rest: Callable[[Aside[R]], str],
) -> Response:
    """The page up to its middle, its progress as rows are done, and then what ``rest`` prints."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    aside = Aside(app, viewer(), work)
    mark = secrets.token_hex(16)
    # Whole, before anything is sent: its token and messages belong to the answer's cookie.
    shell = render_template("imports/working.html", heading=heading, lead=lead, mark=mark)
    before, _mark, after = shell.partition(mark)

    def pieces() -> Iterator[str]:
        yield before
        yield render_template("imports/_step.html", done=0, total=rows)
        for done, total in aside.steps():
            yield render_template("imports/_step.html", done=done, total=total)
        try:
            ending = rest(aside)
        except Exception:
            if app.testing:
                raise
            app.logger.exception("an import failed while its page was sent")
            ending = render_template("imports/_failed.html")
        yield ending
        yield after

    return Response(stream_with_context(pieces()), mimetype="text/html")
