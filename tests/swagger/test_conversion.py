"""A Swagger 2.0 file gives the same result as the same description in OpenAPI 3.0."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml

from ..support import pipeline

HEAD = {"info": {"title": "Larder", "version": "1"}}

PAIRS: dict[str, tuple[str, str]] = {
    "a list in a query by each collectionFormat": (
        """
        paths:
          /a:
            get:
              operationId: a
              parameters:
                - {name: csv, in: query, type: array, items: {type: string}, collectionFormat: csv}
                - {name: none, in: query, type: array, items: {type: integer}}
                - {name: multi, in: query, type: array, items: {type: string}, collectionFormat: multi}
                - {name: ssv, in: query, type: array, items: {type: string}, collectionFormat: ssv}
                - {name: pipes, in: query, type: array, items: {type: string}, collectionFormat: pipes}
                - {name: limit, in: query, type: integer, format: int32, default: 5, maximum: 9}
                - {name: X-Ids, in: header, type: array, items: {type: string}}
                - {name: sort, in: query, type: string, enum: [up, down], required: true}
              responses: {"204": {description: none}}
        """,
        """
        paths:
          /a:
            get:
              operationId: a
              parameters:
                - {name: csv, in: query, explode: false, schema: {type: array, items: {type: string}}}
                - {name: none, in: query, explode: false, schema: {type: array, items: {type: integer}}}
                - {name: multi, in: query, schema: {type: array, items: {type: string}}}
                - {name: ssv, in: query, style: spaceDelimited, explode: false, schema: {type: array, items: {type: string}}}
                - {name: pipes, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}}
                - {name: limit, in: query, schema: {type: integer, format: int32, default: 5, maximum: 9}}
                - {name: X-Ids, in: header, schema: {type: array, items: {type: string}}}
                - {name: sort, in: query, required: true, schema: {type: string, enum: [up, down]}}
              responses: {"204": {description: none}}
        """,
    ),
    "bodies and parameters that are shared": (
        """
        consumes: [application/json]
        parameters:
          Body: {name: it, in: body, required: true, description: What to add., schema: {$ref: "#/definitions/It"}}
          Page: {name: page, in: query, type: integer}
        paths:
          /a/{id}:
            parameters:
              - {name: id, in: path, required: true, type: string}
              - {$ref: "#/parameters/Body"}
            put:
              operationId: putIt
              parameters: [{$ref: "#/parameters/Page"}]
              responses: {default: {$ref: "#/responses/It"}, "404": {$ref: "#/responses/Lost"}}
            post:
              operationId: postIt
              parameters: [{name: other, in: body, schema: {type: object, properties: {a: {type: string}}}}]
              responses: {"201": {description: made, schema: {type: object, additionalProperties: {$ref: "#/definitions/It"}}}}
        responses:
          It: {description: it, schema: {$ref: "#/definitions/It"}, headers: {X-Left: {type: integer, description: How many.}}}
          Lost: {description: lost, schema: {type: object, properties: {why: {type: string, x-nullable: true}}}}
        definitions:
          It: {type: object, required: [kind], discriminator: kind, properties: {kind: {type: string}, size: {type: integer, x-nullable: true}}}
          Sub: {allOf: [{$ref: "#/definitions/It"}, {type: object, properties: {more: {type: array, items: {$ref: "#/definitions/Sub"}}}}]}
        """,
        """
        paths:
          /a/{id}:
            parameters:
              - {name: id, in: path, required: true, schema: {type: string}}
            put:
              operationId: putIt
              parameters: [{$ref: "#/components/parameters/Page"}]
              requestBody: {required: true, description: What to add., content: {application/json: {schema: {$ref: "#/components/schemas/It"}}}}
              responses: {default: {$ref: "#/components/responses/It"}, "404": {$ref: "#/components/responses/Lost"}}
            post:
              operationId: postIt
              requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}
              responses: {"201": {description: made, content: {application/json: {schema: {type: object, additionalProperties: {$ref: "#/components/schemas/It"}}}}}}
        components:
          parameters:
            Page: {name: page, in: query, schema: {type: integer}}
          responses:
            It: {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/It"}}}, headers: {X-Left: {description: How many., schema: {type: integer}}}}
            Lost: {description: lost, content: {application/json: {schema: {type: object, properties: {why: {type: string, nullable: true}}}}}}
          schemas:
            It: {type: object, required: [kind], discriminator: {propertyName: kind}, properties: {kind: {type: string}, size: {type: integer, nullable: true}}}
            Sub: {allOf: [{$ref: "#/components/schemas/It"}, {type: object, properties: {more: {type: array, items: {$ref: "#/components/schemas/Sub"}}}}]}
        """,
    ),
    "forms": (
        """
        consumes: [application/x-www-form-urlencoded]
        paths:
          /a:
            post:
              operationId: form
              parameters:
                - {name: a, in: formData, type: string, required: true, description: First.}
                - {name: b, in: formData, type: array, items: {type: string}}
                - {name: c, in: formData, type: array, items: {type: string}, collectionFormat: multi}
              responses: {"204": {description: none}}
          /b:
            post:
              operationId: upload
              consumes: [application/x-www-form-urlencoded, multipart/form-data]
              parameters:
                - {name: a, in: formData, type: file}
                - {name: b, in: formData, type: integer}
              responses: {"200": {description: text, schema: {type: string}}}
              produces: [text/plain]
        """,
        """
        paths:
          /a:
            post:
              operationId: form
              requestBody:
                required: true
                content:
                  application/x-www-form-urlencoded:
                    schema:
                      type: object
                      required: [a]
                      properties:
                        a: {type: string, description: First.}
                        b: {type: array, items: {type: string}}
                        c: {type: array, items: {type: string}}
                    encoding: {b: {style: form, explode: false}, c: {style: form, explode: true}}
              responses: {"204": {description: none}}
          /b:
            post:
              operationId: upload
              requestBody:
                content:
                  multipart/form-data:
                    schema: {type: object, properties: {a: {type: string, format: binary}, b: {type: integer}}}
              responses: {"200": {description: text, content: {text/plain: {schema: {type: string}}}}}
        """,
    ),
    "servers and schemes": (
        """
        host: larder.test:8443
        basePath: /v1/
        schemes: [https, wss]
        security: [{key: []}]
        securityDefinitions:
          key: {type: apiKey, in: query, name: api_key}
          basic: {type: basic}
          oauth: {type: oauth2, flow: accessCode, authorizationUrl: "https://a.test", tokenUrl: "https://b.test", scopes: {read: Reads.}}
        paths:
          /a:
            get: {operationId: a, security: [{basic: []}], responses: {"200": {description: ok, schema: {type: file}}}, produces: [image/png]}
            put: {operationId: b, security: [{oauth: [read]}], responses: {"200": {description: ok, schema: {type: object}, examples: {application/json: {a: 1}}}}}
        """,
        """
        servers: [{url: "https://larder.test:8443/v1"}]
        security: [{key: []}]
        components:
          securitySchemes:
            key: {type: apiKey, in: query, name: api_key}
            basic: {type: http, scheme: basic}
            oauth: {type: oauth2, flows: {authorizationCode: {authorizationUrl: "https://a.test", tokenUrl: "https://b.test", scopes: {read: Reads.}}}}
        paths:
          /a:
            get: {operationId: a, security: [{basic: []}], responses: {"200": {description: ok, content: {image/png: {schema: {type: string, format: binary}}}}}}
            put: {operationId: b, security: [{oauth: [read]}], responses: {"200": {description: ok, content: {application/json: {schema: {type: object}, example: {a: 1}}}}}}
        """,
    ),
    "an example without a schema": (
        """
        paths:
          /a:
            get: {operationId: a, responses: {"200": {description: ok, examples: {application/json: {a: 1}}}}}
            delete: {operationId: b, responses: {"200": {description: ok, examples: {no type: {a: 1}}}}}
        """,
        """
        paths:
          /a:
            get: {operationId: a, responses: {"200": {description: ok, content: {application/json: {example: {a: 1}}}}}}
            delete: {operationId: b, responses: {"200": {description: ok}}}
        """,
    ),
}


def generated(folder: Path, version: dict[str, str], text: str, *, as_json: bool) -> dict[str, str]:
    document: dict[str, Any] = {**version, **HEAD, **yaml.safe_load(textwrap.dedent(text))}
    spec = folder / ("api.json" if as_json else "api.yaml")
    folder.mkdir()
    dump = json.dumps(document) if as_json else yaml.safe_dump(document, sort_keys=False)
    spec.write_text(dump, encoding="utf-8")
    built = pipeline.make(spec, "acme")
    assert built.diagnostics.reported == []
    return {
        name: re.sub(r"api\.(json|yaml)", "api", content) for name, content in built.files.items()
    }


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("name", PAIRS)
def test_both_give_one_client(tmp_path: Path, name: str, as_json: bool) -> None:
    old, new = PAIRS[name]
    one = generated(tmp_path / "old", {"swagger": "2.0"}, old, as_json=as_json)
    two = generated(tmp_path / "new", {"openapi": "3.0.3"}, new, as_json=False)
    assert one.keys() == two.keys()
    for path, content in one.items():
        assert content == two[path], path


def test_places_are_those_of_the_original(tmp_path: Path) -> None:
    spec = tmp_path / "api.yaml"
    spec.write_text(textwrap.dedent("""\
        swagger: "2.0"
        info: {title: A, version: "1"}
        paths:
          /a/{id}:
            get:
              parameters:
                - {name: q, in: query, type: array, items: {type: string}, collectionFormat: multy}
                - {name: w, in: querie, type: string}
              responses:
                "200": {description: ok, schema: {$ref: "#/definitions/Nothing"}}
                "20": {description: odd}
        definitions:
          A: {type: objekt}
        """))
    problems = pipeline.make(spec, "acme").diagnostics.reported
    assert [
        (diagnostic.code, str(diagnostic.span).split(":", 1)[1]) for diagnostic in problems
    ] == [
        ("undeclared-path-parameter", "5:5"),
        ("bad-value", "7:86"),
        ("bad-parameter", "8:25"),
        ("unresolved-reference", "10:49"),
        ("bad-status", "11:9"),
        ("unknown-type", "13:13"),
    ]
    assert next(
        diagnostic.message for diagnostic in problems if diagnostic.code == "unresolved-reference"
    ) == ("'#/definitions/Nothing' cannot be resolved: '#/definitions' has no 'Nothing'")


def test_a_bare_name_as_a_reference(tmp_path: Path) -> None:
    """As in Swagger 1.2."""
    spec = tmp_path / "api.yaml"
    spec.write_text(
        'swagger: "2.0"\ninfo: {title: A, version: "1"}\ndefinitions: {Pet: {type: object}}\n'
        'paths: {/a: {get: {responses: {"200": {description: ok, schema: {$ref: Pet}}}}}}\n'
    )
    built = pipeline.make(spec, "acme")
    (problem,) = built.diagnostics.reported
    assert (problem.code, problem.message, problem.hint) == (
        "bad-reference",
        "'Pet' is not a file; '#/definitions/Pet' is used",
        "write '#/definitions/Pet'",
    )
    assert "-> _types.Pet:" in built.files["acme/client.py"]


def test_files_that_a_swagger_file_refers_to(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/defs.yaml").write_text(
        'Crate: {type: object, properties: {label: {type: string, x-nullable: true}, lid: {$ref: "#/Lid"}}}\n'
        "Lid: {type: object, properties: {photo: {type: file}}}\n"
    )
    (tmp_path / "parts/paths.yaml").write_text(
        "get: {operationId: getCrate, parameters: [{name: tags, in: query, type: array, items: {type: string}}],"
        ' responses: {"200": {description: ok, schema: {$ref: "defs.yaml#/Crate"}}}}\n'
    )
    (tmp_path / "other.yaml").write_text(
        'swagger: "2.0"\ninfo: {title: O, version: "1"}\npaths: {}\ndefinitions:\n'
        "  Shelf: {type: object, properties: {crate: {$ref: 'api.yaml#/definitions/Own'}}}\n"
    )
    spec = tmp_path / "api.yaml"
    spec.write_text(
        'swagger: "2.0"\ninfo: {title: A, version: "1"}\npaths:\n  /crate: {$ref: parts/paths.yaml}\n'
        "definitions:\n  Own: {type: object, properties: {n: {type: integer}}}\n"
        "  Top: {type: object, properties: {shelf: {$ref: 'other.yaml#/definitions/Shelf'}}}\n"
    )
    built = pipeline.make(spec, "acme")
    assert built.diagnostics.reported == []
    text = "".join(built.files.values())
    assert "label: str | None" in text and "crate: Own | None" in text
    assert "tags: " in text and "lid: Lid | None" in text
