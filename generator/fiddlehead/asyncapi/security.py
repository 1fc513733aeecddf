"""Converts security schemes and requirements to OpenAPI's form.

Both versions of AsyncAPI use other names for OpenAPI's schemes, and have requirements on servers
and operations instead of the whole API.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..openapi.document.context import Context, virtual
from ..source import Node

EXTENSIONS = {
    "x-fern-token": "x-fern-bearer",
    "x-fern-api-key": "x-fern-header",
    "x-fern-username": "x-fern-username-variable-name",
    "x-fern-password": "x-fern-password-variable-name",
}
"""Extensions that Fern names differently in AsyncAPI."""


def in_openapi(context: Context) -> Node:
    """The root with `components.securitySchemes` and `security` as in OpenAPI."""
    return _Schemes(context).root()


class _Schemes:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._schemes: dict[str, Node] = {}
        self._required: dict[str, Node] = {}

    def root(self) -> Node:
        context, root = self._context, self._context.root
        components = context.mapping(root, "components")
        if components is not None:
            for name, node in context.entries(components, "securitySchemes"):
                scheme = context.follow(node, "a security scheme")
                if scheme is not None:
                    self._add(name, scheme)
        for holder in self._holders():
            for requirement in context.elements(holder, "security"):
                self._requirement(requirement)
        schemes = virtual(root, self._schemes)
        entries = dict(components.mapping or {}) if components is not None else {}
        base = components if components is not None else root
        changed = {
            **(root.mapping or {}),
            "components": virtual(base, {**entries, "securitySchemes": schemes}),
        }
        if self._required:
            required = [*self._required.values()]
            changed["security"] = Node(required, root.span, root.file, root.pointer, {})
        return virtual(root, changed)

    def _holders(self) -> Iterator[Node]:
        """The elements that can have security requirements."""
        context, root = self._context, self._context.root
        for key in ("servers", "operations"):
            for _, node in context.entries(root, key):
                yield from self._with_traits(node)
        for _, node in context.entries(root, "channels"):
            channel = context.follow(node, "a channel")
            for action in ("publish", "subscribe"):
                operation = context.get(channel, action) if channel is not None else None
                if operation is not None:
                    yield from self._with_traits(operation)

    def _with_traits(self, node: Node) -> Iterator[Node]:
        resolved = self._context.follow(node, "an object")
        if resolved is None:
            return
        yield resolved
        for raw_node in self._context.elements(resolved, "traits"):
            trait = self._context.follow(raw_node, "a trait")
            if trait is not None:
                yield trait

    def _requirement(self, requirement: Node) -> None:
        """A scheme or a reference to one (version 3), or names with scopes (version 2)."""
        reference = requirement.get("$ref")
        if reference is not None:
            name = (reference.string or "").rpartition("/")[2]
            scheme = self._context.follow(requirement, "a security scheme")
            if scheme is not None and name not in self._schemes:
                self._add(name, scheme)
            self._require(requirement, name)
        elif requirement.get("type") is not None:
            known = next(
                (n for n, s in self._schemes.items() if _same(s, self._scheme(requirement))), None
            )
            name = known or self._name(requirement)
            if known is None:
                self._add(name, requirement)
            self._require(requirement, name)
        elif requirement.mapping is not None:
            self._required.setdefault(" ".join(sorted(requirement.mapping)), requirement)

    def _require(self, node: Node, name: str) -> None:
        scopes = Node([], node.span, node.file, node.pointer, {})
        self._required.setdefault(name, virtual(node, {name: scopes}, {name: node.span}))

    def _name(self, scheme: Node) -> str:
        """The id of an inline scheme."""
        words = [self._context.string(scheme, key) for key in ("scheme", "name", "type")]
        return next((word for word in words if word), "auth")

    def _add(self, name: str, scheme: Node) -> None:
        self._schemes[name] = self._scheme(scheme)

    def _scheme(self, scheme: Node) -> Node:
        entries = {EXTENSIONS.get(key, key): value for key, value in scheme.items()}
        written = scheme.get("type")
        scheme_type = written.string if written is not None else None
        if written is not None and scheme_type in ("httpApiKey", "userPassword"):
            text = "apiKey" if scheme_type == "httpApiKey" else "http"
            entries["type"] = Node(text, written.span, written.file, written.pointer, {})
        if written is not None and scheme_type == "userPassword":
            entries["scheme"] = Node("basic", written.span, written.file, written.pointer, {})
        return virtual(scheme, entries)


def _same(one: Node, other: Node) -> bool:
    return one.json() == other.json()
