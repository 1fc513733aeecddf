"""api.yml: environments, authentication, client-wide values, and events."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fiddlehead import fern, ir
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.source import Sources

from .definitions import SETTINGS, Read, endpoint, read

STRING = ir.Primitive("string")
NOTHING = "types: {T: string}\n"


def api(text: str, main: str = NOTHING) -> ir.Api:
    return read(main, f"name: acme\n{text}").api


def test_names_and_docs() -> None:
    result = api("display-name: Acme API\ndocs: |\n  Makes things.\n")
    assert (result.title, result.doc, result.version) == ("Acme API", "Makes things.", None)
    assert api("").title == "acme"


def test_environments() -> None:
    result = api("""
default-environment: Prod
environments:
  Prod: https://api.acme.dev
  Staging: {url: "https://s.acme.dev", docs: For tests.}
  Regional:
    url: https://api.acme.dev
    url-template: https://{region}.acme.dev
    variables: [{id: region, default: eu, values: [eu, us]}]
""")
    assert result.default_environment == "Prod"
    assert result.environments == (
        ir.Environment("Prod", {"": ir.Server("https://api.acme.dev")}),
        ir.Environment("Staging", {"": ir.Server("https://s.acme.dev")}, "For tests."),
        ir.Environment(
            "Regional",
            {
                "": ir.Server(
                    "https://{region}.acme.dev",
                    (ir.ServerVariable("region", "eu", ("eu", "us")),),
                    "https://api.acme.dev",
                )
            },
        ),
    )


def test_environments_of_several_urls() -> None:
    service = "service: {base-path: /, endpoints: {go: {path: ''}, auth: {path: /t, url: Auth}}}"
    result = read(
        service,
        """
name: acme
default-url: Api
environments:
  Prod:
    urls: {Api: "https://a.x", Auth: "https://b.x"}
    url-templates: {Api: "https://{r}.x"}
    default-urls: {Api: "https://c.x"}
    variables: {Api: [{id: r}]}
""",
    )
    assert result.api.environments[0].servers == {
        "Api": ir.Server("https://{r}.x", (ir.ServerVariable("r"),), "https://c.x"),
        "Auth": ir.Server("https://b.x"),
    }
    assert [item.server for item in result.endpoints.values()] == ["Api", "Auth"]


TOKEN = """
types: {Token: {properties: {access_token: string, expires: integer}}}
service:
  auth: false
  base-path: /
  endpoints:
    get:
      path: /token
      request:
        name: Get
        headers: {X-Tenant: string}
        body: {properties: {id: string, secret: {type: optional<string>, name: password}, grant: 'literal<"x">'}}
      response: Token
"""


@pytest.mark.parametrize(
    ("auth", "scheme", "alternatives"),
    [
        (
            "auth: bearer",
            ir.AuthScheme("bearer", "bearer", (ir.Credential("token"),)),
            (("bearer",),),
        ),
        (
            "auth: basic",
            ir.AuthScheme("basic", "basic", (ir.Credential("username"), ir.Credential("password"))),
            (("basic",),),
        ),
        (
            "auth: {scheme: A}\nauth-schemes: {A: {scheme: bearer, docs: Keys., token: {name: apiKey, env: KEY}}}",
            ir.AuthScheme("A", "bearer", (ir.Credential("apiKey", "KEY"),), doc="Keys."),
            (("A",),),
        ),
        (
            "auth: A\nauth-schemes: {A: {scheme: basic, username: {name: id, env: ID}, password: {omit: true}}}",
            ir.AuthScheme(
                "A", "basic", (ir.Credential("id", "ID"),), properties={"omit": "password"}
            ),
            (("A",),),
        ),
        (
            "auth: A\nauth-schemes: {A: {header: X-Key, name: key, env: K, prefix: 'Token ', type: optional<string>}}",
            ir.AuthScheme(
                "A", "header", (ir.Credential("key", "K", optional=True),), "X-Key", "Token "
            ),
            (("A",),),
        ),
        (
            "auth: {any: [A, {scheme: bearer}]}\nauth-schemes: {A: {header: X-Key}}",
            ir.AuthScheme("A", "header", (ir.Credential("X-Key"),), "X-Key"),
            (("A",), ("bearer",)),
        ),
        (
            "auth: {all: [A, bearer]}\nauth-schemes: {A: {header: X-Key}}",
            ir.AuthScheme("A", "header", (ir.Credential("X-Key"),), "X-Key"),
            (("A", "bearer"),),
        ),
        (
            """
