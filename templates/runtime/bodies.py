"""Bodies that are not JSON: forms, files, and whatever the caller made."""

import os
import pathlib
import urllib.parse
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import IO, Any, cast

from .decode import part
from .encode import encode, to_json, to_text
from .request import Call, given, items_of

_PIECE = 65536


def body(call: Call, is_async: bool) -> dict[str, Any]:
    """The body, as arguments of `httpx.Client.build_request`."""
    added = given(
        cast("Call", call.get("options") or {}).get("additional_body_parameters")
    )
    if "content" in call:
        return _content(call, is_async)
    if "form" in call:
        fields = {**given(call["form"]), **added}
        styles = call.get("form_styles", {})
        content = "&".join(
            filter(None, (_form(k, v, styles) for k, v in fields.items()))
        )
        default = "application/x-www-form-urlencoded"
        return _typed(call, content.encode(), default)
    if parts := _parts(call, added):
        return {"files": parts}
    boundary = uuid.uuid4().hex
    kind = f"multipart/form-data; boundary={boundary}"
    return _typed({}, f"--{boundary}--\r\n".encode(), kind)


def _form(name: str, value: Any, styles: Mapping[str, str]) -> str:
    if name in styles:
        return cast("str", part("styles").query({name: value}, styles))
    return urllib.parse.urlencode([(name, to_text(item)) for item in _items(value)])


def _content(call: Call, is_async: bool) -> dict[str, Any]:
    value: Any = call.get("content")
    if value is None or value is ...:
        return {}
    if hasattr(value, "read"):
        again = _AsyncReplayed if is_async else _Replayed
        value = again(value) if value.seekable() else value.read()
    if hasattr(value, "__next__") or hasattr(value, "__anext__"):
        call["retries"] = False
    return _typed(call, value, "application/octet-stream")


def _typed(call: Call, content: Any, default: str) -> dict[str, Any]:
    content_type = call.get("content_type", default)
    return {"content": content, "headers": {"Content-Type": content_type}}


class _Replayed:
    """A file from where it stands now, each time that it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._start = file, file.tell()

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(self._start)
        while piece := self._file.read(_PIECE):
            yield piece


class _AsyncReplayed:
    """The same for an asynchronous client."""

    def __init__(self, file: IO[bytes]) -> None:
        self._pieces = _Replayed(file)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield piece


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
