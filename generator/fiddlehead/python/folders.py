"""The packages of the generated code: one for each group, called like the attribute to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .. import ir
from ..diagnostics import NOWHERE, Span
from ..naming import Names, Scope, rename_hint


@dataclass(frozen=True)
class Folders:
    """The Python package of each group that endpoints or types are in; () is the root.

    `keys` are what settings rename them by, made of what would be generated; `renamed` those that settings call so, `old_names`
    what they were called before.
    """

    packages: Mapping[ir.Words, tuple[str, ...]]
    keys: Mapping[tuple[str, ...], str]
    renamed: frozenset[tuple[str, ...]]
    old_names: Mapping[tuple[str, ...], tuple[str, ...]]


def folders(api: ir.Api, names: Names) -> Folders:
    """Decides what groups are called."""
    wanted: dict[ir.Words, Span] = {}
    _resources(api.root, (), wanted)
    for declaration in api.declarations.values():
        for length in range(1, len(declaration.package) + 1):
            wanted.setdefault(declaration.package[:length], declaration.span)
    found: dict[ir.Words, tuple[str, ...]] = {(): ()}
    scopes: dict[ir.Words, Scope] = {}
    keys: dict[tuple[str, ...], str] = {(): ""}
    renamed: set[tuple[str, ...]] = set()
    old_names: dict[tuple[str, ...], tuple[str, ...]] = {}
    for words in sorted(wanted, key=lambda each: (len(each), each)):
        parent = found[words[:-1]]
        generated = names.group(words[-1])
        key = member_key(keys[parent], generated)
        shown, span = ".".join(words), wanted[words]
        named = names.decide(generated, key, shown, span, ".".join((*parent, words[-1])))
        scope = scopes.setdefault(words[:-1], names.scope("the groups", fold=True))
        for name in (named.name, *named.old_names):
            scope.claim(name, shown, span, hint=rename_hint(key, "x-fern-sdk-group-name"))
        found[words] = (*parent, named.name)
        keys[found[words]] = key
        if named.name != generated:
            renamed.add(found[words])
        if named.old_names:
            old_names[found[words]] = named.old_names
    return Folders(found, keys, frozenset(renamed), old_names)


def member_key(parent: str, name: str) -> str:
    """The key of something in a group, given the group's own: "" is the client."""
    return f"{parent}.{name}" if parent else name


def _resources(resource: ir.Resource, words: ir.Words, wanted: dict[ir.Words, Span]) -> None:
    for child in resource.children:
        path = (*words, child.name)
        wanted.setdefault(path, child.span if child.span is not NOWHERE else resource.span)
        _resources(child, path, wanted)
