"""Fern folders on the command line: API, settings and output."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import subprocess
import typing
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx
import pytest

from ..support import examples
from ..support.loopback import LoopbackServer
from .conftest import Project
from .fern_folder import API, GENERATORS, STABLE, Folder

UNSTABLE = API % {"path": "next/jars", "field": "height"}


@pytest.fixture
def fern(project: Project) -> Folder:
    return Folder(project)


@pytest.mark.parametrize("named", ["fern", ".", "fern/generators.yml", "fern/fern.config.json"])
def test_the_folder_is_enough(fern: Folder, named: str) -> None:
    outcome = fern.run("generate", named)
    assert outcome.code == 0, outcome.err
    assert outcome.err.startswith("sdk/larder: 1 of 1 operations")
    # Only the modules, in layout `fern`, without project files.
    assert {"__init__.py", "client.py", "jars/raw_client.py", "types/jar_v2.py"} <= fern.files()
    assert {path.name for path in (fern.top / "sdk").iterdir()} == {"larder"}
    assert "class LarderIncApi" in fern.text("client.py")
    assert fern.run("check", named).code == 0
    assert fern.run("generate", named).err == "sdk/larder is up to date\n"


def test_output_and_package_of_the_command_line(fern: Folder) -> None:
    outcome = fern.run("generate", "fern", "--output", "elsewhere", "--package", "pantry")
    assert outcome.code == 0, outcome.err
    assert "client.py" in fern.files("elsewhere/pantry")
    outcome = fern.run("generate", "fern", "--output", "elsewhere")
    assert "client.py" in fern.files("elsewhere/larder_inc")


@pytest.mark.parametrize(
    ("config", "sent"),
    [
        ("", True),
        ("        config: {omit_fern_headers: true}\n", False),
        ("        config: {user_agent_only: true}\n", False),
        ("        config: {userAgentOnly: true}\n", False),
        ("        config: {user_agent_only: false}\n", True),
    ],
)
def test_the_headers_of_fern(fern: Folder, config: str, sent: bool) -> None:
    fern.put("fern/generators.yml", GENERATORS + config)
    assert fern.run("generate", "fern").code == 0
    with fern.imported():
        wrapper = importlib.import_module("larder.core").BaseClientWrapper(base_url="http://x")
        headers = wrapper.get_headers()
    assert headers["User-Agent"] == "larder_inc/0.1.0"
    expected = {"Language": "Python", "SDK-Name": "larder_inc", "SDK-Version": "0.1.0"}
    own = {name[7:]: value for name, value in headers.items() if name.startswith("X-Fern-")}
    assert own == (expected if sent else {})


def test_a_config_without_keys(fern: Folder) -> None:
    fern.put("fern/generators.yml", GENERATORS + "        config:\n")
    outcome = fern.run("generate", "fern")
    assert (outcome.code, "warning" in outcome.err) == (0, False), outcome.err


@pytest.mark.parametrize(
    ("output", "config", "package"),
    [
        ("", "{}", "larder_inc"),
        ("output: {location: pypi, package-name: the-larder}", "{}", "the_larder"),
        ("output: {location: pypi, package-name: l}", "{package_name: shelf}", "shelf"),
        ("", "{package_name: larder.api._generated}", "_generated"),
    ],
)
def test_the_name_of_the_package(fern: Folder, output: str, config: str, package: str) -> None:
    text = GENERATORS.replace("output: {location: local-file-system, path: ../sdk/larder}", output)
    fern.put("fern/generators.yml", text + f"        config: {config}\n")
    outcome = fern.run("generate", "fern")
    assert outcome.code == 2
    assert "the output folder is unknown" in outcome.err
    assert "hint: pass a folder: --output DIR" in outcome.err
    assert fern.run("generate", "fern", "--output", "o").code == 0
    assert "client.py" in fern.files(f"o/{package}")


@pytest.mark.parametrize(
    ("version", "name"), [("5.18.1", "jars"), ("5.18.2", "_jars"), ("6.0.0", "_jars")]
)
def test_underscores_of_groups_of_a_version_of_the_generator(
    fern: Folder, version: str, name: str
) -> None:
    """Teams hide generated groups behind hand-written ones with an underscore."""
    fern.put("fern/openapi.yml", STABLE.replace("group-name: [jars]", "group-name: [_jars]"))
    fern.put("fern/generators.yml", GENERATORS.replace("4.22.0", version))
    assert fern.run("generate", "fern").code == 0
    assert f"{name}/client.py" in fern.files()
    with fern.imported():
        module = importlib.import_module("larder")
        client = module.LarderIncApi(base_url="http://127.0.0.1:9")
        assert type(getattr(client, name)).__name__ == "JarsClient"
        assert hasattr(getattr(client, name), "get")
    assert fern.run("check", "fern").code == 0


@pytest.mark.parametrize(("path", "folder"), [("..", "src"), (".", "fern/src"), ("../", "src")])
def test_a_path_around_the_fern_folder(fern: Folder, path: str, folder: str) -> None:
    """The package is in `src`, next to the other files of the repository."""
    fern.put("README.md", "by hand")
    fern.put("src/larder_inc/by_hand.py", "A = 1")
    fern.put("fern/generators.yml", GENERATORS.replace("../sdk/larder", path))
    outcome = fern.run("generate", "fern")
    assert outcome.code == 0, outcome.err
    assert {"__init__.py", "client.py"} <= fern.files(f"{folder}/larder_inc")
    assert fern.files("fern") >= {"generators.yml", "openapi.yml", "fern.config.json"}
    assert (fern.top / "README.md").read_text() == "by hand"
    assert (fern.top / "src/larder_inc/by_hand.py").is_file()
    assert fern.run("check", "fern").code == 0
    assert fern.run("generate", "fern", "--package", "other").code == 0
    assert "client.py" in fern.files(f"{folder}/other")


@pytest.mark.parametrize("path", ["../../outside", "/elsewhere"])
def test_a_path_that_is_not_for_a_package(fern: Folder, path: str) -> None:
    fern.put("fern/generators.yml", GENERATORS.replace("../sdk/larder", path))
    outcome = fern.run("generate", "fern")
    assert outcome.code == 2
    assert f"'{path}' is not a folder inside the repository" in outcome.err
    assert fern.run("lint", "fern").code == 0
    assert fern.run("generate", "fern", "--output", "o").code == 0


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({"openapi.yml": STABLE}, "LarderIncApi"),
        ({"definition/api.yml": "name: api\n"}, "LarderIncApi"),
        ({"definition/api.yml": "name: cold-store\n"}, "LarderIncColdStore"),
    ],
)
def test_the_client_has_the_name_of_the_api_not_of_its_folder(
    fern: Folder, files: dict[str, str], named: str
) -> None:
    (fern.top / "fern/openapi.yml").unlink()
    (fern.top / "fern/generators.yml").rename(fern.top / "generators.yml")
    text = (fern.top / "generators.yml").read_text().replace("../sdk", "../../../sdk")
    for version in ("v0", "v1"):
        fern.put(f"fern/apis/{version}/generators.yml", text)
        for name, content in files.items():
            fern.put(f"fern/apis/{version}/{name}", content)
    outcome = fern.run("generate", "fern/apis/v1")
    assert outcome.code == 0, outcome.err
    assert f"class {named}(" in fern.text("client.py")


def test_several_apis(fern: Folder) -> None:
    for name in ("one", "two"):
        fern.put(
            f"fern/apis/{name}/generators.yml", GENERATORS.replace("../sdk", f"../../../{name}")
        )
        fern.put(f"fern/apis/{name}/openapi.yml", STABLE)
    outcome = fern.run("generate", "fern")
    assert outcome.code == 2
    assert "'fern' has several APIs" in outcome.err
    assert "fern/apis/one, fern/apis/two" in outcome.err
    outcome = fern.run("generate", "fern/apis/two")
    assert outcome.code == 0, outcome.err
    assert "class LarderIncApi" in (fern.top / "two/larder/client.py").read_text()
    # The group, or the language, determines the generator.
    text = (fern.top / "fern/apis/one/generators.yml").read_text()
    fern.put("fern/apis/one/generators.yml", text.replace("  python:", "  snakes:"))
    assert "fern/apis/one/openapi.yml" in fern.run("names", "fern", "--group", "snakes").out
    fern.put("fern/apis/two/generators.yml", text.replace("python-sdk", "ruby-sdk"))
    assert "fern/apis/one/openapi.yml" in fern.run("names", "fern").out


@pytest.mark.parametrize("inside", [(), ("later/notes.txt",)])
def test_a_folder_apis_without_an_api(fern: Folder, inside: tuple[str, ...]) -> None:
    (fern.top / "fern/apis").mkdir()
    for name in inside:
        fern.put(f"fern/apis/{name}", "")
    for path in ("fern", "fern/generators.yml", "."):
        assert fern.run("generate", path).code == 0
    assert "client.py" in fern.files()
    (fern.top / "fern/generators.yml").unlink()
    outcome = fern.run("generate", "fern")
    assert outcome.code == 2
    assert "'fern' has no API: there is no generators.yml" in outcome.err


@pytest.mark.parametrize(
    ("version", "class_name", "module"),
    [
        # Digits are separate words, and titles name classes.
        ("0.66.19", "GlassJar", "types/glass_jar.py"),
        ("2.5.0", "JarV2", "types/jar_v_2.py"),
        ("3.88.0", "JarV2", "types/jar_v2.py"),
        ("*", "JarV2", "types/jar_v2.py"),
    ],
)
def test_the_defaults_of_the_version_hold(
    fern: Folder, version: str, class_name: str, module: str
) -> None:
    fern.config(version)
    assert fern.run("generate", "fern").code == 0
    assert f"class {class_name}(" in fern.text(module)
    settings = GENERATORS.replace("version: 4.22.0", "version: 4.22.0\n        smart-casing: true")
    fern.put(
        "fern/generators.yml",
        settings.replace(
            "openapi.yml", "openapi.yml\n      settings: {title-as-schema-name: false}"
        ),
    )
    assert fern.run("generate", "fern").code == 0
    assert "class JarV2(" in fern.text("types/jar_v2.py")


@pytest.mark.parametrize(
    ("version", "inner", "kind"),
    [
        ("1.0.0", "JarLid", "Literal"),
        ("3.0.0", "JarLid", "Kind"),
        ("4.0.0", "JarLid", "Literal"),
        ("4.30.0", "JarLid", "Kind"),
        ("5.0.0", "PotLid", "Kind"),
    ],
)
def test_constants_and_inline_names_of_a_version(
    fern: Folder, version: str, inner: str, kind: str
) -> None:
    fern.config(version)
    jar = """\
