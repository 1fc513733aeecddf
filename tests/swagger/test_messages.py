"""Messages about Swagger 2.0 use its own words, not those of the conversion to OpenAPI 3.0."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from ..support import pipeline

HEAD = 'swagger: "2.0"\ninfo: {title: Larder, version: "1"}\n'
PATHS = "paths: {}\n"

SAID = {
    "a requirement of an undeclared scheme": (
        "security: [{Key: []}]",
        "unknown-security-scheme at 3:13: unknown security scheme 'Key'; no credential is sent for it"
        " (declare it in securityDefinitions)",
    ),
    "a scheme of an unknown type": (
        "securityDefinitions: {A: {type: magic}}",
        "bad-security-scheme at 3:33: 'magic' is not a type of security schemes; it is left out"
        " (write one of apiKey, basic and oauth2)",
    ),
    "a key in a place where it cannot be": (
        "securityDefinitions: {A: {type: apiKey, name: a, in: body}}",
        "bad-security-scheme at 3:54: an API key must be in header or query, not in 'body'; it is left out",
    ),
    "a cycle of references": (
        "definitions: {A: {$ref: '#/definitions/B'}, B: {$ref: '#/definitions/A'}}",
        "reference-loop at 3:25: references form a cycle: #/definitions/B -> #/definitions/A"
        " (replace one of them by a schema or value)",
    ),
    "a base path without a host": (
        "basePath: /v1",
        "not-expressible at 3:11: the server '/v1' has no host; it is left out"
        " (add 'host'; a client without a server requires 'base_url')",
    ),
    "a host with a variable": (
        "host: '{region}.larder.example'",
        "bad-server at 3:7: '{region}' of the URL is not a variable of the server; it is left out"
        " (replace '{region}' by its value; a client without a server requires 'base_url')",
    ),
    "a misspelled section": (
        "definition: {}",
        "unknown-key at 3:1: unknown key 'definition' of a Swagger description; it is left out"
        " (did you mean 'definitions'?)",
    ),
    "schemas as a list": (
        "definitions: [A]",
        "wrong-type at 3:14: expected a mapping for 'definitions', found a list; it is left out",
    ),
    "security schemes as a list": (
        "securityDefinitions: [A]",
        "wrong-type at 3:22: expected a mapping for 'securityDefinitions', found a list; it is left out",
    ),
    "shared parameters as a list": (
        "parameters: [A]",
        "wrong-type at 3:13: expected a mapping for 'parameters', found a list; it is left out",
    ),
    "a host that is no text": (
        "host: [a]",
        "wrong-type at 3:7: expected a string for 'host', found a list; it is left out",
    ),
    "media types that are no list": (
        "produces: {a: b}",
        "wrong-type at 3:11: expected a list for 'produces', found a mapping; it is left out",
    ),
    "a media type that is a reference": (
        "consumes: [{$ref: '#/definitions/A'}]",
        "wrong-type at 3:12: expected a string for an item of 'consumes', found a mapping; it is left out",
    ),
    "a text that is no media type": (
        "produces: [json]",
        "bad-value at 3:12: 'json' is not a media type",
    ),
    "a scheme that is a number": (
        "schemes: [7]",
        "wrong-type at 3:11: expected a string for an item of 'schemes', found a number; it is left out",
    ),
    "an unknown scheme": (
        "schemes: [ftp]",
        "bad-value at 3:11: 'ftp' is not a scheme (one of http, https, ws, wss)",
    ),
    "a reference in place of a type": (
        "definitions: {A: {type: {$ref: '#/definitions/A'}, properties: {a: {type: string}}}}",
        "wrong-type at 3:25: expected a string for 'type', found a mapping; it is left out",
    ),
    "a discriminator that is a schema": (
        "definitions: {A: {type: object, discriminator: {type: string}, properties: {a: {type: string}}}}",
        "missing-key at 3:48: a discriminator requires 'propertyName'"
        " (set 'propertyName' to the property that distinguishes the variants)",
    ),
    "examples of a shared response that are no mapping": (
        "responses: {A: {description: a, schema: {type: string}, examples: [a]}}",
        "wrong-type at 3:67: expected a mapping for 'examples', found a list; it is left out",
    ),
    "tags that are references": (
        "tags: [{name: a}, b]",
        "wrong-type at 3:19: expected a mapping for a tag, found a string; it is left out",
    ),
}

OPERATION = {
    "a misspelled key of an operation": (
        "consume: [application/json]",
        "unknown-key at 6:7: unknown key 'consume' of an operation; it is left out"
        " (did you mean 'consumes'?)",
    ),
    "a misspelled key of a parameter": (
        "parameters: [{name: a, in: query, type: array, items: {type: string}, collectionformat: csv}]",
        "unknown-key at 6:77: unknown key 'collectionformat' of a parameter; it is left out"
        " (did you mean 'collectionFormat'?)",
    ),
    "a parameter in an unknown place": (
        "parameters: [{name: a, in: querry, type: string}]",
        "bad-parameter at 6:34: the parameter 'a' is in 'querry'; it is left out"
        " (write one of path, query, header, body and formData)",
    ),
    "a format of lists that headers cannot have": (
        "parameters: [{name: a, in: header, type: array, items: {type: string}, collectionFormat: multi}]",
        "bad-value at 6:96: this is not a collectionFormat of header parameters; the items are separated by"
        " commas (write one of csv, ssv, tsv, pipes)",
    ),
    "an unknown format of lists": (
        "parameters: [{name: a, in: query, type: array, items: {type: string}, collectionFormat: tvs}]",
        "bad-value at 6:95: this is not a collectionFormat of query parameters; the items are separated by"
        " commas (write one of csv, ssv, tsv, pipes, multi)",
    ),
    "a media type of the operation that is a reference": (
        "produces: [{$ref: '#/definitions/A'}]",
        "wrong-type at 6:18: expected a string for an item of 'produces', found a mapping; it is left out",
    ),
    "a field that is required by a text": (
        "parameters: [{name: a, in: formData, type: string, required: {$ref: '#/definitions/A'}}]",
        "wrong-type at 6:68: expected true or false for 'required', found a mapping; it is left out",
    ),
    "a list of lists": (
        "parameters: [{name: a, in: query, type: array, items: {type: array, items: {type: string}}}]",
        "undefined-style at 6:20: 'a' has an array in an array, which a collectionFormat does not define;"
        " it is sent as consecutive values (Swagger 2.0 defines scalars and arrays of scalars)",
    ),
    "a default of another type": (
        "parameters: [{name: a, in: query, type: integer, default: many}]",
        "bad-default at 6:65: expected an integer for this default, found a string;"
        " it is only documented",
    ),
}


def message(tmp_path: Path, text: str) -> list[str]:
    spec = tmp_path / "api.yaml"
    spec.write_text(HEAD + text)
    results = []
    for diagnostic in pipeline.make(spec, "acme").diagnostics.reported:
        hint = f" ({diagnostic.hint})" if diagnostic.hint else ""
        place = str(diagnostic.span).split(":", 1)[1]
        results.append(f"{diagnostic.code} at {place}: {diagnostic.message}{hint}")
    return results


@pytest.mark.parametrize("name", SAID)
def test_about_a_section(tmp_path: Path, name: str) -> None:
    text, expected = SAID[name]
    assert message(tmp_path, f"{text}\n{PATHS}") == [expected]


@pytest.mark.parametrize("name", OPERATION)
def test_about_an_operation(tmp_path: Path, name: str) -> None:
    text, expected = OPERATION[name]
    paths = f"""\
        paths:
          /jars:
            get:
              {text}
              responses: {{"204": {{description: none}}}}
        """
    assert message(tmp_path, textwrap.dedent(paths)) == [expected]


def test_about_a_place_that_is_no_text(tmp_path: Path) -> None:
    text = (
        "paths: {/jars: {get: {parameters: [{name: a, in: {$ref: '#/a'}, type: array, items: {type: string},"
        " collectionFormat: tvs}], responses: {}}}}\n"
    )
    assert message(tmp_path, text) == [
        "bad-parameter at 3:36: a parameter has no 'in'; it is left out",
        "wrong-type at 3:50: expected a string for 'in', found a mapping; it is left out",
        "bad-value at 3:119: this is not a collectionFormat of query parameters; the items are separated by"
        " commas (write one of csv, ssv, tsv, pipes, multi)",
    ]


def test_one_media_type_may_be_without_a_list(tmp_path: Path) -> None:
    spec = tmp_path / "api.yaml"
    spec.write_text(
        f"{HEAD}consumes: application/x-www-form-urlencoded\n"
        "paths: {/jars: {post: {operationId: add, parameters: [{name: a, in: formData, type: string}],"
        ' produces: text/csv, responses: {"200": {description: ok, schema: {type: string}}}}}}\n'
    )
    built = pipeline.make(spec, "acme")
    assert built.diagnostics.reported == []
    client = built.files["acme/client.py"]
    assert "-> str:" in client and "form=" in client
