"""Methods of endpoints: signature, documentation, and the call in the body."""

from __future__ import annotations

from ... import ir
from ...frozen import replace
from ...literals import literal
from ...naming import Named
from ...package import Call, Import, Keyword, Method
from .. import docs
from ..context import Context, deprecation, in_body
from ..locations.namespace import Namespace
from ..types import errors
from . import operation_auth
from .arguments import Arguments
from .method_parts import Parts
from .response_handling import accepted, response_handling


def build(context: Context, namespace: Namespace, endpoint: ir.Endpoint, named: Named) -> Method:
    """The method of an endpoint, without its examples."""
    parts = Arguments(context, namespace, endpoint, named.key).build()
    response = response_handling(context, namespace, endpoint, parts)
    url = template(endpoint, parts).lstrip("/")
    keywords = (
        *ordered(parts),
        *response.keywords,
        *accepted(context, endpoint),
        *call_options(context, namespace, endpoint),
    )
    call = Call(
        function=response.function,
        positional=(*response.positional, literal(endpoint.method.upper()), literal(url)),
        keywords=(*keywords, Keyword("options", parts.keywords[-1].name)),
        awaited=response.awaited,
    )
    async_call = None
    if response.async_positional is not None:
        rest = call.positional[len(response.positional) :]
        async_call = replace(call, positional=(*response.async_positional, *rest))
    deprecated = deprecation(endpoint.availability)
    if deprecated is not None:
        namespace.use(Import("typing_extensions", "deprecated"))
    return Method(
        name=named.name,
        arguments=parts.arguments,
        returns=response.returns,
        async_returns=response.async_returns,
        call=call,
        async_call=async_call,
        summary=endpoint.summary,
        description=endpoint.doc,
        kind=response.kind,
        http_method=endpoint.method.upper(),
        url=endpoint.path,
        errors=tuple(dict.fromkeys(_error_names(context, endpoint))),
        deprecated=deprecated,
        key=named.key,
        id=endpoint.id,
        span=endpoint.span,
    )


_PATH_PREFIXES = {"label": ".{{{name}}}", "matrix": ";{name}={{{name}}}"}
"""The prefixes of path styles (RFC 6570, sections 3.2.5 and 3.2.7)."""


def template(endpoint: ir.Endpoint, parts: Parts) -> str:
    """The path without a fragment, with the prefixes of its parameters' styles."""
    path = endpoint.path.partition("#")[0]
    styles = parts.calls.get("path_styles", Keyword("path_styles")).entries
    styled = {key for key, _ in styles}
    for parameter in endpoint.parameters:
        is_path = parameter.location == "path" and literal(parameter.name) not in styled
        if is_path and parameter.style in _PATH_PREFIXES:
            led = _PATH_PREFIXES[parameter.style].format(name=parameter.name)
            path = path.replace(f"{{{parameter.name}}}", led)
    return path


_ORDER = (
    "path",
    "path_styles",
    "params",
    "styles",
    "headers",
    "json",
    "form",
    "data",
    "files",
    "content",
)


def ordered(parts: Parts) -> list[Keyword]:
    """The keywords of a call in the order in which they are printed."""
    rest = [name for name in parts.calls if name not in _ORDER]
    keywords = [parts.calls[name] for name in (*_ORDER, *sorted(rest)) if name in parts.calls]
    return [_inline(keyword) if keyword.name == "path" else keyword for keyword in keywords]


def _inline(keyword: Keyword) -> Keyword:
    # The path determines their number, so they are on one line.
    entries = ", ".join(f"{key}: {value}" for key, value in keyword.entries)
    return Keyword(keyword.name, f"{{{entries}}}")


def call_options(context: Context, namespace: Namespace, endpoint: ir.Endpoint) -> list[Keyword]:
    """Arguments of the call that differ from the defaults of the client."""
    result: list[Keyword] = []
    entries: list[tuple[str, str]] = []
    ambiguous = errors.ambiguous(context)
    for error_response in endpoint.errors:
        error = context.api.errors.get(error_response.error)
        if error is None:
            continue
        status = error.status if error.status.isdigit() else literal(error.status)
        if error_response.error in ambiguous:
            entries.append((status, errors.local_name(context, error_response.error, namespace)))
        elif error_response.type is not None and error_response.type != error.type:
            entries.append((status, in_body(error_response.type, namespace)))
    if entries:
        result.append(Keyword("errors", entries=tuple(sorted(dict(entries).items()))))
    if endpoint.server is not None and len(_servers(context)) > 1:
        server = context.names.argument(endpoint.server)
        url = f'self._client_wrapper.settings["environment"].{server}'
        result.append(Keyword("base", url))
    if endpoint.base_path is not None:
        result.append(Keyword("base_path", literal(endpoint.base_path)))
    auth = operation_auth.auth_keyword(context, endpoint)
    if auth is not None:
        result.append(auth)
    if endpoint.calls is not None and endpoint.calls.timeout is not None:
        result.append(Keyword("timeout_in_seconds", repr(endpoint.calls.timeout)))
    if endpoint.calls is not None and endpoint.calls.max_retries is not None and endpoint.retries:
        result.append(Keyword("max_retries", repr(endpoint.calls.max_retries)))
    if not endpoint.retries:
        result.append(Keyword("retries", "False"))
    return result


def _error_names(context: Context, endpoint: ir.Endpoint) -> list[str]:
    return [
        context.errors[error.error].class_name
        for error in endpoint.errors
        if error.error in context.errors
    ]


def _servers(context: Context) -> list[str]:
    return list(
        dict.fromkeys(
            name for environment in context.api.environments for name in environment.servers
        )
    )


def with_docs(method: Method, sync: str, other: str) -> Method:
    """A method with its docstrings."""
    return replace(method, doc=sync, async_doc=other if other != sync else None)


def docstring(method: Method, *, asynchronous: bool = False) -> str:
    """The text of a method's docstring."""
    # The asynchronous example differs only by `await`, which the README shows.
    example = method.examples[0] if method.examples and not asynchronous else None
    # Without this, a docstring that starts with a heading would lose its indentation.
    called = f"`{method.http_method} {method.url}`"
    text = docs.description(method.summary, method.description) or called
    return docs.method(text, method.arguments, method.deprecated, example, method.raises)
