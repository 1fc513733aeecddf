"""The table at the end of a run against Prism."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

Record: TypeAlias = Callable[[str, int, int, int], None]
"""Takes the name of a description, and how many methods, requests and violations there were."""

ROWS = pytest.StashKey[list[str]]()


@pytest.fixture
def record(pytestconfig: pytest.Config) -> Record:
    rows = pytestconfig.stash.setdefault(ROWS, [])

    def add(name: str, methods: int, requests: int, violations: int) -> None:
        rows.append(f"{name:20}{methods:8}{requests:10}{violations:12}")

    return add


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    rows = config.stash.get(ROWS, [])
    if rows:
        terminalreporter.section("Prism")
        for line in (f"{'description':20}{'methods':>8}{'requests':>10}{'violations':>12}", *rows):
            terminalreporter.write_line(line)
