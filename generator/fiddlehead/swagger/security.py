"""Converts `securityDefinitions` to security schemes."""

from __future__ import annotations

from ..source import Node
from .nodes import mapping, scalar, step

_FLOWS = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}


def schemes(node: Node) -> Node:
    """All schemes, in their new place."""
    pointer = "/components/securitySchemes"
    converted = {name: _scheme(scheme, step(pointer, name)) for name, scheme in node.items()}
    return mapping(converted, node, pointer)


def _scheme(node: Node, pointer: str) -> Node:
    type_ = node.get("type")
    if node.mapping is None or type_ is None:
        return node
    entries = dict(node.mapping)
    if type_.value == "basic":
        entries["type"] = scalar("http", type_)
        entries["scheme"] = scalar("basic", type_)
    elif type_.value == "oauth2":
        moved: dict[str, Node] = {
            key: entries.pop(key)
            for key in ("authorizationUrl", "tokenUrl", "scopes")
            if key in entries
        }
        flow = entries.pop("flow", None)
        name = _FLOWS.get(flow.value) if flow is not None and isinstance(flow.value, str) else None
        if name is not None and flow is not None:
            inner = mapping(moved, flow, f"{pointer}/flows/{name}")
            entries["flows"] = mapping({name: inner}, flow, f"{pointer}/flows")
    return mapping(entries, node, pointer)
