"""Hand-written code for a Fern SDK runs unchanged with layout `fern`."""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ..support import checkers, examples
from ..support.example_server import ExampleServer
from ..support.pipeline import SHARED
from ..support.skips import NEEDS_SHARED
from . import subjects
from .workshop import Built, Workshop

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason=NEEDS_SHARED)


@pytest.fixture(scope="module")
def built(workshop: Workshop) -> Built:
    return workshop.get(subjects.cohere("fern"))


@pytest.fixture
def load(built: Built) -> Iterator[Callable[[str], Any]]:
    """Imports a module of the package again, because these tests patch it."""
    with examples.importable(built.folder, "cohere"):
        yield importlib.import_module


@pytest.fixture(scope="module")
def server(built: Built) -> Iterator[ExampleServer]:
    with ExampleServer(built.generated.api) as server:
        yield server


def test_subclasses_override_methods(load: Any, server: ExampleServer) -> None:
    base = load("cohere.base_client")

    class Client(base.BaseCohere):  # type: ignore[misc]
        def __init__(self, api_key: str) -> None:
            base.BaseCohere.__init__(self, token=api_key, base_url=server.url)

        def chat(self, *, message: Any, chat_history: Any = base.OMIT) -> Any:
            return super().chat(message=f"{message}!", chat_history=chat_history)

    client = Client("secret")
    assert client.chat(message="Hello").text
    assert server.requests[-1].json == {"message": "Hello!", "stream": False}
    assert server.requests[-1].headers["authorization"] == "Bearer secret"


async def run_async(base: Any, server: ExampleServer) -> str:
    class AsyncClient(base.AsyncBaseCohere):  # type: ignore[misc]
        async def tokenize(self, *, text: str, model: str) -> Any:
            return await super().tokenize(text=text.upper(), model=model)

    async with AsyncClient(token="secret", base_url=server.url) as client:
        await client.tokenize(text="abc", model="command")
    return str(server.requests[-1].json["text"])


def test_subclasses_of_the_asynchronous_client(load: Any, server: ExampleServer) -> None:
    import asyncio

    assert asyncio.run(run_async(load("cohere.base_client"), server)) == "ABC"


def test_a_client_with_two_bases(load: Any, server: ExampleServer) -> None:
    """`class ClientV2(V2Client, Client)`: the methods of v2 on the client itself."""
    base, v2 = load("cohere.base_client"), load("cohere.v2.client")

    class Client(base.BaseCohere):  # type: ignore[misc]
        pass

    class ClientV2(v2.V2Client, Client):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            Client.__init__(self, token="secret", base_url=server.url)
            v2.V2Client.__init__(self, client_wrapper=self._client_wrapper)

    client = ClientV2()
    response = client.chat(model="command", messages=[{"role": "user", "content": "Hi"}])
    assert response.message.role == "assistant"
    assert server.requests[-1].path == "/v2/chat"
    assert client.models.list().models is not None
    events = [*client.chat_stream(model="command", messages=[{"role": "user", "content": "Hi"}])]
    assert events and server.requests[-1].json["stream"] is True


