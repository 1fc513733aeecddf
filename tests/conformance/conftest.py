"""The workshop of a test run, and the table that it ends with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ..support.pipeline import SHARED
from .workshop import Row, Workshop

ROWS = pytest.StashKey[list[Row]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not SHARED.is_dir():
        mark = pytest.mark.skip(reason="../shared, with real descriptions, is not there")
        here = Path(__file__).parent
        for item in items:
            if here in item.path.parents:
                item.add_marker(mark)


@pytest.fixture(scope="session")
def workshop(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[Workshop]:
    made = Workshop(tmp_path_factory.mktemp("conformance"))
    pytestconfig.stash[ROWS] = made.rows
    yield made


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    rows = config.stash.get(ROWS, [])
    if not rows:
        return
    heads = ("description", "layout", "operations", "facts", "lines", "type errors")
    heads += ("decoded", "examples", "warnings", "seconds")
    table = [heads, *(cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    terminalreporter.section("conformance")
    for line in table:
        first, *others = (each.rjust(width) for each, width in zip(line, widths, strict=True))
        terminalreporter.write_line("  ".join([line[0].ljust(len(first)), *others]))


def cells(row: Row) -> tuple[str, ...]:
    return (
        row.subject.name,
        row.subject.layout,
        row.operations,
        row.facts or "-",
        f"{row.lines:,}",
        shown(row.type_errors),
        shown(row.values),
        shown(row.examples),
        str(row.warnings),
        f"{row.seconds:.1f}",
    )


def shown(count: int | None) -> str:
    return "-" if count is None else f"{count:,}"
