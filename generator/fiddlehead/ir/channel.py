"""WebSocket channels and their messages."""

from __future__ import annotations

from dataclasses import field
from typing import Literal as OneOf

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass
from .basics import Availability, Words
from .requests import Parameter
from .types import Type


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a channel, which the client or the server sends.

    `format` says what a frame holds: JSON, text as it is, or bytes. `raw` are the formats that a
    frame may have as well, where several messages are one: `type` is that of the JSON, if there is
    any. `method` is what the description calls the method that sends it.
    """

    name: str
    origin: OneOf["client", "server"]
    type: Type
    doc: str | None = None
    format: OneOf["json", "text", "binary"] = "json"
    method: str | None = None
    availability: Availability | None = None
    raw: tuple[OneOf["text", "binary"], ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)

    @property
    def formats(self) -> tuple[OneOf["json", "text", "binary"], ...]:
        """All formats of its frames."""
        return (self.format, *self.raw)


@dataclass(frozen=True, slots=True)
class Channel:
    """A WebSocket that the client opens with `name`: the parameters of its handshake, and its
    messages.

    `label` is what the description calls the channel itself, which tells those of one group apart.
    """

    name: Words
    path: str
    label: Words = ()
    doc: str | None = None
    parameters: tuple[Parameter, ...] = ()
    messages: tuple[Message, ...] = ()
    server: str | None = None
    """The named base URL that it is at, where an environment has several."""
    auth: tuple[tuple[str, ...], ...] | None = None
    """As that of an endpoint."""
    availability: Availability | None = None
    exact: bool = False
    """Whether somebody chose the name."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)

    @property
    def id(self) -> str:
        """Unique and stable, as the id of an endpoint is."""
        return f"WS {self.path}"
