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

    `format` is the content of a frame: JSON, text, or bytes. `raw` are additional formats of a
    frame, if several messages are combined: `type` is that of the JSON, if there is any. `method`
    is the name of the method that sends it.
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

    `label` is the name of the channel itself, which distinguishes channels of one group.
    """

    name: Words
    path: str
    label: Words = ()
    doc: str | None = None
    parameters: tuple[Parameter, ...] = ()
    messages: tuple[Message, ...] = ()
    server: str | None = None
    """The name of its base URL, if an environment has several."""
    auth: tuple[tuple[str, ...], ...] | None = None
    """As for endpoints."""
    availability: Availability | None = None
    exact: bool = False
    """Whether the name is explicit."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)

    @property
    def id(self) -> str:
        """Unique and stable, like the id of an endpoint."""
        return f"WS {self.path}"
