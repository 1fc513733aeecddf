"""The exports of `import acme`: names of the description, and exceptions for users."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..runtime.server import Reply
from .workbench import bench, make

JOBS = """
paths:
  /jobs/{id}:
    get:
      operationId: job
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200": {description: fine, content: {application/json: {schema: {$ref: "#/components/schemas/Job"}}}}
        "404": {description: none}
      x-fiddlehead-waiter: {name: wait, property: $response.status, success: [done], failure: [failed]}
components:
  schemas:
    Job: {type: object, required: [status], properties: {status: {type: string, enum: [done, failed, on]}}}
"""


def test_the_exceptions_are_exported_by_the_package(tmp_path: Path) -> None:
    with bench(tmp_path, JOBS) as it:
        acme, client = it.package, it.client(max_retries=0)
        it.server.default = Reply(404, {"message": "no"})
        with pytest.raises(acme.NotFoundError) as raised:
            client.job("j")
        assert isinstance(raised.value, acme.ApiError)
        it.server.default = Reply(200, {"status": "failed"})
        with pytest.raises(acme.WaitFailedError):
            client.wait("j")
        it.server.default = Reply(200, {"status": "on"})
        with pytest.raises(acme.WaitTimeoutError):
            client.wait("j", timeout=0.0)
        it.server.default = Reply(200, chunks=[b"<html>"])
        with pytest.raises(acme.ParsingError):
            client.job("j")
        assert issubclass(acme.MissingCredentialError, ValueError)
        assert (
            "from acme import AcmeClient, ApiError, NotFoundError\n"
            in it.generated.files["README.md"]
        )


def test_exceptions_of_waiting_are_exported_where_there_is_some(tmp_path: Path) -> None:
    built = make(tmp_path, "paths: {}")
    assert "ApiError" in built.package.exports()[""]
    assert "WaitFailedError" not in built.package.exports()[""]


def test_names_of_the_description_take_precedence(tmp_path: Path) -> None:
    with bench(
        tmp_path, f"{JOBS}    ApiError: {{type: object, properties: {{code: {{type: string}}}}}}"
    ) as it:
        assert it.package.ApiError(code="c").code == "c"
        core = it.module("core.api_error")
        assert issubclass(it.package.NotFoundError, core.ApiError)
        readme = it.generated.files["README.md"]
        assert (
            "from acme import AcmeClient, NotFoundError\nfrom acme.core.api_error import ApiError\n"
            in readme
        )
