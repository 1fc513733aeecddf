"""Client-wide parts of a description: servers, security, headers; and webhooks."""

from __future__ import annotations

import pytest
from fiddlehead import ir

from .descriptions import HEAD, Read, read, show, spell

GET = "get: {responses: {}}"


def environments(servers: str, operation: str = GET) -> tuple[ir.Environment, ...]:
    return read(f"{HEAD}servers: {servers}\npaths: {{/a: {{{operation}}}}}\n").api.environments


def test_environments() -> None:
    assert environments("[{url: 'https://a.example/'}]") == (
        ir.Environment("Default", {"": ir.Server("https://a.example")}),
    )
    named = environments(
        "[{url: 'https://a.example', x-fern-server-name: Live},"
        " {url: 'https://b.example', description: Test},"
        " {url: 'https://c.example/v1', description: For all of those who like to try things.}]"
    )
    assert [declared.name for declared in named] == ["Live", "Test", "c example v1"]


def test_a_url_without_a_scheme_is_https() -> None:
    (result,) = environments("[{url: //a.example/v1}]")
    assert result.servers[""] == ir.Server("https://a.example/v1")


def test_a_url_with_variables() -> None:
    (result,) = environments(
        "[{url: 'https://{region}.example', x-fern-default-url: 'https://example',"
        " variables: {region: {default: eu, enum: [eu, us], description: Where.}}}]"
    )
    assert result.servers[""] == ir.Server(
        "https://{region}.example",
        (ir.ServerVariable("region", "eu", ("eu", "us"), doc="Where."),),
        "https://example",
    )


def test_operations_with_servers_of_their_own() -> None:
    result = read(f"""{HEAD}servers: [{{url: 'https://a.example'}}]
paths:
  /a: {{get: {{operationId: a, responses: {{}}}}}}
  /b:
    get:
      operationId: b
      servers: [{{url: 'https://auth.example', x-fern-server-name: Auth}}]
      responses: {{}}
""")
    assert result.api.environments == (
        ir.Environment(
            "Default",
            {"Base": ir.Server("https://a.example"), "Auth": ir.Server("https://auth.example")},
        ),
    )
    assert {name: endpoint.server for name, endpoint in result.endpoints.items()} == {
        "a": "Base",
        "b": "Auth",
    }


def test_wrong_servers() -> None:
    result = Read(f"{HEAD}servers: [{{}}, {{url: 'https://{{x}}.a'}}, 3]\npaths: {{}}\n")
    assert [problem.split(": ", 1)[1] for problem in result.problems] == [
        "warning[bad-server]: a server has no 'url'; it is left out",
        "warning[bad-server]: '{x}' of the URL is not a variable of the server; it is left out",
        "warning[wrong-type]: expected a mapping for a server, found a number; it is left out",
    ]


# --- security ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "{type: http, scheme: bearer, x-fern-bearer: {name: apiKey, env: KEY}}",
            ir.AuthScheme("S", "bearer", (ir.Credential("apiKey", env="KEY"),)),
        ),
        (
            "{type: http, scheme: bearer, x-fern-token-variable-name: key}",
            ir.AuthScheme("S", "bearer", (ir.Credential("key"),)),
        ),
        (
            "{type: http, scheme: basic, x-fern-basic: "
            "{username: {name: id, env: ID}, password: {name: secret, omit: true}}}",
            ir.AuthScheme(
                "S",
                "basic",
                (ir.Credential("id", env="ID"), ir.Credential("secret", optional=True)),
            ),
        ),
        (
            "{type: http, scheme: Basic}",
            ir.AuthScheme("S", "basic", (ir.Credential("username"), ir.Credential("password"))),
        ),
        (
            "{type: http, scheme: GenieKey}",
            ir.AuthScheme(
                "S", "header", (ir.Credential("token"),), key="Authorization", prefix="GenieKey "
            ),
        ),
        (
            "{type: apiKey, in: header, name: X-Key, "
            "x-fern-header: {name: token, env: KEY, prefix: 'Token '}}",
            ir.AuthScheme(
                "S", "header", (ir.Credential("token", env="KEY"),), key="X-Key", prefix="Token "
            ),
        ),
        (
            "{type: apiKey, in: query, name: key}",
            ir.AuthScheme("S", "query", (ir.Credential("apiKey"),), key="key"),
        ),
        (
            "{type: apiKey, in: cookie, name: sid}",
            ir.AuthScheme("S", "cookie", (ir.Credential("apiKey"),), key="sid"),
        ),
        (
            "{type: oauth2, flows: {clientCredentials: {tokenUrl: /t, scopes: {b: x, a: y}}}}",
            ir.AuthScheme("S", "bearer", (ir.Credential("token"),), scopes=("a", "b")),
        ),
        (
            "{type: openIdConnect, openIdConnectUrl: /o, description: Sign in.}",
            ir.AuthScheme("S", "bearer", (ir.Credential("token"),), doc="Sign in."),
        ),
    ],
)
def test_security_schemes(written: str, expected: ir.AuthScheme) -> None:
    result = read(f"{HEAD}paths: {{}}\ncomponents: {{securitySchemes: {{S: {written}}}}}\n")
    assert result.api.auth_schemes == {"S": expected}
    assert result.api.auth == (("S",),)


