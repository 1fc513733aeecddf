"""Services: endpoints, their requests and responses."""

from __future__ import annotations

import pytest
from fiddlehead import ir
from fiddlehead.config import ImporterSettings

from .definitions import Read, endpoint, read

STRING = ir.Primitive("string")
USER = ir.Ref("main/User")

TYPES = """
types:
  User:
    properties:
      id: string
      name: optional<string>
  Page:
    properties:
      data: {properties: {items: list<User>}}
      next: optional<string>
      more: optional<boolean>
errors:
  NotFound: {status-code: 404, type: string, docs: It is gone., examples: [{name: One, value: gone}]}
  Teapot: {status-code: 418}
"""


def one(text: str, api: str = "name: acme\n", base: str = "/") -> ir.Endpoint:
    """The endpoint that is described by the flow mapping `text`."""
    service = f"service: {{base-path: {base}, endpoints: {{go: {text}}}}}\n"
    return endpoint(f"{service}{TYPES}", api)


# --- where it is ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("api", "service", "own", "expected"),
    [
        ("", "/", "", "/"),
        ("", "", "", "/"),
        ("", "/users", "", "/users"),
        ("", "/users", "/", "/users/"),
        ("", "/users/", "/all", "/users/all"),
        ("", "users", "all", "/users/all"),
        ("/v1", "/users", "/all", "/v1/users/all"),
        ("/v1/", "/", "", "/v1/"),
    ],
)
def test_paths_are_joined(api: str, service: str, own: str, expected: str) -> None:
    result = one(f'{{path: "{own}"}}', f'name: acme\nbase-path: "{api}"\n', f'"{service}"')
    assert result.path == expected
    assert result.id == f"POST {expected}"


def test_the_base_path_of_an_endpoint_replaces_those_above() -> None:
    result = one("{base-path: /raw, path: /x, method: GET}", "name: a\nbase-path: /v1\n", "/users")
    assert result.id == "GET /raw/x"


def test_path_parameters_of_all_levels_in_the_order_of_the_path() -> None:
    result = endpoint(
        """
        service:
          base-path: /{org}
          path-parameters: {org: {type: string, docs: Whose.}}
          endpoints:
            get:
              method: GET
              path: /{ user }/v{version}/{key}
              path-parameters: {version: integer}
              request:
                name: Get
                path-parameters: {key: $api-key, user: {type: string, name: user_id}}
        """,
        """
        name: acme
        base-path: /{tenant}
        path-parameters: {tenant: uuid}
        variables: {api-key: {type: string, docs: Opens doors., env: KEY}}
        """.replace("        ", ""),
    )
    assert result.path == "/{tenant}/{org}/{user}/v{version}/{key}"
    path = {"style": "simple", "explode": False}
    assert result.parameters == (
        ir.Parameter("tenant", "path", ir.Primitive("uuid"), True, **path),  # type: ignore[arg-type]
        ir.Parameter("org", "path", STRING, True, doc="Whose.", **path),  # type: ignore[arg-type]
        ir.Parameter("user", "path", STRING, True, rename="user_id", **path),  # type: ignore[arg-type]
        ir.Parameter("version", "path", ir.Primitive("integer"), True, **path),  # type: ignore[arg-type]
        ir.Parameter("key", "path", STRING, True, variable="api-key", **path),  # type: ignore[arg-type]
    )


def test_path_parameters_in_the_order_in_which_they_are_declared() -> None:
    result = read(
        """
        service:
          base-path: /
          endpoints:
            go: {path: "/{a}/{b}/{c}", path-parameters: {c: string, a: string, b: string}}
        """,
        importer=ImporterSettings(path_parameter_order="specOrder"),
    )
    assert [parameter.name for parameter in result.endpoints["main.go"].parameters] == [
        "c",
        "a",
        "b",
    ]


def test_two_endpoints_of_one_url_have_different_ids() -> None:
    result = read(
        "service: {base-path: /a, endpoints: {x: {path: '', method: GET}, y: {path: '', method: GET}, z: {path: ''}}}"
    )
    assert [item.id for item in result.endpoints.values()] == [
        "GET /a#main.x",
        "GET /a#main.y",
        "POST /a",
    ]