def test_methods_are_wrapped_by_attribute(load: Any, server: ExampleServer) -> None:
    client = load("cohere.base_client").BaseCohere(token="secret", base_url=server.url)
    seen: list[str] = []

    def wrapped(method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            seen.append(method.__name__)
            return method(*args, **kwargs)

        return call

    client.chat = wrapped(client.chat)
    client.v2.chat = wrapped(client.v2.chat)
    client.models.list = wrapped(client.models.list)
    client.chat(message="Hello")
    client.v2.chat(model="command", messages=[{"role": "user", "content": "Hi"}])
    client.models.list()
    assert seen == ["chat", "chat", "list"]


def test_imports_of_hand_written_code_work_as_in_fern(load: Any) -> None:
    for module, names in {
        "cohere.base_client": "OMIT BaseCohere AsyncBaseCohere",
        "cohere.core": "construct_type RequestOptions UncheckedBaseModel ApiError",
        "cohere.core.client_wrapper": "BaseClientWrapper SyncClientWrapper AsyncClientWrapper",
        "cohere.core.pydantic_utilities": "_get_model_fields Model IS_PYDANTIC_V2",
        "cohere.core.unchecked_base_model": "construct_type UncheckedBaseModel UnionMetadata",
        "cohere.core.request_options": "RequestOptions",
        "cohere.core.api_error": "ApiError",
        "cohere.v2.client": "V2Client AsyncV2Client RawV2Client AsyncRawV2Client OMIT",
        "cohere.v2.raw_client": "RawV2Client AsyncRawV2Client",
        "cohere.environment": "ClientEnvironment",
        "cohere.errors.not_found_error": "NotFoundError",
        "cohere.types.embed_job_status": "EmbedJobStatus",
        "cohere.embed_jobs.raw_client": "RawEmbedJobsClient AsyncRawEmbedJobsClient",
        "cohere.types": "ChatMessages EmbedJob",
    }.items():
        for name in names.split():
            assert getattr(load(module), name) is not None, f"{module}.{name}"
    assert load("cohere.core.pydantic_utilities").IS_PYDANTIC_V2 is True
    assert load("cohere.environment").ClientEnvironment.PRODUCTION.value.startswith("https://")


def test_construct_type_and_fields_of_models(load: Any) -> None:
    embed_job = load("cohere.types").EmbedJob
    job = load("cohere.core").construct_type(type_=embed_job, object_={"job_id": "1", "new": 2})
    assert isinstance(job, embed_job) and job.job_id == "1" and job.new == 2
    fields = load("cohere.core.pydantic_utilities")._get_model_fields(embed_job)
    assert {"job_id", "status", "meta"} <= set(fields)


def test_headers_are_patched_and_built_once_for_each_request(
    load: Any, server: ExampleServer
) -> None:
    client = load("cohere.base_client").BaseCohere(token="secret", base_url=server.url)
    wrapper, built = client._client_wrapper, 0
    before = wrapper.get_headers

    def get_headers() -> dict[str, str]:
        nonlocal built
        built += 1
        return {**before(), "X-Signed": str(built)}

    wrapper.get_headers = get_headers
    client.models.list()
    client.v2.embed(model="m", input_type="search_query", embedding_types=["float"])
    assert [request.headers["x-signed"] for request in server.requests[-2:]] == ["1", "2"]
    assert built == 2


def test_headers_of_the_asynchronous_wrapper_are_patched(load: Any, server: ExampleServer) -> None:
    import asyncio

    wrappers = load("cohere.core.client_wrapper")

    class Wrapper(wrappers.AsyncClientWrapper):  # type: ignore[misc]
        async def async_get_headers(self) -> dict[str, str]:
            return {**await super().async_get_headers(), "X-Signed": "yes"}

    async def call() -> None:
        client = load("cohere.base_client").AsyncBaseCohere(token="secret", base_url=server.url)
        client._client_wrapper.__class__ = Wrapper
        await client.models.list()
        await client.aclose()

    asyncio.run(call())
    assert server.requests[-1].headers["x-signed"] == "yes"


def test_models_have_the_methods_of_pydantic_1(load: Any) -> None:
    embed_job = load("cohere.types").EmbedJob
    sent = {
        "job_id": "1",
        "status": "complete",
        "created_at": "2024-04-10T14:22:35Z",
        "input_dataset_id": "2",
        "model": "m",
        "truncate": "END",
    }
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        job = embed_job.parse_obj(sent)
        assert job.copy(update={"model": "n"}).model == "n"
        assert job.dict()["job_id"] == "1"
        assert json.loads(job.json())["status"] == "complete"


def test_a_client_of_httpx_with_hooks(load: Any) -> None:
    """As in the clients for AWS and OCI: the request and the response are rewritten."""
    seen: list[httpx.Request] = []

    def send(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, stream=httpx.ByteStream(b'{"somebody": "else"}'))

    def rewrite(request: httpx.Request) -> None:
        request.url = httpx.URL("https://bedrock.example/invoke")
        request.headers["host"] = "bedrock.example"
        request.headers["x-signature"] = str(len(request.content))

    def read(response: httpx.Response) -> None:
        body = json.dumps({"tokens": [1], "token_strings": ["a"]}).encode()
        response.stream = httpx.ByteStream(body)
        response.headers["content-length"] = str(len(body))
        if hasattr(response, "_content"):
            del response._content
        response.is_stream_consumed = False

    hooks = {"request": [rewrite], "response": [read]}
    http = httpx.Client(transport=httpx.MockTransport(send), event_hooks=hooks)
    client = load("cohere.base_client").BaseCohere(
        base_url="https://api.example", token="n/a", httpx_client=http
    )
    assert client.tokenize(text="a", model="m").tokens == [1]
    assert str(seen[0].url) == "https://bedrock.example/invoke"
    assert int(seen[0].headers["x-signature"]) > 0


def test_a_streamed_response_can_be_rewritten_too(load: Any) -> None:
    def send(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=httpx.ByteStream(b"not what is asked for"))

    def read(response: httpx.Response) -> None:
        event = {"type": "content-delta", "index": 0, "delta": {"message": {"content": {}}}}
        response.headers["content-type"] = "text/event-stream"
        response.stream = httpx.ByteStream(f"data: {json.dumps(event)}\n\n".encode())

    http = httpx.Client(transport=httpx.MockTransport(send), event_hooks={"response": [read]})
    client = load("cohere.base_client").BaseCohere(token="n/a", httpx_client=http)
    events = [*client.v2.chat_stream(model="m", messages=[{"role": "user", "content": "a"}])]
    assert [event.type for event in events] == ["content-delta"]


def test_model_classes_are_patched(load: Any) -> None:
    """As in Cohere's overrides: `__getattr__` for old names, and an extended `__init__`."""
    embeddings = load("cohere.types").EmbedByTypeResponseEmbeddings
    tool_call = load("cohere.types").ToolCall

    def get(self: Any, name: str) -> Any:
        if name == "int_8":
            return self.int8
        raise AttributeError(f"no {name}")

    embeddings.__getattr__ = get
    init, seen = tool_call.__init__, []

    def patched(self: Any, **values: Any) -> None:
        seen.append(values)
        init(self, **values)

    tool_call.__init__ = patched
    result = embeddings(int8=[[1]])
    assert result.int_8 == [[1]]
    with pytest.raises(AttributeError):
        result.nothing  # noqa: B018
    assert tool_call(name="a", parameters={}).name == "a"
    assert seen == [{"name": "a", "parameters": {}}]
    decoded = load("cohere.core").construct_type(embeddings, {"int8": [[2]]})
    assert decoded.int_8 == [[2]]


def test_hand_written_code_type_checks(built: Built, tmp_path: Path) -> None:
    """A subclass of the client, with imports by Fern's paths, under both strict checkers."""
    shutil.copytree(built.package, tmp_path / "cohere")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "__init__.py").write_text(
        """\
# pyright: reportPrivateUsage=false, reportDeprecated=false
import typing

from cohere.base_client import OMIT, AsyncBaseCohere, BaseCohere
from cohere.core.client_wrapper import SyncClientWrapper
from cohere.core.request_options import RequestOptions
from cohere.embed_jobs.raw_client import RawEmbedJobsClient
from cohere.errors.not_found_error import NotFoundError
from cohere.types.embed_job import EmbedJob
from cohere.types.embed_job_status import EmbedJobStatus
from cohere.v2.client import V2Client


class Client(BaseCohere):
    def __init__(self, api_key: str, *, base_url: typing.Optional[str] = None) -> None:
        BaseCohere.__init__(self, token=api_key, base_url=base_url)
        self.raw = RawEmbedJobsClient(client_wrapper=self._client_wrapper)


class Mine(V2Client):
    def __init__(self, client: Client) -> None:
        V2Client.__init__(self, client_wrapper=client._client_wrapper)


def job(client: Client, name: typing.Optional[str] = OMIT) -> EmbedJob:
    options: RequestOptions = {"timeout_in_seconds": 3}
    try:
        return client.embed_jobs.get("1", request_options=options)
    except NotFoundError as error:
        print(error.status_code, name)
        raise


def status(client: Client) -> EmbedJobStatus:
    return job(client).status


def wrapper(client: Client) -> SyncClientWrapper:
    return client._client_wrapper


async def models(client: AsyncBaseCohere) -> int:
    return len((await client.models.list()).models)
""",
        encoding="utf-8",
    )
    assert checkers.mypy(tmp_path, ["mine"]) == {"mine": []}
    assert checkers.pyright(tmp_path, ["mine"]) == {"mine": []}


def test_files_that_are_kept_are_never_touched(tmp_path: Path) -> None:
    """By .fernignore, as `fiddlehead generate` finds it, and their names are exported."""
    package = tmp_path / "out" / "cohere"
    package.mkdir(parents=True)
    (tmp_path / "out" / ".fernignore").write_text("cohere/client.py\ncohere/aliases.py\n")
    by_hand = (
        "from .base_client import BaseCohere\n\n\nclass Client(BaseCohere):\n    mine = True\n"
    )
    (package / "client.py").write_text(by_hand)
    (package / "aliases.py").write_text("from .types import ChatMessages as ChatResponse\n")
    spec = subjects.cohere("fern")
    command = [sys.executable, "-m", "fiddlehead", "generate", str(spec.spec)]
    command += ["--settings", str(spec.file), "--group", "python", "--package", "cohere"]
    command += ["--layout", "fern", "--output", "out"]
    for _ in range(2):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert (package / "client.py").read_text() == by_hand
    code = "import cohere; assert cohere.Client.mine and cohere.ChatResponse; print(cohere.Client)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "out", capture_output=True, text=True
    )
    assert done.stdout.strip() == "<class 'cohere.client.Client'>", done.stderr
