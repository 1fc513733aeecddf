"""Clients of open WebSockets, and their methods."""

from __future__ import annotations

from dataclasses import field

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass
from .methods import Argument


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """A method that sends a message: `self.<sends>(<sent>)`. `sent` are expressions: the message,
    and the types of messages that are not encoded."""

    name: str
    argument: Argument
    sends: str
    sent: tuple[str, ...]
    doc: str
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Socket:
    """The client of an open WebSocket, and its asynchronous counterpart.

    `response` is the type of received messages; `reads` are the arguments of `messages`, which
    decodes them.
    """

    name: str
    response: str
    base: str
    async_base: str
    messages: str
    reads: str
    senders: tuple[Sender, ...]
    doc: str
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)
