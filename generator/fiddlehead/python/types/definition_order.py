"""The order of the definitions in a module of types: each after the definitions that it needs at
run time."""

from __future__ import annotations

from collections.abc import Mapping, Set

from ... import queries
from ...frozen import replace
from ...package import Alias, EnumClass, Model, TypeDef


def ordered(items: list[TypeDef]) -> tuple[list[TypeDef], bool]:
    """The items in an order in which each comes after the items that it needs; and whether
    annotations must be deferred, because classes refer to each other in a cycle."""
    by_id = {item.id: item for item in sorted(items, key=lambda item: item.name)}
    full = {id_: _needs(item, by_id.keys(), annotations=True) for id_, item in by_id.items()}
    order = _topological(full)
    if order is not None:
        return [by_id[id_] for id_ in order], False
    needed = {id_: _needs(item, by_id.keys(), annotations=False) for id_, item in by_id.items()}
    for cycle in queries.strongly_connected(needed):
        for id_ in cycle:
            item = by_id[id_]
            if isinstance(item, Alias) and (len(cycle) > 1 or id_ in needed[id_]):
                by_id[id_] = replace(item, recursive=True)
                needed[id_] = frozenset()
    # pydantic completes a class whose names are defined, so only those in a cycle come later.
    groups: list[str] = []
    for group in queries.strongly_connected(full):
        inner = _topological({id_: needed[id_] & {*group} for id_ in by_id if id_ in group})
        assert inner is not None, "classes that are each other's bases"
        groups += inner
    return [by_id[id_] for id_ in groups], True


def _needs(item: TypeDef, ids: Set[str], *, annotations: bool) -> frozenset[str]:
    """The items of the module that must exist when an item is executed."""
    result: set[str] = set()
    match item:
        case Model():
            result.update(item.base_ids)
            if annotations:
                result.update(item.references)
                result.update(item.extra.references if item.extra is not None else ())
        case Alias():
            result.update(item.value.references)
        case EnumClass():
            pass
    return frozenset(result & ids)


def _topological(needs: Mapping[str, frozenset[str]]) -> list[str] | None:
    """Ids after those that they need, otherwise in the given order; None if there is a cycle."""
    waiting = dict(needs)
    order: list[str] = []
    while waiting:
        ready = [name for name, needed in waiting.items() if needed.isdisjoint(waiting)]
        if not ready:
            return None
        order += ready
        for name in ready:
            del waiting[name]
    return order
