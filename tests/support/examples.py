"""Finds the examples of a generated project, runs them against a server, and type-checks them."""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import os
import re
import sys
import tempfile
import textwrap
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from unittest import mock

from fiddlehead import ir

from . import checkers
from .example_server import ExampleServer, instead_of_every_host


@dataclass(frozen=True)
class CodeExample:
    """An example and its location."""

    place: str
    code: str


def in_docstrings(package: Path) -> Iterator[CodeExample]:
    """The examples in the docstrings of all clients and methods of a package, synchronous and
    asynchronous."""
    for path in sorted(package.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for owner in ast.walk(tree):
            if not isinstance(owner, ast.ClassDef):
                continue
            for method in (owner, *owner.body):
                if isinstance(method, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                    text = ast.get_docstring(method) or ""
                    block = textwrap.dedent(text.rpartition("\nExample:\n")[2]).strip()
                    # A description may contain its own examples, in any language.
                    if block.startswith(("import ", "from ")):
                        place = f"{path.relative_to(package)}: {owner.name}.{method.name}"
                        yield CodeExample(place, block)


def in_page(path: Path) -> Iterator[CodeExample]:
    """The Python blocks of a Markdown page."""
    text = path.read_text(encoding="utf-8")
    for match in re.finditer(r"^(`{3,})python\n(.*?)\n\1$", text, re.MULTILINE | re.DOTALL):
        line = text.count("\n", 0, match.start()) + 1
        yield CodeExample(f"{path.name}:{line}", match[2])


@contextlib.contextmanager
def importable(folder: Path, package: str) -> Iterator[None]:
    """Make the package of a folder importable in the block; afterwards the previous state is
    restored."""

    def forget() -> dict[str, ModuleType]:
        names = [x for x in sys.modules if x == package or x.startswith(f"{package}.")]
        return {name: sys.modules.pop(name) for name in names}

    before = forget()
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        forget()
        sys.modules.update(before)


def credentials(api: ir.Api) -> dict[str, str]:
    """A value for every environment variable of a credential."""
    return {
        credential.env: "secret"
        for scheme in api.auth_schemes.values()
        for credential in scheme.credentials
        if credential.env
    }


def run(examples: Iterable[CodeExample], server: ExampleServer) -> list[str]:
    """Run examples unchanged; returns an error text for each failed one."""
    failures: list[str] = []
    environment = mock.patch.dict(os.environ, credentials(server.api))
    with environment, instead_of_every_host(server), _elsewhere():
        for example in examples:
            if "import httpx2" in example.code and importlib.util.find_spec("httpx2") is None:
                continue  # It requires Python 3.11.
            asked = len(server.requests)
            server.forget()
            try:
                with contextlib.redirect_stdout(None), warnings.catch_warnings():
                    warnings.simplefilter("error")
                    # The example of a deprecated method calls it.
                    warnings.simplefilter("ignore", DeprecationWarning)
                    # A script that ends does not have to close its client.
                    warnings.simplefilter("ignore", ResourceWarning)
                    exec(compile(example.code, example.place, "exec"), {"__name__": "__main__"})
            except Exception as error:  # Any exception is a failure of the example.
                failures.append(f"{example.place}: {type(error).__name__}: {error}\n{example.code}")
                continue
            unknown = [x for x in server.requests[asked:] if x.endpoint is None]
            if unknown or len(server.requests) == asked:
                failures.append(f"{example.place}: asked for {unknown}\n{example.code}")
    return failures


@contextlib.contextmanager
def _elsewhere() -> Iterator[None]:
    """A temporary working directory, because the example of a download writes a file."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(here)


def type_errors(
    examples: Iterable[CodeExample], folder: Path, checker: checkers.Checker
) -> Sequence[str]:
    """The errors of a checker in strict mode for the examples of a package in `folder`."""
    place = folder / f"examples_{checker.__name__}"
    place.mkdir()
    for number, example in enumerate(examples):
        # The example of a deprecated method calls it.
        text = f"# pyright: reportDeprecated=false\n# {example.place}\n{example.code}\n"
        (place / f"example_{number:04}.py").write_text(text, encoding="utf-8")
    return checker(folder, [place.name])[place.name]