def test_groups_are_a_tree_in_the_order_of_navigation() -> None:
    service = "service: {base-path: /NAME, endpoints: {go: {path: ''}}}"
    result = Read(
        {
            "__package__.yml": "navigation: [b.yml, a.yml]\n" + service.replace("NAME", "root"),
            "a.yml": "docs: The first.\n" + service.replace("NAME", "a"),
            "b.yml": service.replace("NAME", "b"),
            "a/deep.yml": service.replace("NAME", "deep"),
            "only-types.yml": "types: {T: string}",
        }
    )
    assert result.problems == []
    root = result.api.root
    assert [item.path for item in root.endpoints] == ["/root"]
    assert [(child.name, child.doc) for child in root.children] == [
        ("b", None),
        ("a", "The first."),
    ]
    assert [child.name for child in root.children[1].children] == ["deep"]
    assert sorted(result.endpoints) == ["a.deep.go", "a.go", "b.go", "go"]


# --- what is sent --------------------------------------------------------------------------------


def test_query_parameters_and_headers() -> None:
    result = endpoint("""
        service:
          base-path: /
          headers: {X-Service: string, X-Both: integer}
          endpoints:
            go:
              method: GET
              path: ""
              request:
                name: Go
                query-parameters:
                  tag: {type: optional<string>, allow-multiple: true, docs: Which., default: a}
                  ids: {type: list<string>, explode: false}
                  where: optional<User>
                  all: list<User>
                  map: "map<string, string>"
                  kind: {enum: [a, b]}
                headers:
                  X-Own: {type: optional<string>, name: own, env: OWN}
                  X-Both: boolean
        types: {User: {properties: {id: string}}}
        """)
    query = [parameter for parameter in result.parameters if parameter.location == "query"]
    assert query == [
        ir.Parameter(
            "tag",
            "query",
            STRING,
            False,
            doc="Which.",
            default=ir.Default("a"),
            allow_multiple=True,
        ),
        ir.Parameter("ids", "query", ir.ListOf(STRING), True, explode=False),
        ir.Parameter("where", "query", USER, False, style="deepObject"),
        ir.Parameter("all", "query", ir.ListOf(USER), True, style="deepObject"),
        ir.Parameter("map", "query", ir.MapOf(STRING, STRING), True, style="deepObject"),
        ir.Parameter("kind", "query", ir.Ref("main/Go.kind"), True),
    ]
    headers = [parameter for parameter in result.parameters if parameter.location == "header"]
    assert [(header.name, header.type, header.required) for header in headers] == [
        ("X-Service", STRING, True),
        ("X-Own", STRING, False),
        ("X-Both", ir.Primitive("boolean"), True),
    ]
    assert (headers[1].rename, headers[1].env, headers[1].style) == ("own", "OWN", "simple")
    assert result.request_name == ir.Name(("Go",), exact=True)


JSON = "application/json"


@pytest.mark.parametrize(
    ("request_", "body"),
    [
        ("User", ir.Body("json", JSON, USER)),
        ("optional<User>", ir.Body("json", JSON, USER, required=False)),
        ("list<User>", ir.Body("json", JSON, ir.ListOf(USER))),
        ("{body: User}", ir.Body("json", JSON, USER)),
        ("{body: {type: User, docs: Who.}}", ir.Body("json", JSON, USER, doc="Who.")),
        (
            "{docs: Who., content-type: application/merge+json, body: User}",
            ir.Body("json", "application/merge+json", USER, doc="Who."),
        ),
        (
            "{content-type: application/x-www-form-urlencoded, body: User}",
            ir.Body("form", "application/x-www-form-urlencoded", USER),
        ),
        ("{body: bytes}", ir.Body("bytes", "application/octet-stream")),
        (
            "{content-type: image/png, body: optional<bytes>}",
            ir.Body("bytes", "image/png", required=False),
        ),
        ("{content-type: text/csv, body: string}", ir.Body("text", "text/csv", STRING)),
        ("text", ir.Body("text", "text/plain")),
        (
            "{name: R, body: {extends: User, properties: {id: integer, at: date}}}",
            ir.Body(
                "json",
                JSON,
                fields=(
                    ir.Field("id", ir.Primitive("integer"), True),
                    ir.Field("name", STRING, False),
                    ir.Field("at", ir.Primitive("date"), True),
                ),
                name="R",
            ),
        ),
        (
            "{name: R, body: {extra-properties: true}}",
            ir.Body("json", JSON, extra=ir.Unknown(), name="R"),
        ),
        (
            "{name: R, content-type: application/x-www-form-urlencoded, body: {properties: {a: string}}}",
            ir.Body(
                "form",
                "application/x-www-form-urlencoded",
                fields=(ir.Field("a", STRING, True),),
                name="R",
            ),
        ),
        (
            "{name: R, body: {properties: {f: file, fs: optional<list<file>>, "
            "u: {type: User, style: form, content-type: application/json}}}}",
            ir.Body(
                "multipart",
                "multipart/form-data",
                fields=(
                    ir.Field("f", ir.Primitive("bytes"), True),
                    ir.Field("fs", ir.ListOf(ir.Primitive("bytes")), False),
                    ir.Field("u", USER, True, style="form", content_type=JSON),
                ),
                name="R",
            ),
        ),
    ],
)
def test_bodies(request_: str, body: ir.Body) -> None:
    assert (
        one(
            f'{{path: "", request: "{request_}"}}'
            if "{" not in request_
            else f'{{path: "", request: {request_}}}'
        ).body
        == body
    )


