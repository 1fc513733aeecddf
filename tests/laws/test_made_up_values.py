"""Generated example values are valid by a JSON Schema validator.

Examples in the description are removed first, so that all values are generated. Not looked at are
`not`, `if` and what limits a value beside a `$ref`, an `enum` or a format that decides on the type.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from fiddlehead.diagnostics import InvalidInput

from ..support import pipeline
from ..support.made_up import violations
from ..support.pipeline import ROOT, SHARED
from ..support.skips import NEEDS_SHARED

SCHEMAS = [
    "{type: array, uniqueItems: true, minItems: 3, items: {type: string}}",
    "{type: array, uniqueItems: true, minItems: 3, items: {type: integer}}",
    "{type: array, uniqueItems: true, minItems: 3, items: {type: integer, minimum: 5, maximum: 7}}",
    "{type: array, uniqueItems: true, minItems: 3, items: {type: string, maxLength: 1}}",
    "{type: array, uniqueItems: true, minItems: 2, items: {type: string, enum: [a, b, c]}}",
    "{type: array, uniqueItems: true, minItems: 2, items: {type: boolean}}",
    "{type: array, uniqueItems: true, minItems: 2, items: {type: string, format: uuid}}",
    "{type: array, uniqueItems: true, minItems: 2, items: {type: string, format: date}}",
    "{type: array, uniqueItems: true, minItems: 2, items: {type: string, format: date-time}}",
    "{type: array, uniqueItems: true, minItems: 2, items: {type: string, format: email}}",
    "{type: array, uniqueItems: true, minItems: 2, items: {type: string, pattern: '^[A-Z]{3}$'}}",
    "{type: array, uniqueItems: true, minItems: 2, items: {type: number, multipleOf: 0.5}}",
    "{type: array, uniqueItems: true, minItems: 2, items: {type: object, required: [a], properties: {a: {type: string}}}}",
    "{type: array, uniqueItems: true, minItems: 2, items: {type: array, items: {type: string}}}",
    "{type: array, uniqueItems: true, items: {type: string}}",
    "{type: array, uniqueItems: true, items: {$ref: '#/components/schemas/Kind'}}",
    "{type: array, minItems: 12, items: {type: string}}",
    "{type: array, minItems: 40, items: {type: object, required: [a], properties: {a: {type: string}}}}",
    "{type: array, maxItems: 0, items: {type: string}}",
    "{type: array, minItems: 2, maxItems: 2, items: {type: object, properties: {a: {type: string}}}}",
    "{type: array, minItems: 1, contains: {const: x}, items: {type: string}}",
    "{type: array, prefixItems: [{type: string}, {type: integer}], items: false}",
    "{type: array, prefixItems: [{type: string}, {type: integer}], minItems: 2, maxItems: 2}",
    "{type: object, minProperties: 1, properties: {a: {type: string}, b: {type: integer}}}",
    "{type: object, minProperties: 2, additionalProperties: {type: integer}}",
    "{type: object, minProperties: 3, additionalProperties: true}",
    "{type: object, minProperties: 2, properties: {a: {type: string}}, additionalProperties: {type: integer}}",
    "{type: object, maxProperties: 1, properties: {a: {type: string}, b: {type: integer}}}",
    "{type: object, maxProperties: 0, additionalProperties: {type: string}}",
    "{type: object, propertyNames: {pattern: '^[A-Z]+$'}, additionalProperties: {type: integer}}",
    "{type: object, propertyNames: {enum: [x, y]}, minProperties: 2, additionalProperties: {type: integer}}",
    "{type: object, propertyNames: {maxLength: 2}, additionalProperties: {type: integer}}",
    "{type: object, propertyNames: {minLength: 12}, additionalProperties: {type: integer}}",
    "{type: object, propertyNames: {$ref: '#/components/schemas/Kind'}, additionalProperties: {type: integer}}",
    "{type: object, propertyNames: {format: uuid}, additionalProperties: {type: integer}}",
    "{type: object, patternProperties: {'^x-': {type: integer}}, additionalProperties: false}",
    "{type: object, patternProperties: {'^[0-9]{3}$': {type: string}}, additionalProperties: false, minProperties: 1}",
    "{type: object, properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]}",
    "{type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}",
    "{type: object, required: [a], properties: {a: {type: string}, b: {type: string}}, dependentRequired: {a: [b]}}",
    "{type: object, required: [a], properties: {a: {type: string}}, additionalProperties: false}",
    "{type: object, required: [a, z], properties: {a: {type: string}}}",
    "{type: object, required: [o], properties: {o: {type: object, required: [z], properties: {a: {type: string}}}}}",
    "{type: object, required: [o], properties: {o: {type: object, required: [z]}}}",
    "{allOf: [{type: object, properties: {a: {type: string}}}, {required: [a]}, {minProperties: 2, properties: {b: {type: integer}}}]}",
    "{type: integer, minimum: 0.5, maximum: 1.5}",
    "{type: integer, format: int64, maximum: 10}",
    "{type: integer, format: int64, minimum: 9007199254740993}",
    "{type: number, minimum: 1.5, maximum: 1.6, multipleOf: 0.1}",
    "{type: number, exclusiveMinimum: 0, exclusiveMaximum: 0.001}",
    "{type: integer, multipleOf: 7, minimum: 100, maximum: 106}",
    "{type: string, format: date-time, pattern: 'Z$'}",
    "{type: string, format: uuid, pattern: '^[0-9a-f]{8}-'}",
    "{type: string, format: byte, minLength: 40}",
    "{type: string, format: byte, maxLength: 8}",
    "{type: string, format: uri, maxLength: 10}",
    "{type: string, minLength: 3, maxLength: 3, pattern: '^[a-z]+$'}",
    "{type: string, format: date, maxLength: 10}",
    "{type: string, maxLength: 0}",
    "{type: [string, 'null'], minLength: 9}",
    "{type: [integer, string], minimum: 5, minLength: 9}",
    "{anyOf: [{type: integer, minimum: 7}, {type: string}], maximum: 10}",
    "{allOf: [{type: string, minLength: 4}, {maxLength: 6}]}",
    "{allOf: [{$ref: '#/components/schemas/Name'}, {pattern: '^[A-Z]+$'}]}",
    "{allOf: [{type: integer, minimum: 5}, {type: integer, multipleOf: 4}]}",
    "{type: object, additionalProperties: {type: array, minItems: 2, uniqueItems: true, items: {type: integer}}}",
    "{type: array, items: {type: array, minItems: 2, items: {type: integer, minimum: 3}}}",
    "{const: {a: 1}}",
    "{enum: [[1, 2], {a: 1}]}",
    "{not: {type: string}}",
    "{minLength: 4}",
    "{minimum: 4}",
    "{items: {type: integer}}",
    "{properties: {a: {type: integer}}, required: [a]}",
    "{type: string, contentMediaType: application/json}",
    "{type: string, format: time}",
    "{type: string, format: duration}",
    "{type: string, format: json-pointer}",
    "{type: string, format: uri-reference}",
    "{type: string, format: uri-template}",
    "{type: string, format: regex}",
    "{type: string, format: ipv6}",
    "{type: string, format: idn-hostname}",
    "{type: object, required: [list], properties: {list: {type: array, minItems: 1, items: {$ref: '#/components/schemas/Node'}}}}",
    "{type: array, minItems: 1, items: {$ref: '#/components/schemas/Node'}}",
]

COMPONENTS = """
components:
  schemas:
    Kind: {type: string, enum: [red, green]}
    Name: {type: string, minLength: 2}
    Node:
      type: object
      required: [id]
      properties:
        id: {type: string}
        next: {$ref: '#/components/schemas/Node'}
        all: {type: array, minItems: 1, items: {$ref: '#/components/schemas/Node'}}
