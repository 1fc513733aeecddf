"""Linters report nothing in generated code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .workbench import make

TEXT = """
paths:
  /jobs/{id}:
    post:
      operationId: jobs_2_start
      tags: [acme]
      deprecated: true
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {type: object, properties: {
        list: {type: array, items: {type: string}}, at: {type: string, format: date-time},
        kind: {$ref: "#/components/schemas/_Kind"}, any: {$ref: "#/components/schemas/Any"},
        job10: {$ref: "#/components/schemas/Job10"}, job9: {$ref: "#/components/schemas/Job9"},
        api: {$ref: "#/components/schemas/API"}, url: {$ref: "#/components/schemas/URL"}}}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {
        $ref: "#/components/schemas/RequestOptions"}}}}, "404": {description: none}}
  /jobs:
    get:
      operationId: jobs_10_list
      tags: [jobs]
      responses: {"200": {description: ok, content: {text/event-stream: {schema: {
        $ref: "#/components/schemas/Job9"}}}}}
      x-fern-streaming: {format: sse}
components:
  schemas:
    _Kind: {type: string, enum: [a, b]}
    Any: {type: object, properties: {job: {$ref: "#/components/schemas/Job10"}}}
    API: {type: string, enum: [c, d]}
    URL: {type: object, properties: {any: {$ref: "#/components/schemas/Any"}, id: {type: string, format: uuid}}}
    Job9: {type: object, properties: {next: {$ref: "#/components/schemas/Job10"}}}
    Job10: {type: object, properties: {last: {$ref: "#/components/schemas/Job9"}, a: {}}}
    RequestOptions: {type: object, properties: {s: {type: string}}}
"""


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_imports_are_sorted_and_used(tmp_path: Path, layout: str) -> None:
    settings = '[naming.rename]\n"types.Any" = "Some"\n[naming.aliases]\n"types.Any" = ["Any"]\n'
    make(tmp_path, TEXT, settings, layout=layout).write(tmp_path / "out")
    command = ["ruff", "check", "--isolated", "--no-cache", "--output-format", "concise"]
    command += ["--select", "E4,E7,E9,F,I,PLE", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("All checks passed!\n", 0)
