"""The interface of the schema converter for the modules that convert one kind of schema."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypedDict

from ... import ir
from ...diagnostics import Span
from ...frontend_kit.name_context import NameContext
from ...source import Node
from ..document.context import Context
from .queries import SchemaQueries
from .ref_names import TargetName
from .usage import Usage


class Common(TypedDict):
    """The attributes that all declarations share."""

    id: str
    name: ir.Name
    doc: str | None
    availability: ir.Availability | None
    examples: tuple[ir.Example, ...]
    span: Span


class Conversion(Protocol):
    """Converts nested schemas; implemented by `SchemaConverter`."""

    @property
    def context(self) -> Context: ...
    @property
    def schema_queries(self) -> SchemaQueries: ...
    @property
    def usage(self) -> Usage: ...

    def convert(self, node: Node, place: NameContext) -> ir.Type:
        """The type of a schema; types that need a class are declared at `place`."""
        ...

    def scalar(self, node: Node) -> ir.Type | None:
        """The type of a schema that only names a scalar type; None for any other schema."""
        ...

    def shape(self, node: Node, place: NameContext, id: str) -> ir.Type | ir.Declaration:
        """The result for a schema without null: a type, or a declaration that needs a name."""
        ...

    def target(self, target: Node) -> str:
        """The provisional id of the declaration of a reference's target."""
        ...

    def key(self, node: Node) -> str:
        """The reference to a schema from the root file, as `usage` has it."""
        ...

    def name(self, target: Node) -> TargetName:
        """The name of a reference's target."""
        ...

    def common(self, node: Node, id: str) -> Common:
        """The attributes that all declarations share."""
        ...

    def model(
        self,
        node: Node,
        id: str,
        fields: Iterable[ir.Field],
        extends: Iterable[ir.Ref] = (),
        extra: ir.Type | None = None,
    ) -> ir.Model: ...

    def is_declared(self, node: Node) -> bool:
        """Whether the target of a reference has a class."""
        ...
