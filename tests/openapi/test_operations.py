"""Parameters, bodies, responses, errors, streams, pages, examples."""

from __future__ import annotations

import pytest
from fiddlehead import ir
from fiddlehead.config import ImporterSettings

from .descriptions import HEAD, Read, arguments, read, show, spell


def operation(text: str, **settings: object) -> Read:
    """One operation, `POST /things/{id}`, that must have no problems."""
    return read(described(text), **settings)


def described(text: str, tail: str = "") -> str:
    import textwrap

    inner = textwrap.indent(textwrap.dedent(text).strip("\n"), "      ")
    responses = "" if "responses:" in inner else "      responses: {'204': {description: Done.}}\n"
    return f"""{HEAD}paths:
  /things/{{id}}:
    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
    post:
      operationId: change
{inner}
{responses}{tail}"""


# --- parameters --------------------------------------------------------------------------------


def test_parameters_of_every_place() -> None:
    result = operation("""
        parameters:
          - {name: q, in: query, required: true, description: What., schema: {type: string}}
          - {name: X-Trace, in: header, schema: {type: string}, x-fern-parameter-name: trace}
          - {name: X-Other, in: header, schema: {type: string}}
          - {name: session, in: cookie, schema: {type: string}}
          - {name: Authorization, in: header, schema: {type: string}}
          - {name: id, in: path, required: true, schema: {type: integer}}
        """)
    endpoint = result.endpoint
    assert arguments(endpoint) == {
        "path id": "integer",
        "query q": "string",
        "header X-Trace~": "string",
        "header X-Other~": "string",
        "cookie session~": "string",
    }
    assert [parameter.rename for parameter in endpoint.parameters] == [
        None,
        None,
        "trace",
        "Other",
        None,
    ]
    assert endpoint.parameters[1].doc == "What."


@pytest.mark.parametrize(
    ("written", "style", "explode"),
    [
        ("in: query", "form", True),
        ("in: query, explode: false", "form", False),
        ("in: query, style: spaceDelimited", "spaceDelimited", False),
        ("in: query, style: pipeDelimited, explode: true", "pipeDelimited", True),
        ("in: query, style: deepObject", "deepObject", True),
        ("in: header", "simple", False),
        ("in: header, explode: true", "simple", True),
        ("in: cookie", "form", True),
        ("in: path, required: true", "simple", False),
        ("in: path, required: true, style: label", "label", False),
        ("in: path, required: true, style: matrix, explode: true", "matrix", True),
    ],
)
def test_styles_have_their_defaults(written: str, style: str, explode: bool) -> None:
    name = "id" if "path" in written else "x"
    text = f"parameters: [{{name: {name}, {written}, schema: {{type: string}}}}]"
    parameter = operation(text).endpoint.parameters[-1]
    assert (parameter.style, parameter.explode) == (style, explode)


def test_types_of_parameters() -> None:
    result = operation("""
        parameters:
          - {name: tags, in: query, schema: {type: array, items: {enum: [a, b]}}}
          - {name: filter, in: query, style: deepObject, schema: {properties: {a: {type: string}}}}
          - {name: json, in: query, content: {application/json: {schema: {type: array}}}}
          - {name: text, in: query, content: {text/plain: {schema: {type: string}}}}
          - {name: maybe, in: query, required: true, schema: {type: [string, 'null']}}
          - {name: lacking, in: query, schema: {type: string, default: x}, example: y}
          - {name: region, in: query, required: true, x-fern-default: eu, schema: {type: string}}
          - {name: none, in: query}
        """)
    endpoint = result.endpoint
    assert arguments(endpoint) == {
        "path id": "string",
        "query tags~": "change.Request.tags.Item+",
        "query filter~": "change.Request.filter",
        "query json~": "list[any]",
        "query text~": "string",
        "query maybe~": "string",
        "query lacking~": "string",
        "query region~": "string",
        "query none~": "string",
    }
    by_name = {parameter.name: parameter for parameter in endpoint.parameters}
    assert by_name["json"].style == "json"
    assert by_name["lacking"].default == ir.Default("x")
    assert by_name["lacking"].example == ir.Default("y")
    assert by_name["region"].client_default == ir.Default("eu")


