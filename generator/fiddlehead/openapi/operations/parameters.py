"""Reads parameters of operations: resolves them, with their styles."""

from __future__ import annotations

import re

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...frontend_kit.node_reader import LEFT_OUT
from ...frozen import replace
from ...source import Node
from ..document.context import Context, virtual
from ..document.extensions import availability, is_for_audience, is_ignored
from ..document.keys import check_keys, check_unknown_keys
from ..schemas import scalars
from ..schemas.converter import SchemaConverter
from . import path_parameters
from .groups import Operation
from .parameter_styles import STYLES, allows_reserved, schema_and_style
from .parameter_values import client_default, example, schema_example
from .query_unions import is_only_list, query_type

_IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})
"""Header parameters that must be ignored according to OpenAPI 3.1, section 4.8.12.2.1."""

_FORM = "application/x-www-form-urlencoded"

_SYMBOLS = {
    "<=": "LessThanOrEqualTo",
    ">=": "GreaterThanOrEqualTo",
    "<": "LessThan",
    ">": "GreaterThan",
    "!": "Not",
}


class ParameterReader:
    """Reads the parameters of operations. Those of the components that do not depend on the operation
    are read once."""

    def __init__(self, context: Context, schemas: SchemaConverter) -> None:
        self._context = context
        self._schemas = schemas
        self._shared: dict[int, tuple[Node, ir.Parameter | None]] = {}
        """Parameters of the components, by the id of their node."""

    def read(self, operation: Operation, place: NameContext) -> list[ir.Parameter]:
        """The parameters of an operation, including those of its path, in the order of the settings."""
        context = self._context
        result: dict[tuple[str, str], ir.Parameter] = {}
        for holder in (operation.item, operation.node):
            seen: set[tuple[str, str]] = set()
            for raw_node in context.elements(holder, "parameters"):
                node = context.follow(raw_node, "a parameter")
                if node is None or is_ignored(context, node):
                    continue
                if context.settings.layout != "fern" and not is_for_audience(context, node):
                    continue
                is_shared = node is not raw_node
                parameters = (
                    self._query_string(node, place)
                    if context.string(node, "in") == "querystring"
                    else [self._read(node, place, is_shared)]
                )
                for parameter in parameters:
                    if parameter is not None:
                        _add(context, parameter, raw_node, seen, result)
        return path_parameters.check(context, operation, list(result.values()))

    def _query_string(self, node: Node, place: NameContext) -> list[ir.Parameter]:
        """A parameter that is the whole query string (OpenAPI 3.2, section 4.12.1): each property of a
        form is a query parameter; for other media types it is one argument."""
        context = self._context
        check_keys(context, node, "a parameter")
        name = context.string(node, "name") or "query"
        offered = dict(context.entries(node, "content"))
        media = _FORM if _FORM in offered else next(iter(offered), None)
        content = context.references.final(offered[media]) if media is not None else None
        if media is None or content is None:
            context.warning(
                "bad-parameter",
                f"'{name}' is the whole query string but has no content{LEFT_OUT}",
                node.span,
                "describe it: content: {application/x-www-form-urlencoded: {schema: …}}",
            )
            return []
        schema = content.get("schema")
        if media != _FORM:
            return [self._whole_query(node, name, media, schema, place)]
        model = self._schemas.schema_queries.model(schema) if schema is not None else None
        if model is None:
            # The entries of a map, as for an object with style form.
            return [self._typed(virtual(node, _keywords(node, schema)), name, "query", place)]
        encoding = dict(context.entries(content, "encoding"))
        result: list[ir.Parameter] = []
        for key, prop in self._schemas.schema_queries.properties(model).items():
            entries = {"schema": prop.node}
            entries |= {
                setting: value
                for setting, value in (encoding[key].items() if key in encoding else ())
                if setting in ("style", "explode", "allowReserved")
            }
            if prop.required and context.boolean(node, "required"):
                entries["required"] = Node(True, node.span, node.file, node.pointer, {})
            inner = Node(entries, prop.node.span, prop.node.file, prop.node.pointer, {})
            result.append(self._typed(inner, key, "query", place))
        return result

    def _whole_query(
        self,
        node: Node,
        name: str,
        media: str,
        schema: Node | None,
        place: NameContext,
    ) -> ir.Parameter:
        parameter = self._typed(virtual(node, _keywords(node, None)), name, "query", place)
        type_: ir.Type = ir.Primitive("string", span=node.span)
        if schema is not None:
            type_ = self._schemas.convert(schema, place.add(name, "Parameter"))
        is_json = bool(re.search(r"[/+]json\b", media))
        return replace(parameter, type=type_, style="query-json" if is_json else "query-text")

    def _read(self, node: Node, place: NameContext, is_shared: bool) -> ir.Parameter | None:
        schema = node.get("schema")
        # Any other type can have names that begin with the operation.
        if not is_shared or schema is None or self._schemas.scalar(schema) is None:
            return self._described(node, place)
        if id(node) not in self._shared:
            self._shared[id(node)] = (node, self._described(node, place))
        return self._shared[id(node)][1]

    def _described(self, node: Node, place: NameContext) -> ir.Parameter | None:
        context = self._context
        check_keys(context, node, "a parameter")
        name = context.string(node, "name")
        written = context.string(node, "in")
        if name is None or written is None:
            missing_key = "name" if name is None else "in"
            context.warning(
                "bad-parameter", f"a parameter has no '{missing_key}'{LEFT_OUT}", node.span
            )
            return None
        if written not in STYLES:
            context.warning(
                "bad-parameter",
                f"the parameter '{name}' is in '{written}'{LEFT_OUT}",
                (node.get("in") or node).span,
                (
                    "since OpenAPI 3.0, a body is a requestBody"
                    if written in ("body", "formData")
                    else f"write one of {context.terms.parameter_places}"
                ),
            )
            return None
        location = written
        if location == "header" and name.lower() in _IGNORED_HEADERS:
            return None
        return self._typed(node, name, location, place)

    def _typed(
        self,
        node: Node,
        name: str,
        location: ir.Location,
        place: NameContext,
    ) -> ir.Parameter:
        context = self._context
        schema, style, explode = schema_and_style(context, node, location)
        required = bool(context.boolean(node, "required"))
        is_query = location == "query" and style != "json"
        inner = place.add(name, "Parameter")
        type_: ir.Type
        if schema is None:
            type_ = ir.Primitive("string", span=node.span)
        elif is_query:
            type_ = query_type(context, self._schemas, schema, inner, required)
        else:
            type_ = self._schemas.convert(schema, inner)
        if schema is not None:
            self._check_content(node, name, style)
        reserved = allows_reserved(context, node, name, location)
        value = type_.item if isinstance(type_, ir.Nullable) else type_
        nullable = isinstance(type_, ir.Nullable) and style != "json"
        listed = (
            value if is_query and isinstance(value, ir.ListOf) and not value.positions else None
        )
        if listed is not None and nullable and is_only_list(context, required):
            listed = None
        if listed is not None:
            # A single value and a list with one value are sent in the same way.
            type_ = listed.item
            required = required and context.settings.layout != "fern"
        elif nullable and not (location == "path" and context.settings.layout == "fern"):
            # URLs and headers have no null: null means that the parameter is omitted.
            type_, required = value, False
        sent = client_default(context, node.get("x-fern-default"))
        holder = schema if schema is not None and schema.mapping is not None else node
        if schema is not None:
            scalars.check_default(context, holder, value)
        return ir.Parameter(
            name,
            location,
            type_,
            required and sent is None,
            doc=context.doc(node) or (context.doc(holder) if holder is not node else None),
            rename=context.string(node, "x-fern-parameter-name") or _rename(name, location),
            default=scalars.default(context, holder),
            client_default=sent,
            style=style,
            explode=explode,
            allow_multiple=listed is not None,
            constraints=listed.constraints if listed is not None else None,
            assertions=listed.assertions if listed is not None else (),
            nullable=nullable,
            allow_reserved=reserved,
            availability=availability(context, node),
            example=example(context, node)
            or (schema_example(holder) if schema is not None else None),
            variable=context.string(node, "x-fern-sdk-variable"),
            env=context.string(node, "x-fern-env"),
            span=node.span,
        )

    def _check_content(self, node: Node, name: str, style: ir.ParameterStyle) -> None:
        """Warn about an array or an object in a media type that the client cannot write."""
        context = self._context
        for media, child in context.entries(node, "content"):
            if context.is_mapping(child, "a media type"):
                check_unknown_keys(context, child, "a media type")
            schema = child.get("schema")
            final = self._schemas.schema_queries.final(schema) if schema is not None else None
            if style == "json" or final is None:
                return
            if "items" in (final.mapping or {}) or self._schemas.schema_queries.is_object(final):
                context.warning(
                    "not-expressible",
                    f"'{name}' is sent in the style '{style}', not as {media}",
                    (node.get("content") or node).key_span(media),
                    "describe it as a string, and pass the text",
                )
            return


