"""`x-fern-resolutions`: several schemas with the same type."""

from __future__ import annotations

from ...source import Node
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
