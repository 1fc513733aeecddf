"""Request bodies that are not JSON: forms, files and raw content."""

import fnmatch
import mimetypes
import os
import pathlib
import re
import urllib.parse
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import pydantic

from .encode import encode, to_text, wire_names
from .lazy import part
from .request import OMIT, Call, encoded, items_of, merged
from .uploads import part_content, part_json


def body(call: Call, is_async: bool) -> dict[str, Any]:
    """The body, as arguments of `Client.build_request`."""
    options: Call = call.get("options") or {}
    added = merged(options.get("additional_body_parameters"))
    if "content" in call and (raw := part("raw_bodies")):
        return {**raw.body(call, is_async)}
    if "form" in call:
        fields = {**_fields(call["form"]), **added}
        styles = call.get("form_styles", {})
        texts = (_form(name, value, styles) for name, value in fields.items())
        content = "&".join(filter(None, texts))
        default = "application/x-www-form-urlencoded"
        return _typed(call, content.encode(), default) if content else {}
    if parts := _parts(call, added):
        return _written(parts, call) if "content_type" in call else {"files": parts}
    data = call.get("data", {})
    if data is None or data is OMIT or call.get("optional"):
        return {}
    boundary = uuid.uuid4().hex
    kind = f"multipart/form-data; boundary={boundary}"
    return _typed({}, f"--{boundary}--\r\n".encode(), kind)


def _fields(value: object) -> dict[str, Any]:
    """The fields of a form by wire name, from a mapping or a model."""
    own: dict[str, Any] = vars(value) if isinstance(value, pydantic.BaseModel) else {}
    if isinstance(value, pydantic.BaseModel) and any(map(_is_file, own.values())):
        names, extra = wire_names(type(value)), value.model_extra or {}
        sent = {names.get(k, k): own[k] for k in own if k in value.model_fields_set}
        return merged({**sent, **extra})
    fields: Any = value
    if not isinstance(value, Mapping):
        fields = {} if value is None or value is OMIT else encode(value)
    if not isinstance(fields, Mapping):  # a property without a field
        fields = {"item": fields}
    return merged(cast("Mapping[str, Any]", fields))


def _form(name: str, value: Any, styles: Mapping[str, str]) -> str:
    if (styled := part("styles")) and name in styles:
        return str(styled.query({name: value}, styles))
    items = items_of(encode(value))  # a list repeats its name; an object is JSON
    return urllib.parse.urlencode([(name, to_text(item)) for item in items])


def _typed(call: Call, content: Any, default: str) -> dict[str, Any]:
    content_type = call.get("content_type", default)
    return {"content": content, "headers": {"Content-Type": content_type}}


