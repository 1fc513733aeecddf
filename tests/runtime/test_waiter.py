"""Waiting for long-running operations."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Caller
from .server import Reply, Server


def job(status: str) -> dict[str, Any]:
    return {"job_id": "j", "status": status, "created_at": "2024-04-10T14:22:35Z"}


def test_it_waits_until_it_is_done(caller: Caller, server: Server, naps: list[float]) -> None:
    server.replies = [Reply(body=job(s)) for s in ("processing", "brand-new", "complete")]
    client, progress = caller.client(base_url=server.url, token="t"), []
    done = caller.run(
        lambda: client.jobs.wait("j", interval=3, on_progress=lambda j: progress.append(j.status))
    )
    assert done.status == "complete" and naps == [3, 3]
    assert progress == ["processing", "brand-new", "complete"]


def test_failure_and_timeout_are_two_things(
    caller: Caller, server: Server, naps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    from acme.core import waiter

    server.default = Reply(body=job("failed"))
    client = caller.client(base_url=server.url, token="t")
    with pytest.raises(waiter.WaitFailedError, match="failed") as failed:
        caller.run(lambda: client.jobs.wait("j", timeout=5))
    assert failed.value.last.status == "failed"
    now = iter(range(0, 100, 4))
    monkeypatch.setattr(waiter.Waiting, "_now", staticmethod(lambda: next(now)))
    server.default = Reply(body=job("processing"))
    with pytest.raises(waiter.WaitTimeoutError, match="processing") as late:
        caller.run(lambda: client.jobs.wait("j", interval=10, timeout=9))
    assert late.value.last.status == "processing" and naps == [5, 1]
    assert isinstance(late.value, TimeoutError)
    assert not isinstance(late.value, waiter.WaitFailedError)
