"""Converts schemas of strings, numbers and booleans, enums and constants."""

from __future__ import annotations

import re

from ... import ir
from ...frontend_kit.node_values import frozen, kind
from ...frozen import replace
from ...source import Node
from ..document.context import Context
from ..document.extensions import availability
from .nulls import is_null

_STRINGS: dict[str, ir.PrimitiveKind] = {
    "date": "date",
    "date-time": "date-time",
    "date-time-rfc-2822": "date-time-rfc-2822",
    "byte": "base64",
    "base64": "base64",
}
_INTEGERS: dict[str, ir.PrimitiveKind] = {
    "int64": "long",
    "uint": "uint",
    "uint32": "uint",
    "uint64": "uint64",
    "bigint": "bigint",
}
_NUMBERS: dict[str, ir.PrimitiveKind] = {
    # Some generators write `type: number, format: int64` for integers.
    "int32": "integer",
    "int64": "long",
    "integer": "integer",
    "float": "float",
}


def primitive(context: Context, node: Node, type_: str) -> ir.Primitive:
    """The type of a scalar. An unknown format is only documented, and the type is a string (JSON
    Schema 2020-12 validation, section 7: unknown formats are annotations)."""
    format_ = context.string(node, "format")
    kind: ir.PrimitiveKind
    if type_ == "boolean":
        kind = "boolean"
    elif type_ == "integer":
        kind = _INTEGERS.get(format_ or "", "integer")
        if kind == "bigint" and context.settings.layout == "fern":
            kind = "integer"
    elif type_ == "number":
        kind = _NUMBERS.get(format_ or "", "double")
    else:
        kind = _STRINGS.get(format_ or "", "string")
        if context.string(node, "contentEncoding") in ("base64", "base64url"):
            kind = "base64"
        if kind == "date" and context.importer.type_dates_as_strings:
            kind = "string"
    result = constraints(context, node)
    known = {"integer": _INTEGERS, "number": _NUMBERS}.get(type_, _STRINGS)
    if result is not None and known.get(format_ or "") == kind:
        # The kind already implies the format: a datetime needs no constraint `date-time`.
        result = replace(result, format=None)
        result = None if result == ir.Constraints() else result
    return ir.Primitive(kind, result, span=node.span)


def constraints(context: Context, node: Node) -> ir.Constraints | None:
    """The assertions of a schema on a scalar or a list; None if there are none."""
    value = node.mapping or {}
    if not _ASSERTIONS & value.keys():
        return None
    minimum, exclusive_minimum = _bound(context, node, "minimum", "exclusiveMinimum")
    maximum, exclusive_maximum = _bound(context, node, "maximum", "exclusiveMaximum")
    result = ir.Constraints(
        minimum=minimum,
        maximum=maximum,
        exclusive_minimum=exclusive_minimum,
        exclusive_maximum=exclusive_maximum,
        multiple_of=context.number(node, "multipleOf"),
        min_length=context.integer(node, "minLength"),
        max_length=context.integer(node, "maxLength"),
        pattern=context.string(node, "pattern"),
        format=context.string(node, "format"),
        min_items=context.integer(node, "minItems"),
        max_items=context.integer(node, "maxItems"),
    )
    return None if result == ir.Constraints() else result


_ASSERTIONS = frozenset(
    [
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minLength",
        "maxLength",
        "pattern",
        "format",
        "minItems",
        "maxItems",
    ]
)


def _bound(
    context: Context, node: Node, inclusive: str, exclusive: str
) -> tuple[float | None, bool]:
    """A bound in the notation of OpenAPI 3.0 (a flag) or of JSON Schema (a number)."""
    written = node.get(exclusive)
    if written is not None and not isinstance(written.value, bool):
        bound = context.number(node, exclusive)
        if bound is not None:
            return bound, True
    flag = written is not None and written.value is True
    bound = context.number(node, inclusive)
    return bound, flag and bound is not None


def literal(node: Node) -> ir.Literal | None:
    """The constant in a node, if it is a scalar other than null."""
    value = node.value
    if isinstance(value, (str, bool, int, float)):
        return ir.Literal(value, span=node.span)
    return None