def test_security_requirements() -> None:
    result = read(f"""{HEAD}security: [{{A: []}}, {{B: [], C: []}}, {{}}]
paths:
  /a: {{get: {{operationId: a, responses: {{}}}}}}
  /b: {{get: {{operationId: b, security: [], responses: {{}}}}}}
  /c: {{get: {{operationId: c, security: [{{B: [x]}}], responses: {{}}}}}}
components:
  securitySchemes:
    A: {{type: http, scheme: bearer}}
    B: {{type: http, scheme: basic}}
    C: {{type: apiKey, in: header, name: K}}
""")
    assert result.api.auth == (("A",), ("B", "C"), ())
    assert {name: endpoint.auth for name, endpoint in result.endpoints.items()} == {
        "a": None,
        "b": (),
        "c": (("B",),),
    }


def test_wrong_security() -> None:
    result = Read(f"""{HEAD}security: [{{Nope: []}}]
paths: {{}}
components:
  securitySchemes:
    A: {{type: magic}}
    B: {{type: http}}
    C: {{type: apiKey, in: body, name: x}}
    D: {{type: mutualTLS}}
    E: {{}}
""")
    assert result.problems == [
        "openapi.yaml:3:13: warning[unknown-security-scheme]: unknown security scheme 'Nope'; no credential is sent for it",
        "openapi.yaml:7:15: warning[bad-security-scheme]: 'magic' is not a type of security schemes; it is left out",
        "openapi.yaml:8:8: warning[bad-security-scheme]: the security scheme 'B' has no 'scheme'; it is left out",
        "openapi.yaml:9:27: warning[bad-security-scheme]: an API key must be in header, query or cookie, not in 'body'; it is left out",
        "openapi.yaml:10:8: warning[not-expressible]: 'D' is left out: pass an HTTP client with the certificate",
        "openapi.yaml:11:8: warning[bad-security-scheme]: the security scheme 'E' has no 'type'; it is left out",
    ]


# --- headers -----------------------------------------------------------------------------------


def test_global_headers_and_queries() -> None:
    result = read(f"""{HEAD}x-fern-global-headers:
  - {{header: X-API-Version, name: version, type: 'literal<"2">'}}
  - {{header: X-Tenant, env: TENANT, optional: true, docs: Whose.}}
  - {{header: region, x-fern-default: eu}}
x-fern-global-parameters:
  trace: {{in: query, schema: {{type: boolean}}}}
x-fern-idempotency-headers: [{{header: Idempotency-Key, name: key}}]
x-fern-version: {{header: X-V, default: "2", values: ["1", "2"]}}
paths:
  /a:
    get: {{parameters: [{{name: X-Tenant, in: header}}], responses: {{}}}}
""")
    text = ir.Primitive("string")
    assert result.api.headers == (
        ir.Parameter(
            "X-API-Version",
            "header",
            ir.Literal("2"),
            True,
            rename="version",
            style="simple",
            explode=False,
        ),
        ir.Parameter(
            "X-Tenant",
            "header",
            text,
            False,
            doc="Whose.",
            rename="Tenant",
            style="simple",
            explode=False,
            env="TENANT",
        ),
        ir.Parameter(
            "region",
            "header",
            text,
            False,
            client_default=ir.Default("eu"),
            style="simple",
            explode=False,
        ),
    )
    assert result.endpoint.parameters == ()
    assert [(declared.name, spell(declared.type)) for declared in result.api.query] == [
        ("trace", "boolean")
    ]
    assert [header.rename for header in result.api.idempotency_headers] == ["key"]
    assert result.api.version_header == ir.VersionHeader("X-V", ("1", "2"), "2")


