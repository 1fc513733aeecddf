"""Reads channels: each is a WebSocket that the client opens, with its messages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from .. import ir
from ..frontend_kit.name_context import NameContext
from ..frozen import dataclass
from ..openapi.document.context import Context
from ..openapi.document.extensions import availability, is_wanted
from ..openapi.document.name_parts import camel
from ..openapi.schemas.converter import SchemaConverter
from ..source import Node
from . import parameters
from .document import major
from .messages import Messages, Named, Origin
from .servers import Servers

_ACTIONS: dict[str, Origin] = {
    "send": "client",
    "publish": "client",
    "receive": "server",
    "subscribe": "server",
}
"""The senders of an operation's messages. As in Fern, operations are seen from the client."""
_OTHER: dict[Origin, Origin] = {"client": "server", "server": "client"}
PERSPECTIVE = "x-fiddlehead-perspective"
"""The root key with the perspective of the document: `server` reverses the senders."""


@dataclass(frozen=True)
class _Operation:
    """An operation of a channel, with the nodes of its messages and their keys."""

    id: str
    origin: Origin
    node: Node
    messages: tuple[Named, ...]


class Channels:
    """Reads the channels of one document."""

    def __init__(self, context: Context, schemas: SchemaConverter, servers: Servers) -> None:
        self._context = context
        self._schemas = schemas
        self._servers = servers
        self._messages = Messages(context, schemas)
        self._version = major(context.root)
        self._fern = context.settings.layout == "fern"
        perspective = context.string(context.root, PERSPECTIVE)
        if perspective not in (None, "client", "server"):
            context.warning(
                "bad-extension",
                f"'{PERSPECTIVE}' must be client or server",
                (context.root.get(PERSPECTIVE) or context.root).span,
            )
        self._turned = perspective == "server"
        self.left_out = 0
        # The number of channels that have a message with each key.
        self._uses = Counter(
            key
            for _, raw_node in context.entries(context.root, "channels")
            for node in [context.follow(raw_node, "a channel")]
            if node is not None
            for key, _ in context.entries(node, "messages")
        )

    def read(self) -> Iterator[tuple[ir.Words, ir.Channel, str | None]]:
        """Every channel with its group, and the key of its server."""
        context = self._context
        for key, raw_node in context.entries(context.root, "channels"):
            node = context.follow(raw_node, "a channel")
            if node is None:
                continue
            if not is_wanted(context, node):
                self.left_out += 1
                continue
            named = self._servers.of(node)
            known = [name for name in named or () if name in self._servers.web_sockets]
            no_server = not self._servers.web_sockets and bool(self._servers.others)
            if no_server or (named and not known):
                context.warning(
                    "not-expressible",
                    f"the channel '{key}' is left out: none of its servers is a WebSocket server",
                    node.span,
                )
                continue
            channel = self._channel(key, node)
            if channel is not None:
                yield self._group(key, node), channel, known[0] if known else None

    def _group(self, key: str, node: Node) -> ir.Words:
        chosen = tuple(self._context.strings(node, "x-fern-sdk-group-name"))
        return chosen or (self._label(key),)

    def _label(self, key: str) -> str:
        """The name of a channel: its key, which is a path in version 2."""
        if self._version == 3:
            return key
        if not self._fern:
            # Parameters and versions are not part of the name.
            shortened = re.sub(r"\{[^{}]*\}|(?<![^/])v\d+(?=/)", "", key)
            key = shortened if re.search(r"[A-Za-z]", shortened) else key
        return camel(key)

    def _channel(self, key: str, node: Node) -> ir.Channel | None:
        context = self._context
        path = self._path(key, node)
        label = self._label(key)
        chosen_group = self._fern or node.get("x-fern-sdk-group-name") is not None
        place = NameContext((label,), self._group(key, node) if chosen_group else ())
        names = list(dict.fromkeys(re.findall(r"\{([^{}]+)\}", path)))
        chosen = context.string(node, "x-fern-sdk-method-name")
        return ir.Channel(
            (chosen or "connect",),
            path,
            (label,),
            doc=context.doc(node) or context.doc(node, "summary"),
            parameters=tuple(
                parameters.read(context, self._schemas, node, names, self._inline_names(place))
            ),
            messages=_different(self._found_messages(key, node, place)),
            availability=availability(context, node),
            exact=chosen is not None,
            span=node.span,
        )

    def _inline_names(self, place: NameContext) -> NameContext:
        """The context for parameters, and in AsyncAPI 2 for the variants of messages: in layout
        `fern`, their names do not begin with the channel in AsyncAPI 2."""
        if not self._fern or self._version == 3:
            return place
        prefix = () if self._context.importer.message_naming == "v2" else ("websocket",)
        return NameContext(prefix, place.package, place.owner, place.words)

    def _path(self, key: str, node: Node) -> str:
        context = self._context
        address = context.string(
            node, "address" if self._version == 3 else "x-fern-channel-address"
        )
        # The query part of an address is described by parameters.
        return "/" + (address or key).partition("?")[0].lstrip("/")

    # --- messages ------------------------------------------------------------------------

    def _found_messages(self, key: str, node: Node, place: NameContext) -> Iterator[ir.Message]:
        operations = [
            *(self._of_3(key, node, place) if self._version == 3 else self._of_2(node, place))
        ]
        for operation in operations:
            if self._version == 2 and self._fern:
                yield self._joined(operation, place)
                continue
            for named in operation.messages:
                name = self._name(operation, named)
                yield self._messages.message(named, name, operation.origin, operation.node)
        if self._version == 3 and not (self._fern and operations):
            used = {named.key for operation in operations for named in operation.messages}
            for named in self._declared(node, place):
                if named.key not in used:
                    # There is no operation, so the sender is unknown.
                    for origin in _OTHER:
                        yield self._messages.message(named, named.key, origin, named.node)

    def _name(self, operation: _Operation, named: Named) -> str:
        """The name of the only message of an operation is that of the operation without its verb;
        in layout `fern`, it is the key in the channel."""
        if self._fern:
            return named.key
        if self._version == 2 or len(operation.messages) > 1:
            return self._context.string(named.node, "name") or named.key
        return (
            re.sub(r"^(send|publish|receive|on)[_-]?(?=[A-Z_-]|$)", "", operation.id) or named.key
        )

    def _joined(self, operation: _Operation, place: NameContext) -> ir.Message:
        """The messages of an operation combined into one, as Fern does for AsyncAPI 2."""
        action = "publish" if operation.origin == "client" else "subscribe"
        first = operation.messages[0]
        if len(operation.messages) == 1:
            return self._messages.message(first, action, operation.origin, operation.node)
        name = self._context.string(operation.node, "operationId") or f"{action} event"
        content = self._messages.joined([*operation.messages], name, self._inline_names(place))
        return ir.Message(
            action,
            operation.origin,
            content.type,
            self._context.doc(operation.node),
            content.format,
            raw=content.raw,
            span=operation.node.span,
        )

    def _of_2(self, channel: Node, place: NameContext) -> Iterator[_Operation]:
        context = self._context
        for action in ("publish", "subscribe"):
            node = context.get(channel, action)
            if node is None or not context.is_mapping(node, "an operation"):
                continue
            if not is_wanted(context, node):
                continue
            message = context.get(node, "message")
            if message is None:
                continue
            listed = message.get("oneOf")
            nodes = [*listed.elements()] if listed is not None else [message]
            messages = tuple(
                named
                for node in nodes
                for named in [self._named(node, None, place.add(action))]
                if named is not None
            )
            if messages:
                name = context.string(node, "operationId") or action
                yield _Operation(name, self._origin(action), node, messages)

    def _of_3(self, key: str, channel: Node, place: NameContext) -> Iterator[_Operation]:
        context = self._context
        for id, raw_node in context.entries(context.root, "operations"):
            node = context.follow(raw_node, "an operation")
            if node is None or not is_wanted(context, node):
                continue
            action = context.string(node, "action") or ""
            if action not in ("send", "receive"):
                context.warning(
                    "bad-value", f"the operation '{id}' has no 'action' send or receive", node.span
                )
                continue
            origin = self._origin(action)
            holders: list[tuple[Node, Origin]] = [(node, origin)]
            raw_reply = context.get(node, "reply")
            reply = context.follow(raw_reply, "a reply") if raw_reply is not None else None
            if reply is not None:
                holders.append((reply, _OTHER[origin]))
            for holder, sender in holders:
                if self._is_of(holder, node, key, channel):
                    messages = tuple(self._listed(holder, channel, place))
                    if messages:
                        yield _Operation(id, sender, node, messages)

    def _is_of(self, holder: Node, operation: Node, key: str, channel: Node) -> bool:
        """Whether an operation, or its reply, belongs to a channel; a reply is in the channel of
        its request by default."""
        written = holder.get("channel") or operation.get("channel")
        if written is None:
            return False
        target = self._context.references.final(written)
        reference = written.get("$ref")
        pointer = reference.string if reference is not None else None
        same = target is not None and target.pointer == channel.pointer
        return pointer == f"#/channels/{key}" or (
            same and target is not None and target.file == channel.file
        )

    def _listed(self, holder: Node, channel: Node, place: NameContext) -> Iterator[Named]:
        """The messages of an operation: those that it lists, or else all messages of its channel."""
        if self._context.get(holder, "messages") is None:
            yield from self._declared(channel, place)
            return
        for message in self._context.elements(holder, "messages"):
            named = self._named(message, None, place)
            if named is not None:
                yield named

    def _declared(self, channel: Node, place: NameContext) -> Iterator[Named]:
        for key, node in self._context.entries(channel, "messages"):
            named = self._named(node, key, place)
            if named is not None:
                yield named

    def _named(self, node: Node, key: str | None, place: NameContext) -> Named | None:
        """A message by its key in the channel or in the components."""
        message = self._context.follow(node, "a message")
        if message is None or not is_wanted(self._context, message):
            return None
        reference = node.get("$ref")
        if key is None and reference is not None and reference.string:
            key = reference.string.rpartition("/")[2]
        shared = self._shared(node)
        if self._fern and self._version == 3 and key is not None:
            if self._uses[key] > 1:
                key = f"{place.words[-1]}_{key}"
            return Named(
                key, message, NameContext((key,), place.package, None, place.add(key).words)
            )
        if shared is not None:
            return Named(key or shared, message, NameContext((shared,), owner=None))
        if self._fern and self._version == 2:
            return Named(place.words[-1], self._messages.with_own_payload(message), place)
        if key is None:
            own = self._context.string(message, "messageId") or self._context.string(
                message, "name"
            )
            key = own or place.words[-1]
            return Named(key, message, place if own is None else place.add(own))
        return Named(key, message, place.add(key))

    def _shared(self, node: Node) -> str | None:
        """The key of a message in components that a node is or refers to."""
        step: Node | None = node
        while step is not None:
            reference = step.get("$ref")
            pointer = (reference.string or "") if reference is not None else step.pointer
            if "/components/messages/" in pointer:
                return pointer.rpartition("/")[2]
            step = self._context.references.target(step) if reference is not None else None
        return None

    def _origin(self, action: str) -> Origin:
        origin = _ACTIONS[action]
        return _OTHER[origin] if self._turned else origin


def _different(messages: Iterable[ir.Message]) -> tuple[ir.Message, ...]:
    """The messages without those that several operations have; the first one stays."""
    result: dict[object, ir.Message] = {}
    for message in messages:
        key = (message.origin, message.name, message.method, message.type, message.format)
        result.setdefault(key, message)
    return tuple(result.values())
