"""Every example of a generated project runs, type-checks, and sends the request that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fiddlehead import ir
from fiddlehead.examples.example_calls import ExampleCalls, thawed
from fiddlehead.examples.shortened_values import shortened

from ..support import examples
from ..support.example_server import ExampleServer
from ..support.pipeline import ROOT, SHARED, Made, cohere, make
from ..support.skips import NEEDS_SHARED

has_cohere = pytest.mark.skipif(not (SHARED / "specs" / "cohere").exists(), reason=NEEDS_SHARED)


@pytest.fixture(scope="module")
def jobs() -> Made:
    return make(ROOT / "spec" / "openapi.yaml", "cohere", ROOT / "fiddlehead.toml")


@pytest.fixture(scope="module")
def whole() -> Made:
    made = cohere()
    # The settings name a client that is written by hand, which the examples show.
    made.files.setdefault("cohere/client.py", BY_HAND)
    return made


BY_HAND = """\
from .base_client import AsyncBaseCohere, BaseCohere


class Client(BaseCohere):
    pass


class AsyncClient(AsyncBaseCohere):
    pass
"""


def every(made: Made, folder: Path) -> list[examples.Found]:
    made.write(folder)
    found = [*examples.in_docstrings(folder / made.package.name)]
    for page in ("README.md", "reference.md"):
        found += examples.in_page(folder / page)
    methods = [item for _, item in made.package.methods() if not item.alias_of]
    # A docstring and a block of the reference for each method.
    assert len(found) >= 2 * len(methods)
    for method in methods:
        found.append(examples.Found(f"{method.key}, asynchronous", method.examples[1].code))
    return found


def run(made: Made, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    found = every(made, folder)
    monkeypatch.chdir(folder)
    with (
        examples.importable(folder, made.package.name),
        ExampleServer(made.api) as server,
    ):
        yield from examples.run(found, server)
        yield from differences(made.api, server)


def differences(api: ir.Api, server: ExampleServer) -> Iterator[str]:
    """What was sent is what the description's example sends."""
    example_calls = ExampleCalls(api)
    compared = 0
    for request in server.requests:
        endpoint = request.endpoint
        if endpoint is None or endpoint.body is None or endpoint.body.encoding != "json":
            continue
        body = example_calls.request(endpoint).body
        if body is None or endpoint.pagination:
            continue
        compared += 1
        expected = thawed(shortened(body.value))
        if request.json != expected:
            yield f"{endpoint.id} sent {request.json}, not {expected}"
    bodies = [x.body for _, x in ir.endpoints(api.root) if x.body and x.body.encoding == "json"]
    if bodies and not compared:
        yield "nothing was compared"


def test_the_examples_of_embed_jobs_run(
    jobs: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(run(jobs, tmp_path, monkeypatch)) == []


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_the_examples_of_embed_jobs_type_check(jobs: Made, tmp_path: Path, checker: str) -> None:
    assert examples.type_errors(every(jobs, tmp_path), tmp_path, checker) == ""


@has_cohere
def test_the_examples_of_the_whole_api_run(
    whole: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(run(whole, tmp_path, monkeypatch)) == []


@has_cohere
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_the_examples_of_the_whole_api_type_check(
    whole: Made, tmp_path: Path, checker: str
) -> None:
    assert examples.type_errors(every(whole, tmp_path), tmp_path, checker) == ""


OTHERS = {
    "exhaustive": "fern-corpus/exhaustive/definition",
    "file-upload": "fern-corpus/file-upload/definition",
    "streaming": "fern-corpus/streaming/definition",
    "unions": "fern-corpus/unions/definition",
    "tictactoe": "specs/tictactoe.yaml",
}


@pytest.mark.parametrize("name", OTHERS)
def test_the_examples_of_other_apis(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = SHARED / OTHERS[name]
    if not spec.exists():
        pytest.skip(NEEDS_SHARED)
    made = make(spec, "acme")
    assert list(run(made, tmp_path, monkeypatch)) == []
    found = every(made, tmp_path)
    assert examples.type_errors(found, tmp_path, "mypy") == ""
