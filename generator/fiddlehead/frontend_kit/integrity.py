"""Ensures the invariants of every `ir.Api`, which later stages rely on.

Enums and unions have members, references resolve to values, null has no name, classes inherit from
classes, and security requirements refer to known schemes. Elements that violate an invariant are
replaced here by the most specific valid type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from .. import ir, queries
from ..diagnostics import Diagnostics
from . import lifecycle_checks

_NULL = ir.Literal(None)


def ensure(api: ir.Api, diagnostics: Diagnostics) -> ir.Api:
    """The API with all invariants restored. Cycles are reported here; other violations were
    reported when they were read."""
    declarations = {id: _with_members(each) for id, each in api.declarations.items()}
    _cut_loops(declarations, diagnostics)
    _cut_inheritance(declarations)
    api = _without_names_of_null(replace(api, declarations=declarations))
    known = api.auth_schemes.keys()
    checked = replace(
        api,
        auth=_known(api.auth, known),
        root=queries.with_endpoints(api.root, lambda each: _secured(each, known)),
    )
    lifecycle_checks.report(checked, diagnostics)
    return checked


def _with_members(declaration: ir.Declaration) -> ir.Declaration:
    """An enum without values becomes its plain type, a union without members any value."""
    if isinstance(declaration, ir.Enum) and not declaration.values:
        return as_alias(declaration, ir.Primitive("string", span=declaration.span))
    if isinstance(declaration, ir.Union) and not declaration.variants:
        return as_alias(declaration, ir.Unknown(span=declaration.span))
    return declaration


def as_alias(declaration: ir.Declaration, type_: ir.Type) -> ir.Alias:
    """An alias with the name of a declaration, for another type."""
    return ir.Alias(
        id=declaration.id,
        name=declaration.name,
        package=declaration.package,
        doc=declaration.doc,
        availability=declaration.availability,
        examples=declaration.examples,
        owner=declaration.owner,
        type=type_,
        span=declaration.span,
    )


# --- loops ------------------------------------------------------------------------------------


def _cut_loops(declarations: dict[str, ir.Declaration], diagnostics: Diagnostics) -> None:
    """Replaces declarations that only refer to each other by any value."""
    found = _cycles(declarations, _direct)
    for loop in found:
        first = declarations[min(loop)]
        diagnostics.warning(
            "reference-loop",
            "references between schemas form a cycle; their type is Any: "
            + " -> ".join(" ".join(declarations[each].name.words) for each in [*loop, loop[0]]),
            first.span,
            hint="replace one of them by a scalar, list or object",
        )
        for id in loop:
            declarations[id] = _without(declarations[id], set(loop))
    if found:
        # Two cycles can share a member; then only one of them was found.
        _cut_loops(declarations, diagnostics)


def _without(declaration: ir.Declaration, loop: set[str]) -> ir.Declaration:
    """A declaration without its cycle: a union keeps its other members."""
    if isinstance(declaration, ir.Union):
        kept = tuple(
            each
            for each in declaration.variants
            if each.type is None or not any(ref.id in loop for ref in queries.same_value(each.type))
        )
        if kept:
            return replace(declaration, variants=kept)
    return as_alias(declaration, ir.Unknown(span=declaration.span))


def _cycles(
    declarations: Mapping[str, ir.Declaration],
    step: Callable[[ir.Declaration], Iterable[ir.Ref]],
) -> list[list[str]]:
    def ids(id_: str) -> list[str]:
        found = step(declarations[id_])
        return [each.id for each in found if each.id in declarations]

    return queries.cycles(list(declarations), ids)


def _direct(declaration: ir.Declaration) -> Iterator[ir.Ref]:
    """The declarations that a value of this one may directly be an instance of."""
    if isinstance(declaration, ir.Alias):
        yield from queries.same_value(declaration.type)
    elif isinstance(declaration, ir.Union) and declaration.discriminator is None:
        for each in declaration.variants:
            if each.type is not None:
                yield from queries.same_value(each.type)


def _without_names_of_null(api: ir.Api) -> ir.Api:
    """Replace references to a declaration that allows only null by null."""
    while names := {id for id, each in api.declarations.items() if _is_null(each)} & {
        ref.id for ref in queries.references(api)
    }:

        def change(part: object, names: set[str] = names) -> object:
            if isinstance(part, ir.Ref) and part.id in names:
                return ir.Literal(None, span=part.span)
            return part.item if isinstance(part, ir.Nullable) and part.item == _NULL else part

        api = queries.transformed(api, change)
    return api


def _is_null(declaration: ir.Declaration) -> bool:
    return isinstance(declaration, ir.Alias) and declaration.type == _NULL


# --- classes and schemes ------------------------------------------------------------------------


def _cut_inheritance(declarations: dict[str, ir.Declaration]) -> None:
    """Remove base classes that are not models, and cycles of inheritance."""
    for id, each in list(declarations.items()):
        if isinstance(each, (ir.Model, ir.Union)) and each.extends:
            kept = tuple(
                ref for ref in each.extends if isinstance(declarations.get(ref.id), ir.Model)
            )
            if kept != each.extends:
                declarations[id] = replace(each, extends=kept)
    for loop in _cycles(declarations, _bases):
        members = set(loop)
        for id in loop:
            each = declarations[id]
            if isinstance(each, ir.Model):
                kept = tuple(ref for ref in each.extends if ref.id not in members)
                declarations[id] = replace(each, extends=kept)


def _bases(declaration: ir.Declaration) -> tuple[ir.Ref, ...]:
    return declaration.extends if isinstance(declaration, ir.Model) else ()


def _known(auth: tuple[tuple[str, ...], ...], known: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The alternatives in which all schemes are declared."""
    schemes = set(known)
    return tuple(each for each in auth if schemes.issuperset(each))


def _secured(endpoint: ir.Endpoint, known: Iterable[str]) -> ir.Endpoint:
    auth = None if endpoint.auth is None else _known(endpoint.auth, known)
    return endpoint if auth == endpoint.auth else replace(endpoint, auth=auth)