def test_names_with_signs_are_spelled_out() -> None:
    result = operation("""
        parameters:
          - {name: DateSent, in: query, schema: {type: string}}
          - {name: DateSent<, in: query, schema: {type: string}}
          - {name: DateSent>=, in: query, schema: {type: string}}
        """)
    assert [parameter.rename for parameter in result.endpoint.parameters[1:]] == [
        None,
        "DateSent LessThan",
        "DateSent GreaterThanOrEqualTo",
    ]


def test_the_order_of_path_parameters() -> None:
    text = f"""{HEAD}paths:
  /a/{{x}}/{{y}}:
    get:
      parameters: [{{$ref: '#/components/parameters/y'}}, {{$ref: '#/components/parameters/x'}}]
      responses: {{}}
components:
  parameters:
    x: {{name: x, in: path, required: true, schema: {{type: string}}}}
    y: {{name: y, in: path, required: true, schema: {{type: string}}}}
"""
    assert list(arguments(read(text).endpoint)) == ["path x", "path y"]
    importer = ImporterSettings(path_parameter_order="specOrder")
    assert list(arguments(read(text, importer=importer).endpoint)) == ["path y", "path x"]


def test_wrong_parameters_are_errors_with_their_places() -> None:
    result = Read(described("""
        parameters:
          - {name: other, in: path, required: true, schema: {type: string}}
          - {in: query}
          - {name: a}
          - {name: b, in: body}
          - {name: c, in: query, style: matrix}
          - {name: c, in: query}
          - {name: userId, in: query}
          - {name: user_id, in: header}
          - {name: d, in: header, allowReserved: true}
          - {name: e, in: querystring, content: {}}
          - 3
        """))
    assert [
        problem.split("error", 1)[-1].split("warning", 1)[-1] for problem in result.problems
    ] == [
        "[unused-path-parameter]: the path '/things/{id}' has no '{other}'; it is left out",
        "[bad-parameter]: a parameter has no 'name'; it is left out",
        "[bad-parameter]: a parameter has no 'in'; it is left out",
        "[bad-parameter]: the parameter 'b' is in 'body'; it is left out",
        "[bad-value]: 'matrix' is not a style of query parameters; 'form' is used",
        "[duplicate-parameter]: the query parameter 'c' is declared twice; the first is used",
        "[not-expressible]: 'allowReserved' of 'd' is left out: only query parameters can have it",
        "[bad-parameter]: 'e' is the whole query string but has no content; it is left out",
        "[wrong-type]: expected a mapping for a parameter, found a number; it is left out",
    ]
    lines = [problem.split(":")[1] for problem in result.problems]
    assert lines == ["9", "10", "11", "12", "13", "14", "17", "18", "19"]


_REPEATED = f"""{HEAD}
security: [{{key: []}}]
components:
  securitySchemes:
    key: {{type: apiKey, in: header, name: X-Api-Key}}
    query: {{type: apiKey, in: query, name: key}}
paths:
  /a:
    parameters: [{{name: x-trace, in: header, schema: {{type: string}}}}]
    get:
      security: SECURITY
      parameters:
        - {{name: X-Trace, in: header, required: true, schema: {{type: integer}}}}
        - {{name: x-trace, in: header, schema: {{type: string}}}}
        - {{name: x-api-key, in: header, required: true, schema: {{type: string}}}}
        - {{name: key, in: query, schema: {{type: string}}}}
        - {{name: Key, in: query, schema: {{type: string}}}}
      responses: {{}}
"""


@pytest.mark.parametrize(
    ("security", "more"),
    [
        ("", ["query key~", "query Key~"]),
        ("[{query: []}]", ["header x-api-key", "query Key~"]),
        ("[{key: [], query: []}]", ["query Key~"]),
        ("[]", ["header x-api-key", "query key~", "query Key~"]),
    ],
)
def test_headers_that_differ_in_case_are_one_and_credentials_are_no_arguments(
    security: str, more: list[str]
) -> None:
    result = Read(_REPEATED.replace("SECURITY", security))
    (problem,) = result.problems
    assert "the header parameter 'x-trace' is declared twice; the first is used" in problem
    assert [*arguments(result.endpoint)] == ["header X-Trace", *more]


