"""Classes that went and classes of the same shape that came: renames."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from typing import TypeVar

from .. import package as py
from .annotations import alternatives

T = TypeVar("T")

ALIKE = 0.5
"""How alike two names must be (difflib's ratio) where a shape says little, as an enum's does."""


def pair(gone: Mapping[str, T], come: Mapping[str, T], shape: Callable[[T], str]) -> dict[str, str]:
    """Old path to new path, for what has the same shape; the names that are most alike first."""
    shapes_of_new: dict[str, list[str]] = {}
    for path, each in come.items():
        shapes_of_new.setdefault(shape(each), []).append(path)
    chances = [
        (-SequenceMatcher(None, old, new).ratio(), old, new)
        for old, each in gone.items()
        for new in shapes_of_new.get(shape(each), ())
    ]
    found: dict[str, str] = {}
    taken: set[str] = set()
    for likeness, old, new in sorted(chances):
        rich = len(shape(gone[old])) > 60
        if old not in found and new not in taken and (rich or -likeness >= ALIKE):
            found[old] = new
            taken.add(new)
    return found


def type_shape(hidden: Mapping[str, str]) -> Callable[[py.TypeDef | py.ErrorClass], str]:
    """A function from a class to its shape; the names in `hidden` do not count, as they moved."""

    def annotation(type_: py.Annotation) -> str:
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