def test_a_header_that_nearly_all_operations_have_is_the_clients() -> None:
    header = "parameters: [{name: X-Client, in: header, schema: {type: string}}], "

    def described(*marks: bool) -> Read:
        lines = [
            f"  /p{index}: {{get: {{{header if mark else ''}responses: {{}}}}}}"
            for index, mark in enumerate(marks)
        ]
        return read(f"{HEAD}paths:\n" + "\n".join(lines))

    promoted = described(True, True, True, False)
    assert [header.name for header in promoted.api.headers] == ["X-Client"]
    assert all(not endpoint.parameters for endpoint in promoted.endpoints.values())
    assert described(True, True, False, False).api.headers == ()
    assert described(True, True, True).api.headers == ()


# --- webhooks ----------------------------------------------------------------------------------


def test_webhooks_and_callbacks() -> None:
    result = read(f"""{HEAD}x-fern-webhook-signature:
  {{type: hmac, header: x-sig, encoding: base64, payload-format: {{components: [timestamp, body]}},
    timestamp: {{header: x-ts, tolerance: 60}}}}
webhooks:
  created:
    post:
      description: Made.
      parameters: [{{name: X-Id, in: header, schema: {{type: string}}}}]
      requestBody:
        content:
          application/json: {{schema: {{properties: {{a: {{type: string}}}}}}, example: {{a: x}}}}
      responses: {{}}
paths:
  /hook:
    post:
      x-fern-webhook: true
      operationId: hooked
      requestBody: {{content: {{application/json: {{schema: {{type: string}}}}}}}}
      responses: {{}}
  /jobs:
    post:
      operationId: start
      tags: [jobs]
      responses: {{}}
      callbacks:
        done:
          '{{$request.body#/url}}':
            post:
              requestBody:
                content: {{application/json: {{schema: {{properties: {{b: {{type: string}}}}}}}}}}
              responses: {{}}
""")
    created, hooked, done = result.api.webhooks
    assert (created.name, created.doc, spell(created.payload)) == (
        ("created",),
        "Made.",
        "created.Payload",
    )
    assert [header.name for header in created.headers] == ["X-Id"]
    assert created.examples == (ir.Example({"a": "x"}),)
    assert created.signature == ir.WebhookSignature(
        "x-sig",
        encoding="base64",
        components=("timestamp", "body"),
        timestamp_header="x-ts",
        tolerance=60.0,
    )
    assert (hooked.name, spell(hooked.payload)) == (("hooked",), "string")
    assert (done.name, done.package, spell(done.payload)) == (
        ("start", "done"),
        ("jobs",),
        "jobs/start.done.Payload",
    )
    assert show(result["start.done.Payload"]) == {"b~": "string"}
    assert result.api.operations_found == 1


SCHEMES = """
  securitySchemes:
    Key: {type: http, scheme: bearer}
    Admin: {type: http, scheme: bearer}
    OAuth: {type: oauth2, flows: {}}
    First: {type: apiKey, in: header, name: X-First}
    Second: {type: apiKey, in: query, name: second}
    Named: {type: apiKey, in: header, name: X-Named, x-fern-header: {name: apiKey}}
    User: {type: http, scheme: basic}
"""


@pytest.mark.parametrize(
    ("root", "operation", "names"),
    [
        ("[{Key: []}]", "[{Admin: []}]", {"Key": "token", "Admin": "Admin"}),
        ("[{Key: []}, {OAuth: []}]", "[{Admin: []}]", {"Key": "token", "OAuth": "token"}),
        ("[]", "[{Key: []}, {OAuth: []}]", {"Admin": "Admin"}),
        ("[{First: [], Second: []}]", "[]", {"First": "First", "Second": "Second"}),
        ("[{First: []}]", "[{Second: []}]", {"First": "apiKey", "Second": "Second"}),
        ("[{Key: []}]", "[{User: []}]", {"User": "username"}),
        ("[{Key: []}]", "[{Named: []}]", {"Named": "apiKey"}),
    ],
)
def test_credentials_of_several_schemes(root: str, operation: str, names: dict[str, str]) -> None:
    result = read(
        f"{HEAD}security: {root}\npaths: {{/a: {{get: {{security: {operation}, responses: {{}}}}}}}}\n"
        f"components:{SCHEMES}"
    )
    named = {id: scheme.credentials[0].name for id, scheme in result.api.auth_schemes.items()}
    assert {id: named[id] for id in names} == names