"""


def document(schemas: list[str]) -> str:
    """Each schema as a body, as a property of one, as a response and as a property of one."""
    lines = ["openapi: 3.1.0", "info: {title: T, version: '1'}", "paths:"]
    for number, schema in enumerate(schemas):
        inside = f"{{type: object, required: [given], properties: {{given: {schema}}}}}"
        for path, sent, received in (("whole", schema, inside), ("part", inside, schema)):
            lines += [
                f"  /{path}{number}:",
                "    post:",
                f"      requestBody: {{content: {{application/json: {{schema: {sent}}}}}}}",
                "      responses:",
                f"        '200': {{content: {{application/json: {{schema: {received}}}}}}}",
            ]
    return "\n".join(lines) + COMPONENTS


def test_values_of_any_schema(tmp_path: Path) -> None:
    spec = tmp_path / "api.yaml"
    spec.write_text(document(SCHEMAS), encoding="utf-8")
    assert [*violations(pipeline.read_spec(spec), spec)] == []


def test_the_validator_detects_invalid_values(tmp_path: Path) -> None:
    """A schema that no value fits: without the judge, nothing would be found in the test above."""
    spec = tmp_path / "api.yaml"
    spec.write_text(document(["{type: string, minLength: 3, maxLength: 2}"]), encoding="utf-8")
    assert len([*violations(pipeline.read_spec(spec), spec)]) == 4


SPECS = [
    ROOT / "spec" / "openapi.yaml",
    *sorted(pipeline.CASES.glob("*/openapi.yaml")),
]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.parent.name)
def test_values_of_our_own_descriptions(spec: Path) -> None:
    settings = spec.parent / "fiddlehead.toml"
    try:
        built = pipeline.make(spec, "acme", settings if settings.exists() else None, project=False)
    except InvalidInput:
        pytest.skip("a case that is about an error")
    assert [*violations(built.api, spec)] == []


SMALL = ("resend", "petstore", "langfuse_organizations", "tictactoe", "twilio_lookups_v1")


@pytest.mark.skipif(not SHARED.is_dir(), reason=NEEDS_SHARED)
@pytest.mark.parametrize("name", SMALL)
def test_values_of_real_descriptions(name: str) -> None:
    """Larger ones are in tests/prism, which only `make conformance` runs."""
    spec = SHARED / "specs" / f"{name}.yaml"
    assert [*violations(pipeline.read_spec(spec), spec)] == []
