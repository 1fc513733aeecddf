"""Layout `fern` of a Fern definition: what its users import, construct and catch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench

DEFINITION = {
    "api.yml": "name: acme\nerrors: []\n",
    "boats.yml": """
types:
  Leak: {properties: {deck: integer}}
errors:
  SunkError: {status-code: 410, type: Leak}
  AdriftError: {status-code: 404}
service:
  auth: false
  base-path: /boats
  endpoints:
    list: {path: "", method: GET, errors: [SunkError, AdriftError]}
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
    with bench(tmp_path_factory.mktemp("acme"), DEFINITION, 'layout = "fern"\n') as made:
        assert made.made.diagnostics.found == []
        yield made


def test_errors_belong_to_their_group(acme: Bench) -> None:
    boats, tools = acme.module("boats"), acme.module("yard.tools")
    assert boats.SunkError is acme.module("boats.errors").SunkError
    assert tools.SunkError is acme.module("yard.tools.errors.sunk_error").SunkError
    assert boats.SunkError is not tools.SunkError
    # As with types: the root has what groups right below it have.
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
