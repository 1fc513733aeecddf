"""Finds the ends of values and keys in JSON text, with the standard library's C code.

Texts are in UTF-8, with a character for each byte (`SourceFile.octets`): all signs of JSON are ASCII.
"""

from __future__ import annotations

import contextlib
import json
import json.decoder
import re
from collections.abc import Callable, Iterator
from typing import TypeAlias, cast

from ...diagnostics import decoded

_scan_string = cast("Callable[[str, int, bool], tuple[str, int]]", vars(json.decoder)["scanstring"])
"""The standard library's string scanner, which has no type stub."""

_SPACES = frozenset(" \t\n\r")
_SPACE = re.compile(r"[ \t\n\r]*")
_LONGEST_INTEGER = 400
"""Integers with at least this many digits stay strings: Python limits the conversion."""

Place: TypeAlias = tuple[int, int]
"""The offsets of the start and the end of a value."""
Raw: TypeAlias = "dict[str, Raw] | list[Raw] | str | int | float | bool | None"
"""A value as the standard library reads it."""


class NotJson(ValueError):
    """The text is not JSON."""


class _Repeated(ValueError):
    """An object has a duplicate name."""


def _no_value(pairs: list[tuple[str, object]]) -> None:
    """The value of an object of which only the end is needed."""
    if len(dict(pairs)) != len(pairs):
        raise _Repeated


def _unique(pairs: list[tuple[str, Raw]]) -> dict[str, Raw]:
    """An object without duplicate names."""
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _Repeated
    return result


def _no_constant(name: str) -> object:
    raise NotJson(f"{name} is not a JSON value")


def integer(text: str) -> int | str:
    """The value of an integer, or its text if it is too long."""
    return int(text) if len(text) < _LONGEST_INTEGER else text


_scanner = json.JSONDecoder(
    object_pairs_hook=_no_value, parse_constant=_no_constant, parse_int=len, parse_float=len
)
_skipper = json.JSONDecoder(object_pairs_hook=len, parse_int=len, parse_float=len)
"""Finds the end of a value that is known to be valid, except for duplicate names."""
_reader = json.JSONDecoder(parse_int=integer)
_checking_reader = json.JSONDecoder(
    object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=integer
)


def end_of_value(text: str, start: int) -> int | None:
    """The offset of the end of a value; None if it is invalid."""
    with contextlib.suppress(ValueError, RecursionError):
        return _scanner.raw_decode(text, start)[1]
    return None


def value_at(text: str, start: int) -> tuple[Raw, int | None]:
    """The value at an offset, and the offset of its end, which is None if it is invalid. Strings are
    octets."""
    with contextlib.suppress(ValueError, RecursionError):
        return _checking_reader.raw_decode(text, start)
    return None, None


def value_between(text: str, start: int, end: int) -> Raw:
    """The value between two offsets, which is valid."""
    return cast("Raw", _reader.decode(decoded(text[start:end])))


def scan_string(text: str, start: int) -> tuple[str, int]:
    """The string that starts at an offset, and the offset of its end."""
    try:
        result, end = _scan_string(text, start + 1, True)
        if not text[start:end].isascii():
            result = _scan_string(decoded(text[start:end]), 1, True)[0]
    except json.JSONDecodeError as error:
        raise NotJson(str(error)) from None
    return result, end


def key_places(text: str, start: int) -> Iterator[tuple[str, Place, Place]]:
    """The keys of a valid object, each with its place and that of its value."""
    index = skip_space(text, start + 1)
    while text[index] != "}":
        key, end = scan_string(text, index)
        value = skip_space(text, skip_space(text, end) + 1)
        value_end = _skipper.raw_decode(text, value)[1]
        yield key, (index, end), (value, value_end)
        index = _next(text, value_end)


def inner_places(text: str, start: int) -> dict[str | int, Place]:
    """The places of the values in a valid object or array, by key or index."""
    if text[start] == "{":
        return {key: value for key, _, value in key_places(text, start)}
    result: dict[str | int, Place] = {}
    index = skip_space(text, start + 1)
    while text[index] != "]":
        end = _skipper.raw_decode(text, index)[1]
        result[len(result)] = (index, end)
        index = _next(text, end)
    return result


def _next(text: str, end: int) -> int:
    """The offset of what follows a value and its comma."""
    index = skip_space(text, end)
    return skip_space(text, index + 1) if text[index] == "," else index


def skip_space(text: str, index: int) -> int:
    if text[index : index + 1] not in _SPACES:
        return index
    match = _SPACE.match(text, index)
    return match.end() if match else index
