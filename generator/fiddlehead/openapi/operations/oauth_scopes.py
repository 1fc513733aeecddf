"""Layout `fern`: the enum `OauthScope` with the scopes of an OAuth scheme, as in Fern's packages."""

from __future__ import annotations

from ... import ir
from ...source import Node
from ..document.context import Context
from ..schemas.converter import SchemaConverter

_NAME = "OauthScope"
_FLOWS = ("authorizationCode", "clientCredentials", "implicit", "password")
"""The order in which the scopes of flows are preferred."""


def declare(context: Context, schemas: SchemaConverter) -> None:
    """Declare the enum; as in Fern, the last scheme with scopes counts, unless generators.yml has
    schemes of its own."""
    api = context.settings.api
    if context.settings.layout != "fern" or (api is not None and api.get("auth") is not None):
        return
    holder = context.mapping(context.root, "components")
    scopes: Node | None = None
    for _, raw_node in context.entries(holder, "securitySchemes") if holder is not None else ():
        node = context.follow(raw_node, "a security scheme")
        if node is not None and context.string(node, "type") == "oauth2":
            scopes = _scopes(context, node) or scopes
    if scopes is None:
        return
    values = tuple(
        ir.EnumValue(name, doc=child.string or None, span=child.span)
        for name, child in context.entries(scopes, "scopes")
    )
    if not values or (len(values) == 1 and context.importer.coerce_enums_to_literals):
        return
    id = f"#{scopes.pointer}"
    entry = schemas.registry.open(
        id, [ir.Name((_NAME,))], (), scopes.span, component=True, owner=None
    )
    if entry is not None:
        entry.declaration = ir.Enum(id=id, name=ir.Name(()), values=values, span=scopes.span)


def _scopes(context: Context, scheme: Node) -> Node | None:
    """The first flow that has scopes."""
    flows = context.mapping(scheme, "flows")
    for name in _FLOWS if flows is not None else ():
        flow = context.mapping(flows, name) if flows is not None else None
        if flow is not None and context.mapping(flow, "scopes") is not None:
            return flow
    return None
