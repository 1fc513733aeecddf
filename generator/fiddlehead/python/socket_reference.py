"""What the reference page says about a WebSocket: its messages, both ways."""

from __future__ import annotations

from collections.abc import Callable

from .. import markdown
from ..package import Alias, Annotation, Method, Sender, Socket
from .facts import Facts
from .sections import Section, item


def socket_url(url: str) -> str:
    """The address of a WebSocket, whose scheme may be written as that of HTTP."""
    return f"ws{url[4:]}" if url.startswith(("http://", "https://")) else url


def socket_sections(
    facts: Facts, method: Method, linked: Callable[[Annotation], str]
) -> list[Section]:
    """The sections about the client that a method gives."""
    items = {
        each.key: each
        for module in facts.package.modules
        for each in module.items
        if isinstance(each, Socket | Alias)
    }
    socket, response = items.get(f"{method.key}.socket"), items.get(f"{method.key}.response")
    if not isinstance(socket, Socket) or not isinstance(response, Alias):
        return []
    managed = f"A context manager that gives a {markdown.code(socket.name)}."
    found = [Section("Response", managed)]
    if socket.senders:
        sent = tuple(_sent(each, linked) for each in socket.senders)
        found.append(Section("Messages to send", items=sent))
    received = [f"- {linked(each)}" for each in response.value.alternatives]
    found.append(Section("Messages received", items=tuple(received)))
    return found


def _sent(sender: Sender, linked: Callable[[Annotation], str]) -> str:
    name = markdown.code(f"{sender.name}({sender.argument.name})")
    return item(name, [linked(sender.argument.annotation)], sender.doc, [])
