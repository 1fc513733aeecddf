"""The constructor of a client in layout `fern`: which credentials it requires, and environments."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated, Any

import pydantic
import pytest

from ..runtime.server import Reply
from ..support import pipeline
from .workbench import bench, make

PATHS = """
paths:
  /ports:
    get: {{operationId: list_ports, tags: [ports], {first}responses: {{"200": {{description: ok}}}}}}
  /boats:
    get: {{operationId: list_boats, tags: [boats], {second}responses: {{"200": {{description: ok}}}}}}
components:
  securitySchemes:
    Token: {{type: http, scheme: bearer{more}}}
    Login: {{type: http, scheme: basic}}
"""


def required(folder: Path, first: str, second: str, more: str = "") -> set[str]:
    """The names of the required arguments of both clients."""
    built = make(folder, PATHS.format(first=first, second=second, more=more), layout="fern")
    return {
        argument.name
        for asynchronous in (False, True)
        for argument in built.package.root.constructor(asynchronous).arguments
        if argument.required
    }


TOKEN = "security: [{Token: []}], "
LOGIN = "security: [{Login: []}], "


def test_credential_is_required_where_every_endpoint_needs_it(tmp_path: Path) -> None:
    assert required(tmp_path / "a", TOKEN, TOKEN) == {"token"}
    assert required(tmp_path / "b", LOGIN, LOGIN) == {"username", "password"}


@pytest.mark.parametrize(
    ("first", "second", "more"),
    [
        (TOKEN, "", ""),
        (TOKEN, "security: [], ", ""),
        (TOKEN, LOGIN, ""),
        (TOKEN, TOKEN, ", x-fern-bearer: {env: ACME_TOKEN}"),
    ],
    ids=["one without", "one without, said", "two schemes", "environment variable"],
)
def test_credential_is_not_required_otherwise(
    tmp_path: Path, first: str, second: str, more: str
) -> None:
    assert required(tmp_path, first, second, more) == set()


def test_required_credential_is_sent(tmp_path: Path) -> None:
    with bench(tmp_path, PATHS.format(first=TOKEN, second=TOKEN, more=""), layout="fern") as built:
        built.client(token="sesame").ports.list_ports()
        assert built.server.seen[-1].headers["authorization"] == "Bearer sesame"
        with pytest.raises(TypeError, match="token"):
            built.client()


def test_client_wrapper_has_a_getter_for_the_token(tmp_path: Path) -> None:
    named = ", x-fern-bearer: {name: apiKey, env: ACME_KEY}"
    with bench(
        tmp_path, PATHS.format(first=TOKEN, second=TOKEN, more=named), layout="fern"
    ) as built:
        wrapper = built.client(api_key=lambda: "sesame")._client_wrapper
        assert wrapper._get_api_key() == wrapper._get_token() == "sesame"
        with pytest.raises(AttributeError, match="_get_timeout"):
            wrapper._get_timeout()


SERVERS = """openapi: 3.1.0
info: {{title: Acme, version: "1"}}
servers:
{servers}
paths:
  /ports: {{get: {{operationId: list_ports, responses: {{"200": {{description: ok}}}}}}}}
