"""Channels: the method that opens one, and the client of the open WebSocket."""

from __future__ import annotations

from collections.abc import Sequence

from ... import ir, queries
from ...frozen import dataclass, replace
from ...literals import literal
from ...naming import Claim, Named
from ...package import Alias, Argument, Call, Import, Keyword, Method, Module, Sender, Socket
from ...typing_.types import (
    ASYNC_CONTEXT_MANAGER,
    BYTES,
    CONTEXT_MANAGER,
    OBJECT,
    STR,
    core,
    generic,
    imported,
    union,
)
from .. import docs
from ..context import Context, deprecation
from ..locations.namespace import Namespace
from ..methods import methods
from ..methods.arguments import Arguments

MODULE = "socket_client.py"
_RAW = {"text": STR, "binary": BYTES}
_OWN = ("on", "recv", "start_listening", "close")
"""The methods of every WebSocket client."""


def module_path(package: Sequence[str]) -> str:
    """The module of a group's WebSocket clients."""
    return "/".join((*package, MODULE))


@dataclass(frozen=True)
class Opened:
    """A channel with the Python names of the method that opens it, of its client, and of the
    methods that send its messages."""

    channel: ir.Channel
    named: Named
    client: str
    senders: tuple[Named, ...]


def plan(
    context: Context, group: ir.Resource, channel: ir.Channel, named: Named, base: str
) -> Opened:
    """The names of a channel; `base` is the name of its group's client."""
    label = context.names.class_name(channel.label) if channel.label else ""
    # The client of a group's only channel has the name of the group.
    client = f"{base}{label if len(group.channels) > 1 else ''}SocketClient"
    return Opened(channel, named, client, tuple(_senders(context, channel, named)))


def method(
    context: Context,
    namespace: Namespace,
    opened: Opened,
    path: str,
) -> Method:
    """The method that opens a channel, whose client is in the module at `path`."""
    channel, named, socket = opened.channel, opened.named, opened.client
    request = queries.handshake(channel)
    if context.fern and request.auth == ():
        # Clients of Fern send their credentials with every handshake.
        request = replace(request, auth=None)
    parts = Arguments(context, namespace, request, named.key).build()
    options = parts.keywords.pop()
    sockets = core("sockets", "SocketOptions")
    kinds = union(core("request_options", "RequestOptions"), sockets)
    annotation = namespace.annotation(kinds, none=True)
    parts.keywords.append(replace(options, annotation=annotation))
    keywords = (
        *methods.ordered(parts),
        *methods.call_options(context, namespace, request),
        Keyword("options", options.name),
    )
    url = literal(methods.template(request, parts).lstrip("/"))
    names = [namespace.local(path, f"{prefix}{socket}") for prefix in ("", "Async")]
    calls = [Call("_connect", (name, url), keywords, awaited=False) for name in names]
    managers = (CONTEXT_MANAGER, ASYNC_CONTEXT_MANAGER)
    returns = [
        namespace.annotation(generic(manager, imported(path, name)))
        for manager, name in zip(managers, (socket, f"Async{socket}"), strict=True)
    ]
    deprecated = deprecation(channel.availability)
    if deprecated is not None:
        namespace.use(Import("typing_extensions", "deprecated"))
    return Method(
        name=named.name,
        arguments=parts.arguments,
        returns=returns[0],
        async_returns=returns[1],
        call=calls[0],
        async_call=calls[1],
        description=channel.doc,
        kind="socket",
        http_method="GET",
        url=channel.path,
        raises=(("ApiError", "The server rejects the connection."),),
        deprecated=deprecated,
        sender=opened.senders[0].name if opened.senders else None,
        key=named.key,
        id=channel.id,
        span=channel.span,
    )


def module(context: Context, path: str, channels: Sequence[Opened]) -> Module | None:
    """The module of the WebSocket clients of a group; None if it has no channel."""
    if not channels:
        return None
    used = {ref.id for channel in channels for ref in queries.references(channel.channel)}
    defined = [
        name
        for channel in channels
        for name in (channel.client, f"Async{channel.client}", f"{channel.client}Response")
    ]
    shadowed = [sender.name for channel in channels for sender in channel.senders]
    namespace = context.namespace(path, defined, used, (*shadowed, *_OWN))
    items = tuple(item for channel in channels for item in _items(context, namespace, channel))
    return Module(path=path, items=items, imports=namespace.imports)


