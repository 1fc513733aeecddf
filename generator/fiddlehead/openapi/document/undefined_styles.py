"""Warnings about values that the style of their parameter or form does not define.

The styles of OpenAPI (3.1, section 4.8.12.2) define scalars, arrays of scalars and objects of
scalars. Values that are nested deeper are sent with names in brackets, so that no key is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ... import ir
from ...diagnostics import Diagnostics
from .terms import Terms

_FORM_STYLES = {"exploded": "form", "commas": "form", "properties": "form"}
_PART_STYLES = ("commas", "properties", *ir.DELIMITERS, "deepObject")


def check(
    api: ir.Api,
    declarations: Mapping[str, ir.Declaration],
    terms: Terms,
    diagnostics: Diagnostics,
) -> None:
    """Warn once for each parameter and each form field."""
    for style, type_, declared in _styled(api):
        if style in ("json", "query-json", "query-text"):
            continue
        nested = _nested(declarations, type_)
        if nested is None:
            continue
        exploded = (
            declared.style in ("exploded", "properties")
            if isinstance(declared, ir.Field)
            else declared.explode
        )
        if nested.startswith("an array in"):
            how = "consecutive values"
        elif style == "deepObject" or (style == "form" and exploded):
            how = "names in brackets, as in a[b]=c"
        else:
            how = "JSON text"
        diagnostics.warning(
            "undefined-style",
            f"'{declared.name}' has {nested}, which {terms.style.format(style=style)} does not define;"
            f" it is sent as {how}",
            declared.span,
            hint=terms.nesting,
        )


def _styled(
    api: ir.Api,
) -> Iterator[tuple[str, ir.Type, ir.Parameter | ir.Field]]:
    """Style, type and declaration of values that have a style."""
    parameters = [*api.headers, *api.query, *api.idempotency_headers]
    for _, endpoint in ir.endpoints(api.root):
        parameters += endpoint.parameters
        body = endpoint.body
        for field in body.fields if body is not None else ():
            is_form = body is not None and body.encoding == "form"
            if field.style is not None and (is_form or field.style in _PART_STYLES):
                yield _FORM_STYLES.get(field.style, field.style), field.type, field
    for parameter in parameters:
        type_ = (
            ir.ListOf(parameter.type, span=parameter.span)
            if parameter.allow_multiple
            else parameter.type
        )
        yield parameter.style, type_, parameter


def _nested(declarations: Mapping[str, ir.Declaration], type_: ir.Type) -> str | None:
    """The nested part of a type that no style defines; None if there is none."""
    for outer in _forms(declarations, type_, frozenset()):
        members = _members(declarations, outer, frozenset())
        if members is None:
            continue
        holder = "an array" if isinstance(outer, ir.ListOf) else "an object"
        for member in members:
            for inner in _forms(declarations, member, frozenset()):
                if _members(declarations, inner, frozenset()) is not None:
                    kind = "an array" if isinstance(inner, ir.ListOf) else "an object"
                    return f"{kind} in {holder}"
    return None


def _forms(
    declarations: Mapping[str, ir.Declaration], type_: ir.Type, seen: frozenset[str]
) -> Iterator[ir.Type | ir.Declaration]:
    """The possible types of a value, with references, nulls and unions resolved."""
    match type_:
        case ir.Nullable():
            yield from _forms(declarations, type_.item, seen)
        case ir.UnionOf():
            for member in type_.members:
                yield from _forms(declarations, member, seen)
        case ir.Ref():
            declaration = declarations.get(type_.id)
            if declaration is None or type_.id in seen:
                return
            seen |= {type_.id}
            if isinstance(declaration, ir.Alias):
                yield from _forms(declarations, declaration.type, seen)
            elif isinstance(declaration, ir.Union) and declaration.discriminator is None:
                for variant in declaration.variants:
                    if variant.type is not None:
                        yield from _forms(declarations, variant.type, seen)
            else:
                yield declaration
        case _:
            yield type_


def _members(
    declarations: Mapping[str, ir.Declaration],
    declared: ir.Type | ir.Declaration,
    seen: frozenset[str],
) -> list[ir.Type] | None:
    """The types of items or properties; None for scalars."""
    match declared:
        case ir.ListOf():
            return [*declared.item_types]
        case ir.MapOf():
            return [declared.value]
        case ir.Model() | ir.Union():
            members = [field.type for field in declared.fields]
            for base in declared.extends:
                for form in _forms(declarations, base, seen):
                    if isinstance(form, ir.Model | ir.Union) and form.id not in seen:
                        members += _members(declarations, form, seen | {form.id}) or []
            if isinstance(declared, ir.Union):
                variants = [
                    variant.type for variant in declared.variants if variant.type is not None
                ]
                for variant in variants:
                    for form in _forms(declarations, variant, seen):
                        if isinstance(form, ir.Model) and form.id not in seen:
                            members += _members(declarations, form, seen | {form.id}) or []
            return members
        case _:
            return None
