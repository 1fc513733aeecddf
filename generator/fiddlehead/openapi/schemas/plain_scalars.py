"""Schemas that only name a scalar type: most properties of most descriptions.

They need none of the checks of other schemas, and most of them are equal.
"""

from __future__ import annotations

from ... import ir
from ...source import Node
from ..document.context import Context
from . import scalars
from .nulls import check_keyword

PLAIN = frozenset(["type", "format", "nullable", "title", "description", "example", "examples"])
"""The keys of such a schema: its type and annotations."""

_TYPES = ("string", "integer", "number", "boolean")


class PlainScalars:
    """The types of plain scalar schemas, by `type` and `format`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[tuple[str, str], ir.Primitive] = {}

    def of(self, node: Node) -> ir.Primitive | ir.Nullable | None:
        """The type of a schema; None if it is anything else than a plain scalar."""
        value = node.value
        if not isinstance(value, dict) or not value.keys() <= PLAIN or "type" not in value:
            return None
        type_, format_, nullable = value["type"].value, "", None
        if "format" in value:
            written = value["format"].value
            # A value of type `json-string` is JSON.
            if not isinstance(written, str) or written == "json-string":
                return None
            format_ = written
        if "nullable" in value:
            nullable = value["nullable"].value
            if not isinstance(nullable, bool):
                return None
            if nullable:
                check_keyword(self._context, value["nullable"])
        if not isinstance(type_, str) or type_ not in _TYPES:
            return None
        known = self._known.get((type_, format_))
        if known is None:
            known = scalars.primitive(self._context, node, type_)
            self._known[type_, format_] = known
        primitive = ir.Primitive(known.kind, known.constraints, span=node.span)
        return ir.Nullable(primitive, span=node.span) if nullable else primitive
