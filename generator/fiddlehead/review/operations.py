"""What changed in the operations of an API: parameters, bodies, responses, how they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from .. import ir, queries
from .finding_collector import Collector
from .limits import compare_assertions, compare_constraints
from .schema_comparer import At, Schemas, compare_defaults, deprecated
from .type_display import all_assertions, fields_by_name, spell

_STABILITY = ("in-development", "pre-release", "beta", "deprecated", "generally-available")


class Operations:
    """Compares the endpoints of two APIs."""

    def __init__(self, old: ir.Api, new: ir.Api, schemas: Schemas, found: Collector) -> None:
        self._old, self._new, self._schemas, self._found = old, new, schemas, found

    def compare(self) -> None:
        """Finds what was added, removed and changed, operation by operation, sorted by id."""
        old = {endpoint.id: endpoint for _, endpoint in ir.endpoints(self._old.root)}
        new = {endpoint.id: endpoint for _, endpoint in ir.endpoints(self._new.root)}
        pairs = {name: name for name in old if name in new}
        # A path whose parameters have other names is the same path.
        left = {_normal(each): name for name, each in new.items() if name not in pairs}
        for name, endpoint in old.items():
            if name not in pairs and _normal(endpoint) in left:
                pairs[name] = left.pop(_normal(endpoint))
        for name in sorted(old):
            with self._found.inside(("operation", name)):
                if name in pairs:
                    self._endpoint(old[name], new[pairs[name]])
                else:
                    self._removed(old[name])
        for name in sorted(set(new) - set(pairs.values())):
            with self._found.inside(("operation", name)):
                self._found.add("endpoint-added", name, f"{name} is new", new=new[name].span)

    def _removed(self, endpoint: ir.Endpoint) -> None:
        how = "with" if deprecated(endpoint.availability) else "without"
        self._found.add(
            f"api-removed-{how}-deprecation",
            endpoint.id,
            f"{endpoint.id} is gone",
            old=endpoint.span,
        )

    def compare_calls(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        """Finds what changed in how two endpoints are called, without bodies and responses."""
        self._promises(old, new)
        self._calling(old, new)
        self._parameters(old, new)

    def _endpoint(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        self.compare_calls(old, new)
        self._body(old, new)
        self._result(old, new)
        self._errors(old, new)

    def _add(
        self,
        rule: str,
        old: ir.Endpoint,
        new: ir.Endpoint,
        text: str,
        before: object = None,
        after: object = None,
    ) -> None:
        self._found.add(
            rule,
            old.id,
            f"{old.id}: {text}",
            old=old.span,
            new=new.span,
            before=None if before is None else str(before),
            after=None if after is None else str(after),
        )

    # --- what an operation promises ----------------------------------------------------------

    def _promises(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        was, now = deprecated(old.availability), deprecated(new.availability)
        if was != now:
            rule = "endpoint-deprecated" if now else "endpoint-reactivated"
            self._add(rule, old, new, "deprecated" if now else "no longer deprecated")
        else:
            before, after = _stability(old), _stability(new)
            if before != after:
                less = _STABILITY.index(after) < _STABILITY.index(before)
                rule = "api-stability-decreased" if less else "api-stability-increased"
                self._add(rule, old, new, f"was {before} and is {after}", before, after)
        if old.operation_id != new.operation_id:
            rule = "api-operation-id-removed" if old.operation_id else "api-operation-id-added"
            text = f"the operationId was {old.operation_id} and is {new.operation_id}"
            self._add(rule, old, new, text, old.operation_id, new.operation_id)

    def _calling(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        for rule, name, text in (
            ("endpoint-server-changed", "server", "goes to another base URL"),
            ("retries-changed", "retries", "is repeated after a failure, or no longer"),
            (
                "call-settings-changed",
                "calls",
                "waits for another time, or is repeated more or less",
            ),
            ("idempotency-changed", "idempotent", "takes idempotency headers, or no longer"),
            ("pagination-changed", "pagination", "the next page is found otherwise"),
        ):
            before, after = getattr(old, name), getattr(new, name)
            if before != after:
                plain = isinstance(before, str | bool) or isinstance(after, str | bool)
                self._add(rule, old, new, text, before if plain else None, after if plain else None)
        if old.waiter and new.waiter and _waits(old.waiter) != _waits(new.waiter):
            self._add("waiter-changed", old, new, "waiting ends otherwise")
        self._streaming(old, new)
        self._auth(old, new)

    def _streaming(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        before, after = old.streaming, new.streaming
        was = before.format if before else "no stream"
        now = after.format if after else "no stream"
        if was != now:
            text = f"the response was {was} and is {now}"
            self._add("streaming-changed", old, new, text, was, now)
        elif before and after and before.terminator != after.terminator:
            text = "the stream ends with another event"
            ends = (before.terminator, after.terminator)
            self._add("stream-terminator-changed", old, new, text, *ends)

    def _auth(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        if old.auth is None and new.auth is None:
            return
        before = self._old.auth if old.auth is None else old.auth
        after = self._new.auth if new.auth is None else new.auth
        for rule, text in security(before, after):
            self._add(f"api-{rule}", old, new, text, shown_auth(before), shown_auth(after))

    # --- parameters --------------------------------------------------------------------------

    def _parameters(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        before = {(each.location, each.name): each for each in old.parameters}
        after = {(each.location, each.name): each for each in new.parameters}
        renamed = dict(zip(_in_path(old), _in_path(new), strict=False))
        for key, parameter in before.items():
            other = after.pop(key, None)
            where = At(
                f"{old.id} {parameter.location}.{parameter.name}",
                "request",
                "parameter",
                parameter.span,
            )
            if other is None and parameter.location == "path":
                other = after.pop(("path", renamed.get(parameter.name, "")), None)
                if other is not None:
                    self._found.add(
                        "endpoint-path-parameter-renamed",
                        where.location,
                        f"The path parameter '{parameter.name}' is called '{other.name}'",
                        old=parameter.span,
                        new=other.span,
                        before=parameter.name,
                        after=other.name,
                    )
            if other is None:
                moved = next((each for each in after if each[1] == parameter.name), None)
                if moved is not None:
                    other = after.pop(moved)
                    self._found.add(
                        "request-parameter-moved",
                        where.location,
                        f"'{parameter.name}' was sent in the {parameter.location}, and is sent "
                        f"in the {other.location}",
                        old=parameter.span,
                        new=other.span,
                        before=parameter.location,
                        after=other.location,
                    )
            if other is None:
                self._parameter_removed(parameter, where)
            else:
                self._parameter(parameter, other, replace(where, new=other.span))
        for parameter in after.values():
            need = "required" if parameter.required else "optional"
            self._found.add(
                f"new-{need}-request-parameter",
                f"{old.id} {parameter.location}.{parameter.name}",
                f"The {need} {parameter.location} parameter '{parameter.name}' is new",
                old=old.span,
                new=parameter.span,
                after=spell(self._new, parameter.type),
            )

    def _parameter_removed(self, parameter: ir.Parameter, at: At) -> None:
        suffix = "-with-deprecation" if deprecated(parameter.availability) else ""
        self._found.add(
            f"request-parameter-removed{suffix}",
            at.location,
            f"The {parameter.location} parameter '{parameter.name}' is gone",
            old=at.old,
            before=spell(self._old, parameter.type),
        )

    def _parameter(self, old: ir.Parameter, new: ir.Parameter, at: At) -> None:
        def add(suffix: str, text: str) -> None:
            self._found.add(
                f"request-parameter-{suffix}",
                at.location,
                f"'{at.location}' {text}",
                old=at.old,
                new=at.new,
            )

        if old.required != new.required:
            if new.required:
                add("became-required", "was optional and is required")
            else:
                add("became-optional", "was required and is optional")
        was, now = deprecated(old.availability), deprecated(new.availability)
        if was != now:
            text = "is deprecated" if now else "is no longer deprecated"
            add("deprecated" if now else "reactivated", text)
        if old.nullable != new.nullable:
            if new.nullable:
                add("became-nullable", "may be null now")
            else:
                add("became-not-nullable", "may no longer be null")
        if old.allow_multiple and new.allow_multiple:
            compare_constraints(self._found, at, old.constraints, new.constraints)
            compare_assertions(self._found, at, old.assertions, new.assertions)
        if old.location == new.location and _written(old) != _written(new):
            add("style-changed", "is written otherwise (style, explode)")
        compare_defaults(self._found, at, old.default, new.default)
        if old.client_default != new.client_default:
            sent = replace(at, location=f"{at.location} (sent by the client)")
            compare_defaults(self._found, sent, old.client_default, new.client_default)
        self._schemas.compare(old.type, new.type, at)

    # --- bodies ------------------------------------------------------------------------------

    def _body(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        before, after = old.body, new.body
        if before is None or after is None:
            if after is not None:
                need = "required" if after.required else "optional"
                rule = f"request-body-added-{need}"
                self._add(rule, old, new, f"takes a body now ({need})")
            elif before is not None:
                self._add("request-body-removed", old, new, "takes no body any more")
            return
        if before.required != after.required:
            rule = "request-body-became-" + ("required" if after.required else "optional")
            self._add(rule, old, new, "the body " + rule.removeprefix("request-body-"))
        if (before.encoding, before.content_type) != (after.encoding, after.content_type):
            self._add(
                "request-body-media-type-removed",
                old,
                new,
                f"the body was {before.content_type} and is {after.content_type}",
                before.content_type,
                after.content_type,
            )
        at = At(f"{old.id} body", "request", "body", before.span, after.span)
        if before.type is not None and after.type is not None:
            self._schemas.compare(before.type, after.type, at)
            return
        # A body with a schema of its own and one that is spelled out are sent alike.
        old_fields, new_fields = _fields(self._old, before), _fields(self._new, after)
        if old_fields is None or new_fields is None:
            was, now = spell(self._old, before.type), spell(self._new, after.type)
            self._add("request-body-type-changed", old, new, "the body has another type", was, now)
            return
        self._schemas.compare_fields(old_fields, new_fields, at)
        self._schemas.compare_extra(before.extra, after.extra, at)
        compare_assertions(
            self._found, at, _assertions(self._old, before), _assertions(self._new, after)
        )

    # --- responses -----------------------------------------------------------------------------

    def _result(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        before, after = old.result, new.result
        if before.status != after.status:
            text = f"success was {before.status} and is {after.status}"
            self._add(
                "response-success-status-removed", old, new, text, before.status, after.status
            )
            self._add("response-success-status-added", old, new, text, before.status, after.status)
        if before.kind != after.kind:
            text = f"the response was {before.kind} and is {after.kind}"
            self._add("response-kind-changed", old, new, text, before.kind, after.kind)
        elif before.content_type != after.content_type:
            media = (before.content_type, after.content_type)
            if before.content_type:
                text = f"the response is no longer {before.content_type}"
                self._add("response-media-type-removed", old, new, text, *media)
            if after.content_type:
                text = f"the response may be {after.content_type}"
                self._add("response-media-type-added", old, new, text, *media)
        if before.optional != after.optional:
            rule = (
                "response-became-optional" if after.optional else "response-became-always-present"
            )
            self._add(
                rule,
                old,
                new,
                "a success may have no body" + ("" if after.optional else " no more"),
            )
        if before.unwrap != after.unwrap:
            was, now = ".".join(before.unwrap) or "all", ".".join(after.unwrap) or "all"
            text = f"the method returned '{was}' of the response and returns '{now}'"
            self._add("response-return-value-changed", old, new, text, was, now)
        self._headers(old, new)
        if before.kind == after.kind == "json":
            at = At(f"{old.id} response", "response", "body", before.span, after.span)
            self._schemas.compare(before.type or ir.Unknown(), after.type or ir.Unknown(), at)

    def _headers(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        before = {header.name.lower(): header for header in old.result.headers}
        after = {header.name.lower(): header for header in new.result.headers}
        for name, header in before.items():
            other = after.get(name)
            if other is None:
                text = f"the response has no header {header.name} any more"
                need = "required" if header.required else "optional"
                self._add(f"{need}-response-header-removed", old, new, text)
                continue
            if header.required != other.required:
                text = f"the header {header.name} " + (
                    "is always there now" if other.required else "may be missing now"
                )
                rule = "became-required" if other.required else "became-optional"
                self._add(f"response-header-{rule}", old, new, text)
            if spell(self._old, header.type) != spell(self._new, other.type):
                text = f"the header {header.name} has another type"
                types = spell(self._old, header.type), spell(self._new, other.type)
                self._add("response-header-type-changed", old, new, text, *types)
        for name, header in after.items():
            if name not in before:
                text = f"the response has the new header {header.name}"
                self._add("response-header-added", old, new, text)

    def _errors(self, old: ir.Endpoint, new: ir.Endpoint) -> None:
        before = {_status(self._old, each): each for each in old.errors}
        after = {_status(self._new, each): each for each in new.errors}
        for status, error in before.items():
            other = after.get(status)
            if other is None:
                text = f"the failure {status} is no longer described"
                self._add("response-non-success-status-removed", old, new, text)
            elif error.type is not None and other.type is not None:
                at = At(f"{old.id} {status}", "response", "body", error.span, other.span)
                self._schemas.compare(error.type, other.type, at)
            elif error.type is not None:
                text = f"the body of the failure {status} is no longer described"
                was = spell(self._old, error.type)
                self._add("response-error-body-removed", old, new, text, was)
            elif other.type is not None:
                text = f"the body of the failure {status} is described"
                now = spell(self._new, other.type)
                self._add("response-error-body-added", old, new, text, None, now)
        for status in after:
            if status not in before:
                text = f"the failure {status} is described"
                self._add("response-non-success-status-added", old, new, text)


def security(
    old: tuple[tuple[str, ...], ...], new: tuple[tuple[str, ...], ...]
) -> list[tuple[str, str]]:
    """What changed about who may call: (end of the rule's id, words), worst first."""
    before = {tuple(sorted(each)) for each in old if each}
    after = {tuple(sorted(each)) for each in new if each}
    was_open, is_open = not before or () in old, not after or () in new
    if before == after and was_open == is_open:
        return []
    found: list[tuple[str, str]] = []
    if was_open and not is_open:
        found.append(("security-added", "needs a credential and needed none"))
    if is_open and not was_open:
        found.append(("security-optional", "needs no credential any more"))
        return found
    gone = sorted(before - after)
    if gone and after:
        found.append(("security-removed", f"no longer takes {shown_auth(tuple(gone))}"))
    come = sorted(after - before)
    if come and before:
        found.append(("security-alternative-added", f"also takes {shown_auth(tuple(come))}"))
    return found


def shown_auth(auth: tuple[tuple[str, ...], ...]) -> str:
    """Alternatives of sets of schemes in words."""
    return " or ".join(" and ".join(each) or "nothing" for each in auth) or "nothing"


def _normal(endpoint: ir.Endpoint) -> str:
    suffix = endpoint.id.partition("#")[2]
    return f"{endpoint.method} {re.sub(r'{[^}]*}', '{}', endpoint.path)}#{suffix}"


def _in_path(endpoint: ir.Endpoint) -> list[str]:
    return re.findall(r"{([^}]*)}", endpoint.path)


def _stability(endpoint: ir.Endpoint) -> str:
    status = endpoint.availability.status if endpoint.availability else "generally-available"
    return "generally-available" if status == "deprecated" else status


def _waits(waiter: ir.Waiter) -> tuple[object, ...]:
    return (waiter.property, waiter.success, waiter.failure, waiter.interval, waiter.timeout)


def _written(parameter: ir.Parameter) -> tuple[object, ...]:
    return (
        parameter.style,
        parameter.explode,
        parameter.allow_multiple,
        parameter.allow_reserved,
    )


def _status(api: ir.Api, response: ir.ErrorResponse) -> str:
    error = api.errors.get(response.error)
    return error.status if error is not None else response.error


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
