"""References are counted without nodes where possible; the counts are those with all nodes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from fiddlehead.config import load
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.openapi.document import root_file
from fiddlehead.openapi.document.context import Context
from fiddlehead.openapi.schemas import usage
from fiddlehead.openapi.schemas.hierarchies import Hierarchies
from fiddlehead.source import Sources
from fiddlehead.source.json_reader import nodes, reader

from tests.support.pipeline import CASES, ROOT

_DEEP = """
openapi: 3.1.0
info: {title: Deep, version: "1"}
paths:
  /a:
    get:
      responses:
        "200":
          description: A
          content:
            application/json:
              schema:
                oneOf: [{$ref: "#/components/schemas/A"}, {$ref: "#/components/schemas/B"}]
                discriminator: {propertyName: kind, mapping: {x: "#/components/schemas/C"}}
components:
  schemas:
    A: {properties: {in: {allOf: [{$ref: "#/components/schemas/B"}, {type: object}]}}}
    B: {properties: {in: {properties: {oneOf: {$ref: "#/components/schemas/C"}}}}}
    C:
      properties:
        in:
          properties:
            example: {$ref: "#/components/schemas/A"}
            union:
              anyOf: [{properties: {a: {$ref: "#/components/schemas/B"}}}, {$ref: other.yaml}]
              x-fern-type-name: Union
              example: {$ref: "#/components/schemas/A"}
"""


def _counted(spec: Path, layout: str) -> tuple[usage.Usage, list[str]] | None:
    diagnostics = Diagnostics()
    arguments = {"spec": spec, "package": "client", "layout": layout}
    settings = load(None, arguments, diagnostics, spec.parent, needs=("spec",))
    sources = Sources(diagnostics, spec.parent)
    sources.start_at(spec)
    root = root_file.load(settings, sources, diagnostics)
    if root is None:
        return None
    context = Context(settings, sources, diagnostics, root)
    counted = usage.count(context, Hierarchies(context))
    return counted, [problem.render() for problem in diagnostics.reported]


def _contents() -> list[object]:
    contents: list[object] = [yaml.safe_load(_DEEP)]
    for path in (*sorted(CASES.glob("*/openapi.*")), *sorted((ROOT / "spec").glob("openapi.*"))):
        try:
            contents.append(yaml.safe_load(path.read_text(encoding="utf-8")))
        except (yaml.YAMLError, UnicodeDecodeError):
            continue  # A case of files that cannot be read.
    return contents


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_counts_without_nodes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: str) -> None:
    spec = tmp_path / "openapi.json"
    (tmp_path / "other.yaml").write_text('{properties: {a: {$ref: "openapi.json"}}}')
    monkeypatch.setattr(reader, "LARGE", 0)
    compared = 0
    for content in _contents():
        spec.write_text(json.dumps(content, default=str, indent=1), encoding="utf-8")
        counted = _counted(spec, layout)
        with monkeypatch.context() as patch:
            patch.setattr(nodes.InnerContainer, "unread", None)
            assert counted == _counted(spec, layout), content
        compared += counted is not None
    assert compared > 50
