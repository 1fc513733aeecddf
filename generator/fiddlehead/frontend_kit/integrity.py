"""Ensures the invariants of every `ir.Api`, which later stages rely on.

Enums and unions have members, references resolve to values, null has no name, classes inherit from
classes, and security requirements refer to known schemes. Elements that violate an invariant are
replaced here by the most specific valid type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from .. import ir, queries
from ..diagnostics import Diagnostics
from ..frozen import replace
from . import lifecycle_checks

_NULL = ir.Literal(None)


def ensure(api: ir.Api, diagnostics: Diagnostics) -> ir.Api:
    """The API with all invariants restored. Cycles are reported here; other violations were
    reported when they were read."""
    declarations = {id: _with_members(declaration) for id, declaration in api.declarations.items()}
    _cut_loops(declarations, diagnostics)
    _cut_inheritance(declarations)
    api = _without_names_of_null(replace(api, declarations=declarations))
    known = api.auth_schemes.keys()
    checked = replace(
        api,
        auth=_known(api.auth, known),
        root=queries.with_endpoints(api.root, lambda endpoint: _secured(endpoint, known)),
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
    """Removes variants by which unions contain themselves. Other declarations that only refer to
    each other are replaced by any value."""

    def direct(declaration: ir.Declaration) -> Iterator[ir.Ref]:
        return _direct(declaration, declarations)

    while cycles := _cycles(declarations, direct):
        # Cycles can share a member, and the search does not find all of them.
        loop = cycles[0]
        start = loop.index(min(loop))
        _cut([*loop[start:], *loop[:start]], declarations, diagnostics)


def _cut(
    loop: list[str], declarations: dict[str, ir.Declaration], diagnostics: Diagnostics
) -> None:
    names = " -> ".join(" ".join(declarations[id_].name.words) for id_ in [*loop, loop[0]])
    for id in reversed(loop):
        union = declarations[id]
        variants = union.variants if isinstance(union, ir.Union) else ()
        cyclic = [variant for variant in variants if _leads_to(variant, loop)]
        if not isinstance(union, ir.Union) or len(cyclic) == len(variants):
            continue
        diagnostics.warning(
            "reference-loop",
            f"the union contains itself; this variant is left out: {names}",
            cyclic[0].span,
            hint="remove the variant",
        )
        remaining = tuple(variant for variant in variants if variant not in cyclic)
        declarations[id] = replace(union, variants=remaining)
        return
    diagnostics.warning(
        "reference-loop",
        f"references between schemas form a cycle; their type is Any: {names}",
        declarations[loop[0]].span,
        hint="replace one of them by a scalar, list or object",
    )
    for id in loop:
        declarations[id] = as_alias(declarations[id], ir.Unknown(span=declarations[id].span))


def _leads_to(variant: ir.Variant, loop: Iterable[str]) -> bool:
    return variant.type is not None and any(
        ref.id in loop for ref in queries.same_value(variant.type)
    )


def _cycles(
    declarations: Mapping[str, ir.Declaration],
    step: Callable[[ir.Declaration], Iterable[ir.Ref]],
) -> list[list[str]]:
    def ids(id_: str) -> list[str]:
        refs = step(declarations[id_])
        return [ref.id for ref in refs if ref.id in declarations]

    return queries.cycles(list(declarations), ids)


def _direct(
    declaration: ir.Declaration, declarations: Mapping[str, ir.Declaration]
) -> Iterator[ir.Ref]:
    """The declarations that a value of this one may directly be an instance of."""
    if isinstance(declaration, ir.Alias):
        yield from queries.same_value(declaration.type)
    elif isinstance(declaration, ir.Union):
        tagged = declaration.discriminator is not None
        for variant in declaration.variants:
            if variant.type is None or (tagged and not variant.untagged):
                continue
            for ref in queries.same_value(variant.type):
                if not tagged or _is_tagged(ref, declarations):
                    yield ref


def _is_tagged(ref: ir.Ref, declarations: Mapping[str, ir.Declaration]) -> bool:
    """Whether a reference leads to a union with a discriminator, also through aliases."""
    seen: set[str] = set()
    waiting = [ref]
    while waiting:
        id_ = waiting.pop().id
        declaration = declarations.get(id_)
        if isinstance(declaration, ir.Union) and declaration.discriminator is not None:
            return True
        if isinstance(declaration, ir.Alias) and id_ not in seen:
            seen.add(id_)
            waiting += queries.same_value(declaration.type)
    return False


def _without_names_of_null(api: ir.Api) -> ir.Api:
    """Replace references to a declaration that allows only null by null."""
    while nulls := {id for id, declaration in api.declarations.items() if _is_null(declaration)}:
        names = nulls & {ref.id for ref in queries.references(api)}
        if not names:
            break

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
    for id, declaration in list(declarations.items()):
        if isinstance(declaration, (ir.Model, ir.Union)) and declaration.extends:
            bases = tuple(
                ref for ref in declaration.extends if isinstance(declarations.get(ref.id), ir.Model)
            )
            if bases != declaration.extends:
                declarations[id] = replace(declaration, extends=bases)
    for loop in _cycles(declarations, _bases):
        members = set(loop)
        for id in loop:
            declaration = declarations[id]
            if isinstance(declaration, ir.Model):
                bases = tuple(ref for ref in declaration.extends if ref.id not in members)
                declarations[id] = replace(declaration, extends=bases)


def _bases(declaration: ir.Declaration) -> tuple[ir.Ref, ...]:
    return declaration.extends if isinstance(declaration, ir.Model) else ()


def _known(auth: tuple[tuple[str, ...], ...], known: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The alternatives in which all schemes are declared."""
    schemes = set(known)
    return tuple(scheme_ids for scheme_ids in auth if schemes.issuperset(scheme_ids))


def _secured(endpoint: ir.Endpoint, known: Iterable[str]) -> ir.Endpoint:
    auth = None if endpoint.auth is None else _known(endpoint.auth, known)
    return endpoint if auth == endpoint.auth else replace(endpoint, auth=auth)
