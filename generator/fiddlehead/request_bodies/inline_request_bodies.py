"""Inlines request bodies that reference a model: its properties become fields of the body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .. import ir, queries
from ..frozen import dataclass
from ..queries.value_matching import ValueMatcher
from . import union_body_fields


@dataclass(frozen=True)
class Inlining:
    """How a target selects the bodies to inline, and how it names arguments."""

    models: bool
    """Whether the properties of a model become fields of the body."""
    optional: bool
    """Whether this also applies to optional bodies."""
    request_names: bool
    """Whether a property with the name of a parameter gets the name of the request as a prefix."""
    unions: bool
    """Whether this also applies to unions whose discriminator is a property."""
    class_name: Callable[[ir.Words], str]
    """The class name for a declaration with this name."""


def inline_request_bodies(api: ir.Api, inlining: Inlining) -> ir.Api:
    """The API with inlined request bodies.

    By default, an optional body stays one argument, because its properties do not show whether it
    is sent; so does a body of a model without properties.
    """
    if not inlining.models and not inlining.unions and not inlining.request_names:
        return api
    return replace(api, root=queries.with_endpoints(api.root, _Inliner(api, inlining).endpoint))


class _Inliner:
    def __init__(self, api: ir.Api, inlining: Inlining) -> None:
        self._api, self._inlining = api, inlining
        self._matcher = ValueMatcher(api)

    def endpoint(self, endpoint: ir.Endpoint) -> ir.Endpoint:
        body = endpoint.body
        if body is None:
            return endpoint
        if body.type is None and self._inlining.request_names:
            return replace(endpoint, body=self._with_request_name(endpoint, body))
        if body.type is None or body.encoding not in ("json", "form"):
            return endpoint
        if self._inlining.unions and body.required:
            union = queries.resolved(self._api, body.type)
            if isinstance(union, ir.Union) and union_body_fields.is_flat(union):
                flat = union_body_fields.fields(self._api, union)
                named = tuple(self._named(field, union.name.words) for field in flat)
                return replace(endpoint, body=replace(body, type=None, fields=named))
        model = queries.model_of(self._api, body.type)
        if model is None or not self._inlining.models:
            return endpoint
        if not body.required and not self._inlining.optional:
            return endpoint
        fields = [
            field for field in queries.fields(self._api, model) if field.access != "read-only"
        ]
        if not fields:
            return endpoint
        inlined = replace(
            body,
            type=None,
            fields=tuple(self._named(field, model.name.words) for field in fields),
            extra=model.extra,
        )
        examples = self._examples(endpoint, body.type, model)
        return replace(endpoint, body=inlined, examples=examples)

    def _with_request_name(self, endpoint: ir.Endpoint, body: ir.Body) -> ir.Body:
        """A body of fields in which no field has the name of a parameter."""
        name = ir.Name((body.name,)) if body.name is not None else endpoint.request_name
        if name is None:
            return body
        return replace(body, fields=tuple(self._named(field, name.words) for field in body.fields))

    def _named(self, field: ir.Field, words: ir.Words) -> ir.Field:
        """A property with the name of its model or request as a prefix, if a parameter has the same
        name (Fern's rule)."""
        wanted = field.rename or field.name
        name = f"{self._inlining.class_name(words)}_{wanted}"
        return replace(field, otherwise=name)

    def _examples(
        self, endpoint: ir.Endpoint, type_: ir.Type, model: ir.Model
    ) -> tuple[ir.Call, ...]:
        """The examples of a call; without an example of the body, that of the model is used."""
        first = next((example for example in endpoint.examples if example.error is None), None)
        example = next((x for x in model.examples if self._matcher.fits(x.value, type_)), None)
        if example is None or (first is not None and first.body is not None):
            return endpoint.examples
        call = replace(first or ir.Call(), body=ir.Default(example.value))
        return (call, *(example for example in endpoint.examples if example is not first))