"""


def server(word: str, description: str = "", name: str = "") -> str:
    named = f", x-fern-server-name: {name}" if name else ""
    text = f", description: {description}" if description else ""
    return f'  - {{url: "https://{word}.acme.test"{text}{named}}}'


def environments(folder: Path, layout: str, *servers: str) -> tuple[list[str], pipeline.Generated]:
    built = make(folder, SERVERS.format(servers="\n".join(servers)), layout=layout)
    assert built.package.environment is not None
    return [member.name for member in built.package.environment.members], built


def test_description_of_a_server_is_a_name_only_for_two_words(tmp_path: Path) -> None:
    live = server("live", "Production (live keys)")
    assert environments(tmp_path, "fern", live)[0] == ["DEFAULT"]
    assert environments(tmp_path, "fern", server("live", "production"))[0] == ["PRODUCTION"]
    assert environments(tmp_path, "fern", server("box", "SANDBOX"))[0] == ["SANDBOX"]
    assert environments(tmp_path, "compact", live)[0] == ["PRODUCTION_LIVE_KEYS"]


def test_server_without_a_name_is_left_out_beside_one_with_a_name(tmp_path: Path) -> None:
    servers = [server("dev", "development"), server("live", "production")]
    names, built = environments(tmp_path, "fern", *servers)
    assert names == ["PRODUCTION"]
    assert [diagnostic.code for diagnostic in built.diagnostics.reported] == ["not-expressible"]
    assert "https://dev.acme.test" in built.diagnostics.reported[0].message
    assert environments(tmp_path, "compact", *servers)[0] == ["DEVELOPMENT", "PRODUCTION"]


def test_servers_without_names_are_all_environments(tmp_path: Path) -> None:
    servers = [server("live", "main"), server("dev", "staging")]
    assert environments(tmp_path, "fern", *servers)[0] == ["DEFAULT", "STAGING"]


NESTED = """
paths:
  /ports: {get: {x-fern-sdk-group-name: [ports], x-fern-sdk-method-name: list, responses: {"200": {description: ok}}}}
  /docks: {get: {x-fern-sdk-group-name: [ports, docks], x-fern-sdk-method-name: list, responses: {"200": {description: ok}}}}
  /asks: {get: {x-fern-sdk-group-name: [request], x-fern-sdk-method-name: list, responses: {"200": {description: ok}}}}
  /wraps: {get: {x-fern-sdk-group-name: [client_wrapper], x-fern-sdk-method-name: list, responses: {"200": {description: ok}}}}
"""


def test_hand_written_code_replaces_the_client_of_a_group(tmp_path: Path) -> None:
    with bench(tmp_path, NESTED, layout="fern") as built:
        ports = built.module("ports.client")

        class OwnPorts(ports.PortsClient):  # type: ignore[misc]  # generated code has no stubs
            def first(self) -> str:
                return "own"

        class Client(built.package.AcmeClient):  # type: ignore[misc]  # the same
            def __init__(self, **arguments: object) -> None:
                super().__init__(**arguments)
                assert self._ports is None
                self._ports = OwnPorts(client_wrapper=self._client_wrapper)

        client = Client(base_url=built.server.url)
        assert client.ports.first() == "own"
        client.ports.list()
        stub = object()
        client._ports = stub
        assert client.ports is stub
        other = built.client()
        assert other.ports is other.ports is other._ports
        assert other.ports.docks is other.ports._docks


def test_groups_with_names_of_private_attributes_are_called(tmp_path: Path) -> None:
    with bench(tmp_path, NESTED, layout="fern") as built:
        client = built.client()
        for group in (client.request, client.client_wrapper, client.ports.docks):
            group.list()
            group.with_raw_response.list()
        assert [item.target for item in built.server.seen][::2][:3] == [
            "/asks",
            "/wraps",
            "/docks",
        ]


CHALLENGE = """
paths:
  /challenge:
    get:
      x-fern-sdk-group-name: [doors]
      x-fern-sdk-method-name: challenge
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: object
                required: [challenge]
                properties:
                  challenge:
                    oneOf:
                      - {type: object, required: [kind, data], properties: {kind: {type: string, enum: [qr]}, data: {type: string}}}
                      - {type: object, required: [kind, code], properties: {kind: {type: string, enum: [none]}, code: {type: string}}}
