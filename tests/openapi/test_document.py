"""Files: versions, references, overrides, audiences, and their problems."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fiddlehead import ir
from fiddlehead.config import ImporterSettings

from .descriptions import FOLDER, HEAD, Read, arguments, components, read, show, spell


def test_the_api_itself() -> None:
    result = read("""
        openapi: 3.0.3
        info: {title: Acme, version: 1.0, description: All of it.}
        paths: {}
        """)
    assert (result.api.title, result.api.version, result.api.doc) == ("Acme", "1.0", "All of it.")


def test_json_is_read_too() -> None:
    result = read(json.dumps({"openapi": "3.1.0", "info": {"title": "A", "version": "1"}}))
    assert result.api.title == "A"


@pytest.mark.parametrize(
    ("text", "problem", "hint"),
    [
        (
            'swagger: "1.2"\n',
            "1:10: error[unsupported-version]: Swagger 1.2 is not supported",
            "the supported versions are Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2",
        ),
        (
            "openapi: 4.0.0\n",
            "1:10: error[unsupported-version]: OpenAPI 4.0.0 is not supported",
            "the supported versions are Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2",
        ),
        (
            "openapi: {a: b}\n",
            "1:10: error[unsupported-version]: expected a version for 'openapi', found a mapping",
            "the supported versions are Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2",
        ),
        (
            "swagger: [2.0]\n",
            "1:10: error[unsupported-version]: expected a version for 'swagger', found a list",
            "the supported versions are Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2",
        ),
        (
            "openapi: null\n",
            "1:10: error[unsupported-version]: expected a version for 'openapi', found empty",
            "the supported versions are Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2",
        ),
        (
            '{"info": {}}',
            "1:1: error[not-a-description]: 'openapi' is missing: the version of OpenAPI is unknown",
            "add openapi: 3.1.0 at the top",
        ),
    ],
)
def test_files_of_another_kind(text: str, problem: str, hint: str) -> None:
    result = Read(text)
    assert result.problems == [f"openapi.yaml:{problem}"]
    assert result.diagnostics.errors[0].hint == hint


# --- references --------------------------------------------------------------------------------


def test_references_to_everything() -> None:
    result = read(f"""{HEAD}paths:
  /a/{{id}}: {{$ref: '#/components/pathItems/item'}}
components:
  pathItems:
    item:
      post:
        parameters:
          - {{$ref: '#/components/parameters/id'}}
          - {{$ref: '#/components/parameters/q', description: Changed.}}
        requestBody: {{$ref: '#/components/requestBodies/body'}}
        responses: {{'200': {{$ref: '#/components/responses/ok'}}}}
  parameters:
    id: {{name: id, in: path, required: true, schema: {{type: string}}}}
    q: {{name: q, in: query, description: First., schema: {{type: string}}}}
  requestBodies:
    body:
      content:
        application/json:
          schema: {{properties: {{a: {{type: string}}}}}}
          examples: {{one: {{$ref: '#/components/examples/one'}}}}
  responses:
    ok:
      description: Fine.
      headers: {{X-A: {{$ref: '#/components/headers/a'}}}}
      content: {{application/json: {{schema: {{properties: {{b: {{type: string}}}}}}}}}}
  headers: {{a: {{schema: {{type: integer}}}}}}
  examples: {{one: {{value: {{a: x}}}}}}
""")
    endpoint = result.endpoint
    assert arguments(endpoint) == {"path id": "string", "query q~": "string", "a~": "string"}
    assert endpoint.parameters[1].doc == "Changed."
    assert spell(endpoint.result.type) == "ok.Response"
    assert endpoint.result.headers == (ir.Header("X-A", ir.Primitive("integer")),)
    assert endpoint.examples[0].body == ir.Default({"a": "x"})


def test_references_into_other_files_and_deep_places() -> None:
    text = f"""{HEAD}paths:
  /a:
    get:
      responses:
        '200': {{content: {{application/json: {{schema: {{properties: {{x: {{enum: [p, q]}}}}}}}}}}}}
components:
  schemas:
    Local:
      properties:
        file: {{$ref: shared/user.yaml}}
        entry: {{$ref: 'shared/all.yaml#/components/schemas/Team'}}
        deep: {{$ref: '#/components/schemas/Other/properties/inner'}}
        answer: {{$ref: '#/paths/~1a/get/responses/200/content/application~1json/schema'}}
    Other: {{properties: {{inner: {{properties: {{z: {{type: string}}}}}}}}}}
