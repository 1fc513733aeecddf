"""Streams: split anywhere, closed early, interrupted, resumed."""

from __future__ import annotations

import asyncio
import gc
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .conftest import Caller
from .server import Reply, Server

SSE = {"Content-Type": "text/event-stream"}
EVENTS = (
    b"\xef\xbb\xbf: a comment\r\n"
    b'data: {"type": "text",\rdata:  "text": "\xc3\xbc\xe2\x80\xa8"}\n\n'
    b'id: 7\nretry: 10\nevent: x\ndata: {"type": "novel", "n": 1}\r\n\r\n'
    b"event: nothing\n\n"
    b"data: [END]\n\n"
    b'data: {"type": "text", "text": "after"}\n\n'
)


def client_of(caller: Caller, server: Server) -> Any:
    return caller.client(base_url=server.url, token="t").files


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_events(caller: Caller, server: Server, size: int) -> None:
    pieces = [EVENTS[i : i + size] for i in range(0, len(EVENTS), size)]
    server.default = Reply(chunks=pieces, headers=SSE)
    result = caller.all(client_of(caller, server).chat_stream(text="hi"))
    assert [type(item).__name__ for item in result] == ["Text", "UnknownVariant"]
    assert result[0].text == "ü\u2028" and result[1].n == 1
    [seen] = server.seen
    assert seen.json == {"text": "hi", "stream": True}
    assert seen.headers["accept"] == "text/event-stream"


@settings(max_examples=200)
@given(cuts=st.lists(st.integers(0, len(EVENTS)), max_size=20))
def test_any_split_gives_the_same_events(cuts: list[int]) -> None:
    from acme.core.sse import EventDecoder

    results = list(EventDecoder().feed(EVENTS))
    places = sorted({0, *cuts, len(EVENTS)})
    decoder = EventDecoder()
    split = [
        event
        for start, end in itertools.pairwise(places)
        for event in decoder.feed(EVENTS[start:end])
    ]
    assert split == results and len(results) == 4 and results[1].id == "7"


@given(
    st.lists(
        st.tuples(st.sampled_from(["\n", "\r\n", "\r"]), st.text(max_size=8)),
        max_size=9,
    ),
    st.integers(1, 5),
)
def test_lines_end_in_three_ways_only(lines: list[tuple[str, str]], size: int) -> None:
    from acme.core.sse import Lines

    clean = [(end, text.replace("\r", "").replace("\n", "")) for end, text in lines]
    data = "".join(text + end for end, text in clean).encode()
    reader = Lines()
    results = [line for i in range(0, len(data), size) for line in reader.feed(data[i : i + size])]
    # CR at the end of a chunk and LF at the start of the next are one CRLF.
    expected = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")[:-1]
    assert results == expected


def test_done_ends_a_stream_undeclared(caller: Caller, server: Server) -> None:
    server.default = Reply(chunks=[b'data: {"type":"a"}\n\ndata: [DONE]\n\ndata: x\n\n'])
    assert len(caller.all(client_of(caller, server).chat_stream(text="hi"))) == 1


def test_json_lines_and_text(caller: Caller, server: Server) -> None:
    job = b'{"job_id": "1", "status": "\xc3\xbc", "created_at": "x"}'
    server.replies = [
        Reply(chunks=[job[:30], job[30:] + b"\n\r\n", job]),
        Reply(chunks=[b"a\xc3", b"\xbcb\n", b"c"]),
        Reply(chunks=[]),
    ]
    files = client_of(caller, server)
    assert [job.status for job in caller.all(files.lines())] == ["ü", "ü"]
    assert "".join(caller.all(files.text())) == "aüb\nc"
    assert caller.all(files.text()) == [] and len(server.seen) == 3


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_json_text_sequences(caller: Caller, server: Server, size: int) -> None:
    """RFC 7464: a text starts with RS, ends with LF, and may contain line ends."""
    job = b'{"job_id": "1",\n "status": "\xc3\xbc", "created_at": "x"}'
    data = b"\x1e" + job + b"\n\x1e" + job + b"\n\x1e" + job
    pieces = [data[i : i + size] for i in range(0, len(data), size)]
    server.replies = [Reply(chunks=pieces, headers={"Content-Type": "application/json-seq"})]
    result = caller.all(client_of(caller, server).lines())
    assert [job.status for job in result] == ["ü", "ü", "ü"]


def endless() -> Iterator[bytes]:
    while True:
        yield b'data: {"type": "text", "text": "x"}\n\n'


def test_closing_ends_the_connection(caller: Caller, server: Server) -> None:
    server.default = Reply(chunks=endless())
    stream = client_of(caller, server).chat_stream(text="hi")
    assert caller.run(stream.__anext__ if caller.is_async else stream.__next__).text == "x"
    caller.run(stream.close)
    assert stream.response.is_closed and caller.all(stream) == []
    assert server.closed_early.wait(5)


def test_a_deleted_stream_ends_the_connection(caller: Caller, server: Server) -> None:
    """At once, without the collector of cyclic garbage."""
    server.default = Reply(chunks=endless())
    client, texts = client_of(caller, server), []

    async def first() -> None:
        async for item in client.chat_stream(text="hi"):
            texts.append(item.text)
            break

    def first_now() -> None:
        for item in client.chat_stream(text="hi"):
            texts.append(item.text)
            break

    gc.collect()
    gc.disable()
    try:
        caller.run(first if caller.is_async else first_now)
        if caller.is_async:  # the loop closes it
            caller.run(lambda: asyncio.sleep(0.01))
        assert texts == ["x"] and server.closed_early.wait(5)
    finally:
        gc.enable()


