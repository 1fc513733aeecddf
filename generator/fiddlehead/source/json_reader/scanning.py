"""Finds the ends of values and keys in JSON text, with the standard library's C code."""

from __future__ import annotations

import contextlib
import json
import json.decoder
import re
from collections.abc import Callable, Iterator
from typing import cast

scan_string = cast("Callable[[str, int, bool], tuple[str, int]]", vars(json.decoder)["scanstring"])
"""The standard library's string scanner, which has no type stub."""

_SPACES = frozenset(" \t\n\r")
_SPACE = re.compile(r"[ \t\n\r]*")


class NotJson(ValueError):
    """The text is not JSON."""


class _Repeated(ValueError):
    """An object has a duplicate name."""


def _no_value(pairs: list[tuple[str, object]]) -> None:
    """The value of an object of which only the end is needed."""
    if len(dict(pairs)) != len(pairs):
        raise _Repeated


def _no_constant(name: str) -> object:
    raise NotJson(f"{name} is not a JSON value")


_scanner = json.JSONDecoder(
    object_pairs_hook=_no_value, parse_constant=_no_constant, parse_int=len, parse_float=len
)
_skipper = json.JSONDecoder(object_pairs_hook=len, parse_int=len, parse_float=len)
"""Finds the end of a value that is known to be valid, except for duplicate names."""


def end_of_value(text: str, start: int) -> int | None:
    """The offset of the end of a value; None if it is invalid."""
    with contextlib.suppress(ValueError, RecursionError):
        return _scanner.raw_decode(text, start)[1]
    return None


def key_places(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """The keys of a valid object, each with the offsets of its start and of its end."""
    index = start + 1
    while True:
        index = skip_space(text, index)
        if text[index] == "}":
            return
        key, end = scan_string(text, index + 1, True)
        yield key, index, end
        index = skip_space(text, skip_space(text, end) + 1)
        index = skip_space(text, _skipper.raw_decode(text, index)[1])
        index += text[index] == ","


def skip_space(text: str, index: int) -> int:
    if text[index : index + 1] not in _SPACES:
        return index
    match = _SPACE.match(text, index)
    return match.end() if match else index
