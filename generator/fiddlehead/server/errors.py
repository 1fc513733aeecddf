"""Error responses in the described form."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from .. import ir
from ..examples.example_calls import ExampleCalls, thawed
from ..queries import lookup
from .messages import Problem, Response, json_response
from .property_paths import is_list, is_object
from .values import SeededValues

_MESSAGES = ("message", "detail", "msg", "error", "reason", "error_description", "title")
_PLACES = ("loc", "location", "field", "path", "pointer", "param", "parameter", "source", "target")
_STATUSES = ("status", "status_code", "statuscode", "code", "http_status")


class Errors:
    """Creates the error responses of one API."""

    def __init__(self, example_calls: ExampleCalls, values: SeededValues) -> None:
        self._exchanges = example_calls
        self._values = values
        self._api = example_calls.api
        self._bodies: dict[tuple[str, str], str] = {}

    def described(self, endpoint: ir.Endpoint, status: int) -> ir.ErrorResponse | None:
        """The error of an endpoint for a status, or for a range such as 4XX."""
        for wanted in (str(status), f"{status // 100}XX"):
            for error in endpoint.errors:
                if self._api.errors[error.error].status.upper() == wanted:
                    return error
        return None

    def rejected(
        self, endpoint: ir.Endpoint, problems: Sequence[Problem], statuses: Sequence[int]
    ) -> Response:
        """A response with the first of the statuses that the endpoint describes, or else the first
        one."""
        status = next(
            (status for status in statuses if self.described(endpoint, status)), statuses[0]
        )
        return self.response(endpoint, status, problems)

    def response(
        self,
        endpoint: ir.Endpoint | None,
        status: int,
        problems: Sequence[Problem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """An error response. The problem is in suitable properties of the described body: message,
        location, status. Without a description, the body is `{"message": …}`."""
        text = "; ".join(map(str, problems)) or _phrase(status)
        error_response = self.described(endpoint, status) if endpoint else None
        if error_response is None:
            return json_response(status, {"message": text}, headers)
        headers = self._headers(endpoint, error_response, headers or {})
        type_ = error_response.type or self._api.errors[error_response.error].type
        key = (endpoint.id if endpoint else "", error_response.error)
        if key not in self._bodies:
            self._bodies[key] = json.dumps(thawed(self._exchanges.error(error_response)))
        body: object = json.loads(self._bodies[key])
        if problems or not error_response.examples:
            reasons = list(problems) or [Problem((), text)]
            body = self._filled(body, type_, reasons, status, 0)
        declared = self._api.errors[error_response.error]
        if self._api.error_property is not None and declared.discriminant is not None:
            content = {} if declared.empty else {"content": body}
            body = {self._api.error_property: declared.discriminant, **content}
        return json_response(status, body, headers)

    def _headers(
        self, endpoint: ir.Endpoint | None, error: ir.ErrorResponse, sent_headers: Mapping[str, str]
    ) -> dict[str, str]:
        """The given headers, and the others that the description requires."""
        key = f"{endpoint.id if endpoint else ''}/{error.error}"
        headers = self._values.headers(error.headers, key)
        known = {name.lower() for name in sent_headers}
        other_headers = {
            name: value for name, value in headers.items() if name.lower() not in known
        }
        # Clients wait for this number of seconds.
        waits = {name: "1" for name in other_headers if name.lower() == "retry-after"}
        return {**other_headers, **waits, **sent_headers}

    def _filled(
        self,
        value: object,
        type_: ir.Type | None,
        problems: Sequence[Problem],
        status: int,
        depth: int,
    ) -> object:
        target = lookup.resolved_non_null(self._api, type_) if type_ else ir.Unknown()
        text = "; ".join(map(str, problems))
        if isinstance(target, ir.ListOf) and depth < 6:
            item: object = value[0] if is_list(value) and value else {}
            return [
                self._filled(item, target.item, [problem], status, depth + 1)
                for problem in problems
            ]
        if isinstance(target, ir.Primitive) and target.kind == "string":
            return text
        if isinstance(target, ir.Unknown) and not is_object(value):
            return {"message": text}
        if not is_object(value) or depth >= 6:
            return value
        if isinstance(target, ir.Model):
            fields = self._exchanges.matcher.fields(target)
            types = {field.name: field.type for field in fields}
        else:
            types = {}
        message_field = {"message": text} if isinstance(target, ir.Unknown | ir.MapOf) else {}
        body = {key: value[key] for key in value if types or not message_field}
        for key, inner in types.items():
            self._put(body, key, inner, problems, status, depth)
        return {**body, **message_field}

    def _put(
        self,
        body: dict[str, object],
        key: str,
        type_: ir.Type,
        problems: Sequence[Problem],
        status: int,
        depth: int,
    ) -> None:
        word = key.lower()
        target = lookup.resolved_non_null(self._api, type_)
        first = problems[0]
        if word in _PLACES and isinstance(target, ir.ListOf) and first.place:
            body[key] = list(first.place)
        elif word in _PLACES and self._is_text(target) and first.place:
            body[key] = first.where
        elif word in _STATUSES and isinstance(target, ir.Primitive):
            if target.kind in ("integer", "long", "uint", "uint64", "float", "double"):
                body[key] = status
        elif word in _MESSAGES and self._is_text(target):
            body[key] = "; ".join(map(str, problems))
        elif isinstance(target, ir.Model) or (
            isinstance(target, ir.ListOf) and word in ("detail", "details", "errors", "error")
        ):
            if key in body:
                body[key] = self._filled(body[key], type_, problems, status, depth + 1)
        elif isinstance(target, ir.UnionOf | ir.Union) and word in _MESSAGES:
            # Usually a string, or a list of problems.
            members = target.members if isinstance(target, ir.UnionOf) else ()
            if any(self._is_text(lookup.resolved_non_null(self._api, x)) for x in members):
                body[key] = "; ".join(map(str, problems))

    def _is_text(self, target: object) -> bool:
        return isinstance(target, ir.Primitive) and target.kind == "string"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"status {status}"
