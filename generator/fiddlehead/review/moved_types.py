"""Types with another name, identified by the locations of their schemas in the description."""

from __future__ import annotations

from .. import ir
from .. import package as py
from .signatures import type_path


def moved_types(
    old_api: ir.Api, new_api: ir.Api, old: py.Package, new: py.Package
) -> dict[str, str]:
    """Old path to new path of each schema whose type has another name."""
    before, after = _paths(old_api, old), _paths(new_api, new)
    result: dict[str, str] = {}
    for place, path in before.items():
        other = after.get(place)
        if other is not None and other != path:
            result[path] = other
    return result


def _paths(api: ir.Api, package: py.Package) -> dict[str, str]:
    """The path of each type, by its locations in the description."""
    result: dict[str, str] = {}
    for id_, declared in package.types.items():
        declaration = api.declarations.get(id_)
        for place in declaration.places if declaration is not None else ():
            result[place] = type_path(declared)
    return result
