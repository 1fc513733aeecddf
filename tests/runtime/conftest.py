"""Makes the runtime available as `acme.core`, with a small package in the form of generated code."""

from __future__ import annotations

import asyncio
import importlib.util
import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from fiddlehead import runtime_files, runtime_modules

from .libraries import LIBRARIES
from .server import Server

ROOT = Path(__file__).parents[2]
RUNTIME = ROOT / "templates" / "runtime"
RUNTIME_FERN = ROOT / "templates" / "runtime_fern"


def load_package(name: str, folder: Path) -> ModuleType:
    """The package in `folder`, imported as `name`."""
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


acme = load_package("acme", Path(__file__).parent / "acme")
acme.core = load_package("acme.core", RUNTIME)  # type: ignore[attr-defined]  # a package has its modules


@pytest.fixture(scope="session")
def core(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The whole runtime, including the files of layout `fern`."""
    folder = tmp_path_factory.mktemp("fern") / "core"
    (folder / "http_sse").mkdir(parents=True)
    for name, text in runtime_files.files(runtime_modules.all_names(), fern=True).items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder.parent / "__init__.py").write_text("")
    load_package("fernlike", folder.parent)
    return load_package("fernlike.core", folder)


class Caller:
    """Calls the synchronous or the asynchronous client from the same test body."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._loop = asyncio.new_event_loop() if kind == "async" else None
        self._wrappers: list[Any] = []
        self._http: list[Any] = []

    @property
    def is_async(self) -> bool:
        return self.kind == "async"

    def http(self, library: Any, **settings: Any) -> Any:
        """A client of an HTTP library, which is closed at the end of the test."""
        http = (library.AsyncClient if self.is_async else library.Client)(**settings)
        self._http.append(http)
        return http

    def client(self, **settings: Any) -> Any:
        from acme.client import AsyncClient, Client

        client = (AsyncClient if self.is_async else Client)(**settings)
        self.closes(client._client_wrapper)
        return client

    def closes(self, wrapper: Any) -> None:
        """Close the connections of a client at the end of the test."""
        self._wrappers.append(wrapper)

    def run(self, call: Callable[[], Any]) -> Any:
        """The result of `call`, on one event loop for the whole test."""
        if self._loop is None:
            return call()

        async def outer() -> Any:
            result = call()
            return await result if inspect.isawaitable(result) else result

        return self._loop.run_until_complete(outer())

    def all(self, stream: Any) -> list[Any]:
        """All items of an iterator of either kind."""
        if self._loop is None:
            return list(stream)

        async def collect() -> list[Any]:
            return [item async for item in stream]

        return self._loop.run_until_complete(collect())

    def close(self) -> None:
        for wrapper in self._wrappers:
            self.run(wrapper.aclose if self.is_async else wrapper.close)
        for http in self._http:
            self.run(http.aclose if self.is_async else http.close)
        if self._loop is not None:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture(params=["sync", "async"])
def caller(request: pytest.FixtureRequest) -> Iterator[Caller]:
    caller = Caller(request.param)
    yield caller
    caller.close()


@pytest.fixture(params=LIBRARIES, ids=lambda library: library.__name__)
def library(request: pytest.FixtureRequest) -> Any:
    """Each installed HTTP library, for the clients of a caller."""
    return request.param


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The delays between retries, which are recorded instead of slept."""
    from acme.core.connection import ClientWrapper

    taken: list[float] = []

    async def nap(_: ClientWrapper, seconds: float) -> None:
        taken.append(seconds)

    monkeypatch.setattr(ClientWrapper, "sleep", nap)
    return taken
