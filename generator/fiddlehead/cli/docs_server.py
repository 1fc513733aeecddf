"""`fiddlehead docs --serve`: serves the site on loopback, and rebuilds it when an input changes."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from typing import NoReturn

from . import watch
from .exit_codes import USAGE, CommandError

HOST = "127.0.0.1"
DEFAULT_PORT = 8000


class _Server(ThreadingHTTPServer):
    # On Windows, this option would allow two servers on the same port.
    allow_reuse_address = sys.platform != "win32"


class _Handler(SimpleHTTPRequestHandler):
    """Serves files without logging requests or listing folders."""

    def end_headers(self) -> None:
        # Browsers must not cache pages.
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def list_directory(self, path: object) -> None:
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        pass


def run(options: argparse.Namespace, write: Callable[[argparse.Namespace], int]) -> int:
    """Write the site and serve it until SIGINT or SIGTERM; return the exit code."""
    port = DEFAULT_PORT if options.port is None else options.port
    if not 0 <= port <= 65535:
        raise CommandError(f"--port {port}: a port must be a number from 0 to 65535")
    owned_folder: Path = options.output.absolute()
    try:
        server = _Server((HOST, port), partial(_Handler, directory=str(owned_folder)))
    except OSError as error:
        raise CommandError(
            f"port {port} cannot be used: {error.strerror or error}",
            "--port 0 uses a free port",
            USAGE,
        ) from None
    with server:
        write(options)
        signal.signal(signal.SIGTERM, _stop)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdout.write(f"http://{HOST}:{server.server_port}/\n")
        sys.stdout.flush()
        inputs = partial(watch.inputs_of, options, lambda _: owned_folder)
        code = watch.repeat(options, write, inputs, at_once=False)
        server.shutdown()
    return code


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
