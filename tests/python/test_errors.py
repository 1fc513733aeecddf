"""Error responses raise the exceptions that the description defines for an endpoint."""

from __future__ import annotations

import asyncio
import pickle
from pathlib import Path
from typing import Any

import pytest

from ..runtime.server import Reply
from .workbench import bench

BY_PROPERTY = {
    "api.yml": """
        name: acme
        error-discrimination: {strategy: property, property-name: errorName}
        """,
    "jobs.yml": """
        types:
          Problem: {properties: {reason: string}}
        errors:
          Taken: {status-code: 409, type: Problem}
          TooMany: {status-code: 409, type: integer}
          Several: {status-code: 409, type: list<Problem>}
          Stopped: {status-code: 409}
        service:
          auth: false
          base-path: /jobs
          endpoints:
            start: {path: "", method: POST, errors: [Taken, TooMany, Several, Stopped]}
        """,
}
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


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_an_error_that_is_not_declared(tmp_path: Path, layout: str, kind: str) -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in CASE.iterdir()}
    with bench(tmp_path, files, layout=layout) as it:
        it.server.default = Reply(418, {"reason": "r"})

        async def stop() -> None:
            client = it.package.AsyncAcmeClient(base_url=it.server.url, max_retries=0)
            try:
                await client.jobs.stop()
            finally:
                await client._client_wrapper.client.aclose()

        with pytest.raises(it.package.ApiError) as raised:
            asyncio.run(stop()) if kind == "async" else it.client(max_retries=0).jobs.stop()
        error = raised.value
        assert type(error) is it.package.ApiError
        for copy in (error, pickle.loads(pickle.dumps(error))):
            assert repr(copy) == "ApiError(418, {'reason': 'r'})"
            assert copy.args == (418, {"reason": "r"}) == (copy.status_code, copy.body)
            assert "status_code: 418, body: {'reason': 'r'}" in str(copy)


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_the_body_of_an_error_with_a_name_is_in_its_content(tmp_path: Path, layout: str) -> None:
    with bench(tmp_path, BY_PROPERTY, layout=layout) as it:
        package, jobs = it.package, it.client(max_retries=0).jobs

        def body_of(name: str, **content: object) -> Any:
            it.server.default = Reply(409, {"errorName": name, **content})
            with pytest.raises(getattr(package.jobs, name)) as raised:
                jobs.start()
            assert raised.value.status_code == 409
            return raised.value.body

        assert body_of("Taken", content={"reason": "r"}) == package.jobs.Problem(reason="r")
        assert body_of("TooMany", content=5) == 5
        assert body_of("Several", content=[{"reason": "r"}]) == [package.jobs.Problem(reason="r")]
        assert body_of("Stopped") == {"errorName": "Stopped"}
        # Other forms are kept as they come.
        assert body_of("TooMany", content="five") == "five"
        assert body_of("Taken", reason="r").reason == "r"
        for body in ({"errorName": "Other"}, {"errorName": ["Taken"]}, ["Taken"], "Taken"):
            it.server.default = Reply(409, body)
            with pytest.raises(package.ApiError) as plain:
                jobs.start()
            assert plain.value.body == body


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_names_that_are_declared_twice_leave_the_rest(tmp_path: Path, layout: str) -> None:
    service = "service: {auth: false, base-path: PATH, endpoints: {go: {path: '', method: GET, errors: [Gone], response: Twice}}}"
    files = {
        "api.yml": "name: acme\n",
        "jobs.yml": """
types: {Twice: {properties: {due: date, gone: Gone}}, date: string, Gone: {properties: {why: string}}}
errors: {Gone: {status-code: 410, type: Gone}}
"""
        + service.replace("PATH", "/jobs"),
        "pots.yml": "types: {Twice: string}\nerrors: {Gone: {status-code: 409}}\n"
        + service.replace("PATH", "/pots"),
    }
    with bench(tmp_path, files, layout=layout) as it:
        codes = [problem.code for problem in it.generated.diagnostics.reported]
        assert codes == ["duplicate-name"] * 2
        it.server.default = Reply(200, {"due": "2020-01-02", "gone": {"why": "w"}})
        job = it.client().jobs.go()
        assert (job.due.year, job.gone.why) == (2020, "w")
        it.server.default = Reply(410, {"why": "w"})
        with pytest.raises(it.module("jobs.errors").Gone) as raised:
            it.client(max_retries=0).jobs.go()
        assert raised.value.body == it.module("jobs").Gone(why="w")


def test_the_first_of_two_declarations_in_one_package_is_used(tmp_path: Path) -> None:
    files = {
        "api.yml": "name: acme\n",
        "jobs.yml": "types: {Twice: integer}\nerrors: {Gone: {status-code: 410}}\n"
        "service: {auth: false, base-path: '', endpoints: {go: {path: '', method: GET, errors: [Gone], response: Twice}}}\n",
        "jobs/__package__.yml": "types: {Twice: string}\nerrors: {Gone: {status-code: 404}}\n",
    }
    with bench(tmp_path, files) as it:
        codes = [problem.code for problem in it.generated.diagnostics.reported]
        assert codes == ["duplicate-name"] * 2
        it.server.default = Reply(200, "text")
        assert it.client().jobs.go() == "text"
        it.server.default = Reply(404, None)
        with pytest.raises(it.module("jobs").Gone):
            it.client(max_retries=0).jobs.go()
