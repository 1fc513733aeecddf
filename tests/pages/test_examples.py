"""Every example of a generated project runs, type-checks, and sends the request that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fiddlehead import ir
from fiddlehead.examples.example_calls import ExampleCalls, thawed
from fiddlehead.examples.shortened_values import shortened

from ..support import checkers, examples
from ..support.example_server import ExampleServer
from ..support.pipeline import ROOT, SHARED, Generated, cohere, make
from ..support.skips import NEEDS_SHARED

has_cohere = pytest.mark.skipif(not (SHARED / "specs" / "cohere").exists(), reason=NEEDS_SHARED)


@pytest.fixture(scope="module")
def jobs() -> Generated:
    return make(ROOT / "spec" / "openapi.yaml", "cohere", ROOT / "fiddlehead.toml")


@pytest.fixture(scope="module")
def complete() -> Generated:
    built = cohere()
    # The settings name a client that is written by hand, which the examples show.
    built.files.setdefault("cohere/client.py", BY_HAND)
    return built


BY_HAND = """\
from .base_client import AsyncBaseCohere, BaseCohere


class Client(BaseCohere):
    pass


class AsyncClient(AsyncBaseCohere):
    pass
"""


def all_items(package: Generated, folder: Path) -> list[examples.CodeExample]:
    package.write(folder)
    results = [*examples.in_docstrings(folder / package.package.name)]
    for page in ("README.md", "reference.md"):
        results += examples.in_page(folder / page)
    methods = [item for _, item in package.package.methods() if not item.alias_of]
    # A docstring and a block of the reference for each method.
    assert len(results) >= 2 * len(methods)
    for method in methods:
        results.append(examples.CodeExample(f"{method.key}, asynchronous", method.examples[1].code))
    return results


def run(package: Generated, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    result = all_items(package, folder)
    monkeypatch.chdir(folder)
    with (
        examples.importable(folder, package.package.name),
        ExampleServer(package.api) as server,
    ):
        yield from examples.run(result, server)
        yield from differences(package.api, server)


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
    jobs: Generated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(run(jobs, tmp_path, monkeypatch)) == []


@pytest.mark.parametrize("checker", [checkers.mypy, checkers.pyright])
def test_the_examples_of_embed_jobs_type_check(
    jobs: Generated, tmp_path: Path, checker: checkers.Checker
) -> None:
    assert examples.type_errors(all_items(jobs, tmp_path), tmp_path, checker) == []


@has_cohere
def test_the_examples_of_the_whole_api_run(
    complete: Generated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(run(complete, tmp_path, monkeypatch)) == []


@has_cohere
@pytest.mark.parametrize("checker", [checkers.mypy, checkers.pyright])
def test_the_examples_of_the_whole_api_type_check(
    complete: Generated, tmp_path: Path, checker: checkers.Checker
) -> None:
    assert examples.type_errors(all_items(complete, tmp_path), tmp_path, checker) == []


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
    built = make(spec, "acme")
    assert list(run(built, tmp_path, monkeypatch)) == []
    result = all_items(built, tmp_path)
    assert examples.type_errors(result, tmp_path, checkers.mypy) == []
