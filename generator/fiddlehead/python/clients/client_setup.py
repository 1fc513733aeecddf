"""The arguments that the constructor of a client passes to the runtime."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ...literals import literal
from ...package import Call, Keyword
from ..context import Context
from ..locations.namespace import Namespace
from ..methods import operation_auth
from ..types import errors


@dataclass
class ClientValues:
    """Values that a client sends with every request: pairs of a name and an expression."""

    headers: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    params: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    variables: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    arguments: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """The arguments of the constructor for these values, by name."""


def runtime_call(
    context: Context,
    namespace: Namespace,
    values: ClientValues,
    kind: Literal["Sync", "Async"],
    base: list[Keyword],
    auth: str | None,
) -> Call:
    """The call of the runtime's `ClientWrapper`; `base` are the URLs, `auth` the credentials."""
    settings = context.settings
    version = namespace.local("version.py", "__version__")
    agent = literal(settings.python.user_agent or "")
    if settings.python.user_agent is None:
        product = (settings.distribution or settings.package).replace("{", "").replace("}", "")
        agent = f"f{literal(f'{product}/{{{version}}}')}"
    if settings.python.platform_headers == "user-agent":
        agent = f"{namespace.core('user_agent', 'with_platform')}({agent})"
    if settings.python.user_agent_app_info:
        agent = f"{namespace.core('user_agent', 'with_app')}({agent}, app_info)"
    asynchronous = [Keyword("is_async", "True")] if kind == "Async" else []
    keywords = [*base, *asynchronous, Keyword("user_agent", agent)]
    if auth is not None:
        keywords.append(Keyword("auth", auth))
    for name, entries in (
        ("headers", values.headers),
        ("params", values.params),
        ("variables", values.variables),
        ("arguments", values.arguments if context.fern else []),
    ):
        if entries:
            keywords.append(Keyword(name, entries=tuple(entries)))
    keywords.append(Keyword("custom_headers", "headers"))
    if context.api.errors:
        table = namespace.local(errors.path(context), "ERRORS")
        keywords.append(Keyword("errors", table))
    if context.api.error_property is not None:
        keywords.append(Keyword("error_property", literal(context.api.error_property)))
    keywords += [
        Keyword("timeout", "timeout"),
        Keyword("default_timeout", repr(settings.python.timeout)),
        Keyword("max_retries", _retries(context)),
    ]
    phases = settings.python.timeouts
    if phases is not None:
        limits = {name: getattr(phases, name) for name in ("connect", "read", "write")}
        seconds = [(literal(k), repr(v)) for k, v in limits.items() if v is not None]
        keywords.append(Keyword("phases", entries=tuple(seconds)))
    if settings.python.default_bytes_stream_chunk_size is not None:
        size = str(settings.python.default_bytes_stream_chunk_size)
        keywords.append(Keyword("default_chunk_size", size))
    if context.fern:
        for name in ("stream_reconnection_enabled", "max_stream_reconnection_attempts"):
            keywords.append(Keyword(name, name))
    keywords += [Keyword(name, name) for name in ("follow_redirects", "httpx_client")]
    if context.fern:
        callee = namespace.core("logging", "create_logger")
        keywords.append(Keyword("logging", f"{callee}(logging)"))
        if not settings.python.pydantic.skip_validation:
            keywords.append(Keyword("validate", "True"))
    custom = "(lambda _: http_client) if http_client is not None else"
    probes = settings.python.tcp_keepalive
    if probes is None and settings.python.custom_transport:
        keywords.append(Keyword("transport", f"{custom} None"))
    if probes is not None:
        callee = namespace.core("keepalive", "transport")
        probe_arguments = f"idle={probes.idle_seconds}, interval={probes.interval_seconds}"
        first = "is_async=True, " if kind == "Async" else ""
        expression = f"{callee}({first}{probe_arguments}, count={probes.count})"
        if settings.python.custom_transport:
            expression = f"{custom} {expression}"
        keywords.append(Keyword("transport", expression))
    if settings.http_library == "httpx":
        keywords.append(Keyword("http_library", literal("httpx")))
    keywords += _idempotency(context)
    return Call(operation_auth.wrapper(context, namespace), (), tuple(keywords))


def _idempotency(context: Context) -> list[Keyword]:
    """Methods that get an idempotency key, and its header if the name is not the default."""
    settings = context.settings.python.auto_generate_idempotency_key
    keywords: list[Keyword] = []
    headers = [header.name for header in context.api.idempotency_headers]
    if settings is not None:
        header = literal(settings.header_name)
        entries = tuple((literal(method), header) for method in settings.methods)
        keywords.append(Keyword("idempotency", entries=entries))
        headers.append(settings.header_name)
    unusual = {header.lower() for header in headers if "idempotency" not in header.lower()}
    if unusual:
        names = ", ".join(literal(name) for name in sorted(unusual))
        keywords.append(Keyword("idempotency_headers", f"({names},)"))
    return keywords


def _retries(context: Context) -> str:
    retries = context.settings.python.max_retries
    if retries == 2:
        return "max_retries"
    return f"max_retries if max_retries is not None else {retries}"
