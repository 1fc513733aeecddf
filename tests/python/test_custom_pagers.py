"""Custom pagination: pagers that are written by hand and kept."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from ..runtime.server import Reply, Server
from ..support import pipeline

OPENAPI = """
openapi: 3.1.0
info: {title: Acme, version: "1"}
servers: [{url: "https://api.acme.test"}]
paths:
  /users:
    get:
      operationId: users
      x-fern-pagination: {type: custom, results: $response.data}
      parameters: [{name: size, in: query, schema: {type: integer}}]
      responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Users"}}}}}
components:
  schemas:
    Users: {type: object, properties: {data: {type: array, items: {type: string}}, more: {type: string}}}
"""
WRITTEN = '''
"""How pages follow each other here."""

from collections.abc import AsyncIterator, Iterator
from typing import Any, Generic, TypeVar

from .connection import ClientWrapper, run

T = TypeVar("T")
R = TypeVar("R")


class SyncLinkPager(Generic[T, R]):
    def __init__(self, *, initial_response: R, client_wrapper: ClientWrapper) -> None:
        self._page: Any = initial_response
        self._client_wrapper = client_wrapper

    def __iter__(self) -> Iterator[T]:
        while True:
            yield from self._page.data
            if not self._page.more:
                return
            call = {"params": {"after": self._page.more}}
            page = self._client_wrapper.request(type(self._page), "GET", "users", call, False)
            self._page = run(page)


class AsyncLinkPager(Generic[T, R]):
    def __init__(self, *, initial_response: R, client_wrapper: ClientWrapper) -> None:
        self._page: Any = initial_response

    async def __aiter__(self) -> AsyncIterator[T]:
        for each in self._page.data:
            yield each
'''


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_a_pager_that_is_written_by_hand(tmp_path: Path, layout: str) -> None:
    name = f"paged_{layout}"
    spec = tmp_path / "openapi.yaml"
    spec.write_text(OPENAPI)
    file = tmp_path / "fiddlehead.toml"
    file.write_text(
        f'spec = "openapi.yaml"\npackage = "{name}"\n[python]\ncustom-pager-name = "LinkPager"\n'
    )
    built = pipeline.make(spec, name, file, layout=layout)
    assert not built.diagnostics.reported
    built.write(tmp_path / "out")
    server = Server()
    sys.path.insert(0, str(tmp_path / "out"))
    try:
        package = importlib.import_module(name)
        client = getattr(package, f"Paged{layout.title()}Client")(base_url=server.url)
        server.replies = [Reply(body={"data": ["a"], "more": "m"})]
        pager = client.users(size=1)
        assert (type(pager).__name__, pager.response.data) == ("SyncLinkPager", ["a"])
        with pytest.raises(NotImplementedError, match=r"custom_pagination\.py"):
            list(pager)
        # From here on, the file is hand-written.
        module = tmp_path / "out" / name / "core" / "custom_pagination.py"
        module.write_text(WRITTEN)
        for text in [module for module in sys.modules if module.split(".")[0] == name]:
            del sys.modules[text]
        package = importlib.import_module(name)
        client = getattr(package, f"Paged{layout.title()}Client")(base_url=server.url)
        server.replies = [
            Reply(body={"data": ["a", "b"], "more": "m"}),
            Reply(body={"data": ["c"], "more": None}),
        ]
        assert list(client.users()) == ["a", "b", "c"]
        assert server.seen[-1].target == "/users?after=m"
    finally:
        sys.path.remove(str(tmp_path / "out"))
        server.close()


def test_generated_tests_leave_out_custom_pagers(tmp_path: Path) -> None:
    spec = tmp_path / "openapi.yaml"
    other = (
        '  /ports: {get: {operationId: ports, responses: {"204": {description: ok}}}}\ncomponents:'
    )
    spec.write_text(OPENAPI.replace("components:", other, 1))
    file = tmp_path / "fiddlehead.toml"
    file.write_text('spec = "openapi.yaml"\npackage = "tested"\n[python]\ntests = true\n')
    pipeline.make(spec, "tested", file).write(tmp_path / "out")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    result = subprocess.run(command, cwd=tmp_path / "out", capture_output=True, text=True)
    assert result.returncode == 0 and "2 passed" in result.stdout, result.stdout
