"""Paginated lists, with each kind of pagination."""

from __future__ import annotations

import json
import urllib.parse
from typing import Any

import pytest

from .conftest import Caller
from .server import Reply, Seen, Server


def page(ids: list[str], **more: Any) -> Reply:
    base = {"status": "complete", "created_at": "2024-04-10T14:22:35Z"}
    return Reply(body={"data": [{"job_id": id, **base} for id in ids], **more})


def pager(caller: Caller, server: Server, url: str = "v1/jobs", **call: Any) -> Any:
    from acme.types import Job, JobList

    jobs = caller.client(base_url=server.url, token="t").jobs
    return caller.run(lambda: jobs._paginate(Job, JobList, "GET", url, results="data", **call))


def ids(caller: Caller, pager: Any) -> list[str]:
    return [job.job_id for job in caller.all(pager)]


def queries(server: Server) -> list[str]:
    return [urllib.parse.urlsplit(seen.target).query for seen in server.seen]


def test_by_cursor_over_an_empty_page(caller: Caller, server: Server) -> None:
    server.replies = [page(["a"], next="2"), page([], next="3"), page(["b"], next="")]
    client = caller.client(base_url=server.url, token="t")
    first = caller.run(client.jobs.list)
    assert first.has_next and first.response.next == "2" and first.items[0].job_id == "a"
    assert ids(caller, first) == ["a", "b"] and queries(server) == [
        "",
        "cursor=2",
        "cursor=3",
    ]
    server.replies = [page(["a"], next="2"), page(["b"])]
    first = caller.run(client.jobs.with_raw_response.list)
    second = caller.run(first.next_page)
    assert second.items[0].job_id == "b" and caller.run(second.next_page) is None
    assert len(caller.all(second.iter_pages())) == 1


def test_the_same_cursor_twice_is_an_error(caller: Caller, server: Server) -> None:
    from acme.core.pagination import PaginationError

    server.replies = [page(["a"], next="2"), page(["b"], next="3")]
    server.default = page(["c"], next="2")
    first = caller.run(caller.client(base_url=server.url, token="t").jobs.list)
    pages = first.iter_pages()
    read = pages.__anext__ if caller.is_async else pages.__next__
    items = [[job.job_id for job in caller.run(read).items] for _ in range(3)]
    assert items == [["a"], ["b"], ["c"]]  # the last page before the error is complete
    with pytest.raises(PaginationError, match="'2'"):
        caller.run(read)
    assert len(server.seen) == 3


def test_a_cursor_deep_in_the_body(caller: Caller, server: Server) -> None:
    from acme.core.unchecked_base_model import UncheckedBaseModel

    class Paging(UncheckedBaseModel):
        cursor: str | None = None
        size: int | None = None

    server.replies = [page(["a"], next="2"), page(["b"])]
    body = {"paging": Paging(size=1), "query": "q"}
    place = ("json.paging.cursor", "next")
    assert ids(caller, pager(caller, server, json=body, cursor=place)) == ["a", "b"]
    sent = [json.loads(seen.body) for seen in server.seen]
    assert sent[0] == {"paging": {"size": 1}, "query": "q"}
    assert sent[1] == {"paging": {"size": 1, "cursor": "2"}, "query": "q"}


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (
            {"offset": "params.page", "unit": "page", "first": 1},
            ["", "page=2", "page=3"],
        ),
        ({"offset": "params.at"}, ["", "at=2", "at=3"]),
        (
            {
                "offset": "params.at",
                "step": "params.limit",
                "params": {"at": 10, "limit": 5},
            },
            ["at=10&limit=5", "at=15&limit=5", "at=20&limit=5"],
        ),
    ],
)
def test_by_offset(
    caller: Caller, server: Server, call: dict[str, Any], expected: list[str]
) -> None:
    server.replies = [page(["a", "b"]), page(["c"]), page([])]
    assert ids(caller, pager(caller, server, **call)) == ["a", "b", "c"]
    assert queries(server) == expected


def test_by_offset_as_long_as_there_is_more(caller: Caller, server: Server) -> None:
    from acme.core.pagination import PaginationError

    more = {"offset": "params.page", "unit": "page", "has_next": "has_more"}
    server.replies = [page(["a"], has_more=True), page([], has_more=True), page(["b"])]
    assert ids(caller, pager(caller, server, **more)) == ["a", "b"]
    server.default = page([], has_more=True)
    with pytest.raises(PaginationError):
        ids(caller, pager(caller, server, offset="params.at", has_next="has_more"))


def test_by_uri_and_path(caller: Caller, server: Server) -> None:
    server.replies = [
        page(["a"], next=f"{server.url}/v1/jobs?c=%2F"),
        page(["b"], next="jobs?c=3"),
    ]
    server.default = page(["c"])
    result = ids(caller, pager(caller, server, params={"limit": 1}, next_uri="next"))
    assert result == ["a", "b", "c"]
    targets = [seen.target for seen in server.seen]
    assert targets == ["/v1/jobs?limit=1", "/v1/jobs?c=%2F", "/v1/jobs?c=3"]
    server.seen.clear()
    server.replies = [page(["a"], next="/v1/jobs?p={2}"), page(["b"])]
    assert ids(caller, pager(caller, server, next_path="next")) == ["a", "b"]
    assert server.seen[1].target.startswith("/v1/jobs?p=")


def test_credentials_do_not_go_elsewhere(caller: Caller, server: Server) -> None:
    other = Server()
    try:
        server.replies = [page(["a"], next=f"{other.url}/x")]
        other.default = page(["b"])
        assert ids(caller, pager(caller, server, next_uri="next")) == ["a", "b"]
        assert "authorization" in server.seen[0].headers
        assert "authorization" not in other.seen[0].headers
    finally:
        other.close()


def test_a_response_without_the_results(caller: Caller, server: Server) -> None:
    server.handler = lambda _: Reply(body={"other": 1})
    assert ids(caller, pager(caller, server, cursor=("params.c", "next"))) == []
    seen: Seen = server.seen[0]
    assert seen.method == "GET"
