"""What every module of the OpenAPI frontend reads nodes with: typed access that never raises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..config import ImporterSettings, Settings
from ..diagnostics import Diagnostics, Span
from ..node_values import kind
from ..source import Node, Sources
from .references import References

_OBJECTS = ("paths", "flows")
"""Objects that OpenAPI lets be extended, and whose other keys are names."""

_REFERABLE = frozenset(
    [
        "components",
        "content",
        "headers",
        "info",
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
"""Groups of objects that descriptions of many files keep in a file of their own by `$ref`, although
OpenAPI has no reference there."""

LEFT_OUT = "; it is left out"

_TEXTS = ("mapping", "scopes")
"""Mappings whose values are texts."""


@dataclass
class Context:
    """The settings, the sources and the diagnostics of one run, and the root of the description."""

    settings: Settings
    sources: Sources
    diagnostics: Diagnostics
    root: Node
    references: References = field(init=False)

    def __post_init__(self) -> None:
        self.references = References(self.sources, self.diagnostics)

    @property
    def importer(self) -> ImporterSettings:
        return self.settings.importer

    # --- values by key: null counts as absent; so does a value of another type, with a warning ---

    def string(self, node: Node, key: str) -> str | None:
        """The text under a key. Numbers and booleans are taken as they are written in JSON:
        YAML gives them where an author forgot the quotes (`version: 1.0`)."""
        child = node.get(key)
        if child is None or child.value is None:
            return None
        if isinstance(child.value, str):
            return child.value
        if isinstance(child.value, bool):
            return "true" if child.value else "false"
        if isinstance(child.value, (int, float)):
            return str(child.value)
        self._wrong(key, child, "a string")
        return None

    def doc(self, node: Node, key: str = "description") -> str | None:
        """Documentation as it is written, without trailing space; None where it is empty."""
        text = self.string(node, key)
        text = text.rstrip() if text is not None else ""
        return text or None

    def boolean(self, node: Node, key: str) -> bool | None:
        child = node.get(key)
        if child is None or child.value is None:
            return None
        if isinstance(child.value, bool):
            return child.value
        # `required: "true"` is in the wild, and means only one thing.
        if isinstance(child.value, str) and child.value.lower() in ("true", "false"):
            return child.value.lower() == "true"
        self._wrong(key, child, "true or false")
        return None

    def number(self, node: Node, key: str) -> float | None:
        child = node.get(key)
        if child is None or child.value is None:
            return None
        if isinstance(child.value, (int, float)) and not isinstance(child.value, bool):
            return child.value
        self._wrong(key, child, "a number")
        return None

    def integer(self, node: Node, key: str) -> int | None:
        value = self.number(node, key)
        if value is None:
            return None
        if isinstance(value, int):
            return value
        if value.is_integer():
            return int(value)
        self._wrong(key, node.get(key) or node, "a whole number")
        return None

    def mapping(self, node: Node, key: str) -> Node | None:
        child = node.get(key)
        if child is not None and key in _REFERABLE and child.get("$ref") is not None:
            child = self._elsewhere(child, key)
        if child is None or child.value is None:
            return None
        if child.mapping is not None:
            return child
        self._wrong(key, child, "a mapping")
        return None

    def _elsewhere(self, node: Node, key: str) -> Node | None:
        """What a reference in place of a group of objects leads to."""
        self.warning(
            "misplaced-reference",
            f"OpenAPI has no reference in place of '{key}'; it is followed",
            (node.get("$ref") or node).span,
        )
        return self.references.final(node)

    def elements(self, node: Node, key: str) -> list[Node]:
        """The elements of the list under a key."""
        child = node.get(key)
        if child is not None and key in _REFERABLE and child.get("$ref") is not None:
            child = self._elsewhere(child, key)
        if child is None or child.value is None:
            return []
        if child.list is not None:
            return child.list
        self._wrong(key, child, "a list")
        return []

    def strings(self, node: Node, key: str) -> list[str]:
        """The texts of a list; one text alone counts as a list of one."""
        child = node.get(key)
        if child is None or child.value is None:
            return []
        if isinstance(child.value, str):
            return [child.value]
        found: list[str] = []
        for element in self.elements(node, key):
            if isinstance(element.value, str):
                found.append(element.value)
            elif isinstance(element.value, (int, float)):
                found.append(str(element.value))
            else:
                self._wrong(key, element, "a list of strings")
        return found

    def entries(self, node: Node, key: str) -> Iterator[tuple[str, Node]]:
        """The entries of the mapping under a key, without specification extensions.

        `paths` and `flows` are objects, whose keys with `x-` are extensions. Elsewhere keys are
        names, and `x-api-key` is one like any other; what says nothing there is left out.
        """
        child = self.mapping(node, key)
        for name, value in child.items() if child is not None else ():
            extension = name.startswith("x-")
            if extension and key not in _TEXTS and (key in _OBJECTS or value.mapping is None):
                continue
            yield name, value

    def is_mapping(self, node: Node, what: str) -> bool:
        """Whether a node is a mapping; a warning says that `what` has to be one."""
        if node.mapping is not None:
            return True
        self.warning(
            "wrong-type", f"expected a mapping for {what}, found {kind(node)}{LEFT_OUT}", node.span
        )
        return False

    def _wrong(self, key: str, node: Node, expected: str) -> None:
        self.warning(
            "wrong-type",
            f"expected {expected} for '{key}', found {kind(node)}{LEFT_OUT}",
            node.span,
        )

    # --- problems -------------------------------------------------------------------------

    def warning(self, code: str, message: str, span: Span, hint: str | None = None) -> None:
        self.diagnostics.warning(code, message, span, hint=hint)

    # --- references -----------------------------------------------------------------------

    def follow(self, node: Node, what: str) -> Node | None:
        """The object that a node is, or that its `$ref` leads to; None where it leads nowhere
        or to something that is no mapping."""
        target = self.references.follow(node)
        if target is None or not self.is_mapping(target, what):
            return None
        return target


def virtual(
    base: Node, entries: Mapping[str, Node], keys: Mapping[str, Span] | None = None
) -> Node:
    """A mapping that stands nowhere as a whole, such as a merged `allOf`, at the place of `base`."""
    return Node(dict(entries), base.span, base.file, base.pointer, {**base.keys, **(keys or {})})