"""
    files = {
        "shared/user.yaml": "properties: {team: {$ref: 'all.yaml#/components/schemas/Team'}}",
        "shared/all.yaml": "components: {schemas: {Team: {properties: {n: {type: string}}}}}",
    }
    result = Read(text, files)
    assert result.problems == []
    assert show(result["Local"]) == {
        "file~": "user",
        "entry~": "Team",
        "deep~": "Other.inner",
        "answer~": "getA.Response",
    }
    assert show(result["user"]) == {"team~": "Team"}


def test_references_to_anchors() -> None:
    """JSON Schema 2020-12, section 8.2.2."""
    result = Read(
        components("""
        Holder: {properties: {a: {$ref: '#leaf'}, b: {$ref: 'more.yaml#stem'}}}
        Leaf: {$anchor: leaf, properties: {x: {type: string}}}
        """),
        files={"more.yaml": "$defs: {Stem: {$anchor: stem, properties: {y: {type: string}}}}"},
    )
    assert result.problems == []
    assert show(result["Holder"]) == {"a~": "Leaf", "b~": "Stem"}


def test_a_schema_beside_a_reference() -> None:
    text = components("""
        Base: {properties: {a: {type: string}}}
        More: {$ref: '#/components/schemas/Base', properties: {b: {type: string}}}
        Holder:
          properties:
            x: {$ref: '#/components/schemas/Base', properties: {c: {type: string}}}
            y: {type: object, $ref: '#/components/schemas/Base', description: Described.}
        """)
    result = Read(text)
    assert result.problems == []
    assert show(result["Holder"]) == {"x~": "Holder.x", "y~": "Base"}
    assert show(result["Holder.x"]) == {"<": "Base", "c~": "string"}
    assert show(result["More"]) == {"<": "Base", "b~": "string"}
    holder = result["Holder"]
    assert isinstance(holder, ir.Model) and holder.fields[1].doc == "Described."
    older = Read(text.replace("3.1.0", "3.0.3"))
    assert [problem.split(": ", 1)[1] for problem in older.problems] == [
        "warning[not-expressible]: OpenAPI 3.0 ignores keys next to '$ref': properties"
    ] * 2
    assert show(older["Holder"]) == {"x~": "Base", "y~": "Base"}


def test_wrong_references() -> None:
    result = Read(components("""
        A: {properties: {a: {$ref: '#/components/schemas/Nothing'}}}
        B: {properties: {a: {$ref: 'https://example.com/x.yaml'}}}
        C: {properties: {a: {$ref: missing.yaml}}}
        D: {properties: {a: {$ref: 3}}}
        E: {properties: {a: {$ref: '#anchor'}}}
        F: {$ref: '#/components/schemas/G'}
        G: {$ref: '#/components/schemas/F'}
        """))
    assert result.problems == [
        "openapi.yaml:6:32: warning[unresolved-reference]: '#/components/schemas/Nothing' cannot be resolved: '#/components/schemas' has no 'Nothing'",
        "openapi.yaml:7:32: warning[remote-reference]: 'https://example.com/x.yaml' is a URL, which fiddlehead does not fetch",
        "openapi.yaml:8:32: warning[unresolved-reference]: 'missing.yaml': no such file",
        "openapi.yaml:9:32: warning[bad-reference]: '$ref' must be a string",
        "openapi.yaml:10:32: warning[unresolved-reference]: '#anchor' cannot be resolved: no schema has the '$anchor' 'anchor'",
        "openapi.yaml:11:15: warning[reference-loop]: references form a cycle: "
        "#/components/schemas/G -> #/components/schemas/F",
    ]


def test_a_ring_of_references_through_several_files() -> None:
    result = Read(
        """
        paths: {}
        components:
          schemas:
            A: {$ref: 'b.yaml#/B/items'}
            Ok: {properties: {a: {$ref: '#/components/schemas/A'}, b: {type: string}}}
        """,
        {"b.yaml": "B: {$ref: 'openapi.yaml#/components/schemas/A/allOf/0'}\n"},
    )
    assert result.problems == [
        "b.yaml:1:11: warning[reference-loop]: references form a cycle: "
        "openapi.yaml#/components/schemas/A/allOf/0 -> b.yaml#/B/items"
    ]
    assert show(result["Ok"]) == {"a~": "any", "b~": "string"}


# --- overrides, audiences, selection -----------------------------------------------------------


def test_overrides_are_merged_and_keep_their_locations() -> None:
    text = f"""{HEAD}x-fern-overrides-filepath: first.yaml
