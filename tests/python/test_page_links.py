"""Links and cursors to the next page that a server should not send."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench

SCHEMA = "{type: object, properties: {data: {type: array, items: {type: integer}}, next: {type: string}}}"
RESPONSES = f"""
      responses: {{"200": {{description: ok, content: {{application/json: {{schema: {SCHEMA}}}}}}}}}
"""
API = f"""
paths:
  /by-uri:
    get:
      operationId: by_uri
      x-fern-pagination: {{type: uri, next_uri: $response.next, results: $response.data}}
{RESPONSES}
  /by-path:
    get:
      operationId: by_path
      x-fern-pagination: {{type: path, next_path: $response.next, results: $response.data}}
{RESPONSES}
  /by-cursor:
    get:
      operationId: by_cursor
      x-fern-pagination: {{cursor: $request.cursor, next_cursor: $response.next, results: $response.data}}
      parameters: [{{in: query, name: cursor, schema: {{type: string}}}}]
{RESPONSES}
"""


@pytest.fixture(scope="module", params=["compact", "fern"])
def acme(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("links"), API, layout=request.param) as built:
        yield built


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def read(acme: Bench, kind: str, method: str, items: list[int], *replies: Reply) -> None:
    """Add the items of all pages to ``items``, until an error."""
    acme.server.seen.clear()
    acme.server.replies = [*replies]
    if kind == "sync":
        with acme.client() as client:
            for item in getattr(client, method)():
                items.append(item)
        return

    async def later() -> None:
        async with acme.package.AsyncAcmeClient(base_url=acme.server.url) as client:
            async for item in await getattr(client, method)():
                items.append(item)

    asyncio.run(later())


def page(item: int, following: Any) -> Reply:
    return Reply(body={"data": [item], "next": following})


@pytest.mark.parametrize("method", ["by_uri", "by_path"])
@pytest.mark.parametrize("link", [5, True, {"href": "/x"}, ["/x"], "http://h:port/"])
def test_a_link_that_is_unusable(acme: Bench, kind: str, method: str, link: Any) -> None:
    """The first page is complete. The error comes when the next page is asked for."""
    items: list[int] = []
    error = acme.module("core.pagination").PaginationError
    with pytest.raises(error, match="'next' is not a link to the next page: ") as raised:
        read(acme, kind, method, items, page(1, link))
    assert repr(link) in str(raised.value)
    assert items == [1] and len(acme.server.seen) == 1


@pytest.mark.parametrize("method", ["by_uri", "by_path", "by_cursor"])
@pytest.mark.parametrize("following", [None, "", False])
def test_no_link_to_a_next_page(acme: Bench, kind: str, method: str, following: Any) -> None:
    """Some servers send false."""
    items: list[int] = []
    read(acme, kind, method, items, page(1, following))
    assert items == [1] and len(acme.server.seen) == 1


def test_zero_is_a_cursor(acme: Bench, kind: str) -> None:
    items: list[int] = []
    read(acme, kind, "by_cursor", items, page(1, 0), page(2, False))
    assert items == [1, 2] and urlsplit(acme.server.seen[1].target).query == "cursor=0"


def test_a_cursor_that_is_the_text_none(acme: Bench, kind: str) -> None:
    items: list[int] = []
    read(acme, kind, "by_cursor", items, page(1, "None"), page(2, "3"), page(3, ""))
    assert items == [1, 2, 3]
    sent = [parse_qs(urlsplit(seen.target).query) for seen in acme.server.seen]
    assert sent == [{}, {"cursor": ["None"]}, {"cursor": ["3"]}]


def test_the_cursor_none_twice_is_an_error(acme: Bench, kind: str) -> None:
    items: list[int] = []
    with pytest.raises(acme.module("core.pagination").PaginationError, match="'None'"):
        read(acme, kind, "by_cursor", items, page(1, "None"), page(2, "None"))
    assert items == [1, 2]
