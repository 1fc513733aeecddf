"""Layout `fern` for a Fern definition: imports, constructors and exceptions."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_type_hints

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench

DEFINITION = {
    "api.yml": "name: acme\nerrors: []\n",
    "boats.yml": """
types:
  Leak: {properties: {deck: integer}}
  Boat:
    properties:
      id: uuid
      size: integer
      wet: boolean
      built: optional<date>
      color: Color
      leaks: optional<list<Leak>>
  Color: {enum: [red, blue]}
errors:
  SunkError: {status-code: 410, type: Leak}
  AdriftError: {status-code: 404}
service:
  auth: false
  base-path: /boats
  endpoints:
    list: {path: "", method: GET, errors: [SunkError, AdriftError]}
    get: {path: /one, method: GET, response: Boat}
""",
    "yard/tools.yml": """
imports: {boats: ../boats.yml}
errors:
  SunkError: {status-code: 409, type: string}
  RustError: {status-code: 422, type: unknown}
service:
  auth: false
  base-path: /tools
  endpoints:
    list: {path: "", method: GET, errors: [SunkError, RustError, boats.AdriftError]}
""",
}


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    settings = 'layout = "fern"\n[python.pydantic]\nskip-validation = false\n'
    with bench(tmp_path_factory.mktemp("acme"), DEFINITION, settings) as built:
        assert built.generated.diagnostics.reported == []
        yield built


def test_errors_belong_to_their_group(acme: Bench) -> None:
    boats, tools = acme.module("boats"), acme.module("yard.tools")
    assert boats.SunkError is acme.module("boats.errors").SunkError
    assert tools.SunkError is acme.module("yard.tools.errors.sunk_error").SunkError
    assert boats.SunkError is not tools.SunkError
    # As for types: the root exports those of its direct child groups.
    assert acme.package.SunkError is boats.SunkError
    assert "RustError" in dir(acme.module("yard")) and "RustError" not in dir(acme.package)


def test_the_error_of_the_group_is_raised(acme: Bench) -> None:
    boats, tools = acme.module("boats"), acme.module("yard.tools")
    acme.server.replies = [Reply(410, {"deck": 2}), Reply(409, "gone"), Reply(404, {"a": 1})]
    client = acme.client(max_retries=0)
    with pytest.raises(boats.SunkError) as sunk:
        client.boats.list()
    assert sunk.value.body == boats.Leak(deck=2) and sunk.value.status_code == 410
    with pytest.raises(tools.SunkError) as gone:
        client.yard.tools.list()
    assert gone.value.body == "gone"
    with pytest.raises(boats.AdriftError) as adrift:
        client.yard.tools.list()
    assert adrift.value.body == {"a": 1}


def test_an_error_without_a_type_is_made_without_a_body(acme: Bench) -> None:
    error = acme.package.AdriftError(headers={"a": "b"})
    assert (error.status_code, error.body, error.headers) == (404, None, {"a": "b"})
    with pytest.raises(TypeError):
        acme.module("yard.tools").RustError()


BOAT = {"id": "9f6ed0c1-4a0d-4b7c-9b0e-0a4b8f5f3a11", "size": 3, "wet": True, "color": "red"}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({}, None),
        # Values that pydantic converts are valid, and so is an unknown color.
        ({"size": "3", "wet": "true", "built": "2024-01-02", "color": "green"}, None),
        ({"size": None}, "size"),
        ({"size": "x"}, "size"),
        ({"leaks": [{"deck": 1}, {"deck": "low"}]}, "leaks.1.deck"),
        ({"leaks": [{}]}, "leaks.0.deck"),
    ],
)
def test_a_response_that_does_not_fit_is_an_error(
    acme: Bench, change: dict[str, Any], place: str | None
) -> None:
    acme.server.replies = [Reply(body={**BOAT, **change})]
    client = acme.client(max_retries=0)
    if place is None:
        assert client.boats.get().id == uuid.UUID(BOAT["id"])
        return
    with pytest.raises(acme.module("core.parse_error").ParsingError) as raised:
        client.boats.get()
    assert raised.value.status_code == 200 and raised.value.body == {**BOAT, **change}
    assert str(raised.value.reason).startswith(f"{place}: ")


def test_models_are_of_the_class_that_fern_has_them_of(acme: Bench) -> None:
    assert issubclass(acme.package.Boat, acme.module("core").UniversalBaseModel)


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_a_constant_header_has_an_argument_in_layout_fern(
    tmp_path: Path, layout: Literal["compact", "fern"]
) -> None:
    headers = "{X-Version: {type: 'literal<\"v2\">', name: version}, X-Audit: literal<true>}"
    files = {**DEFINITION, "api.yml": f"name: acme\nheaders: {headers}\n"}
    with bench(tmp_path, files, layout=layout) as it:
        it.server.replies = [Reply(404, {}) for _ in range(3)]

        def sent(**arguments: object) -> tuple[str, str]:
            with pytest.raises(it.package.ApiError):
                it.client(**arguments).boats.list()
            last = it.server.seen[-1].headers
            return last["x-version"], last["x-audit"]

        assert sent() == ("v2", "true")
        if layout == "fern":
            assert sent(version="v3", x_audit=False) == ("v3", "false")
            hints = get_type_hints(it.package.AcmeClient.__init__)
            assert (hints["version"], hints["x_audit"]) == (str | None, bool | None)
            wrapper = it.module("core.client_wrapper").SyncClientWrapper
            assert wrapper(base_url="http://x", version="v4").get_headers()["X-Version"] == "v4"
        else:
            with pytest.raises(TypeError):
                it.client(version="v3")
