"""`x-fiddlehead-request`: the timeout and the retries of one endpoint."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from ..runtime.server import Reply, Seen
from .workbench import bench, make

SAID = "{timeout: 0.2, max-retries: 1}"
OPENAPI = f"""
paths:
  /slow: {{get: {{operationId: slow, x-fiddlehead-request: {SAID}, responses: {{"204": {{}}}}}}}}
  /plain: {{get: {{operationId: plain, responses: {{"204": {{}}}}}}}}
"""
FERN = {
    "api.yml": "name: acme\nbase-path: /\n",
    "__package__.yml": f"""
service:
  auth: false
  base-path: ""
  endpoints:
    slow: {{method: GET, path: /slow, x-fiddlehead-request: {SAID}}}
    plain: {{method: GET, path: /plain}}
""",
}


@pytest.mark.parametrize("described", [OPENAPI, FERN], ids=["openapi", "fern"])
def test_they_apply_unless_the_caller_overrides_them(
    tmp_path: Path, described: str | Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with bench(tmp_path, described) as it:
        assert not it.generated.diagnostics.reported
        monkeypatch.setattr(time, "sleep", lambda _: None)
        client = it.client(timeout=60)

        def attempts(call: Any, **options: Any) -> int:
            before = len(it.server.seen)
            it.server.default = Reply(status=503)
            with pytest.raises(it.package.ApiError):
                call(request_options={"timeout": 60, **options})
            return len(it.server.seen) - before

        assert attempts(client.slow) == 2
        assert attempts(client.plain) == 3
        assert attempts(client.slow, max_retries=0) == 1

        def late(seen: Seen) -> Reply:
            sleep(0.5)
            return Reply(status=204)

        it.server.handler = late
        library = client._client_wrapper.library
        with pytest.raises(library.TimeoutException):
            client.slow(request_options={"max_retries": 0})
        client.slow(request_options={"timeout": 60})
        client.plain()


def test_invalid_values_are_a_warning(tmp_path: Path) -> None:
    wrong = OPENAPI.replace(SAID, "{timeout: -1, max-retries: many, pause: 3}")
    problems = [diagnostic.message for diagnostic in make(tmp_path, wrong).diagnostics.reported]
    assert problems == [
        "'timeout' must be a positive number of seconds",
        "'max-retries' must be an integer of 0 or more",
        "unknown key 'pause' of 'x-fiddlehead-request'",
    ]
