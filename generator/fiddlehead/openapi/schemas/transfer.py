"""Converted schemas as bytes, which one process sends to another that was copied from it."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from typing import Any, TypeAlias, cast

from ... import ir
from ...diagnostics import NOWHERE, SourceFile, Span
from ...frozen import constructor, values_of
from ...source.json_reader import JSON_SPANS
from .registry import Entry

Restored: TypeAlias = tuple[ir.Declaration, list[Entry], set[str]]
"""The declaration of a component, those of its inline schemas, and the components that were visited
for it."""

_Reduced: TypeAlias = str | tuple[Callable[..., object], tuple[object, ...]]
"""How a value is created: the name of a constant; or a class, and the attributes."""


class Transfer:
    """Writes and reads values of the IR with their locations.

    Both processes have the files of the description, which are sent as numbers.

    The bytes are never read by another run: `pickle` executes what it reads.
    """

    def __init__(self, files: Iterable[SourceFile]) -> None:
        """`files` are those of all locations."""
        self._files = [*files]
        self._numbers = {id(file): number for number, file in enumerate(self._files)}
        self._reducers: dict[type, Callable[[Any], _Reduced]] = {
            SourceFile: self._file,
            Span: _span,
            **{cls: _reducer(cls) for cls in _CLASSES},
            **{cls: cls.__reduce__ for cls in JSON_SPANS},
        }
        self._creators: dict[str, object] = {
            "NOWHERE": NOWHERE,
            SourceFile.__name__: self._files.__getitem__,
            **{cls.__name__: constructor(cls) for cls in (Span, *_CLASSES)},
            **{cls.__name__: cls for cls in JSON_SPANS},
            "set": set,
        }

    def dump(self, value: Restored) -> bytes | None:
        """The bytes of a value; None if it has a location in an unknown file."""
        stream = io.BytesIO()
        pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
        # It has no type that allows for a table of our own.
        cast("Any", pickler).dispatch_table = self._reducers
        try:
            pickler.dump(value)
        except _UnknownFileError:
            return None
        return stream.getvalue()

    def load(self, data: bytes) -> Restored:
        unpickler = _Unpickler(io.BytesIO(data))
        unpickler.creators = self._creators
        return cast("Restored", unpickler.load())

    def _file(self, file: SourceFile) -> _Reduced:
        number = self._numbers.get(id(file))
        if number is None:
            raise _UnknownFileError(file.name)
        return SourceFile, (number,)


class _UnknownFileError(Exception):
    """A location is in a file that was not known before the process was copied."""


class _Unpickler(pickle.Unpickler):
    creators: dict[str, object]

    def find_class(self, module_name: str, global_name: str) -> object:
        """The function that creates values of a class: `__init__` takes much longer."""
        return self.creators[global_name]


# Any, because getattr() has no type.
_CLASSES: list[Any] = [
    Entry,
    *(value for name in ir.__all__ if is_dataclass(value := getattr(ir, name))),
]


def _reducer(cls: Any) -> Callable[[Any], _Reduced]:
    values = values_of(field.name for field in fields(cls))
    return lambda value: (cls, values(value))


_span_values = values_of(field.name for field in fields(Span))


def _span(span: Span) -> _Reduced:
    return "NOWHERE" if span is NOWHERE else (Span, _span_values(span))
