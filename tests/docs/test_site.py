"""`fiddlehead docs`: which files it writes, where links lead, and that hostile text stays text."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fiddlehead.cli import main

SPEC = """\
openapi: 3.1.0
info: {title: "Zoo <script>alert(1)</script>", version: "1", description: TEXT}
servers: [{url: https://zoo.example}]
paths:
  /animals/{id}:
    get:
      operationId: animals_get
      tags: [animals]
      summary: Fetch <b>an</b> animal
      description: TEXT
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}, description: TEXT}
      responses:
        "200":
          description: It.
          content: {application/json: {schema: {$ref: "#/components/schemas/Animal"}}}
        "404": {description: None is there.}
  /ping: {get: {operationId: ping, responses: {"204": {description: none}}}}
components:
  schemas:
    Animal:
      type: object
      required: [kind]
      properties:
        kind: {type: string, enum: [cat, dog], description: TEXT}
        home-address: {$ref: "#/components/schemas/Address"}
    Address: {type: object, properties: {street: {type: string}}}
    address: {type: object, properties: {number: {type: integer}}}
"""
HOSTILE = (
    "<img src=x onerror=alert(1)> </main> [a](javascript:alert(1)) [guide](guide.html) "
    "![logo](https://cdn.example/a.png) [home](https://zoo.example/x)"
)


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        assert not [name for name in given if name.startswith("on")]
        if tag == "a":
            self.links.append(given.get("href") or "")
        if tag in ("script", "link", "img"):
            self.loaded.append(given.get("src") or given.get("href") or "")
        if given.get("id"):
            self.ids.append(given["id"] or "")


def docs(folder: Path, spec: str = SPEC, *more: str) -> Path:
    (folder / "spec.yaml").write_text(spec.replace("TEXT", json.dumps(HOSTILE)))
    output = folder / "site"
    assert main(["docs", str(folder / "spec.yaml"), "--output", str(output), *more]) == 0
    return output


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return docs(tmp_path_factory.mktemp("docs"))


def files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def test_each_method_and_type_has_a_page_and_its_markdown(site: Path) -> None:
    found = set(files(site))
    pages = {
        "index",
        "authentication",
        "errors",
        "animals/get",
        "client/ping",
        "types/Animal",
        "all-types",
    }
    assert {f"{name}{suffix}" for name in pages for suffix in (".html", ".md")} <= found
    assert {"llms.txt", "llms-full.txt"} <= found
    assert len({name.casefold() for name in found}) == len(found)


def test_every_link_is_relative_and_leads_to_a_file(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = Page(path.read_text(encoding="utf-8"))
        for link in [*page.links, *page.loaded]:
            if link in ("#content", "https://cdn.example/a.png", "https://zoo.example/x"):
                continue
            assert (path.parent / link).is_file(), f"{path.name}: {link}"
    for path in site.rglob("*.md"):
        for link in re.findall(r"\]\(([^):]+\.md)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).is_file(), f"{path.name}: {link}"
        assert "page:" not in path.read_text(encoding="utf-8")


def test_hostile_text_stays_text(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        page = Page(text)
        assert "img" not in page.tags and page.tags.count("script") == 3
        assert "default-src 'none'" in text and text.count("</main>") == 1
        assert not any(link.startswith("javascript") for link in page.links)
        assert "guide.html" not in page.links
    page = Page((site / "animals/get.html").read_text(encoding="utf-8"))
    assert "https://cdn.example/a.png" in page.links and "https://zoo.example/x" in page.links


def test_a_method_page_shows_the_request_and_the_fields(site: Path) -> None:
    text = (site / "animals/get.html").read_text(encoding="utf-8")
    for label in ("Python", "Async", "Raw response", "curl"):
        assert f'data-label="{label}"' in text
    assert "client.animals.with_raw_response.get(" in text
    assert "curl https://zoo.example/animals/id" in text
    assert {"id", "kind", "home-address"} <= set(Page(text).ids)
    assert "<summary>Fields of Address</summary>" in text
    assert "Example response (200)" in text and "404" in text
    assert 'rel="prev"' in text or 'rel="next"' in text


def test_search_knows_endpoints_types_and_fields(site: Path) -> None:
    text = (site / "search-index.js").read_text(encoding="utf-8")
    rows = json.loads(text.removeprefix("window.searchIndex = ").removesuffix(";\n"))
    found = {address: (verb, fields) for _, _, verb, address, fields in rows}
    assert found["animals/get.html"][0] == "GET"
    assert "home-address" in found["types/Animal.html"][1]


def test_a_second_run_writes_the_same_and_an_operation_more_moves_none(
    site: Path, tmp_path: Path
) -> None:
    again = docs(tmp_path)
    assert files(again) == files(site)
    more = SPEC.replace(
        "  /ping:",
        "  /zoo: {get: {operationId: a_zoo, tags: [animals], "
        "responses: {'204': {description: none}}}}\n  /ping:",
    )
    assert set(files(site)) < set(files(docs(tmp_path, more)))


@pytest.mark.parametrize("name", ["notes.txt", "types/own.html"])
def test_files_of_others_stop_it(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC.replace("TEXT", "text"))
    site = tmp_path / "site"
    (site / name).parent.mkdir(parents=True)
    (site / name).write_text("mine")
    assert main(["docs", str(tmp_path / "spec.yaml"), "--output", str(site)]) == 2
    assert name in capsys.readouterr().err
    assert files(site) == {name: b"mine"}


def test_an_edited_page_stops_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = docs(tmp_path)
    (site / "index.html").write_text("mine")
    before = files(site)
    assert main(["docs", str(tmp_path / "spec.yaml"), "--output", str(site)]) == 2
    assert "index.html" in capsys.readouterr().err and files(site) == before


def test_a_generated_package_is_not_replaced(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(SPEC.replace("TEXT", "text"))
    assert main(["generate", str(spec), "--output", str(tmp_path), "--package", "zoo"]) == 0
    before = files(tmp_path / "zoo")
    assert main(["docs", str(spec), "--output", str(tmp_path / "zoo")]) == 2
    assert files(tmp_path / "zoo") == before


@pytest.mark.parametrize(("text", "code"), [(None, 2), ("openapi: [3.1.0\n", 3)])
def test_a_description_that_cannot_be_used(tmp_path: Path, text: str | None, code: int) -> None:
    spec = tmp_path / "spec.yaml"
    if text is not None:
        spec.write_text(text)
    assert main(["docs", str(spec), "--output", str(tmp_path / "site")]) == code
    assert not (tmp_path / "site").exists()


def test_pages_stay_small_with_many_types(tmp_path: Path) -> None:
    schemas = "".join(
        f"    Type{n}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/Type{n + 1}'}}}}}}\n"
        for n in range(999)
    )
    site = docs(tmp_path, f"{SPEC}{schemas}    Type999: {{type: object}}\n")
    assert (site / "all-types-3.html").is_file()
    assert max(path.stat().st_size for path in site.rglob("*.html")) < 150_000


def test_a_base_url_gives_a_sitemap_and_canonical_links(tmp_path: Path) -> None:
    site = docs(tmp_path, SPEC, "--base-url", "https://docs.example/zoo/")
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    address = "https://docs.example/zoo/animals/get.html"
    assert f"<loc>{address}</loc>" in sitemap
    assert sitemap.count("<loc>") == len(list(site.rglob("*.html")))
    page = (site / "animals/get.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{address}">' in page


def test_a_base_url_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC.replace("TEXT", "text"))
    given = ["docs", str(tmp_path / "spec.yaml"), "--output", str(tmp_path / "site")]
    assert main([*given, "--base-url", "nowhere"]) == 2
    assert "'nowhere' is not the URL of a site" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_a_browser_shows_the_tabs_and_the_search(site: Path) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("chromium is not installed")
    address = (site / "animals/get.html").as_uri()
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", address]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    assert '<button type="button" aria-pressed="true">Python</button>' in shown
    assert '<div class="search"><input' in shown