def test_a_path_parameter_that_is_not_described_is_an_error() -> None:
    result = Read(f"{HEAD}paths:\n  /a/{{x}}:\n    get: {{responses: {{}}}}\n")
    assert result.problems == [
        "openapi.yaml:5:5: warning[undeclared-path-parameter]: '{x}' of the path is not declared; it is a required string"
    ]
    assert result.diagnostics.warnings[0].hint == "add a parameter with in: path and name: x"


def test_a_base_path_and_a_variable_of_the_client() -> None:
    result = read(f"""{HEAD}x-fern-base-path: v1/{{tenant}}/
x-fern-sdk-variables: {{gardenId: {{type: string, description: Which.}}}}
paths:
  /gardens/{{g}}:
    get:
      parameters: [{{name: g, in: path, required: true, x-fern-sdk-variable: gardenId}}]
      responses: {{}}
""")
    endpoint = result.endpoint
    assert endpoint.id == "GET /v1/{tenant}/gardens/{g}"
    assert endpoint.path == "/v1/{tenant}/gardens/{g}"
    assert [(parameter.name, parameter.variable) for parameter in endpoint.parameters] == [
        ("tenant", None),
        ("g", "gardenId"),
    ]
    assert result.api.variables == (ir.Variable("gardenId", ir.Primitive("string"), doc="Which."),)


# --- bodies ------------------------------------------------------------------------------------


def body(content: str, tail: str = "") -> ir.Body:
    result = read(described(f"requestBody: {{required: true, content: {{{content}}}}}", tail))
    assert result.endpoint.body is not None
    return result.endpoint.body


def test_the_properties_of_a_body_in_place_are_arguments() -> None:
    built = body(
        "application/json: {schema: {description: Doc., required: [a], "
        "properties: {a: {type: string}, b: {type: [string, 'null']}, "
        "c: {type: string, readOnly: true}, id: {type: string}}}}"
    )
    assert (built.encoding, built.content_type, built.required) == (
        "json",
        "application/json",
        True,
    )
    assert [(field.name, spell(field.type), field.rename) for field in built.fields] == [
        ("a", "string", None),
        ("b", "string?", None),
        ("id", "string", None),
    ]
    assert built.doc == "Doc."


USER = """components:
  schemas:
    User: {properties: {kind: {enum: [a, b]}}}
"""


def test_a_component_that_is_used_once_is_spread() -> None:
    reference = "application/json: {schema: {$ref: '#/components/schemas/User'}}"
    text = described(f"requestBody: {{content: {{{reference}}}}}", USER)
    result = read(text)
    assert arguments(result.endpoint) == {"path id": "string", "kind~": "User.kind"}
    assert result.names == ["User.kind"]
    again = read(text + "    Other: {properties: {u: {$ref: '#/components/schemas/User'}}}\n")
    assert arguments(again.endpoint) == {"path id": "string", "request": "User"}
    assert sorted(again.names) == ["Other", "User", "User.kind"]


def test_a_body_that_is_no_object_is_one_argument() -> None:
    assert body("application/json: {schema: {type: array, items: {type: string}}}").type == (
        ir.ListOf(ir.Primitive("string"))
    )
    assert body("application/merge-patch+json: {schema: {type: object}}").type == (
        ir.MapOf(ir.Primitive("string"), ir.Unknown())
    )
    assert body("application/octet-stream: {}").type == ir.Primitive("bytes")
    assert body("text/plain: {schema: {type: string}}").type == ir.Primitive("string")
    assert body("application/xml: {schema: {type: object}}").encoding == "text"


def test_a_form() -> None:
    built = body("application/x-www-form-urlencoded: {schema: {properties: {a: {type: string}}}}")
    assert (built.encoding, [field.name for field in built.fields]) == ("form", ["a"])


