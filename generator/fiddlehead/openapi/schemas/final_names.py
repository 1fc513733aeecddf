"""The last step of reading: final names of declarations, and final ids of references."""

from __future__ import annotations

from collections.abc import Mapping

from ... import ir, queries
from ...diagnostics import Diagnostics
from ...frozen import replace
from .registry import Registry, check_names
from .rewrite import Renamer


def with_final_names(
    api: ir.Api, registry: Registry, taken: set[str], only_used: bool, diagnostics: Diagnostics
) -> ir.Api:
    """The API with its declarations. `taken` are class names of errors, which schemas cannot get.

    Unused inline schemas are removed, and with `only_used` also unused components.
    """
    declarations, final = registry.resolve_names(taken)
    api = Renamer(final)(api)
    entries = [entry for entry in registry.entries.values() if entry.id in final]
    components = {final[entry.id] for entry in entries if entry.component}
    inline = {final[entry.id] for entry in entries if not entry.component} - components
    used = _reachable(api, declarations, inline, only_used)
    registry.final = {id: final_id for id, final_id in final.items() if final_id in used}
    check_names(registry, diagnostics)
    return replace(
        api,
        declarations={id: declaration for id, declaration in declarations.items() if id in used},
    )


def _reachable(
    api: ir.Api, declarations: Mapping[str, ir.Declaration], inline: set[str], only_used: bool
) -> set[str]:
    """The ids of generated declarations: all components, or with `only_used`, those that are used."""
    complete = replace(api, declarations=declarations)
    if not only_used:
        named = {id: declaration for id, declaration in declarations.items() if id not in inline}
        return {*named, *queries.reachable(complete, [*named.values(), *_roots(api)])}
    return queries.reachable(complete, _roots(api))


def _roots(api: ir.Api) -> tuple[object, ...]:
    """The parts of an API that refer to declarations."""
    return tuple(part for part in queries.parts(replace(api, declarations={})))