def test_a_stream_is_a_context(caller: Caller, server: Server) -> None:
    server.default = Reply(chunks=[EVENTS])
    files = client_of(caller, server)

    async def first() -> Any:
        async with files.chat_stream(text="hi") as stream:
            return await anext(stream), stream.response

    if caller.is_async:
        item, response = caller.run(first)
    else:
        with files.chat_stream(text="hi") as stream:
            item, response = next(stream), stream.response
    assert item.text == "ü\u2028" and response.is_closed


def test_a_raw_stream(caller: Caller, server: Server) -> None:
    server.default = Reply(chunks=[EVENTS], headers={"X-A": "b"})
    raw = client_of(caller, server).with_raw_response

    async def read() -> Any:
        async with raw.chat_stream(text="hi") as response:
            return response.headers["x-a"], [item async for item in response.data]

    if caller.is_async:
        header, items = caller.run(read)
    else:
        with raw.chat_stream(text="hi") as response:
            header, items = response.headers["x-a"], list(response.data)
    assert header == "b" and len(items) == 2 and len(server.seen) == 1


def test_a_stream_is_tried_again_until_its_first_byte(
    caller: Caller, server: Server, naps: list[float]
) -> None:
    server.replies = [Reply(503), Reply(chunks=[], cut=True), Reply(chunks=[EVENTS])]
    files = caller.client(
        base_url=server.url, token="t", idempotency={"POST": "X-Idempotency"}
    ).files
    assert len(caller.all(files.chat_stream(text="hi"))) == 2
    assert len(server.seen) == 3 and len(naps) == 2


def test_an_error_in_the_place_of_a_stream(caller: Caller, server: Server) -> None:
    from acme.errors import NotFoundError

    server.default = Reply(404, {"message": "nope"})
    with pytest.raises(NotFoundError) as raised:
        caller.all(client_of(caller, server).chat_stream(text="hi"))
    assert raised.value.body.message == "nope"


def test_an_interrupted_stream_keeps_the_received_items(caller: Caller, server: Server) -> None:
    from acme.core.streaming import StreamError

    last = b'data: {"type": "text", "text": "x"}\n\n'
    server.default = Reply(chunks=[last, b"data: {"], cut=True, headers={"X-Request-Id": "r"})
    stream, result = client_of(caller, server).chat_stream(text="hi"), []

    async def read() -> None:
        async for item in stream:
            result.append(item)

    def read_now() -> None:
        for item in stream:
            result.append(item)

    with pytest.raises(StreamError) as raised:
        caller.run(read if caller.is_async else read_now)
    assert [item.text for item in result] == ["x"] and len(server.seen) == 1
    assert raised.value.status_code == 200 and raised.value.request_id == "r"
    assert '"x"' in raised.value.body and raised.value.__cause__ is not None


def test_an_event_that_is_no_json(caller: Caller, server: Server) -> None:
    from acme.core.api_error import ParsingError

    server.default = Reply(chunks=[b"data: oops\n\n"])
    with pytest.raises(ParsingError) as raised:
        caller.all(client_of(caller, server).chat_stream(text="hi"))
    assert (raised.value.status_code, raised.value.body) == (200, "oops")
    assert raised.value.reason in str(raised.value) and raised.value.reason


def test_the_event_line_tells_variants_apart_and_a_stream_resumes(
    caller: Caller, server: Server, naps: list[float]
) -> None:
    server.replies = [
        Reply(
            chunks=[b'event: text\nid: 1\nretry: 250\ndata: {"text": "a"}\n\n'],
            cut=True,
        ),
        Reply(chunks=[b"event: novel\nid: 2\ndata: plain\n\n"]),
        Reply(chunks=[b"event: end\ndata: {}\n\ndata: [END]\n\n"]),
    ]
    result = caller.all(client_of(caller, server).events())
    assert [type(item).__name__ for item in result] == [
        "ChatText",
        "UnknownVariant",
        "ChatEnd",
    ]
    assert result[0].data.text == "a" and result[1].data == "plain"
    resumed = [seen.headers.get("last-event-id") for seen in server.seen]
    assert resumed == [None, "1", "2"] and naps == [0.25, 0.25]


def test_a_resumable_stream_connects_again_before_it_is_short(
    caller: Caller, server: Server, naps: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    options = {"max_stream_reconnection_attempts": 2}
    server.default = Reply(chunks=[])
    server.replies = [Reply(chunks=[b"event: end\nid: 1\nretry: 1\ndata: {}\n\n"])]
    result = caller.all(client_of(caller, server).events(request_options=options))
    assert len(result) == 1 and len(server.seen) == 3
    [record] = caplog.records
    assert record.levelname == "WARNING" and "[END]" in record.getMessage()


def test_resuming_can_be_turned_off(caller: Caller, server: Server, naps: list[float]) -> None:
    from acme.core.streaming import StreamError

    server.default = Reply(chunks=[b"event: end\nid: 1\ndata: {}\n\n"], cut=True)
    options = {"stream_reconnection_enabled": False}
    with pytest.raises(StreamError):
        caller.all(client_of(caller, server).events(request_options=options))
    assert len(server.seen) == 1
