"""The least that a page can cost: Flask, one template, the same server settings as the product.

``python -m tests.reliability.bare`` serves it and answers its port on standard output.
"""

from __future__ import annotations

import socket
import sys

import waitress
from flask import Flask, render_template_string

from tests.reliability.zygote import THREADS

app = Flask(__name__)


@app.route("/", methods=["GET", "POST"])
def page() -> str:
    """A page that asks nothing of anybody."""
    return render_template_string("<!doctype html><title>{{ t }}</title><h1>{{ t }}</h1>", t="签到")


def main() -> None:
    """Serve until the process is ended."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    waitress.serve(app, sockets=[listener], threads=THREADS, _quiet=True)


if __name__ == "__main__":
    main()
