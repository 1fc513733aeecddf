"""The example of an endpoint as a curl command."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from .. import ir
from ..queries.servers import url as url_of
from .example_calls import PLACEHOLDER_URL, ExampleCalls, thawed


def curl(example_calls: ExampleCalls, endpoint: ir.Endpoint) -> str:
    """A command that sends the example; credentials are environment variables of the shell."""
    api, sample = example_calls.api, example_calls.request(endpoint)
    url = url_of(api, endpoint)
    if url.startswith("/"):
        url = f"{PLACEHOLDER_URL}{url}"
    for name, argument in sample.path.items():
        url = url.replace(f"{{{name}}}", quote(_text(thawed(argument)), safe=""))
    query = urlencode([(name, _text(thawed(value))) for name, value in sample.query.items()])
    parts = [shlex.quote(f"{url}?{query}" if query else url)]
    if endpoint.method != "GET":
        parts.insert(0, f"-X {endpoint.method}")
    parts += _credentials(api, endpoint)
    parts += [
        f"-H {shlex.quote(f'{name}: {_text(thawed(x))}')}" for name, x in sample.headers.items()
    ]
    body = endpoint.body
    if body is not None and sample.body is not None:
        value = thawed(sample.body.value)
        if body.encoding == "json":
            parts.append(f"-H {shlex.quote(f'Content-Type: {body.content_type}')}")
            parts.append(f"-d {shlex.quote(json.dumps(value, indent=2, ensure_ascii=False))}")
        elif isinstance(sample.body.value, Mapping):
            flag = "-F" if body.encoding == "multipart" else "--data-urlencode"
            parts += [
                f"{flag} {shlex.quote(f'{key}={_text(thawed(x))}')}"
                for key, x in sample.body.value.items()
            ]
        elif body.encoding == "text":
            parts.append(f"--data-raw {shlex.quote(str(value))}")
    if body is not None and body.encoding == "bytes":
        parts.append("--data-binary @FILE")
    return "curl " + " \\\n  ".join(parts)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _credentials(api: ir.Api, endpoint: ir.Endpoint) -> list[str]:
    alternatives = api.auth if endpoint.auth is None else endpoint.auth
    chosen = alternatives[0] if alternatives else ()
    options: list[str] = []
    for scheme in (api.auth_schemes[scheme_id] for scheme_id in chosen):
        variable = next((x.env for x in scheme.credentials if x.env), None) or "API_KEY"
        variable = f"${variable}" if variable.isidentifier() else "$API_KEY"
        if scheme.kind in ("bearer", "oauth"):
            options.append(f'-H "Authorization: Bearer {variable}"')
        elif scheme.kind == "basic":
            options.append('-u "$USERNAME:$PASSWORD"')
        elif scheme.kind == "header" and (scheme.key or "").replace("-", "").isalnum():
            options.append(f'-H "{scheme.key}: {variable}"')
    return options
