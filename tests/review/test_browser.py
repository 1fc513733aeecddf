"""The HTML report in a real Chromium: by keyboard, on a phone, in the dark, with hostile text.

Needs `chromium`; skipped without it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from fiddlehead.review import report

from ..support.browser import CONTRAST, NEEDS_CHROMIUM, Browser
from .reviews import hostile, review, sample

pytestmark = NEEDS_CHROMIUM

FILES = ({"acme/a.py": "one\ntwo\n"}, {"acme/a.py": "one\nthree\n", "acme/b.py": "x\n"})

FOCUSED = "return document.activeElement.id"
SHOWN = "return [...document.querySelectorAll('main article')].filter((e) => e.offsetParent).length"


@pytest.fixture
def page(window: Browser, tmp_path: Path) -> Browser:
    path = tmp_path / "report.html"
    path.write_text(report(sample(), "html", old_files=FILES[0], new_files=FILES[1]), "utf-8")
    window.show(1280, 900)
    window.open(path)
    return window


def test_no_resource_is_blocked_and_no_script_fails(page: Browser) -> None:
    assert page.complaints() == []
    assert page.run("return document.querySelector('h1').textContent") == "2 breaking changes"


def test_j_and_k_go_through_the_findings_and_the_files(page: Browser) -> None:
    visited = []
    for _ in range(9):
        page.press("j")
        visited.append(page.run(FOCUSED))
    assert visited == [
        "breaking-1",
        "breaking-2",
        "accepted-1",
        "notice-1",
        "info-1",
        "info-2",
        "file-1",
        "file-2",
        "file-2",
    ]
    page.press("k")
    assert page.run(FOCUSED) == "file-1"
    page.press("Up", "Down", "Up")
    assert page.run(FOCUSED) == "info-2"


def test_the_focus_is_seen(page: Browser) -> None:
    page.press("j")
    style = "getComputedStyle(document.activeElement)"
    assert page.run(f"return {style}.outlineStyle") == "solid"
    top = "document.activeElement.getBoundingClientRect().top"
    assert page.run(f"return {top} >= 0 && {top} < innerHeight")


def test_enter_opens_and_closes(page: Browser) -> None:
    is_open = "return document.activeElement.querySelector('details').open"
    page.press("j")
    assert page.run(is_open) is True
    page.press("Enter")
    assert page.run(is_open) is False
    page.press("o")
    assert page.run(is_open) is True


def test_the_first_tab_stops_are_the_skip_links(page: Browser) -> None:
    page.press("Tab")
    link = "document.activeElement"
    assert page.run(f"return {link}.getAttribute('href')") == "#findings"
    assert page.run(f"return {link}.getBoundingClientRect().top >= 0")
    page.press("Tab", "Enter")
    assert page.run("return location.hash") == "#files"


def test_search_and_filters(page: Browser) -> None:
    outcome = page.run(SHOWN)
    page.press("/")
    assert page.run(FOCUSED) == "search"
    page.press(*"paused")
    assert page.run(SHOWN) == 1
    assert page.run("return document.querySelector('.shown').textContent") == (
        "1 of 6 findings shown"
    )
    page.press("Escape")
    assert page.run(SHOWN) == outcome
    page.run("document.querySelector('[data-value=python]').click()")
    text = "return [...document.querySelectorAll('article[data-layer]:not([hidden])')]"
    assert page.run(f"{text}.map((e) => e.id)") == ["breaking-2", "notice-1", "info-1"]
    assert page.run("return document.querySelector('#accepted').hidden") is True
    page.run("document.querySelector('[data-value=WIRE]').click()")
    assert page.run(f"{text}.map((e) => e.id)") == ["notice-1", "info-1"]


def test_a_link_to_a_finding_opens_it(page: Browser, tmp_path: Path) -> None:
    page.open(tmp_path / "report.html", "#info-2")
    assert page.run("return document.querySelector('#info-2 details').open") is True


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_it_fits_and_can_be_read(page: Browser, width: int, dark: bool) -> None:
    page.show(width, 900, dark=dark)
    page.run("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
    # Only code scrolls sideways, each piece by itself.
    assert page.run("return document.documentElement.scrollWidth") <= width
    assert page.run(CONTRAST) == []
    if width < 600:
        small = "[...document.querySelectorAll('nav a, nav button, summary')]"
        assert page.run(f"return {small}.filter((e) => e.offsetHeight < 40).length") == 0


def test_hostile_text_stays_text(window: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(report(hostile(), "html", old_files={"a": "x"}, new_files={}), "utf-8")
    window.show(390, 900)
    window.open(path)
    assert window.complaints() == []
    assert window.run("return document.scripts.length") == 1
    assert window.run("return document.documentElement.scrollWidth") <= 390


def test_a_report_without_findings_works(window: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(report(review(), "html"), "utf-8")
    window.open(path)
    window.press("j", "/")
    assert window.complaints() == []


def test_without_scripts_everything_is_there(page: Browser) -> None:
    """What scripts add is hidden in the source: the page is whole without them."""
    text = report(sample(), "html")
    assert '<details class="filters" hidden>' in text
    assert 'class="copy" hidden' in text
    assert "<article" in text
    assert "hidden" not in text.partition("<main")[2].partition("</main>")[0].replace(
        'class="copy" hidden', ""
    )


def test_screenshots_can_be_kept(page: Browser, tmp_path: Path) -> None:
    """With FIDDLEHEAD_SCREENSHOTS, screenshots are written to that folder."""
    folder = Path(os.environ.get("FIDDLEHEAD_SCREENSHOTS", tmp_path))
    for name, width, dark in (("light", 1280, False), ("dark", 1280, True), ("phone", 390, False)):
        page.show(width, 1000, dark=dark)
        page.screenshot(folder / f"report-{name}.png")
        assert (folder / f"report-{name}.png").read_bytes().startswith(b"\x89PNG")
