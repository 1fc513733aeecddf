"""Finds the changed parts of a description, and whether a change affects only the types it is in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, cast

from .. import ir, queries
from ..frozen import replace
from ..openapi.schemas.registry import Entry
from ..python.needed_runtime import contains_union
from ..source import Node
from ..source.json_reader import later_parts


class Layout:
    """The octets of a text and its parts, which are parsed on demand."""

    def __init__(self, octets: str, root: Node) -> None:
        self.octets = octets
        self.parts = later_parts(root)
        self._edges = [edge for part in self.parts.values() for edge in part]
        self._names = list(self.parts)

    def part(self, name: str) -> str:
        """The octets of a part; empty if there is none."""
        return self.octets[slice(*self.parts.get(name, (0, 0)))]

    def between(self) -> list[str]:
        """The octets between the parts."""
        edges = [0, *self._edges, len(self.octets.rstrip())]
        return [self.octets[edges[i] : edges[i + 1]] for i in range(0, len(edges), 2)]

    def part_at(self, offset: int) -> str | None:
        """The part that contains an offset; None between parts."""
        index = bisect_right(self._edges, offset)
        return self._names[index // 2] if index % 2 else None

    def moved(self, offset: int, other: Layout) -> int:
        """The offset of the same octet in another text with the same parts, if its part, or the text
        between two parts, is unchanged."""
        index = bisect_right(self._edges, offset)
        before, after = [0, *self._edges], [0, *other._edges]
        return offset - before[index] + after[index]


def changed_parts(old: Layout, new: Layout) -> list[str] | None:
    """The parts that differ; None if anything else differs."""
    if list(old.parts) != list(new.parts) or old.between() != new.between():
        return None
    return [
        name
        for name, (start, end) in old.parts.items()
        if old.octets[start:end] != new.octets[slice(*new.parts[name])]
    ]


def comparable(value: object) -> object:
    """A value of the IR without locations, as tuples that can be compared.

    True, 1 and 1.0 are three values here; in Python they are equal.
    """
    kind = type(value)
    if value is None or isinstance(value, (str, bool, int, float)):
        return (kind, repr(value))
    if isinstance(value, tuple):
        return tuple(map(comparable, cast("tuple[object, ...]", value)))
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, object]", value)
        return tuple((name, comparable(entry)) for name, entry in entries.items())
    assert is_dataclass(value)
    # Any, because pyright cannot infer the argument of fields().
    names = (field.name for field in fields(cast("Any", kind)) if field.name != "span")
    return (kind, *(comparable(getattr(value, name)) for name in names))


def same_declarations(old: list[Entry], new: list[Entry]) -> bool:
    """Whether two results of reading a component declare the same types under the same names."""
    return [*map(_identity, old)] == [*map(_identity, new)]


def _identity(entry: Entry) -> tuple[object, ...]:
    return (entry.id, entry.names, entry.package, entry.component, entry.owner)


def stays_inside(old: ir.Declaration, new: ir.Declaration) -> bool:
    """Whether two declarations agree in all properties that code which iterates over all
    declarations may use: names, locations, modules, and the needed runtime modules."""
    if type(old) is not type(new):
        return False
    if [reference.id for reference in queries.references(old)] != [
        reference.id for reference in queries.references(new)
    ]:
        return False
    match old, new:
        case ir.Model(), ir.Model():
            return (
                comparable(old.extends) == comparable(new.extends)
                and comparable(old.extra) == comparable(new.extra)
                and any(map(contains_union, _types(old))) == any(map(contains_union, _types(new)))
            )
        case ir.Enum(), ir.Enum():
            return bool(old.values) == bool(new.values)
        case _:
            return comparable(_without_documentation(old)) == comparable(
                _without_documentation(new)
            )


def differ_in_prose_only(old: ir.Declaration, new: ir.Declaration) -> bool:
    """Whether two declarations differ only in documentation, and in no attribute that examples use."""
    return comparable(_without_prose(old)) == comparable(_without_prose(new))


def _without_prose(declaration: ir.Declaration) -> ir.Declaration:
    declaration = replace(declaration, doc=None, availability=None)
    match declaration:
        case ir.Model() | ir.Union():
            fields = (replace(field, doc=None, availability=None) for field in declaration.fields)
            return replace(declaration, fields=tuple(fields))
        case ir.Enum():
            values = (replace(value, doc=None, availability=None) for value in declaration.values)
            return replace(declaration, values=tuple(values))
        case ir.Alias():
            return declaration


def _types(model: ir.Model) -> Iterator[ir.Type]:
    for field in model.fields:
        yield field.type


def _without_documentation(declaration: ir.Declaration) -> ir.Declaration:
    """A declaration without its documentation."""
    return replace(declaration, doc=None, availability=None, examples=())
