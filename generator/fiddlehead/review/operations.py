"""Compares the operations of two APIs: operations, bodies, calls."""

from __future__ import annotations

from collections.abc import Mapping

from .. import ir, queries
from .constraints import compare_assertions
from .finding_collector import Collector
from .parameters import Parameters
from .property_changes import is_deprecated
from .responses import Responses
from .schema_comparer import SchemaComparer
from .security import security, shown_auth
from .signatures import without_names
from .type_display import all_assertions, fields_by_name, type_text
from .value_location import ValueLocation

_STABILITY = ("in-development", "pre-release", "beta", "deprecated", "generally-available")


class Operations:
    """Compares the endpoints of two APIs."""

    def __init__(
        self, old: ir.Api, new: ir.Api, schemas: SchemaComparer, collector: Collector
    ) -> None:
        self._old, self._new, self._schemas, self._collector = old, new, schemas, collector
        self._parameters = Parameters(old, new, schemas, collector)
        self._responses = Responses(old, new, schemas, collector)

    def compare(self) -> None:
        """Find added, removed and changed operations, sorted by id."""
        old = {endpoint.id: endpoint for _, endpoint in ir.endpoints(self._old.root)}
        new = {endpoint.id: endpoint for _, endpoint in ir.endpoints(self._new.root)}
        pairs = {name: name for name in old if name in new}
        # Paths that differ only in parameter names are the same.
        left = {_normal(endpoint): name for name, endpoint in new.items() if name not in pairs}
        for name, endpoint in old.items():
            if name not in pairs and _normal(endpoint) in left:
                pairs[name] = left.pop(_normal(endpoint))
        for name in sorted(old):
            with self._collector.inside(("operation", name)):
                if name in pairs:
                    self._endpoint(old[name], new[pairs[name]])
                else:
                    self._removed(old[name])
        for name in sorted(set(new) - set(pairs.values())):
            with self._collector.inside(("operation", name)):
                self._collector.add("endpoint-added", name, f"{name} was added", new=new[name].span)

    def _removed(self, endpoint: ir.Endpoint) -> None:
        how = "with" if is_deprecated(endpoint.availability) else "without"
        self._collector.add(
            f"api-removed-{how}-deprecation",
            endpoint.id,
            f"{endpoint.id} was removed",
            old=endpoint.span,
        )

    def compare_calls(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        """Find changes of the calls of two endpoints, without bodies and responses."""
        self._compare_availability(old, new)
        self._calling(old, new)
        self._parameters.compare(old, new)

    def _endpoint(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        self.compare_calls(old, new)
        self._body(old, new)
        self._responses.compare(old, new)

    # --- what an operation promises ----------------------------------------------------------

    def _compare_availability(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        was, now = is_deprecated(old.availability), is_deprecated(new.availability)
        if was != now:
            rule = "endpoint-deprecated" if now else "endpoint-reactivated"
            self._collector.add_endpoint(
                rule, old, new, "deprecated" if now else "no longer deprecated"
            )
        else:
            before, after = _stability(old), _stability(new)
            if before != after:
                less = _STABILITY.index(after) < _STABILITY.index(before)
                rule = "api-stability-decreased" if less else "api-stability-increased"
                self._collector.add_endpoint(
                    rule, old, new, f"was {before} and is {after}", before, after
                )
        if old.operation_id != new.operation_id:
            rule = "api-operation-id-removed" if old.operation_id else "api-operation-id-added"
            text = f"the operationId was {old.operation_id} and is {new.operation_id}"
            self._collector.add_endpoint(rule, old, new, text, old.operation_id, new.operation_id)

    def _calling(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        for rule, name, text in (
            ("endpoint-server-changed", "server", "has another base URL"),
            ("endpoint-server-changed", "base_path", "has another base URL"),
            ("retries-changed", "retries", "has other retries after a failure"),
            (
                "call-settings-changed",
                "calls",
                "has another timeout or number of retries",
            ),
            ("idempotency-changed", "idempotent", "has other idempotency headers"),
            ("pagination-changed", "pagination", "the pagination changed"),
        ):
            before, after = getattr(old, name), getattr(new, name)
            if before != after:
                plain = isinstance(before, str | bool) or isinstance(after, str | bool)
                self._collector.add_endpoint(
                    rule, old, new, text, before if plain else None, after if plain else None
                )
        if (
            old.waiter
            and new.waiter
            and _waiter_settings(old.waiter) != _waiter_settings(new.waiter)
        ):
            self._collector.add_endpoint("waiter-changed", old, new, "the waiter changed")
        self._streaming(old, new)
        self._auth(old, new)

    def _streaming(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        before, after = old.streaming, new.streaming
        was = before.format if before else "no stream"
        now = after.format if after else "no stream"
        if was != now:
            text = f"the response was {was} and is {now}"
            self._collector.add_endpoint("streaming-changed", old, new, text, was, now)
        elif before and after and before.terminator != after.terminator:
            text = "the terminator of the stream changed"
            ends = (before.terminator, after.terminator)
            self._collector.add_endpoint("stream-terminator-changed", old, new, text, *ends)

    def _auth(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        if old.auth is None and new.auth is None:
            return
        before = self._old.auth if old.auth is None else old.auth
        after = self._new.auth if new.auth is None else new.auth
        for rule, text in security(before, after):
            self._collector.add_endpoint(
                f"api-{rule}", old, new, text, shown_auth(before), shown_auth(after)
            )

    # --- bodies ------------------------------------------------------------------------------

    def _body(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        before, after = old.body, new.body
        if before is None or after is None:
            if after is not None:
                need = "required" if after.required else "optional"
                rule = f"request-body-added-{need}"
                self._collector.add_endpoint(rule, old, new, f"now has a body ({need})")
            elif before is not None:
                self._collector.add_endpoint(
                    "request-body-removed", old, new, "no longer has a body"
                )
            return
        if before.required != after.required:
            rule = "request-body-became-" + ("required" if after.required else "optional")
            self._collector.add_endpoint(
                rule, old, new, "the body " + rule.removeprefix("request-body-")
            )
        if (before.encoding, before.content_type) != (after.encoding, after.content_type):
            self._collector.add_endpoint(
                "request-body-media-type-removed",
                old,
                new,
                f"the body was {before.content_type} and is {after.content_type}",
                before.content_type,
                after.content_type,
            )
        at = ValueLocation(f"{old.id} body", "request", "body", before.span, after.span)
        if before.type is not None and after.type is not None:
            self._schemas.compare(before.type, after.type, at)
            return
        # A body with a named schema and an inline body are sent in the same way.
        old_fields, new_fields = _fields(self._old, before), _fields(self._new, after)
        if old_fields is None or new_fields is None:
            was, now = type_text(self._old, before.type), type_text(self._new, after.type)
            self._collector.add_endpoint(
                "request-body-type-changed", old, new, "the type of the body changed", was, now
            )
            return
        self._schemas.compare_fields(old_fields, new_fields, at)
        self._schemas.compare_extra(before.extra, after.extra, at)
        compare_assertions(
            self._collector, at, _assertions(self._old, before), _assertions(self._new, after)
        )


def _normal(endpoint: ir.Endpoint) -> str:
    suffix = endpoint.id.partition("#")[2]
    return f"{endpoint.method} {without_names(endpoint.path)}#{suffix}"


def _stability(endpoint: ir.Endpoint) -> str:
    status = endpoint.availability.status if endpoint.availability else "generally-available"
    return "generally-available" if status == "deprecated" else status


def _waiter_settings(waiter: ir.Waiter) -> tuple[object, ...]:
    return (waiter.property, waiter.success, waiter.failure, waiter.interval, waiter.timeout)


def _assertions(api: ir.Api, body: ir.Body) -> ir.Assertions:
    return (
        body.assertions
        if body.type is None
        else all_assertions(api, queries.resolved_with_null(api, body.type)[0])
    )


def _fields(api: ir.Api, body: ir.Body) -> Mapping[str, ir.Field] | None:
    if body.type is None:
        return {field.name: field for field in body.fields}
    core, nullable = queries.resolved_with_null(api, body.type)
    return fields_by_name(api, core) if isinstance(core, ir.Model) and not nullable else None
