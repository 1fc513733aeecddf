"""Paginated methods: the item type, and how the next page is requested."""

from __future__ import annotations

from ... import ir, queries
from ...literals import literal
from ...package import Keyword
from ...typing_.types import Type, core, generic
from ..context import Context, in_body
from ..locations.namespace import Namespace
from . import custom_pagers
from .method_parts import Parts


def response(
    context: Context,
    namespace: Namespace,
    endpoint: ir.Endpoint,
    pagination: ir.Pagination,
    parts: Parts,
) -> tuple[tuple[str, ...], Type, Type, tuple[Keyword, ...]] | None:
    """The first argument, annotations and keywords of a call with pagination; None, with a warning,
    if the description is incomplete."""
    type_ = endpoint.result.type
    if type_ is None or endpoint.result.kind != "json":
        _refused(context, pagination, "the response is not JSON")
        return None
    results = queries.property_type(context.api, type_, pagination.results)
    items = queries.resolved_non_null(context.api, results) if results is not None else None
    if not isinstance(items, ir.ListOf):
        _refused(context, pagination, f"'{'.'.join(pagination.results)}' is not a list")
        return None
    pages = (context.types.type_of(items.item), context.types.type_of(type_))
    keywords = _kind(context, pagination, parts) if pagination.kind != "custom" else ()
    if keywords is None:
        return None
    if pagination.kind == "custom":
        classes = [core("custom_pagination", name) for name in custom_pagers.names(context)]
        both = [namespace.annotation(generic(class_, *pages)) for class_ in classes]
        return (in_body(type_, namespace),), both[0], both[1], ()
    arguments = pages if context.settings.python.pager_has_page_type else pages[:1]
    sync = namespace.annotation(generic(core("pagination", "SyncPager"), *arguments))
    asynchronous = namespace.annotation(generic(core("pagination", "AsyncPager"), *arguments))
    first = Keyword("results", literal(".".join(pagination.results)))
    types = (in_body(items.item, namespace), in_body(type_, namespace))
    return types, sync, asynchronous, (first, *keywords)


def _kind(context: Context, pagination: ir.Pagination, parts: Parts) -> tuple[Keyword, ...] | None:
    following = literal(".".join(pagination.next))
    if pagination.kind == "uri":
        return (Keyword("next_uri", following),)
    if pagination.kind == "path":
        return (Keyword("next_path", following),)
    argument = ".".join(pagination.parameter)
    arguments = (*parts.positional, *parts.keywords)
    if not any(
        argument.wire == pagination.parameter[:1][0]
        for argument in arguments
        if pagination.parameter
    ):
        _refused(context, pagination, f"the request has no '{argument}'")
        return None
    place = literal(f"{_IN[pagination.parameter_in]}.{argument}")
    if pagination.kind == "cursor":
        return (Keyword("cursor", f"({place}, {following})"),)
    keywords = [Keyword("offset", place)]
    default = _number([item.server_default for item in arguments if item.wire == argument])
    # In Fern's clients, an offset without `step` counts pages, whatever its name.
    counts_items = pagination.step or (not context.fern and queries.is_item_offset(pagination))
    by_item = counts_items and context.settings.python.offset_semantics == "item-index"
    if not by_item:
        keywords.append(Keyword("unit", literal("page")))
    elif pagination.step:
        step = ".".join(pagination.step)
        keywords.append(Keyword("step", literal(f"{_IN[pagination.parameter_in]}.{step}")))
    if pagination.has_next:
        keywords.append(Keyword("has_next", literal(".".join(pagination.has_next))))
    # By default, an offset counts items from 0, and page numbers start at 1.
    first = default if default is not None else int(not by_item)
    if first:
        keywords.append(Keyword("first", str(first)))
    return tuple(keywords)


_IN = {"query": "params", "body": "json"}


def _number(defaults: list[str | None]) -> int | None:
    return next(
        (int(default) for default in defaults if default is not None and default.isdigit()), None
    )


def _refused(context: Context, pagination: ir.Pagination, why: str) -> None:
    context.diagnostics.warning(
        "not-expressible",
        f"the method has no pagination and returns one page: {why}",
        pagination.span,
    )


def attributes(
    context: Context, type_: ir.Type, path: ir.Words
) -> tuple[tuple[str, ...], ir.Type] | None:
    """A path of properties as a path of attributes, and the type at its end."""
    names: list[str] = []
    for depth, wire in enumerate(path):
        owner = queries.property_type(context.api, type_, path[:depth])
        resolved = queries.resolved_non_null(context.api, owner) if owner is not None else None
        if not isinstance(resolved, ir.Model):
            return None
        declared = [field for field in queries.fields(context.api, resolved) if field.name == wire]
        if not declared:
            return None
        type_location = context.type_locations.types[resolved.id]
        generated = context.names.field(declared[0].rename or wire)
        key = f"{type_location.key}.{wire}"
        names.append(context.names.decide(generated, key, wire, declared[0].span).name)
    inner = queries.property_type(context.api, type_, path)
    return (tuple(names), inner) if inner is not None else None
