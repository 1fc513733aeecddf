"""Makes one call to a server on loopback again and again and prints the seconds of one call.

Arguments: who calls (`ours`, the generated package; `bare`, httpx2; `cohere`, as Fern generates it;
`openai`), `sync` or `async`, and the URL. `python calls.py serve` is the server: it prints its port
and answers every request with an embed job.
"""

from __future__ import annotations

import asyncio
import gc
import http.server
import json
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

JOB = {
    "id": "ebd-9f8a7c6d5b4e3a21",
    "job_id": "ebd-9f8a7c6d5b4e3a21",
    "name": "Customer Reviews Embedding Job",
    "status": "complete",
    "created_at": "2024-04-10T14:22:35Z",
    "input_dataset_id": "ds-1234abcd5678efgh",
    "output_dataset_id": "ds-8765hgfedcba4321",
    "model": "embed-multilingual-v2.0",
    "truncate": "END",
    "object": "model",
    "created": 1712758955,
    "owned_by": "somebody",
}
_CALLS, _WARM = 300, 50


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers with the job, on a connection that stays open."""

    protocol_version = "HTTP/1.1"
    content = json.dumps(JOB).encode()

    def do_GET(self) -> None:
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(self.content)}\r\n\r\n"
        )
        self.wfile.write(head.encode() + self.content)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: standard error is for progress."""


def serve() -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


def call(who: str, is_async: bool, url: str) -> Callable[[], Any]:
    """What makes one call; asynchronous ones give a coroutine."""
    if who == "bare":
        import httpx2

        http: Any = (httpx2.AsyncClient if is_async else httpx2.Client)()
        headers = {"Authorization": "Bearer k", "Accept": "application/json"}
        target = f"{url}/v1/embed-jobs/ebd-1"
        if not is_async:
            return lambda: http.get(target, headers=headers).json()

        async def get() -> Any:
            return (await http.get(target, headers=headers)).json()

        return get
    if who == "openai":
        import openai

        models: Any = (openai.AsyncOpenAI if is_async else openai.OpenAI)(
            api_key="k", base_url=f"{url}/v1"
        ).models
        return lambda: models.retrieve("m")
    import cohere

    client: Any = (cohere.AsyncClient if is_async else cohere.Client)(api_key="k", base_url=url)
    return lambda: client.embed_jobs.get("ebd-1")


def timed(one: Callable[[], Any]) -> float:
    times: list[float] = []
    for _ in range(_CALLS):
        start = time.perf_counter()
        one()
        times.append(time.perf_counter() - start)
    return statistics.median(times[_WARM:])


async def async_timed(one: Callable[[], Awaitable[Any]]) -> float:
    times: list[float] = []
    for _ in range(_CALLS):
        start = time.perf_counter()
        await one()
        times.append(time.perf_counter() - start)
    return statistics.median(times[_WARM:])


def main() -> None:
    if sys.argv[1] == "serve":
        serve()
    who, kind, url = sys.argv[1:]
    one = call(who, kind == "async", url)
    gc.disable()
    print(asyncio.run(async_timed(one)) if kind == "async" else timed(one))


main()
