"""A check on finished declarations: loops that never reach a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .. import ir
from ..diagnostics import Diagnostics


def check(declarations: Mapping[str, ir.Declaration], diagnostics: Diagnostics) -> None:
    """Reports declarations that only lead to each other."""
    done: set[str] = set()
    for start in declarations:
        path: list[str] = []
        stack: list[tuple[str, Iterator[ir.Ref]]] = []
        if start not in done:
            stack.append((start, _direct(declarations[start])))
            path.append(start)
        while stack:
            id, following = stack[-1]
            reference = next(following, None)
            if reference is None:
                done.add(id)
                stack.pop()
                path.pop()
                continue
            if reference.id in path:
                loop = [*path[path.index(reference.id) :], reference.id]
                first = declarations[min(loop)]
                diagnostics.error(
                    "reference-loop",
                    "schemas lead only to each other: "
                    + " -> ".join(" ".join(declarations[each].name.words) for each in loop),
                    first.span,
                    hint="one of them has to be a value, a list or a mapping",
                )
                done.update(path)
            elif reference.id not in done and reference.id in declarations:
                stack.append((reference.id, _direct(declarations[reference.id])))
                path.append(reference.id)


def _direct(declaration: ir.Declaration) -> Iterator[ir.Ref]:
    """The declarations that every value, or some value, of this one is at the same time."""
    types: list[ir.Type] = []
    if isinstance(declaration, ir.Alias):
        types.append(declaration.type)
    elif isinstance(declaration, ir.Union) and declaration.discriminator is None:
        types += [each.type for each in declaration.variants if each.type is not None]
    while types:
        type_ = types.pop(0)
        if isinstance(type_, ir.Ref):
            yield type_
        elif isinstance(type_, ir.Nullable):
            types.append(type_.item)
        elif isinstance(type_, ir.UnionOf):
            types += type_.members
