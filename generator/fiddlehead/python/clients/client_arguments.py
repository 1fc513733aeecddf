"""The arguments of the constructor of a client."""

from __future__ import annotations

from ... import ir
from ...frozen import replace
from ...package import Argument
from ...typing_.types import (
    BOOL,
    FLOAT,
    INT,
    STR,
    Type,
    core,
    dict_of,
    http,
    optional,
    union,
)
from ..context import Context
from ..locations.namespace import Namespace


def client_argument(
    namespace: Namespace,
    name: str,
    type_: ir.Type | Type,
    default: str | None,
    doc: str | None,
    *,
    wire: str = "",
    span_of: ir.Parameter | ir.Variable | ir.ServerVariable | ir.VersionHeader | None = None,
) -> Argument:
    """An argument of the constructor; `wire` is its name in the description."""
    argument = Argument(
        name=name,
        wire=wire,
        location="client",
        kind="keyword",
        annotation=namespace.annotation(type_, argument=True),
        default=default,
        doc=doc,
        key=f"client.{wire or name}",
    )
    return argument if span_of is None else replace(argument, span=span_of.span)


def transport_arguments(
    context: Context, namespace: Namespace, late: list[Argument]
) -> list[Argument]:
    """The arguments that are not in the description: headers, time limits, retries, the HTTP
    client. `late` are arguments that come after the headers."""
    fern, settings = context.fern, context.settings.python
    result: list[Argument] = []

    def add(name: str, type_: Type, default: str, doc: str | None) -> None:
        result.append(client_argument(namespace, name, type_, default, doc))

    add(
        "headers",
        optional(dict_of(STR, STR)),
        "None",
        "Headers to send with every request.",
    )
    result += late
    timeout = settings.timeout
    none_meaning = "means no timeout" if timeout is None else f"means {timeout:g}"
    add(
        "timeout",
        optional(FLOAT if fern else union(FLOAT, http("Timeout"))),
        "None",
        f"The timeout in seconds; None {none_meaning}.",
    )
    retries = settings.max_retries
    add(
        "max_retries",
        optional(INT),
        "None",
        f"The maximum number of retries after a temporary failure; None means {retries}.",
    )
    if fern:
        add("stream_reconnection_enabled", optional(BOOL), "None", None)
        add("max_stream_reconnection_attempts", optional(INT), "None", None)
    follow = str(settings.follow_redirects)
    redirects = "Whether redirects are followed."
    add("follow_redirects", optional(BOOL), follow, redirects)
    add(
        "httpx_client",
        optional(http("Client")),
        "None",
        "The HTTP client to use; it is not closed with this client.",
    )
    client = optional(http("AsyncClient"))
    result[-1] = replace(result[-1], async_annotation=namespace.annotation(client))
    if settings.custom_transport:
        add(
            "http_client",
            optional(core("transports", "Transport")),
            "None",
            "A transport of the HTTP library, for the client that is created without `httpx_client`.",
        )
        later = optional(core("transports", "AsyncTransport"))
        result[-1] = replace(result[-1], async_annotation=namespace.annotation(later))
    if settings.user_agent_app_info:
        doc = "The application, which is added to the `User-Agent`."
        add("app_info", optional(core("user_agent", "AppInfo")), "None", doc)
    if fern:
        logging = union(core("logging", "LogConfig"), core("logging", "Logger"))
        add("logging", optional(logging), "None", "The configuration of the logging.")
    return result