def test_no_request_is_no_body() -> None:
    assert one('{path: ""}').body is None


# --- responses ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("response", "result"),
    [
        ("User", ir.Result("json", USER, content_type=JSON)),
        ("optional<User>", ir.Result("json", ir.Nullable(USER), content_type=JSON, optional=True)),
        ("file", ir.Result("file")),
        ("bytes", ir.Result("bytes")),
        ("{type: text, content-type: text/csv}", ir.Result("text", content_type="text/csv")),
        (
            "{type: User, status-code: 201, docs: Made.}",
            ir.Result("json", USER, "201", JSON, "Made."),
        ),
        (
            "{type: Page, property: next}",
            ir.Result("json", ir.Ref("main/Page"), content_type=JSON, unwrap=("next",)),
        ),
        ("{docs: Done., status-code: 204}", ir.Result("none", status="204", doc="Done.")),
    ],
)
def test_responses(response: str, result: ir.Result) -> None:
    quoted = response if "{" in response else f'"{response}"'
    assert one(f'{{path: "", response: {quoted}}}').result == result


def test_headers_of_responses() -> None:
    api = "name: a\nx-fiddlehead-response-headers: {X-Trace: string, X-Warn: string}\n"
    result = one(
        '{path: "", x-fiddlehead-response-headers: {X-Warn: {type: integer, docs: How bad.}}}', api
    )
    assert result.result.headers == (
        ir.Header("X-Trace", STRING),
        ir.Header("X-Warn", ir.Primitive("integer"), "How bad."),
    )


def test_errors_of_an_endpoint_and_of_all() -> None:
    result = one(
        '{path: "", errors: [{error: NotFound, docs: Nobody.}, NotFound]}',
        "name: a\nimports: {main: main.yml}\nerrors: [main.Teapot, main.NotFound]\n",
    )
    assert result.errors == (
        ir.ErrorResponse("main/NotFound", STRING, "Nobody.", (ir.Example("gone", "One"),)),
        ir.ErrorResponse("main/Teapot"),
    )


@pytest.mark.parametrize(
    ("message", "streaming", "type_"),
    [
        ("User", ir.Streaming("json"), USER),
        ("text", ir.Streaming("text"), STRING),
        (
            "{type: User, format: sse, terminator: '[DONE]', resumable: true}",
            ir.Streaming("sse", "[DONE]", True),
            USER,
        ),
    ],
)
def test_streams(message: str, streaming: ir.Streaming, type_: ir.Type) -> None:
    result = one(f'{{path: "", response-stream: {message}}}')
    assert (result.streaming, result.result) == (streaming, ir.Result("json", type_))


def test_a_stream_condition_makes_two_endpoints() -> None:
    result = read(TYPES + """
service:
  base-path: /
  endpoints:
    chat:
      path: /chat
      stream-condition: $request.stream
      request: {name: Chat, body: {properties: {stream: optional<boolean>, text: string}}}
      response: User
      response-stream: {type: Page, format: sse}
      examples:
        - request: {text: a}
        - {request: {text: b, stream: true}, response: {stream: [{event: x, data: {next: c}}]}}
""").endpoints
    plain, streamed = result["main.chat"], result["main.chat_stream"]
    assert (plain.id, streamed.id) == ("POST /chat", "POST /chat#stream")
    assert streamed.name == ("chat", "stream")
    assert plain.result.type == USER and plain.streaming is None
    assert streamed.result.type == ir.Ref("main/Page") and streamed.streaming is not None
    assert plain.body is not None and streamed.body is not None
    assert plain.body.fields[0] == ir.Field("stream", ir.Literal(False), True)
    assert streamed.body.fields[0] == ir.Field("stream", ir.Literal(True), True)
    assert [call.body for call in plain.examples] == [ir.Default({"text": "a"})]
    assert [call.events for call in streamed.examples] == [({"next": "c"},)]


def test_a_stream_condition_may_be_in_the_query() -> None:
    result = read(TYPES + """
service:
  base-path: /
  endpoints:
    chat:
      path: /chat
      stream-condition: $request.stream
      request: {name: Chat, query-parameters: {stream: boolean}}
      response: User
      response-stream: User
""").endpoints
    assert [value.parameters[0].type for value in result.values()] == [
        ir.Literal(False),
        ir.Literal(True),
    ]


