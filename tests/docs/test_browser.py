"""The docs site in a real Chromium: from files, by keyboard, on a phone, in the dark, in print.

Needs `chromium`; skipped without it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ..support.browser import CONTRAST, NEEDS_CHROMIUM, Browser
from .sites import RICH, SPEC, docs

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return docs(tmp_path_factory.mktemp("rich"), RICH)


@pytest.fixture
def page(window: Browser, rich: Path) -> Browser:
    window.show(1440, 900)
    window.open(rich / "things/create.html")
    return window


def visible(selector: str) -> str:
    return (
        f"return [...document.querySelectorAll('{selector}')].filter((e) => e.checkVisibility())"
        ".map((e) => e.textContent)"
    )


def test_no_request_leaves_the_site_and_none_fails(
    window: Browser, rich: Path, tmp_path: Path
) -> None:
    window.show(1440, 900)
    hostile = docs(tmp_path, SPEC)
    for path in (rich / "index.html", rich / "things/create.html", hostile / "animals/get.html"):
        window.open(path)
        assert window.complaints() == []
        assert all(url.startswith("file:") for url in window.requests())
        assert len(window.requests()) == 5, "the page, its styles and three scripts"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [320, 375, 900, 1440])
def test_it_fits_and_can_be_read(page: Browser, rich: Path, width: int, dark: bool) -> None:
    for name in ("things/create", "index", "types/NewThing"):
        page.show(width, 900, dark=dark)
        page.open(rich / f"{name}.html")
        page.run("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
        # Only code scrolls sideways, each piece by itself.
        assert page.run("return document.documentElement.scrollWidth") <= width
        assert page.run(CONTRAST) == []


def test_tabs_by_mouse_and_by_keyboard(page: Browser) -> None:
    chosen = visible('.tab [id], .bar [aria-selected="true"]')
    assert page.run(chosen) == ["Python"]
    page.run("document.querySelector('.bar [role=tab]').focus()")
    page.press("Right", "Right", "Right")
    assert page.run(chosen) == ["curl"]
    assert page.run("return document.activeElement.textContent") == "curl"
    assert "curl -X POST" in page.run(visible(".tab code"))[0]
    page.run("document.querySelector('.bar [role=tab]').click()")
    page.run("document.querySelector('.bar .copy').click()")
    page.run_until("return document.querySelector('.bar .copy').textContent !== 'Copy'", True)


def test_one_example_is_shown_and_the_other_can_be_chosen(page: Browser) -> None:
    names = (
        "return [...document.querySelectorAll('.example')].filter((e) => e.checkVisibility())"
        ".map((e) => e.dataset.name)"
    )
    assert page.run(names) == ["Small"]
    page.run(
        "const list = document.querySelector('.chooser select'); list.selectedIndex = 1;"
        "list.dispatchEvent(new Event('change'))"
    )
    assert page.run(names) == ["Large"]


def test_search_by_keyboard(page: Browser) -> None:
    page.press("/")
    page.press(*"ratio")
    assert page.run(visible(".search li small")) == ["A type (model), field ratio"]
    page.press("Down", "Enter")
    page.run_until("return location.pathname.endsWith('/types/Inner.html')", True)
    page.run_until("return document.querySelector(':target')?.id", "ratio")
    page.press("/")
    page.press(*"fetch job")
    assert page.run(visible(".search li a"))[0].startswith("Fetch a job")
    page.press("Escape")
    assert page.run(visible(".search li")) == []
    page.press(*"zzz")
    assert page.run(visible(".search li")) == ["Nothing found"]


def test_the_menu_of_a_phone_covers_the_page_until_it_is_closed(page: Browser) -> None:
    page.show(375, 700)
    text = "return document.querySelector('.menu').checkVisibility()"
    assert page.run(text) is False
    page.run("document.querySelector('.to-menu').click()")
    page.run_until(text, True)
    box = "const box = document.querySelector('.menu').getBoundingClientRect();"
    assert page.run(f"{box} return [box.left, box.right, box.bottom]") == [0, 375, 700]
    page.run("document.querySelector('.from-menu').click()")
    page.run_until(text, False)
    page.run("document.querySelector('.to-menu').click()")
    page.run_until(text, True)
    page.press("Escape")
    page.run_until(text, False)


def test_a_link_to_a_field_of_a_long_page_finds_its_sheet(window: Browser, tmp_path: Path) -> None:
    fields = {f"field_{n}": {"type": "string", "description": "text " * 200} for n in range(300)}
    table = "| a | b |\n| :-: | --: |\n| 1 | 2 |"
    big = {"type": "object", "properties": fields, "description": table}
    info = {"title": "Big", "version": "1"}
    spec = {"openapi": "3.1.0", "info": info, "paths": {}, "components": {"schemas": {"Big": big}}}
    site = docs(tmp_path, json.dumps(spec))
    window.open(site / "types/Big.html")
    assert window.complaints() == [], "the policy allows the columns of a table"
    window.open(site / "types/Big.html", "#field_299")
    window.run_until("return document.querySelector(':target')?.id", "field_299")
    assert not window.run("return location.pathname").endswith("/types/Big.html")


def test_the_first_tab_stop_leads_to_the_content(page: Browser) -> None:
    page.press("Tab")
    assert page.run("return document.activeElement.getBoundingClientRect().top >= 0")
    assert page.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.press("Enter")
    assert page.run("return location.hash") == "#site.content"


def test_nested_fields_open_by_keyboard(page: Browser) -> None:
    page.run("document.querySelector('.row details > summary').focus()")
    before = len(page.run(visible(".row details .name")))
    page.press("Enter")
    assert len(page.run(visible(".row details .name"))) > before


def test_without_scripts_everything_but_the_search_is_there(window: Browser, rich: Path) -> None:
    window.show(1440, 900)
    window.scripts(False)
    try:
        window.open(rich / "things/create.html")
        window.show(1440, 4000)
        pdf = window.pdf()
        window.screenshot(rich.parent / "plain.png")
    finally:
        window.scripts(True)
    assert pdf.startswith(b"%PDF")
    # A page cannot be asked while it runs no scripts: its source says what is hidden.
    text = (rich / "things/create.html").read_text(encoding="utf-8")
    body = text.partition("<main")[2].partition("</main>")[0]
    assert "hidden" not in body and 'class="search" role="search" hidden' in text


def test_a_printed_page_is_complete_and_has_no_navigation(page: Browser) -> None:
    page.show(800, 1100, media="print")
    try:
        assert page.run(visible(".menu, .search, .bar, footer, .chooser, .skip")) == []
        assert page.run("return document.querySelectorAll('.tab').length") == len(
            page.run(visible(".tab pre"))
        )
        assert page.run(CONTRAST) == []
        assert page.pdf().startswith(b"%PDF")
    finally:
        page.show(1440, 900)


def test_a_moved_page_sends_on(window: Browser, tmp_path: Path) -> None:
    old = docs(tmp_path, SPEC).parent / "old.yaml"
    (tmp_path / "spec.yaml").rename(old)
    spec = SPEC.replace("operationId: ping,", "operationId: pong,")
    site = docs(tmp_path, spec, "--previous", str(old))
    window.open(site / "client/ping.html")
    window.run_until("return location.pathname.endsWith('/client/pong.html')", True)


def test_screenshots_can_be_kept(page: Browser, rich: Path, tmp_path: Path) -> None:
    """With FIDDLEHEAD_SCREENSHOTS, screenshots are written to that folder."""
    folder = Path(os.environ.get("FIDDLEHEAD_SCREENSHOTS", tmp_path))
    for name, width, dark in (("light", 1440, False), ("dark", 1440, True), ("phone", 375, False)):
        page.show(width, 1000, dark=dark)
        page.screenshot(folder / f"site-{name}.png")
        assert (folder / f"site-{name}.png").read_bytes().startswith(b"\x89PNG")
