"""Clients of open WebSockets, and their methods."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..diagnostics import NOWHERE, Span
from .methods import Argument


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """A method that sends a message: `self.<sends>(<argument>)`. Values of the types `as_it_is`, which
    follow the argument, are frames already.

    `otherwise` is what is sent where no argument is given, if it may be left out.
    """

    name: str
    argument: Argument
    sends: str
    as_it_is: tuple[str, ...] = ()
    otherwise: str | None = None
    doc: str
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Socket:
    """The client of an open WebSocket, and its asynchronous twin.

    `response` is the type of what it receives; `reads` are the arguments of `messages`, which reads
    them.
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
