"""One response of an operation."""

from __future__ import annotations

from ...frozen import dataclass
from ...source import Node
from ..document.context import Context, virtual
from ..document.keys import check_unknown_keys

_ANY = "*/*"


def is_unresolved(context: Context, node: Node | None) -> bool:
    """Whether a node is a reference to nothing."""
    return (
        node is not None and "$ref" in (node.mapping or {}) and not context.references.final(node)
    )


def unknown(node: Node) -> Node:
    """A response of which nothing is known, in place of a reference to nothing."""
    return virtual(node, {"content": virtual(node, {_ANY: virtual(node, {})})})


@dataclass(frozen=True, slots=True)
class Response:
    """A response, with the context for the names of its inline schemas."""

    status: str
    node: Node
    shared: str | None
    """The key in `components.responses`, if it is a reference."""
    is_default: bool = False
    """Whether it is the `default` response."""

    def contents(self, context: Context) -> list[tuple[str, Node]]:
        """The media types. One that cannot be resolved has no schema."""
        if is_unresolved(context, self.node.get("content")):
            return [(_ANY, virtual(self.node, {}))]
        contents: list[tuple[str, Node]] = []
        for media, content in context.entries(self.node, "content"):
            target = context.references.final(content)
            if target is None:
                contents.append((media, virtual(content, {})))
                continue
            if target.mapping is None and target.value is not None:
                context.is_mapping(target, "a media type")
                continue
            check_unknown_keys(context, target, "a media type")
            contents.append((media, target if target.mapping is not None else virtual(content, {})))
        return contents