def test_an_upload() -> None:
    built = body(
        "multipart/form-data: {schema: {required: [file], properties: {"
        "file: {type: string, format: binary}, "
        "files: {type: array, items: {type: string, format: binary}}, "
        "raw: {type: string, contentMediaType: image/png}, "
        "maybe: {type: [string, 'null'], format: binary}, "
        "meta: {type: object}, tags: {type: array, items: {type: string}}, name: {type: string}}},"
        " encoding: {meta: {contentType: application/json}, tags: {style: form, explode: true}, "
        "file: {contentType: 'image/png'}}}"
    )
    assert {
        field.name: (spell(field.type), field.content_type, field.style) for field in built.fields
    } == {
        "file": ("bytes", "image/png", None),
        "files": ("list[bytes]", None, None),
        "raw": ("bytes", None, None),
        "maybe": ("bytes?", None, None),
        "meta": ("map[string, any]", "application/json", "json"),
        "tags": ("list[string]", None, "exploded"),
        "name": ("string", None, None),
    }


def test_problems_of_bodies() -> None:
    def problems(written: str) -> list[str]:
        result = Read(described(f"requestBody: {{{written}}}"))
        return [problem.split(": ", 1)[1] for problem in result.problems]

    assert problems(
        "content: {multipart/form-data: {schema: {properties: {a: {type: string}}}}}"
    ) == ["warning[upload-without-file]: this multipart upload has no file: no property is binary"]
    assert problems("content: {application/json: {}, text/csv: {}}") == [
        "warning[not-expressible]: the body is sent as application/json; text/csv is left out"
    ]
    assert problems("description: None.") == [
        "warning[missing-key]: a request body requires 'content'"
    ]
    assert (
        problems("content: {}")
        == problems("content: null")
        == ["warning[missing-key]: 'content' is empty"]
    )
    assert problems("content: {application/json: {schema: 3}}") == [
        "warning[wrong-type]: expected a mapping for a schema, found a number; it is left out"
    ]


# --- responses ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("responses", "kind", "type_"),
    [
        ("'200': {content: {application/json: {schema: {type: string}}}}", "json", "string"),
        ("'201': {content: {application/json: {}}}", "json", "any"),
        ("2XX: {content: {text/plain: {}}}", "text", "-"),
        ("'200': {content: {application/pdf: {}}}", "file", "-"),
        (
            "'200': {content: {application/json: {schema: {type: string, format: binary}}}}",
            "file",
            "-",
        ),
        ("'204': {description: None.}", "none", "-"),
        ("default: {content: {application/json: {schema: {type: string}}}}", "json", "string"),
        ("'302': {description: Elsewhere.}", "none", "-"),
        (
            "'200': {content: {application/json: {schema: {type: string}}}}, "
            "'202': {content: {application/json: {schema: {type: integer}}}}",
            "json",
            "string | integer",
        ),
        (
            "'200': {content: {application/json: {schema: {properties: {a: {type: string}}}}}}, "
            "'202': {content: {application/json: {schema: {properties: {b: {type: string}}}}}}",
            "json",
            "change.Response | change.Response.202",
        ),
        ("", "none", "-"),
    ],
)
def test_the_result_of_a_method(responses: str, kind: str, type_: str) -> None:
    result = operation(f"responses: {{{responses}}}").endpoint.result
    assert (result.kind, spell(result.type)) == (kind, type_)


def test_more_results_of_methods() -> None:
    results = operation("""
        x-fern-sdk-return-value: data.items
        responses:
          '200':
            description: All of it.
            headers:
              X-Count: {description: How many., schema: {type: integer}}
              Content-Type: {schema: {type: string}}
            content: {application/json: {schema: {properties: {data: {type: object}}}}}
          '204': {description: Nothing.}
        """)
    result = results.endpoint.result
    assert (result.doc, result.optional, result.unwrap) == ("All of it.", True, ("data", "items"))
    assert result.headers == (ir.Header("X-Count", ir.Primitive("integer"), doc="How many."),)
    assert results.api.response_headers == result.headers
    complete = ImporterSettings(use_bytes_for_binary_response=True)
    binary = operation("responses: {'200': {content: {image/png: {}}}}", importer=complete)
    assert binary.endpoint.result.kind == "bytes"