openapi: 3.1.0
info: {title: Larder, version: "1"}
paths: {}
components:
  schemas:
    Jar:
      x-fern-type-name: Pot
      type: object
      required: [kind]
      properties:
        kind: {type: string, const: jar}
        lid: {type: object, properties: {width: {type: integer}}}
"""
    fern.put("fern/openapi.yml", jar)
    assert fern.run("generate", "fern").code == 0
    text = fern.text("types/pot.py")
    assert f"lid: {inner} | None = None" in text
    assert ('kind: Literal["jar"] = "jar"' in text) == (kind == "Literal")
    consts = "openapi.yml\n      settings: {coerce-consts-to: literals}"
    fern.put("fern/generators.yml", GENERATORS.replace("openapi.yml", consts))
    assert fern.run("generate", "fern").code == 0
    assert 'kind: Literal["jar"] = "jar"' in fern.text("types/pot.py")


@pytest.mark.parametrize(
    ("options", "installed", "version"),
    [
        ((), "3.2.1", "3.2.1"),
        ((), None, "0.1.0"),
        (("--version", "4.0.0"), "3.2.1", "4.0.0"),
    ],
)
def test_the_version_of_the_package(
    fern: Folder, options: tuple[str, ...], installed: str | None, version: str
) -> None:
    published = "output: {location: pypi, package-name: larder-sdk}"
    text = GENERATORS.replace(
        "output: {location: local-file-system, path: ../sdk/larder}", published
    )
    fern.put("fern/generators.yml", text)
    outcome = fern.run("generate", "fern", "--output", "sdk", "--package", "larder", *options)
    assert outcome.code == 0, outcome.err
    if installed is not None:
        metadata = f"Metadata-Version: 2.1\nName: larder-sdk\nVersion: {installed}\n"
        fern.put(f"sdk/larder_sdk-{installed}.dist-info/METADATA", metadata)
    with fern.imported():
        larder = importlib.import_module("larder")
        assert larder.__version__ == version
        headers = larder.LarderIncApi()._client_wrapper.get_headers()
        assert headers["X-Fern-SDK-Version"] == version
        assert headers["User-Agent"] == f"larder-sdk/{version}"


@pytest.mark.parametrize(
    ("version", "attempts"), [("5.1.2", 1), ("5.1.3", 3), ("4.22.0", 1), ("latest", 3)]
)
def test_connection_errors_of_requests_by_hand(
    fern: Folder, monkeypatch: pytest.MonkeyPatch, version: str, attempts: int
) -> None:
    fern.put("fern/generators.yml", GENERATORS.replace("4.22.0", version))
    assert fern.run("generate", "fern").code == 0
    tried: list[str] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        tried.append(request.method)
        raise httpx.ConnectError("refused")

    with fern.imported():
        by_hand = importlib.import_module("larder.core.http_client")
        # As tests of Fern's packages do it.
        monkeypatch.setattr(by_hand, "INITIAL_RETRY_DELAY_SECONDS", 0.001)
        monkeypatch.setattr(by_hand, "JITTER_FACTOR", 0)
        delays: list[float] = []
        monkeypatch.setattr(by_hand.time, "sleep", delays.append)
        client = by_hand.HttpClient(
            httpx_client=httpx.Client(transport=httpx.MockTransport(refuse)),
            base_timeout=lambda: None,
            base_headers=dict,
            base_url=lambda: "http://127.0.0.1:9",
        )
        with pytest.raises(httpx.ConnectError):
            client.request(path="jars", method="GET")
    assert len(tried) == attempts
    assert delays == [0.001, 0.002][: attempts - 1]


@pytest.mark.parametrize(
    ("version", "json", "sent"),
    [
        ("4.46.2", {}, None),
        ("4.46.3", {}, {}),
        ("latest", {}, {}),
        ("4.46.2", {"a": None}, {"a": None}),
        ("4.46.2", None, None),
    ],
)
def test_empty_bodies_of_requests_by_hand(fern: Folder, version: str, json: Any, sent: Any) -> None:
    fern.put("fern/generators.yml", GENERATORS.replace("4.22.0", version))
    assert fern.run("generate", "fern").code == 0
    with fern.imported():
        by_hand = importlib.import_module("larder.core.http_client")
        options = {"max_retries": 3}
        for arguments in ({"json": json, "data": None}, {"json": None, "data": json}):
            bodies = by_hand.get_request_body(**arguments, request_options=options, omit=None)
            assert bodies == ((sent, None) if arguments["data"] is None else (None, sent))


@pytest.mark.parametrize(
    ("version", "pager"),
    [
        ("4.36.2", "SyncPager[str]"),
        ("4.37.0", "SyncPager[str, Page]"),
        ("5.0.0", "SyncPager[str, Page]"),
    ],
)
def test_pagers_of_a_version_of_the_generator(fern: Folder, version: str, pager: str) -> None:
    """Older pagers have no type for a page. Annotations of callers may always leave it out."""
    fern.put(
        "fern/openapi.yml",
        """\
