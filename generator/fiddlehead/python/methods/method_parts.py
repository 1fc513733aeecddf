"""The parts of a method: its arguments, and how its call uses them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ... import ir
from ...frozen import replace
from ...literals import literal
from ...naming import Named
from ...package import Argument, Keyword, Location
from ...typing_ import Type
from ..context import Context, deprecation, in_body
from ..locations.namespace import Namespace
from ..types import typed_dicts


@dataclass
class Parts:
    """The arguments of a method, and the keywords of its call in the order in which they are
    printed."""

    positional: list[Argument] = field(default_factory=list[Argument])
    keywords: list[Argument] = field(default_factory=list[Argument])
    calls: dict[str, Keyword] = field(default_factory=dict[str, Keyword])

    def put(self, keyword: str, wire: str, expression: str) -> None:
        """Add an entry to a keyword whose value is a dict."""
        before = self.calls.get(keyword, Keyword(keyword))
        entries = (*before.entries, (literal(wire), expression))
        self.calls[keyword] = replace(before, entries=entries)

    def set(self, keyword: str, expression: str) -> None:
        self.calls[keyword] = Keyword(keyword, expression)

    @property
    def arguments(self) -> tuple[Argument, ...]:
        # In Python, arguments without a default come first.
        ordered = sorted(self.positional, key=lambda argument: not argument.required)
        return (*ordered, *self.keywords)


class ArgumentBuilder:
    """Builds the arguments of one method."""

    def __init__(
        self,
        context: Context,
        namespace: Namespace,
        endpoint: ir.Endpoint,
        named: dict[tuple[str, str], Named],
    ) -> None:
        """`named` are the names by location and wire name."""
        self.context = context
        self.namespace = namespace
        self.endpoint = endpoint
        self._named = named

    def sent_value(self, type_: ir.Type, name: str) -> str:
        """The expression that is sent for an argument; keys of a dict may have to be renamed for
        the wire."""
        if not typed_dicts.needs_names(self.context, type_):
            return name
        result = self.namespace.core("params", "by_name")
        return f"{result}({in_body(type_, self.namespace)}, {name})"

    def annotation(self, type_: ir.Type | Type, *, none: bool = False) -> Type:
        """The annotation of an argument; a TypedDict instead of a model, if the settings enable
        it."""
        dicts = self.context.settings.python.use_typeddict_requests
        if dicts and not isinstance(type_, Type):
            type_ = typed_dicts.of(self.context, type_)
        return self.namespace.annotation(type_, argument=True, none=none)

    def argument(
        self,
        declared: ir.Parameter | ir.Field,
        location: Location,
        kind: Literal["positional", "keyword"],
        annotation: Type,
        default: str | None,
    ) -> Argument:
        """The argument for an element of the description."""
        named = self._named[location, declared.name]
        return Argument(
            name=named.name,
            wire=declared.name,
            location=location,
            kind=kind,
            annotation=annotation,
            default=default,
            doc=declared.doc,
            server_default=constant_text(declared.default.value) if declared.default else None,
            deprecated=deprecation(declared.availability),
            old_names=named.old_names,
            key=named.key,
            span=declared.span,
        )


def fixed_value(endpoint: ir.Endpoint, declared: ir.Field) -> ir.Literal | None:
    """The only value of a field: a required constant, or one that requests the stream that the
    method reads (`stream: {const: true, default: true}`)."""
    if not isinstance(declared.type, ir.Literal):
        return None
    default = declared.default.value if declared.default is not None else None
    asks = endpoint.streaming is not None and declared.type.value is True is default
    return declared.type if declared.required or asks else None


def constant_text(value: ir.Json) -> str | None:
    """A scalar as a Python literal; None if it is not a constant."""
    if value is None or isinstance(value, str | int | float):
        return literal(value)
    return None
