"""The arguments that examples make up are valid by the description."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..support.pipeline import make

SPEC = """\
openapi: 3.1.0
info: {{title: Acme, version: 1.0.0}}
paths:
  /things:
    post:
      operationId: create
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [given]
              properties:
                given: {schema}
      responses:
        '204': {{description: Done.}}
"""


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ("{type: number}", "1.1"),
        ("{type: number, minimum: 0, maximum: 1}", "0.5"),
        ("{type: number, minimum: 0, maximum: 2}", "1.1"),
        ("{type: number, exclusiveMinimum: 3}", "4"),
        ("{type: integer, minimum: 10}", "10"),
        ("{type: integer, maximum: -3}", "-3"),
        ("{type: integer, exclusiveMaximum: 1}", "0"),
        ("{type: integer, multipleOf: 5}", "5"),
        ("{type: integer, minimum: 7, multipleOf: 5}", "10"),
        ("{type: string}", '"given"'),
        ("{type: string, format: uuid}", '"d5e9c84f-c2b2-4bf4-b4b0-7ffd7a9ffc32"'),
        ("{type: string, format: email}", '"jane@example.com"'),
        ("{type: string, format: unheard-of}", '"given"'),
        ("{type: string, maxLength: 2}", '"gi"'),
        ("{type: string, minLength: 8}", '"givengiv"'),
        ("{type: array, items: {type: integer}, minItems: 3}", "[1, 1, 1]"),
        ("{type: array, items: {type: integer}, maxItems: 1}", "[1]"),
    ],
)
def test_a_made_up_argument_is_valid(tmp_path: Path, schema: str, value: str) -> None:
    spec = tmp_path / "api.yaml"
    spec.write_text(SPEC.format(schema=schema), encoding="utf-8")
    made = make(spec, "acme")
    (method,) = (each for _, each in made.package.methods())
    assert f"given={value}" in " ".join(method.examples[0].code.split())
