"""The packages of the generated code: one for each group, called like the attribute to it."""

from __future__ import annotations

from .. import ir
from ..diagnostics import NOWHERE, Span
from ..naming import Names, Scope, rename_hint


def folders(api: ir.Api, names: Names) -> dict[ir.Words, tuple[str, ...]]:
    """The Python package of each group that endpoints or types are in; () is the root."""
    wanted: dict[ir.Words, Span] = {}
    _resources(api.root, (), wanted)
    for declaration in api.declarations.values():
        for length in range(1, len(declaration.package) + 1):
            wanted.setdefault(declaration.package[:length], declaration.span)
    found: dict[ir.Words, tuple[str, ...]] = {(): ()}
    scopes: dict[ir.Words, Scope] = {}
    for words in sorted(wanted, key=lambda each: (len(each), each)):
        parent = found[words[:-1]]
        generated = names.group(words[-1])
        key = ".".join((*parent, generated))
        shown, span = ".".join(words), wanted[words]
        named = names.decide(generated, key, shown, span, ".".join((*parent, words[-1])))
        scope = scopes.setdefault(words[:-1], names.scope("the groups", fold=True))
        scope.claim(named.name, shown, span, hint=rename_hint(key, "x-fern-sdk-group-name"))
        found[words] = (*parent, named.name)
    return found


def _resources(resource: ir.Resource, words: ir.Words, wanted: dict[ir.Words, Span]) -> None:
    for child in resource.children:
        path = (*words, child.name)
        wanted.setdefault(path, child.span if child.span is not NOWHERE else resource.span)
        _resources(child, path, wanted)
