"""Finds the endpoints that create, list, fetch, change and delete the same resources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from .. import ir
from ..frozen import dataclass
from ..queries import lookup


@dataclass(frozen=True)
class Collection:
    """The resources at `path/{…}`.

    `id` is the property that identifies a resource. `items` is the path of the items in a list
    response; () is the response itself.
    """

    path: str
    id: ir.Words
    fetch: ir.Endpoint
    model: ir.Model
    create: ir.Endpoint | None = None
    list: ir.Endpoint | None = None
    items: ir.Words = ()
    lifecycle: ir.Lifecycle | None = None


@dataclass(frozen=True)
class Use:
    """The effect of an endpoint: it creates or lists the resources of a collection, or operates on
    the resource in its path. `parents` are the collections of the other resources in its path."""

    collection: Collection | None = None
    role: str = ""
    parents: tuple[Collection, ...] = field(default=())


def collections(api: ir.Api, endpoints: Iterable[ir.Endpoint]) -> dict[str, Use]:
    """The effect of each endpoint on resources, by its id."""
    all_endpoints = list(endpoints)
    at: dict[tuple[str, str], ir.Endpoint] = {}
    for endpoint in all_endpoints:
        at.setdefault((endpoint.method.upper(), _shape(endpoint.path)), endpoint)
    result: dict[str, Collection] = {}
    for endpoint in all_endpoints:
        collection = _collection(api, endpoint, at)
        if collection is not None:
            result.setdefault(_shape(endpoint.path), collection)
    return {endpoint.id: _use(endpoint, result) for endpoint in all_endpoints}


def _use(endpoint: ir.Endpoint, by_shape: dict[str, Collection]) -> Use:
    shape = _shape(endpoint.path)
    parts = shape.split("/")
    prefixes = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
    parents = tuple(by_shape[prefix] for prefix in prefixes if prefix in by_shape)
    own = by_shape.get(shape)
    if own is not None:
        roles = {"GET": "fetch", "HEAD": "fetch", "DELETE": "delete"}
        roles.update({"PUT": "update", "PATCH": "update", "POST": "update"})
        return Use(own, roles.get(endpoint.method.upper(), "act"), parents)
    for collection in by_shape.values():
        if collection.create is not None and collection.create.id == endpoint.id:
            return Use(collection, "create", parents)
        if collection.list is not None and collection.list.id == endpoint.id:
            return Use(collection, "list", parents)
    return Use(parents[-1], "act", parents) if parents else Use()


def _shape(path: str) -> str:
    """A path without the names of its parameters."""
    parts = path.partition("?")[0].strip("/").split("/")
    return "/".join("{}" if part.startswith("{") and part.endswith("}") else part for part in parts)


def _collection(
    api: ir.Api, fetch: ir.Endpoint, at: dict[tuple[str, str], ir.Endpoint]
) -> Collection | None:
    path = fetch.path.strip("/")
    parent, _, last = path.rpartition("/")
    if fetch.method.upper() != "GET" or not (last.startswith("{") and last.endswith("}")):
        return None
    if fetch.streaming or fetch.result.kind != "json" or fetch.result.type is None:
        return None
    model = lookup.resolved_non_null(api, fetch.result.type)
    if not isinstance(model, ir.Model):
        return None
    names = [field.name for field in lookup.fields(api, model)]
    likely = [last[1:-1], "id", f"{model.name.words[-1].lower()}_id"]
    known = [(name,) for name in likely if name in names]
    identity = fetch.lifecycle.id if fetch.lifecycle else next(iter(known), None)
    if identity is None:
        return None
    shape = _shape(parent)
    listing, creating = at.get(("GET", shape)), at.get(("POST", shape))
    items = _items(api, listing, model, identity) if listing else None
    if creating is not None and not returns_id(api, creating, identity):
        creating = None
    if items is None and creating is None:
        return None
    return Collection(
        shape,
        identity,
        fetch,
        model,
        create=creating,
        list=listing if items is not None else None,
        items=items or (),
        lifecycle=fetch.lifecycle,
    )


def returns_id(api: ir.Api, endpoint: ir.Endpoint, identity: ir.Words) -> bool:
    """Whether the response of an endpoint contains the id of the created resource."""
    result = endpoint.result
    if endpoint.streaming or result.kind != "json" or result.type is None:
        return False
    model = lookup.model_of(api, lookup.non_null(result.type))
    return model is not None and lookup.property_type(api, result.type, identity) is not None


def _items(
    api: ir.Api, listing: ir.Endpoint, model: ir.Model, identity: ir.Words
) -> ir.Words | None:
    """The path of the items in a list response; None if it has no items with the id."""
    if listing.streaming or listing.result.kind != "json" or listing.result.type is None:
        return None
    type_ = listing.result.type
    paths: list[ir.Words] = [()]
    if listing.pagination is not None:
        paths.append(listing.pagination.results)
    target = lookup.resolved_non_null(api, type_)
    if isinstance(target, ir.Model):
        paths += [(field.name,) for field in lookup.fields(api, target)]
    for path in paths:
        items_type = lookup.property_type(api, type_, path) if path else type_
        list_type = lookup.resolved_non_null(api, items_type) if items_type is not None else None
        if not isinstance(list_type, ir.ListOf):
            continue
        item_model = lookup.resolved_non_null(api, list_type.item)
        if isinstance(item_model, ir.Model) and (
            item_model.id == model.id
            or lookup.property_type(api, list_type.item, identity) is not None
        ):
            return path
    return None
