"""Cycles of declarations and other graphs, and the types that a value has directly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from .. import ir


def cycles(ids: Iterable[str], step: Callable[[str], Iterable[str]]) -> list[list[str]]:
    """The cycles that a depth-first search finds, each as the ids in it.

    Args:
        ids: The ids to start from, in order.
        step: The ids that an id refers to.

    Returns: One cycle for each edge to an id on the current path. Of two cycles with a common
    member, the search can miss one.
    """
    result: list[list[str]] = []
    done: set[str] = set()
    for start in ids:
        stack: list[tuple[str, Iterator[str]]] = []
        if start not in done:
            stack.append((start, iter(step(start))))
        while stack:
            path = [node for node, _ in stack]
            target = next(stack[-1][1], None)
            if target is None:
                done.add(path[-1])
                stack.pop()
            elif target in path:
                result.append(path[path.index(target) :])
            elif target not in done:
                stack.append((target, iter(step(target))))
    return result


def same_value(type_: ir.Type) -> Iterator[ir.Ref]:
    """The references that have the same value as a type: through null and unions, but not through
    lists and maps, which can be empty."""
    waiting: list[ir.Type] = [type_]
    while waiting:
        inner = waiting.pop(0)
        if isinstance(inner, ir.Ref):
            yield inner
        elif isinstance(inner, ir.Nullable):
            waiting.append(inner.item)
        elif isinstance(inner, ir.UnionOf):
            waiting += inner.members


def strongly_connected(uses: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """The strongly connected components of a graph (Tarjan's algorithm, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    result: list[tuple[str, ...]] = []
    for root in uses:
        if root in index:
            continue
        work = [(root, iter(sorted(uses[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(sorted(uses.get(other, ())))))
                    break
                if other in on_stack:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    at = stack.index(node)
                    result.append(tuple(stack[at:]))
                    on_stack.difference_update(stack[at:])
                    del stack[at:]
    return result