def enum_values(context: Context, node: Node, values: list[Node]) -> tuple[ir.EnumValue, ...]:
    """The values of an enum, with their names and descriptions in x-fern-enum and x-enum-varnames."""
    details = (
        context.mapping(node, "x-fern-enum") if "x-fern-enum" in (node.mapping or {}) else None
    )
    names = _names(context, node, "x-enum-varnames") or _names(context, node, "x-enumNames")
    docs = _names(context, node, "x-enum-descriptions") or _names(
        context, node, "x-enumDescriptions"
    )
    prefix = _shared_prefix(names) if len(names) == len(values) else ""
    result: dict[tuple[type, object], ir.EnumValue] = {}
    for index, value_node in enumerate(values):
        value = value_node.value
        if not isinstance(value, (str, int, float)) or isinstance(value, bool):
            continue
        name = names[index][len(prefix) :] if len(names) == len(values) else None
        doc = docs[index] if len(docs) == len(values) else None
        available: ir.Availability | None = None
        detail = details.get(str(value)) if details is not None else None
        if detail is not None and detail.mapping is not None:
            name = context.string(detail, "name") or name
            doc = context.doc(detail) or doc
            available = availability(context, detail)
        # A duplicate value is ignored (as in Fern).
        result.setdefault(
            (type(value), value),
            ir.EnumValue(value, name or None, doc or None, available, span=value_node.span),
        )
    _check_details(context, details, {str(value) for _, value in result})
    return tuple(result.values())


def _check_details(context: Context, details: Node | None, values: set[str]) -> None:
    if details is None:
        return
    for name, _ in details.items():
        if name not in values:
            context.warning(
                "bad-extension",
                f"'x-fern-enum' has '{name}', which is not a value of this enum",
                details.key_span(name),
            )


def _names(context: Context, node: Node, key: str) -> list[str]:
    if key not in (node.mapping or {}):
        return []
    child = node.get(key)
    if child is not None and child.mapping is not None:
        return []
    return context.strings(node, key)


def _shared_prefix(names: list[str]) -> str:
    """The common prefix of all names, up to an underscore: `COLOR_RED`, `COLOR_BLUE` share
    `COLOR_`."""
    if len(names) < 2:
        return ""
    shortest = min(names, key=len)
    length = 0
    while length < len(shortest) and all(name[length] == shortest[length] for name in names):
        length += 1
    prefix = shortest[:length]
    cut = prefix.rfind("_") + 1
    prefix = prefix[:cut]
    return prefix if all(re.match(r"[A-Za-z]", name[cut:]) for name in names) else ""


def default(context: Context, node: Node) -> ir.Default | None:
    """The default of a schema, or of its target; null only if it is written explicitly.

    An `allOf` with one schema, or an `anyOf` or `oneOf` with one schema and null, is treated as
    that schema, as a reference is.
    """
    child = node.get("default")
    seen: list[Node] = []
    while child is None and node not in seen:
        seen.append(node)
        if context.references.is_reference(node):
            with context.references.without_recording():
                target = context.references.target(node)
        else:
            target = _only_part(node)
        if target is None:
            return None
        node, child = target, target.get("default")
    return ir.Default(frozen(child)) if child is not None else None


def _only_part(node: Node) -> Node | None:
    """The only schema of an `allOf`, or of a union besides null."""
    for key in ("allOf", "anyOf", "oneOf"):
        parts = node.get(key)
        if parts is not None:
            candidates = [
                element for element in parts.elements() if key == "allOf" or not is_null(element)
            ]
            return candidates[0] if len(candidates) == 1 else None
    return None


def check_default(context: Context, node: Node, type_: ir.Type) -> None:
    """Warn if a default is not a value of its type."""
    child = node.get("default")
    if child is None or child.value is None:
        return
    expected = _expected(type_.item if isinstance(type_, ir.Nullable) else type_, child.value)
    if expected is not None:
        context.warning(
            "bad-default",
            f"expected {expected} for this default, found {kind(child)}; it is only documented",
            child.span,
        )


def _expected(type_: ir.Type, value: object) -> str | None:
    """The type of values in words; None if `value` has it, or if the type is not checked."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    match type_:
        case ir.Primitive(kind="boolean"):
            return None if isinstance(value, bool) else "true or false"
        case ir.Primitive(kind="integer" | "long" | "uint" | "uint64"):
            is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
            return None if is_number and is_whole else "an integer"
        case ir.Primitive(kind="float" | "double"):
            return None if is_number else "a number"
        case ir.Primitive(kind="bytes"):
            return None
        case ir.Primitive():
            return None if isinstance(value, str) else "a string"
        case ir.ListOf():
            return None if isinstance(value, list) else "a list"
        case ir.MapOf():
            return None if isinstance(value, dict) else "a mapping"
        case _:
            return None
