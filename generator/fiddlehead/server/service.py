"""The mock service: returns a response for each request."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import unquote, urlsplit

from .. import ir
from ..examples.example_calls import ExampleCalls
from . import pagination
from .authentication import is_allowed
from .bodies import Bodies, UnreadableBody
from .errors import Errors
from .failures import Failure
from .messages import Problem, Request, Response
from .parameters import Parameters
from .property_paths import is_object
from .resources import Resources
from .results import Results
from .routing import Match, Router
from .validation import MAX_PROBLEMS, Validator
from .values import SeededValues

__all__ = ["Failure", "Service"]


class Service:
    """Responds to the requests of one API, and keeps the resources that they create.

    Args:
        api: The API.
        seed: Selects the generated values, for parts of the description without examples.
        failures: The simulated failures.
        clock: A monotonic clock in seconds, for lifecycles.
    """

    def __init__(
        self,
        api: ir.Api,
        *,
        seed: int = 0,
        failures: Sequence[Failure] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.api = api
        example_calls = ExampleCalls(api)
        values = SeededValues(example_calls.matcher, example_calls.samples, seed)
        endpoints = [endpoint for _, endpoint in ir.endpoints(api.root)]
        validator = Validator(example_calls.matcher)
        self._router = Router(endpoints)
        self._parameters = Parameters(example_calls.matcher, validator)
        self._bodies = Bodies(example_calls.matcher, validator, self._parameters)
        self._errors = Errors(example_calls, values)
        self._results = Results(example_calls, values)
        self._resources = Resources(api, endpoints, example_calls, values, self._results, clock)
        self._failures = tuple(failures)
        self._chance = values.random("failures")

    def respond(self, request: Request) -> Response:
        """The response to a request."""
        match = self._router.match(request.path, request.method)
        if match is None:
            return self._errors.response(None, 404, [Problem((), self._nothing_at(request))])
        endpoints = match.endpoints.get(request.method)
        if endpoints is None and request.method == "HEAD":
            endpoints = match.endpoints.get("GET")
        if endpoints is None:
            return self._other_method(request, match)
        endpoint = endpoints[0]
        failed = self._failure(endpoint)
        if failed is not None:
            return failed
        if not is_allowed(self.api, endpoint, request):
            problems = [Problem((), "the credentials are missing")]
            return self._errors.response(endpoint, 401, problems)
        return self._checked(endpoints, request, match.values)

    def _nothing_at(self, request: Request) -> str:
        """The message for an unknown path; the path of the server's URL is often left in it."""
        text = f"there is nothing at {unquote(request.path)}"
        urls = [server.url for x in self.api.environments for server in x.servers.values()]
        for base in dict.fromkeys(urlsplit(url).path.rstrip("/") for url in urls):
            rest = request.path.removeprefix(base)
            if base and rest != request.path and self._router.match(rest, request.method):
                return f"{text}; this server has no base path: try {unquote(rest)}"
        return text

    def refuse(self, request: Request, status: int, message: str) -> Response:
        """An error response in the form that the endpoint describes."""
        match = self._router.match(request.path, request.method)
        endpoints = match.endpoints.get(request.method, ()) if match else ()
        problems = [Problem(("body",), message)]
        return self._errors.response(endpoints[0] if endpoints else None, status, problems)

    def _other_method(self, request: Request, match: Match) -> Response:
        allowed = ", ".join(sorted(match.endpoints))
        known = next(iter(match.endpoints.values()))[0]
        problem = Problem((), f"{request.method} is not one of the methods here: {allowed}")
        return self._errors.response(known, 405, [problem], {"Allow": allowed})

    def _failure(self, endpoint: ir.Endpoint) -> Response | None:
        drawn = self._chance.random() if self._failures else 1.0
        for failure in self._failures:
            if drawn < failure.share:
                return self._errors.response(endpoint, failure.status)
            drawn -= failure.share
        return None

    def _checked(
        self, endpoints: Sequence[ir.Endpoint], request: Request, path: Mapping[str, str]
    ) -> Response:
        endpoint, body, problems = endpoints[0], None, list[Problem]()
        described = next((endpoint.body for endpoint in endpoints if endpoint.body), None)
        if described is not None:
            try:
                body = self._bodies.decoded(described, request)
            except UnreadableBody as error:
                statuses = (400, 422) if error.status == 400 else (error.status, 400, 422)
                return self._errors.rejected(endpoint, [error.problem], statuses)
            endpoint = _select_variant(endpoints, body)
            if endpoint.body is not None:
                problems += self._bodies.problems(endpoint.body, body)
        problems = [*self._parameters.problems(endpoint, request, path), *problems]
        if problems:
            return self._errors.rejected(endpoint, problems[:MAX_PROBLEMS], (422, 400))
        missing = self._resources.missing(endpoint, path)
        if missing is not None:
            return self._errors.response(endpoint, 404, [missing])
        return self._result(endpoint, request, path, body)

    def _result(
        self, endpoint: ir.Endpoint, request: Request, path: Mapping[str, str], body: object
    ) -> Response:
        determined, value = self._resources.apply(endpoint, path, body)
        plain = self._results.plain(endpoint, request.path)
        if plain is not None:
            return plain
        if not determined:
            value = self._results.value(endpoint)
        if endpoint.pagination is not None:
            value = self._page(endpoint, request, path, body, value)
        return self._results.json(endpoint, value)

    def _page(
        self,
        endpoint: ir.Endpoint,
        request: Request,
        path: Mapping[str, str],
        body: object,
        value: object,
    ) -> object:
        items = self._resources.listed(endpoint, path)
        if items is None:
            if self._results.has_example(endpoint):
                first = pagination.is_first(endpoint, request, body)
                return value if first else pagination.end(endpoint, value)
            items = self._resources.made_items(endpoint)
        size = self._resources.page_size(endpoint)
        return pagination.fill_page(self.api, endpoint, request, body, value, items, size)


def _select_variant(endpoints: Sequence[ir.Endpoint], body: object) -> ir.Endpoint:
    """The endpoint, of those with the same method and path, whose literals the body has."""
    for endpoint in sorted(endpoints, key=lambda x: x.streaming is None):
        fields = endpoint.body.fields if endpoint.body else ()
        fixed = {x.name: x.type.value for x in fields if isinstance(x.type, ir.Literal)}
        sent = body if is_object(body) else {}
        if fixed and all(sent.get(name) is value for name, value in fixed.items()):
            return endpoint
    plain = [endpoint for endpoint in endpoints if endpoint.streaming is None]
    return plain[0] if plain else endpoints[0]