paths:
  /a:
    get: {{operationId: a, tags: [old], responses: {{}}}}
components:
  schemas:
    User: {{properties: {{id: {{type: string}}, gone: {{type: string}}}}}}
"""
    files = {
        "first.yaml": "paths: {/a: {get: {tags: [new], x-fern-sdk-method-name: chosen}}}\n",
        "second.yaml": (
            "components: {schemas: {User: {properties: {gone: null, size: {type: strnig},\n"
            "  other: {$ref: '#/components/schemas/New'}}}, New: {enum: [a, b]}}}\n"
        ),
    }
    result = Read(text, files, overrides=(FOLDER / "second.yaml",))
    assert result.problems == [
        "second.yaml:1:69: warning[unknown-type]: unknown type 'strnig'; it is left out",
    ]
    assert list(result.endpoints) == ["chosen"]
    assert show(result["User"]) == {"id~": "string", "size~": "any", "other~": "New"}


@pytest.mark.parametrize("text", ["# components: {}\n", "---\n", "", "null\n"])
def test_an_override_with_nothing_in_it_changes_nothing(text: str) -> None:
    base = f"{HEAD}paths: {{/a: {{get: {{operationId: a, responses: {{}}}}}}}}\n"
    result = Read(base, {"empty.yaml": text}, overrides=(FOLDER / "empty.yaml",))
    assert result.problems == []
    assert list(result.endpoints) == ["a"]


def test_an_override_puts_one_kind_of_value_for_another() -> None:
    base = (
        f"{HEAD}components: {{schemas: {{A: {{enum: [a, b]}}, B: {{properties: {{x: {{}}}}}}}}}}\n"
    )
    change = "components: {schemas: {A: {enum: {c: 1}}, B: [1]}}\n"
    result = Read(base, {"o.yaml": change}, overrides=(FOLDER / "o.yaml",))
    assert all("error[" not in problem for problem in result.problems)
    assert result.problems


AUDIENCES = f"""{HEAD}paths:
  /a: {{get: {{operationId: a, x-fern-audiences: [public], responses: {{'200': {{content:
    {{application/json: {{schema: {{$ref: '#/components/schemas/Used'}}}}}}}}}}}}}}
  /b: {{get: {{operationId: b, x-fern-audiences: [internal], responses: {{}}}}}}
  /c: {{get: {{operationId: c, responses: {{}}}}}}
  /d: {{get: {{operationId: d, x-fern-ignore: true, responses: {{}}}}}}
components:
  schemas:
    Used:
      properties:
        all: {{type: string}}
        ours: {{type: string, x-fern-audiences: [internal]}}
        theirs: {{type: string, x-fern-audiences: [public]}}
    Unused: {{properties: {{x: {{type: string}}}}}}
"""


def test_audiences_exclude_elements_of_others() -> None:
    result = read(AUDIENCES, audiences=("public",))
    assert list(result.endpoints) == ["a", "c"]
    assert (result.api.operations_found, result.api.operations_left_out) == (2, 2)
    assert show(result["Used"]) == {"all~": "string", "theirs~": "string"}
    assert result.names == ["Used"]
    everything = read(AUDIENCES)
    assert list(everything.endpoints) == ["a", "b", "c"]
    assert sorted(everything.names) == ["Unused", "Used"]


def test_an_audience_that_leaves_an_operation_without_its_type_is_an_error() -> None:
    text = AUDIENCES.replace("Used:\n", "Used:\n      x-fern-audiences: [internal]\n", 1)
    result = Read(text, audiences=("public",))
    assert result.problems == [
        "openapi.yaml:5:33: warning[missing-audience-type]: #/components/schemas/Used is excluded by the audiences public, but is used here"
    ]


def test_only_selected_operations() -> None:
    result = read(AUDIENCES, importer=ImporterSettings(endpoints=("GET /a",)))
    assert list(result.endpoints) == ["a"]
    assert result.names == ["Used"]
    used = read(AUDIENCES, importer=ImporterSettings(only_include_referenced_schemas=True))
    assert used.names == ["Used"]
    wrong = Read(AUDIENCES, importer=ImporterSettings(endpoints=("GET /x",)))
    assert [problem.split(": ", 1)[1] for problem in wrong.problems] == [
        "warning[unused-setting]: unknown operation 'GET /x' in the filter"
    ]


def test_resolutions_make_several_schemas_one() -> None:
    result = read(f"""{HEAD}x-fern-resolutions:
  - name: User
    resolutions: ['#/components/schemas/UserOut', '#/components/schemas/UserIn']
