"""API settings of generators.yml take precedence over the description."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from fiddlehead import config, ir, openapi
from fiddlehead.diagnostics import Diagnostics, InvalidInput
from fiddlehead.fern import overrides
from fiddlehead.source import Sources

SPEC = """\
openapi: 3.1.0
info: {title: Acme, version: "1"}
servers: [{url: "https://described.example"}]
components:
  securitySchemes:
    Described: {type: http, scheme: bearer}
security: [{Described: []}]
paths:
  /oauth/token:
    post:
      operationId: getToken
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [client_id, client_secret]
              properties: {client_id: {type: string}, client_secret: {type: string}}
      responses:
        "200":
          description: A token.
          content:
            application/json:
              schema: {type: object, properties: {access_token: {type: string}}}
"""
GROUPS = "groups: {python: {generators: [{name: fernapi/fern-python-sdk}]}}\n"


def read(folder: Path, settings_text: str, diagnostics: Diagnostics | None = None) -> ir.Api:
    (folder / "spec.yaml").write_text(SPEC)
    (folder / "generators.yml").write_text(settings_text + GROUPS)
    diagnostics = diagnostics or Diagnostics()
    arguments = {"spec": folder / "spec.yaml", "output": folder, "package": "acme"}
    settings = config.load(folder / "generators.yml", arguments, diagnostics, folder)
    api = openapi.read(settings, Sources(diagnostics, folder), diagnostics)
    api = overrides.apply(api, settings, diagnostics)
    diagnostics.stop_on_errors()
    return api


def test_without_a_word_nothing_changes(tmp_path: Path) -> None:
    api = read(tmp_path, "")
    assert api.auth == (("Described",),)


def test_a_header_scheme_in_place_of_the_described_one(tmp_path: Path) -> None:
    api = read(
        tmp_path,
        "auth-schemes: {Key: {header: X-Key, name: apiKey, env: ACME_KEY, prefix: 'Token '}}\n"
        "api: {auth: Key}\n",
    )
    assert api.auth == (("Key",),)
    key = api.auth_schemes["Key"]
    assert (key.kind, key.key, key.prefix) == ("header", "X-Key", "Token ")
    assert key.credentials == (ir.Credential("apiKey", "ACME_KEY"),)


def test_either_of_two_schemes(tmp_path: Path) -> None:
    api = read(
        tmp_path, "auth-schemes: {Key: {header: X-Key}}\napi: {auth: {any: [Key, Described]}}\n"
    )
    assert api.auth == (("Key",), ("Described",))


def test_oauth_names_its_endpoint_as_openapi_does(tmp_path: Path) -> None:
    api = read(
        tmp_path,
        "auth-schemes: {O: {scheme: oauth, type: client-credentials, client-id-env: ID, "
        "client-secret-env: SECRET, get-token: {endpoint: post /oauth/token}}}\napi: {auth: O}\n",
    )
    assert api.auth_schemes["O"].token_endpoint == "POST /oauth/token"


def test_environments_and_headers(tmp_path: Path) -> None:
    api = read(
        tmp_path,
        "api:\n"
        "  environments: {Live: https://live.example, Test: https://test.example}\n"
        "  default-environment: Test\n"
        "  headers: {X-Version: {name: version, type: 'literal<\"7\">'}, X-Team: optional<string>}\n",
    )
    assert [environment.name for environment in api.environments] == ["Live", "Test"]
    assert api.default_environment == "Test"
    version, team = api.headers
    assert (version.name, version.rename, version.type) == ("X-Version", "version", ir.Literal("7"))
    assert (team.name, team.required) == ("X-Team", False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "api: {auth: Nobody}",
            "1:13: error[unreadable-auth]: unknown scheme 'Nobody'",
        ),
        (
            "auth-schemes: {O: {scheme: oauth, get-token: {endpoint: POST /gone}}}",
            "1:57: warning[unresolved-reference]: unknown endpoint 'POST /gone'",
        ),
        ("auth-schemes: {K: {scheme: magic}}", "1:28: warning[bad-value]"),
        ("api: {headers: {'bad name': string}}", "1:17: warning[bad-value]"),
        ("api: {environments: {A: 'no url'}}", "1:25: warning[bad-value]"),
        (
            "api: {environments: {A: 'https://a.example'}, default-environment: B}",
            "1:68: warning[unresolved-reference]: unknown environment 'B'",
        ),
    ],
)
def test_an_invalid_override_is_reported_at_its_location(
    tmp_path: Path, text: str, message: str
) -> None:
    diagnostics = Diagnostics()
    with contextlib.suppress(InvalidInput):
        read(tmp_path, text + "\n", diagnostics)
    problems = "\n".join(diagnostic.render() for diagnostic in diagnostics.reported)
    assert f"generators.yml:{message}" in problems
