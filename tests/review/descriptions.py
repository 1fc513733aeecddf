"""Reviews of pairs of OpenAPI descriptions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fiddlehead import config, descriptions, python, review
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.source import Sources

from .clients import Client, compared

HEAD = """openapi: 3.1.0
info: {title: Kiln, version: "1"}
"""

POT = """
components:
  schemas:
    Pot: {type: object, properties: {id: {type: string}}}
"""

ANSWER = '"200": {description: ok, content: {application/json: {schema: SCHEMA}}}'


def get(schema: str, path: str = "/pots", more: str = "") -> str:
    """A description of one operation that gives a schema."""
    response = ANSWER.replace("SCHEMA", schema)
    operation = f"operationId: pots_get, tags: [pots], responses: {{{response}}}"
    return f"{HEAD}paths:\n  {path}:\n    get: {{{operation}{more}}}\n"


def post(schema: str, more: str = "") -> str:
    """A description of one operation that takes a schema."""
    body = f"requestBody: {{required: true, content: {{application/json: {{schema: {schema}}}}}}}"
    response = f'"204": {{description: ok{more}}}'
    operation = f"operationId: pots_add, tags: [pots], {body}, responses: {{{response}}}"
    return f"{HEAD}paths:\n  /pots:\n    post: {{{operation}}}\n"


def schemas(**named: str) -> str:
    """Component schemas."""
    lines = "".join(f"    {name}: {schema}\n" for name, schema in named.items())
    return f"components:\n  schemas:\n{lines}"


def client(text: str, folder: Path, **values: Any) -> Client:
    """What a description becomes; `values` are settings."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "api.yaml"
    path.write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    told = {"spec": path, "output": folder / "out", "package": "acme", **values}
    settings = config.load(None, told, diagnostics, folder)
    assert settings is not None, [diagnostic.render() for diagnostic in diagnostics.reported]
    api = descriptions.read(settings, Sources(diagnostics, folder), diagnostics)
    package = python.build(api, settings, diagnostics)
    assert not diagnostics.errors, [error.render() for error in diagnostics.errors]
    return Client(api, package)


def reviewed(old: str, new: str, folder: Path, **values: Any) -> review.Review:
    return compared(client(old, folder / "old", **values), client(new, folder / "new", **values))


def rules(found: review.Review, *levels: str) -> Mapping[str, str]:
    """The locations by rule, of some levels."""
    return {finding.rule: finding.location for finding in found.findings if finding.level in levels}
