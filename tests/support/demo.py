"""`make demo`: runs the README's usage example against a local server.

The server is `fiddlehead serve spec/openapi.yaml`. No key and no network is needed.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TextIO
from unittest import mock

from fiddlehead import ir

from . import examples
from .example_server import http_libraries, instead_of_every_host
from .pipeline import ROOT, read_spec

COLOR = sys.stdout.isatty() and "NO_COLOR" not in os.environ
SPEC = ROOT / "spec" / "openapi.yaml"


def main() -> int:
    api = read_spec(SPEC)
    wire = Wire()
    with served() as server:
        count = sum(1 for _ in ir.endpoints(api.root))
        print()
        print(f"  {bold('description')}  spec/openapi.yaml, {count} operations")
        print(f"  {bold('client')}       generated/cohere, made from it by fiddlehead")
        print(
            f"  {bold('server')}       {server.url}, which is `fiddlehead serve spec/openapi.yaml`"
        )
        with (
            examples.importable(ROOT / "generated", "cohere"),
            mock.patch.dict(os.environ, examples.credentials(api)),
            mock.patch.object(time, "sleep", wire.sleep),
            instead_of_every_host(server),
            wire.watching(),
        ):
            for result in display():
                show(result)
    print()
    print(f"  {bold(f'{wire.count} requests')}, no key, no network. What now?")
    print("  generated/reference.md    every method, with an example that runs")
    print("  spec/openapi.yaml         change it, run `make generate`, look at `git diff`")
    print()
    return 0


@dataclass(frozen=True)
class Served:
    """The address of a server."""

    url: str

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])


@contextlib.contextmanager
def served() -> Iterator[Served]:
    """`fiddlehead serve` for the project's description, until the end of the `with` block."""
    command = [sys.executable, "-m", "fiddlehead", "serve", str(SPEC), "--port", "0", "--quiet"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Served(process.stdout.readline().strip())
        finally:
            process.terminate()


def display() -> Iterator[examples.CodeExample]:
    """The usage example of the README, and an example of the generated waiter."""
    ours = [
        diagnostic
        for diagnostic in examples.in_page(ROOT / "README.md")
        if "cohere" in diagnostic.code
    ]
    generated = [
        examples.CodeExample(f"generated/{diagnostic.place}", diagnostic.code)
        for diagnostic in examples.in_page(ROOT / "generated" / "README.md")
    ]
    first = (ours or generated)[0]
    yield first
    if ".wait(" not in first.code:
        yield from [diagnostic for diagnostic in generated if ".wait(" in diagnostic.code][:1]


def show(results: examples.CodeExample) -> None:
    """Print an example, then run it."""
    print(f"\n  {bold(results.place)}\n")
    for line in results.code.split("\n"):
        print(f"  {paint('2', '|')} {paint('36', line)}")
    print()
    with contextlib.redirect_stdout(Printed(sys.stdout)):
        exec(compile(results.code, results.place, "exec"), {"__name__": "__main__"})


class Printed(io.TextIOBase):
    """Marks the printed output of an example."""

    def __init__(self, screen: TextIO) -> None:
        self._screen = screen
        self._line = ""

    def write(self, text: str) -> int:
        *lines, self._line = (self._line + text).split("\n")
        for line in lines:
            print(f"  {bold('##')}  {cut(line)}", file=self._screen, flush=True)
        return len(text)


class Wire:
    """Shows the requests and responses on the wire."""

    def __init__(self) -> None:
        self.count = 0
        self._screen = sys.stdout
        self._sleep = time.sleep

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Show every request of a synchronous client with its response."""
        with contextlib.ExitStack() as stack:
            for library in http_libraries():
                kind = library.HTTPTransport
                handle = self._showing(kind.handle_request)
                stack.enter_context(mock.patch.object(kind, "handle_request", handle))
            yield

    def _showing(self, send: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        def handle(transport: Any, request: Any) -> Any:
            self.count += 1
            sent = short(request.read())
            self._line(paint("33", "->"), f"{request.method} {request.url.path}  {sent}")
            response = send(transport, request)
            self._line(paint("32", "<-"), f"{response.status_code}  {short(response.read())}")
            return response

        return handle

    def sleep(self, seconds: float) -> None:
        """Sleep for a shorter time than requested."""
        self._line(paint("2", ".."), paint("2", f"{seconds:g} s later"))
        self._sleep(min(seconds, 0.4))

    def _line(self, mark: str, text: str) -> None:
        print(f"  {mark}  {text}", file=self._screen, flush=True)


def short(body: bytes) -> str:
    """A body on one line, shortened."""
    try:
        text = json.dumps(json.loads(body), ensure_ascii=False) if body else ""
    except ValueError:
        text = body.decode(errors="replace")
    return cut(text)


def cut(text: str, width: int = 100) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def bold(text: str) -> str:
    return paint("1", text)


def paint(code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if COLOR else text


if __name__ == "__main__":
    sys.exit(main())
