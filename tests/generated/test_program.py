"""Programs of users run unchanged against a server on loopback."""

from __future__ import annotations

import asyncio
import importlib
import time
from collections.abc import Iterator
from typing import Any

import pytest

from ..runtime.server import Reply, Server
from ..support import examples
from ..support.example_server import ExampleServer, instead_of_every_host
from ..support.pipeline import ROOT, read_spec

# Issue by issue, this is the program that people come with.
PROGRAM = """\
import cohere, time
co = cohere.Client()
job = co.embed_jobs.create(model="embed-english-v3.0", dataset_id="my-dataset-id",
                           input_type="search_document", truncate="END")
job = co.embed_jobs.get(id=job.job_id)
again = co.embed_jobs.get("job_id")
while job.status == "processing":
    time.sleep(10); job = co.embed_jobs.get(id=job.job_id)
for job in co.embed_jobs.list().embed_jobs: print(job.job_id, job.model, job.status, job.truncate)
from cohere.types import EmbedJob
assert type(job) is EmbedJob and type(again) is EmbedJob
"""
ASYNCHRONOUS = """\
import asyncio
import cohere

async def main():
    async with cohere.AsyncClient() as co:
        job = await co.embed_jobs.create(model="embed-english-v3.0", dataset_id="my-dataset-id",
                                         input_type="search_document", truncate="END")
        job = await co.embed_jobs.get(id=job.job_id)
        while job.status == "processing":
            await asyncio.sleep(10)
            job = await co.embed_jobs.get(id=job.job_id)
        for job in (await co.embed_jobs.list()).embed_jobs:
            print(job.job_id, job.model, job.status, job.truncate)

asyncio.run(main())
"""


@pytest.fixture
def cohere() -> Iterator[Any]:
    with examples.importable(ROOT / "generated", "cohere"):
        yield importlib.import_module("cohere")


@pytest.fixture
def scripted() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.mark.parametrize("program", [PROGRAM, ASYNCHRONOUS], ids=["sync", "async"])
def test_the_program_runs(
    cohere: Any, program: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    slept: list[float] = []

    async def pause(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setenv("CO_API_KEY", "secret")
    monkeypatch.setattr(time, "sleep", slept.append)
    monkeypatch.setattr(asyncio, "sleep", pause)
    api = read_spec(ROOT / "spec" / "openapi.yaml")
    with ExampleServer(api, patience=3) as server, instead_of_every_host(server):
        exec(compile(program, "program.py", "exec"), {"__name__": "__main__"})
    output = capsys.readouterr().out.split()
    assert output[:2] == ["ebd-9f8a7c6d5b4e3a21", "embed-multilingual-v2.0"]
    assert 10 in slept
    assert [request.headers["authorization"] for request in server.requests[:1]] == [
        "Bearer secret"
    ]
    assert [(request.method, request.path) for request in server.requests][:2] == [
        ("POST", "/v1/embed-jobs"),
        ("GET", "/v1/embed-jobs/ebd-9f8a7c6d5b4e3a21"),
    ]
    assert server.requests[0].json == {
        "model": "embed-english-v3.0",
        "dataset_id": "my-dataset-id",
        "input_type": "search_document",
        "truncate": "END",
    }


def job(status: str) -> Reply:
    return Reply(200, {"job_id": "1", "status": status, "new": True}, {"X-API-Warning": "old"})


def test_raw_responses(cohere: Any, scripted: Server) -> None:
    scripted.replies = [job("complete")]
    co = cohere.Client(api_key="x", client_name="me", base_url=scripted.url)
    raw = co.embed_jobs.with_raw_response.get("1")
    assert raw.data.job_id == "1" and raw.data.new is True
    assert raw.status_code == 200 and raw.headers["x-api-warning"] == "old"
    assert scripted.seen[0].headers["x-client-name"] == "me"


class Waits:
    """One body for the client and its asynchronous twin."""

    def __init__(self, cohere: Any, asynchronous: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cohere, self.asynchronous = cohere, asynchronous
        self.slept: list[float] = []
        connection = importlib.import_module("cohere.core.connection")

        async def sleep(_: object, seconds: float) -> None:
            self.slept.append(seconds)

        monkeypatch.setattr(connection.ClientWrapper, "sleep", sleep)

    def __call__(self, server: Server, **more: Any) -> Any:
        if not self.asynchronous:
            return self.cohere.Client(api_key="x", base_url=server.url).embed_jobs.wait("1", **more)

        async def wait() -> Any:
            async with self.cohere.AsyncClient(api_key="x", base_url=server.url) as co:
                return await co.embed_jobs.wait("1", **more)

        return asyncio.run(wait())


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def waits(cohere: Any, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Waits:
    return Waits(cohere, request.param, monkeypatch)


def test_waiting_for_a_job(waits: Waits, scripted: Server) -> None:
    scripted.replies = [job("processing"), job("processing"), job("complete")]
    seen: list[str] = []
    done = waits(scripted, interval=3, on_progress=lambda request: seen.append(request.status))
    assert done.status == "complete"
    assert waits.slept == [3, 3] and seen[:2] == ["processing", "processing"]


@pytest.mark.parametrize("status", ["failed", "cancelled"])
def test_a_job_that_fails(waits: Waits, scripted: Server, status: str) -> None:
    scripted.replies = [job("processing"), job(status)]
    waiter = importlib.import_module("cohere.core.waiter")
    with pytest.raises(waiter.WaitFailedError) as caught:
        waits(scripted)
    assert caught.value.last.status == status
    assert not isinstance(caught.value, waiter.WaitTimeoutError)


def test_a_job_that_takes_too_long(waits: Waits, scripted: Server) -> None:
    scripted.default = job("processing")
    waiter = importlib.import_module("cohere.core.waiter")
    with pytest.raises(waiter.WaitTimeoutError) as caught:
        waits(scripted, interval=1, timeout=0)
    assert caught.value.last.status == "processing"
    assert not isinstance(caught.value, waiter.WaitFailedError)
    assert scripted.seen
