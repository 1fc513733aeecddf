"""Recorded results of reading a whole description, for reading parts of it later."""

from __future__ import annotations

from dataclasses import dataclass, field

from .. import ir
from ..recording import Reads
from ..source import Node
from .document.context import Context
from .document.extensions import is_for_audience
from .operations import response_contents
from .schemas import scalars
from .schemas.converter import SchemaConverter
from .schemas.nullability import is_nullable
from .schemas.usage import Usage


@dataclass
class Notes:
    """The results of a run over a whole description, and their dependencies.

    Attributes:
        usage: The references to each component.
        bodies: The references to components that have no class.
        final: The final id of each declaration by its provisional one.
        shared: The provisional ids of declarations with a contested name.
        altered: The final ids of declarations that `integrity` replaced.
        reads: The components that were read for each component.
        seen: For each component, the other components that determine what references to it use.
        styled: The final ids of declarations that warnings about styles depend on.
        subclasses: The components that inherit from a schema with a discriminator.
    """

    usage: Usage = field(default_factory=Usage)
    bodies: frozenset[str] = frozenset()
    final: dict[str, str] = field(default_factory=dict[str, str])
    shared: set[str] = field(default_factory=set[str])
    altered: set[str] = field(default_factory=set[str])
    reads: Reads = field(default_factory=Reads)
    seen: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    styled: set[str] = field(default_factory=set[str])
    subclasses: set[str] = field(default_factory=set[str])

    def record_reference_inputs(self, context: Context, schemas: SchemaConverter) -> None:
        """Record what the properties of a component that references use depend on."""
        holder = context.mapping(context.root, "components")
        for name, node in context.entries(holder, "schemas") if holder else ():
            with self.reads.apart() as components:
                reference_inputs(schemas, node)
            if components:
                self.seen[name] = components


def reference_inputs(schemas: SchemaConverter, node: Node) -> tuple[object, ...]:
    """The properties of a component that references to it use, besides its name."""
    context = schemas.context
    final = context.references.final(node)
    if final is None or final.mapping is None:
        return (final is not None and isinstance(final.value, bool),)
    content = Node({"schema": node}, node.span, node.file, node.pointer, {})
    default = scalars.default(context, node)
    return (
        is_for_audience(context, final),
        is_nullable(context, schemas.schema_queries, node),
        response_contents.is_file(context, node),
        response_contents.has_no_structure(context, content),
        # True, 1 and 1.0 are three defaults.
        repr(default),
    )


def altered(before: ir.Api, after: ir.Api) -> set[str]:
    """The ids of the declarations that differ between two APIs."""
    return {
        id_
        for id_, declaration in before.declarations.items()
        if after.declarations[id_] is not declaration
    }