def _items(context: Context, namespace: Namespace, opened: Opened) -> tuple[Alias, Socket]:
    channel, socket = opened.channel, opened.client
    formats = {format_ for m in channel.messages if m.origin == "server" for format_ in m.formats}
    json = received(channel)
    others = has_other_messages(channel)
    members = [context.types.type_of(json)] if json is not None else []
    members += [STR] if "text" in formats else []
    members += [BYTES] if "binary" in formats else []
    members += [context.types.type_of(ir.Unknown())] if others else []
    response = f"{socket}Response"
    alias = Alias(
        name=response,
        value=namespace.annotation(context.types.union(*members) if members else OBJECT),
        declared_by=namespace.use(Import("typing", "TypeAlias")),
        doc=f"A message that `{socket}` receives.",
        key=f"{opened.named.key}.response",
        span=channel.span,
    )
    fields: list[str] = []
    if json is not None:
        fields.append(response if len(members) == 1 else namespace.annotation(json).text)
    elif others:
        fields.append(response)
    if "text" in formats:
        fields.append("text=True")
    if context.fern and not others:
        fields.append("skip_unknown=True")
    sent = [message for message in channel.messages if message.origin == "client"]
    return alias, Socket(
        name=socket,
        response=response,
        base=namespace.core("socket_client", "SocketClient"),
        async_base=namespace.core("socket_client", "AsyncSocketClient"),
        messages=namespace.core("socket_client", "Messages"),
        reads=", ".join(fields),
        senders=tuple(
            _printed(context, namespace, sender, message)
            for sender, message in zip(opened.senders, sent, strict=True)
        ),
        doc=docs.clean(channel.doc) or f"The open WebSocket `{channel.path}`.",
        key=f"{opened.named.key}.socket",
        span=channel.span,
    )


def received(channel: ir.Channel) -> ir.Type | None:
    """The union of the types of the server's JSON messages, in the order of the description; None
    if there are none, or if none has a known type."""
    members = [type_ for type_ in _json_types(channel) if not isinstance(type_, ir.Unknown)]
    if len(members) > 1:
        return ir.UnionOf(tuple(members))
    return members[0] if members else None


def has_other_messages(channel: ir.Channel) -> bool:
    """Whether the server also sends JSON of an unknown type, which is kept as it comes."""
    return any(isinstance(type_, ir.Unknown) for type_ in _json_types(channel))


def _json_types(channel: ir.Channel) -> list[ir.Type]:
    """The different types of the server's JSON messages."""
    messages = [message for message in channel.messages if message.origin == "server"]
    return [*dict.fromkeys(message.type for message in messages if message.format == "json")]


def _senders(context: Context, channel: ir.Channel, named: Named) -> list[Named]:
    """The names of the methods that send the messages of a channel."""
    claims = [
        Claim(
            _sender_names(context, message),
            message.name,
            message.span,
            rank=(0 if message.method else 1, message.name),
            kind="method",
        )
        for message in channel.messages
        if message.origin == "client"
    ]
    what = f"the messages of {named.key}"
    return context.names.assign(claims, what, parent=named.key, code="duplicate-operation")


def _sender_names(context: Context, message: ir.Message) -> tuple[str, ...]:
    names = context.names
    wanted = names.method((message.method,)) if message.method else None
    method_name, plain = names.method((message.name,)), names.method(("send", message.name))
    if method_name.startswith("send_") and not context.fern:
        # Fern's name repeats the word.
        plain = method_name
    result = [name for name in (wanted, plain, f"{plain}_message") if name and name not in _OWN]
    return tuple(dict.fromkeys(result))


def _printed(context: Context, namespace: Namespace, named: Named, message: ir.Message) -> Sender:
    raw = tuple(_RAW[frame] for frame in ("text", "binary") if frame in message.formats)
    json = message.format == "json"
    members = (context.types.type_of(message.type, argument=True), *raw) if json else raw
    sends = "_send_json" if json else "_send"
    deprecated = deprecation(message.availability)
    # In Fern's clients, a message with only one value needs no argument.
    values = _constants(context, message.type) if context.fern and json else None
    optional = values is not None
    argument = Argument(
        name="message",
        wire=message.name,
        location="request",
        kind="positional",
        annotation=namespace.annotation(context.types.union(*members), none=optional),
        default="None" if optional else None,
    )
    sent = argument.name
    if values is not None:
        class_name = namespace.annotation(message.type, body=True).text
        made = f"{class_name}.model_validate({literal(values)})" if values else f"{class_name}()"
        sent = f"{made} if {sent} is None else {sent}"
    as_it_is = raw if json else ()
    return Sender(
        name=named.name,
        argument=argument,
        sends=sends,
        sent=(sent, *(namespace.annotation(type_).text for type_ in as_it_is)),
        doc=docs.with_note(message.doc, deprecated) or f"Send the message `{message.name}`.",
        key=named.key,
        span=message.span,
    )


def _constants(context: Context, type_: ir.Type) -> dict[str, str | int | float] | None:
    """The values of a model whose fields are all required and have only one value; empty if its
    constructor sets them. None for any other type."""
    model = queries.model_of(context.api, type_)
    fields = queries.fields(context.api, model) if model else []
    values: dict[str, str | int | float] = {}
    for field in fields:
        resolved = queries.resolved(context.api, field.type)
        one_value = isinstance(resolved, ir.Enum) and len(resolved.values) == 1
        if not field.required or not (isinstance(field.type, ir.Literal) or one_value):
            return None
        if isinstance(resolved, ir.Enum):
            values[field.name] = resolved.values[0].value
    return values if fields else None
