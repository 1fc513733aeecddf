"""Selects the base URL of an endpoint or a channel, if environments have several URLs."""

from __future__ import annotations

from ..source import Node
from .context import Context


def server(node: Node, service: Node | None, context: Context) -> str | None:
    """The name of the base URL of an endpoint or a channel (`url:`)."""
    values = context.values
    for owner in (node, *([service] if service is not None else [])):
        name = values.string(owner, "url")
        if name is not None:
            if name not in context.servers:
                values.warning(
                    "unresolved-reference",
                    f"no environment has a URL '{name}'",
                    (owner.get("url") or owner).span,
                )
            return name
    if context.servers and context.default_server is None:
        values.warning(
            "missing-key",
            "the environments have several URLs, but none of them is selected here",
            node.span,
            hint="add 'url' to the service, or 'default-url' to api.yml",
        )
    return context.default_server
