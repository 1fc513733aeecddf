"""The fixture that generates the packages of a test run, and the table at its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .workshop import Row, Workshop

ROWS = pytest.StashKey[list[tuple[str, ...]]]()
WORKSHOP = pytest.StashKey[Workshop]()


@pytest.fixture(scope="session")
def workshop(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[Workshop]:
    built = Workshop(tmp_path_factory.mktemp("conformance"))
    pytestconfig.stash[WORKSHOP] = built
    yield built


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keeps the rows for the summary, or sends them to the process that prints it."""
    response = session.config.stash.get(WORKSHOP, None)
    if response is None:
        return
    rows = [cells(row) for row in response.rows]
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["conformance"] = rows
    else:
        session.config.stash[ROWS] = rows


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # Any: a worker of pytest-xdist, which has no types
    rows = getattr(node, "workeroutput", {}).get("conformance", [])
    node.config.stash.setdefault(ROWS, []).extend(tuple(row) for row in rows)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    rows = config.stash.get(ROWS, [])
    if not rows:
        return
    heads = ("description", "layout", "operations", "facts", "lines", "type errors")
    heads += ("decoded", "examples", "warnings", "seconds")
    table = [heads, *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    terminalreporter.section("conformance")
    for line in table:
        first, *others = (item.rjust(width) for item, width in zip(line, widths, strict=True))
        terminalreporter.write_line("  ".join([line[0].ljust(len(first)), *others]))


def cells(row: Row) -> tuple[str, ...]:
    return (
        row.subject.name,
        row.subject.layout,
        row.operations,
        row.facts or "-",
        f"{row.lines:,}",
        text(row.type_errors),
        text(row.values),
        text(row.examples),
        str(row.warnings),
        f"{row.seconds:.1f}",
    )


def text(count: int | None) -> str:
    return "-" if count is None else f"{count:,}"