def _parts(call: Call, added: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The parts of a multipart body, in the order of the call: fields, then files."""
    types = call.get("content_types", {})
    parts: list[tuple[str, Any]] = []
    for name, value in {**_fields(call.get("data")), **added}.items():
        several = [(name, item) for item in _values(name, value, types.get(name))]
        if (styled := part("styles")) and name in call.get("form_styles", {}):
            texts = styled.texts(name, value, call["form_styles"][name])
            several = [(key, (None, text.encode())) for key, text in texts]
        parts += several
    for name, value in merged(call.get("files")).items():
        for file in items_of(value) if isinstance(value, list) else [value]:
            parts.append((name, _file(name, file, types.get(name))))
    return parts


def _written(parts: Sequence[tuple[str, Any]], call: Call) -> dict[str, Any]:
    """A multipart body of another type than form-data, which HTTP libraries do not write."""
    boundary, chunks = uuid.uuid4().hex, list[bytes]()
    for name, (filename, content, *more) in parts:
        names = {"name": name, "filename": filename}
        quoted = (f'; {k}="{_quoted(v)}"' for k, v in names.items() if v is not None)
        headers = {"Content-Disposition": f"form-data{''.join(quoted)}"}
        kind, own = [*more, None, None][:2]
        headers |= {"Content-Type": kind} if kind else {}
        sent: dict[str, str] = {**headers, **(own or {})}
        lines = "".join(f"{k}: {v}\r\n" for k, v in sent.items())
        data: Any = content.read() if hasattr(content, "read") else content
        data = data.encode() if isinstance(data, str) else data
        chunks += [f"--{boundary}\r\n{lines}\r\n".encode(), data, b"\r\n"]
    kind = f"{call.get('content_type')}; boundary={boundary}"
    content = b"".join([*chunks, f"--{boundary}--\r\n".encode()])
    return _typed({}, content, kind)


def _quoted(text: str) -> str:
    signs = {'"': "%22", "\r": "%0D", "\n": "%0A"}
    return "".join(signs.get(sign, sign) for sign in text)


def _values(name: str, value: Any, types: str | None) -> Iterator[tuple[Any, ...]]:
    """One part for each item of a list; JSON if the type requires it."""
    if types and re.fullmatch(r"[^,]+[/+]json\b[^,]*", types):
        yield (None, part_json(value), types)
        return
    for item in [value] if _is_file(value) else items_of(value):
        if _is_file(item):
            yield _file(name, item, types)
        elif (plain := encode(item)) is not None:
            structured = isinstance(plain, (dict, list))
            kind = _chosen(types, structured)
            json = structured or "json" in (kind or "")
            content = part_json(plain) if json else to_text(plain).encode()
            yield (None, content, kind) if kind else (None, content)


def _is_file(value: Any) -> bool:
    """Whether a value is a file, if the API description does not say."""
    if isinstance(value, tuple):
        items = cast("Sequence[Any]", value)
        named = 1 < len(items) < 5 and isinstance(items[0], str | None)
        return named and _is_file(items[1])
    is_content = isinstance(value, (bytes, bytearray, memoryview, os.PathLike))
    return is_content or hasattr(value, "read")


def _chosen(types: str | None, structured: bool) -> str | None:
    """The content type of a part that is not a file (OpenAPI 3.1, section 4.8.15)."""
    named = [kind.strip() for kind in types.split(",")] if types else []
    concrete = [kind for kind in named if "*" not in kind]
    fitting = [kind for kind in concrete if ("json" in kind) is structured]
    default = "application/json" if structured else None
    others = [] if len(concrete) < len(named) else concrete
    return next(iter([*fitting, *others]), default)


def _file(name: str, file: Any, types: str | None) -> tuple[Any, ...]:
    """A file in the form for `build_request`: its name, content, content type, headers."""
    named = cast("Sequence[Any]", file) if type(file) is tuple else (None, file)
    filename, content, *more = named
    if isinstance(content, os.PathLike):
        path = pathlib.Path(cast("str", content))
        filename, content = filename or path.name, path.read_bytes()
    if isinstance(content, str):
        content = content.encode()
    if isinstance(content, (bytearray, memoryview)):
        content = bytes(cast("bytearray", content))
    is_content = isinstance(content, bytes) or hasattr(content, "read")
    if not (is_content and isinstance(filename, str | None)):
        kinds = "content, a path, or a tuple of a name and one of them"
        raise TypeError(f"the file {name!r}: expected {kinds}")
    if filename is None and not isinstance(file, tuple):
        own: Any = getattr(content, "name", None)
        filename = pathlib.Path(own).name if isinstance(own, str) else name
    content_type = (more[0] if more else None) or _file_type(filename, types)
    if hasattr(content, "read"):
        content = part_content(content)
    # A copy: HTTP libraries add the content type.
    headers: dict[str, str] = {**((more[1] if more[1:] else None) or {})}
    encoded([*{"Content-Type": content_type or "", **headers}.items()])
    return (filename, content, content_type, headers)


def _file_type(filename: str | None, types: str | None) -> str | None:
    """The content type by file name if ``types`` lists it, else the first of ``types``."""
    named = [kind.strip() for kind in types.split(",")] if types else []
    ranges = [kind.partition(";")[0].rstrip().lower() for kind in named]
    guess = mimetypes.guess_type(filename or "")[0]
    if guess and any(fnmatch.fnmatch(guess, kind) for kind in ranges):
        return guess
    concrete = [kind for kind in named if "*" not in kind]
    return next(iter(concrete), "application/octet-stream") if named else None
