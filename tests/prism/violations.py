"""Calls methods against Prism, and collects the violations that it reports."""

from __future__ import annotations

import itertools
import json
import os
import warnings
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import httpx

from ..support import examples
from ..support.pipeline import Made
from . import calls
from .calls import Call
from .mock import Prism

SECONDS_TO_RESPOND = 300
"""Prism takes a minute to make up a large response, and longer on a busy machine."""
PARTS = 3
"""How many events, items or chunks of a response are read: a mock's pages never end."""


CONNECTION_ERRORS = ("ConnectError", "ReadError", "WriteError", "RemoteProtocolError")
PRISM_ENDED = "Prism ended without a response"


@dataclass(frozen=True)
class Violation:
    """Prism's violations for the request of an operation, or the failure of the call."""

    operation: str
    message: str


@dataclass
class Report:
    called: int = 0
    requests: int = 0
    violations: list[Violation] = field(default_factory=list[Violation])
    details: dict[str, str] = field(default_factory=dict[str, str])
    """What was called for the operations that have violations: code, and the request."""


def find(made: Made, prism: Prism, package: Any) -> Report:
    """Calls every method of a generated package; `package` is the imported one."""
    report = Report()
    arguments = {argument.name for argument in made.package.root.arguments}
    environment = mock.patch.dict(os.environ, examples.credentials(made.api))
    with environment, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # methods and arguments that are deprecated are called too
        for call in calls.every(made):
            report.called += 1
            found = _send_to_running(call, prism, arguments, report)
            report.violations += [
                Violation(call.endpoint.id, item) for item in dict.fromkeys(found)
            ]
            if found:
                report.details[call.endpoint.id] += f"\n{call.code}"
    return report


def _send_to_running(call: Call, prism: Prism, arguments: set[str], report: Report) -> list[str]:
    """The violations of a call. Prism may end because of the call before, after its response: then
    the call is sent again."""
    for _ in range(2):
        prism.keep_running()
        found = _send(call, prism, arguments, report)
        if not found or not found[0].startswith(CONNECTION_ERRORS) or not prism.has_ended():
            return found
    return [PRISM_ENDED]


def _send(call: Call, prism: Prism, arguments: set[str], report: Report) -> list[str]:
    found: list[str] = []
    sent: list[httpx.Request] = []

    def look(response: httpx.Response) -> None:
        sent.append(response.request)
        response.read()
        found.extend(_violations(response))

    more = {"base_url": "base_url", "httpx_client": "http_client"}
    if "max_retries" in arguments:
        more["max_retries"] = "max_retries"
    with httpx.Client(event_hooks={"response": [look]}, timeout=SECONDS_TO_RESPOND) as http_client:
        names = {"base_url": prism.url, "http_client": http_client, "max_retries": 0}
        before, expression = call.with_client_arguments(**more)
        try:
            exec(compile(before, call.method.name, "exec"), names)
            _read(eval(compile(expression, call.method.name, "eval"), names), call)
        except Exception as error:  # a call that fails is a finding, whatever the failure is
            if not found:
                found.append(f"{type(error).__name__}: {_first_line(error)}")
    report.requests += len(sent)
    if not sent and not found:
        found.append("no request was sent")
    shown = [f"{x.method} {x.url}\n{x.headers!r}\n{_body(x)}" for x in sent[:1]]
    report.details[call.endpoint.id] = "\n".join(shown)
    return found


def _read(result: Any, call: Call) -> None:
    if call.method.kind in ("stream", "pages", "download"):
        for _ in itertools.islice(result, PARTS):
            pass


def _violations(response: httpx.Response) -> list[str]:
    """Prism's violations for a request: in a header if it responds with a described error,
    otherwise in a body of RFC 7807."""
    if "application/problem+json" in response.headers.get("content-type", ""):
        problem = response.json()
        if str(problem.get("type")).startswith("https://stoplight.io/prism/errors"):
            listed = problem.get("validation")
            if not listed:
                return [f"{problem['title']}: {_first_line(problem['detail'])}"]
            return [_text(item) for item in listed]
    header = response.headers.get("sl-violations", "[]")
    if not header.startswith("["):  # Prism cuts a long header after some 8,000 characters
        return [header.partition(" [")[0]]
    listed = json.loads(header)
    return [_text(item) for item in listed]


def _text(violation: dict[str, Any]) -> str:
    place = ".".join(map(str, violation["location"]))
    return f"{place}: {violation['message']}"


def _first_line(text: object) -> str:
    return str(text).strip().partition("\n")[0][:200]


def _body(request: httpx.Request) -> str:
    try:
        return request.read().decode("utf-8", "replace")[:2000]
    except Exception:
        return "(a body that cannot be read again)"
