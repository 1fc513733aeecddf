"""Compares descriptions and examples: one finding for each described element."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from .. import ir
from ..diagnostics import Span
from ..frozen import dataclass
from .finding_collector import Collector


@dataclass(frozen=True)
class _Text:
    """The texts of an element, by the part that they describe."""

    span: Span
    parts: Mapping[str, object]
    examples: tuple[object, ...] = ()


def compare_documentation(old: ir.Api, new: ir.Api, collector: Collector) -> None:
    """Find changed texts of elements that exist before and after."""
    before = dict(_texts(old))
    for where, after in _texts(new):
        former = before.get(where)
        if former is None:
            continue
        parts = [
            part
            for part, value in after.parts.items()
            if part in former.parts and former.parts[part] != value
        ]
        parts += _examples(former.examples, after.examples)
        if parts:
            text = f"The documentation of {where} changed: {', '.join(parts)}"
            collector.add("documentation-changed", where, text, old=former.span, new=after.span)


def _examples(old: tuple[object, ...], new: tuple[object, ...]) -> list[str]:
    differ = sum(one != other for one, other in zip_longest(old, new))
    return [f"{differ} of {max(len(old), len(new))} examples"] if differ else []


def _texts(api: ir.Api) -> Iterator[tuple[str, _Text]]:
    """All described elements, by location."""
    yield "info", _Text(api.span, {"title": api.title, "description": api.doc})
    yield from _groups(api.root, ())
    for _, endpoint in ir.endpoints(api.root):
        parts = dict(_of_endpoint(api, endpoint))
        yield endpoint.id, _Text(endpoint.span, parts, endpoint.examples)
    for name, declared in api.declarations.items():
        yield name, _Text(declared.span, dict(_of_declared(declared)), declared.examples)
    for name, error in api.errors.items():
        yield f"error {name}", _Text(error.span, {"description": error.doc})
    for name, scheme in api.auth_schemes.items():
        docs = {credential.name: credential.doc for credential in scheme.credentials}
        yield f"security.{name}", _Text(scheme.span, {"description": scheme.doc, **docs})
    for header in (*api.headers, *api.query, *api.idempotency_headers):
        where = f"client {header.location}.{header.name}"
        yield where, _Text(header.span, {"description": header.doc})
    for environment in api.environments:
        where = f"servers.{environment.name}"
        yield where, _Text(environment.span, {"description": environment.doc})
    for webhook in api.webhooks:
        name = " ".join((*webhook.package, *webhook.name))
        text = _Text(webhook.span, {"description": webhook.doc}, webhook.examples)
        yield f"webhook {name}", text
    for _, channel in ir.channels(api.root):
        docs = {message.name: message.doc for message in channel.messages}
        yield f"channel {channel.path}", _Text(channel.span, {"description": channel.doc, **docs})


def _groups(resource: ir.Resource, path: ir.Words) -> Iterator[tuple[str, _Text]]:
    for child in resource.children:
        inner = (*path, child.name)
        yield f"group {'.'.join(inner)}", _Text(child.span, {"description": child.doc})
        yield from _groups(child, inner)


def _of_endpoint(api: ir.Api, endpoint: ir.Endpoint) -> Iterator[tuple[str, object]]:
    yield "summary", endpoint.summary
    yield "description", endpoint.doc
    for parameter in endpoint.parameters:
        yield parameter.name, (parameter.doc, parameter.example)
    if endpoint.body is not None:
        yield "body", endpoint.body.doc
        for field in endpoint.body.fields:
            yield field.name, (field.doc, field.example)
    yield "response", endpoint.result.doc
    for header in endpoint.result.headers:
        yield header.name, header.doc
    if endpoint.waiter is not None:
        yield f"waiter {endpoint.waiter.name}", endpoint.waiter.doc
    for response in endpoint.errors:
        error = api.errors.get(response.error)
        # A text that is the same for all operations is reported once, for the error.
        shared = error is not None and error.doc == response.doc
        yield f"error {response.error}", None if shared else response.doc
        yield f"examples of error {response.error}", response.examples
        for header in response.headers:
            yield f"error {response.error} {header.name}", header.doc


def _of_declared(declared: ir.Declaration) -> Iterator[tuple[str, object]]:
    yield "description", declared.doc
    if isinstance(declared, ir.Model | ir.Union):
        for field in declared.fields:
            yield field.name, (field.doc, field.example)
    if isinstance(declared, ir.Enum):
        for value in declared.values:
            yield str(value.value), value.doc
    if isinstance(declared, ir.Union):
        for variant in declared.variants:
            yield f"variant {variant.tag or variant.name}", variant.doc
