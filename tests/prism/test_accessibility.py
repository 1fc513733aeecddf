"""axe-core reports nothing serious for pages of the docs site and the HTML report.

Needs Chromium, and Node.js and npm, which install axe-core; skipped without them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fiddlehead.review import report

from ..docs.sites import RICH, docs
from ..review.reviews import sample
from ..support.browser import NEEDS_CHROMIUM, Browser
from . import mock

pytestmark = [
    NEEDS_CHROMIUM,
    pytest.mark.skipif(not mock.is_possible(), reason="needs Node.js and npm, for axe-core"),
]

PROGRAM = mock.FOLDER / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def axe() -> str:
    mock.install()
    return PROGRAM.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rich")
    (folder / "old.yaml").write_text(RICH.replace("jobs_get", "jobs_fetch"))
    return docs(folder, RICH, "--previous", str(folder / "old.yaml"))


def results(window: Browser, axe: str, page: Path) -> list[str]:
    """What axe-core finds on a page, with everything open."""
    window.open(page)
    window.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    window.run(f"{axe}; window.axe = axe;")
    violations = json.loads(window.run("return JSON.stringify((await axe.run()).violations)"))
    return [
        f"{violation['impact']}: {violation['id']}: {node['html'][:120]}"
        for violation in violations
        for node in violation["nodes"]
        if violation["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [375, 1440])
@pytest.mark.parametrize(
    "name",
    [
        "index",
        "authentication",
        "errors",
        "changes",
        "all-types",
        "things/create",
        "jobs/wait",
        "types/Thing",
        "webhooks/thing.made",
        "jobs/fetch",
    ],
)
def test_the_docs_site(
    window: Browser, axe: str, rich: Path, name: str, width: int, dark: bool
) -> None:
    window.show(width, 900, dark=dark)
    if name == "jobs/fetch":
        # A page that sends on is left before anything can look at it.
        page = rich / "jobs/fetch.html"
        text = page.read_text(encoding="utf-8")
        page = rich / "jobs/moved.html"
        page.write_text(text.replace('http-equiv="refresh"', 'name="refresh"'), encoding="utf-8")
        assert results(window, axe, page) == []
        page.unlink()
    else:
        assert results(window, axe, rich / f"{name}.html") == []


@pytest.mark.parametrize("dark", [False, True])
def test_the_report_of_a_review(window: Browser, axe: str, tmp_path: Path, dark: bool) -> None:
    page = tmp_path / "report.html"
    files = ({"acme/a.py": "one\ntwo\n"}, {"acme/a.py": "one\nthree\n"})
    page.write_text(report(sample(), "html", old_files=files[0], new_files=files[1]), "utf-8")
    window.show(1280, 900, dark=dark)
    assert results(window, axe, page) == []
