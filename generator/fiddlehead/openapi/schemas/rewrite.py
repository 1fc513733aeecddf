"""Rewrites references inside IR values, and compares values without them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, cast

from ... import frozen, ir, queries

T = TypeVar("T")

_PROSE = frozenset({"doc", "example", "examples", "availability", "span", "assertions"})
"""Attributes that are ignored in comparisons: documentation."""

_SETTLED = _PROSE | {"id", "name", "package", "owner", "discriminators"}
"""Attributes of declarations that are ignored: the comparison determines their name and package."""


def shape(value: object, ids: list[str]) -> object:
    """A value without documentation and locations, as nested tuples that can be compared and
    hashed.

    The targets of references are not part of it: their ids are added to `ids`, in order.
    """
    if value is None or type(value) is str:
        return value
    if isinstance(value, ir.Ref):
        ids.append(value.id)
        return ir.Ref
    if isinstance(value, (str, bool, int, float)):
        # True and 1 are equal in Python but not in JSON.
        return (type(value).__name__, value)
    if isinstance(value, tuple):
        return tuple([shape(item, ids) for item in cast("tuple[object, ...]", value)])
    kind = type(value)
    if is_dataclass(kind):
        return (
            kind,
            *[
                part if part is None or type(part) is str else shape(part, ids)
                for part in _compared(kind)(value)
            ],
        )
    entries = cast("Mapping[str, object]", value)
    return tuple([(name, shape(entry, ids)) for name, entry in entries.items()])


@functools.cache
def _compared(kind: type[Any]) -> Callable[[object], tuple[object, ...]]:
    """The function that returns the attributes of a dataclass of the IR, without documentation."""
    ignored = _SETTLED if kind in (ir.Model, ir.Enum, ir.Union, ir.Alias) else _PROSE
    return frozen.values_of(field.name for field in fields(kind) if field.name not in ignored)


class Renamer:
    """Rewrites the ids of references inside IR values.

    Attributes:
        ids: The new ids of all references in the last value, with duplicates.
    """

    def __init__(self, final: Mapping[str, str]) -> None:
        self._final = final
        self.ids: list[str] = []

    def __call__(self, value: T) -> T:
        self.ids = []
        return queries.rewritten(value, self._renamed)

    def _renamed(self, reference: ir.Ref) -> ir.Ref:
        id_ = self._final.get(reference.id, reference.id)
        self.ids.append(id_)
        return ir.Ref(id_, span=reference.span)
