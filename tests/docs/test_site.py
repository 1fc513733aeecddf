"""`fiddlehead docs`: the files, the targets of links, and the escaping of hostile text."""

from __future__ import annotations

import ast
import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from fiddlehead import targets
from fiddlehead.cli import main
from fiddlehead.config import load
from fiddlehead.diagnostics import Diagnostics

from ..support.pipeline import read
from .sites import RICH, SPEC, docs, files


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


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return docs(tmp_path_factory.mktemp("docs"))


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
            if link in ("https://cdn.example/a.png", "https://zoo.example/x"):
                continue
            file, _, anchor = link.partition("#")
            assert (path.parent / file).is_file(), f"{path.name}: {link}"
            if anchor and file == path.name:
                assert unquote(anchor) in page.ids, f"{path.name}: {link}"
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
    assert "curl https://zoo.example/animals/id" in text_of(site / "animals/get.html")
    assert {"id", "kind", "home-address"} <= set(Page(text).ids)
    assert "<summary>Fields of Address</summary>" in text
    assert "Example response (200)" in text and "404" in text
    assert 'rel="prev"' in text or 'rel="next"' in text


def test_a_field_of_a_later_sheet_links_to_itself(tmp_path: Path) -> None:
    fields = {f"field_{n}": {"type": "string", "description": "text " * 200} for n in range(300)}
    big = {"type": "object", "properties": fields}
    spec = {
        "openapi": "3.1.0",
        "info": {"title": "Big", "version": "1"},
        "paths": {},
        "components": {"schemas": {"Big": big}},
    }
    site = docs(tmp_path, json.dumps(spec))
    assert (site / "types/Big.3.html").is_file()
    for path in site.glob("types/Big*.html"):
        page = Page(path.read_text(encoding="utf-8"))
        for link in page.links:
            file, _, anchor = link.partition("#")
            assert not anchor or (file == path.name and unquote(anchor) in page.ids)


SUMMARIES = {
    "make": (
        "Makes a thing. The thing is made of [parts](/parts), which have to be made before it.",
        "Make",
    ),
    "find": ("Find a `thing` by its [name](https://x.test/names).", "Find a thing by its name"),
    "send": ("Send all the **things** of the account. " * 3, "Send"),
    "keep": ("", "Keep"),
    "same": ("Fetch it", "Fetch it (same)"),
    "other": ("Fetch it.", "Fetch it (other)"),
}


def test_titles_are_short_and_differ(tmp_path: Path) -> None:
    paths = {
        f"/{name}": {
            "get": {
                "operationId": f"things_{name}",
                "tags": ["things"],
                "summary": summary,
                "responses": {"204": {"description": "none"}},
            }
        }
        for name, (summary, _) in SUMMARIES.items()
    }
    info = {"title": "Titles", "version": "1"}
    site = docs(tmp_path, json.dumps({"openapi": "3.1.0", "info": info, "paths": paths}))
    for name, (summary, title) in SUMMARIES.items():
        page = (site / f"things/{name}.html").read_text(encoding="utf-8")
        assert f"<h1>{title}</h1>" in page
        assert f"<span>{title}</span>" in page, "the menu"
        assert f"curl https://api.example.com/{name}" in text_of(site / f"things/{name}.html")
        if len(summary) > 60:
            assert "Makes a thing. The thing is made of parts, which" in page or "<strong>" in page


def test_search_finds_endpoints_types_and_fields(site: Path) -> None:
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
    said = capsys.readouterr().err
    assert "index.html' is edited by hand; nothing was written" in said and "remove it" in said
    assert files(site) == before


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


def large() -> dict[str, object]:
    """A description with 3,000 types, a type with 500 fields, and long texts."""
    text = "A long text. " * 30
    none = {"204": {"description": "none"}}
    paths: dict[str, object] = {
        f"/o{n}": {
            "get": {
                "operationId": f"operation_{n}_with_a_long_name_that_fills_the_page",
                "summary": f"Operation {n} with a summary that is nearly too long for a title",
                "responses": none,
            }
        }
        for n in range(600)
    }
    big = {"$ref": "#/components/schemas/Big"}
    paths["/big"] = {
        "get": {
            "operationId": "big",
            "description": "\n\n".join(f"Paragraph {n}. {text}" for n in range(300)),
            "responses": {
                "200": {"description": "ok", "content": {"application/json": {"schema": big}}}
            },
        }
    }
    fields = {f"field_{n}": {"type": "string", "description": text} for n in range(500)}
    schemas = {f"Type{n}": {"type": "object"} for n in range(3000)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Large", "version": "1"},
        "paths": paths,
        "components": {"schemas": {**schemas, "Big": {"type": "object", "properties": fields}}},
    }


