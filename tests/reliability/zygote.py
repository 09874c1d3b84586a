"""Serves an instance in a process of its own that can be killed and started again quickly.

``python -m tests.reliability.zygote FOLDER`` loads the program once and then obeys the lines on
standard input: ``start`` forks a real server (waitress, eight threads) and answers its port,
``kill`` ends it with SIGKILL, ``stop`` with SIGTERM.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from pathlib import Path

import waitress

from tracker.app import create_app
from tracker.safekeeping.locks import hold_server_lock

THREADS = 8


def _serve(folder: Path, listener: socket.socket) -> None:
    with hold_server_lock(folder):
        app = create_app({"INSTANCE": str(folder)})
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
    folder, child = Path(sys.argv[1]), 0
    gc.freeze()
    for line in sys.stdin:
        order, answer = line.strip(), "done"
        if order == "start":
            child, port = _start(folder)
            answer = str(port)
        elif child:
            os.kill(child, signal.SIGKILL if order == "kill" else signal.SIGTERM)
            os.waitpid(child, 0)
            child = 0
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()
    if child:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
