"""A local flaw gives a located warning, affects only its own part, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from fiddlehead import ir

from ..support import pipeline, syntax
from .descriptions import HEAD, Read

SCHEMAS: list[tuple[str, str, str]] = [
    ("{properties: [name]}", "wrong-type", "model"),
    ("{properties: {name: text}}", "wrong-type", "model"),
    ("{type: array, items: []}", "wrong-type", "list"),
    ("{type: array, items: [{type: string}]}", "not-expressible", "list"),
    ("{type: string, enum: red}", "wrong-type", "string"),
    ("{type: string, oneOf: {a: b}}", "wrong-type", "string"),
    ("{type: integer, minimum: few}", "wrong-type", "integer"),
    ("{type: {$ref: '#/a'}, properties: {a: {type: string}}}", "wrong-type", "model"),
    ("{type: strng, enum: [a, b]}", "unknown-type", "enum"),
    ("{type: [], properties: {a: {type: string}}}", "wrong-type", "model"),
    ("{type: objct, properties: {a: {type: string}}}", "unknown-type", "model"),
    ("{type: 7, items: {type: string}}", "wrong-type", "list"),
    ("{type: string, format: {a: b}}", "wrong-type", "string"),
    ("{type: string, pattern: [a]}", "wrong-type", "string"),
    ("{allOf: [{type: 7, properties: {a: {type: string}}}]}", "wrong-type", "model"),
    ("{discriminator: {a: b}, properties: {a: {type: string}}}", "missing-key", "model"),
    (
        "{oneOf: [{type: string}, {type: integer}], discriminator: {mapping: {}}}",
        "missing-key",
        "union",
    ),
    (
        "{type: object, properties: {a: {type: string}}, discriminator: {propertyName: a, mapping: 7}}",
        "wrong-type",
        "model",
    ),
    ("3", "wrong-type", "any"),
    ("", "wrong-type", "any"),
    ("{type: objekt}", "unknown-type", "any"),
    ("{type: [string, objekt]}", "unknown-type", "string"),
    ("{enum: []}", "empty-enum", "any"),
    ("{type: integer, enum: []}", "empty-enum", "integer"),
    ("{type: array, items: {type: boolean, enum: []}}", "empty-enum", "list"),
    ("{allOf: [{type: string}, {enum: []}]}", "empty-enum", "string"),
    ("{oneOf: []}", "empty-union", "any"),
    ("{type: string, anyOf: []}", "empty-union", "string"),
    ("{$ref: '#/components/schemas/Gone'}", "unresolved-reference", "any"),
    ("{$ref: 'gone.yaml#/A'}", "unresolved-reference", "any"),
    ("{$ref: ''}", "bad-reference", "any"),
    ("{$ref: '#'}", "bad-reference", "any"),
    ("{oneOf: [{$ref: ''}, {type: string}]}", "bad-reference", "any"),
    ("{$ref: 3}", "bad-reference", "any"),
    ("{$ref: 'https://a.test/b.yaml'}", "remote-reference", "any"),
    ("{type: array, items: {$ref: '#/gone'}}", "unresolved-reference", "list"),
    (
        "{allOf: [{$ref: '#/gone'}, {properties: {a: {type: string}}}]}",
        "unresolved-reference",
        "model",
    ),
    ("{$ref: '#/components/schemas/Flawed'}", "reference-loop", "any"),
    ("{$ref: '#/components/schemas/Flawed/properties/a'}", "reference-loop", "any"),
    ("{type: array, items: {$ref: '#/components/schemas/Flawed/items'}}", "reference-loop", "list"),
    ("{oneOf: [{$ref: '#/components/schemas/Flawed'}]}", "reference-loop", "any"),
]


def kind(results: Read) -> str:
    """What became of the schema, in a word."""
    declaration = results["Flawed"]
    if isinstance(declaration, (ir.Model, ir.Enum, ir.Union)):
        return type(declaration).__name__.lower()
    assert isinstance(declaration, ir.Alias)
    match declaration.type:
        case ir.Primitive(kind=kind):
            return kind
        case ir.ListOf():
            return "list"
        case ir.MapOf():
            return "map"
        case _:
            return "any"


@pytest.mark.parametrize(("schema", "code", "becomes"), SCHEMAS)
def test_a_flaw_in_a_schema(schema: str, code: str, becomes: str) -> None:
    result = Read(
        f"{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    Flawed: {schema}\n    Ok: {{type: string}}\n"
    )
    assert not result.diagnostics.errors
    assert code in {warning.code for warning in result.diagnostics.warnings}
    assert all(warning.span is not None for warning in result.diagnostics.warnings)
    assert kind(result) == becomes
    assert isinstance(result["Ok"], ir.Alias)


ID = "{name: id, in: path, required: true, schema: {type: string}}"
OK = "responses: {'200': {description: ok}}"

OPERATIONS: list[tuple[str, str, str, list[str]]] = [
    ("/a/{id}", f"parameters: [{ID}, {{name: q, in: queri}}], {OK}", "bad-parameter", ["id"]),
    ("/a/{id}", f"parameters: [{ID}, {{in: query}}], {OK}", "bad-parameter", ["id"]),
    (
        "/a",
        f"parameters: [{{name: q, in: query, required: true}}, {{name: q, in: query}}], {OK}",
        "duplicate-parameter",
        ["q"],
    ),
    ("/a/{id}", f"parameters: {{id: {ID}}}, {OK}", "wrong-type", ["id"]),
    ("/a/{id}", f"parameters: [{{$ref: '#/gone'}}, {ID}], {OK}", "unresolved-reference", ["id"]),
    ("/a/{id}", OK, "undeclared-path-parameter", ["id"]),
    ("/a/{id}/{no}", f"parameters: [{ID}], {OK}", "undeclared-path-parameter", ["id", "no"]),
    ("/a", f"parameters: [{ID}], {OK}", "unused-path-parameter", []),
    ("a/{id}", f"parameters: [{ID}], {OK}", "bad-path", ["id"]),
    ("/a", "responses: {ok: {description: ok}, '200': {description: ok}}", "bad-status", []),
    ("/a", f"requestBody: {{required: true}}, {OK}", "missing-key", []),
    ("/a", f"requestBody: {{$ref: '#/gone'}}, {OK}", "unresolved-reference", []),
    ("/a", "responses: {'200': {$ref: 'gone.yaml'}}", "unresolved-reference", []),
    ("/a", "responses: {'200': {$ref: ''}}", "bad-reference", []),
    ("/a", f"requestBody: {{$ref: ''}}, {OK}", "bad-reference", []),
    (
        "/a",
        f"requestBody: {{content: {{application/json: {{type: string}}}}}}, {OK}",
        "unknown-key",
        [],
    ),
    (
        "/a",
        "requestBody: {content: {application/x-www-form-urlencoded: {schema: {properties: {a: {type: string}}}, "
        f"encoding: {{a: {{$ref: '#/b'}}}}}}}}}}, {OK}",
        "unknown-key",
        [],
    ),
    (
        "/a",
        f"callbacks: {{done: {{'{{$url}}': {{post: {{requestBody: {{contents: {{}}}}}}}}}}}}, {OK}",
        "unknown-key",
        [],
    ),
    (
        "/a",
        "callbacks: {done: {'{$url}': {post: {requestBody: {content: {application/json: {$ref: '#/gone'}}}}}}},"
        f" {OK}",
        "unresolved-reference",
        [],
    ),
    ("/a", f"security: [{{Key: text}}], {OK}", "wrong-type", []),
    ("/a", f"callbacks: {{done: {{$ref: ''}}}}, {OK}", "bad-reference", []),
    *(
        ("/a", f"responses: {{'200': {{description: ok, {response}}}}}", code, [])
        for response, code in [
            ("content: {application/json: {schema: {$ref: ''}}}", "bad-reference"),
            ("content: {application/json: {$ref: ''}}", "bad-reference"),
            ("content: {text/event-stream: {schema: {$ref: ''}}}", "bad-reference"),
            ("content: {application/jsonl: {itemSchema: {$ref: ''}}}", "bad-reference"),
            ("content: {application/octet-stream: {schema: {$ref: ''}}}", "bad-reference"),
            ("headers: {Etag: {$ref: ''}}", "bad-reference"),
            ("headers: {Etag: {type: string}}", "unknown-key"),
            ("content: {application/json: {type: string}}", "unknown-key"),
            ("links: {next: {$ref: ''}}", "bad-reference"),
            ("links: {next: {operationId: gone}}", "unresolved-reference"),
            ("links: {next: {operationRef: '#/paths/~1ok/put'}}", "unresolved-reference"),
            ("links: {next: {description: none}}", "missing-key"),
        ]
    ),
    ("/a", f"security: [{{gone: []}}], {OK}", "unknown-security-scheme", []),
]


@pytest.mark.parametrize(("path", "written", "code", "names"), OPERATIONS)
def test_a_flaw_in_an_operation(path: str, written: str, code: str, names: list[str]) -> None:
    result = Read(
        f"{HEAD}paths:\n  {path}: {{post: {{operationId: flawed, {written}}}}}\n"
        f"  /ok: {{get: {{operationId: ok, {OK}}}}}\n"
    )
    assert not result.diagnostics.errors
    assert code in {warning.code for warning in result.diagnostics.warnings}
    assert result.endpoints.keys() == {"flawed", "ok"}
    endpoint = result.endpoints["flawed"]
    assert [parameter.name for parameter in endpoint.parameters] == names
    assert endpoint.path.startswith("/")


@pytest.mark.parametrize("status", ["200", "2XX"])
@pytest.mark.parametrize(
    "responses",
    [
        "{$ref: gone.yaml}",
        "{'STATUS': {$ref: gone.yaml}}",
        "{'STATUS': {$ref: '#/components/responses/Gone'}}",
        "{'STATUS': {description: ok, content: {$ref: gone.yaml}}}",
        "{'STATUS': {description: ok, content: {application/json: {$ref: gone.yaml}}}}",
    ],
)
def test_a_response_that_cannot_be_resolved_may_be_anything(responses: str, status: str) -> None:
    written = responses.replace("STATUS", status)
    result = Read(f"{HEAD}paths:\n  /a: {{get: {{operationId: a, responses: {written}}}}}\n")
    assert "unresolved-reference" in {warning.code for warning in result.diagnostics.warnings}
    read = result.endpoints["a"].result
    assert read.kind == "json" and isinstance(read.type, ir.Unknown)


@pytest.mark.parametrize(
    "schema",
    ["{type: [string, null]}", "{type: [string, ~]}", "{oneOf: [{type: string}, {type: null}]}"],
)
def test_null_without_quotes_in_a_type(schema: str) -> None:
    result = Read(
        f"{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    Flawed: {{type: object, properties: {{a: {schema}}}}}\n"
    )
    assert {warning.code for warning in result.diagnostics.warnings} == {"bad-value"}
    flawed = result["Flawed"]
    assert isinstance(flawed, ir.Model)
    assert flawed.fields[0].type == ir.Nullable(ir.Primitive("string"))


def test_text_that_yaml_reads_as_a_number_is_a_warning_where_it_changes() -> None:
    result = Read(
        f"{HEAD}paths: {{}}\ncomponents:\n  schemas:\n"
        "    Flawed: {type: string, enum: [1.10, 0o17, 1e3, True, 1.5, 12, true, !!str 1.10]}\n"
    )
    written = [
        ("1.10", "a number", "1.1"),
        ("0o17", "a number", "15"),
        ("1e3", "a number", "1000.0"),
        ("True", "a boolean", "true"),
    ]
    assert [problem.partition("]: ")[2] for problem in result.problems] == [
        f"'{text}' without quotes is {kind}; it is read as '{value}'"
        for text, kind, value in written
    ]


def test_keys_next_to_references() -> None:
    result = Read(
        f"{HEAD}paths:\n  /a:\n    get: {{$ref: '#/x-operation', operationId: own, parameters: [{{$ref: '#/components/parameters/Q', required: true, description: Own.}}]}}\n"
        f"x-operation: {{operationId: other, deprecated: true, {OK}}}\n"
        "components: {parameters: {Q: {name: q, in: query, schema: {type: string}}}}\n"
    )
    assert [problem.partition("]: ")[2] for problem in result.problems] == [
        "OpenAPI allows no '$ref' for an operation; it is resolved anyway",
        "OpenAPI ignores keys next to '$ref': required",
    ]
    own = result.endpoints["own"]
    assert own.availability is not None
    assert [(x.name, x.required, x.doc) for x in own.parameters] == [("q", False, "Own.")]


def test_links_to_known_operations_are_no_flaw() -> None:
    links = "{a: {operationId: ok}, b: {operationRef: '#/paths/~1ok/get'}, c: {operationRef: 'https://b.test/c.json#/paths/~1d/get'}}"
    result = Read(
        f"{HEAD}paths:\n  /a: {{get: {{responses: {{'200': {{description: ok, links: {links}}}}}}}}}\n"
        f"  /ok: {{get: {{operationId: ok, {OK}}}}}\n"
    )
    assert result.problems == []


def test_everything_at_once_is_a_client(tmp_path: Path) -> None:
    """The stages after reading rely on what a flawed description is replaced by."""
    spec = tmp_path / "openapi.yaml"
    schemas = "".join(
        f"    S{index}: {schema.replace('Flawed', f'S{index}')}\n"
        for index, (schema, _, _) in enumerate(SCHEMAS)
    )
    fields = "".join(
        f"        f{index}: {{$ref: '#/components/schemas/S{index}'}}\n"
        for index in range(len(SCHEMAS))
    )
    operations = "".join(
        f"  /{index}/{path.lstrip('/')}:\n    post: {{operationId: op{index}, {written}}}\n"
        for index, (path, written, _, _) in enumerate(OPERATIONS)
    )
    user = "{$ref: '#/components/schemas/User'}"
    spec.write_text(
        f"{HEAD}servers: [{{}}, {{url: 'https://{{a}}.test'}}]\n"
        "security: [{Magic: []}, {Half: []}]\n"
        f"paths:\n{operations}"
        f"  /users: {{put: {{operationId: user, requestBody: {{content: {{application/json: {{schema: {user}}}}}}},"
        f" responses: {{'200': {{description: ok, content: {{application/json: {{schema: {user}}}}}}}}}}}}}\n"
        "components:\n"
        "  securitySchemes: {Magic: {type: magic}, Half: {type: apiKey, in: header}}\n"
        f"  schemas:\n{schemas}    User:\n      type: object\n      properties:\n{fields}"
    )
    built = pipeline.make(spec, "acme")
    assert ir.operations(built.api.root) == len(OPERATIONS) + 1
    syntax.check(built.files)


def test_unknown_keys_of_the_info_and_of_server_variables() -> None:
    result = Read(
        "openapi: 3.1.0\ninfo: {title: A, version: '1', type: object}\npaths: {}\n"
        "servers: [{url: 'https://{a}.test', variables: {a: {$ref: '#/a'}}}]\n"
    )
    assert result.problems == [
        "openapi.yaml:2:32: warning[unknown-key]: unknown key 'type' of the info; it is left out",
        "openapi.yaml:4:53: warning[unknown-key]: unknown key '$ref' of a server variable; it is left out",
    ]


def test_groups_of_components_must_be_mappings() -> None:
    result = Read(
        f"{HEAD}paths: {{}}\ncomponents:\n  parameters: 5\n  responses: [a]\n  examples: text\n  headers: null\n"
    )
    assert result.problems == [
        "openapi.yaml:5:15: warning[wrong-type]: expected a mapping for 'parameters', found a number; it is left out",
        "openapi.yaml:6:14: warning[wrong-type]: expected a mapping for 'responses', found a list; it is left out",
        "openapi.yaml:7:13: warning[wrong-type]: expected a mapping for 'examples', found a string; it is left out",
    ]


def test_a_path_parameter_with_another_spelling_is_named_in_the_hint() -> None:
    result = Read(
        f"{HEAD}paths:\n  /jars/{{jarId}}/{{lid}}:\n    get:\n      parameters:\n"
        "        - {name: jar_id, in: path, required: true, schema: {type: string}}\n"
        "        - {name: top, in: path, required: true, schema: {type: string}}\n"
        "      responses: {}\n"
    )
    assert [(diagnostic.code, diagnostic.hint) for diagnostic in result.diagnostics.reported] == [
        ("undeclared-path-parameter", "write one name in both places: 'jarId' or 'jar_id'"),
        ("undeclared-path-parameter", "add a parameter with in: path and name: lid"),
        ("unused-path-parameter", "write one name in both places: 'jar_id' or 'jarId'"),
        ("unused-path-parameter", "add it to the path, or remove the parameter"),
    ]
