"""Compares the responses of an operation: results, headers and errors."""

from __future__ import annotations

from .. import ir
from .finding_collector import Collector
from .schema_comparer import SchemaComparer
from .type_display import type_text
from .value_location import ValueLocation


class Responses:
    """Compares the responses of two endpoints."""

    def __init__(
        self, old: ir.Api, new: ir.Api, schemas: SchemaComparer, collector: Collector
    ) -> None:
        self._old, self._new, self._schemas, self._collector = old, new, schemas, collector

    def compare(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        """Find changes of the successful response and of error responses."""
        self._result(old, new)
        self._errors(old, new)

    def _result(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        before, after = old.result, new.result
        if before.status != after.status:
            text = f"the success status was {before.status} and is {after.status}"
            self._collector.add_endpoint(
                "response-success-status-removed", old, new, text, before.status, after.status
            )
            self._collector.add_endpoint(
                "response-success-status-added", old, new, text, before.status, after.status
            )
        if before.kind == "none" and after.kind in ("json", "text"):
            text = f"a success had no body and now {'may have' if after.optional else 'has'} one"
            self._collector.add_endpoint("response-became-always-present", old, new, text)
        elif before.kind != after.kind:
            text = f"the response was {before.kind} and is {after.kind}"
            self._collector.add_endpoint(
                "response-kind-changed", old, new, text, before.kind, after.kind
            )
        elif before.content_type != after.content_type:
            media = (before.content_type, after.content_type)
            if before.content_type:
                text = f"the response is no longer {before.content_type}"
                self._collector.add_endpoint("response-media-type-removed", old, new, text, *media)
            if after.content_type:
                text = f"the response can be {after.content_type}"
                self._collector.add_endpoint("response-media-type-added", old, new, text, *media)
        if "none" not in (before.kind, after.kind) and before.optional != after.optional:
            rule = (
                "response-became-optional" if after.optional else "response-became-always-present"
            )
            self._collector.add_endpoint(
                rule,
                old,
                new,
                "a success may have no body" + ("" if after.optional else " no more"),
            )
        if before.unwrap != after.unwrap:
            was, now = ".".join(before.unwrap) or "all", ".".join(after.unwrap) or "all"
            text = f"the method returned '{was}' of the response and now returns '{now}'"
            self._collector.add_endpoint("response-return-value-changed", old, new, text, was, now)
        self._headers(old, new, before.headers, after.headers, "the response")
        if before.kind == after.kind == "json":
            at = ValueLocation(f"{old.id} response", "response", "body", before.span, after.span)
            self._schemas.compare(before.type or ir.Unknown(), after.type or ir.Unknown(), at)

    def _headers(
        self,
        old: ir.Endpoint,
        new: ir.Endpoint,
        old_headers: tuple[ir.Header, ...],
        new_headers: tuple[ir.Header, ...],
        where: str,
    ) -> None:
        """Find changes of the headers of one response; `where` is its name in messages."""
        before = {header.name.lower(): header for header in old_headers}
        after = {header.name.lower(): header for header in new_headers}
        for name, header in before.items():
            other = after.get(name)
            if other is None:
                text = f"{where} no longer has the header {header.name}"
                need = "required" if header.required else "optional"
                self._collector.add_endpoint(f"{need}-response-header-removed", old, new, text)
                continue
            if header.required != other.required:
                text = f"the header {header.name} of {where} " + (
                    "is now required" if other.required else "is now optional"
                )
                rule = "became-required" if other.required else "became-optional"
                self._collector.add_endpoint(f"response-header-{rule}", old, new, text)
            if type_text(self._old, header.type) != type_text(self._new, other.type):
                text = f"the type of the header {header.name} of {where} changed"
                types = type_text(self._old, header.type), type_text(self._new, other.type)
                self._collector.add_endpoint("response-header-type-changed", old, new, text, *types)
        for name, header in after.items():
            if name not in before:
                text = f"{where} has the new header {header.name}"
                self._collector.add_endpoint("response-header-added", old, new, text)

    def _errors(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        before = {_status(self._old, error): error for error in old.errors}
        after = {_status(self._new, error): error for error in new.errors}
        for status, error in before.items():
            other = after.get(status)
            if other is None:
                text = f"the error response {status} was removed"
                self._collector.add_endpoint("response-non-success-status-removed", old, new, text)
                continue
            self._headers(old, new, error.headers, other.headers, f"the error response {status}")
            if error.type is not None and other.type is not None:
                at = ValueLocation(f"{old.id} {status}", "response", "body", error.span, other.span)
                self._schemas.compare(error.type, other.type, at)
            elif error.type is not None:
                text = f"the schema of the error response {status} was removed"
                was = type_text(self._old, error.type)
                self._collector.add_endpoint("response-error-body-removed", old, new, text, was)
            elif other.type is not None:
                text = f"the schema of the error response {status} was added"
                now = type_text(self._new, other.type)
                self._collector.add_endpoint("response-error-body-added", old, new, text, None, now)
        for status in after:
            if status not in before:
                text = f"the error response {status} was added"
                self._collector.add_endpoint("response-non-success-status-added", old, new, text)


def _status(api: ir.Api, response: ir.ErrorResponse) -> str:
    error = api.errors.get(response.error)
    return error.status if error is not None else response.error