openapi: 3.1.0
info: {title: Larder, version: "1"}
paths:
  /jars:
    get:
      operationId: listJars
      x-fern-pagination: {cursor: $request.after, next_cursor: $response.next, results: $response.jars}
      parameters: [{name: after, in: query, schema: {type: string}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Page"}}}}}
components:
  schemas:
    Page: {type: object, properties: {next: {type: string}, jars: {type: array, items: {type: string}}}}
""",
    )
    fern.put("fern/generators.yml", GENERATORS.replace("4.22.0", version))
    outcome = fern.run("generate", "fern")
    assert outcome.code == 0, outcome.err
    assert f"-> {pager}:" in fern.text("client.py").replace("_types.", "")
    with fern.imported():
        pagination = importlib.import_module("larder.core.pagination")
        assert typing.get_args(pagination.SyncPager[str]) == (str,)
        assert typing.get_args(pagination.AsyncPager[str, int]) == (str, int)


@pytest.mark.parametrize(
    ("version", "nullable"),
    [
        ("3.4.1", False),
        ("3.4.2", True),
        ("4.35.2-rc0", True),
        ("4.35.3", False),
        ("5.0.0", False),
        ("latest", False),
    ],
)
def test_values_without_a_type_of_a_version_of_the_generator(
    fern: Folder, version: str, nullable: bool
) -> None:
    """Some versions of Fern's Python generator write `Optional[Any]` for them."""
    jar = """\
openapi: 3.1.0
info: {title: Larder, version: "1"}
paths:
  /jars:
    get:
      operationId: listJars
      x-fern-sdk-group-name: jars
      x-fern-sdk-method-name: list
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Jar"}}}}}
components:
  schemas:
    Jar:
      type: object
      required: [labels, notes, contents, weight]
      properties:
        labels: {type: object, additionalProperties: true}
        notes: {type: array, items: {}}
        contents: {oneOf: [{type: string}, {type: object}]}
        weight: {type: integer}
"""
    fern.put("fern/openapi.yml", jar)
    fern.put("fern/generators.yml", GENERATORS.replace("4.22.0", f"'{version}'"))
    assert fern.run("generate", "fern").code == 0
    with fern.imported():
        module = importlib.import_module("larder.types.jar")
        fields = typing.get_type_hints(module.Jar)
        value = Any | None if nullable else Any
        assert fields["labels"] == dict[str, value]
        assert fields["notes"] == list[value]
        assert set(typing.get_args(fields["contents"])) == {str, dict[str, value]}
        jar_ = {"labels": {"a": None}, "notes": [None, 1], "contents": {"b": None}, "weight": 1}
        assert module.Jar(**jar_).dict() == jar_


def test_a_token_endpoint_of_a_description_with_a_namespace(fern: Folder) -> None:
    fern.put(
        "fern/generators.yml",
        GENERATORS.replace("- openapi: openapi.yml", "- {openapi: openapi.yml, namespace: door}")
        + """\
        config: {wire_tests: {enabled: true}}
auth-schemes:
  Key:
    scheme: oauth
    type: client-credentials
    get-token: {endpoint: POST /token, response-properties: {access-token: token}}
""",
    )
    text = (fern.top / "fern/generators.yml").read_text()
    fern.put("fern/generators.yml", text.replace("api:\n", "api:\n  auth: Key\n", 1))
    fern.put(
        "fern/openapi.yml",
        """\
openapi: 3.1.0
info: {title: Larder, version: "1"}
servers: [{url: "https://api.larder.example"}]
paths:
  /token:
    post:
      operationId: getToken
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [client_id, client_secret]
              properties: {client_id: {type: string}, client_secret: {type: string}}
      responses:
        "200":
          description: A token
          content:
            application/json:
              schema: {type: object, required: [token], properties: {token: {type: string}}}
""",
    )
    outcome = fern.run("generate", "fern")
    assert outcome.code == 0 and "warning" not in outcome.err, outcome.err
    with fern.imported():
        base = importlib.import_module("larder.client").LarderIncApi

        class Written(base):  # type: ignore[misc, valid-type]  # a base found at run time
            def __init__(self) -> None:
                super().__init__(_token_getter_override=lambda: "written")

        wrappers = [
            Written()._client_wrapper,
            base(token="given")._client_wrapper,
            base(token=lambda: "called")._client_wrapper,
        ]
        assert [wrapper._get_token() for wrapper in wrappers] == ["written", "given", "called"]
        with pytest.raises(Exception, match="client_secret"):
            base(client_id="i")
        tokens_of_async_clients(importlib.import_module("larder.client").AsyncLarderIncApi)

        # Hand-written code requests tokens too.
        asked: list[str] = []

        def respond(request: httpx.Request) -> httpx.Response:
            asked.append(request.content.decode())
            return httpx.Response(200, json={"token": f"t{len(asked)}"})

        core = importlib.import_module("larder.core")
        providers = importlib.import_module("larder.core.oauth_token_provider")
        arguments: dict[str, Any] = {"client_id": "i", "client_secret": "s"}
        transport = httpx.MockTransport(respond)
        wrapper = core.SyncClientWrapper(
            base_url="http://x", httpx_client=httpx.Client(transport=transport)
        )
        provider = providers.OAuthTokenProvider(**arguments, client_wrapper=wrapper)
        assert [provider.get_token(), provider.get_token()] == ["t1", "t1"]
        wrapper = core.AsyncClientWrapper(
            base_url="http://x", httpx_client=httpx.AsyncClient(transport=transport)
        )
        provider = providers.AsyncOAuthTokenProvider(**arguments, client_wrapper=wrapper)
        assert asyncio.run(provider.get_token()) == "t2"
        assert set(asked) == {'{"client_id":"i","client_secret":"s"}'}


def tokens_of_async_clients(cls: Any) -> None:
    """`async_token` is awaited for each request, and replaces the other credentials."""

    async def fetched() -> str:
        return "fetched"

    for arguments, sent in (
        ({"async_token": fetched}, "Bearer fetched"),
        ({"async_token": fetched, "token": "given"}, "Bearer fetched"),
        ({"token": "given"}, "Bearer given"),
        ({"token": fetched}, "Bearer fetched"),
    ):
        headers = asyncio.run(cls(**arguments)._client_wrapper.async_get_headers())
        assert headers["Authorization"] == sent


def test_several_descriptions(fern: Folder) -> None:
    specs = "    - {openapi: openapi.yml}\n    - {openapi: unstable.yml, namespace: unstable, overrides: o.yml}\n"
    text = GENERATORS.replace("    - openapi: openapi.yml\n", specs)
    fern.put("fern/generators.yml", text)
    fern.put("fern/unstable.yml", UNSTABLE)
    fern.put(
        "fern/o.yml", "components: {schemas: {JarV2: {properties: {depth: {type: integer}}}}}\n"
    )
    outcome = fern.run("generate", "fern")
    assert (outcome.code, "warning" in outcome.err) == (0, False), outcome.err
    assert "width" in fern.text("types/jar_v2.py")
    unstable = fern.text("unstable/types/jar_v2.py")
    assert "height: str" in unstable
    assert "depth: int" in unstable
    keys = fern.run("names", "fern").out.split()
    assert {"jars.get", "unstable.jars.get", "types.JarV2", "unstable.types.JarV2"} <= set(keys)
    # A change of any file is detected.
    fern.put(
        "fern/o.yml", "components: {schemas: {JarV2: {properties: {depth: {type: string}}}}}\n"
    )
    assert fern.run("check", "fern", "--fast").code == 1


def test_descriptions_without_a_namespace_are_one(fern: Folder) -> None:
    specs = "    - {openapi: openapi.yml}\n    - {openapi: unstable.yml}\n"
    fern.put("fern/generators.yml", GENERATORS.replace("    - openapi: openapi.yml\n", specs))
    servers = 'servers: [{url: "https://next.larder.example"}]'
    text = UNSTABLE.replace('servers: [{url: "https://api.larder.example"}]', servers)
    fern.put("fern/unstable.yml", text.replace("method-name: get", "method-name: find"))
    outcome = fern.run("generate", "fern")
    assert outcome.code == 0, outcome.err
    # As in Fern, the last definition is used, with a warning; each operation keeps its server.
    assert "'JarV2' differs between two descriptions: this one is used" in outcome.err
    assert "height" in fern.text("types/jar_v2.py")
    environment = fern.text("environment.py")
    assert "https://api.larder.example" in environment
    assert "https://next.larder.example" in environment


class _Echo(BaseHTTPRequestHandler):
    """Responds with the URL and the credentials of the request."""

    def do_GET(self) -> None:
        asked = (self.headers["Host"], self.path, self.headers["Authorization"])
        body = json.dumps(f"{asked} {self.headers['X-Key']}").encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_each_description_keeps_its_server_and_credentials(fern: Folder) -> None:
    operation = (
        "paths: {/jars: {get: {operationId: get, x-fern-sdk-group-name: jars, responses: {'200': "
        "{description: x, content: {application/json: {schema: {type: string}}}}}}}}\n"
    )
    servers = [LoopbackServer(_Echo) for _ in range(2)]
    schemes = ("{type: http, scheme: bearer}", "{type: apiKey, in: header, name: X-Key}")
    hosts = [f"127.0.0.1:{server.server_port}" for server in servers]
    for name, host, scheme in zip(("one.yml", "two.yml"), hosts, schemes, strict=True):
        fern.put(
            f"fern/{name}",
            f"openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\nsecurity: [{{S{name[:3]}: []}}]\n"
            f"servers: [{{url: 'http://{host}/v1'}}]\n{operation}"
            f"components: {{securitySchemes: {{S{name[:3]}: {scheme}}}}}\n",
        )
    specs = "    - {openapi: one.yml}\n    - {openapi: two.yml, namespace: next}\n"
    fern.put("fern/generators.yml", GENERATORS.replace("    - openapi: openapi.yml\n", specs))
    outcome = fern.run("generate", "fern", "--output", "o", "--package", "duo")
    assert (outcome.code, "warning" in outcome.err) == (0, False), outcome.err
    for server in servers:
        server.start()
    try:
        with examples.importable(fern.top / "o", "duo"):
            client = importlib.import_module("duo.client").LarderIncApi(token="t", api_key="k")
            asked = client.jars.get(), client.next.jars.get()
    finally:
        for server in servers:
            server.stop()
    assert asked[0] == f"('{hosts[0]}', '/v1/jars', 'Bearer t') None"
    assert asked[1] == f"('{hosts[1]}', '/v1/jars', None) k"


LID = '"/jars/{jar_id}/lids/{lid_id}"'


@pytest.mark.parametrize(
    ("text", "warning", "width_stays"),
    [
        ("# nothing yet\n", None, True),
        ("---\n", None, True),
        ("{}", None, True),
        ("components: {schemas: {JarV2: {properties: {width: null}}}}", None, False),
        (f"paths: {{{LID}: {{get: {{parameters: {{a: b}}}}}}}}", "wrong-type", True),
        ("components: {schemas: {JarV2: {enum: {a: b}}}}", "wrong-type", True),
        ("components: {schemas: {JarV2: [a]}}", "wrong-type", False),
        ("[a, b]", "wrong-type", True),
        ("text", "wrong-type", True),
    ],
)
def test_overrides_that_fern_accepts(
    fern: Folder, text: str, warning: str | None, width_stays: bool
) -> None:
    specs = GENERATORS.replace("openapi.yml", "openapi.yml\n      overrides: [overrides.yml]")
    fern.put("fern/generators.yml", specs)
    fern.put("fern/overrides.yml", text)
    outcome = fern.run("names", "fern")
    assert outcome.code == 0, outcome.err
    assert (f"warning[{warning}]" in outcome.err) if warning else outcome.err == ""
    assert "jars.get" in outcome.out
    assert ("types.JarV2.width" in outcome.out) == width_stays


@pytest.mark.parametrize(
    "api",
    [
        "api: openapi.yml",
        "api: {path: openapi.yml}",
        "api: [openapi.yml]",
        "api: [async.yml, {path: openapi.yml}, {path: async.yml}]",
        "api: {specs: [{openapi: openapi.yml}, {proto: {root: x}}, {graphql: y.graphql}]}",
        "openapi: openapi.yml",
        "openapi: {path: openapi.yml, settings: {use-title: false}}",
    ],
)
def test_every_form_of_naming_a_description(fern: Folder, api: str) -> None:
    groups = GENERATORS[GENERATORS.index("groups:") :]
    fern.put("fern/generators.yml", f"{api}\n{groups}")
    fern.put(
        "fern/async.yml", "asyncapi: 2.6.0\ninfo: {title: Larder, version: '1'}\nchannels: {}\n"
    )
    outcome = fern.run("generate", "fern")
    assert outcome.code == 0, outcome.err
    assert "types/jar_v2.py" in fern.files()


def test_specs_that_are_no_list(fern: Folder) -> None:
    groups = GENERATORS[GENERATORS.index("groups:") :]
    fern.put("fern/generators.yml", "api:\n  specs:\n    openapi: openapi.yml\n" + groups)
    outcome = fern.run("generate", "fern")
    assert outcome.code == 0 and "types/jar_v2.py" in fern.files()
    assert "generators.yml:3:5: warning" in outcome.err and "'specs' must be a list" in outcome.err


def test_namespaces_of_the_older_form(fern: Folder) -> None:
    groups = GENERATORS[GENERATORS.index("groups:") :]
    fern.put("fern/generators.yml", "api: {namespaces: {v1: openapi.yml, v2: [v2.yml]}}\n" + groups)
    fern.put("fern/v2.yml", STABLE)
    assert fern.run("generate", "fern").code == 0
    assert {"v1/jars/client.py", "v2/jars/client.py", "v2/types/jar_v2.py"} <= fern.files()


@pytest.mark.parametrize("place", ["spec", "api"])
def test_the_order_of_path_parameters(fern: Folder, place: str) -> None:
    settings = "settings: {path-parameter-order: spec-order}"
    text = GENERATORS.replace("openapi.yml\n", f"openapi.yml\n      {settings}\n")
    if place == "api":
        text = GENERATORS.replace("api:\n", f"api:\n  {settings}\n")
    fern.put("fern/generators.yml", text)
    assert fern.run("generate", "fern").code == 0
    client = fern.text("jars/client.py")
    assert client.index("lid_id: str") < client.index("jar_id: str")


def test_an_unsupported_value_is_a_warning(fern: Folder) -> None:
    fern.put(
        "fern/generators.yml",
        GENERATORS.replace("api:\n", "paint: red\napi:\n  settings: {unions: v7, sheen: 1}\n")
        + """\
        config:
          colour: red
          timeout_in_seconds: soon
          client_class_name: "not a name"
          extras: {aiohttp: [nothing]}
          extra_dependencies: {good: "^1.2", bad: "latest || *"}
          pydantic_config: {version: v1, shape: round}
          additional_init_exports: everything
        """,
    )
    outcome = fern.run("generate", "fern", "--verbose")
    assert outcome.code == 0, outcome.err
    assert "error" not in outcome.err
    for word in ("paint", "unions", "sheen", "colour", "timeout_in_seconds", "not a name"):
        assert word in outcome.err


GROUPS = """\
default-group: %s
aliases: {all: [ruby, second]}
groups:
  ruby:
    generators: [{name: fernapi/fern-ruby-sdk, version: 1.0.0}]
  first:
    generators:
      - {name: fernapi/fern-pydantic-model, version: 1.0.0}
      - {name: fernapi/fern-python-sdk, version: 4.0.0, config: {package_name: first}}
  second:
    generators: [{name: fernapi/fern-python-sdk, version: 4.0.0, config: {package_name: second}}]
"""


@pytest.mark.parametrize(
    ("default", "options", "package"),
    [
        ("second", (), "second"),
        ("all", (), "second"),
        ("second", ("--group", "first"), "first"),
        ("first", ("--group", "all"), "second"),
    ],
)
def test_the_group(fern: Folder, default: str, options: tuple[str, ...], package: str) -> None:
    fern.put("fern/generators.yml", f"api: openapi.yml\n{GROUPS % default}")
    assert fern.run("generate", "fern", "--output", "o", *options).code == 0
    assert [path.name for path in (fern.top / "o").iterdir()] == [package]


def test_a_default_group_for_another_language(fern: Folder) -> None:
    fern.put("fern/generators.yml", f"api: openapi.yml\n{GROUPS % 'ruby'}")
    outcome = fern.run("generate", "fern", "--output", "o")
    assert outcome.code == 2
    assert "choose one with --group: first, second" in outcome.err
    # Without a Python generator there is no message about Python.
    ruby = GROUPS[: GROUPS.index("  first:")] % "ruby"
    fern.put("fern/generators.yml", f"api: openapi.yml\n{ruby}")
    outcome = fern.run("generate", "fern", "--output", "o")
    assert outcome.code == 0, outcome.err
    assert "no group has a Python generator: Fern's defaults are used" in outcome.err
    # A single Python group needs no choice.
    fern.put("fern/generators.yml", "default-group: ruby\n" + GENERATORS)
    run_outcome = fern.run("generate", "fern")
    assert run_outcome.code == 0 and "unknown group 'ruby'" in run_outcome.err


def test_an_openapi_document_in_the_place_of_a_definition(fern: Folder) -> None:
    (fern.top / "fern/openapi.yml").unlink()
    text = (fern.top / "fern/generators.yml").read_text()
    fern.put("fern/generators.yml", text.partition("groups:")[1] + text.partition("groups:")[2])
    fern.put("fern/definition/api.yml", STABLE)
    outcome = fern.run("generate", "fern")
    assert outcome.code == 0 and "warning" not in outcome.err, outcome.err
    assert "jars/raw_client.py" in fern.files()
    assert "class LarderIncApi" in fern.text("client.py")


def test_a_definition_takes_precedence_over_other_descriptions(fern: Folder) -> None:
    fern.put("fern/definition/api.yml", "name: larder\n")
    fern.put(
        "fern/definition/spoons.yml",
        "service:\n  auth: false\n  base-path: /spoons\n  endpoints:\n"
        "    list: {method: GET, path: '', response: list<string>}\n",
    )
    assert fern.run("generate", "fern").code == 0
    assert "spoons/client.py" in fern.files()
    assert "jars/client.py" not in fern.files()


def test_the_fernignore_of_the_output_holds(fern: Folder) -> None:
    fern.put("sdk/larder/.fernignore", "client.py\njars/\n")
    fern.put("sdk/larder/client.py", "mine = 1\n")
    assert fern.run("generate", "fern").code == 0
    assert fern.text("client.py") == "mine = 1\n"
    assert "jars/client.py" not in fern.files()
    assert fern.run("check", "fern").code == 0


def test_our_settings_over_a_fern_folder(fern: Folder) -> None:
    fern.put("fiddlehead.toml", 'spec = "fern"\n[naming.rename]\n"jars.get" = "fetch"\n')
    assert fern.run("generate").code == 0
    assert "def fetch(" in fern.text("jars/client.py")
    assert fern.run("generate", "fern").err == "sdk/larder is up to date\n"


def test_diff_of_two_revisions(fern: Folder) -> None:
    (fern.top / ".git").rmdir()
    git = ["git", "-C", str(fern.top), "-c", "user.name=x", "-c", "user.email=x@x.example"]
    fern.put(
        "fern/generators.yml",
        GENERATORS.replace(
            "- openapi: openapi.yml",
            "- {openapi: openapi.yml}\n    - {openapi: unstable.yml, namespace: unstable}",
        ),
    )
    fern.put("fern/unstable.yml", UNSTABLE)
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *command], check=True)
    assert fern.run("generate", "fern").code == 0
    fern.put("fern/unstable.yml", UNSTABLE.replace("height", "depth"))
    outcome = fern.run("diff", "HEAD:fern", "fern")
    assert outcome.code == 1, outcome.err
    assert "height" in outcome.out
    outcome = fern.run("diff", "sdk/larder", "fern")
    assert "height" in outcome.out, outcome.err
    fern.put("fiddlehead.toml", 'spec = "fern"\n')
    outcome = fern.run("diff")
    assert outcome.code == 1, outcome.err
    assert "height" in outcome.out


