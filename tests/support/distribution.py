"""Which process runs a test: the tests of a file share fixtures, so they run on one process.

pytest-xdist has `--dist loadgroup` for this, but version 3.8 with pytest 9.2 silently ignores the
groups, and no version starts the slow groups first.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

SLOW = (
    "conformance of layout compact",
    "conformance of layout fern",
    "tests/runtime/test_types.py",
    "tests/runtime/test_http_library.py",
    "tests/laws/test_additions.py",
    "tests/python/test_type_checks.py",
    "tests/python/test_fakes.py",
    "tests/laws/test_hostile.py",
    "tests/python/test_call_types.py",
    "tests/python/test_sockets.py",
    "tests/pages/test_examples.py",
    "tests/python/test_layout.py",
    "tests/generated/test_tests.py",
    "tests/packaging/test_integration.py",
    "tests/laws/test_environment.py",
    "tests/runtime/test_depth.py",
    "tests/generated/test_package.py",
    "tests/cli/test_two_processes.py",
    "tests/incremental/test_incremental.py",
    "tests/fern/test_fuzz.py",
    "tests/python/test_callers_types.py",
    "tests/output/test_mounts.py",
    "tests/conformance/test_customers.py",
    "tests/laws/test_order.py",
    "tests/generated/test_http_types.py",
    "tests/openapi/test_fuzz.py",
    "tests/packaging/test_wheel.py",
    "tests/pages/test_http.py",
)
"""The groups that take longest, the longest first. If one of them started last, the other processor
would be idle."""

WITH_WORKSHOP = tuple(
    f"tests/conformance/test_{name}.py"
    for name in ("cohere", "defects", "every_api", "fern_layout")
)


def rank(name: str) -> int:
    return SLOW.index(name) if name in SLOW else len(SLOW)


def group(nodeid: str) -> str:
    """The group of a test: its file, except that files that share the browser are one group, and so
    are the tests in `conformance` that share the packages of a layout."""
    file = nodeid.partition("::")[0]
    if file in WITH_WORKSHOP:
        is_fern = file.endswith("_layout.py") or re.search(r"[\[-]fern(-[\d.]+)?\]$", nodeid)
        return f"conformance of layout {'fern' if is_fern else 'compact'}"
    return "browser" if file.endswith("/test_browser.py") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A scheduler that gives each process one group at a time: the slow groups first, then those
    with most tests. It is used unless `--dist` is given."""
    if config.getvalue("dist") != "load":
        return None
    # pytest-xdist has no types. Runs with one process do not need it.
    from xdist.scheduler import LoadScopeScheduling

    class Groups(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group(nodeid)

        def _assign_work_unit(self, node: Any) -> None:
            self.workqueue.move_to_end(min(self.workqueue, key=rank), last=False)
            super()._assign_work_unit(node)

    return Groups(config, log)
