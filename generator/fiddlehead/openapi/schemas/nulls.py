"""Removes the different notations of nullable from a schema."""

from __future__ import annotations

from ...source import Node
from ..document.context import Context, virtual

_WITH_NULL = frozenset(["nullable", "x-nullable", "enum", "oneOf", "anyOf", "allOf"])
"""The keywords that can allow null, besides a list of types."""
HAD_NULL = "null"
"""A key in a list of variants: whether null was one of the variants."""


def is_null(node: Node) -> bool:
    """Whether a schema accepts only null."""
    value = node.mapping
    if value is None:
        return False
    type_ = value.get("type")
    if type_ is not None:
        names = [_name(node) for node in type_.list] if type_.list is not None else [type_.value]
        if names and all(name == "null" for name in names):
            return True
        flags = [value[key] for key in ("nullable", "x-nullable") if key in value]
        if "null" not in names and not any(flag.value is True for flag in flags):
            return False
    if "const" in value:
        return value["const"].value is None
    values = value.get("enum")
    return (
        values is not None
        and bool(values.list)
        and all(element.value is None for element in values.elements())
    )


def _name(type_: Node) -> object:
    """A type of a list: null without quotes is meant as the type `null`."""
    return "null" if type_.value is None else type_.value


def _unquoted(variant: Node) -> bool:
    """Whether a variant is `type: null`, without quotes."""
    value = variant.mapping or {}
    return value.keys() == {"type"} and value["type"].value is None


def _check_quotes(context: Context, type_: Node) -> None:
    if type_.value is None:
        message = "null is a value and not a type; it is read as the type 'null'"
        context.warning("bad-value", message, type_.span, "write 'null' in quotes")


def only_variant(node: Node) -> Node | None:
    """The schema of a `oneOf` or `anyOf` that has no other one but null, if it is not a reference."""
    for key in ("oneOf", "anyOf"):
        variants = (node.mapping or {}).get(key)
        rest = (
            [x for x in variants.elements() if not (is_null(x) or _unquoted(x))] if variants else []
        )
        if len(rest) == 1 and "$ref" not in (rest[0].mapping or {}):
            return rest[0]
    return None


def without_null(context: Context, node: Node) -> tuple[Node, bool]:
    """A schema without null, and whether it was nullable.

    Removed are `nullable: true` (OpenAPI 3.0), null in a list of types, in an enum and as a variant
    of `oneOf` or `anyOf` (JSON Schema), and `x-nullable`.
    """
    value = node.mapping
    if value is None:
        return node, False
    types = value.get("type")
    if value.keys().isdisjoint(_WITH_NULL) and (types is None or types.list is None):
        return node, False
    changed: dict[str, Node] = {}
    nullable = False
    for key in ("nullable", "x-nullable"):
        if key in value and context.boolean(node, key):
            nullable = True
            check_keyword(context, value[key])
    if types is not None and types.list is not None:
        rest = [node for node in types.list if _name(node) != "null"]
        for type_ in types.list:
            _check_quotes(context, type_)
        if len(rest) < len(types.list):
            nullable = True
        if rest and (len(rest) < len(types.list) or len(rest) == 1):
            single = rest[0] if len(rest) == 1 else _list(types, rest)
            changed["type"] = single
    values = value.get("enum")
    if values is not None and values.list is not None:
        rest = [node for node in values.list if node.value is not None]
        if rest and len(rest) < len(values.list):
            changed["enum"] = _list(values, rest)
            # Strictly, `type: string, enum: [a, null]` accepts null only with `nullable`; in
            # practice it is always intended.
            nullable = True
    for key in ("oneOf", "anyOf"):
        variants = value.get(key)
        if variants is not None and variants.list is not None:
            rest = [node for node in variants.list if not (is_null(node) or _unquoted(node))]
            for unquoted in filter(_unquoted, variants.list):
                _check_quotes(context, (unquoted.mapping or {})["type"])
            if rest and len(rest) < len(variants.list):
                changed[key] = _list(variants, rest)
                changed[key].keys[HAD_NULL] = variants.span
                nullable = True
    for element in (value.get("allOf") or node).elements():
        if _is_null_only(element):
            nullable = True
            check_keyword(context, (element.mapping or {})["nullable"])
    if not changed and not nullable:
        return node, False
    keywords = {key: child for key, child in value.items() if key not in ("nullable", "x-nullable")}
    return virtual(node, {**keywords, **changed}), nullable


def check_keyword(context: Context, flag: Node) -> None:
    """Warn about `nullable: true` in a description of a version that does not have it."""
    if context.version in ("", "3.0") or not flag.pointer.endswith("/nullable"):
        return
    context.warning(
        "outdated-keyword",
        f"OpenAPI {context.version} has no 'nullable'; it is read as in OpenAPI 3.0",
        flag.span,
        "write type: [string, 'null'], or add {type: 'null'} to an anyOf",
    )


def _is_null_only(part: Node) -> bool:
    """Whether a part of an `allOf` is `{nullable: true}`, a common notation in OpenAPI 3.0."""
    value = part.mapping
    return value is not None and len(value) == 1 and value.get("nullable", part).value is True


def _list(base: Node, elements: list[Node]) -> Node:
    return Node(list(elements), base.span, base.file, base.pointer, {})
