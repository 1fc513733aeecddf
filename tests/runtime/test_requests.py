"""The requests on the wire, and the results of responses."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Any

import pytest

from .conftest import Caller
from .libraries import LIBRARIES
from .server import Reply, Server

JOB = {"job_id": "j1", "status": "processing", "created_at": "2024-04-10T14:22:35Z"}


def test_a_call_and_its_model(caller: Caller, server: Server) -> None:
    server.default = Reply(body=JOB)
    client = caller.client(base_url=server.url, token="t", client_name="me")
    job = caller.run(lambda: client.jobs.get("j1"))
    assert (job.job_id, job.status, job.created_at.year) == ("j1", "processing", 2024)
    [seen] = server.seen
    assert (seen.method, seen.target) == ("GET", "/v1/jobs/j1")
    assert seen.headers["authorization"] == "Bearer t"
    assert seen.headers["x-client-name"] == "me"
    assert seen.headers["user-agent"] == "acme/1.0.0"
    assert "content-type" not in seen.headers
    caller.run(client.close)


def test_a_base_url_may_have_a_path_and_a_slash(caller: Caller, server: Server) -> None:
    server.default = Reply(body=JOB)
    client = caller.client(base_url=server.url + "/base/", token="t")
    caller.run(lambda: client.jobs.get("j1"))
    assert server.seen[0].target == "/base/v1/jobs/j1"


@pytest.mark.parametrize(
    ("id", "sent"),
    [
        ("a/b", "a%2Fb"),
        ("../v1/tokenize?x=1", "..%2Fv1%2Ftokenize%3Fx%3D1"),
        ("ü #", "%C3%BC%20%23"),
        ("a%2Fb", "a%252Fb"),
        ("...", "..."),
        (dt.datetime(2024, 1, 2, tzinfo=dt.timezone.utc), "2024-01-02T00%3A00%3A00Z"),
        (True, "true"),
    ],
)
def test_a_path_value_is_one_segment(caller: Caller, server: Server, id: Any, sent: str) -> None:
    server.default = Reply(body=JOB)
    client = caller.client(base_url=server.url, token="t")
    caller.run(lambda: client.jobs.get(id))
    assert server.seen[0].target == f"/v1/jobs/{sent}"


@pytest.mark.parametrize("id", ["", ".", "..", None])
def test_a_path_value_that_leads_elsewhere_is_refused(
    caller: Caller, server: Server, id: Any
) -> None:
    client = caller.client(base_url=server.url, token="t")
    with pytest.raises(ValueError, match=r"the path's \{id\} must not be"):
        caller.run(lambda: client.jobs.get(id))
    assert server.seen == []


def test_none_is_sent_and_what_is_omitted_is_not(caller: Caller, server: Server) -> None:
    server.default = Reply(body=JOB)
    client = caller.client(base_url=server.url, token="t")
    caller.run(lambda: client.jobs.create(model="m", name=None))
    assert server.seen[0].json == {"model": "m", "name": None}
    assert server.seen[0].headers["content-type"] == "application/json"
    assert "x-trace" not in server.seen[0].headers


def test_a_model_in_a_body(caller: Caller, server: Server) -> None:
    from acme.types import Image, Message, Text, UnknownVariant

    server.default = Reply(body=JOB)
    client = caller.client(base_url=server.url, token="t")
    content = [Text(text="ü"), Image(url="u"), UnknownVariant(type="new", n=1)]
    message = Message(content=content)
    caller.run(lambda: client.jobs.create(model="m", message=message, trace="é"))
    assert server.seen[0].json == {
        "model": "m",
        "message": {
            "content": [
                {"type": "text", "text": "ü"},
                {"type": "image", "url": "u"},
                {"type": "new", "n": 1},
            ]
        },
    }
    assert "ü".encode() in server.seen[0].body


def test_options_of_one_request(caller: Caller, server: Server) -> None:
    server.default = Reply(body=JOB)
    client = caller.client(base_url=server.url, token="t", client_name="me")
    options = {
        "additional_headers": {
            "authorization": "other",
            "X-Client-Name": None,
            "X-A": 1,
        },
        "additional_query_parameters": {"q": [1, 2], "b": True},
        "additional_body_parameters": {"extra": {"a": 1}, "model": "n"},
    }
    caller.run(lambda: client.jobs.create(model="m", request_options=options))
    [seen] = server.seen
    assert seen.target == "/v1/jobs?q=1&q=2&b=true"
    assert seen.json == {"model": "n", "extra": {"a": 1}}
    assert seen.headers["authorization"] == "other" and seen.headers["x-a"] == "1"
    assert "x-client-name" not in seen.headers


def test_options_that_are_null(caller: Caller, server: Server, naps: list[float]) -> None:
    server.replies = [Reply(status=503)] * 2
    server.default = Reply(body=JOB)
    client = caller.client(base_url=server.url, token="t")
    names = ("timeout", "max_retries", "additional_headers", "additional_query_parameters")
    options = dict.fromkeys([*names, "additional_body_parameters"])
    assert caller.run(lambda: client.jobs.get("j", request_options=options)).job_id == "j1"
    assert len(naps) == 2


def test_no_content(caller: Caller, server: Server) -> None:
    server.default = Reply(status=204)
    client = caller.client(base_url=server.url, token="t")
    assert caller.run(lambda: client.jobs.cancel("j")) is None
    raw = caller.run(lambda: client.jobs.with_raw_response.cancel("j"))
    assert (raw.data, raw.status_code, raw.problems) == (None, 204, [])


def test_a_raw_response(caller: Caller, server: Server) -> None:
    server.default = Reply(body={**JOB, "created_at": "soon"}, headers={"X-Warning": "w"})
    client = caller.client(base_url=server.url, token="t")
    raw = caller.run(lambda: client.jobs.with_raw_response.get("j"))
    assert raw.status_code == 200 and raw.headers["x-warning"] == "w"
    assert raw.data.job_id == "j1" and raw.data.created_at == "soon"
    [problem] = raw.problems
    assert (problem["loc"], problem["input"]) == (("created_at",), "soon")


def test_a_property_of_a_response(caller: Caller, server: Server) -> None:
    server.default = Reply(body={"data": [JOB]})
    client = caller.client(base_url=server.url, token="t")
    assert [job.job_id for job in caller.run(client.jobs.first)] == ["j1"]
    raw = caller.run(client.jobs.with_raw_response.first)
    assert raw.data[0].job_id == "j1" and raw.problems == []


def test_an_error_tells_everything(caller: Caller, server: Server) -> None:
    from acme.core.api_error import ApiError
    from acme.errors import NotFoundError
    from acme.types import Complaint

    body = {"message": "nope", "details": {"a": "b"}, "more": 1}
    server.default = Reply(404, body, {"X-Request-Id": "r1"})
    client = caller.client(base_url=server.url, token="t")
    with pytest.raises(NotFoundError) as raised:
        caller.run(lambda: client.jobs.get("j"))
    error = raised.value
    for copy in (error, pickle.loads(pickle.dumps(error))):
        assert isinstance(copy, ApiError) and type(copy) is NotFoundError
        assert isinstance(copy.body, Complaint) and copy.body.message == "nope"
        assert (copy.status_code, copy.request_id, copy.method) == (404, "r1", "GET")
        assert copy.url == f"{server.url}/v1/jobs/j" and copy.headers is not None
        assert copy.body.more == 1
        assert "404" in str(copy) and "r1" in str(copy) and "Server" not in str(copy)


def test_an_error_built_by_hand_pickles() -> None:
    from acme.core.api_error import ApiError
    from acme.errors import BadRequestError

    error = pickle.loads(pickle.dumps(BadRequestError(body={"a": 1}, headers={"x": "y"})))
    assert (error.status_code, error.body, error.headers) == (400, {"a": 1}, {"x": "y"})
    plain = pickle.loads(pickle.dumps(ApiError(status_code=1, headers=None, body="b")))
    assert (plain.status_code, plain.body) == (1, "b")


@pytest.mark.parametrize(
    ("status", "body", "name", "expected"),
    [
        (400, {"message": "m"}, "BadRequestError", None),
        (599, b"<html>", "ServerError", "<html>"),
        (418, b"", "ApiError", ""),
        (404, b"not json", "NotFoundError", "not json"),
        (302, {"a": 1}, "ApiError", {"a": 1}),
    ],
)
def test_which_error_it_is(
    caller: Caller, server: Server, status: int, body: Any, name: str, expected: Any
) -> None:
    from acme.core.api_error import ApiError
    from acme.types import Complaint

    server.default = Reply(status, body)
    client = caller.client(base_url=server.url, token="t", max_retries=0)
    with pytest.raises(ApiError) as raised:
        caller.run(lambda: client.jobs.create(model="m"))
    assert type(raised.value).__name__ == name and raised.value.status_code == status
    if expected is None:  # The endpoint's own type of the body.
        assert isinstance(raised.value.body, Complaint)
    else:
        assert raised.value.body == expected


def test_an_error_found_by_a_property(caller: Caller, server: Server) -> None:
    from acme.errors import QuotaError

    server.default = Reply(409, {"errorName": "QuotaExceeded"})
    client = caller.client(
        base_url=server.url, token="t", error_property="errorName", max_retries=0
    )
    with pytest.raises(QuotaError) as raised:
        caller.run(lambda: client.jobs.get("j"))
    assert raised.value.status_code == 409


@pytest.mark.parametrize("body", [b"<html>ok</html>", b"", b"{", b"[" * 100_000])
def test_a_response_that_is_not_json(caller: Caller, server: Server, body: bytes) -> None:
    from acme.core.api_error import ParsingError

    server.default = Reply(200, body)
    client = caller.client(base_url=server.url, token="t")
    with pytest.raises(ParsingError) as raised:
        caller.run(lambda: client.jobs.get("j"))
    assert raised.value.status_code == 200 and raised.value.body == body.decode()
    assert repr(raised.value).startswith("ParsingError(200, ")


def test_a_client_of_the_callers_own(caller: Caller, library: Any, server: Server) -> None:
    server.default = Reply(body=JOB)
    rewritten: list[str] = []

    def note(request: Any) -> None:
        request.headers["X-Signed"] = "yes"
        rewritten.append(str(request.url))

    async def async_note(request: Any) -> None:
        note(request)

    hook: Any = async_note if caller.is_async else note
    http = caller.http(
        library,
        base_url="http://nowhere.invalid/",
        params={"p": "1"},
        timeout=7,
        event_hooks={"request": [hook]},
    )
    client = caller.client(base_url=server.url, token="t", httpx_client=http)
    options = {"additional_query_parameters": {"a": "b,c"}}
    caller.run(lambda: client.jobs.get("j", request_options=options))
    assert server.seen[0].target in ("/v1/jobs/j?p=1&a=b%2Cc", "/v1/jobs/j?a=b%2Cc&p=1")
    assert server.seen[0].headers["x-signed"] == "yes"
    caller.run(client.close)
    assert not http.is_closed


def timeouts(caller: Caller, library: Any, options: Any = None, **settings: Any) -> Any:
    """The timeout of a request."""
    requests: list[Any] = []

    def respond(request: Any) -> Any:
        requests.append(request)
        return library.Response(200, json=JOB)

    http = caller.http(library, transport=library.MockTransport(respond), timeout=7)
    client = caller.client(token="t", httpx_client=http, **settings)
    caller.run(lambda: client.jobs.get("j", request_options=options))
    return requests[0].extensions["timeout"]["read"]


def test_timeouts(caller: Caller, library: Any) -> None:
    assert timeouts(caller, library) == 7
    assert timeouts(caller, library, timeout=3) == 3
    assert timeouts(caller, library, {"timeout": 2}, timeout=3) == 2
    assert timeouts(caller, library, {"timeout_in_seconds": 2}, timeout=3) == 2
    assert timeouts(caller, library, {"timeout": None}, timeout=3) is None
    for own in LIBRARIES:
        values = own.Timeout(1, read=9)
        assert timeouts(caller, library, {"timeout": values}, timeout=3) == 9
        assert timeouts(caller, library, timeout=values) == 9
    assert caller.client(token="t")._client_wrapper.client.timeout.read == 30.0


@pytest.mark.parametrize("timeout", ["5", {"read": 5}, object()])
def test_invalid_timeouts(caller: Caller, timeout: Any) -> None:
    with pytest.raises(TypeError, match="timeout: expected seconds or a Timeout, found"):
        caller.client(token="t", timeout=timeout)
    client = caller.client(token="t")
    with pytest.raises(TypeError, match="timeout: expected seconds or a Timeout, found"):
        caller.run(lambda: client.jobs.get("j", request_options={"timeout": timeout}))


def test_closing(caller: Caller) -> None:
    client = caller.client(token="t")
    caller.run(client.close)
    assert client._client_wrapper.client.is_closed

    async def in_context() -> Any:
        async with caller.client(token="t") as other:
            return other

    if caller.is_async:
        other = caller.run(in_context)
    else:
        with caller.client(token="t") as other:
            pass
    assert other._client_wrapper.client.is_closed


def test_headers_are_computed_for_each_attempt_and_can_be_patched(
    caller: Caller, server: Server, monkeypatch: pytest.MonkeyPatch, naps: list[float]
) -> None:
    from acme.core.connection import ClientWrapper

    server.replies = [Reply(503), Reply(body=JOB)]
    original, asked = ClientWrapper.get_headers, []

    def patched(self: Any) -> dict[str, Any]:
        asked.append(1)
        headers = original(self)
        headers.pop("Authorization")
        return {**headers, "X-Patched": "1"}

    monkeypatch.setattr(ClientWrapper, "get_headers", patched)
    client = caller.client(base_url=server.url, token="t")
    caller.run(lambda: client.jobs.get("j"))
    assert len(asked) == len(server.seen) == 2
    assert all("authorization" not in seen.headers for seen in server.seen)
    assert server.seen[1].headers["x-patched"] == "1"


def test_an_override_does_not_change_the_raw_client(caller: Caller, server: Server) -> None:
    from acme.client import AsyncJobsClient, JobsClient

    server.default = Reply(body=JOB)
    client = caller.client(base_url=server.url, token="t")

    class Mine(AsyncJobsClient if caller.is_async else JobsClient):  # type: ignore[misc]  # either kind
        def get(self, *_: Any, **__: Any) -> Any:
            raise AssertionError

    mine = Mine(client_wrapper=client._client_wrapper)
    assert caller.run(lambda: mine.with_raw_response.get("j")).data.job_id == "j1"


def test_no_secret_is_logged(
    caller: Caller, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.default = Reply(body=JOB, headers={"Set-Cookie": "s3cret"})
    address = server.url.replace("://", "://user:s3cret@")
    client = caller.client(base_url=address, token="s3cret", headers={"X-Mine": "s3cret"})
    options = {"additional_query_parameters": {"api_key": "s3cret"}}
    with caplog.at_level("DEBUG", logger="acme"):
        caller.run(lambda: client.jobs.get("j", request_options=options))
    results = [record.getMessage() for record in caplog.records if record.name == "acme"]
    assert "s3cret" not in "\n".join(results)
    assert results == [
        f"HTTP request: GET {server.url}/v1/jobs/j: {outcome}"
        for outcome in ("sent", "<Response [200 OK]>")
    ]


def test_a_connection_is_made_when_first_used(caller: Caller) -> None:
    client = caller.client(token="t")
    assert "client" not in vars(client._client_wrapper)
    kind = LIBRARIES[0].AsyncClient if caller.is_async else LIBRARIES[0].Client
    assert isinstance(client._client_wrapper.client, kind)
    caller.run(client.close)
