"""Example requests and responses of endpoints."""

from __future__ import annotations

from collections.abc import Mapping

from .. import ir
from ..frozen import dataclass
from ..queries.value_matching import ValueMatcher, mapping
from .sample_values import Samples

PLACEHOLDER_URL = "https://api.example.com"
"""The base URL of examples where the description has no server."""


@dataclass(frozen=True)
class RequestSample:
    """The values of one call, by wire names; `body` is None if nothing is sent."""

    path: Mapping[str, ir.Json]
    query: Mapping[str, ir.Json]
    headers: Mapping[str, ir.Json]
    body: ir.Default | None


class ExampleCalls:
    """Returns a request and its responses for each endpoint of one API."""

    def __init__(self, api: ir.Api) -> None:
        self.api = api
        self.matcher = ValueMatcher(api)
        self.samples = Samples(self.matcher)

    def call(self, endpoint: ir.Endpoint) -> ir.Call:
        """The main example of an endpoint: the first one that is not an error."""
        return next((example for example in endpoint.examples if example.error is None), ir.Call())

    def request(self, endpoint: ir.Endpoint) -> RequestSample:
        """A valid request."""
        call = self.call(endpoint)
        by_location = {"path": call.path, "query": call.query, "header": call.headers}
        values: dict[str, dict[str, ir.Json]] = {"path": {}, "query": {}, "header": {}}
        for parameter in endpoint.parameters:
            chosen = self._parameter(parameter, by_location.get(parameter.location, {}))
            if chosen is not None:
                values.setdefault(parameter.location, {})[parameter.name] = chosen.value
        body = self._body(endpoint.body, call) if endpoint.body else None
        return RequestSample(values["path"], values["query"], values["header"], body)

    def response(self, endpoint: ir.Endpoint) -> ir.Json:
        """The body of a successful response; for a stream, one event."""
        call, result = self.call(endpoint), endpoint.result
        if endpoint.streaming:
            return self.events(endpoint)[0]
        if result.type is None or result.kind in ("bytes", "file", "text"):
            example = call.response.value if call.response else None
            return example if isinstance(example, str) else "Hello, world!"
        if call.response is not None:
            return self.samples.fit(call.response.value, result.type, "response", "response")
        return self.samples.value(result.type, "response", "response")

    def events(self, endpoint: ir.Endpoint) -> tuple[ir.Json, ...]:
        """The events of a streamed response, at least one."""
        call, type_ = self.call(endpoint), endpoint.result.type or ir.Unknown()
        event_list = call.events
        if not event_list and call.response is not None:
            response = call.response.value
            event_list = response if isinstance(response, tuple) else (response,)
        fitting = tuple(value for value in event_list if self.matcher.fits(value, type_))
        return fitting or (self.samples.value(type_, "event", "response"),)

    def error(self, response: ir.ErrorResponse) -> ir.Json:
        """The body of an error response."""
        type_ = response.type or self.api.errors[response.error].type
        if response.examples:
            value = response.examples[0].value
            return self.samples.fit(value, type_, "body", "response") if type_ else value
        return self.samples.value(type_, "body", "response") if type_ else {"message": "message"}

    def _parameter(
        self, parameter: ir.Parameter, values: Mapping[str, ir.Json]
    ) -> ir.Default | None:
        if parameter.name in values:
            value = values[parameter.name]
            if value is not None:
                return ir.Default(
                    self.samples.fit(value, parameter.type, parameter.name, "request")
                )
        if not parameter.required and parameter.location != "path":
            return None
        for known in (parameter.example, parameter.default, parameter.client_default):
            if known is not None and self.matcher.fits(known.value, parameter.type):
                return known
        return ir.Default(self.samples.parameter(parameter.type, parameter.name))

    def _body(self, body: ir.Body, call: ir.Call) -> ir.Default | None:
        example = call.body.value if call.body else None
        if body.type is not None:
            if example is not None:
                return ir.Default(self.samples.fit(example, body.type, "request", "request"))
            if not body.required:
                return None
            return ir.Default(self.samples.value(body.type, "request", "request"))
        if not body.fields:
            return ir.Default("Hello, world!") if body.encoding in ("bytes", "text") else None
        body_value = self.samples.fit_object(mapping(example), body.fields, "request")
        if example is None:
            body_value = self.samples.completed(body_value, body, "request")
        return ir.Default(body_value)


def thawed(value: ir.Json) -> object:
    """A frozen JSON value in the form for `json.dumps`."""
    if isinstance(value, tuple):
        return [thawed(element) for element in value]
    if isinstance(value, Mapping):
        return {key: thawed(member) for key, member in value.items()}
    return value
