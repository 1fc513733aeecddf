"""Bodies other than JSON, query styles, and responses that are files or text."""

from __future__ import annotations

import contextlib
import email.message
import email.parser
import email.policy
import functools
import io
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from .conftest import Caller
from .server import Reply, Seen, Server


def request(caller: Caller, server: Server, method: str, url: str, **call: Any) -> Seen:
    jobs = caller.client(base_url=server.url, token="t").jobs
    caller.run(lambda: jobs._request(object, method, url, **call))
    return server.seen[-1]


def parts(seen: Seen) -> list[tuple[str | None, str | None, str | None, bytes]]:
    """Name, file name, content type and content of each part, from the standard parser."""
    head = f"Content-Type: {seen.headers['content-type']}\r\n\r\n".encode()
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    results = []
    for part in parser.parsebytes(head + seen.body).iter_parts():
        assert isinstance(part, email.message.EmailMessage)
        name = part.get_param("name", header="content-disposition")
        kind = part.get_content_type() if part["content-type"] else None
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        results.append((str(name), part.get_filename(), kind, content))
    return results


def test_a_multipart_body(
    caller: Caller, server: Server, tmp_path: Path, naps: list[float]
) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"from disk")
    server.replies = [Reply(503), Reply(body={})]
    files = caller.client(base_url=server.url, token="t").files
    with path.open("rb") as opened:
        caller.run(
            lambda: files.upload(
                file=opened,
                more=[
                    b"bytes",
                    ("a.json", "text"),
                    ("b", io.BytesIO(b"io"), "x/y"),
                    path,
                ],
                title="ü",
                meta={"n": [1]},
            )
        )
    expected = [
        ("title", None, None, "ü".encode()),
        ("meta", None, "application/json", b'{"n":[1]}'),
        ("file", "notes.txt", "text/plain", b"from disk"),
        ("more", "more", "application/octet-stream", b"bytes"),
        ("more", "a.json", "application/json", b"text"),
        ("more", "b", "x/y", b"io"),
        ("more", "notes.txt", "text/plain", b"from disk"),
    ]
    assert [parts(seen) for seen in server.seen] == [expected, expected]


def test_parts_of_a_form(caller: Caller, server: Server) -> None:
    data = {"list": ["a", "b"], "flag": True, "none": None, "model": {"a": 1}}
    types = {"file": "image/png", "list": "application/json"}
    seen = request(
        caller,
        server,
        "POST",
        "x",
        data=data,
        files={"file": b"f"},
        content_types=types,
    )
    assert parts(seen) == [
        ("list", None, "application/json", b'["a","b"]'),
        ("flag", None, None, b"true"),
        ("model", None, "application/json", b'{"a":1}'),
        ("file", "file", "image/png", b"f"),
    ]
    seen = request(caller, server, "POST", "x", data={"list": [1, 2]}, files={})
    assert [part[3] for part in parts(seen)] == [b"1", b"2"]
    assert seen.headers["content-type"].startswith("multipart/form-data")


def test_a_multipart_body_with_nothing_in_it(caller: Caller, server: Server) -> None:
    seen = request(caller, server, "POST", "x", data={"a": None}, files={"f": ...})
    assert seen.headers["content-type"].startswith("multipart/form-data") and not parts(seen)


def test_a_urlencoded_form(caller: Caller, server: Server) -> None:
    form = {"a": "x y&", "b": [1, True], "c": None, "d": ...}
    seen = request(caller, server, "POST", "x", form=form)
    assert seen.body == b"a=x+y%26&b=1&b=true"
    assert seen.headers["content-type"] == "application/x-www-form-urlencoded"


def test_bytes_and_files_as_the_body(caller: Caller, server: Server, naps: list[float]) -> None:
    seen = request(caller, server, "PUT", "x", content=b"abc", content_type="audio/wav")
    assert (seen.body, seen.headers["content-type"]) == (b"abc", "audio/wav")
    file = io.BytesIO(b"skipped, whole")
    file.seek(9)
    server.replies = [Reply(503)]
    assert request(caller, server, "PUT", "x", content=file).body == b"whole"
    assert [seen.body for seen in server.seen[1:]] == [b"whole", b"whole"]
    assert request(caller, server, "PUT", "x", content=...).body == b""


@pytest.mark.parametrize(
    ("json", "body", "kind"),
    [
        ({}, b"{}", "application/json"),
        ({"a": ...}, b"{}", "application/json"),
        (None, b"null", "application/json"),
        ([1], b"[1]", "application/json"),
        ("\ud800", b'"\\ud800"', "application/json"),
        (..., b"", None),
    ],
)
def test_json_bodies(
    caller: Caller, server: Server, json: Any, body: bytes, kind: str | None
) -> None:
    seen = request(caller, server, "POST", "x", json=json)
    assert seen.body == body and seen.headers.get("content-type") == kind
    merge = "application/merge-patch+json"
    seen = request(caller, server, "PATCH", "x", json={"a": None}, content_type=merge)
    assert (seen.body, seen.headers["content-type"]) == (b'{"a":null}', merge)


