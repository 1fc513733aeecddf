"""Records the names of a package by the elements of the description, so that the next run can
report changed names.

Elements are identified by their location: a schema by its pointer, an operation by method and path.
Names that cannot change are not recorded: a component with the name of its key, and a field with
its wire name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .. import ir, package, queries
from ..diagnostics import Diagnostics, Span

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


def record(api: ir.Api, made: package.Package, types: Record | None = None) -> Record:
    """The names of a package, as its manifest records them; `types` has those of its types, where
    they are known."""
    found = (
        dict(types) if types is not None else record_types(api.declarations.values(), made.types)
    )
    for path, method in _methods(made):
        names = {_argument_key(argument): argument.name for argument in _arguments(method)}
        found[method.id] = {"": path, **names}
    return {place: found[place] for place in sorted(found)}


def record_types(
    declarations: Iterable[ir.Declaration], made: Mapping[str, package.TypeDef]
) -> Record:
    """The names of some of the classes of a package."""
    found: Record = {}
    places = _places(declarations)
    for id_, declared in made.items():
        place = next(iter(places.get(id_, ())), None)
        if place is None:
            continue
        names = {} if place.endswith(f"/{declared.name}") else {"": declared.name}
        names |= {wire: field.name for wire, field in _fields(declared) if field.name != wire}
        if names:
            found[place] = names
    return found


def report_moves(
    old: Mapping[str, Mapping[str, str]],
    api: ir.Api,
    made: package.Package,
    diagnostics: Diagnostics,
    now: Record | None = None,
) -> None:
    """Warn about each recorded name that differs from the name of the package; `now` is its record,
    where there is one."""
    for move in moves(old, api, made, now):
        diagnostics.warning(
            "name-moved",
            f"{move.what} '{move.old}' is now called '{move.new}'",
            move.span,
            hint=(
                f"to keep the old name, add to fiddlehead.toml: {move.setting}"
                if move.setting
                else None
            ),
        )


def moves(
    old: Mapping[str, Mapping[str, str]],
    api: ir.Api,
    made: package.Package,
    now: Record | None = None,
) -> Iterator[Move]:
    """The recorded names that differ from the names of the package."""
    yield from _moved_types(old, api, made, now or {})
    yield from _moved_methods(old, made)


def _moved_types(
    old: Mapping[str, Mapping[str, str]], api: ir.Api, made: package.Package, now: Record
) -> Iterator[Move]:
    found: list[tuple[str, package.TypeDef, Mapping[str, str]]] = []
    for id_, places in _places(api.declarations.values()).items():
        before = next((old[place] for place in places if place in old), None)
        # Types may be built when they are asked for, and the names of most are the same.
        if before is None or before.items() <= now.get(places[0], {}).items():
            continue
        if (declared := made.types.get(id_)) is not None:
            found.append((id_, declared, before))
    for id_, declared, before in sorted(found, key=lambda entry: entry[1].key):
        was = before.get("")
        if was is not None and was not in (declared.name, *declared.old_names):
            folder = made.type_modules[id_].rpartition("/")[0]
            held = any(
                type_.name == was and made.type_modules[other].rpartition("/")[0] == folder
                for other, type_ in made.types.items()
            )
            setting = _setting(declared.key, was, held)
            yield Move("the class", was, declared.name, declared.span, setting)
        names = {field.name for _, field in _fields(declared)}
        for wire, field in _fields(declared):
            was = before.get(wire)
            if was is not None and was not in (field.name, *field.old_names):
                setting = _setting(field.key, was, was in names)
                yield Move(f"the field of {declared.name}", was, field.name, field.span, setting)


def _moved_methods(old: Mapping[str, Mapping[str, str]], made: package.Package) -> Iterator[Move]:
    kept = {
        (method.id, ".".join((*resource.attribute, method.name)))
        for resource, method in made.methods()
    }
    attributes = {path for _, path in kept}
    attributes |= {".".join(resource.attribute) for resource in made.resources}
    for path, method in _methods(made):
        before = old.get(method.id, {})
        was = before.get("")
        if was is not None and (method.id, was) not in kept:
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
    found: dict[str, tuple[str, ...]] = {}
    for declaration in declarations:
        places = declaration.places or (declaration.id,)
        found[declaration.id] = places
        if isinstance(declaration, ir.Union):
            for variant in queries.classed(declaration):
                found[queries.variant_id(declaration, variant)] = tuple(
                    f"{x}#{variant.tag}" for x in places
                )
    return found


def _fields(declared: package.TypeDef) -> list[tuple[str, package.Field]]:
    if not isinstance(declared, package.Model):
        return []
    return [(field.wire, field) for field in declared.fields if not field.inherited]


def _methods(made: package.Package) -> Iterator[tuple[str, package.Method]]:
    for resource, method in sorted(made.methods(), key=lambda method: method[1].id):
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