def test_errors_by_status() -> None:
    result = read(
        described(
            """
            responses:
              '200': {description: Ok.}
              '404': {$ref: '#/components/responses/Missing'}
              '429': {description: Slow down.}
              '460': {content: {text/plain: {schema: {type: string}}}}
              default: {content: {application/json: {schema: {properties: {c: {type: string}}}}}}
            """,
            "components:\n  responses:\n    Missing: {description: No., content: "
            "{application/json: {schema: {properties: {m: {type: string}}}, example: {m: x}}}}\n",
        )
    )
    responses = result.endpoint.errors
    assert [(response.error, spell(response.type)) for response in responses] == [
        ("NotFoundError", "Missing.Body"),
        ("TooManyRequestsError", "-"),
        ("Status460Error", "string"),
        ("ClientRequestError", "change.Error.Body"),
        ("ServerError", "change.Error.Body"),
    ]
    assert responses[0].examples == (ir.Example({"m": "x"}),)
    assert {id: (error.status, error.doc) for id, error in result.api.errors.items()} == {
        "NotFoundError": ("404", "No."),
        "TooManyRequestsError": ("429", "Slow down."),
        "Status460Error": ("460", None),
        "ClientRequestError": ("4XX", None),
        "ServerError": ("5XX", None),
    }


def test_an_error_has_the_body_that_all_operations_agree_on() -> None:
    def error(second: str) -> ir.Error:
        text = f"""{HEAD}paths:
  /a: {{get: {{responses: {{'400': {{content: {{application/json: {{schema: {{type: string}}}}}}}}}}}}}}
  /b: {{get: {{responses: {{'400': {{content: {{application/json: {{schema: {{type: {second}}}}}}}}}}}}}}}
"""
        return read(text).api.errors["BadRequestError"]

    assert error("string").type == ir.Primitive("string")
    assert error("integer").type is None


# --- streams -----------------------------------------------------------------------------------

CHAT = """
    x-fern-sdk-group-name: v2
    x-fern-sdk-method-name: chat
    description: Chats.
    requestBody:
      content:
        application/json:
          schema:
            required: [message]
            properties: {message: {type: string}, mode: {enum: [a, b]}, stream: {type: boolean}}
    x-fern-streaming:
      format: sse
      terminator: '[DONE]'
      stream-condition: $request.stream
      stream-description: Streams.
      response: {properties: {text: {type: string}}}
      response-stream: {properties: {delta: {type: string}}}
    """


def test_a_stream_condition_makes_two_endpoints() -> None:
    importer = ImporterSettings(idiomatic_request_names=False)
    result = operation(CHAT, importer=importer)
    plain, stream = result.endpoints["v2.chat"], result.endpoints["v2.chat_stream"]
    assert (plain.id, stream.id) == ("POST /things/{id}", "POST /things/{id}#stream")
    assert (plain.doc, stream.doc) == ("Chats.", "Streams.")
    assert arguments(plain) == {
        "path id": "string",
        "message": "string",
        "mode~": "v2/v2.chat.Request.mode",
        "stream": "False",
    }
    assert arguments(stream) == {
        "path id": "string",
        "message": "string",
        "mode~": "v2/v2.chat.stream.Request.mode",
        "stream": "True",
    }
    assert (plain.streaming, spell(plain.result.type)) == (None, "v2/v2.chat.Response")
    assert stream.streaming == ir.Streaming("sse", terminator="[DONE]")
    assert spell(stream.result.type) == "v2/v2.chat.stream.Response"
    assert result.api.operations_found == 1


@pytest.mark.parametrize(
    ("written", "format_", "type_"),
    [
        (
            "x-fern-streaming: true\n"
            "responses: {'200': {content: {application/json: {schema: {type: string}}}}}",
            "json",
            None,
        ),
        (
            "responses: {'200': {content: {text/event-stream: {schema: {type: string}}}}}",
            "sse",
            "string",
        ),
        (
            "responses: {'200': {content: {application/jsonl: {itemSchema: {type: integer}}}}}",
            "json",
            "integer",
        ),
        (
            "responses: {'200': {content: {text/event-stream: {itemSchema: {properties: {"
            "event: {type: string}, data: {type: string, contentSchema: {type: integer}}}}}}}}",
            "sse",
            "integer",
        ),
        ("x-fern-streaming: {format: text}", "text", "string"),
    ],
)
def test_streams_without_a_condition(written: str, format_: str, type_: str | None) -> None:
    result = Read(described(written))
    assert result.diagnostics.errors == []
    endpoint = result.endpoint
    assert endpoint.streaming is not None and endpoint.streaming.format == format_
    if type_ is not None:
        assert result.problems == []
        assert spell(endpoint.result.type) == type_


