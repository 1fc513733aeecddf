"""Reads the servers of WebSockets."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .. import ir
from ..frontend_kit.node_reader import LEFT_OUT
from ..openapi.document.context import Context
from ..openapi.document.extensions import is_wanted
from ..source import Node

_PROTOCOLS = ("ws", "wss")


class Servers:
    """The WebSocket servers of a document, by key."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.web_sockets: dict[str, ir.Server] = {}
        self._names: dict[str, str] = {}
        self._docs: dict[str, str | None] = {}
        self.others: set[str] = set()
        """The servers with other protocols."""
        for key, raw_node in context.entries(context.root, "servers"):
            node = context.follow(raw_node, "a server")
            if node is None or not is_wanted(context, node):
                continue
            server = self._server(key, node)
            if server is None:
                self.others.add(key)
                continue
            self.web_sockets[key] = server
            self._names[key] = context.string(node, "x-fern-server-name") or key
            self._docs[key] = context.doc(node)

    def _server(self, key: str, node: Node) -> ir.Server | None:
        context = self._context
        protocol = (context.string(node, "protocol") or "").lower()
        if protocol not in _PROTOCOLS:
            context.warning(
                "not-expressible",
                f"the server '{key}' is left out: its protocol is '{protocol}', and only"
                " WebSockets are supported",
                (node.get("protocol") or node).span,
            )
            return None
        url = context.string(node, "url")
        if url is None:
            url = (context.string(node, "host") or "") + (context.string(node, "pathname") or "")
        if not re.match(r"[a-z]+://", url):
            url = f"{protocol}://{url}"
        if not url.partition("://")[2]:
            context.warning(
                "bad-server", f"the server '{key}' has no 'host' or 'url'{LEFT_OUT}", node.span
            )
            return None
        placeholders = set(re.findall(r"\{([^{}]+)\}", url))
        variables = [
            ir.ServerVariable(
                name,
                context.string(variable, "default"),
                tuple(context.strings(variable, "enum")),
                doc=context.doc(variable),
                span=variable.span,
            )
            for name, raw_node in context.entries(node, "variables")
            for variable in [context.follow(raw_node, "a server variable")]
            if variable is not None and name in placeholders
        ]
        missing = sorted(placeholders - {variable.name for variable in variables})
        if missing:
            context.warning(
                "bad-server",
                f"'{{{missing[0]}}}' of the URL is not a variable of the server{LEFT_OUT}",
                node.span,
            )
            return None
        return ir.Server(url.rstrip("/"), tuple(variables), span=node.span)

    def of(self, channel: Node) -> list[str] | None:
        """The servers of a channel, by key; None if it lists none."""
        result: list[str] = []
        for server in self._context.elements(channel, "servers"):
            reference = server.get("$ref")
            pointer = reference.string if reference is not None else server.string
            result.append((pointer or "").rpartition("/")[2])
        return result or None

    def environments(self, used: Mapping[str, str | None]) -> tuple[ir.Environment, ...]:
        """The environments: `used` has the server of each channel.

        If channels refer to different servers, one environment has all of them under their names.
        Otherwise each server is an environment.
        """
        if len(self.web_sockets) > 1 and any(used.values()):
            servers = {self._names[key]: server for key, server in self.web_sockets.items()}
            first = next(iter(self.web_sockets.values()))
            return (ir.Environment("Default", servers, span=first.span),)
        return tuple(
            ir.Environment(self._names[key], {"": server}, doc=self._docs[key], span=server.span)
            for key, server in self.web_sockets.items()
        )

    def key(self, server: str | None, environments: tuple[ir.Environment, ...]) -> str | None:
        """The name of a channel's server in the environments, if they have several."""
        if not environments or "" in environments[0].servers:
            return None
        return self._names[server] if server in self._names else next(iter(environments[0].servers))
