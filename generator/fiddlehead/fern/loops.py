"""Types that lead only to each other, and objects that extend themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .types import TypeEntry, TypeTable
from .values import Values


def check(table: TypeTable, values: Values) -> set[str]:
    """Reports each loop once; gives the ids of the types in it, which cannot be read."""
    aliases = _loops(table, table.direct)
    for loop in aliases:
        _report(loop, "leads only to itself", values)
    extends = _loops(table, table.bases)
    for loop in extends:
        _report(loop, "extends itself", values)
    return {entry.id for loop in [*aliases, *extends] for entry in loop}


def _loops(
    table: TypeTable, step: Callable[[TypeEntry], Iterator[TypeEntry]]
) -> list[list[TypeEntry]]:
    found: list[list[TypeEntry]] = []
    done: set[str] = set()
    for start in table.by_id.values():
        stack = [] if start.id in done else [(start, step(start))]
        while stack:
            entry, targets = stack[-1]
            target = next(targets, None)
            path = [each for each, _ in stack]
            if target is None:
                stack.pop()
                done.add(entry.id)
            elif target in path:
                found.append(path[path.index(target) :])
            elif target.id not in done:
                stack.append((target, step(target)))
    return found


def _report(loop: list[TypeEntry], what: str, values: Values) -> None:
    first = loop[0]
    way = " -> ".join([*(entry.name for entry in loop), first.name])
    values.diagnostics.error(
        "reference-loop",
        f"the type '{first.name}' {what}" + (f": {way}" if len(loop) > 1 else ""),
        first.span,
        related=[(f"'{entry.name}' is declared here", entry.span) for entry in loop[1:]],
    )
