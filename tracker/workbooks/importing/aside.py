"""Long work in a thread of its own, whose progress a page tells while it is sent.

The work holds the writers' lock; the thread keeps a slow reader of the page from holding it too.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from queue import SimpleQueue
from typing import Generic, TypeVar

from flask import Flask, g
from flask_babel import force_locale, get_locale

from tracker.accounts.viewer import Viewer
from tracker.kernel import rows

R = TypeVar("R")

Progress = Callable[[int, int], None]


class _GivenUpError(Exception):
    """The person has closed the page; the work ends and takes back what it wrote."""


class Aside(Generic[R]):
    """``work`` is given what to tell its progress to, and runs in the person's name."""

    def __init__(self, app: Flask, person: Viewer, work: Callable[[Progress], R]) -> None:
        self._app, self._person, self._work = app, person, work
        self._locale = str(get_locale())
        self._steps: SimpleQueue[tuple[int, int] | None] = SimpleQueue()
        self._given_up = threading.Event()
        self._error: BaseException | None = None
        self._result: R | None = None

    def steps(self) -> Iterator[tuple[int, int]]:
        """Do the work; how many of how many are done, as it goes on.

        Whoever stops listening ends it.
        """
        thread = threading.Thread(target=self._run, name="import", daemon=True)
        thread.start()
        try:
            while (step := self._steps.get()) is not None:
                yield step
        finally:
            self._given_up.set()
            thread.join()

    def result(self) -> R:
        """What the work came to; its error is raised here."""
        if self._error is not None:
            raise self._error
        return self._result  # type: ignore[return-value]  # the work is done

    def _run(self) -> None:
        try:
            with self._app.app_context(), force_locale(self._locale):
                g.viewer = self._person
                rows.see(self._person.scope.office_ids)
                self._result = self._work(self._tell)
        except BaseException as error:
            self._error = error
        finally:
            self._steps.put(None)

    def _tell(self, done: int, total: int) -> None:
        if self._given_up.is_set():
            raise _GivenUpError
        self._steps.put((done, total))
