"""Converts a whole Swagger 2.0 document to OpenAPI 3.0."""

from __future__ import annotations

from ..diagnostics import Diagnostics
from ..source import Node, Sources
from . import security, servers
from .checks import Checks
from .nodes import mapping, scalar, step, texts
from .operations import Operations
from .parameters import Parameters
from .references import MOVED, Files, References
from .schemas import Schemas

_LEFT = frozenset(
    [
        "swagger",
        "host",
        "basePath",
        "schemes",
        "consumes",
        "produces",
        "definitions",
        "parameters",
        "responses",
        "securityDefinitions",
        "paths",
    ]
)
"""Root keys that OpenAPI 3.0 does not have, or has in another place."""


def is_swagger(root: Node) -> bool:
    """Whether a document is Swagger 2.0."""
    version = root.get("swagger")
    return version is not None and str(version.value) in ("2.0", "2")


def convert(root: Node, sources: Sources, diagnostics: Diagnostics) -> Node:
    """The document as OpenAPI 3.0.3; every node has the location of its source.

    Referenced files are converted too, and replaced in `sources`. Parts that OpenAPI 3.0 cannot
    express are warnings. The rules are those of the OpenAPI Initiative's upgrade notes, and
    otherwise those of swagger2openapi.
    """
    sources.converted(MOVED)
    return _Converter(root, sources, diagnostics, Files()).document()


class _Converter:
    def __init__(
        self, root: Node, sources: Sources, diagnostics: Diagnostics, files: Files
    ) -> None:
        self._root = root
        self._checks = Checks(diagnostics)
        self._references = References(
            root,
            sources,
            files,
            document=lambda node: _Converter(node, sources, diagnostics, files).document(),
            fragment=lambda node: self._schemas.fragment(node),
        )
        self._schemas = Schemas(self._references, root)
        self._parameters = Parameters(self._references, self._schemas, diagnostics)
        self._operations = Operations(root, self._references, self._schemas, self._parameters)

    def document(self) -> Node:
        root = self._root
        self._checks.document(root)
        version = root.get("swagger") or root
        entries: dict[str, Node] = {"openapi": scalar("3.0.3", version, "/openapi")}
        entries.update({key: child for key, child in root.items() if key not in _LEFT})
        node = servers.of_root(root)
        if node is not None and "servers" not in entries:
            entries["servers"] = node
        components = self._components()
        if components:
            entries["components"] = mapping(components, root, "/components")
        paths = root.get("paths")
        if paths is not None:
            entries["paths"] = self._operations.paths(paths) if paths.mapping is not None else paths
        self._references.finish()
        converted = mapping(entries, root, "")
        converted.keys["openapi"] = root.key_span("swagger")
        return converted

    def _components(self) -> dict[str, Node]:
        root = self._root
        components: dict[str, Node] = {}
        definitions = self._section("definitions")
        if definitions is not None:
            pointer = "/components/schemas"
            schemas = {
                name: self._schemas.convert(definition, step(pointer, name))
                for name, definition in definitions.items()
            }
            components["schemas"] = mapping(schemas, definitions, pointer)
        parameters = self._section("parameters")
        if parameters is not None:
            pointer = "/components/parameters"
            converted = {
                name: self._parameters.convert(parameter, step(pointer, name))
                for name, parameter in parameters.items()
                if str((parameter.get("in") or parameter).value) not in ("body", "formData")
            }
            components["parameters"] = mapping(converted, parameters, pointer)
        responses = self._section("responses")
        if responses is not None:
            pointer, produces = "/components/responses", texts(root.get("produces"))
            shared = {
                name: self._operations.response(response, produces, step(pointer, name))
                for name, response in responses.items()
            }
            components["responses"] = mapping(shared, responses, pointer)
        declared = self._section("securityDefinitions")
        if declared is not None:
            components["securitySchemes"] = security.schemes(declared)
        return components

    def _section(self, key: str) -> Node | None:
        """A mapping of the root; a value of another type is left out, with a warning of `Checks`."""
        node = self._root.get(key)
        return node if node is not None and node.mapping is not None else None
