"""Types of a description as text for reports, and their fingerprints."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from .. import ir, queries

Core: TypeAlias = queries.Resolved
"""A type without aliases and null."""

DEPTH = 6
"""The depth to which two types are compared."""


def fields_by_name(api: ir.Api, declared: ir.Model | ir.Union) -> dict[str, ir.Field]:
    """The properties of an object by wire name, inherited ones first."""
    return {field.name: field for field in queries.fields(api, declared)}


def all_assertions(api: ir.Api, core: Core) -> ir.Assertions:
    """All assertions that restrict a type, including inherited ones."""
    if isinstance(core, ir.Literal):
        return ()
    if not (isinstance(core, ir.Model | ir.Union) and core.extends):
        return core.assertions
    bases = queries.ancestors(api, core)
    return tuple(sorted({*core.assertions, *(x for base in bases for x in base.assertions)}))


def values(core: Core) -> tuple[ir.EnumValue, ...] | None:
    """The values of an enum or literal; None for other types."""
    if isinstance(core, ir.Enum):
        return core.values
    if isinstance(core, ir.Literal) and core.value is not None:
        return (ir.EnumValue(core.value, span=core.span),)
    return None


def members(core: Core) -> tuple[ir.Variant, ...] | None:
    """The members of a union, named or not; None for other types."""
    if isinstance(core, ir.Union):
        return core.variants
    if isinstance(core, ir.UnionOf):
        return tuple(ir.Variant(member, span=member.span) for member in core.members)
    return None


def keeps_unknown(api: ir.Api, union: Core, new: ir.Api) -> Callable[[ir.Variant], bool]:
    """Whether clients decode a new variant of the union as the runtime's `UnknownVariant`.

    `new` is the API of the variant. This is the case for unions with a discriminator or with several objects (python/types/unions.py).
    """
    if not isinstance(union, ir.Union):
        return lambda variant: False
    if union.discriminator is not None:
        return lambda variant: True
    objects = sum(_objects(api, variant) for variant in union.variants)
    return lambda variant: objects > 1 and _objects(new, variant) > 0


def _objects(api: ir.Api, variant: ir.Variant) -> int:
    core = queries.resolved_with_null(api, variant.type)[0] if variant.type is not None else None
    return 2 if isinstance(core, ir.Union) else int(isinstance(core, ir.Model))


# --- for readers -----------------------------------------------------------------------------


def display_name(declaration: ir.Declaration) -> str:
    """The name of a declaration in findings: its id, which is stable."""
    return declaration.id


def type_text(api: ir.Api, type_: ir.Type | Core | None) -> str:
    """A type as one line: `list of EmbedJob`, `"START" | "END"`, `string or null`."""
    if type_ is None:
        return "nothing"
    if isinstance(type_, ir.Ref):
        declaration = api.declarations.get(type_.id)
        if isinstance(declaration, ir.Enum) and declaration.owner is not None:
            return type_text(api, declaration)
        return type_.id
    if isinstance(type_, ir.Primitive):
        return type_.kind
    if isinstance(type_, ir.Literal):
        return json_text(type_.value)
    if isinstance(type_, ir.ListOf) and type_.positions:
        return f"tuple of {', '.join(type_text(api, item) for item in type_.positions)}"
    if isinstance(type_, ir.ListOf):
        return f"list of {type_text(api, type_.item)}"
    if isinstance(type_, ir.MapOf):
        return f"map of {type_text(api, type_.value)}"
    if isinstance(type_, ir.Nullable):
        return f"{type_text(api, type_.item)} or null"
    if isinstance(type_, ir.UnionOf):
        return " | ".join(type_text(api, member) for member in type_.members)
    if isinstance(type_, ir.Enum):
        return " | ".join(json_text(value.value) for value in type_.values)
    if isinstance(type_, ir.Unknown):
        return "any value"
    return display_name(type_)


def json_text(value: ir.Json) -> str:
    """A JSON value as one line."""
    return json.dumps(_thawed(value), ensure_ascii=False)


def default_text(default: ir.Default | None) -> str:
    return "none" if default is None else json_text(default.value)


def _thawed(value: ir.Json) -> object:
    if isinstance(value, Mapping):
        return {key: _thawed(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_thawed(item) for item in value]
    return value


# --- shapes ----------------------------------------------------------------------------------


class Fingerprints:
    """Fingerprints of the types of one API: equal for types with the same structure under any name."""

    def __init__(self, api: ir.Api) -> None:
        self._api = api
        self._known: dict[tuple[str, int], str] = {}

    def of(self, type_: ir.Type | Core | None, depth: int = DEPTH) -> str:
        """A text that is equal for types with the same structure, up to `depth`; documentation is
        ignored."""
        if type_ is None:
            return "-"
        if depth < 0:
            return "…"
        if isinstance(type_, ir.Nullable):
            return f"null|{self.of(type_.item, depth)}"
        if isinstance(type_, ir.Ref):
            core, nullable = queries.resolved_with_null(self._api, type_)
            return ("null|" if nullable else "") + self.of(core, depth)
        if isinstance(type_, ir.Model | ir.Union | ir.Enum):
            key = (type_.id, depth)
            if key not in self._known:
                self._known[key] = "".join(self._declared(type_, depth - 1))
            return self._known[key]
        if isinstance(type_, ir.ListOf):
            return f"[{','.join(self.of(item, depth - 1) for item in type_.item_types)}]"
        if isinstance(type_, ir.MapOf):
            return f"{{{self.of(type_.value, depth - 1)}}}"
        if isinstance(type_, ir.UnionOf):
            return "(" + "|".join(self.of(member, depth - 1) for member in type_.members) + ")"
        if isinstance(type_, ir.Literal):
            return f"={json_text(type_.value)}"
        return "*" if isinstance(type_, ir.Unknown) else type_.kind

    def _declared(self, declared: ir.Model | ir.Union | ir.Enum, depth: int) -> Iterator[str]:
        if isinstance(declared, ir.Enum):
            yield "=" + "|".join(json_text(value.value) for value in declared.values)
            return
        yield "{"
        for name, field in sorted(fields_by_name(self._api, declared).items()):
            yield f"{name}{'' if field.required else '?'}:{self.of(field.type, depth)},"
        if isinstance(declared, ir.Union):
            for variant in declared.variants:
                yield f"|{variant.tag or ''}:{self.of(variant.type, depth)}"
        yield "}"
