"""Settings of Fern's generator that change how a client sends requests or reads responses."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import Any

import pytest

from ..runtime.server import Reply
from ..support.pipeline import ROOT
from .workbench import bench

KEEPALIVE = "[python]\ntcp-keepalive = { idle-seconds = 9 }\n"
FLAT = "[python]\nflatten-union-request-bodies = true\n"
PAYMENTS = (ROOT / "tests/cases/flattened-union-bodies/openapi.yaml").read_text(encoding="utf-8")

FILES = """
paths:
  /file:
    get:
      operationId: file
      responses:
        "200": {description: It., content: {application/octet-stream: {schema: {type: string, format: binary}}}}
"""


def test_the_properties_of_all_variants_are_arguments(tmp_path: Path) -> None:
    with bench(tmp_path, PAYMENTS, FLAT) as it:
        it.server.default = Reply(status=204)
        client = it.client()
        client.pay(kind="card", amount=5, number="1234", reference="r")
        assert it.server.seen[-1].json == {
            "kind": "card",
            "amount": 5,
            "number": "1234",
            "reference": "r",
        }
        client.pay(kind="transfer", amount=5, reference=None)
        assert it.server.seen[-1].json == {"kind": "transfer", "amount": 5, "reference": None}
        with pytest.raises(TypeError, match="amount"):
            client.pay(kind="card")


def test_without_the_setting_a_union_is_one_argument(tmp_path: Path) -> None:
    with bench(tmp_path, PAYMENTS) as it, pytest.raises(TypeError, match="kind"):
        it.client().pay(kind="card", amount=5)


def test_pieces_of_a_download_have_the_size_of_the_settings(tmp_path: Path) -> None:
    with bench(tmp_path, FILES, "[python]\ndefault-bytes-stream-chunk-size = 4\n") as it:
        it.server.default = Reply(body=b"0123456789")
        client = it.client()
        assert [*client.file()] == [b"0123", b"4567", b"89"]
        assert [*client.file(request_options={"chunk_size": 6})] == [b"012345", b"6789"]

        async def collect() -> list[bytes]:
            async with it.package.AsyncAcmeClient(base_url=it.server.url) as client:
                return [item async for item in client.file()]

        assert asyncio.run(collect()) == [b"0123", b"4567", b"89"]


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_a_chunk_size_that_is_none(tmp_path: Path, layout: str) -> None:
    with bench(tmp_path, FILES, layout=layout) as it:
        it.server.default = Reply(body=b"0123456789")

        async def collect(size: Any) -> list[bytes]:
            async with it.package.AsyncAcmeClient(base_url=it.server.url) as client:
                return [item async for item in client.file(request_options={"chunk_size": size})]

        for size in (0, -1, "6", 2.5, True):
            message = f"^chunk_size: expected 1 or more bytes, found {size!r}$"
            with pytest.raises(ValueError, match=message), it.client() as client:
                list(client.file(request_options={"chunk_size": size}))
            with pytest.raises(ValueError, match=message):
                asyncio.run(collect(size))
        assert it.server.seen == []  # no request is sent
        assert asyncio.run(collect(6)) == [b"012345", b"6789"]


def test_connections_are_kept_alive_unless_the_caller_has_a_client(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "paths: {/a: {get: {operationId: a, responses: {'204': {description: none}}}}}"
    with bench(tmp_path, text, KEEPALIVE) as it:
        it.server.default = Reply(204)
        items: list[Any] = []
        library = it.client()._client_wrapper.library
        transport = library.HTTPTransport

        def noted(**settings: Any) -> Any:
            items.append(settings["socket_options"])
            return transport(**settings)

        monkeypatch.setattr(library, "HTTPTransport", noted)
        own = library.Client(transport=transport())
        it.client(httpx_client=own).a()
        assert items == []
        it.client().a()
        [options] = items
        assert (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1) in options
        assert any(value == 9 for _, _, value in options)