BY_HAND = {
    "core/api_error.py": """\
class ApiError(Exception):
    def __init__(self, *, headers=None, status_code=None, body=None):
        super().__init__(f"told: {body}")
        self.headers, self.status_code, self.body = headers, status_code, body
        self.told = f"{status_code} {body}"
""",
    "core/client_wrapper.py": """\
from .http_client import AsyncHttpClient, HttpClient


class BaseClientWrapper:
    def __init__(self, *, token, headers=None, base_url, timeout=None):
        self._token, self._headers = token, headers
        self._base_url, self._timeout = base_url, timeout

    def get_headers(self):
        return {**(self._headers or {}), "authorization": f"Own {self._token}", "X-Own": "1"}

    def get_base_url(self):
        return self._base_url

    def get_timeout(self):
        return self._timeout


class SyncClientWrapper(BaseClientWrapper):
    make = HttpClient

    def __init__(self, *, httpx_client, **given):
        super().__init__(**given)
        self.httpx_client = self.make(
            httpx_client=httpx_client,
            base_headers=self.get_headers,
            base_timeout=self.get_timeout,
            base_url=self.get_base_url,
        )


class AsyncClientWrapper(SyncClientWrapper):
    make = AsyncHttpClient

    async def async_get_headers(self):
        return {**self.get_headers(), "X-Later": "2"}
""",
    "core/http_response.py": """\
class HttpResponse:
    def __init__(self, response, data):
        self.response, self.data = response, data


class AsyncHttpResponse(HttpResponse):
    pass
""",
}