paths: {{}}
components:
  schemas:
    UserOut: {{properties: {{id: {{type: string}}}}}}
    UserIn: {{properties: {{id: {{type: string}}}}}}
    Holder:
      properties:
        a: {{$ref: '#/components/schemas/UserIn'}}
        b: {{$ref: '#/components/schemas/UserOut'}}
""")
    assert sorted(result.names) == ["Holder", "User"]
    assert show(result["Holder"]) == {"a~": "User", "b~": "User"}


def test_extensions_that_are_not_known() -> None:
    result = Read(f"""{HEAD}paths:
  /a:
    get:
      x-fern-sdk-metod-name: a
      x-fern-async-config: {{}}
      x-other: 1
      responses: {{}}
components: {{schemas: {{A: {{properties: {{x-fern-nope: {{type: string}}}}}}}}}}
""")
    assert result.problems == [
        "openapi.yaml:6:7: warning[unknown-key]: unknown extension 'x-fern-sdk-metod-name'",
        "openapi.yaml:7:7: warning[not-expressible]: 'x-fern-async-config' is left out: the "
        "second, asynchronous version of an endpoint is not generated",
    ]
    assert result.diagnostics.warnings[0].hint == "did you mean 'x-fern-sdk-method-name'?"


def test_all_problems_of_a_file_are_found_in_one_run() -> None:
    result = Read(f"""{HEAD}paths:
  a: {{get: {{}}}}
  /b: 3
  /c: {{get: 4}}
  /d: {{get: {{responses: {{'20': {{}}}}}}}}
  /e: {{get: {{responses: [1]}}}}
""")
    assert [problem.split(": ", 1)[1] for problem in result.problems] == [
        "warning[bad-path]: the path 'a' does not start with '/'; it is added",
        "warning[wrong-type]: expected a mapping for a path item, found a number; it is left out",
        "warning[wrong-type]: expected a mapping for an operation, found a number; it is left out",
        "warning[bad-status]: '20' is not an HTTP status; it is left out",
        "warning[wrong-type]: expected a mapping for 'responses', found a list; it is left out",
    ]


def test_shown_files_are_relative_to_the_root() -> None:
    result = Read(f"{HEAD}paths: {{/a: {{$ref: 'sub/item.yaml'}}}}", {"sub/item.yaml": "get: 3"})
    assert result.problems == [
        "sub/item.yaml:1:6: warning[wrong-type]: expected a mapping for an operation, found a number; it is left out"
    ]
    assert Path(FOLDER).is_absolute()


def test_a_query_string_that_is_a_form_and_references_to_the_own_uri() -> None:
    result = read(
        """
        openapi: 3.2.0
        $self: https://orchard.example/api/openapi.yaml
        info: {title: Acme, version: "1"}
        paths:
          /trees:
            get:
              operationId: trees
              parameters:
                - name: filter
                  in: querystring
                  required: true
                  content:
                    application/x-www-form-urlencoded:
                      schema: {$ref: 'https://orchard.example/api/openapi.yaml#/components/schemas/Filter'}
                      encoding: {tags: {explode: false}}
              responses: {"200": {description: ok, content: {application/json: {schema: {$ref: 'https://orchard.example/api/parts.yaml#/Tree'}}}}}
        components:
          schemas:
            Filter: {type: object, required: [name], properties: {name: {type: string}, tags: {type: array, items: {type: string}}}}
        """,
        files={"parts.yaml": "Tree: {type: object, properties: {id: {type: integer}}}\n"},
    )
    name, tags = result.endpoint.parameters
    assert (name.name, name.location, name.required) == ("name", "query", True)
    assert (tags.name, tags.required, tags.explode, tags.allow_multiple) == (
        "tags",
        False,
        False,
        True,
    )
    assert isinstance(result["Tree"], ir.Model)