auth: A
imports: {main: main.yml}
auth-schemes:
  A:
    scheme: oauth
    type: client-credentials
    client-id-env: ID
    client-secret-env: SECRET
    scopes: [read]
    token-header: X-T
    token-prefix: T
    get-token:
      endpoint: main.get
      request-properties: {client-id: $request.id, client-secret: $request.secret}
      response-properties: {access-token: $response.access_token, expires-in: $response.expires}
    refresh-token: {endpoint: main.get, request-properties: {refresh-token: $request.refresh}}
""",
            ir.AuthScheme(
                "A",
                "oauth",
                (ir.Credential("client_id", "ID"), ir.Credential("client_secret", "SECRET")),
                "X-T",
                "T",
                None,
                "POST /token",
                "POST /token",
                scopes=("read",),
                properties={
                    "client-id": "id",
                    "client-secret": "secret",
                    "access-token": "access_token",
                    "expires-in": "expires",
                    "refresh-request-token": "refresh",
                },
            ),
            (("A",),),
        ),
        (
            """
auth: A
imports: {main: main.yml}
auth-schemes:
  A:
    scheme: inferred
    get-token:
      endpoint: main.get
      expiry-response-property: $response.expires
      authenticated-request-headers:
        - {header-name: Authorization, response-property: $response.access_token, value-prefix: "T "}
""",
            ir.AuthScheme(
                "A",
                "inferred",
                (
                    ir.Credential("X-Tenant"),
                    ir.Credential("id"),
                    ir.Credential("password", optional=True),
                ),
                token_endpoint="POST /token",
                properties={"expires-in": "expires", "Authorization": ("access_token", "T ")},
            ),
            (("A",),),
        ),
    ],
)
def test_authentication(
    auth: str, scheme: ir.AuthScheme, alternatives: tuple[tuple[str, ...], ...]
) -> None:
    result = api(auth, TOKEN)
    assert result.auth == alternatives
    assert result.auth_schemes[scheme.id] == scheme


@pytest.mark.parametrize(
    ("service", "own", "expected"),
    [
        ("", "", None),
        ("auth: true, ", "", None),
        ("auth: false, ", "", ()),
        ("auth: false, ", "auth: true, ", None),
        (
            "",
            "auth: [{bearer: []}, {bearer: [], basic: []}, {}], ",
            (("bearer",), ("bearer", "basic"), ()),
        ),
        ("", "security: [basic], ", (("basic",),)),
    ],
)
def test_authentication_of_an_endpoint(
    service: str, own: str, expected: tuple[tuple[str, ...], ...] | None
) -> None:
    text = f"service: {{{service}base-path: /, endpoints: {{go: {{{own}path: ''}}}}}}"
    assert endpoint(text, "name: a\nauth: bearer\n").auth == expected


def test_an_endpoint_with_unknown_schemes_has_the_authentication_of_the_api() -> None:
    result = Read(
        {
            "main.yml": "service: {auth: false, base-path: /, endpoints: {go: {path: '', auth: [{A: [x]}]}}}",
            "api.yml": "name: a\nauth: bearer\n",
        }
    )
    assert result.endpoints["main.go"].auth is None
    assert [problem.partition(": ")[2] for problem in result.problems] == [
        "warning[unresolved-reference]: unknown authentication scheme 'A'"
    ]


def test_authentication_that_each_endpoint_chooses() -> None:
    result = read(
        "service: {auth: true, base-path: /, endpoints: {any: {path: /a}, one: {path: /b, auth: [{B: []}]}}}",
        "name: a\nauth: {endpoint-security: {}}\nauth-schemes: {A: {header: X-A}, B: {header: X-B}}\n",
    )
    assert result.api.auth == ()
    assert [item.auth for item in result.endpoints.values()] == [(("A",), ("B",)), (("B",),)]


def test_client_wide_values() -> None:
    result = api("""
headers:
  X-Name: {type: optional<string>, name: client, env: NAME, docs: Who.}
  X-Fixed: literal<"1">
idempotency-headers: {Idempotency-Key: string}
variables: {tenant: string, key: {type: uuid, docs: Opens., env: KEY}}
version:
  header: X-Version
  default: v1
  values: [v1, {name: two, value: v2}]
global-parameters:
  region: {in: query, default: eu, env: REGION}
  tenant: {in: header, target: X-Tenant, docs: Whose., type: integer, parameter-name: org}
