"""`fiddlehead serve`: runs a mock server of a description on loopback."""

from __future__ import annotations

import argparse
import importlib.util
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

from .. import gc_pause, ir
from ..diagnostics import Diagnostics, InvalidInput
from ..source import Sources
from . import rules
from . import run as stages
from .console import count, note, problem_counts, show
from .exit_codes import DONE, INVALID, CommandError
from .progress import Progress
from .settings import load

EXTRA = "pip install 'fiddlehead[serve]'"


def run(options: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM; return the exit code."""
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, _stop)
    if not _is_installed("aiohttp"):
        raise CommandError("'serve' requires aiohttp, which is not installed", EXTRA)
    from ..server import Failure, Service

    if not 0 <= options.port <= 65535:
        raise CommandError(f"--port {options.port}: a port must be a number from 0 to 65535")
    if not 0 <= options.latency <= 3_600_000:
        raise CommandError(f"--latency {options.latency:g}: must be from 0 to 3600000 ms")
    try:
        failures = [Failure.parse(text) for text in options.fail]
    except ValueError as error:
        raise CommandError(f"--fail {error}") from None
    if sum(failure.share for failure in failures) > 1 + 1e-9:
        raise CommandError("--fail: the sum of the shares is more than 1")
    service = Service(_api(options), seed=options.seed, failures=failures)

    from .. import http_server

    try:
        listening = http_server.listen(options.port)
    except OSError as error:
        raise CommandError(
            f"port {options.port} cannot be used: {error.strerror or error}",
            "--port 0 uses a free port",
        ) from None
    http_server.run(service, listening, options.latency / 1000, _ready)
    return DONE


def _api(options: argparse.Namespace) -> ir.Api:
    """The API of the description; prints its problems, and ends the command on errors."""
    diagnostics = Diagnostics()
    settings = load(options, diagnostics, needs=("spec",))
    sources = Sources(diagnostics, Path.cwd())
    try:
        with Progress() as progress, gc_pause.collection_disabled():
            api = stages.read_api(settings, sources, diagnostics, progress)
            diagnostics.rules = rules.resolve(settings, sources, diagnostics)
            diagnostics.stop_on_errors()
    except InvalidInput:
        show(diagnostics.reported)
        raise CommandError(
            f"{problem_counts(diagnostics)}; nothing is served", code=INVALID
        ) from None
    show(diagnostics.reported)
    stages.stop_on_warnings(options, diagnostics)
    note(f"{settings.spec_label}: {stages.operations(api, channels=False)}", "bold")
    channels = len([*ir.channels(api.root)])
    if channels:
        note(f"{count(channels, 'channel')} left out: WebSockets are not supported")
    return api


def _is_installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ValueError:
        # sys.modules has another object under this name.
        return False


def _ready(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    """End the process during start-up."""
    sys.exit(DONE)