def test_long_lists_are_split_and_long_texts_go_on_in_the_markdown(tmp_path: Path) -> None:
    (tmp_path / "spec.json").write_text(json.dumps(large()))
    diagnostics = Diagnostics()
    given = {"spec": tmp_path / "spec.json", "package": "client", "project": False}
    settings = load(None, given, diagnostics, tmp_path, needs=("spec",))
    built = targets.build("docs", read(settings, diagnostics), settings, diagnostics)
    made = {name.partition("/")[2]: text for name, text in built.files().items()}
    pages = {name: text for name, text in made.items() if name.endswith(".html")}
    assert max(len(text.encode()) for text in pages.values()) <= 150_000
    assert all(f"{name.removesuffix('.html')}.md" in made for name in pages)
    for name, last in (
        ("types/Big", 'id="field_499"'),
        ("client/big", 'id="field_499"'),
        ("index", ">Operation 99 "),
        ("all-types", "Type999<"),
    ):
        sheets = sorted(page for page in pages if page.startswith((f"{name}.html", f"{name}.")))
        assert len(sheets) > 1 and any(last in pages[sheet] for sheet in sheets)
        front = pages[f"{name}.html"]
        assert last not in front.partition("<main")[2]
        assert all(f'href="{sheet.rpartition("/")[2]}"' in front for sheet in sheets)
    assert "goes on in the Markdown" in pages["client/big.html"]
    assert "Paragraph 299" in made["client/big.md"]


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return docs(tmp_path_factory.mktemp("rich"), RICH)


def text_of(page: Path) -> str:
    """What a reader sees of a page, on one line."""
    body = re.sub(r"(?s).*<main[^>]*>|</main>.*", "", page.read_text(encoding="utf-8"))
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", body).split()))


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("things/create", "Deprecated."),
        ("things/create", "Limits: 1 to 20 characters, pattern ^[a-z|]+$"),
        ("things/create", "Default 3 Limits: at least 1, less than 10"),
        (
            "things/create",
            "Limits: at most 5 items, no item twice, each item at least 2 characters",
        ),
        ("things/create", "404 NotFoundError"),
        ("things/create", "it went away"),
        ("things/create", "Default 1.5 Limits: more than 0, a multiple of 0.5"),
        ("things/list", "fetches the pages when they are needed"),
        ("jobs/wait", "Calls client.jobs.get every 10 seconds until state is done ."),
        ("jobs/wait", "Jobs Wait client.jobs.wait(id, ...) Calls"),
        ("files/upload", "A file is its content (bytes or text), an open file, a pathlib.Path"),
        ("events/stream", "The response is a stream"),
        ("webhooks/thing.made", "A thing was made ."),
        ("webhooks/thing.made", "X-Delivery required"),
        ("webhooks/thing.made", "if not WebhooksHelper.verify_signature( request_body=body,"),
        ("webhooks/thing.made", "return Thing.model_validate_json(body)"),
        ("webhooks/thing.made", '"id" : "w1"'),
        ("types/Thing", "from client import Thing"),
    ],
)
def test_the_content_of_pages(rich: Path, page: str, seen: str) -> None:
    shown = text_of(rich / f"{page}.html")
    assert seen in shown, shown


def test_every_named_example_has_its_code_and_its_response(rich: Path) -> None:
    text = (rich / "things/create.html").read_text(encoding="utf-8")
    first, second = text.split('<section class="example"')[1:]
    assert 'data-name="Small"' in first and "s1" in first and "one" in first
    assert 'data-name="Large"' in second and "l2" in second and "With <em>all</em> of it" in second
    assert second.count('class="tab"') == 4 and "count=" in second


def test_every_named_response_is_shown(tmp_path: Path) -> None:
    spec = SPEC.replace(
        'schema: {$ref: "#/components/schemas/Animal"}',
        'schema: {$ref: "#/components/schemas/Animal"}, examples: '
        "{A cat: {value: {kind: cat}}, '<b>Dog': {value: {kind: dog}}}",
    )
    site = docs(tmp_path, spec)
    shown = text_of(site / "animals/get.html")
    assert re.search(r'Example response \(200\) \{ "kind" : "cat" \}', shown)
    assert re.search(r'Example response \(200\): <b>Dog \{ "kind" : "dog" \}', shown)
    assert "(200): \\<b\\>Dog" in (site / "animals/get.md").read_text(encoding="utf-8")


def test_code_of_the_pages_is_python(rich: Path) -> None:
    for path in rich.rglob("*.md"):
        for code in re.findall(r"(?ms)^```python\n(.*?)^```", path.read_text(encoding="utf-8")):
            ast.parse(code)


def test_no_name_is_empty(rich: Path) -> None:
    pages = [path.read_text(encoding="utf-8") for path in rich.rglob("*.md")]
    assert any("## Response" in text for text in pages)
    assert not [text for text in pages if "` `" in text]


def test_an_anchor_is_there_once(rich: Path) -> None:
    for path in rich.rglob("*.html"):
        ids = Page(path.read_text(encoding="utf-8")).ids
        assert len(set(ids)) == len(ids), path
    ids = Page((rich / "jobs/get.html").read_text(encoding="utf-8")).ids
    assert {"id", "response.id", "state"} <= set(ids)


def test_each_folder_has_its_llms_txt(rich: Path) -> None:
    text = (rich / "things/llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# Rich: Things\n") and "(../llms.txt)" in text
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert (rich / "things" / link).is_file()
    assert "[thing.made](webhooks/thing.made.md)" in (rich / "llms.txt").read_text(encoding="utf-8")


def test_names_that_differ_in_case_only_keep_their_addresses(tmp_path: Path) -> None:
    """An inline type of an operation gets another address than a component of that name."""
    site = docs(tmp_path)
    assert (site / "types/Address.html").is_file() and (site / "types/ADDRESS-7f.html").is_file()
    more = f"{SPEC}    third: {{type: object, x-fern-type-name: ADDress}}\n"
    assert set(files(site)) < set(files(docs(tmp_path, more)))


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
    assert "'nowhere' is not a URL such as" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()
