"""Detects aliases that only refer to each other, and objects that extend themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .. import queries
from .declared_types import TypeEntry, shape
from .syntax import BadType, Expression, parse
from .types import TypeTable
from .values import Values


def check(table: TypeTable, values: Values) -> set[str]:
    """Report each cycle once; returns the ids of its types, which cannot be read."""
    aliases = _loops(table, _direct)
    for loop in aliases:
        _report(loop, "refers only to itself", values)
    extends = _loops(table, _bases)
    for loop in extends:
        _report(loop, "extends itself", values)
    return {entry.id for loop in [*aliases, *extends] for entry in loop}


def _loops(
    table: TypeTable, step: Callable[[TypeTable, TypeEntry], Iterator[TypeEntry]]
) -> list[list[TypeEntry]]:
    def ids(id_: str) -> list[str]:
        targets = step(table, table.declared.by_id[id_])
        return [target.id for target in targets if target.id in table.declared.by_id]

    cycles = queries.cycles(table.declared.by_id, ids)
    return [[table.declared.by_id[id_] for id_ in ids] for ids in cycles]


def _report(loop: list[TypeEntry], what: str, values: Values) -> None:
    first = loop[0]
    chain = " -> ".join([*(entry.name for entry in loop), first.name])
    values.diagnostics.warning(
        "reference-loop",
        f"the type '{first.name}' {what}" + (f": {chain}" if len(loop) > 1 else ""),
        first.span,
        related=[(f"'{entry.name}' is declared here", entry.span) for entry in loop[1:]],
    )


def _direct(table: TypeTable, entry: TypeEntry) -> Iterator[TypeEntry]:
    """The types that a value of an alias or of an undiscriminated union has directly. Lists and
    maps can be empty, so their item types do not count; neither do the fields of objects."""
    kind = shape(entry.node)
    expressions: list[Expression | None] = []
    if kind == "alias":
        expressions = [table.declared.quiet(entry)]
    elif kind == "undiscriminated":
        union = entry.node.get("union")
        for item in union.elements() if union is not None else ():
            node = item.get("type") if item.mapping is not None else item
            try:
                expressions.append(parse(node.string) if node and node.string else None)
            except BadType:
                continue
    for expression in expressions:
        while expression is not None and expression.name in ("optional", "nullable"):
            expression = expression.arguments[0] if expression.arguments else None
        if expression is not None and expression.value is None:
            type_entry = table.declared.find(expression.name, entry.file)
            if type_entry is not None:
                yield type_entry


def _bases(table: TypeTable, entry: TypeEntry) -> Iterator[TypeEntry]:
    """The types that an object or a union extends."""
    extends = entry.node.get("extends")
    nodes = [] if extends is None else extends.list if extends.list is not None else [extends]
    for node in nodes:
        type_entry = (
            table.declared.find(node.string, entry.file) if node.string is not None else None
        )
        if type_entry is not None:
            yield table.declared.target(type_entry)
