"""How long the program itself worked."""

from __future__ import annotations

import gc
import time
from typing import Any


class Watch:
    """Seconds of processor time since it was made, without those of collecting garbage.

    Other programs on the machine do not count, nor does the heap of a process that has run
    thousands of tests before: going through it once takes two seconds there, whoever's turn it is.
    """

    def __init__(self) -> None:
        self._collecting = 0.0
        self._collected_at = 0.0
        gc.callbacks.append(self._told)
        self._began = time.process_time()

    def _told(self, phase: str, _told: dict[str, Any]) -> None:
        if phase == "start":
            self._collected_at = time.process_time()
        else:
            self._collecting += time.process_time() - self._collected_at

    def stop(self) -> float:
        """The seconds worked; the watch is done with."""
        seconds = time.process_time() - self._began - self._collecting
        gc.callbacks.remove(self._told)
        return seconds
