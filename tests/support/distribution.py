"""Which process runs a test: those of one file share fixtures, so they run on one process.

pytest-xdist has `--dist loadgroup` for it, but version 3.8 with pytest 9.2 ignores the groups without
a word, and no version starts the slow ones first.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

SLOW = (
    "conformance of layout compact",
    "conformance of layout fern",
    "tests/laws/test_additions.py",
    "tests/runtime/test_http_library.py",
    "tests/python/test_fakes.py",
    "tests/python/test_sockets.py",
    "tests/cli/test_two_processes.py",
    "tests/python/test_type_checks.py",
    "tests/python/test_layout.py",
    "tests/python/test_clashes.py",
    "tests/generated/test_package.py",
    "tests/generated/test_http_types.py",
    "tests/conformance/test_customers.py",
    "tests/cli/test_merged_branches.py",
)
"""The groups that take longest, in this order: started last, they would leave a processor idle."""

WITH_WORKSHOP = tuple(
    f"tests/conformance/test_{name}.py"
    for name in ("cohere", "defects", "every_api", "fern_layout")
)


def rank(name: str) -> int:
    return SLOW.index(name) if name in SLOW else len(SLOW)


def group(nodeid: str) -> str:
    """The file of a test; the browser is for several files, and so are the packages of a layout in
    `conformance`."""
    file = nodeid.partition("::")[0]
    if file in WITH_WORKSHOP:
        is_fern = file.endswith("_layout.py") or re.search(r"[\[-]fern(-[\d.]+)?\]$", nodeid)
        return f"conformance of layout {'fern' if is_fern else 'compact'}"
    return "browser" if file.endswith("/test_browser.py") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Gives each process a group at a time, the slowest first, then those with most tests; if
    nothing but `--numprocesses` is said."""
    if config.getvalue("dist") != "load":
        return None
    # It has no types, and runs with one process do without it.
    from xdist.scheduler import LoadScopeScheduling

    class Groups(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group(nodeid)

        def _assign_work_unit(self, node: Any) -> None:
            self.workqueue.move_to_end(min(self.workqueue, key=rank), last=False)
            super()._assign_work_unit(node)

    return Groups(config, log)