@pytest.mark.parametrize(
    ("value", "style", "sent"),
    [
        ("a b&/é,", None, "p=a%20b%26%2F%C3%A9%2C"),
        (["a,", "b"], None, "p=a%2C&p=b"),
        (["a,", "b"], "form", "p=a%2C,b"),
        (["a", "b|"], "pipeDelimited", "p=a%7Cb%7C"),
        (["a", "b"], "spaceDelimited", "p=a%20b"),
        ({"R": 100, "G": 200}, None, "R=100&G=200"),
        ({"R": 100, "G": 200}, "form", "p=R,100,G,200"),
        (
            {"R": 100, "n": {"a": [1, 2]}},
            "deepObject",
            "p%5BR%5D=100&p%5Bn%5D%5Ba%5D=1&p%5Bn%5D%5Ba%5D=2",
        ),
        ([{"a": 1}, {"b": 2}], None, "p%5Ba%5D=1&p%5Bb%5D=2"),
        ({"a": [1]}, "json", "p=%7B%22a%22%3A%5B1%5D%7D"),
        ([], "form", ""),
        ([], None, ""),
        (True, None, "p=true"),
        (1.5, "form", "p=1.5"),
    ],
)
def test_query_styles(
    caller: Caller, server: Server, value: Any, style: str | None, sent: str
) -> None:
    styles = {"p": style} if style else {}
    seen = request(caller, server, "GET", "x", params={"p": value, "none": None}, styles=styles)
    assert seen.target == ("/x?" + sent if sent else "/x")


def test_a_model_in_a_query(caller: Caller, server: Server) -> None:
    from acme.types import Image

    image = Image(url="u")
    call = {"params": {"p": image}, "styles": {"p": "deepObject"}}
    assert request(caller, server, "GET", "x", **call).target == "/x?p%5Btype%5D=image&p%5Burl%5D=u"


def test_text_and_bytes(caller: Caller, server: Server) -> None:
    server.default = Reply(
        body="ü".encode("latin-1"),
        headers={"Content-Type": "text/plain; charset=latin-1"},
    )
    jobs = caller.client(base_url=server.url, token="t").jobs
    assert caller.run(lambda: jobs._request(str, "GET", "x", result="text")) == "ü"
    assert caller.run(lambda: jobs._request(bytes, "GET", "x", result="content")) == b"\xfc"
    server.default = Reply(body=b" ")
    assert caller.run(lambda: jobs._request(str | None, "GET", "x")) is None


def test_several_urls(caller: Caller, server: Server) -> None:
    client = caller.client(base_url="http://x.invalid", token="t")
    base = f"{server.url}/auth"
    caller.run(lambda: client.jobs._request(object, "GET", "token", base=base))
    assert server.seen[0].target == "/auth/token"


def test_a_download(caller: Caller, server: Server, naps: list[float]) -> None:
    server.replies = [Reply(503), Reply(chunks=[b"ab", b"cde", b"f"])]
    files = caller.client(base_url=server.url, token="t").files
    pieces = caller.all(files.download("a/b", request_options={"chunk_size": 4}))
    assert pieces == [b"abcd", b"ef"] and server.seen[0].target == "/files/a%2Fb"
    server.default = Reply(body=b"", headers={"X-A": "b"})
    assert caller.all(files.download("a")) == []

    async def read() -> Any:
        async with files.with_raw_response.download("a") as response:
            return response.headers["x-a"], [piece async for piece in response.data]

    if caller.is_async:
        outcome = caller.run(read)
    else:
        with files.with_raw_response.download("a") as response:
            outcome = response.headers["x-a"], list(response.data)
    assert outcome == ("b", [])


def test_a_download_that_is_an_error(caller: Caller, server: Server) -> None:
    from acme.errors import NotFoundError

    server.default = Reply(404, {"message": "m"})
    files = caller.client(base_url=server.url, token="t").files
    with pytest.raises(NotFoundError):
        caller.all(files.download("a"))


class Unseekable(io.RawIOBase):
    """A file that cannot be rewound, such as a pipe."""

    def __init__(self, content: bytes) -> None:
        self._rest = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._rest.read(size)


class FalselySeekable(Unseekable):
    """A file that says it can seek, and cannot."""

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._rest.tell()


class SeeksOnlyForward(FalselySeekable):
    """A file that can only skip content, such as a stream that is decompressed."""

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        if whence != os.SEEK_SET or offset < self._rest.tell():
            raise io.UnsupportedOperation("seeks only forward")
        return self._rest.seek(offset)


class OnlyRead:
    def __init__(self, content: bytes) -> None:
        self.read = io.BytesIO(content).read


def partly_read(content: bytes) -> io.BytesIO:
    file = io.BytesIO(b"HEAD-" + content)
    file.read(5)
    return file


def on_disk(content: bytes) -> Any:
    file = tempfile.TemporaryFile()  # noqa: SIM115  # its test closes it
    file.write(b"HEAD-" + content)
    file.seek(5)
    return file


