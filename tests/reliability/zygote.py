"""Serves an instance in a process of its own that can be killed and started again quickly.

``python -m tests.reliability.zygote FOLDER`` loads the program once and then obeys the lines on
standard input: ``start`` forks a real server (waitress, eight threads) and answers its port,
``kill`` ends all that were started with SIGKILL, ``stop`` with SIGTERM.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from contextlib import nullcontext
from pathlib import Path

import waitress

from tracker.app import create_app
from tracker.kernel import memory
from tracker.safekeeping.files import is_sqlite
from tracker.safekeeping.locks import hold_server_lock

THREADS = 8


def _serve(folder: Path, listener: socket.socket) -> None:
    app = create_app({"INSTANCE": str(folder)})
    with hold_server_lock(folder) if is_sqlite(app) else nullcontext():
        memory.settle()
        waitress.serve(app, sockets=[listener], threads=THREADS, _quiet=True)


def _start(folder: Path) -> tuple[int, int]:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        try:
            _serve(folder, listener)
        finally:
            os._exit(1)
    port: int = listener.getsockname()[1]
    listener.close()
    return child, port


def main() -> None:
    """Obey until standard input ends, then leave no server behind."""
    folder, children = Path(sys.argv[1]), list[int]()
    gc.freeze()
    for line in sys.stdin:
        order, answer = line.strip(), "done"
        if order == "start":
            child, port = _start(folder)
            children.append(child)
            answer = str(port)
        else:
            _end(children, signal.SIGKILL if order == "kill" else signal.SIGTERM)
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()
    _end(children, signal.SIGKILL)


def _end(children: list[int], how: signal.Signals) -> None:
    for child in children:
        os.kill(child, how)
    for child in children:
        os.waitpid(child, 0)
    children.clear()


if __name__ == "__main__":
    main()