def test_json_and_events_are_two_endpoints_if_the_body_selects_one() -> None:
    text = """
        requestBody: {content: {application/json: {schema: {properties: {%s}}}}}
        responses:
          '200':
            content:
              application/json: {schema: {type: string}}
              text/event-stream: {schema: {type: integer}}
        """
    result = operation(text % "stream: {type: [boolean, 'null']}")
    assert list(result.endpoints) == ["change", "change_stream"]
    alone = Read(described(text % ""))
    assert [problem.split(": ", 1)[1] for problem in alone.problems] == [
        "warning[not-expressible]: 'POST /things/{id}' returns application/json or a "
        "stream; the stream is left out"
    ]
    assert spell(alone.endpoint.result.type) == "string"


def test_wrong_streams_are_errors() -> None:
    def problems(written: str) -> list[str]:
        return [problem.split(": ", 1)[1] for problem in Read(described(written)).problems]

    assert problems("x-fern-streaming: {stream-condition: stream, response-stream: {}}") == [
        "warning[bad-extension]: 'stream-condition' must be a property of the body: $request.stream"
    ]
    assert problems("x-fern-streaming: {stream-condition: $request.s, response-stream: {}}") == [
        "warning[bad-extension]: the body of 'POST /things/{id}' has no 's'"
    ]
    assert problems("x-fern-streaming: {format: xml, response-stream: {}}") == [
        "warning[bad-extension]: the format of a stream must be 'sse', 'json' or 'text'"
    ]
    assert problems("x-fern-streaming: 3") == [
        "warning[wrong-type]: expected a mapping for 'x-fern-streaming', found a number; it is left out"
    ]


# --- pages, waiters, examples ------------------------------------------------------------------


def pages(written: str, root: str = "") -> Read:
    return Read(described(f"""
        x-fern-pagination: {written}
        parameters: [{{name: cursor, in: query}}, {{name: limit, in: query}}]
        """) + root)


def test_pages() -> None:
    cursor = "{cursor: $request.cursor, next_cursor: $response.next, results: $response.d.items}"
    result = pages(cursor)
    assert result.problems == []
    assert result.endpoint.pagination == ir.Pagination(
        "cursor", ("d", "items"), ("cursor",), "query", ("next",)
    )
    assert pages("true", f"x-fern-pagination: {cursor}\n").endpoint.pagination is not None
    offset = pages(
        "{offset: $request.cursor, results: $response, step: $request.limit, "
        "has-next-page: $response.more}"
    )
    assert offset.endpoint.pagination == ir.Pagination(
        "offset", (), ("cursor",), "query", (), step=("limit",), has_next=("more",)
    )
    uri = pages("{next_uri: $response.next, results: $response.data}").endpoint.pagination
    assert uri == ir.Pagination("uri", ("data",), next=("next",))
    custom = pages("{type: custom, results: $response.data}").endpoint.pagination
    assert custom == ir.Pagination("custom", ("data",))


def test_wrong_pages_are_errors() -> None:
    def problem(written: str) -> str:
        (result,) = pages(written).problems
        return result.split(": ", 1)[1]

    assert problem("true") == (
        "warning[bad-extension]: 'x-fern-pagination: true' requires 'x-fern-pagination' at the top of the file"
    )
    assert problem("{cursor: $request.cursor}") == (
        "warning[bad-extension]: 'x-fern-pagination' requires 'results': $response.…"
    )
    assert problem("{results: $response.a}") == (
        "warning[bad-extension]: 'x-fern-pagination' requires one of cursor, offset, next_uri and "
        "next_path"
    )
    assert problem("{offset: $request.nope, results: $response.a}") == (
        "warning[bad-extension]: 'POST /things/{id}' has no 'nope' for the pagination in its query or body"
    )
    assert problem("{offset: cursor, results: $response.a}") == (
        "warning[bad-extension]: 'offset' must start with $request: $request.name"
    )


