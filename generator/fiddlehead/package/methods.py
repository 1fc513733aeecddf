"""Methods of clients: arguments, calls, and examples."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal, TypeAlias

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass

if TYPE_CHECKING:
    from ..typing_ import Type


@dataclass(frozen=True, slots=True)
class Example:
    """An example in Python; `code` has whole lines that can be executed unchanged."""

    code: str
    name: str | None = None
    doc: str | None = None


Location: TypeAlias = Literal[
    "path", "query", "header", "cookie", "body", "part", "file", "request", "client", "options"
]
"""The destination of an argument. body: a property of the body; request: the whole body; part,
file: of a multipart body; client: stored in the client; options: `request_options`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Argument:
    """An argument of a method or of a client's constructor."""

    name: str
    wire: str
    location: Location
    kind: Literal["positional", "keyword"]
    annotation: Type
    async_annotation: Type | None = None
    """The annotation of the asynchronous counterpart, if it differs."""
    default: str | None = None
    """None if a value is required."""
    doc: str | None = None
    server_default: str | None = None
    """The default of the server as a Python literal, for documentation."""
    deprecated: str | None = None
    old_names: tuple[str, ...] = ()
    only: Literal["sync", "async"] | None = None
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def required(self) -> bool:
        return self.default is None


Kind: TypeAlias = Literal[
    "request", "stream", "download", "pages", "wait", "socket", "custom_pages"
]
"""The kind of a method beyond one request and one response."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword argument of the call: one expression, or a dict printed one entry per line."""

    name: str
    expression: str = ""
    entries: tuple[tuple[str, str], ...] = ()
    """(key as printed, value) pairs."""


@dataclass(frozen=True, slots=True)
class Call:
    """The call of a method: `return self.<function>(<positional>, <keywords>)`."""

    function: str
    positional: tuple[str, ...]
    keywords: tuple[Keyword, ...] = ()
    awaited: bool = True
    """Whether the asynchronous counterpart is a coroutine function that awaits the call."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Arguments in the order of Python: positional ones first."""

    arguments: tuple[Argument, ...]

    @property
    def positional(self) -> tuple[Argument, ...]:
        return tuple(argument for argument in self.arguments if argument.kind == "positional")

    @property
    def keywords(self) -> tuple[Argument, ...]:
        return tuple(argument for argument in self.arguments if argument.kind == "keyword")


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """One method, for the synchronous and the asynchronous client alike."""

    name: str
    arguments: tuple[Argument, ...]
    returns: Type
    async_returns: Type
    call: Call
    async_call: Call | None = None
    """The call of the asynchronous counterpart, if it differs."""
    doc: str | None = None
    """The whole docstring, with `Args:`, `Raises:` and the example."""
    async_doc: str | None = None
    """The docstring of the asynchronous counterpart, whose example differs."""
    summary: str | None = None
    description: str | None = None
    """The text of the description only."""
    kind: Kind = "request"
    raw: str | None = None
    """The function that creates the raw version of the method; None if it has none."""
    async_raw: str | None = None
    http_method: str = ""
    url: str = ""
    errors: tuple[str, ...] = ()
    """Class names of the listed errors."""
    raises: tuple[tuple[str, str], ...] = ()
    """Other exceptions, and when they are raised."""
    examples: tuple[Example, ...] = ()
    """Synchronous and asynchronous."""
    more_examples: tuple[tuple[Example, Example], ...] = ()
    """The same for further examples, for a docs site."""
    deprecated: str | None = None
    alias_of: str | None = None
    """The name of the method, if this is a deprecated alias of it."""
    sender: str | None = None
    """If it opens a WebSocket: the method of its client that sends the first message."""
    key: str = ""
    id: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    renamed_by: str = "renamed"
    """The decorator that accepts the old names of arguments."""

    @property
    def renamed(self) -> tuple[tuple[str, str], ...]:
        """(old name, name) of renamed arguments."""
        return tuple(
            (old, argument.name) for argument in self.arguments for old in argument.old_names
        )

    @property
    def signature(self) -> Signature:
        return Signature(self.arguments)
