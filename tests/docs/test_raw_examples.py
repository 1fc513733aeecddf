"""The examples of `with_raw_response` on the pages run."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest
from fiddlehead.cli import main

from ..support import examples

API = """
openapi: 3.1.0
info: {title: Acme, version: "1"}
servers: [{url: "https://acme.example"}]
paths:
  /trees:
    get:
      operationId: list_trees
      x-fern-pagination: {cursor: $request.after, next_cursor: $response.next, results: $response.trees}
      parameters: [{name: after, in: query, schema: {type: string}}]
      responses: {"200": {description: "", content: {application/json: {schema: {type: object, properties: {next: {type: string}, trees: {type: array, items: {$ref: "#/components/schemas/Tree"}}}}}}}}
    post:
      operationId: plant
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [name, note, place], properties: {name: {type: string, example: "an oak (old) with a long name"}, note: {type: string, example: "the second of its kind )"}, place: {type: string, example: "behind the house"}}}}}}
      responses: {"200": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Tree"}}}}}
  /trees/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    delete: {operationId: fell, responses: {"204": {description: ""}}}
    get:
      operationId: photo
      responses: {"200": {description: "", content: {image/png: {schema: {type: string, format: binary}}}}}
  /events:
    get:
      operationId: follow
      x-fern-streaming: {format: sse}
      responses: {"200": {description: "", content: {text/event-stream: {schema: {$ref: "#/components/schemas/Tree"}}}}}
components:
  schemas:
    Tree: {type: object, properties: {id: {type: string}}}
"""


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("api.yaml").write_text(API)
    options = ("api.yaml", "--package", "acme", "--layout", layout)
    assert main(["generate", *options, "--output", "out"]) == 0
    Path("fiddlehead.toml").write_text(
        f'spec = "api.yaml"\noutput = "out"\npackage = "acme"\nlayout = "{layout}"\n'
    )
    assert main(["docs", "--output", "site"]) == 0
    outputs: dict[str, str] = {}
    with examples.importable(tmp_path / "out", "acme"):
        for path in Path("site").rglob("*.md"):
            found = re.search(
                r"### Raw response\n\n```python\n(.*?)```", path.read_text(), re.DOTALL
            )
            if found is None or path.stem == "index":
                continue
            code = found[1].replace("acme import AcmeClient", "acme.testing import FakeAcmeClient")
            code = code.replace("= AcmeClient()", "= FakeAcmeClient(examples=True)")
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                exec(compile(code, path.name, "exec"), {})
            outputs[path.stem] = printed.getvalue()
    assert outputs.keys() == {"plant", "fell", "photo", "follow"}
    assert all(re.match(r"20[04] ", text) for text in outputs.values()), outputs
    assert outputs["fell"].count("\n") == 1
    assert all("id='id'" in outputs[name] for name in ("plant", "follow"))
    assert Path("download").read_bytes()
