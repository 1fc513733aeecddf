"""Results of reading a whole description, kept for reading parts of it later."""

from __future__ import annotations

from dataclasses import dataclass, field

from .. import ir
from ..recording import Reads
from ..source import Node
from . import response_contents, scalars
from .context import Context
from .extensions import is_for_audience
from .schema_converter import SchemaConverter
from .usage import Usage


@dataclass
class Notes:
    """What a run over a whole description found out, and what depends on what in it.

    Attributes:
        usage: Who refers to what.
        bodies: The references to components that have no class.
        final: The final id of each declaration by its provisional one.
        shared: The provisional ids of declarations whose name another one wanted, too.
        altered: The final ids of what `integrity` replaced.
        reads: Which components each was read with.
        seen: Which components say what others see of one, besides itself.
        styled: The final ids of what warnings about styles depend on.
    """

    usage: Usage = field(default_factory=Usage)
    bodies: frozenset[str] = frozenset()
    final: dict[str, str] = field(default_factory=dict[str, str])
    shared: set[str] = field(default_factory=set[str])
    altered: set[str] = field(default_factory=set[str])
    reads: Reads = field(default_factory=Reads)
    seen: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    styled: set[str] = field(default_factory=set[str])

    def record_reference_inputs(self, context: Context, schemas: SchemaConverter) -> None:
        """Records what the properties of a component that references use depend on."""
        holder = context.mapping(context.root, "components")
        for name, node in context.entries(holder, "schemas") if holder else ():
            with self.reads.apart() as found:
                reference_inputs(schemas, node)
            if found:
                self.seen[name] = found


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
        schemas.is_nullable(node),
        response_contents.is_file(context, node),
        response_contents.has_no_structure(context, content),
        # True, 1 and 1.0 are three defaults.
        repr(default),
    )


def altered(before: ir.Api, after: ir.Api) -> set[str]:
    """The ids of the declarations that are another thing in the second of two APIs."""
    return {id_ for id_, each in before.declarations.items() if after.declarations[id_] is not each}
