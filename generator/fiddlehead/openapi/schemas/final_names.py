"""The last step of reading: final names of declarations, and final ids of references."""

from __future__ import annotations

from collections.abc import Iterable

from ... import ir
from ...diagnostics import Diagnostics
from ...frozen import replace
from .registry import Registry, Resolved, check_names
from .rewrite import Renamer


def with_final_names(
    api: ir.Api, registry: Registry, taken: set[str], only_used: bool, diagnostics: Diagnostics
) -> ir.Api:
    """The API with its declarations. `taken` are class names of errors, which schemas cannot get.

    Unused inline schemas are removed, and with `only_used` also unused components.
    """
    resolved = registry.resolve_names(taken)
    final, declarations = resolved.final, resolved.declarations
    renamed = Renamer(final)
    api = renamed(api)
    entries = [entry for entry in registry.entries.values() if entry.id in final]
    components = {final[entry.id] for entry in entries if entry.component}
    inline = {final[entry.id] for entry in entries if not entry.component} - components
    named = () if only_used else declarations.keys() - inline
    used = _reachable(resolved, {*renamed.ids, *named})
    registry.final = {id: final_id for id, final_id in final.items() if final_id in used}
    check_names(registry, diagnostics)
    return replace(
        api,
        declarations={id: declaration for id, declaration in declarations.items() if id in used},
    )


def _reachable(resolved: Resolved, ids: Iterable[str]) -> set[str]:
    """The ids of the declarations that are used by others."""
    waiting = [*ids]
    result: set[str] = set()
    while waiting:
        id_ = waiting.pop()
        if id_ in resolved.declarations and id_ not in result:
            result.add(id_)
            waiting += resolved.uses[id_]
    return result
