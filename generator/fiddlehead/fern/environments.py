"""Reads environments, variables and versions of the API."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import ir
from ..frontend_kit.node_reader import nearest
from ..frontend_kit.node_values import HEADER_NAME
from ..source import Node
from . import keys
from .definition_files import DefinitionFile
from .type_uses import Scope
from .types import TypeTable
from .values import Values

_NOT_IN_A_URL = re.compile(r"[\x00-\x20\x7f\"<>\\^`|\u2028\u2029]")


def environments(root: Node, table: TypeTable, values: Values) -> tuple[ir.Environment, ...]:
    """`environments:`, without those for other audiences."""
    result: list[ir.Environment] = []
    for name, span, node in values.entries(root, "environments"):
        if node.mapping is None:
            url = _url(node, values)
            if url is not None:
                result.append(ir.Environment(name, {"": ir.Server(url, span=node.span)}, span=span))
            continue
        values.is_mapping(node, f"the environment '{name}'", keys.ENVIRONMENT)
        if not table.declared.is_included(node):
            continue
        servers = dict(_servers(name, node, values))
        if servers:
            result.append(ir.Environment(name, servers, values.doc(node), span=span))
    return tuple(result)


def _servers(name: str, node: Node, values: Values) -> Iterator[tuple[str, ir.Server]]:
    if values.get(node, "urls") is None:
        raw_node = values.required(node, "url", f"the environment '{name}'")
        url = _url(raw_node, values) if raw_node is not None else None
        if url is not None:
            variables = values.elements(node, "variables")
            template, default = values.get(node, "url-template"), values.get(node, "default-url")
            yield "", _server(url, template, default, variables, node, values)
        return
    templates = values.mapping(node, "url-templates")
    defaults = values.mapping(node, "default-urls")
    variables_of = values.mapping(node, "variables")
    for key, _, raw_node in values.entries(node, "urls"):
        url = _url(raw_node, values)
        if url is not None:
            template = values.get(templates, key) if templates is not None else None
            default = values.get(defaults, key) if defaults is not None else None
            variables = values.elements(variables_of, key) if variables_of is not None else []
            yield key, _server(url, template, default, variables, raw_node, values)


def _server(
    url: str,
    template: Node | None,
    default: Node | None,
    variables: list[Node],
    node: Node,
    values: Values,
) -> ir.Server:
    templated = _url(template, values) if template is not None else None
    fallback = _url(default, values) if default is not None else None
    if templated is None:
        return ir.Server(url, _variables(variables, values), fallback, span=node.span)
    return ir.Server(templated, _variables(variables, values), fallback or url, span=node.span)


def _variables(nodes: list[Node], values: Values) -> tuple[ir.ServerVariable, ...]:
    result: list[ir.ServerVariable] = []
    for node in nodes:
        if values.is_mapping(node, "a variable of a URL", keys.SERVER_VARIABLE):
            values.required(node, "id", "a variable of a URL")
            name = values.string(node, "id")
            if name is not None:
                allowed = tuple(text for text, _ in values.located_strings(node, "values"))
                default = values.string(node, "default")
                result.append(ir.ServerVariable(name, default, allowed, span=node.span))
    return tuple(result)


def _url(node: Node, values: Values) -> str | None:
    url = values.as_string(node, "a URL")
    if url is not None and (not url or _NOT_IN_A_URL.search(url)):
        values.warning("bad-value", f"{url!r} is not a URL", node.span)
        return None
    return url


def default_environment(
    root: Node, declared: tuple[ir.Environment, ...], values: Values
) -> str | None:
    """`default-environment:`, which must be one of the environments."""
    name = values.string(root, "default-environment")
    names = [environment.name for environment in declared]
    if name is None or name in names:
        return name
    span = (root.get("default-environment") or root).span
    values.warning(
        "unresolved-reference", f"unknown environment '{name}'", span, hint=nearest(name, names)
    )
    return None


def server_names(
    root: Node, declared: tuple[ir.Environment, ...], values: Values
) -> tuple[str, ...]:
    """The names of base URLs; every environment must have all of them."""
    names = tuple(dict.fromkeys(name for environment in declared for name in environment.servers))
    for environment in declared:
        for name in names:
            if name not in environment.servers:
                what = f"no URL '{name}'" if name else "several URLs, and others have one"
                values.warning(
                    "missing-key",
                    f"the environment '{environment.name}' has {what}",
                    environment.span,
                )
    names = tuple(name for name in names if name)
    default = values.string(root, "default-url")
    if default is not None and default not in names:
        values.warning(
            "unresolved-reference",
            f"no environment has a URL '{default}'",
            (root.get("default-url") or root).span,
            hint=nearest(default, names),
        )
    return names


def variables(file: DefinitionFile, table: TypeTable, values: Values) -> tuple[ir.Variable, ...]:
    """`variables:`: arguments of the client that are path parameters."""
    result: list[ir.Variable] = []
    for name, span, node in values.entries(file.node, "variables"):
        typed, doc, env = node, None, None
        if node.mapping is not None:
            values.is_mapping(node, f"the variable '{name}'", keys.VARIABLE)
            raw_node = values.required(node, "type", f"the variable '{name}'")
            if raw_node is None:
                continue
            typed, doc, env = raw_node, values.doc(node), values.string(node, "env")
        use = table.use(typed, Scope(file))
        result.append(ir.Variable(name, use.type, doc, env, span=span))
    return tuple(result)


def version_header(root: Node, values: Values) -> ir.VersionHeader | None:
    """`version:`: a header with the version of the API."""
    raw_node = values.get(root, "version")
    if raw_node is None or not values.is_mapping(raw_node, "a version", keys.VERSION):
        return None
    header = values.required(raw_node, "header", "a version")
    if header is None:
        return None
    if header.mapping is not None:
        values.is_mapping(header, "a header", keys.VERSION_HEADER)
        values.required(header, "value", "a header")
        name = values.string(header, "value")
    else:
        name = values.as_string(header, "'header'")
    if name is None or not HEADER_NAME.fullmatch(name):
        values.warning("bad-value", f"{name!r} is not a header name", header.span)
        return None
    allowed: list[str] = []
    for item in values.elements(raw_node, "values"):
        if item.mapping is not None:
            values.is_mapping(item, "a version", keys.VERSION_VALUE)
            values.required(item, "value", "a version")
            text = values.string(item, "value")
        else:
            text = values.as_string(item, "a version")
        if text is not None:
            allowed.append(text)
    if not allowed:
        values.warning("empty-enum", "'values' has no version", raw_node.span)
    default = values.string(raw_node, "default")
    if default is not None and default not in allowed:
        span = (raw_node.get("default") or raw_node).span
        values.warning(
            "bad-default",
            f"'{default}' is not one of the versions",
            span,
            hint=nearest(default, allowed),
        )
    return ir.VersionHeader(name, tuple(allowed), default, span=raw_node.span)
