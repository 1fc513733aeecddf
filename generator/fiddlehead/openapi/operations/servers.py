"""Reads servers: the environments of the API, and base URLs of single operations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ... import ir
from ...frontend_kit.node_reader import LEFT_OUT
from ...source import Node
from ..document.context import Context
from ..document.extensions import is_wanted
from ..document.keys import check_unknown_keys
from ..document.name_parts import camel
from .groups import Operation

MAIN = "Base"
"""The name of the API's own base URL, if operations have others."""


def environments(context: Context, operations: list[Operation]) -> tuple[ir.Environment, ...]:
    """The environments of the API, from the servers of the root and of operations.

    If operations have their own servers, every environment has several base URLs: that of the API
    under `Base`, the others under their names.
    """
    roots = _servers(context, context.root)
    if context.settings.layout == "fern":
        roots = _named(context, roots)
    special = _special(context, operations, roots)
    result: dict[str, ir.Environment] = {}
    for index, (node, server) in enumerate(roots):
        name = _name(context, node, index, len(roots))
        if name in result:
            name = f"{name} {_host(server.url)}"
        servers = {"": server}
        if special:
            servers = {MAIN: server, **special}
        if name not in result:
            result[name] = ir.Environment(name, servers, doc=context.doc(node), span=node.span)
    if not result and special:
        first = next(iter(special.values()))
        result["Default"] = ir.Environment("Default", {MAIN: first, **special}, span=first.span)
    return tuple(result.values())


def _named(context: Context, servers: list[tuple[Node, ir.Server]]) -> list[tuple[Node, ir.Server]]:
    """The servers that are environments in Fern's clients: those with a name, if one has a name."""
    named = [server for server in servers if _given_name(context, server[0]) is not None]
    for node, server in servers:
        if named and _given_name(context, node) is None:
            context.warning(
                "not-expressible",
                f"the server '{server.url}' has no name; it is left out",
                node.span,
                "write x-fern-server-name, or pass the URL as 'base_url'",
            )
    return named or servers


def _special(
    context: Context, operations: list[Operation], roots: Sequence[tuple[Node, ir.Server]]
) -> dict[str, ir.Server]:
    """The servers of operations that are not servers of the root, by name."""
    known = {server.url for _, server in roots}
    result: dict[str, ir.Server] = {}
    for operation in operations:
        own = of_operation(context, operation)
        if own is not None and own[1].url not in known and not own[1].url.startswith("/"):
            result.setdefault(own[0], own[1])
    return result


def of_operation(context: Context, operation: Operation) -> tuple[str, ir.Server] | None:
    """The name and the first server of an operation or its path, if it has its own."""
    for holder in (operation.node, operation.item):
        servers = _servers(context, holder, relative=True)
        if servers:
            node, server = servers[0]
            if len(servers) > 1 and holder is operation.node:
                context.warning(
                    "not-expressible",
                    "an operation can have only one server; the others are left out",
                    servers[1][0].span,
                )
            name = context.string(node, "x-fern-server-name") or context.string(node, "name")
            return name or _host(server.url), server
    return None


def key_of(
    context: Context, operation: Operation, servers: tuple[ir.Environment, ...]
) -> str | None:
    """The name of the base URL of an operation, if environments have several."""
    if not servers or "" in servers[0].servers:
        return None
    own = of_operation(context, operation)
    if own is not None and own[0] in servers[0].servers:
        return own[0]
    return MAIN


def base_path(context: Context, operation: Operation) -> str | None:
    """The server of an operation or its path, if that is a path on the host of the base URL."""
    own = of_operation(context, operation)
    return own[1].url if own is not None and own[1].url.startswith("/") else None


def _servers(
    context: Context, holder: Node, relative: bool = False
) -> list[tuple[Node, ir.Server]]:
    result: list[tuple[Node, ir.Server]] = []
    for node in context.elements(holder, "servers"):
        if not context.is_mapping(node, "a server") or not is_wanted(context, node):
            continue
        server = _server(context, node, relative)
        if server is not None:
            result.append((node, server))
    return result


