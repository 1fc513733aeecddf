"""Applies requests to the resources of an API: create, list, fetch, change, delete."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from .. import ir
from ..examples.example_calls import ExampleCalls, thawed
from ..queries import lookup
from .collections import Collection, Use, collections, returns_id
from .messages import Problem
from .property_paths import at, is_list, is_object, put
from .results import Results
from .state import Resource, Store
from .values import SeededValues

PAGE = 2
"""The default number of items on a page, if neither an example nor the request has one."""


class Resources:
    """The resources of one API: those of examples, and those that requests created."""

    def __init__(
        self,
        api: ir.Api,
        endpoints: Iterable[ir.Endpoint],
        example_calls: ExampleCalls,
        values: SeededValues,
        results: Results,
        clock: Callable[[], float],
    ) -> None:
        self._api = api
        self._exchanges = example_calls
        self._values = values
        self._results = results
        self._clock = clock
        self._endpoints = tuple(endpoints)
        self._uses = collections(api, self._endpoints)
        self._stores: dict[tuple[str, tuple[str, ...]], Store] = {}
        self._items: dict[str, list[object]] = {}

    def missing(self, endpoint: ir.Endpoint, path: Mapping[str, str]) -> Problem | None:
        """The first id in the path that does not exist."""
        ids = self._ids(endpoint, path)
        for collection in self._use(endpoint).parents:
            place = collection.path.count("{}")
            if place < len(ids) and not self._store(collection, ids[:place]).has(ids[place]):
                name = _names(endpoint)[place]
                return Problem(("path", name), f"there is none with the id '{ids[place]}'")
        return None

    def apply(
        self, endpoint: ir.Endpoint, path: Mapping[str, str], body: object
    ) -> tuple[bool, object]:
        """Apply a request. Returns whether this determines the response, and its value."""
        use, ids = self._use(endpoint), self._ids(endpoint, path)
        collection = use.collection
        if collection is None:
            return False, None
        count = collection.path.count("{}")
        store = self._store(collection, ids[:count])
        if use.role == "create":
            return True, self._create(collection, store, endpoint, body)
        if use.role == "list":
            return True, self._list(collection, store, endpoint)
        if len(ids) <= count:
            return False, None
        return self._on_one(use, store, ids[count], endpoint, body)

    def listed(self, endpoint: ir.Endpoint, path: Mapping[str, str]) -> list[object] | None:
        """Every item of a list of resources; None if the endpoint lists none."""
        use = self._use(endpoint)
        if use.role != "list" or use.collection is None:
            return None
        ids = self._ids(endpoint, path)[: use.collection.path.count("{}")]
        return self._listed(use.collection, self._store(use.collection, ids), endpoint)

    def made_items(self, endpoint: ir.Endpoint) -> list[object]:
        """The generated items of a paginated list without an example: enough for two pages."""
        if endpoint.id not in self._items:
            item_type = self._item_type(endpoint)
            self._items[endpoint.id] = [
                self._results.of(item_type, f"{endpoint.id}/item/{number}")
                for number in range(2 * PAGE)
            ]
        items: list[object] = json.loads(json.dumps(self._items[endpoint.id]))
        return items

    def page_size(self, endpoint: ir.Endpoint) -> int:
        """The default number of items on a page: as many as in the example."""
        results = endpoint.pagination.results if endpoint.pagination else ()
        if self._results.has_example(endpoint):
            items = at(self._results.value(endpoint), results)
            return max(1, len(items)) if is_list(items) else PAGE
        return PAGE

    def _use(self, endpoint: ir.Endpoint) -> Use:
        return self._uses.get(endpoint.id, Use())

    def _ids(self, endpoint: ir.Endpoint, path: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(path.get(name, "") for name in _names(endpoint))

    def _on_one(
        self, use: Use, store: Store, id_: str, endpoint: ir.Endpoint, body: object
    ) -> tuple[bool, object]:
        """Apply a request to the resource in its path."""
        collection = use.collection
        assert collection is not None
        lifecycle = collection.lifecycle
        moves = dict(lifecycle.moves) if lifecycle else {}
        for key in (endpoint.operation_id, f"{endpoint.method} {endpoint.path}"):
            if key is not None and key in moves:
                store.move(id_, moves[key])
        if use.role == "delete":
            store.delete(id_)
            return False, None
        if use.role == "fetch":
            return True, self._view(collection.fetch, store.fetch(id_))
        if use.role == "update":
            store.update(id_, self._known(collection, body))
        resource = store.update(id_, {})
        if self._is_like(collection, endpoint):
            return True, self._view(endpoint, resource)
        if not _returns_own_id(self._api, endpoint, collection):
            return False, None
        value = self._results.value(endpoint)
        put(value, collection.id, at(resource, collection.id))
        return True, value

    def _is_like(self, collection: Collection, endpoint: ir.Endpoint) -> bool:
        type_ = endpoint.result.type
        model = lookup.model_of(self._api, lookup.non_null(type_)) if type_ else None
        return endpoint.streaming is None and model is not None and model.id == collection.model.id

    def _known(self, collection: Collection, body: object) -> Resource:
        """The properties of a resource in a request."""
        if not is_object(body):
            return {}
        known: Resource = {}
        types = {field.name: field for field in self._exchanges.matcher.fields(collection.model)}
        lifecycle = collection.lifecycle
        copies: Mapping[str, str] = lifecycle.copies if lifecycle else {}
        for name, value in body.items():
            target = copies.get(str(name), str(name))
            field = types.get(target)
            if field is not None and field.access is None:
                known[target] = value
        return known

    def _create(
        self, collection: Collection, store: Store, endpoint: ir.Endpoint, body: object
    ) -> object:
        response = self._results.value(endpoint)
        full = self._full(collection)
        fields = self._exchanges.matcher.fields(collection.model)
        value = {
            field.name: full[field.name]
            for field in fields
            if field.required and field.name in full
        }
        for field in fields:
            if field.default is not None and field.default.value is not None:
                value[field.name] = thawed(field.default.value)
        known = self._known(collection, body)
        value.update(known)
        chosen = at(known, collection.id)
        free = isinstance(chosen, str | int) and not store.has(str(chosen))
        identity = chosen if free else store.new_id(at(response, collection.id))
        put(value, collection.id, identity)
        put(response, collection.id, identity)
        store.add(value, full, created=True)
        if self._is_like(collection, endpoint):
            return self._view(endpoint, value)
        if is_object(response):
            type_ = endpoint.result.type or ir.Unknown()
            model = lookup.model_of(self._api, type_)
            shared = self._exchanges.matcher.fields(model) if model else ()
            sent = self._known(collection, body)
            response.update({x.name: sent[x.name] for x in shared if x.name in sent})
        return response

    def _list(self, collection: Collection, store: Store, endpoint: ir.Endpoint) -> object:
        value = self._results.value(endpoint)
        items = self._listed(collection, store, endpoint)
        if not collection.items:
            return items
        put(value, collection.items, items)
        return value

    def _listed(self, collection: Collection, store: Store, endpoint: ir.Endpoint) -> list[object]:
        item_type = self._item_type(endpoint, collection.items)
        return [self._as(item_type, value, f"{endpoint.id}/shown") for value in store.resources()]

    def _view(self, endpoint: ir.Endpoint, value: Resource) -> object:
        return self._as(endpoint.result.type or ir.Unknown(), value, endpoint.id)

    def _as(self, type_: ir.Type, value: Resource, key: str) -> object:
        """A resource in the form of a response: unknown properties are removed, missing required
        ones are generated."""
        model = lookup.model_of(self._api, lookup.non_null(type_))
        if model is None:
            return value
        fields = self._exchanges.matcher.fields(model)
        if model.extra is None:
            value = {field.name: value[field.name] for field in fields if field.name in value}
        missing = [x for x in fields if x.required and x.name not in value]
        for field in missing:
            if field.access != "write-only":
                value[field.name] = self._values.value(
                    field.type, field.name, f"{key}/{field.name}"
                )
        return value

    def _item_type(self, endpoint: ir.Endpoint, path: ir.Words | None = None) -> ir.Type:
        type_ = endpoint.result.type or ir.Unknown()
        if path is None:
            path = endpoint.pagination.results if endpoint.pagination else ()
        item_type = lookup.property_type(self._api, type_, path) if path else type_
        target = lookup.resolved_non_null(self._api, item_type) if item_type else None
        return target.item if isinstance(target, ir.ListOf) else ir.Unknown()

    def _full(self, collection: Collection) -> Resource:
        value = self._results.value(collection.fetch)
        return value if is_object(value) else {}

    def _store(self, collection: Collection, parents: tuple[str, ...]) -> Store:
        """The resources under one parent; initially those of the examples, or generated ones."""
        key = (collection.path, parents)
        if key not in self._stores:
            random = self._values.random(f"{collection.path}/{'/'.join(parents)}")
            store = self._stores[key] = Store(collection, random, self._clock)
            self._fill(collection, store)
        return self._stores[key]

    def _fill(self, collection: Collection, store: Store) -> None:
        listing, full = collection.list, self._full(collection)
        items: list[object] = []
        if listing is not None and self._results.has_example(listing):
            sample_items = at(self._results.value(listing), collection.items)
            items = sample_items if is_list(sample_items) else []
        elif listing is not None:
            item_type = self._item_type(listing, collection.items)
            for number in range(2 * PAGE):
                built = self._results.of(item_type, f"{listing.id}/item/{number}")
                if is_object(built):
                    existing_id = at(built, collection.id)
                    if existing_id is None or store.has(str(existing_id)):
                        put(built, collection.id, store.new_id(existing_id))
                    store.add(built)
        for value in items:
            if is_object(value) and at(value, collection.id) is not None:
                store.add({**full, **value} if collection.lifecycle is None else value)
        self._add_known(collection, store, full)

    def _example_ids(self, collection: Collection) -> list[ir.Json]:
        """The ids in the paths of example requests, including those in the documentation."""
        place, values = collection.path.count("{}"), list[ir.Json]()
        for endpoint in self._endpoints:
            if any(parent is collection for parent in self._use(endpoint).parents):
                id_ = self._exchanges.request(endpoint).path.get(_names(endpoint)[place])
                if id_ is not None and id_ not in values:
                    values.append(id_)
        return values

    def _add_known(self, collection: Collection, store: Store, full: Resource) -> None:
        """Add the resources of the example requests."""
        for id_ in (*self._example_ids(collection), at(full, collection.id)):
            if id_ is not None and not store.has(str(id_)):
                known = dict(full)
                put(known, collection.id, id_)
                store.add(known)


def _returns_own_id(api: ir.Api, endpoint: ir.Endpoint, collection: Collection) -> bool:
    """Whether a response of the endpoint itself is an object with the id of the resource."""
    if _names(endpoint)[collection.path.count("{}") + 1 :] or endpoint.streaming is not None:
        return False
    return returns_id(api, endpoint, collection.id)


def _names(endpoint: ir.Endpoint) -> list[str]:
    """The names of the parameters in a path, in their order."""
    return [text.partition("}")[0] for text in endpoint.path.split("{")[1:]]
