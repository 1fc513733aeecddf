"""Schemas of one of several types: `oneOf`, `anyOf`, lists of types and hierarchies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .. import ir
from ..source import Node
from . import objects, scalars
from .combine import bare
from .context import virtual
from .extensions import is_wanted
from .nulls import without_null
from .shapes import Part
from .usage import is_discriminated
from .words import Place

if TYPE_CHECKING:
    from .schemas import Schemas


def union(
    schemas: Schemas, node: Node, found: tuple[str, list[Node]], place: Place, id: str
) -> ir.Type | ir.Declaration:
    """A schema with `oneOf` or `anyOf`, told apart by a tag or by shape."""
    context = schemas.context
    if is_discriminated(context, node):
        made = _discriminated(schemas, node, found[1], replace(place, owner=id), id)
        if made is not None:
            return made
    variants = [each for each in found[1] if is_wanted(context, each)]
    if len(variants) < len(found[1]) and not variants:
        return ir.Unknown(span=node.span)
    if len(variants) == 1 and not context.importer.preserve_single_schema_oneof:
        beside = _beside(node)
        if not schemas.shapes.says_something(beside):
            return _inside(schemas, node, variants[0], place, id)
    constants = _constants(schemas, node, variants, id)
    if constants is not None:
        return constants
    beside = _beside(node)
    if "properties" in beside or "allOf" in beside:
        own = Part(virtual(node, beside))
        if schemas.shapes.is_object(own.node):
            inner = virtual(node, {found[0]: (node.mapping or {})[found[0]]})
            return distribute(schemas, node, Part(inner), [own], place, id)
    variants = [_typed(beside, each) for each in variants]
    return undiscriminated(schemas, node, variants, replace(place, owner=id), id)


def _beside(node: Node) -> dict[str, Node]:
    return {
        key: child
        for key, child in (node.mapping or {}).items()
        if key not in ("oneOf", "anyOf", "discriminator")
    }


def _typed(beside: dict[str, Node], variant: Node) -> Node:
    """A variant with the type that stands beside the union and goes for all its variants."""
    value = variant.mapping
    if "type" not in beside or value is None:
        return variant
    if {"type", "$ref", "allOf", "oneOf", "anyOf", "enum", "const", "properties"} & value.keys():
        return variant
    return virtual(variant, {"type": beside["type"], **value})


def _inside(
    schemas: Schemas, node: Node, variant: Node, place: Place, id: str
) -> ir.Type | ir.Declaration:
    """A union of one variant is that variant."""
    if variant.mapping is None or "$ref" in variant.mapping:
        return schemas.convert(variant, place)
    inner, nullable = without_null(schemas.context, variant)
    if nullable:
        return schemas.convert(variant, place)
    kept = {
        key: child
        for key, child in (node.mapping or {}).items()
        if key in ("description", "title", "x-fern-type-name", "example", "default")
    }
    return schemas.shape(virtual(inner, {**(inner.mapping or {}), **kept}), place, id)


def _constants(
    schemas: Schemas, node: Node, variants: list[Node], id: str
) -> ir.Declaration | None:
    """An enum, where every variant is a constant text: how OpenAPI 3.1 documents enum values."""
    values: list[ir.EnumValue] = []
    for each in variants:
        value = each.mapping
        if value is None or "$ref" in value:
            return None
        constant = value.get("const")
        listed = value.get("enum")
        if constant is None and listed is not None and listed.list and len(listed.list) == 1:
            constant = listed.list[0]
        if constant is None or not isinstance(constant.value, str):
            return None
        values.append(
            ir.EnumValue(
                constant.value, None, schemas.context.doc(each), span=constant.span
            )
        )
    if len(values) < 2:
        return None
    return ir.Enum(
        id=id,
        name=ir.Name(("",)),
        values=tuple({each.value: each for each in values}.values()),
        default=scalars.default(schemas.context, node),
        **schemas.common(node, ()),
    )


def undiscriminated(
    schemas: Schemas, node: Node, variants: list[Node], place: Place, id: str
) -> ir.Type | ir.Declaration:
    """A union that is told apart by shape; equal members are one, and one alone is no union."""
    names = _variant_words(schemas, variants)
    members: list[ir.Variant] = []
    for index, each in enumerate(variants):
        where = place.variant(index) if names[index] is None else place.add(names[index] or "", "Variant")
        type_ = schemas.convert(each, where)
        if any(_same(type_, other.type) for other in members):
            continue
        members.append(_variant(schemas, each, type_))
    if any(isinstance(member.type, ir.Unknown) for member in members):
        return ir.Unknown(span=node.span)
    if len(members) == 1 and members[0].type is not None:
        return members[0].type
    if not members:
        return ir.Unknown(span=node.span)
    return ir.Union(
        id=id, name=ir.Name(("",)), variants=tuple(members), **schemas.common(node, ())
    )


def _same(one: ir.Type, two: ir.Type | None) -> bool:
    """Whether two members are one in Python: constraints and formats do not set them apart."""
    if isinstance(one, ir.Primitive) and isinstance(two, ir.Primitive):
        return one.kind == two.kind
    return one == two


def _variant(schemas: Schemas, node: Node, type_: ir.Type, tag: str | None = None) -> ir.Variant:
    value = node.mapping or {}
    doc = schemas.context.doc(node) if value else None
    return ir.Variant(type_, tag, doc=doc, span=node.span)


def _variant_words(schemas: Schemas, variants: list[Node]) -> list[str | None]:
    """A word for each inline object that has a constant of its own, such as its type."""
    found: list[dict[str, str]] = []
    for each in variants:
        constants: dict[str, str] = {}
        value = each.mapping or {}
        holder = value.get("properties") if "$ref" not in value else None
        for name, child in holder.items() if holder is not None else ():
            constant = _constant(child)
            if isinstance(constant, str) and constant.strip():
                constants[name] = constant
        found.append(constants)
    words: list[str | None] = []
    for index, constants in enumerate(found):
        others = [other for place, other in enumerate(found) if place != index]
        unique = [
            constant
            for name, constant in constants.items()
            if all(constant not in other.values() for other in others)
        ]
        words.append(unique[0] if unique else None)
    return words


def _constant(node: Node) -> object:
    value = node.mapping or {}
    if "const" in value:
        return value["const"].value
    listed = value.get("enum")
    if listed is not None and listed.list is not None and len(listed.list) == 1:
        return listed.list[0].value
    return None


def of_types(
    schemas: Schemas, node: Node, types: list[str], place: Place, id: str
) -> ir.Type | ir.Declaration:
    """`type: [string, integer]`: each type takes the keys of the schema that mean something to it."""
    value = {key: child for key, child in (node.mapping or {}).items() if key not in ("type", "title")}
    holder = (node.mapping or {})["type"]
    variants = [
        virtual(node, {**value, "type": Node(each, holder.span, holder.file, holder.pointer, {})})
        for each in types
    ]
    inner = replace(place, owner=id)
    return undiscriminated(schemas, node, variants, inner, id)


# --- told apart by a tag ---------------------------------------------------------------------


def _discriminated(
    schemas: Schemas, node: Node, listed: list[Node], place: Place, id: str
) -> ir.Union | None:
    """A union with a tag; None, and a warning, where not all variants have one."""
    context = schemas.context
    discriminator = (node.mapping or {})["discriminator"]
    property = context.string(discriminator, "propertyName")
    if not property:
        context.error(
            "missing-key",
            "a discriminator needs 'propertyName'",
            discriminator.span,
            "name the property that tells the variants apart",
        )
        return None
    variants: dict[str, ir.Variant] = {}
    mapped: set[str] = set()
    for tag, target in context.entries(discriminator, "mapping"):
        reference = _mapped(schemas, target)
        if reference is None:
            continue
        type_ = schemas.convert(reference, place.add(tag, "Variant"))
        mapped.add(str((reference.get("$ref") or reference).value))
        final = context.references.final(reference)
        if final is None or not is_wanted(context, final):
            continue
        _check_tag(schemas, final, property, target)
        variants[tag] = _tagged(schemas, final, tag, type_, target)
    for index, each in enumerate(listed):
        if not is_wanted(context, each):
            continue
        reference = each.get("$ref")
        if reference is not None and reference.value in mapped:
            continue
        if not _add_unmapped(schemas, each, index, property, variants, place):
            context.warning(
                "discriminator",
                f"this variant has no value for '{property}': the union is told apart by shape",
                each.span,
                "add it to the mapping, or give it the property with a constant",
            )
            return None
    fields = [
        objects.field(schemas, name, prop, place)
        for name, prop in schemas.shapes.properties(virtual(node, _beside(node))).items()
        if name != property
    ] if "properties" in (node.mapping or {}) else []
    return ir.Union(
        id=id,
        name=ir.Name(("",)),
        variants=tuple(variants.values()),
        discriminator=_discriminator(schemas, discriminator, property),
        fields=tuple(fields),
        **schemas.common(node, ()),
    )


def _discriminator(schemas: Schemas, node: Node, property: str) -> ir.Discriminator:
    context = schemas.context
    where = context.string(node, "x-fern-discriminator-context")
    if where not in (None, "data", "protocol"):
        context.error(
            "bad-extension",
            "'x-fern-discriminator-context' is 'data' or 'protocol'",
            (node.get("x-fern-discriminator-context") or node).span,
        )
    return ir.Discriminator(
        property,
        rename=context.string(node, "x-fern-property-name"),
        context="protocol" if where == "protocol" else "data",
        span=node.span,
    )


def _mapped(schemas: Schemas, target: Node) -> Node | None:
    """The reference that an entry of a mapping stands for: a URI, or the name of a component
    (OpenAPI 3.1 section 4.8.25)."""
    context = schemas.context
    if target.string is None:
        context.error("bad-value", "a mapping leads to the name of a schema", target.span)
        return None
    text = target.string
    components = context.root.get("components")
    known = components.get("schemas") if components is not None else None
    if known is not None and known.get(text) is not None:
        text = f"#/components/schemas/{text.replace('~', '~0').replace('/', '~1')}"
    if text.startswith("#/") and not _exists(context.root, text):
        context.warning(
            "unresolved-reference",
            f"the mapping leads to '{text}', which is not there: the variant is left out",
            target.span,
        )
        return None
    written = Node(text, target.span, target.file, target.pointer, {})
    return Node({"$ref": written}, target.span, target.file, target.pointer, {"$ref": target.span})


def _exists(root: Node, reference: str) -> bool:
    node: Node | None = root
    for token in reference[2:].split("/"):
        key = token.replace("~1", "/").replace("~0", "~")
        if node is not None and node.list is not None and key.isdecimal():
            node = node.list[int(key)] if int(key) < len(node.list) else None
        else:
            node = node.get(key) if node is not None else None
    return node is not None


def _tagged(
    schemas: Schemas, final: Node, tag: str, type_: ir.Type, target: Node
) -> ir.Variant:
    schema = schemas.shapes
    inline = schema.is_object(final) or schema.is_union(final)
    doc = None
    return ir.Variant(bare(type_), tag, key=None if inline else "value", doc=doc, span=target.span)


def _check_tag(schemas: Schemas, final: Node, property: str, target: Node) -> None:
    if schemas.shapes.is_union(final) or not schemas.shapes.is_object(final):
        return
    if property not in schemas.shapes.properties(final):
        schemas.context.diagnostics.warning(
            "discriminator",
            f"'{target.value}' has no property '{property}', which shall tell it apart",
            target.span,
            hint="the tag is read beside its properties all the same",
            related=[("the schema is here", final.span)],
        )


def _add_unmapped(
    schemas: Schemas,
    node: Node,
    index: int,
    property: str,
    variants: dict[str, ir.Variant],
    place: Place,
) -> bool:
    """A variant that the mapping does not name: its tag is its constant, else its name."""
    final = schemas.shapes.final(node)
    if final is None:
        return True
    tag: object = None
    if schemas.shapes.is_object(final):
        declared = schemas.shapes.properties(final).get(property)
        tag = _constant(declared.node) if declared is not None else None
    if not isinstance(tag, str) and "$ref" in (node.mapping or {}):
        # OpenAPI 3.1 section 4.8.25: the name of the component is the implicit tag.
        tag = final.pointer.rsplit("/", 1)[-1].replace("~1", "/").replace("~0", "~")
    if not isinstance(tag, str):
        return False
    type_ = schemas.convert(node, place.variant(index))
    variants.setdefault(tag, _tagged(schemas, final, tag, type_, node))
    return True


def hierarchy(schemas: Schemas, node: Node, place: Place, id: str) -> ir.Type | ir.Declaration:
    """An object whose discriminator maps to schemas that inherit from it: a union of those.

    The heirs copy its properties (`Shapes.model` does not take it for a parent).
    """
    plain = {key: child for key, child in (node.mapping or {}).items() if key != "properties"}
    made = _discriminated(schemas, virtual(node, plain), [], place, id)
    if made is None:
        rest = {key: child for key, child in plain.items() if key != "discriminator"}
        rest["properties"] = (node.mapping or {})["properties"]
        return objects.plain(schemas, virtual(node, rest), place, id)
    return made


# --- allOf with a union ----------------------------------------------------------------------


def distribute(
    schemas: Schemas, node: Node, split: Part, common: list[Part], place: Place, id: str
) -> ir.Type | ir.Declaration:
    """An object and a union of objects at once: a union, each variant with what is common.

    With a tag, the common properties belong to the union (Fern's base properties); without one,
    each variant is a model of its own that inherits from both.
    """
    context, shapes = schemas.context, schemas.shapes
    target = split.node
    found = shapes.variants(target)
    inner = replace(place, owner=id)
    if found is None:
        return ir.Unknown(span=node.span)
    if is_discriminated(context, node) or is_discriminated(context, target):
        source = node if is_discriminated(context, node) else target
        joined = virtual(
            node, {found[0]: (target.mapping or {})[found[0]], "discriminator": (source.mapping or {})["discriminator"]}
        )
        made = _discriminated(schemas, joined, found[1], inner, id)
        if made is not None:
            base = objects.model(schemas, virtual(node, _beside(node)), common, place, id)
            tag = made.discriminator.property if made.discriminator is not None else None
            fields = tuple(each for each in base.fields if each.name != tag)
            return replace(made, fields=fields, extends=base.extends, **schemas.common(node, ()))
    variants = [each for each in found[1] if is_wanted(context, each)]
    words = _variant_words(schemas, variants)
    members: list[ir.Variant] = []
    for index, each in enumerate(variants):
        final = shapes.final(each)
        if final is None:
            continue
        where = inner.variant(index) if words[index] is None else inner.add(words[index] or "", "Variant")
        if "$ref" in (each.mapping or {}):
            name = final.pointer.rsplit("/", 1)[-1]
            where = inner.add(name, "Variant")
        if not shapes.is_object(final):
            type_ = schemas.convert(each, where)
        else:
            references = [
                part.reference if part.reference is not None else part.node
                for part in [*common, Part(each)]
            ]
            joined = virtual(
                each,
                {"allOf": Node(references, each.span, each.file, each.pointer, {})},
            )
            joined.pointer = f"{each.pointer}/allOf"
            type_ = schemas.convert(joined, where)
        if not any(_same(type_, other.type) for other in members):
            members.append(_variant(schemas, each, type_))
    if len(members) == 1 and members[0].type is not None:
        return members[0].type
    return ir.Union(
        id=id, name=ir.Name(("",)), variants=tuple(members), **schemas.common(node, ())
    )

