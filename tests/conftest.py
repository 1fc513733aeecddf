"""Options of the test run, its distribution over processes, and the summary of skipped tests."""

from __future__ import annotations

import gc
import signal
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from .support import certificates, equal_modules, open_clients
from .support.browser import Browser, browser
from .support.distribution import pytest_xdist_make_scheduler as pytest_xdist_make_scheduler
from .support.skips import NEEDS_SHARED


def pytest_configure(config: pytest.Config) -> None:
    """Runs are deterministic unless `--hypothesis-seed` is given. Slow runs are not failures."""
    settings.register_profile(
        "tests",
        deadline=None,
        derandomize=config.getoption("--hypothesis-seed", None) is None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("tests")
    certificates.trust_one()
    # A shell starts background jobs with interrupts ignored, and tests interrupt their processes.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-cases",
        action="store_true",
        help="rewrite the expected files of tests/cases with what comes out now",
    )


def pytest_collection_finish() -> None:
    """All modules and tests stay until the end: the collector need not look at them again and again,
    which takes a sixth of the time of the tests that generate something."""
    if hasattr(gc, "freeze"):
        gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    equal_modules.compile_once()


@pytest.fixture(autouse=True)
def _clients_are_closed() -> Iterator[None]:
    """Programs may leave a client open, and so may tests."""
    with open_clients.closed_at_the_end():
        yield


@pytest.fixture(scope="session")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser that starts once. Tests that use it are marked with `NEEDS_CHROMIUM`."""
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print one line for each reason why tests were skipped."""
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        # Tests over the files of ../shared have no parameters without it.
        reasons[NEEDS_SHARED if reason.startswith("got empty parameter set") else reason] += 1
    for reason, number in sorted(reasons.items()):
        terminalreporter.write_line(f"skipped, {reason}: {number} test{'s' * (number != 1)}")
