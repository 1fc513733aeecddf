"""Variables in the URLs of servers, through generated clients and a real server."""

from __future__ import annotations

import asyncio
import inspect
from pathlib import Path
from typing import Any

import black
import pytest

from ..support import pipeline
from .workbench import Bench, bench

LAYOUTS = ["compact", "fern"]

ONE = """openapi: 3.1.0
info: {title: Acme, version: "1"}
servers:
  - url: "http://{host}:{port}/{stage}"
    x-fern-server-name: Live
    variables:
      host: {default: 127.0.0.1}
      port: {default: "1", description: The port.}
      stage: {default: v1, enum: [v1, v2]}
  - {url: "http://127.0.0.1:1/fixed", x-fern-server-name: Fixed}
paths:
  /ports: {get: {operationId: list_ports, responses: {"204": {description: ok}}}}
"""

STATIC = """openapi: 3.1.0
info: {title: Acme, version: "1"}
servers:
  - url: "http://{host}:{port}/v1"
    x-fern-default-url: "http://api.acme.test"
    variables: {host: {default: 127.0.0.1}, port: {default: "1"}}
paths:
  /ports: {get: {operationId: list_ports, responses: {"204": {description: ok}}}}
"""

SEVERAL = """openapi: 3.1.0
info: {title: Acme, version: "1"}
servers:
  - url: "http://{host}:{port}/main"
    variables: {host: {default: 127.0.0.1}, port: {default: "1"}}
paths:
  /ports: {get: {operationId: list_ports, responses: {"204": {description: ok}}}}
  /login:
    post:
      operationId: log_in
      servers: [{url: "http://127.0.0.1:{port}/auth", x-fern-server-name: Auth, variables: {port: {default: "2"}}}]
      responses: {"204": {description: ok}}
"""


def port_of(acme: Bench) -> str:
    return acme.server.url.rpartition(":")[2]


def target(acme: Bench, method: str = "list_ports", **arguments: Any) -> str:
    """The target of the request of a synchronous client; the asynchronous one sends the same."""
    with acme.package.AcmeClient(**arguments) as client:
        getattr(client, method)()

    async def call() -> None:
        async with acme.package.AsyncAcmeClient(**arguments) as client:
            await getattr(client, method)()

    asyncio.run(call())
    first, second = acme.server.seen[-2:]
    assert first.target == second.target
    return first.target


@pytest.mark.parametrize("layout", LAYOUTS)
def test_values_of_variables_are_in_the_url(tmp_path: Path, layout: str) -> None:
    with bench(tmp_path, ONE, layout=layout) as acme:
        port = port_of(acme)
        assert target(acme, port=port) == "/v1/ports"
        assert target(acme, port=port, stage="v2") == "/v2/ports"
        # A value that is no default is accepted, too: the description may be older than the API.
        assert target(acme, port=port, stage="v3") == "/v3/ports"
        environment = acme.module("environment").AcmeClientEnvironment
        assert environment.LIVE.value == "http://127.0.0.1:1/v1"
        assert environment.FIXED.url({"port": port, "stage": "v2"}) == "http://127.0.0.1:1/fixed"
        assert target(acme, base_url=acme.server.url, stage="v2") == "/ports"


STRUCTURE = """openapi: 3.1.0
info: {title: Acme, version: "1"}
servers:
  - url: "http://{host}:{port}/{stage}{base}"
    x-fern-server-name: Default
    variables:
      host: {default: 127.0.0.1}
      port: {default: "1"}
      stage: {default: v1, enum: [v1, v2]}
      base: {default: "", enum: ["", /beta]}
  - {url: "{origin}/{path}", x-fern-server-name: Other, variables: {origin: {default: "http://127.0.0.1:1"}, path: {default: a/b}}}
paths:
  /ports: {get: {operationId: list_ports, responses: {"204": {description: ok}}}}
"""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_value_cannot_change_the_structure_of_the_url(tmp_path: Path, layout: str) -> None:
    with bench(tmp_path, STRUCTURE, layout=layout) as acme:
        port = port_of(acme)
        assert target(acme, port=port, base="/beta") == "/v1/beta/ports"
        assert target(acme, port=port, base="", stage="v2") == "/v2/ports"
        other = acme.module("environment").AcmeClientEnvironment.OTHER
        url = acme.server.url
        assert target(acme, environment=other, origin=url, path="c/d/e") == "/c/d/e/ports"
        wrong = ["a/", "a?", "a#", "@a", ":1", "\\", "%2f", "", " ", "a\n", "..", ".", "{port}"]
        for name in ("host", "port", "stage"):
            for value in wrong:
                message = f"the variable '{name}' of the URL cannot be {value!r}"
                for client in (acme.package.AcmeClient, acme.package.AsyncAcmeClient):
                    with pytest.raises(ValueError) as raised:
                        client(**{name: value})
                    assert str(raised.value) == message
        for arguments in ({"base": "/gamma"}, {"environment": other, "path": "a/../b"}):
            with pytest.raises(ValueError, match="of the URL cannot be"):
                acme.package.AcmeClient(**arguments)
        parameter = inspect.signature(acme.package.AcmeClient).parameters["stage"]
        listed = "Literal['v1', 'v2'] | None" if layout == "compact" else "str | None"
        assert parameter.annotation == listed


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_default_url_is_for_no_variables(tmp_path: Path, layout: str) -> None:
    with bench(tmp_path, STATIC, layout=layout) as acme:
        environment = acme.module("environment").AcmeClientEnvironment
        assert environment.DEFAULT.url({"host": None, "port": None}) == "http://api.acme.test"
        assert target(acme, port=port_of(acme)) == "/v1/ports"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_variables_of_several_servers(tmp_path: Path, layout: str) -> None:
    with bench(tmp_path, SEVERAL, layout=layout) as acme:
        port = port_of(acme)
        assert target(acme, port=port) == "/main/ports"
        assert target(acme, "log_in", port=port) == "/auth/login"
        environment = acme.module("environment").AcmeClientEnvironment
        own = environment(base=acme.server.url, auth=f"{acme.server.url}/own")
        assert target(acme, "log_in", environment=own, port="3") == "/own/login"
        assert environment.DEFAULT.auth == "http://127.0.0.1:2/auth"


@pytest.mark.parametrize("description", [ONE, STATIC, SEVERAL])
def test_environments_are_formatted_like_black(description: str, tmp_path: Path) -> None:
    described = description.replace("- url:", "- description: The main server.\n    url:")
    spec = tmp_path / "openapi.yaml"
    spec.write_text(described, encoding="utf-8")
    text = pipeline.make(spec, "acme").files["acme/environment.py"]
    mode = black.Mode(target_versions={black.TargetVersion.PY310})
    assert "The main server." in text and black.format_str(text, mode=mode) == text