def _add(
    context: Context,
    parameter: ir.Parameter,
    node: Node,
    seen: set[tuple[str, str]],
    parameters: dict[tuple[str, str], ir.Parameter],
) -> None:
    """Add a parameter to a list, unless `seen` already has it."""
    # Names of headers are not case-sensitive (RFC 9110, section 5.1).
    is_header = parameter.location == "header"
    key = (parameter.location, parameter.name.lower() if is_header else parameter.name)
    if key in seen:
        context.warning(
            "duplicate-parameter",
            f"the {parameter.location} parameter '{parameter.name}' is declared twice; "
            "the first is used",
            node.span,
            "remove one of them",
        )
        return
    seen.add(key)
    parameters[key] = parameter


def _keywords(node: Node, schema: Node | None) -> dict[str, Node]:
    """The entries of a parameter with a schema instead of its content."""
    keywords = {key: value for key, value in node.items() if key not in ("content", "in")}
    return keywords if schema is None else {**keywords, "schema": schema}


def _rename(name: str, location: ir.Location) -> str | None:
    """The argument name of a parameter, if the wire name is not suitable.

    Headers lose their `X-`, as in Fern. Twilio's `DateSent<` and `DateSent>` would have the same
    name.
    """
    if location == "header" and re.match(r"[Xx]-[A-Za-z]", name):
        return name[2:]
    if name.endswith(("<", ">", "<=", ">=", "!")):
        return re.sub(r"(<=|>=|<|>|!)$", lambda match: " " + _SYMBOLS[match[1]], name)
    return None
