"""The discriminator property of a union: an explicit one or, in layout `fern`, one that Fern's
importer infers."""

from __future__ import annotations

from ...source import Node
from ...source.json_pointer import escape, unescape
from ..document.context import Context
from .nulls import HAD_NULL


def is_discriminated(context: Context, node: Node) -> bool:
    """Whether a union has a discriminator: Fern requires a mapping, unless an extension overrides
    this."""
    return discriminator_of(context, node) is not None


def discriminator_of(context: Context, node: Node) -> Node | None:
    """The discriminator of a union. An inferred one has only `propertyName`."""
    if is_turned_off(node):
        return None
    value = node.mapping or {}
    forced = value["x-fern-discriminated"].value if "x-fern-discriminated" in value else None
    if context.importer.prefer_undiscriminated_unions_with_literals and forced is not True:
        return None
    fern = context.settings.layout == "fern"
    discriminator = context.mapping(node, "discriminator")
    if fern and "anyOf" in value and "oneOf" not in value and forced is not True:
        # Fern ignores the discriminator of an `anyOf`, but may infer one.
        discriminator = None
    if discriminator is not None:
        mapping = discriminator.get("mapping")
        if forced is True or (mapping is not None and bool(mapping.mapping)):
            return discriminator
    return _inferred(context, node, value) if fern else None


def is_turned_off(node: Node) -> bool:
    """Whether an extension of Fern says that a schema has no discriminator."""
    value = node.mapping or {}
    return any(
        key in value and value[key].value is off
        for key, off in (("x-fern-undiscriminated", True), ("x-fern-discriminated", False))
    )


def unmapped_property(context: Context, node: Node) -> str | None:
    """The discriminator property of a union whose discriminator has no mapping."""
    if context.importer.prefer_undiscriminated_unions_with_literals or is_turned_off(node):
        return None
    discriminator = context.mapping(node, "discriminator")
    return context.string(discriminator, "propertyName") if discriminator is not None else None


def mapped_reference(context: Context, target: Node) -> Node | None:
    """The reference for an entry of a mapping: a URI, or the name of a component. None if it is a
    pointer to nothing.

    A pointer that is missing in the file of the mapping is one of the root file, because some
    descriptions that are bundled later are written so.
    """
    text, file = target.string or "", target.file
    components = context.root.get("components")
    known = components.get("schemas") if components is not None else None
    if known is not None and known.get(text) is not None:
        text, file = f"#/components/schemas/{escape(text)}", context.root.file
    elif text.startswith("#/"):
        roots = {file: context.sources.load(file), context.root.file: context.root}
        files = [path for path, root in roots.items() if _exists(root, text)]
        if not files:
            return None
        file = files[0]
    written = Node(text, target.span, file, target.pointer, {})
    return Node({"$ref": written}, target.span, file, target.pointer, {"$ref": target.span})


def _exists(root: Node | None, reference: str) -> bool:
    node = root
    for token in reference[2:].split("/"):
        key = unescape(token)
        if node is not None and node.list is not None and key.isdecimal():
            node = node.list[int(key)] if int(key) < len(node.list) else None
        else:
            node = node.get(key) if node is not None else None
    return node is not None


def _inferred(context: Context, node: Node, value: dict[str, Node]) -> Node | None:
    """The discriminator that Fern infers: the first property for which every variant has a
    different constant. If null is a variant, there is none."""
    variants = value.get("oneOf") or value.get("anyOf")
    if variants is None or variants.list is None or HAD_NULL in variants.keys:
        return None
    listed = list(variants.elements())
    if len(listed) < 2:
        return None
    constants_by_property: dict[str, set[str]] = {}
    for variant_node in listed:
        constants = _constants(context, variant_node, 0)
        for property, constant in constants.items():
            constants_by_property.setdefault(property, set()).add(constant)
        if not constants:
            return None
    name = next(
        (name for name, tags in constants_by_property.items() if len(tags) == len(listed)), None
    )
    if name is None:
        return None
    written = Node(name, node.span, node.file, node.pointer, {})
    return Node({"propertyName": written}, node.span, node.file, node.pointer, {})


_DEPTH = 8
"""The maximum depth of nested `anyOf`, which can be recursive."""


def _constants(context: Context, node: Node, depth: int) -> dict[str, str]:
    """The properties of a variant that have only one value, with the value."""
    final = context.references.final(node)
    value = final.mapping if final is not None else None
    if value is None or depth > _DEPTH:
        return {}
    inner = value.get("anyOf")
    if inner is not None:
        result: dict[str, str] = {}
        for element in inner.elements():
            result.update(_constants(context, element, depth + 1))
        return result
    properties = value.get("properties")
    if properties is None:
        return {}
    constants = {name: _constant(context, name, prop) for name, prop in properties.items()}
    return {name: constant for name, constant in constants.items() if constant is not None}


def _constant(context: Context, name: str, node: Node) -> str | None:
    final = context.references.final(node)
    value = final.mapping if final is not None else None
    if value is None:
        return None
    # In Fern, the example of a property `type` counts as its value.
    example = value.get("example")
    if name == "type" and example is not None and example.string is not None:
        return example.string
    type_ = value.get("type")
    if type_ is None or type_.value != "string":
        return None
    const = value.get("const")
    if const is not None:
        return const.string
    values = [element.string for element in (value.get("enum") or node).elements()]
    texts = [value for value in values if value is not None]
    if len(texts) == len(values) and len({text.lower() for text in texts}) == 1:
        return texts[0]
    return None