def pipe(content: bytes) -> Any:
    reading, writing = os.pipe()
    os.write(writing, content)
    os.close(writing)
    return open(reading, "rb")  # noqa: PTH123  # it is a descriptor


@pytest.mark.parametrize(
    "make", [Unseekable, FalselySeekable, SeeksOnlyForward, OnlyRead, partly_read, on_disk, pipe]
)
def test_any_reader_is_sent_completely_each_time(
    caller: Caller, server: Server, naps: list[float], make: Any
) -> None:
    jobs = caller.client(base_url=server.url, token="t").jobs
    with contextlib.ExitStack() as opened:

        def payload() -> Any:
            file = make(b"PAYLOAD")
            return opened.enter_context(file) if hasattr(file, "close") else file

        bodies = {
            "body": {"content": payload()},
            "part": {"files": {"file": payload()}},
            "tuple": {"files": {"file": ("name", payload())}},
            "list": {"files": {"file": [payload(), ("name", payload())]}},
        }
        for call in bodies.values():
            server.seen.clear()
            server.replies = [Reply(503), Reply(body={"a": 1})]
            send = functools.partial(jobs._request, object, "POST", "x", **call)
            assert caller.run(send) == {"a": 1}
            assert len(server.seen) == 2
            for seen in server.seen:
                sent = [seen.body] if "content" in call else [part[3] for part in parts(seen)]
                assert {*sent} == {b"PAYLOAD"}


@pytest.mark.parametrize(
    "make", [Unseekable, FalselySeekable, OnlyRead, partly_read, on_disk, pipe]
)
def test_the_size_of_a_file_is_sent(caller: Caller, server: Server, make: Any) -> None:
    with contextlib.ExitStack() as opened:
        file = make(b"PAYLOAD")
        if hasattr(file, "close"):
            opened.enter_context(file)
        seen = request(caller, server, "PUT", "x", content=file)
    assert (seen.body, seen.headers["content-length"]) == (b"PAYLOAD", "7")
    assert "transfer-encoding" not in seen.headers


@pytest.mark.parametrize("keyword", ["content", "files"])
def test_a_file_that_cannot_seek_any_more_is_not_sent_empty(
    caller: Caller, server: Server, naps: list[float], keyword: str
) -> None:
    class SeeksUntilRead(io.BytesIO):
        was_read = False

        def read(self, size: int | None = -1, /) -> bytes:
            self.was_read = True
            return super().read(size)

        def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
            if self.was_read:
                raise io.UnsupportedOperation("not any more")
            return super().seek(offset, whence)

    jobs = caller.client(base_url=server.url, token="t").jobs
    file = SeeksUntilRead(b"PAYLOAD")
    call: dict[str, Any] = {"content": file} if keyword == "content" else {"files": {"a": file}}
    server.replies = [Reply(503), Reply(body={"a": 1})]
    with pytest.raises(OSError, match="not any more"):
        caller.run(functools.partial(jobs._request, object, "POST", "x", **call))
    assert b"PAYLOAD" in server.seen[0].body


def test_a_file_that_grows_is_sent_as_it_was(caller: Caller, server: Server) -> None:
    class Growing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            piece, position = super().read(size), self.tell()
            self.seek(0, os.SEEK_END)
            self.write(b"-MORE")
            self.seek(position)
            return piece

    seen = request(caller, server, "PUT", "x", content=Growing(b"PAYLOAD"))
    assert (seen.body, seen.headers["content-length"]) == (b"PAYLOAD", "7")


def test_an_asynchronous_reader(caller: Caller, server: Server, naps: list[float]) -> None:
    from acme.core.api_error import ApiError

    class Later:
        def __init__(self) -> None:
            self._file = io.BytesIO(b"PAYLOAD")

        async def read(self, size: int = -1) -> bytes:
            return self._file.read(size)

    jobs = caller.client(base_url=server.url, token="t").jobs
    refused: list[dict[str, Any]] = [{"files": {"file": Later()}}]
    if caller.is_async:
        assert request(caller, server, "PUT", "x", content=Later()).body == b"PAYLOAD"
        server.seen.clear()
        server.default = Reply(503)
        with pytest.raises(ApiError):
            caller.run(lambda: jobs._request(object, "PUT", "x", content=Later()))
        assert len(server.seen) == 1
    else:
        refused.append({"content": Later()})
    for call in refused:
        with pytest.raises(TypeError, match=r"read\(\) has to give bytes, and gives coroutine"):
            caller.run(functools.partial(jobs._request, object, "PUT", "x", **call))


def test_a_file_in_text_mode_is_refused(caller: Caller, tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_text("x")
    jobs = caller.client(token="t").jobs
    with path.open() as file:
        for call in ({"content": file}, {"files": {"a": file}}, {"content": io.StringIO("a")}):
            with pytest.raises(TypeError, match="binary mode"):
                caller.run(functools.partial(jobs._request, object, "PUT", "x", **call))


def test_a_path_is_a_body(caller: Caller, server: Server, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"PAYLOAD")
    assert request(caller, server, "PUT", "x", content=path).body == b"PAYLOAD"
