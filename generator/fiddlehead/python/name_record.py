"""Records the names of a package by the elements of the description, so that the next run can
report changed names.

Elements are identified by their location: a schema by its pointer, an operation by method and path.
Names that cannot change are not recorded: a component with the name of its key, and a field with
its wire name.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from .. import ir, package, queries
from ..diagnostics import Diagnostics, Span
from ..frozen import dataclass

Record = dict[str, dict[str, str]]
"""Names by key: "" is the name of the element itself, other keys are its parts."""


@dataclass(frozen=True)
class Move:
    """A recorded name that differs from the current one.

    `setting` is the line of the settings that keeps the old name; None if there is none.
    """

    what: str
    old: str
    new: str
    span: Span
    setting: str | None


def record(api: ir.Api, python_package: package.Package, types: Record | None = None) -> Record:
    """The names of a package, as its manifest records them; `types` has those of its types, where
    they are known."""
    result = (
        dict(types)
        if types is not None
        else record_types(api.declarations.values(), python_package.types)
    )
    for path, method in _methods(python_package):
        names = {_argument_key(argument): argument.name for argument in _arguments(method)}
        result[method.id] = {"": path, **names}
    return {place: result[place] for place in sorted(result)}


def record_types(
    declarations: Iterable[ir.Declaration], types: Mapping[str, package.TypeDef]
) -> Record:
    """The names of some of the classes of a package."""
    result: Record = {}
    places = _places(declarations)
    for id_, type_def in types.items():
        place = next(iter(places.get(id_, ())), None)
        if place is None:
            continue
        names = {} if place.endswith(f"/{type_def.name}") else {"": type_def.name}
        names |= {wire: field.name for wire, field in _fields(type_def) if field.name != wire}
        if names:
            result[place] = names
    return result


def report_moves(
    old: Mapping[str, Mapping[str, str]],
    api: ir.Api,
    python_package: package.Package,
    diagnostics: Diagnostics,
    now: Record | None = None,
) -> None:
    """Warn about each recorded name that differs from the name of the package; `now` is its record,
    where there is one."""
    for move in moves(old, api, python_package, now):
        diagnostics.warning(
            "name-moved",
            f"{move.what} '{move.old}' is now called '{move.new}'",
            move.span,
            hint=(
                f"to keep the old name, add to fiddlehead.toml, {move.setting}"
                if move.setting
                else None
            ),
        )


def moves(
    old: Mapping[str, Mapping[str, str]],
    api: ir.Api,
    python_package: package.Package,
    now: Record | None = None,
) -> Iterator[Move]:
    """The recorded names that differ from the names of the package."""
    yield from _moved_types(old, api, python_package, now or {})
    yield from _moved_methods(old, python_package)


def _moved_types(
    old: Mapping[str, Mapping[str, str]], api: ir.Api, python_package: package.Package, now: Record
) -> Iterator[Move]:
    type_defs: list[tuple[str, package.TypeDef, Mapping[str, str]]] = []
    places_by_id = _places(api.declarations.values())
    in_other_context = _in_other_context(old, places_by_id.values())
    for id_, places in places_by_id.items():
        before = next((old[place] for place in places if place in old), None)
        if before is None and places[0] in in_other_context:
            before = old[in_other_context[places[0]]]
        # Types may be built when they are asked for, and the names of most are the same.
        if before is None or before.items() <= now.get(places[0], {}).items():
            continue
        if (type_def := python_package.types.get(id_)) is not None:
            type_defs.append((id_, type_def, before))
    for id_, type_def, before in sorted(type_defs, key=lambda entry: entry[1].key):
        was = before.get("")
        if was is not None and was not in (type_def.name, *type_def.old_names):
            folder = python_package.type_modules[id_].rpartition("/")[0]
            held = any(
                type_.name == was
                and python_package.type_modules[other].rpartition("/")[0] == folder
                for other, type_ in python_package.types.items()
            )
            setting = _setting(type_def.key, was, held)
            yield Move("the class", was, type_def.name, type_def.span, setting)
        names = {field.name for _, field in _fields(type_def)}
        for wire, field in _fields(type_def):
            was = before.get(wire)
            if was is not None and was not in (field.name, *field.old_names):
                setting = _setting(field.key, was, was in names)
                yield Move(f"the field of {type_def.name}", was, field.name, field.span, setting)


def _in_other_context(
    old: Iterable[str], places_by_type: Iterable[tuple[str, ...]]
) -> dict[str, str]:
    """The old location of inline schemas whose names depend on other words now, for example on a
    method that got a longer name. Only schemas with one use in both descriptions are matched."""
    current = {place for places in places_by_type for place in places}
    gone, new = Counter[str](), Counter[str]()
    old_places: dict[str, str] = {}
    for place in old:
        if place not in current:
            gone[_without_context(place)] += 1
            old_places[_without_context(place)] = place
    unknown = current - {*old}
    new.update(map(_without_context, unknown))
    return {
        place: old_places[key]
        for place in unknown
        if gone[key := _without_context(place)] == new[key] == 1 and "@" in place
    }


def _without_context(place: str) -> str:
    """The location of an inline schema without the words that name it (`SchemaConverter`)."""
    location, _, context = place.rpartition("@")
    return f"{location}#{context.partition('#')[2]}"


def _moved_methods(
    old: Mapping[str, Mapping[str, str]], python_package: package.Package
) -> Iterator[Move]:
    current = {
        (method.id, ".".join((*resource.attribute, method.name)))
        for resource, method in python_package.methods()
    }
    attributes = {path for _, path in current}
    attributes |= {".".join(resource.attribute) for resource in python_package.resources}
    for path, method in _methods(python_package):
        before = old.get(method.id, {})
        was = before.get("")
        if was is not None and (method.id, was) not in current:
            inside = was.rpartition(".")[0] == path.rpartition(".")[0]
            name = was.rpartition(".")[2]
            setting = _setting(method.key, name, was in attributes) if inside else None
            yield Move("the method", was, path, method.span, setting)
        names = {argument.name for argument in method.arguments}
        for argument in _arguments(method):
            was = before.get(_argument_key(argument))
            if was is not None and was not in (argument.name, *argument.old_names):
                setting = _setting(argument.key, was, was in names)
                yield Move(f"the argument of {path}", was, argument.name, argument.span, setting)


def _setting(key: str, name: str, taken: bool) -> str:
    """The setting that keeps the old name as an alias; if it is taken, the setting that renames the
    element."""
    table, value = ("rename", _quoted(name)) if taken else ("aliases", f"[{_quoted(name)}]")
    return f"under [naming.{table}]: {_quoted(key)} = {value}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _places(declarations: Iterable[ir.Declaration]) -> dict[str, tuple[str, ...]]:
    """The locations of each type in the description, by id; includes the classes of variants."""
    result: dict[str, tuple[str, ...]] = {}
    for declaration in declarations:
        places = declaration.places or (declaration.id,)
        result[declaration.id] = places
        if isinstance(declaration, ir.Union):
            for variant in queries.classed(declaration):
                result[queries.variant_id(declaration, variant)] = tuple(
                    f"{x}#{variant.tag}" for x in places
                )
    return result


def _fields(declared: package.TypeDef) -> list[tuple[str, package.Field]]:
    if not isinstance(declared, package.Model):
        return []
    return [(field.wire, field) for field in declared.fields if not field.inherited]


def _methods(python_package: package.Package) -> Iterator[tuple[str, package.Method]]:
    for resource, method in sorted(python_package.methods(), key=lambda method: method[1].id):
        if method.alias_of is None:
            yield ".".join((*resource.attribute, method.name)), method


def _arguments(method: package.Method) -> list[package.Argument]:
    return [
        argument
        for argument in method.arguments
        if argument.wire and argument.location != "options"
    ]


def _argument_key(argument: package.Argument) -> str:
    return f"{argument.location}:{argument.wire}"