def test_a_waiter() -> None:
    result = operation("""
        x-fiddlehead-waiter:
          property: $response.status
          success: [complete]
          failure: [failed, cancelled]
          interval: 2
          docs: Waits.
        """)
    assert result.endpoint.waiter == ir.Waiter(
        "wait", ("status",), ("complete",), ("failed", "cancelled"), 2.0, 3600.0, "Waits."
    )
    wrong = Read(described("x-fiddlehead-waiter: {name: wait, speed: 1, interval: 0}"))
    assert [problem.split(": ", 1)[1] for problem in wrong.problems] == [
        "warning[bad-extension]: 'x-fiddlehead-waiter' requires 'property'",
        "warning[bad-extension]: 'x-fiddlehead-waiter' requires 'success'",
        "warning[unknown-key]: unknown key 'speed' of 'x-fiddlehead-waiter'",
    ]


def test_examples_of_the_extension() -> None:
    result = operation("""
        x-fern-examples:
          - name: First
            path-parameters: {id: x}
            query-parameters: {q: 1}
            headers: {X-A: b}
            request: {a: [1]}
            response: {body: {ok: true}}
          - {code-samples: [{sdk: go, code: x}]}
        """)
    assert result.endpoint.examples == (
        ir.Call(
            "First",
            path={"id": "x"},
            query={"q": 1},
            headers={"X-A": "b"},
            body=ir.Default({"a": (1,)}),
            response=ir.Default({"ok": True}),
        ),
    )


def test_examples_of_the_description() -> None:
    result = operation("""
        parameters: [{name: q, in: query, schema: {type: string}, example: find}]
        requestBody:
          content:
            application/json:
              schema: {type: object}
              examples: {one: {value: {a: 1}, summary: The first.}, two: {value: {a: 2}}}
        responses:
          '200':
            content:
              application/json: {examples: {two: {value: second}, other: {value: first}}}
        """)
    assert result.endpoint.examples == (
        ir.Call(
            "one",
            "The first.",
            query={"q": "find"},
            body=ir.Default({"a": 1}),
            response=ir.Default("second"),
            further={"other": "first"},
        ),
        ir.Call(
            "two", query={"q": "find"}, body=ir.Default({"a": 2}), response=ir.Default("second")
        ),
    )


def test_examples_are_shared_out_between_the_two_endpoints_of_a_stream() -> None:
    result = operation(CHAT + """
    x-fern-examples:
      - {request: {message: a}, response: {body: {text: b}}}
      - {request: {message: c}, response: {stream: [{event: delta, data: {delta: d}}]}}
    """)
    plain, stream = result.endpoints.values()
    assert [example.response for example in plain.examples] == [ir.Default({"text": "b"})]
    assert [example.events for example in stream.examples] == [({"delta": "d"},)]


def test_an_example_belongs_to_one_of_the_two_endpoints() -> None:
    result = operation(CHAT + """
    x-fern-examples:
      - {request: {message: a, stream: true}}
      - {request: {message: b, stream: false}}
      - {request: {message: c}}
    """)
    plain, stream = result.endpoints.values()
    lines = [
        [dict(example.body.value)["message"] for example in x.examples] for x in (plain, stream)
    ]
    assert lines == [["b", "c"], ["a"]]


def test_other_keys_of_an_operation() -> None:
    result = operation("""
        summary: Short.
        description: Long.
        x-fern-availability: {status: deprecated, message: Use another.}
        x-fern-idempotent: true
        x-fern-retries: {disabled: true}
        """)
    endpoint = result.endpoint
    assert (endpoint.summary, endpoint.doc, endpoint.operation_id) == ("Short.", "Long.", "change")
    assert endpoint.availability == ir.Availability("deprecated", "Use another.")
    assert (endpoint.idempotent, endpoint.retries) == (True, False)


