"""Bodies that are not JSON: forms, files, and whatever the caller made."""

import os
import pathlib
import urllib.parse
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import IO, Any, cast

import httpx

from .encode import encode, to_json, to_text
from .request import Call, given, items_of, options_of

_PIECE = 65536


def body(call: Call) -> dict[str, Any]:
    """The body, as arguments of `httpx.Client.build_request`."""
    added = given(options_of(call).get("additional_body_parameters"))
    if "content" in call:
        return _content(call)
    if "form" in call:
        fields = {**given(call["form"]), **added}
        pairs = [(k, to_text(i)) for k, v in fields.items() for i in _items(v)]
        content = urllib.parse.urlencode(pairs).encode()
        default = "application/x-www-form-urlencoded"
        return _typed(call, content, default)
    if parts := _parts(call, added):
        return {"files": parts}
    boundary = uuid.uuid4().hex
    kind = f"multipart/form-data; boundary={boundary}"
    return _typed({}, f"--{boundary}--\r\n".encode(), kind)


def _content(call: Call) -> dict[str, Any]:
    value: Any = call.get("content")
    if value is None or value is ...:
        return {}
    if hasattr(value, "read"):
        value = _replayed(value) if value.seekable() else value.read()
    return _typed(call, value, "application/octet-stream")


def _typed(call: Call, content: Any, default: str) -> dict[str, Any]:
    content_type = call.get("content_type", default)
    return {"content": content, "headers": {"Content-Type": content_type}}


def _replayed(file: IO[bytes]) -> Any:
    """Makes the content for one try: the file from where it stands now."""
    start = file.tell()

    def pieces() -> Iterator[bytes]:
        file.seek(start)
        while piece := file.read(_PIECE):
            yield piece

    async def async_pieces() -> AsyncIterator[bytes]:
        for piece in pieces():
            yield piece

    def content(client: httpx.Client | httpx.AsyncClient) -> Any:
        return async_pieces() if isinstance(client, httpx.AsyncClient) else pieces()

    return content


def _parts(call: Call, added: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The parts of a multipart body, in the order of the call: fields, then files."""
    types = call.get("content_types", {})
    parts: list[tuple[str, Any]] = []
    for name, value in {**given(call.get("data")), **added}.items():
        if name in types:
            json = "json" in types[name]
            text = to_json(value) if json else to_text(value).encode()
            parts.append((name, (None, text, types[name])))
        else:
            parts += [(name, (None, to_text(item).encode())) for item in _items(value)]
    for name, value in given(call.get("files")).items():
        for file in items_of(value) if isinstance(value, list) else [value]:
            parts.append((name, _file(name, file, types.get(name))))
    return parts


def _file(name: str, file: Any, content_type: str | None) -> tuple[Any, ...]:
    """A file as httpx takes it: its name, content, content type, headers."""
    bare: tuple[Any, ...] = (None, file)
    filename, content, *more = (
        cast("Sequence[Any]", file) if type(file) is tuple else bare
    )
    if isinstance(content, os.PathLike):
        path = pathlib.Path(cast("str", content))
        filename, content = filename or path.name, path.read_bytes()
    if isinstance(content, str):
        content = content.encode()
    if filename is None and not isinstance(file, tuple):
        own: Any = getattr(content, "name", None)
        filename = pathlib.Path(own).name if isinstance(own, str) else name
    content_type = (more[0] if more else None) or content_type
    return (filename, content, content_type, *(more[1:] or [{}]))


def _items(value: Any) -> list[Any]:
    """A list repeats its name; an object is JSON text."""
    return items_of(encode(value))
