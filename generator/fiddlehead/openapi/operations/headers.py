"""Arguments of the client for all operations: headers, query parameters, idempotency keys,
variables."""

from __future__ import annotations

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...frozen import replace
from ...source import Node
from ..document.context import Context
from ..schemas.converter import SchemaConverter
from ..schemas.fern_schemas import fern_type
from .parameter_values import client_default, example


def global_headers(context: Context, schemas: SchemaConverter) -> list[ir.Parameter]:
    """`x-fern-global-headers`, and the headers among `x-fern-global-parameters`."""
    parameters = [
        parameter
        for node in context.elements(context.root, "x-fern-global-headers")
        if (parameter := _header(context, schemas, node)) is not None
    ]
    return parameters + _global_parameters(context, schemas, "header")


def global_query(context: Context, schemas: SchemaConverter) -> list[ir.Parameter]:
    """The query parameters among `x-fern-global-parameters`."""
    return _global_parameters(context, schemas, "query")


def idempotency_headers(context: Context, schemas: SchemaConverter) -> list[ir.Parameter]:
    """The headers of idempotent operations. In Fern's packages, they are optional and named after
    the header."""
    parameters = [
        parameter
        for node in context.elements(context.root, "x-fern-idempotency-headers")
        if (parameter := _header(context, schemas, node)) is not None
    ]
    if context.settings.layout == "fern":
        return [replace(parameter, required=False, rename=None) for parameter in parameters]
    return parameters


def _header(context: Context, schemas: SchemaConverter, node: Node) -> ir.Parameter | None:
    if not context.is_mapping(node, "a global header"):
        return None
    header = context.string(node, "header")
    if not header:
        context.warning("missing-key", "a global header requires 'header'", node.span)
        return None
    written = node.get("type")
    type_: ir.Type = ir.Primitive("string", span=node.span)
    optional = bool(context.boolean(node, "optional"))
    if written is not None and written.value is not None:
        type_, is_optional = fern_type(schemas, written)
        optional = optional or is_optional
        type_ = type_.item if isinstance(type_, ir.Nullable) else type_
    default = _default(context, node)
    return ir.Parameter(
        header,
        "header",
        type_,
        required=not optional and default is None,
        doc=context.doc(node, "docs") or context.doc(node),
        rename=context.string(node, "name") or _without_prefix(header),
        client_default=default,
        style="simple",
        explode=False,
        env=context.string(node, "env") or context.string(node, "x-fern-env"),
        span=node.span,
    )


def _default(context: Context, node: Node) -> ir.Default | None:
    return client_default(context, node.get("x-fern-default") or node.get("default"))


def _without_prefix(header: str) -> str | None:
    return header[2:] if header.lower().startswith("x-") and len(header) > 2 else None


def _global_parameters(
    context: Context, schemas: SchemaConverter, location: str
) -> list[ir.Parameter]:
    """`x-fern-global-parameters`: a list of parameters, or a map of them by name."""
    holder = context.root.get("x-fern-global-parameters")
    if holder is None or holder.value is None:
        return []
    entries: list[tuple[str | None, Node]] = [*holder.items()]
    entries += [(None, element) for element in holder.elements()]
    result: list[ir.Parameter] = []
    for key, node in entries:
        if not context.is_mapping(node, "a global parameter"):
            continue
        name = context.string(node, "name") or key
        where = context.string(node, "in") or "header"
        if name is None:
            context.warning("missing-key", "a global parameter requires 'name'", node.span)
            continue
        if where not in ("header", "query"):
            if location == "header":
                context.warning(
                    "not-expressible",
                    f"the global parameter '{name}' is in the {where}; it is left out",
                    node.span,
                    "only headers and query parameters can be arguments of the client",
                )
            continue
        if where != location:
            continue
        schema = node.get("schema")
        type_ = schemas.convert(schema, NameContext((name,))) if schema is not None else None
        if type_ is None:
            written = node.get("type")
            type_ = ir.Primitive("string", span=node.span)
            if written is not None and written.string is not None:
                type_ = fern_type(schemas, written)[0]
        default = _default(context, node)
        required = context.boolean(node, "required")
        result.append(
            ir.Parameter(
                context.string(node, "wire-name") or name,
                "header" if where == "header" else "query",
                type_,
                required=bool(required) and default is None,
                doc=context.doc(node),
                rename=context.string(node, "x-fern-parameter-name")
                or (_without_prefix(name) if where == "header" else None),
                client_default=default,
                style="simple" if where == "header" else "form",
                explode=where != "header",
                example=example(context, node),
                env=context.string(node, "env") or context.string(node, "x-fern-env"),
                span=node.span,
            )
        )
    return result


def variables(context: Context, schemas: SchemaConverter) -> tuple[ir.Variable, ...]:
    """`x-fern-sdk-variables`: path parameters that are arguments of the client."""
    result: list[ir.Variable] = []
    for name, node in context.entries(context.root, "x-fern-sdk-variables"):
        if not context.is_mapping(node, "a variable"):
            continue
        result.append(
            ir.Variable(
                name,
                schemas.convert(node, NameContext((name,))),
                doc=context.doc(node),
                env=context.string(node, "x-fern-env") or context.string(node, "env"),
                span=node.span,
            )
        )
    return tuple(result)


def check_variables(
    context: Context, known: tuple[ir.Variable, ...], endpoints: list[ir.Endpoint]
) -> None:
    names = {variable.name for variable in known}
    for endpoint in endpoints:
        for parameter in endpoint.parameters:
            if parameter.variable is not None and parameter.variable not in names:
                context.warning(
                    "unresolved-reference",
                    f"unknown variable '{parameter.variable}'",
                    parameter.span,
                    "declare it in x-fern-sdk-variables",
                )


def version_header(context: Context) -> ir.VersionHeader | None:
    """`x-fern-version`: the header with the version of the API."""
    written = context.root.get("x-fern-version")
    if written is None or written.value is None:
        return None
    if not context.is_mapping(written, "'x-fern-version'"):
        return None
    node = written
    version = written.get("version")
    header = context.string(node, "header")
    if version is not None and version.mapping is not None:
        node = version
        header = header or context.string(node, "header")
    values = tuple(context.strings(node, "values"))
    if not header or not values:
        missing_key = "values" if header else "header"
        context.warning("missing-key", f"'x-fern-version' requires '{missing_key}'", written.span)
        return None
    default = context.string(node, "default")
    if default is not None and default not in values:
        context.warning(
            "bad-default",
            f"'{default}' is not one of the versions",
            (node.get("default") or node).span,
        )
        default = None
    return ir.VersionHeader(header, values, default, span=written.span)