def test_a_fragment_only_sets_paths_apart() -> None:
    result = read(f"""{HEAD}paths:
  /chat: {{post: {{responses: {{}}}}}}
  /chat#stream: {{post: {{responses: {{}}}}}}
""")
    lines = {name: (endpoint.id, endpoint.path) for name, endpoint in result.endpoints.items()}
    assert lines == {
        "postChat": ("POST /chat", "/chat"),
        "postChatStream": ("POST /chat #stream", "/chat"),
    }


def test_methods_of_openapi_3_2() -> None:
    result = read("""
        openapi: 3.2.0
        info: {title: Acme, version: "1"}
        paths:
          /a:
            query: {operationId: ask, responses: {}}
            additionalOperations: {COPY: {operationId: copy, responses: {}}}
        """)
    assert [endpoint.method for endpoint in result.endpoints.values()] == ["QUERY", "COPY"]


@pytest.mark.parametrize("media", ["text/event-stream", "application/jsonl"])
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("schema: {type: array, items: {type: integer}}", "integer"),
        ("schema: {type: integer}", "integer"),
        ("schema: {type: [array, 'null'], items: {type: integer}}", "list[integer]?"),
        ("itemSchema: {type: array, items: {type: integer}}", "list[integer]"),
    ],
)
def test_the_items_of_an_array_are_the_events_of_a_stream(
    media: str, content: str, expected: str
) -> None:
    text = f"responses: {{'200': {{description: ok, content: {{{media}: {{{content}}}}}}}}}"
    assert spell(operation(text).endpoint.result.type) == expected


def test_the_schema_of_an_explicit_stream_is_that_of_an_event() -> None:
    schema = "schema: {type: array, items: {type: integer}}"
    text = (
        f"responses: {{'200': {{description: ok, content: {{text/event-stream: {{{schema}}}}}}}}}"
    )
    assert (
        spell(operation(f"x-fern-streaming: true\n{text}").endpoint.result.type) == "list[integer]"
    )


@pytest.mark.parametrize(
    ("multipart", "encoding"),
    [
        ("{properties: {meta: {}, name: {type: string}}}", "json"),
        ("{properties: {meta: {}, other: {type: string}}}", "multipart"),
        ("{properties: {meta: {type: string, format: binary}}}", "multipart"),
        (
            "{properties: {meta: {}, name: {type: string}}}, encoding: {meta: {contentType: image/png}}",
            "multipart",
        ),
    ],
)
def test_a_property_without_a_type_beside_the_same_json_is_no_file(
    multipart: str, encoding: str
) -> None:
    """As Django REST framework writes a JSON field."""
    json = "schema: {properties: {meta: {}, name: {type: string}}}"
    text = f"""
        requestBody:
          required: true
          content:
            application/json: {{{json}}}
            application/x-www-form-urlencoded: {{{json}}}
            multipart/form-data: {{schema: {multipart}}}
        """
    body = Read(described(text)).endpoint.body
    assert body is not None and body.encoding == encoding


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (
            "{oneOf: [{type: object, properties: {data: {type: integer}, event: {const: a}, id: {type: integer}}}, {type: object, properties: {data: {type: boolean}, event: {const: b}}}]}",
            "integer | boolean",
        ),
        (
            "{type: object, properties: {data: {type: integer}, event: {const: a}, retry: {type: integer}}}",
            "integer",
        ),
        (
            "{oneOf: [{type: object, properties: {data: {type: integer}, event: {const: a}}}, {type: boolean}]}",
            "change.Response.a | boolean",
        ),
        (
            "{type: object, properties: {data: {type: integer}, page: {type: integer}}}",
            {"data~": "integer", "page~": "integer"},
        ),
    ],
)
def test_the_events_that_huma_lists_have_the_type_of_their_data(
    items: str, expected: object
) -> None:
    text = f"responses: {{'200': {{description: ok, content: {{text/event-stream: {{schema: {{type: array, items: {items}}}}}}}}}}}"
    result = operation(text)
    assert result.endpoint.streaming is not None
    type_ = result.endpoint.result.type
    event = show(result.api.declarations[type_.id]) if isinstance(type_, ir.Ref) else spell(type_)
    assert event == expected
