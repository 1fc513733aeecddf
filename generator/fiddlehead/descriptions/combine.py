"""Merges several APIs into one client.

A namespace is a group with the groups, types and errors of its description. If two descriptions
without a namespace define the same element differently, the last one is used, as in Fern, with a
warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from .. import ir, queries
from ..diagnostics import Diagnostics, Span
from ..frontend_kit.shared_headers import promoted
from ..frozen import replace
from ..ir import Words
from . import combined_servers

T = TypeVar("T", ir.Parameter, ir.Variable)


def in_namespace(api: ir.Api, namespace: str) -> ir.Api:
    """The same API with all names inside the group `namespace`."""
    words = tuple(word for word in re.split(r"[./]", namespace) if word)
    if not words:
        return api
    return _Placed(api, words).api()


class _Placed:
    def __init__(self, api: ir.Api, words: Words) -> None:
        self._api = api
        self._words = words
        self._prefix = "/".join(words)

    def api(self) -> ir.Api:
        moved = queries.rewritten(self._api, lambda ref: replace(ref, id=self._id(ref.id)))
        root = self._resource(moved.root)
        for word in reversed(self._words):
            root = ir.Resource("", children=(replace(root, name=word, span=moved.span),))
        return replace(
            moved,
            root=root,
            declarations={
                self._id(id): replace(
                    declaration,
                    id=self._id(id),
                    package=(*self._words, *declaration.package),
                    owner=self._id(declaration.owner) if declaration.owner is not None else None,
                    places=tuple(self._id(place) for place in declaration.places),
                )
                for id, declaration in moved.declarations.items()
            },
            errors={
                self._id(id): replace(
                    error, id=self._id(id), package=(*self._words, *error.package)
                )
                for id, error in moved.errors.items()
            },
            auth_schemes={
                id: replace(
                    scheme,
                    token_endpoint=self._optional(scheme.token_endpoint),
                    refresh_endpoint=self._optional(scheme.refresh_endpoint),
                )
                for id, scheme in moved.auth_schemes.items()
            },
            webhooks=tuple(
                replace(webhook, package=(*self._words, *webhook.package))
                for webhook in moved.webhooks
            ),
        )

    def _id(self, id: str) -> str:
        return f"{self._prefix}/{id}"

    def _endpoint_id(self, id: str) -> str:
        """The id of an endpoint; the id of its streaming counterpart ends in `#stream`."""
        route, mark, fragment = id.partition("#")
        return f"{route} ({self._prefix}){mark}{fragment}"

    def _optional(self, id: str | None) -> str | None:
        return self._endpoint_id(id) if id is not None else None

    def _resource(self, resource: ir.Resource) -> ir.Resource:
        return replace(
            resource,
            endpoints=tuple(self._endpoint(endpoint) for endpoint in resource.endpoints),
            children=tuple(self._resource(child) for child in resource.children),
        )

    def _endpoint(self, endpoint: ir.Endpoint) -> ir.Endpoint:
        return replace(
            endpoint,
            id=self._endpoint_id(endpoint.id),
            errors=tuple(replace(error, error=self._id(error.error)) for error in endpoint.errors),
            examples=tuple(
                (
                    replace(example, error=self._id(example.error))
                    if example.error is not None
                    else example
                )
                for example in endpoint.examples
            ),
        )


def combined(apis: Sequence[tuple[str, ir.Api]], diagnostics: Diagnostics) -> ir.Api:
    """Merges several APIs, each with a label.

    The title, the version and the documentation are those of the first API that has them.
    """
    first, *others = combined_servers.of(apis)
    api = first
    for other in others:
        api = _merged(api, _with_schemes(other, api), diagnostics)
    return promoted(api)


def _merged(one: ir.Api, other: ir.Api, diagnostics: Diagnostics) -> ir.Api:
    auth = one.auth or other.auth
    return replace(
        one,
        title=one.title or other.title,
        version=one.version or other.version,
        doc=one.doc or other.doc,
        root=_tree(_with_own_auth(one, auth), _with_own_auth(other, auth), diagnostics),
        declarations=_declarations(one, other, diagnostics),
        errors=_errors(one.errors, other.errors),
        environments=one.environments or other.environments,
        default_environment=one.default_environment or other.default_environment,
        auth_schemes={**other.auth_schemes, **one.auth_schemes},
        auth=auth,
        headers=_by_name(one.headers, other.headers),
        query=_by_name(one.query, other.query),
        idempotency_headers=_by_name(one.idempotency_headers, other.idempotency_headers),
        variables=_by_name(one.variables, other.variables),
        version_header=one.version_header or other.version_header,
        error_property=one.error_property or other.error_property,
        webhooks=(*one.webhooks, *other.webhooks),
        response_headers=tuple(
            header for header in one.response_headers if header in other.response_headers
        ),
        operations_found=one.operations_found + other.operations_found,
        operations_left_out=one.operations_left_out + other.operations_left_out,
    )


def _with_schemes(api: ir.Api, known: ir.Api) -> ir.Api:
    """The API with the scheme ids of another one, for schemes that are sent in the same way."""
    ids = {
        id: known_id
        for id, scheme in api.auth_schemes.items()
        for known_id, other in known.auth_schemes.items()
        if scheme.kind in _PLAIN_KINDS
        and (scheme.kind, scheme.key, scheme.prefix.strip())
        == (other.kind, other.key, other.prefix.strip())
    }
    if all(id == known_id for id, known_id in ids.items()):
        return api

    def renamed(auth: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(ids.get(id, id) for id in scheme_ids) for scheme_ids in auth)

    def change(resource: ir.Resource) -> ir.Resource:
        return replace(
            resource,
            endpoints=tuple(
                (
                    endpoint
                    if endpoint.auth is None
                    else replace(endpoint, auth=renamed(endpoint.auth))
                )
                for endpoint in resource.endpoints
            ),
            channels=tuple(
                channel if channel.auth is None else replace(channel, auth=renamed(channel.auth))
                for channel in resource.channels
            ),
            children=tuple(change(child) for child in resource.children),
        )

    return replace(
        api,
        root=change(api.root),
        auth=renamed(api.auth),
        auth_schemes={ids.get(id, id): scheme for id, scheme in api.auth_schemes.items()},
    )


_PLAIN_KINDS = ("bearer", "basic", "header", "query", "cookie")


def _with_own_auth(api: ir.Api, auth: tuple[tuple[str, ...], ...]) -> ir.Resource:
    """The endpoints of an API, with its own authentication if it differs from that of the whole
    API."""
    if api.auth == auth or not api.auth:
        return api.root

    def with_auth(resource: ir.Resource) -> ir.Resource:
        endpoints = (
            replace(endpoint, auth=api.auth) if endpoint.auth is None else endpoint
            for endpoint in resource.endpoints
        )
        channels = (
            replace(channel, auth=api.auth) if channel.auth is None else channel
            for channel in resource.channels
        )
        return replace(
            resource,
            endpoints=tuple(endpoints),
            channels=tuple(channels),
            children=tuple(with_auth(child) for child in resource.children),
        )

    return with_auth(api.root)


def _tree(one: ir.Resource, other: ir.Resource, diagnostics: Diagnostics) -> ir.Resource:
    """Merges two trees of groups; groups whose names differ only in spelling are one group."""
    endpoints = {endpoint.id: endpoint for endpoint in one.endpoints}
    for endpoint in other.endpoints:
        if endpoint.id in endpoints:
            _warn(f"'{endpoint.id}'", endpoint.span, endpoints[endpoint.id].span, diagnostics)
        endpoints[endpoint.id] = endpoint
    channels = {channel.id: channel for channel in one.channels}
    for channel in other.channels:
        if channel.id in channels:
            _warn(f"'{channel.path}'", channel.span, channels[channel.id].span, diagnostics)
        channels[channel.id] = channel
    children = {_key(child.name): child for child in one.children}
    for child in other.children:
        known = children.get(_key(child.name))
        merged = _tree(known, child, diagnostics) if known is not None else child
        children[_key(child.name)] = merged
    return replace(
        one,
        doc=one.doc or other.doc,
        endpoints=tuple(endpoints.values()),
        channels=tuple(channels.values()),
        children=tuple(children.values()),
    )


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold() or name


def _declarations(
    one: ir.Api, other: ir.Api, diagnostics: Diagnostics
) -> dict[str, ir.Declaration]:
    merged = dict(one.declarations)
    for id, declaration in other.declarations.items():
        known = merged.get(id)
        if known is not None and known != declaration:
            _warn(
                f"'{' '.join(declaration.name.words)}'", declaration.span, known.span, diagnostics
            )
        merged[id] = declaration
    return merged


def _warn(what: str, span: Span, other: Span, diagnostics: Diagnostics) -> None:
    diagnostics.warning(
        "duplicate-name",
        f"{what} differs between two descriptions: this one is used",
        span,
        hint="add a namespace to one of the descriptions, or rename one of them",
        related=[("the other one is defined here", other)],
    )


def _errors(one: Mapping[str, ir.Error], other: Mapping[str, ir.Error]) -> dict[str, ir.Error]:
    """Merges errors by status; the class has a body only if all agree on it."""
    merged = dict(one)
    for id, error in other.items():
        known = merged.get(id)
        if known is None:
            merged[id] = error
        else:
            merged[id] = replace(
                known,
                type=known.type if known.type == error.type else None,
                doc=known.doc if known.doc == error.doc else None,
            )
    return merged


def _by_name(one: Iterable[T], other: Iterable[T]) -> tuple[T, ...]:
    known = {resource.name.casefold(): resource for resource in other}
    known |= {resource.name.casefold(): resource for resource in one}
    return tuple(known.values())