""")
    header = {"style": "simple", "explode": False}
    assert result.headers == (
        ir.Parameter(
            "X-Name", "header", STRING, False, doc="Who.", rename="client", env="NAME", **header  # type: ignore[arg-type]
        ),
        ir.Parameter("X-Fixed", "header", ir.Literal("1"), True, **header),  # type: ignore[arg-type]
        ir.Parameter(
            "X-Tenant", "header", ir.Primitive("integer"), True, doc="Whose.", rename="org", **header  # type: ignore[arg-type]
        ),
    )
    assert result.query == (
        ir.Parameter(
            "region",
            "query",
            STRING,
            False,
            rename="region",
            client_default=ir.Default("eu"),
            env="REGION",
        ),
    )
    assert [header.name for header in result.idempotency_headers] == ["Idempotency-Key"]
    assert result.variables == (
        ir.Variable("tenant", STRING),
        ir.Variable("key", ir.Primitive("uuid"), "Opens.", "KEY"),
    )
    assert result.version_header == ir.VersionHeader("X-Version", ("v1", "v2"), "v1")


def test_errors_by_status_and_by_a_property() -> None:
    errors = (
        "errors: {Gone: {status-code: 410, docs: No more., type: string}, Any: {status-code: 5XX}}"
    )
    assert api("", errors).errors == {
        "main/Gone": ir.Error("", ir.Name(("Gone",), True), "410", STRING, "No more.", ("main",)),
        "main/Any": ir.Error("", ir.Name(("Any",), True), "5XX", None, None, ("main",), empty=True),
    }
    result = api("error-discrimination: {strategy: property, property-name: errorName}", errors)
    assert result.error_property == "errorName"
    assert result.errors["main/Gone"].discriminant == "Gone"
    assert api("error-discrimination: {strategy: status-code}", errors).error_property is None


def test_webhooks() -> None:
    result = api(
        "",
        """
webhook-signature:
  type: hmac
  header: X-Sig
  algorithm: sha512
  encoding: base64
  signature-prefix: "v="
  payload-format: {components: [timestamp, body], delimiter: ":"}
  timestamp: {header: X-Time, tolerance: 60}
types: {Paid: {properties: {id: string}}}
webhooks:
  paid:
    docs: Money came.
    method: POST
    headers: {X-Id: string}
    payload: Paid
    examples: [{name: One, payload: {id: a}}]
  left: {method: GET, payload: {name: LeftPayload, extends: Paid, properties: {why: string}}, signature: {header: X-Own}}
  bare: {payload: {properties: {a: string}}}
""",
    ).webhooks
    signature = ir.WebhookSignature(
        "X-Sig", "sha512", "base64", "v=", ("timestamp", "body"), ":", "X-Time", 60.0
    )
    assert result == (
        ir.Webhook(
            ("paid",),
            ir.Ref("main/Paid"),
            ("main",),
            doc="Money came.",
            headers=(ir.Parameter("X-Id", "header", STRING, True, style="simple", explode=False),),
            examples=(ir.Example({"id": "a"}, "One"),),
            signature=signature,
        ),
        ir.Webhook(
            ("left",),
            ir.Ref("main/LeftPayload"),
            ("main",),
            "GET",
            signature=ir.WebhookSignature("X-Own"),
        ),
        ir.Webhook(("bare",), ir.Ref("main/bare.Payload"), ("main",), signature=signature),
    )


def test_channels() -> None:
    result = api(
        "",
        """
channel:
  path: /live/{id}
  docs: Talks.
  auth: false
  connect-method-name: open
  path-parameters: {id: string}
  query-parameters: {model: optional<string>}
  headers: {X-H: string}
  messages:
    send: {origin: client, body: string, docs: Says.}
    heard: {origin: server, body: {name: Heard, properties: {text: string}}}
""",
    )
    ((package, channel),) = ir.channels(result.root)
    assert (channel.name, channel.path, package) == (("open",), "/live/{id}", ("main",))
    assert (channel.auth, channel.exact) == ((), True)
    assert [parameter.name for parameter in channel.parameters] == ["id", "model", "X-H"]
    assert channel.messages == (
        ir.Message("send", "client", STRING, "Says.", "text"),
        ir.Message("heard", "server", ir.Ref("main/Heard")),
    )
    assert isinstance(result.declarations["main/Heard"], ir.Model)


@pytest.mark.parametrize("inner", ["", "definition", "fern/definition"])
def test_the_folder_may_be_above_the_definition(tmp_path: Path, inner: str) -> None:
    folder = tmp_path / inner
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "api.yml").write_text("name: acme\n", encoding="utf-8")
    (folder / "a.yml").write_text("types: {T: string}\n", encoding="utf-8")
    for spec in {tmp_path, folder / "api.yml"}:
        diagnostics = Diagnostics()
        result = fern.read(
            replace(SETTINGS, spec=spec), Sources(diagnostics, tmp_path), diagnostics
        )
        assert not diagnostics.reported and list(result.declarations) == ["a/T"]


def test_the_order_of_files_on_disk_does_not_matter() -> None:
    files = {"b.yml": "types: {B: string}", "a.yml": "types: {A: string}", "c.yml": NOTHING}
    one, other = Read(files), Read(dict(reversed(files.items())))
    assert one.api == other.api and list(one.api.declarations) == list(other.api.declarations)
