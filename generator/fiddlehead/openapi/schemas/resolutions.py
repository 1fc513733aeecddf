"""`x-fern-resolutions`: several schemas with the same type."""

from __future__ import annotations

from ... import ir
from ...source import Node
from ...source.json_pointer import names
from ..document.context import Context
from .converter import SchemaConverter


def apply(context: Context, schemas: SchemaConverter) -> None:
    """Redirect the references to each listed schema to the first one of its list, with the name of
    the resolution."""
    for node in context.elements(context.root, "x-fern-resolutions"):
        if not context.is_mapping(node, "a resolution"):
            continue
        name = context.string(node, "name")
        listed = context.strings(node, "resolutions")
        if not name or not listed:
            missing_key = "resolutions" if name else "name"
            context.warning("missing-key", f"a resolution requires '{missing_key}'", node.span)
            continue
        targets: list[Node] = []
        for reference in listed:
            target = context.sources.resolve(reference, node, node.span)
            if target is not None and context.is_mapping(target, "a schema"):
                targets.append(target)
        if targets:
            schemas.resolve(name, targets)
            if context.settings.layout == "fern":
                _keep_names(schemas, targets)


def _keep_names(schemas: SchemaConverter, targets: list[Node]) -> None:
    """In Fern's packages, the listed schemas are aliases of the resolution."""
    first = ir.Ref(schemas.target(targets[0]), span=targets[0].span)
    for target in targets:
        id = f"#{target.pointer}/x-fern-resolutions"
        word = names(target.pointer)[-1]
        entry = schemas.registry.open(
            id, [ir.Name((word,))], (), target.span, component=True, owner=None
        )
        if entry is not None:
            entry.declaration = ir.Alias(id=id, name=ir.Name(()), type=first, span=target.span)
