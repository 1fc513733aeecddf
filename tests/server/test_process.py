"""`fiddlehead serve` as a process on the loopback interface."""

from __future__ import annotations

import importlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fiddlehead.cli import main

from ..support import examples
from ..support.pipeline import ROOT

SPEC = ROOT / "spec" / "openapi.yaml"
COMMAND = (sys.executable, "-m", "fiddlehead", "serve")


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [*COMMAND, str(SPEC), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
        process.kill()


def raw(address: str, data: bytes) -> bytes:
    """The response to some bytes, after which the client sends nothing more."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_the_client_waits_for_a_job(served: tuple[subprocess.Popen[str], str]) -> None:
    _, address = served
    with examples.importable(ROOT / "generated", "cohere"):
        cohere: Any = importlib.import_module("cohere")
        client = cohere.Client(api_key="key", base_url=address)
        job = client.embed_jobs.create(model="m", dataset_id="ds-1", input_type="search_query")
        done = client.embed_jobs.wait(job.job_id, interval=0.01)
        assert (done.status, done.input_dataset_id) == ("complete", "ds-1")
        with pytest.raises(cohere.UnauthorizedError):
            client.embed_jobs.list(request_options={"additional_headers": {"Authorization": ""}})


HEAD = b"POST /v1/embed-jobs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (HEAD + b'Content-Length: 100\r\n\r\n{"model"', 400),
        (HEAD + b"Content-Length: 99999999999\r\n\r\n{", 413),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (HEAD + b"Content-Length: 1\r\n\r\n{", 400),
        (b"no HTTP at all\r\n\r\n", 400),
    ],
)
def test_a_broken_request_is_a_failure_of_the_client(
    served: tuple[subprocess.Popen[str], str], data: bytes, status: int
) -> None:
    _, address = served
    first = raw(address, data).partition(b"\r\n")[0]
    assert first.split(b" ")[1] == b"%d" % status
    headers = {"Authorization": "Bearer k"}
    assert httpx.get(f"{address}/v1/embed-jobs", headers=headers).status_code == 200


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_ends_it_though_a_connection_is_open(name: str) -> None:
    command = [*COMMAND, str(SPEC), "--port", "0", "--latency", "60000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(b"GET /v1/embed-jobs HTTP/1.1\r\nHost: x\r\n\r\n")
            process.send_signal(getattr(signal, name))
            assert process.wait(5) == 0


def test_every_response_waits(tmp_path: Path) -> None:
    command = [*COMMAND, str(SPEC), "--port", "0", "--latency", "300"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        start = time.monotonic()
        assert httpx.get(f"{address}/none").status_code == 404
        assert time.monotonic() - start >= 0.3
        process.terminate()


def test_unservable_descriptions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("openapi: [", encoding="utf-8")
    handlers = [signal.getsignal(item) for item in (signal.SIGINT, signal.SIGTERM)]
    try:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            used = str(taken.getsockname()[1])
            assert main(["serve", str(SPEC), "--port", used]) == 2
            assert f"port {used} cannot be used" in capsys.readouterr().err
        assert main(["serve", str(SPEC), "--fail", "often"]) == 2
        assert "'often' is not CODE@SHARE" in capsys.readouterr().err
        assert main(["serve", str(SPEC), "--fail", "503@0.9", "--fail", "429@0.2"]) == 2
        assert "the sum of the shares is more than 1" in capsys.readouterr().err
        assert main(["serve", str(tmp_path / "none.yaml")]) == 2
        assert main(["serve", str(wrong)]) == 3
        assert main(["serve", str(SPEC), "--port", "70000"]) == 2
    finally:
        signal.signal(signal.SIGINT, handlers[0])
        signal.signal(signal.SIGTERM, handlers[1])


def test_without_the_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    handlers = [signal.getsignal(item) for item in (signal.SIGINT, signal.SIGTERM)]
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    try:
        assert main(["serve", str(SPEC)]) == 2
    finally:
        signal.signal(signal.SIGINT, handlers[0])
        signal.signal(signal.SIGTERM, handlers[1])
    assert "pip install 'fiddlehead[serve]'" in capsys.readouterr().err
