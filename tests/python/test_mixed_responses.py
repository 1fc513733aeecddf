"""Success statuses with bodies of different kinds: JSON, text and files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench

THING = "{schema: {$ref: '#/components/schemas/Thing'}}"
TEXT = "text/plain: {schema: {type: string}}"
API = f"""
paths:
  /later:
    get:
      operationId: later
      responses:
        "200": {{description: ok, content: {{application/json: {THING}}}}}
        "202": {{description: later, content: {{{TEXT}}}}}
        "204": {{description: never}}
        "206": {{description: a part, content: {{application/octet-stream: {{schema: {{type: string, format: binary}}}}}}}}
  /first:
    get:
      operationId: first
      responses:
        "200": {{description: ok, content: {{{TEXT}}}}}
        "201": {{description: later, content: {{application/json: {{schema: {{type: array, items: {{$ref: '#/components/schemas/Thing'}}}}}}}}}}
components:
  schemas:
    Thing: {{type: object, required: [id], properties: {{id: {{type: integer}}}}}}
"""


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("mixed"), API) as opened:
        yield opened


def test_text_beside_json_is_a_string(acme: Bench) -> None:
    thing = acme.module("types").Thing(id=1)
    replies: list[tuple[str, Reply, Any]] = [
        ("later", Reply(200, {"id": 1}, {"Content-Type": "application/json"}), thing),
        ("later", Reply(202, b"in a minute", {"Content-Type": "text/plain"}), "in a minute"),
        ("later", Reply(202, b"5", {"Content-Type": "text/plain"}), "5"),
        ("later", Reply(204), None),
        ("first", Reply(200, b"done", {"Content-Type": "text/plain"}), "done"),
        ("first", Reply(201, [{"id": 1}], {"Content-Type": "application/json"}), [thing]),
    ]
    for method, reply, expected in replies:
        acme.server.replies = [reply]
        assert getattr(acme.client(), method)() == expected


def test_a_file_beside_json_is_reported(acme: Bench) -> None:
    (problem,) = acme.generated.diagnostics.warnings
    assert problem.message == (
        "status 206 has another kind of body than status 200; it is left out"
    )
    assert "-> _types.Thing | str | None:" in acme.generated.files["acme/client.py"]
