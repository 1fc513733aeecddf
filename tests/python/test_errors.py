"""Error responses raise the exceptions that the description defines for an endpoint."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..runtime.server import Reply
from .workbench import bench

CASE = Path(__file__).parents[1] / "cases" / "fern-errors-of-one-status" / "definition"


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_errors_of_one_status_are_those_of_their_endpoint(tmp_path: Path, layout: str) -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in CASE.iterdir()}
    with bench(tmp_path, files, layout=layout) as it:
        acme, jobs = it.package, it.client(max_retries=0).jobs
        it.server.default = Reply(400, {"reason": "r"})
        with pytest.raises(acme.BadJobError) as raised:
            jobs.start()
        assert (raised.value.status_code, raised.value.body.reason) == (400, "r")
        it.server.default = Reply(400, "taken")
        with pytest.raises(acme.BadNameError) as other:
            jobs.rename()
        assert other.value.body == "taken"
        with pytest.raises(acme.ApiError) as plain:
            jobs.stop()
        assert type(plain.value) is acme.ApiError
        it.server.default = Reply(410, None)
        with pytest.raises(acme.GoneError):
            jobs.stop()
