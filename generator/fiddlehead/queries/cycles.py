"""Cycles of declarations, and the types that a value has directly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .. import ir


def cycles(ids: Iterable[str], step: Callable[[str], Iterable[str]]) -> list[list[str]]:
    """The cycles that a depth-first search finds, each as the ids in it.

    Args:
        ids: The ids to start from, in order.
        step: The ids that an id refers to.

    Returns: One cycle for each edge to an id on the current path. Of two cycles with a common
    member, the search can miss one.
    """
    found: list[list[str]] = []
    done: set[str] = set()
    for start in ids:
        stack: list[tuple[str, Iterator[str]]] = []
        if start not in done:
            stack.append((start, iter(step(start))))
        while stack:
            path = [each for each, _ in stack]
            target = next(stack[-1][1], None)
            if target is None:
                done.add(path[-1])
                stack.pop()
            elif target in path:
                found.append(path[path.index(target) :])
            elif target not in done:
                stack.append((target, iter(step(target))))
    return found


def same_value(type_: ir.Type) -> Iterator[ir.Ref]:
    """The references that have the same value as a type: through null and unions, but not through
    lists and maps, which can be empty."""
    waiting: list[ir.Type] = [type_]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, ir.Ref):
            yield each
        elif isinstance(each, ir.Nullable):
            waiting.append(each.item)
        elif isinstance(each, ir.UnionOf):
            waiting += each.members