def _server(context: Context, node: Node, relative: bool) -> ir.Server | None:
    """A server; None if its URL is not complete. Only a `relative` one may be a path: it applies to
    the host of the base URL, wherever the description is."""
    url = context.string(node, "url")
    if url is None:
        context.warning("bad-server", f"a server has no 'url'{LEFT_OUT}", node.span)
        return None
    if url.startswith("//"):
        url = f"https:{url}"
    if relative and re.fullmatch(r"/[^{}?#]*", url):
        return ir.Server(url.rstrip("/") or "/", span=node.span)
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|\{", url) and not node.get("x-fern-default-url"):
        # Other relative URLs depend on the URL of the description, which is unknown (OpenAPI 3.1,
        # section 4.8.5).
        context.warning(
            "not-expressible",
            f"the server '{url}' has no host; it is left out",
            (node.get("url") or node).span,
            context.terms.no_host,
        )
        return None
    variables: list[ir.ServerVariable] = []
    placeholders = set(re.findall(r"\{([^{}]+)\}", url))
    for name, raw_node in context.entries(node, "variables"):
        if not context.is_mapping(raw_node, "a server variable"):
            continue
        check_unknown_keys(context, raw_node, "a server variable")
        if name not in placeholders:
            context.warning(
                "unused-setting",
                f"the URL has no '{{{name}}}'",
                (node.get("variables") or node).key_span(name),
            )
            continue
        values = tuple(context.strings(raw_node, "enum"))
        default = context.string(raw_node, "default")
        if default is not None and values and default not in values:
            context.warning(
                "bad-default",
                f"'{default}' is not one of the values of '{name}'",
                (raw_node.get("default") or raw_node).span,
            )
        variables.append(
            ir.ServerVariable(name, default, values, doc=context.doc(raw_node), span=raw_node.span)
        )
    missing = sorted(placeholders - {variable.name for variable in variables})
    for name in missing:
        context.warning(
            "bad-server",
            f"'{{{name}}}' of the URL is not a variable of the server{LEFT_OUT}",
            (node.get("url") or node).span,
            context.terms.no_variables.format(name=name),
        )
    if missing:
        return None
    return ir.Server(
        url.rstrip("/") if len(url) > 1 else url,
        tuple(variables),
        default_url=context.string(node, "x-fern-default-url"),
        span=node.span,
    )


def _name(context: Context, node: Node, index: int, count: int) -> str:
    """The name of an environment: its extension, its name (3.2), or its description."""
    explicit = _given_name(context, node)
    if explicit is not None:
        return explicit
    first_in_fern = index == 0 and context.settings.layout == "fern"
    # A sentence is not a name.
    doc = context.string(node, "description") or ""
    if not first_in_fern and re.match(r"[A-Za-z]", camel(doc)) and len(doc.split()) <= 3:
        return doc.strip()
    if count == 1:
        return "Default"
    return "Default" if index == 0 else _host(context.string(node, "url") or str(index))


def _given_name(context: Context, node: Node) -> str | None:
    """The name that a description gives to a server. Of the words in `description`, Fern's importer
    takes only two as names."""
    for key in ("x-fern-server-name", "x-server-name", "x-name", "name"):
        name = context.string(node, key)
        if name and re.search(r"[A-Za-z0-9]", name):
            return name
    doc = (context.string(node, "description") or "").strip()
    return doc.capitalize() if doc.lower() in ("production", "sandbox") else None


def _host(url: str) -> str:
    """A short name for a URL: its host and path, without scheme and variables."""
    words = re.sub(r"^[a-z]+://|\{[^{}]*\}", " ", url)
    return " ".join(re.findall(r"[A-Za-z0-9]+", words)) or "server"
