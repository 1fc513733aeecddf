"""Attributes of the class or alias of every declaration: documentation, old names, and source."""

from __future__ import annotations

from typing import TypedDict

from ... import ir
from ...diagnostics import Span
from .. import docs
from ..context import deprecation
from ..locations.placement import TypeLocation


class Declared(TypedDict):
    """Keyword arguments of each `package.TypeDef`."""

    doc: str | None
    deprecated: str | None
    old_names: tuple[str, ...]
    key: str
    id: str
    span: Span


def documentation(declaration: ir.Declaration) -> str | None:
    """The documentation of a declaration, with a note if it is deprecated."""
    return docs.with_note(declaration.doc, deprecation(declaration.availability)) or None


def declared(declaration: ir.Declaration, type_location: TypeLocation) -> Declared:
    """The attributes that a definition takes from its declaration and its location."""
    return Declared(
        doc=documentation(declaration),
        deprecated=deprecation(declaration.availability),
        old_names=type_location.old_names,
        key=type_location.key,
        id=declaration.id,
        span=declaration.span,
    )
