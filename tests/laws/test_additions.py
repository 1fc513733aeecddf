"""An addition to a description changes no existing name and no existing meaning."""

from __future__ import annotations

import functools
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fiddlehead.package import Alias, EnumClass, Model, Package
from fiddlehead.review.annotations import key

from . import documents
from .documents import Document, build, described, load

APIS = dict(described())
Facts = dict[str, Any]  # What is known of a name depends on what it names.


def facts(package: Package) -> Facts:
    """What user code sees, by the path under which it sees it."""
    results: Facts = {}
    for id_, type_ in package.types.items():
        where = f"{package.type_modules.get(id_, '')}:{type_.name}"
        match type_:
            case Model():
                results[where] = type_.bases
                for field in type_.fields:
                    # The name under which the module imports a class is not seen from outside.
                    known = (field.name, key(field.annotation, {}), field.default)
                    results[f"{where}.{field.wire}"] = known
            case Alias():
                results[where] = type_.value if type_.kind != "enum" else None
                results.update({f"{where}={value.expression}": True for value in type_.values})
            case EnumClass():
                results.update(
                    {f"{where}={value.expression}": value.name for value in type_.values}
                )
    for resource, method in package.methods():
        where = f"{'.'.join(resource.attribute)}.{method.name}"
        results[where] = (resource.name, method.returns, method.url, method.errors)
        for argument in method.arguments:
            results[f"{where}({argument.location} {argument.wire})"] = (
                argument.name,
                argument.kind,
                argument.annotation.text,
            )
    for name, exported in package.exports().items():
        results.update({f"{name}:{item}": True for item in exported})
    for module in package.modules:
        results[module.path] = True
    return results


@functools.cache
def unchanged(name: str) -> tuple[Document, Facts]:
    """A description, and what is known of its package."""
    document = load(APIS[name])
    with tempfile.TemporaryDirectory() as folder:
        return document, facts(build(name, document, Path(folder)))


ADDITIONS: dict[str, Callable[[Document, random.Random], Document]] = {
    "operation": lambda document, _: documents.with_operation(document),
    "schema": lambda document, _: documents.with_schema(document),
    "property": documents.with_property,
    "value": documents.with_value,
    "clashes": documents.with_clashes,
    "cycle": documents.with_cycle,
}


ALWAYS_THE_SAME = ("operation", "schema")
"""Additions that are not drawn by lot."""


@pytest.mark.parametrize("addition", ADDITIONS)
@pytest.mark.parametrize("name", APIS)
def test_nothing_moves(name: str, addition: str, tmp_path: Path) -> None:
    document, before = unchanged(name)
    for seed in (1,) if addition in ALWAYS_THE_SAME else (1, 2):
        changed = ADDITIONS[addition](document, random.Random(seed))
        after = facts(build(name, changed, tmp_path))
        moved = {
            key: (fact, after.get(key, "gone"))
            for key, fact in before.items()
            if key not in after or after[key] != fact
        }
        if addition == "value":
            moved = {
                key: (old, new)
                for key, (old, new) in moved.items()
                if "aaa_unrelated" not in str(new)
            }
        assert moved == {}
        # Something was added, except where an audience leaves out what no operation needs.
        assert changed == document or after != before or (name, addition) == ("cohere", "schema")
