"""Converted schemas as bytes, which one process sends to another that was copied from it."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from typing import Any, NoReturn, TypeAlias, cast

from ... import ir
from ...diagnostics import NOWHERE, SourceFile, Span
from ...frozen import constructor, values_of
from .registry import Entry

Restored: TypeAlias = tuple[ir.Declaration, list[Entry], set[str]]
"""The declaration of a component, those of its inline schemas, and the components that were visited
for it."""

_Reducer: TypeAlias = Callable[[Any], tuple[Callable[..., object], tuple[object, ...]]]
"""A function that returns how a value is created: a function, and its arguments."""


class Transfer:
    """Writes and reads values of the IR with their locations.

    Both processes have the objects that existed before one was copied from the other: files, and the
    functions that create values. They are sent as numbers.

    The bytes are never read by another run: `pickle` executes what it reads.
    """

    def __init__(self, files: Iterable[SourceFile]) -> None:
        """`files` are those of all locations."""
        # Any, because functions and files have no common type.
        self._shared: list[Any] = [NOWHERE, *files]
        self._reducers: dict[type, _Reducer] = {SourceFile: _refused}
        for cls in (*_CLASSES, Entry, Span):
            create: Callable[..., object] = constructor(cls)
            self._shared.append(create)
            self._reducers[cls] = _reducer(create, cls)
        self._numbers = {id(value): number for number, value in enumerate(self._shared)}

    def dump(self, value: Restored) -> bytes | None:
        """The bytes of a value; None if it has a location in an unknown file."""
        stream = io.BytesIO()
        pickler = _Pickler(stream, pickle.HIGHEST_PROTOCOL)
        pickler.numbers, pickler.dispatch_table = self._numbers, self._reducers
        try:
            pickler.dump(value)
        except _UnknownFileError:
            return None
        return stream.getvalue()

    def load(self, data: bytes) -> Restored:
        unpickler = _Unpickler(io.BytesIO(data))
        unpickler.shared = self._shared
        return cast("Restored", unpickler.load())


class _UnknownFileError(Exception):
    """A location is in a file that was not known before the process was copied."""


class _Pickler(pickle.Pickler):
    numbers: dict[int, int]

    def persistent_id(self, obj: object) -> int | None:
        return self.numbers.get(id(obj))


class _Unpickler(pickle.Unpickler):
    shared: list[Any]

    def persistent_load(self, pid: int) -> object:
        return self.shared[pid]


# Any, because getattr() has no type.
_CLASSES: list[Any] = [value for name in ir.__all__ if is_dataclass(value := getattr(ir, name))]


def _reducer(create: Callable[..., object], cls: Any) -> _Reducer:
    values = values_of(field.name for field in fields(cls))
    return lambda value: (create, values(value))


def _refused(file: SourceFile) -> NoReturn:
    raise _UnknownFileError(file.name)