"""


def test_variants_of_a_union_are_in_its_module(tmp_path: Path) -> None:
    with bench(tmp_path, CHALLENGE, layout="fern") as built:
        folder = "doors.types.challenge_doors_response_challenge"
        union, variant = built.module(folder), built.module(f"{folder}_qr")
        assert union.QrChallengeDoorsResponseChallenge.__bases__ == (
            variant.ChallengeDoorsResponseChallengeQr,
        )
        assert union.NoneChallengeDoorsResponseChallenge(code="1").kind == "none"
        assert not hasattr(variant, "QrChallengeDoorsResponseChallenge")


def test_unions_of_models_that_are_written_by_hand(tmp_path: Path) -> None:
    """docs/from-fern.md says what to write in place of `Field(discriminator=…)`."""
    with bench(tmp_path, CHALLENGE, layout="fern") as built:
        union = built.module("doors.types.challenge_doors_response_challenge")
        models = built.module("core.pydantic_utilities")
        qr = union.QrChallengeDoorsResponseChallenge
        empty = union.NoneChallengeDoorsResponseChallenge

        def tag(value: Any) -> Any:
            return value.get("kind") if isinstance(value, dict) else value.kind

        tagged = Annotated[
            Annotated[qr, pydantic.Tag("qr")] | Annotated[empty, pydantic.Tag("none")],
            pydantic.Discriminator(tag),
        ]
        for annotation in (qr | empty, tagged, union.ChallengeDoorsResponseChallenge):
            read = models.parse_obj_as(annotation, {"kind": "none", "code": "1"})
            assert type(read) is empty
            by_hand = pydantic.create_model("ByHand", door=(annotation, ...))
            assert type(by_hand.model_validate({"door": {"kind": "none", "code": "1"}}).door) is empty  # type: ignore[attr-defined]  # the field is made here
        with pytest.raises(pydantic.PydanticUserError, match="Literal"):
            pydantic.TypeAdapter(Annotated[qr | empty, pydantic.Field(discriminator="kind")])


@pytest.mark.parametrize("name", ["AcmeClient", "AsyncAcmeClient"])
def test_a_missing_credential_is_an_api_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """As in Fern's clients, whose users catch ``ApiError``; the text says what is missing."""
    monkeypatch.delenv("ACME_TOKEN", raising=False)
    paths = PATHS.format(first=TOKEN, second=TOKEN, more=", x-fern-bearer: {env: ACME_TOKEN}")
    with bench(tmp_path, paths, layout="fern") as it:
        error = it.module("core.api_error").ApiError
        with pytest.raises(error, match="ACME_TOKEN") as raised:
            getattr(it.package, name)(base_url=it.server.url)
        assert isinstance(raised.value, it.package.MissingCredentialError)
        assert raised.value.status_code is None and "ACME_TOKEN" in raised.value.body


ENVIRONMENTS = {
    "api.yml": """
name: acme
{default}environments:
  Production: {production}
  Staging: {staging}
""",
    "ports.yml": """
service:
  auth: false
  base-path: /ports
  endpoints: {list: {path: "", method: GET, url: A}}
""",
}


def definition(production: str, staging: str, default: str = "") -> dict[str, str]:
    message = f"default-environment: {default}\n" if default else ""
    text = ENVIRONMENTS["api.yml"].replace("{default}", message)
    api = text.replace("{production}", production).replace("{staging}", staging)
    service = ENVIRONMENTS["ports.yml"]
    if "urls" not in production:
        service = service.replace(", url: A", "")
    return {"api.yml": api, "ports.yml": service}


@pytest.mark.parametrize("default", ["", "Staging"])
def test_an_environment_is_required_where_none_is_the_default(tmp_path: Path, default: str) -> None:
    texts = definition("https://a.test", "https://b.test", default)
    with bench(tmp_path, texts, layout="fern") as it:
        client = it.package.AcmeClient
        parameter = inspect.signature(client).parameters["environment"]
        members = it.package.AcmeClientEnvironment
        assert parameter.default is (members.STAGING if default else None)
        sdk = client(environment=members.PRODUCTION)
        assert sdk._client_wrapper.get_base_url() == "https://a.test"
        it.server.default = Reply(204)
        client(base_url=it.server.url).ports.list()
        assert it.server.seen[0].target == "/ports"
        if default:
            assert client()._client_wrapper.get_base_url() == "https://b.test"
            return
        for item in (client, it.package.AsyncAcmeClient):
            with pytest.raises(ValueError, match="base_url or environment"):
                item()


def test_an_environment_of_several_urls_is_required_without_a_default(tmp_path: Path) -> None:
    texts = definition('{urls: {A: "https://a.test", B: "https://b.test"}}', "{urls: {A: x, B: y}}")
    with bench(tmp_path, texts, layout="fern") as it:
        client, environment = it.package.AcmeClient, it.package.AcmeClientEnvironment
        with pytest.raises(TypeError, match="environment"):
            client()
        it.server.default = Reply(204)
        client(environment=environment(a=it.server.url, b="x")).ports.list()
        assert it.server.seen[0].target == "/ports"
