"""Detects renames: removed classes and added classes with the same fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import TypeVar

from .. import package as py
from ..typing_ import Type
from .annotations import alternatives

T = TypeVar("T")

ALIKE = 0.5
"""The minimum similarity of two names (difflib's ratio) for classes with little structure, such as
enums."""


def pair(
    removed: Mapping[str, T],
    added: Mapping[str, T],
    shape: Callable[[T], str],
    uses: frozenset[tuple[str, str]],
    *,
    shared: bool = False,
) -> dict[str, str]:
    """Old path to new path of classes with the same fingerprint, most similar names first.

    A small fingerprint, such as that of an enum, is not enough: then the names must be similar, or
    `uses` must have the pair (see `replaced`). With `shared`, several old classes may become one
    new class.
    """
    new_fingerprints: dict[str, list[str]] = {}
    for path, declaration in added.items():
        new_fingerprints.setdefault(shape(declaration), []).append(path)
    chances = [
        (-(1.0 if _names(old, new) in uses else _similarity(old, new)), old, new)
        for old, declaration in removed.items()
        for new in new_fingerprints.get(shape(declaration), ())
    ]
    result: dict[str, str] = {}
    taken: set[str] = set()
    for likeness, old, new in sorted(chances):
        rich = len(shape(removed[old])) > 60
        if old not in result and (shared or new not in taken) and (rich or -likeness >= ALIKE):
            result[old] = new
            taken.add(new)
    return result


def replaced(old: py.Package, new: py.Package) -> frozenset[tuple[str, str]]:
    """Pairs (old name, new name) of types where the new one replaced the old one in a field, an
    argument or a result."""
    after = dict(_annotated(new))
    result: set[tuple[str, str]] = set()
    for path, was in _annotated(old):
        now = after.get(path, was)
        if was.text != now.text:
            removed, added = _named(was) - _named(now), _named(now) - _named(was)
            if len(removed) == len(added) == 1:
                result.update(zip(removed, added, strict=True))
    return frozenset(result)


def _named(annotation: Type) -> frozenset[str]:
    return frozenset(node.head for node in annotation.nodes if node.id is not None)


def _annotated(package: py.Package) -> Iterator[tuple[str, Type]]:
    for id_, declared in package.types.items():
        if isinstance(declared, py.Model):
            for field in declared.fields:
                yield f"{id_} {field.wire}", field.annotation
    for _, method in package.methods():
        yield f"{method.id} {method.kind}", method.returns
        for argument in method.arguments:
            where = f"{method.id} {method.kind} {argument.location} {argument.wire}"
            yield where, argument.annotation


def _names(old: str, new: str) -> tuple[str, str]:
    return old.rpartition(".")[2], new.rpartition(".")[2]


def _similarity(old: str, new: str) -> float:
    return SequenceMatcher(None, old, new).ratio()


def type_shape(hidden: Mapping[str, str]) -> Callable[[py.TypeDef | py.ErrorClass], str]:
    """A function that returns the fingerprint of a class; the names in `hidden` are ignored,
    because they moved."""

    def annotation(type_: Type) -> str:
        return "|".join(sorted(map(str, alternatives(type_, hidden))))

    def shape(declared: py.TypeDef | py.ErrorClass) -> str:
        if isinstance(declared, py.ErrorClass):
            return f"error {declared.status} {annotation(declared.body)}"
        if isinstance(declared, py.EnumClass):
            return "enum " + "|".join(sorted(value.expression for value in declared.values))
        if isinstance(declared, py.Alias):
            if declared.kind == "enum":
                return "enum " + "|".join(sorted(value.expression for value in declared.values))
            return f"{declared.kind} {annotation(declared.value)}"
        fields = sorted(
            f"{field.wire}:{annotation(field.annotation)}:{field.default}"
            for field in declared.fields
        )
        return "model " + ",".join(fields)

    return shape
