"""Typed access to the nodes of an OpenAPI description, which never raises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...config import ImporterSettings, Settings
from ...diagnostics import Diagnostics, Span
from ...frontend_kit.node_reader import NodeReader
from ...source import Node, Sources
from .references import References
from .terms import OPENAPI, SWAGGER, Terms

_OBJECTS = ("paths", "flows")
"""Objects that allow specification extensions and whose other keys are names."""

_REFERABLE = frozenset(
    [
        "channels",
        "components",
        "content",
        "headers",
        "info",
        "messages",
        "operations",
        "parameters",
        "paths",
        "requestBodies",
        "responses",
        "schemas",
        "securitySchemes",
        "servers",
        "tags",
    ]
)
"""Groups of objects that large descriptions move to separate files with `$ref`, although OpenAPI
and AsyncAPI allow no reference there."""

_REFERENCES = frozenset(
    [
        "a callback",
        "a header",
        "a link",
        "a parameter",
        "a request body",
        "a response",
        "a security scheme",
        "an example",
    ]
)
"""Objects that may be Reference Objects, which have only annotations next to `$ref`."""

_TEXTS = ("mapping", "scopes")
"""Mappings whose values are strings."""


@dataclass
class Context(NodeReader):
    """The settings, the sources and the diagnostics of one run, and the root of the description."""

    settings: Settings
    sources: Sources
    diagnostics: Diagnostics
    root: Node
    references: References = field(init=False)
    event_data: frozenset[tuple[Path, str]] = frozenset()
    """The places of the schemas of the data of events that are described with their fields."""

    def __post_init__(self) -> None:
        self.references = References(self.sources, self.diagnostics)

    @property
    def terms(self) -> Terms:
        """The words of messages about this description."""
        return SWAGGER if self.sources.is_converted else OPENAPI

    @property
    def version(self) -> str:
        """The version of OpenAPI, such as `3.1`; that of Swagger 2.0 is `3.0`, which it is converted
        to. Empty for schemas of other formats."""
        version = self.root.get("openapi")
        return str(version.value)[:3] if version is not None else ""

    @property
    def format(self) -> str:
        """The name of the format of the description."""
        return "AsyncAPI" if self.root.get("asyncapi") is not None else "OpenAPI"

    @property
    def importer(self) -> ImporterSettings:
        return self.settings.importer

    def get(self, node: Node, key: str) -> Node | None:
        """The value of a key, or None if it is missing or null.

        A reference in place of a group of objects is resolved, with a warning.
        """
        value = node.value
        child = value.get(key) if isinstance(value, dict) else None
        if child is None or child.value is None:
            return None
        if key not in _REFERABLE or child.get("$ref") is None:
            return child
        self.warning(
            "misplaced-reference",
            f"{self.format} allows no '$ref' for '{key}'; it is resolved anyway",
            (child.get("$ref") or child).span,
        )
        target = self.references.final(child)
        return target if target is not None and target.value is not None else None

    def entries(self, node: Node, key: str) -> Iterator[tuple[str, Node]]:
        """The entries of the mapping under a key, without specification extensions.

        In `paths` and `flows`, keys with `x-` are extensions. Elsewhere keys are names, and
        `x-api-key` is a normal name; null values are left out.
        """
        child = self.mapping(node, key)
        for name, value in child.items() if child is not None else ():
            extension = name.startswith("x-")
            if extension and key not in _TEXTS and (key in _OBJECTS or value.mapping is None):
                continue
            yield name, value

    # --- references -----------------------------------------------------------------------

    def follow(self, node: Node, what: str) -> Node | None:
        """The object that a node is or references; None if the reference cannot be resolved or its
        target is not a mapping."""
        target = self.references.follow(node)
        if target is None or not self.is_mapping(target, what):
            return None
        if target is not node and what in _REFERENCES:
            self._check_siblings(node)
        return target

    def _check_siblings(self, node: Node) -> None:
        """Warn about keys next to a `$ref`, which are ignored (OpenAPI 3.1, section 4.8.23)."""
        for key, _ in node.items():
            if key not in ("$ref", "description", "summary") and not key.startswith("x-"):
                message = f"{self.format} ignores keys next to '$ref': {key}"
                self.warning("not-expressible", message, node.key_span(key))


def virtual(
    base: Node, entries: Mapping[str, Node], keys: Mapping[str, Span] | None = None
) -> Node:
    """A mapping that is not in a file, such as a merged `allOf`, with the location of `base`."""
    return _Virtual(dict(entries), base, keys)


class _Virtual(Node):
    """A mapping with the location of another one, which is computed on first use."""

    __slots__ = ("_base", "_more_keys")

    def __init__(
        self, entries: dict[str, Node], base: Node, keys: Mapping[str, Span] | None
    ) -> None:
        super().__init__(entries, None, base.file, base.pointer, None)
        self._base = base
        self._more_keys = keys

    def _find_span(self) -> Span:
        return self._base.span

    def _find_keys(self) -> dict[str, Span]:
        return {**self._base.keys, **(self._more_keys or {})}
