"""Generates a package from a description given as text, and calls it with a server on loopback."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from ..runtime.server import Reply, Seen, Server
from ..support import examples, pipeline

HEAD = """
openapi: 3.1.0
info: {title: Acme, version: "1"}
servers: [{url: "https://api.acme.test", x-fern-server-name: Production}]
"""


@dataclass(frozen=True)
class Bench:
    """A generated package, imported as `acme`, and a server that it can call."""

    generated: pipeline.Generated
    package: ModuleType
    server: Server

    def client(self, **arguments: Any) -> Any:
        return self.package.AcmeClient(base_url=self.server.url, **arguments)

    def sent(self, is_async: bool, method: str, **arguments: Any) -> Seen:
        """The request of a call, which is answered without a body."""
        self.server.default = Reply(204)

        async def call() -> None:
            async with self.package.AsyncAcmeClient(base_url=self.server.url) as client:
                await getattr(client, method)(**arguments)

        if is_async:
            asyncio.run(call())
        else:
            getattr(self.client(), method)(**arguments)
        return self.server.seen[-1]

    def module(self, name: str) -> Any:
        return importlib.import_module(f"acme.{name}")


def make(
    folder: Path, text: str | Mapping[str, str], settings: str = "", **overrides: Any
) -> pipeline.Generated:
    """The output for an OpenAPI description that starts with HEAD, or for the files of a Fern
    definition."""
    spec = folder / ("openapi.yaml" if isinstance(text, str) else "definition")
    if isinstance(text, str):
        text = {"": text if text.startswith(("openapi:", "swagger:")) else HEAD + text}
    for name, content in text.items():
        path = spec / name if name else spec
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    file = None
    if settings:
        file = folder / "fiddlehead.toml"
        file.write_text(f'spec = "{spec.name}"\npackage = "acme"\n{settings}', encoding="utf-8")
    return pipeline.make(spec, "acme", file, output=folder / "out", **overrides)


@contextmanager
def bench(
    folder: Path, text: str | Mapping[str, str], settings: str = "", **overrides: Any
) -> Iterator[Bench]:
    built = make(folder, text, settings, **overrides)
    built.write(folder / "out")
    server = Server()
    try:
        with examples.importable(folder / "out", "acme"):
            yield Bench(built, importlib.import_module("acme"), server)
    finally:
        server.close()
