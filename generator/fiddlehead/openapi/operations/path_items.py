"""Reads path items, which may have operations of their own beside a `$ref`."""

from __future__ import annotations

from ...source import Node
from ..document.context import Context, virtual
from ..document.keys import METHODS


def path_item_of(context: Context, node: Node, what: str = "a path item") -> Node | None:
    """A path item; None, and a warning, if there is none.

    What is beside `$ref` is added to the referenced path item (OpenAPI 3.1, section 4.8.9.1). If
    both have an operation, which the specification leaves open, the own one is used.
    """
    target = context.follow(node, what)
    own = {key: child for key, child in node.items() if key != "$ref"}
    if target is node or own.keys().isdisjoint((*METHODS, "parameters", "servers")):
        return target
    entries = dict(target.mapping or {}) if target is not None else {}
    for method in METHODS:
        if method in own and method in entries:
            context.warning(
                "bad-reference",
                f"the referenced path item has '{method}', too; the one beside '$ref' is used",
                node.key_span(method),
            )
    listed = [context.get(item, "parameters") for item in (node, target) if item is not None]
    parameters = [x for group in listed if group is not None for x in group.elements()]
    if parameters:
        own["parameters"] = Node(parameters, node.span, node.file, f"{node.pointer}/parameters", {})
    return virtual(target or node, {**entries, **own}, node.keys)
