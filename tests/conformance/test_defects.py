"""Defects of Fern's output (../shared/reference/fern.md, section 6) that the generated Cohere
client does not have, tested with a server on loopback."""

from __future__ import annotations

import asyncio
import importlib
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..runtime.server import Reply, Server
from ..support import checkers, examples, pipeline
from ..support.pipeline import SHARED
from ..support.skips import NEEDS_SHARED
from . import subjects
from .workshop import Built, Workshop

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason=NEEDS_SHARED)


@pytest.fixture(scope="module")
def built(workshop: Workshop) -> Built:
    return workshop.get(subjects.cohere("compact"))


@pytest.fixture(scope="module")
def cohere(built: Built) -> Iterator[Any]:
    with examples.importable(built.folder, "cohere"):
        yield importlib.import_module("cohere")


@pytest.fixture
def server() -> Iterator[Server]:
    own_server = Server()
    yield own_server
    own_server.close()


@pytest.fixture
def pauses(cohere: Any, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the client would have slept."""
    results: list[float] = []

    async def sleep(_: object, seconds: float) -> None:
        results.append(seconds)

    connection = importlib.import_module("cohere.core.connection")
    monkeypatch.setattr(connection.ClientWrapper, "sleep", sleep)
    return results


def client(cohere: Any, server: Server, **more: Any) -> Any:
    return cohere.Client(token="secret", base_url=server.url, **more)


def construct(type_: Any, value: Any) -> Any:
    return importlib.import_module("cohere.core.decode").construct_type(type_, value)


def encoded(value: Any) -> Any:
    return json.loads(importlib.import_module("cohere.core.encode").to_json(value))


USER = [{"role": "user", "content": "Hi"}]


def test_1_an_unknown_variant_is_kept(cohere: Any) -> None:
    for type_, value in (
        (cohere.v2.V2ChatStreamResponse, {"type": "brand-new-event", "data": [1]}),
        (cohere.ChatMessageV2, {"role": "robot", "content": "beep"}),
    ):
        result = construct(type_, value)
        assert type(result).__name__ == "UnknownVariant"
        assert encoded(result) == value


def test_2_lists_in_unions_become_models_and_lose_no_item(cohere: Any) -> None:
    items = [{"type": "text", "text": "Hi"}, {"type": "hologram", "depth": 3}]
    message = construct(cohere.UserMessageV2, {"content": items})
    text, hologram = message.content
    assert text.text == "Hi" and hologram.depth == 3
    assert encoded(message) == {"content": items}
    message = construct(cohere.AssistantMessageResponse, {"role": "assistant", "content": items})
    assert [declared.type for declared in message.content] == ["text", "hologram"]
    assert encoded(message)["content"] == items


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"retry-after-ms": "250"}, 0.25),
        ({"Retry-After": "0"}, 0.0),
        ({"Retry-After": "7"}, 7.0),
    ],
)
def test_3_retry_after_of_the_server_is_used(
    cohere: Any, server: Server, pauses: list[float], headers: dict[str, str], expected: float
) -> None:
    server.replies = [Reply(503, {}, headers), Reply(200, {"models": []})]
    client(cohere, server).models.list()
    assert pauses in ([expected], [] if expected == 0.0 else [expected])
    assert len(server.seen) == 2


def test_4_streams_are_tried_again_until_the_first_byte(
    cohere: Any, server: Server, pauses: list[float]
) -> None:
    event = b'data: {"type": "message-end", "id": "1"}\n\n'
    server.replies = [
        Reply(503, {}),
        Reply(429, {}),
        Reply(200, headers={"content-type": "text/event-stream"}, chunks=[event]),
    ]
    events = [*client(cohere, server).v2.chat_stream(model="m", messages=USER)]
    assert [event.type for event in events] == ["message-end"]
    assert len(server.seen) == 3 and len(pauses) == 2


def test_5_clients_are_closed(cohere: Any, server: Server) -> None:
    server.default = Reply(200, {"models": []})
    with client(cohere, server) as result:
        result.models.list()
    with pytest.raises(RuntimeError):
        result.models.list()

    async def close() -> None:
        async with cohere.AsyncClient(token="secret", base_url=server.url) as result:
            await result.models.list()
        with pytest.raises(RuntimeError):
            await result.models.list()

    asyncio.run(close())


def test_6_path_values_stay_one_segment(cohere: Any, server: Server) -> None:
    server.default = Reply(200, {"name": "m"})
    client(cohere, server).models.get("../v1/tokenize?x=1")
    assert server.seen[-1].target == "/v1/models/..%2Fv1%2Ftokenize%3Fx%3D1"
    with pytest.raises(ValueError, match="model"):
        client(cohere, server).models.get("..")


def test_7_invalid_values_are_kept_and_reported(cohere: Any, server: Server) -> None:
    server.default = Reply(200, {"models": "notalist", "next_page_token": 3})
    raw = client(cohere, server).models.with_raw_response.list()
    assert raw.data.models == "notalist"
    assert {problem["loc"] for problem in raw.problems} == {("models",), ("next_page_token",)}
    with pytest.raises(ValueError, match="models"):
        cohere.ListModelsResponse(models="notalist")


def test_8_and_9_typos_are_type_errors(built: Built, tmp_path: Path) -> None:
    """A name that is not exported, and a value that no enum has; a match is exhaustive."""
    (tmp_path / "cohere").symlink_to(built.package)
    (tmp_path / "mine").mkdir()
    lines = (
        "from cohere import Cleint",
        "from cohere.types import EmbedJobb",
        "import cohere",
        "co = cohere.Client(token='x')",
        "co.embed_jobs.create(model='m', dataset_id='d', input_type='search_documnet')",
        "co.embed_jobs.get('1').status.nothing",
    )
    (tmp_path / "mine" / "__init__.py").write_text("\n".join(lines) + "\n")
    for checker in (checkers.mypy, checkers.pyright):
        result = "\n".join(checker(tmp_path, ["mine"])["mine"])
        for line in (1, 2, 5, 6):
            assert f":{line}:" in result, f"{checker.__name__}, line {line}: {result}"
        assert ":4:" not in result


def test_10_errors_can_be_pickled_and_have_a_message(cohere: Any, server: Server) -> None:
    from_server = {"x-request-id": "abc", "content-type": "application/json"}
    server.default = Reply(400, {"message": "no"}, from_server)
    with pytest.raises(cohere.BadRequestError) as caught:
        client(cohere, server).models.list()
    for error in (caught.value, pickle.loads(pickle.dumps(caught.value))):
        assert error.status_code == 400 and error.body.message == "no"
        assert error.request_id == "abc" and error.method == "GET"
        assert error.url == f"{server.url}/v1/models"


def test_11_an_import_loads_only_used_modules(built: Built) -> None:
    code = (
        "import sys, cohere\n"
        "assert 'httpx' not in sys.modules and 'pydantic' not in sys.modules\n"
        "cohere.Client(token='x').embed_jobs\n"
        "print(sum(name.startswith('cohere.') for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=built.folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    # All modules of the package, and the types of every group, are several hundred.
    assert int(done.stdout) < 150


PAGED = """\
openapi: 3.1.0
info: {title: Paged, version: "1"}
paths:
  /search:
    post:
      operationId: search
      x-fern-pagination:
        cursor: $request.page.cursor
        next_cursor: $response.next
        results: $response.items
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                query: {type: string}
                page:
                  type: object
                  properties:
                    cursor: {type: string}
                    size: {type: integer}
      responses:
        "200":
          description: A page.
          content:
            application/json:
              schema:
                type: object
                properties:
                  next: {type: string}
                  items: {type: array, items: {type: string}}
"""


def test_12_pagers_go_on_over_empty_pages_and_in_bodies(tmp_path: Path, server: Server) -> None:
    (tmp_path / "openapi.yaml").write_text(PAGED)
    pipeline.make(tmp_path / "openapi.yaml", "paged", project=False).write(tmp_path)
    server.replies = [
        Reply(200, {"next": "b", "items": ["1"]}),
        Reply(200, {"next": "c", "items": []}),
        Reply(200, {"items": ["2"]}),
    ]
    with examples.importable(tmp_path, "paged"):
        paged = importlib.import_module("paged")
        result = paged.PagedClient(base_url=server.url)
        assert [*result.search(query="q", page={"size": 1})] == ["1", "2"]
    assert [item.json for item in server.seen] == [
        {"query": "q", "page": {"size": 1}},
        {"query": "q", "page": {"size": 1, "cursor": "b"}},
        {"query": "q", "page": {"size": 1, "cursor": "c"}},
    ]


def test_13_the_environment_is_read_when_the_client_is_made(
    cohere: Any, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.default = Reply(200, {"models": []})
    monkeypatch.setenv("CO_API_KEY", "set after the import")
    cohere.Client(base_url=server.url).models.list()
    assert server.seen[-1].headers["authorization"] == "Bearer set after the import"


def test_14_a_missing_credential_is_no_response(
    cohere: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CO_API_KEY", raising=False)
    core = importlib.import_module("cohere.core.api_error")
    with pytest.raises(core.MissingCredentialError, match="CO_API_KEY") as caught:
        cohere.Client()
    assert not isinstance(caught.value, core.ApiError)


def test_fixed_defects_stay_fixed(cohere: Any, server: Server, pauses: list[float]) -> None:
    """An empty body is `{}`, None is sent as null, and two retries are three attempts."""
    server.default = Reply(503, {})
    with pytest.raises(cohere.ServiceUnavailableError):
        client(cohere, server, max_retries=2).models.list()
    assert len(server.seen) == 3 and len(pauses) == 2
    server.default = Reply(200, {"tokens": [], "token_strings": []})
    client(cohere, server).v2.embed(
        model="m", input_type="search_query", texts=None, embedding_types=None
    )
    sent = server.seen[-1].json
    assert sent["texts"] is None and "images" not in sent
