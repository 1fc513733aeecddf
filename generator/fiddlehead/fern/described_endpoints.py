"""Finds the endpoints of services, with their names, methods and paths, before they are read."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Span
from ..frozen import dataclass
from ..source import Node
from . import keys, paths
from .context import Context
from .definition_files import DefinitionFile

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")


@dataclass(frozen=True)
class DescribedEndpoint:
    """An endpoint with its location and its names."""

    file: DefinitionFile
    service: Node
    name: str
    span: Span
    node: Node
    method: str
    path: str


@dataclass(frozen=False)
class DescribedEndpoints:
    """Finds the endpoints of a definition.

    `included` and `left_out` count the endpoints that are included and excluded by the audiences.
    """

    context: Context
    included: int = 0
    left_out: int = 0

    def of(self, file: DefinitionFile) -> Iterator[DescribedEndpoint]:
        """The endpoints of the service in a file."""
        values = self.context.values
        service = values.get(file.node, "service")
        if service is None or not values.is_mapping(service, "a service", keys.SERVICE):
            return
        for name, span, node in values.entries(service, "endpoints"):
            if not values.is_mapping(node, f"the endpoint '{name}'", keys.ENDPOINT):
                continue
            if not self.context.table.declared.is_included(
                service
            ) or not self.context.table.declared.is_included(node):
                self.left_out += 1
                continue
            self.included += 1
            for owner in (service, node):
                if values.get(owner, "transport") is not None:
                    values.warning(
                        "not-expressible",
                        "gRPC is not supported: the endpoint is called over HTTP",
                        owner.key_span("transport"),
                    )
            method = values.choice(node, "method", _METHODS) or "POST"
            yield DescribedEndpoint(
                file, service, name, span, node, method, self._path(service, node)
            )

    def _path(self, service: Node, node: Node) -> str:
        values = self.context.values
        if values.get(node, "path") is None and node.get("path") is None:
            values.warning("missing-key", "an endpoint requires 'path'", node.span)
        own = paths.read(node, "path", values)
        if values.get(node, "base-path") is not None:
            # In Fern, the base path of an endpoint replaces those of its service and of the API.
            return paths.joined(paths.read(node, "base-path", values), own)
        above = [
            paths.read(node, "base-path", values)
            for node in (self.context.definition.root.node, service)
        ]
        return paths.joined(*above, own)
