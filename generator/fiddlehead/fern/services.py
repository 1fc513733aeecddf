"""Reads services and their endpoints as a tree of groups."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from .. import ir
from ..diagnostics import Span
from ..frozen import replace
from .context import Context
from .definition_files import DefinitionFile
from .described_endpoints import DescribedEndpoint, DescribedEndpoints
from .endpoints import EndpointReader
from .errors import Errors
from .security import Security


@dataclass
class _Group:
    doc: str | None = None
    span: Span | None = None
    endpoints: list[ir.Endpoint] = field(default_factory=lambda: list[ir.Endpoint]())
    children: dict[str, _Group] = field(default_factory=lambda: dict[str, _Group]())
    order: list[str] = field(default_factory=lambda: list[str]())


class Services:
    """Reads all services of a definition.

    `included` and `left_out` count the endpoints that are included and excluded by the audiences.
    """

    def __init__(self, context: Context, errors: Errors, security: Security) -> None:
        self._context = context
        self._endpoints = EndpointReader(context, errors, security)
        self.response_headers = self._endpoints.response_headers
        described = DescribedEndpoints(context)
        self._all = [
            endpoint for file in context.definition.files for endpoint in described.of(file)
        ]
        self.included, self.left_out = described.included, described.left_out
        count = Counter(f"{endpoint.method} {endpoint.path}" for endpoint in self._all)
        self._ids = {
            (endpoint.file.path, endpoint.name): _id(
                endpoint, count[f"{endpoint.method} {endpoint.path}"] > 1
            )
            for endpoint in self._all
        }
        self.by_name: dict[tuple[Path, str], ir.Endpoint] = {}

    def endpoint_id(self, name: str, file: DefinitionFile, span: Span) -> str | None:
        """The id of an endpoint that another part of the definition refers to, as `auth.getToken`."""
        alias, _, local = name.rpartition(".")
        defining_file = file.imports.get(alias) if alias else file
        result = self._ids.get((defining_file.path, local)) if defining_file is not None else None
        if result is None and not (alias in file.imports and defining_file is None):
            self._context.values.warning(
                "unresolved-reference",
                f"unknown endpoint '{name}'",
                span,
                hint="write, for example, auth.getToken, where 'auth' is an import",
            )
        return result

    def read(self) -> ir.Resource:
        """The tree of groups with all endpoints."""
        self._endpoints.check_base_paths()
        root = _Group()
        for file in self._context.definition.files:
            self._describe_group(root, file)
        for described in self._all:
            group = _group(root, described.file.package)
            id_ = self._ids[described.file.path, described.name]
            for endpoint in self._endpoints.read(described, id_):
                group.endpoints.append(endpoint)
                self.by_name.setdefault((described.file.path, described.name), endpoint)
        return _resource("", root)

    def _describe_group(self, root: _Group, file: DefinitionFile) -> None:
        service = self._context.values.get(file.node, "service")
        if service is None:
            return
        group = _group(root, file.package)
        group.doc = self._context.values.doc(file.node) or group.doc
        if service.mapping is not None:
            group.doc = group.doc or self._context.values.doc(service)
        group.span = file.node.key_span("service")

    def order(self, root: ir.Resource) -> ir.Resource:
        """The tree with the groups in the order of `navigation:`."""
        for file in self._context.definition.files:
            names = [
                Path(text).stem
                for text, _ in self._context.values.located_strings(file.node, "navigation")
            ]
            if names:
                root = _ordered(root, file.package, names)
        return root


def _id(endpoint: DescribedEndpoint, shared: bool) -> str:
    # In Fern, two endpoints may have the same URL; their names distinguish the ids.
    suffix = "#" + ".".join((*endpoint.file.package, endpoint.name)) if shared else ""
    return f"{endpoint.method} {endpoint.path}{suffix}"


def _group(root: _Group, package: ir.Words) -> _Group:
    for word in package:
        root = root.children.setdefault(word, _Group())
    return root


def _resource(name: str, group: _Group) -> ir.Resource:
    children = tuple(_resource(key, child) for key, child in group.children.items())
    resource = ir.Resource(name, group.doc, tuple(group.endpoints), children)
    return replace(resource, span=group.span) if group.span is not None else resource


def _ordered(root: ir.Resource, package: ir.Words, names: list[str]) -> ir.Resource:
    if package:
        children = tuple(
            _ordered(child, package[1:], names) if child.name == package[0] else child
            for child in root.children
        )
        return replace(root, children=children)
    place = {name: at for at, name in enumerate(names)}
    listed = sorted(root.children, key=lambda child: place.get(child.name, len(place)))
    return replace(root, children=tuple(listed))