# --- again and again -----------------------------------------------------------------------------

QUERY = "request: {name: L, query-parameters: {at: optional<string>, size: optional<integer>}}"
BODY = "request: {name: L, body: {properties: {page: optional<Page>}}}"


@pytest.mark.parametrize(
    ("message", "request_", "expected"),
    [
        (
            "{cursor: $request.at, next_cursor: $response.next, results: $response.data.items}",
            QUERY,
            ir.Pagination("cursor", ("data", "items"), ("at",), next=("next",)),
        ),
        (
            "{cursor: $request.page.next, next_cursor: $response.next, results: $response.data.items}",
            BODY,
            ir.Pagination("cursor", ("data", "items"), ("page", "next"), "body", next=("next",)),
        ),
        (
            "{offset: $request.at, results: $response.data.items, step: $request.size, has-next-page: $response.more}",
            QUERY,
            ir.Pagination("offset", ("data", "items"), ("at",), step=("size",), has_next=("more",)),
        ),
        (
            "{next_uri: $response.next, results: $response.data.items}",
            QUERY,
            ir.Pagination("uri", ("data", "items"), next=("next",)),
        ),
        (
            "{next_path: $response.next, results: $response.data.items}",
            QUERY,
            ir.Pagination("path", ("data", "items"), next=("next",)),
        ),
        (
            "{type: custom, results: $response.data.items}",
            QUERY,
            ir.Pagination("custom", ("data", "items")),
        ),
        ("true", QUERY, ir.Pagination("offset", ("data", "items"), ("at",))),
        ("false", QUERY, None),
    ],
)
def test_pagination(message: str, request_: str, expected: ir.Pagination | None) -> None:
    api = "name: a\npagination: {offset: $request.at, results: $response.data.items}\n"
    result = one(f'{{path: "", pagination: {message}, {request_}, response: Page}}', api)
    assert result.pagination == expected


def test_waiters() -> None:
    result = one(
        '{path: "", response: Page, x-fiddlehead-waiter: {name: wait, property: $response.next, '
        "success: [done, over], failure: broken, interval: 2, timeout: 60, docs: Waits.}}"
    )
    assert result.waiter == ir.Waiter(
        "wait", ("next",), ("done", "over"), ("broken",), 2.0, 60.0, "Waits."
    )


# --- and the rest --------------------------------------------------------------------------------


def test_other_keys_of_an_endpoint() -> None:
    result = endpoint(
        """
        service:
          base-path: /
          auth: true
          url: Data
          idempotent: true
          availability: beta
          endpoints:
            go:
              display-name: Go away
              docs: Goes.
              path: ""
              method: DELETE
              url: Auth
              auth: false
              idempotent: false
              retries: {disabled: true}
              availability: {status: legacy, message: Stay.}
        """,
        """
name: a
auth: bearer
environments: {Prod: {urls: {Data: "https://d.x", Auth: "https://a.x"}}}
""",
    )
    assert (result.summary, result.doc, result.method) == ("Go away", "Goes.", "DELETE")
    assert (result.server, result.auth, result.idempotent, result.retries) == (
        "Auth",
        (),
        False,
        False,
    )
    assert result.availability == ir.Availability("deprecated", "Stay.")


def test_examples_of_calls() -> None:
    result = endpoint(
        """
        service:
          base-path: /
          endpoints:
            go:
              path: /{id}
              path-parameters: {id: string}
              request:
                name: Go
                query-parameters: {q: string}
                headers: {X-H: string}
                body: {properties: {a: integer}}
              errors: [Gone]
              examples:
                - name: One
                  docs: The usual.
                  path-parameters: {id: $Id.Good}
                  query-parameters: {q: b}
                  headers: {X-H: c, X-Global: d}
                  request: {a: 1}
                  response: {body: [$Id.Good, null]}
                - response: {error: Gone, body: e}
        types: {Id: {type: string, examples: [{name: Good, value: x-1}]}}
        errors: {Gone: {status-code: 410}}
        """,
        "name: a\nheaders: {X-Global: string}\n",
    )
    assert result.examples == (
        ir.Call(
            name="One",
            doc="The usual.",
            path={"id": "x-1"},
            query={"q": "b"},
            headers={"X-H": "c", "X-Global": "d"},
            body=ir.Default({"a": 1}),
            response=ir.Default(("x-1", None)),
        ),
        ir.Call(response=ir.Default("e"), error="main/Gone"),
    )