def test_modules_of_core_that_a_team_keeps(fern: Folder) -> None:
    text = STABLE.replace(
        "schemas:", "securitySchemes: {key: {type: http, scheme: bearer}}\n  schemas:"
    )
    fern.put("fern/openapi.yml", text + "security: [{key: []}]\n")
    fern.keep(BY_HAND)
    fern.generate()
    sent: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/whole"):
            return httpx.Response(200, json={"id": "1"})
        if request.url.path.endswith("/broken"):
            return httpx.Response(500, json={"why": "full"})
        sent.append(request)
        return httpx.Response(404, json={"width": "none"})

    transport = httpx.MockTransport(respond)
    with fern.imported():
        larder = importlib.import_module("larder")
        responses = importlib.import_module("larder.core").HttpResponse
        assert responses("r", "d").data == "d"
        wrappers = importlib.import_module("larder.core.client_wrapper")
        groups = importlib.import_module("larder.jars.client")
        own: dict[str, Any] = {"token": "t", "headers": {"X-More": "3"}, "base_url": "http://x"}
        http, later = httpx.Client(transport=transport), httpx.AsyncClient(transport=transport)
        client = larder.LarderIncApi(**own, httpx_client=http)
        asynchronous = larder.AsyncLarderIncApi(**own, httpx_client=later)
        assert client._client_wrapper._token == "t"
        for jars in (
            client.jars,
            groups.JarsClient(client_wrapper=wrappers.SyncClientWrapper(**own, httpx_client=http)),
            asynchronous.jars,
            groups.AsyncJarsClient(
                client_wrapper=wrappers.AsyncClientWrapper(**own, httpx_client=later)
            ),
        ):
            with pytest.raises(larder.ApiError) as raised:
                response = jars.get("a", "b")
                asyncio.run(response)
            raw = jars.with_raw_response.get("a", "whole")
            raw = asyncio.run(raw) if inspect.isawaitable(raw) else raw
            assert raw.status_code == 200 and raw.data.id == "1"
            assert type(raised.value).__name__ == "NotFoundError"
            assert raised.value.told.startswith("404 ") and "none" in str(raised.value)
            options = {"max_retries": 0}
            with pytest.raises(larder.ApiError) as raised:
                asyncio.run(jars.get("a", "broken", request_options=options))
            assert raised.value.told == "500 {'why': 'full'}"
    for index, request in enumerate(sent):
        assert request.url.host == "x"
        expected = {"authorization": "Own t", "x-own": "1", "x-more": "3"}
        expected |= {"x-later": "2"} if index > 1 else {}
        assert expected.items() <= dict(request.headers).items()
        assert ("user-agent", "larder_inc/0.1.0") in request.headers.items()
    assert len(sent) == 4
