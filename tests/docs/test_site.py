"""`fiddlehead docs`: which files it writes, where links lead, and that hostile text stays text."""

from __future__ import annotations

import ast
import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

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
    other: {type: object, x-fern-type-name: ADDRESS, properties: {number: {type: integer}}}
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


LARGE = """\
openapi: 3.1.0
info: {title: Large, version: "1"}
paths:
  /big:
    get:
      operationId: big
      description: DOC
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Big"}}}}
OPERATIONS
components:
  schemas:
    Big: {type: object, properties: {FIELDS}}
TYPES"""


def test_long_lists_are_split_and_long_texts_go_on_in_the_markdown(tmp_path: Path) -> None:
    text = "A long text. " * 30
    fields = ", ".join(f"field_{n}: {{type: string, description: {text}}}" for n in range(500))
    operations = "\n".join(
        f"  /o{n}: {{get: {{operationId: o_{n}, summary: Operation {n} {'and more ' * 60}, responses: {{'204': {{description: none}}}}}}}}"
        for n in range(250)
    )
    types = "\n".join(f"    Type{n}: {{type: object}}" for n in range(3000))
    doc = json.dumps("\n\n".join(f"Paragraph {n}. {text}" for n in range(300)))
    spec = (
        LARGE.replace("FIELDS", fields)
        .replace("OPERATIONS", operations)
        .replace("DOC", doc)
        .replace("TYPES", types)
    )
    site = docs(tmp_path, spec)
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert max(len(text.encode()) for text in pages.values()) <= 150_000
    assert all(path.with_suffix(".md").is_file() for path in pages)
    for name, last in (
        ("types/Big", "field_499"),
        ("client/big", "field_499"),
        ("index", "Operation 249 "),
        ("all-types", "Type2999<"),
    ):
        sheets = sorted(site.glob(f"{name}*.html"))
        assert len(sheets) > 1 and any(last in pages[each] for each in sheets[1:])
        assert all(f'href="{each.name}"' in pages[sheets[0]] for each in sheets)
    assert "goes on in the Markdown" in pages[site / "client/big.html"]
    assert "Paragraph 299" in (site / "client/big.md").read_text(encoding="utf-8")


RICH = """\
openapi: 3.1.0
info: {title: Rich, version: "1"}
servers: [{url: https://rich.example}]
paths:
  /things:
    post:
      operationId: things_create
      tags: [things]
      summary: Create a thing
      deprecated: true
      requestBody:
        content:
          application/json:
            schema: {$ref: "#/components/schemas/NewThing"}
      x-fern-examples:
        - {name: Small, request: {name: one}, response: {body: {id: s1}}}
        - {name: Large, docs: With *all* of it., request: {name: two, count: 9}, response: {body: {id: l2}}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
        "404":
          description: None.
          content:
            application/json:
              schema: {type: object, properties: {why: {type: string}}}
              example: {why: it went away}
    get:
      operationId: things_list
      tags: [things]
      parameters:
        - {name: id, in: query, schema: {type: string}}
        - {name: page, in: query, schema: {type: integer}}
      x-fern-pagination: {offset: $request.page, results: $response.things}
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties: {id: {type: string}, things: {type: array, items: {$ref: "#/components/schemas/Thing"}}}
  /jobs/{id}:
    get:
      operationId: jobs_get
      tags: [jobs]
      summary: Fetch a job
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      x-fiddlehead-waiter: {name: wait, property: $response.state, success: [done], failure: [broken]}
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: object, properties: {id: {type: string}, state: {type: string}}}}}}
  /files:
    post:
      operationId: files_upload
      tags: [files]
      requestBody:
        content: {multipart/form-data: {schema: {type: object, required: [file], properties: {file: {type: string, format: binary}}}}}
      responses: {"204": {description: none}}
  /events:
    get:
      operationId: events_stream
      tags: [events]
      x-fern-streaming: {format: sse}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
webhooks:
  thing.made:
    post:
      description: A thing was **made**.
      x-fern-webhook-signature: {header: X-Signature}
      parameters: [{name: X-Delivery, in: header, required: true, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}, example: {id: w1}}}}
      responses: {"200": {description: ok}}
components:
  schemas:
    NewThing:
      type: object
      required: [name]
      properties:
        name: {type: string, minLength: 1, maxLength: 20, pattern: "^[a-z|]+$"}
        count: {type: integer, minimum: 1, exclusiveMaximum: 10, default: 3}
        tags: {type: array, maxItems: 5, uniqueItems: true, items: {type: string, minLength: 2}}
    Thing: {type: object, properties: {id: {type: string, deprecated: true}, inner: {$ref: "#/components/schemas/Inner"}}}
    Inner: {type: object, properties: {ratio: {type: number, exclusiveMinimum: 0, multipleOf: 0.5, default: 1.5}, next: {$ref: "#/components/schemas/Thing"}}}
"""


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
        ("things/list", "the next page is fetched when it is needed"),
        ("jobs/wait", "Calls client.jobs.get every 10 seconds until state is done ."),
        ("jobs/wait", "Jobs Wait client.jobs.wait(id, ...) Calls"),
        ("files/upload", "A file is bytes, an open file, a path"),
        ("events/stream", "The response comes piece by piece"),
        ("webhooks/thing.made", "A thing was made ."),
        ("webhooks/thing.made", "X-Delivery required"),
        ("webhooks/thing.made", "if not WebhooksHelper.verify_signature( request_body=body,"),
        ("webhooks/thing.made", "return Thing.model_validate_json(body)"),
        ("webhooks/thing.made", '"id" : "w1"'),
        ("types/Thing", "from client import Thing"),
    ],
)
def test_what_pages_say(rich: Path, page: str, seen: str) -> None:
    shown = text_of(rich / f"{page}.html")
    assert seen in shown, shown


def test_every_named_example_has_its_code_and_its_response(rich: Path) -> None:
    text = (rich / "things/create.html").read_text(encoding="utf-8")
    first, second = text.split('<section class="example"')[1:]
    assert 'data-name="Small"' in first and "s1" in first and "one" in first
    assert 'data-name="Large"' in second and "l2" in second and "With <em>all</em> of it" in second
    assert second.count('class="tab"') == 4 and "count=" in second


def test_code_of_the_pages_is_python(rich: Path) -> None:
    for path in rich.rglob("*.md"):
        for code in re.findall(r"(?ms)^```python\n(.*?)^```", path.read_text(encoding="utf-8")):
            ast.parse(code)


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
    """A type that comes from an operation makes room for one with a name of its own."""
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
    assert "'nowhere' is not the URL of a site" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()
