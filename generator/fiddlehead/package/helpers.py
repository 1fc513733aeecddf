"""Single items of modules: constants, default HTTP clients, webhook verification, custom pagers."""

from __future__ import annotations

from dataclasses import field

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass
from .methods import Argument


@dataclass(frozen=True, kw_only=True, slots=True)
class Constant:
    """`name = value`, with an optional annotation."""

    name: str
    value: str
    annotation: str | None = None
    doc: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DefaultClients:
    """The asynchronous HTTP clients that users of a Fern SDK construct (layout `fern`)."""

    constant: str
    """The name of the default timeout."""
    missing: str
    """The message if aiohttp's adapter is not installed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WebhooksHelper:
    """A class with one static method, `verify_signature`, which returns the `expression`."""

    name: str
    arguments: tuple[Argument, ...]
    expression: str
    doc: str
    method_doc: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomPagers:
    """The initial classes of hand-written pagers."""

    sync: str
    asynchronous: str
    wrapper: str
    hint: str
