"""The modules of types that must be imported first, so that no chain of imports is too long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ... import queries
from ..locations.placement import TypeLocations

_LONGEST_IMPORT = 25
"""The longest chain of imports: Python's recursion limit is 1,000, and each module needs about
seven frames."""


def import_order(
    type_locations: TypeLocations, uses: Mapping[str, Iterable[str]]
) -> tuple[str, ...]:
    """The modules of types, relative to the package, that must be imported before others so that no
    chain of imports is too long, the deepest first. Usually empty. `uses` are the declarations that
    each one refers to."""
    module = {id_: path for path, ids in type_locations.members.items() for id_ in ids}
    needs: dict[str, set[str]] = {path: set() for path in type_locations.members}
    for id_, path in module.items():
        needs[path] |= {module[used] for used in uses[id_]} - {path}
    heights: dict[str, int] = {}
    for group in queries.strongly_connected(needs):
        below = [heights[other] for path in group for other in needs[path] if other in heights]
        heights.update(dict.fromkeys(group, 1 + max(below, default=0)))
    if max(heights.values(), default=0) <= 2 * _LONGEST_IMPORT:
        return ()
    chosen = [path for path, height in heights.items() if height % _LONGEST_IMPORT == 0]
    chosen.sort(key=lambda path: (heights[path], path))
    return tuple("." + path.removesuffix(".py").replace("/", ".") for path in chosen)
