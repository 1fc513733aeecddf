"""Environments, base URLs and their variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass


@dataclass(frozen=True, slots=True)
class Server:
    """A base URL; `variables` are the templated parts with default and allowed values."""

    url: str
    variables: tuple[ServerVariable, ...] = ()
    default_url: str | None = None
    """The URL if no variable is passed (x-fern-default-url)."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class ServerVariable:
    name: str
    default: str | None = None
    values: tuple[str, ...] = ()
    doc: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Environment:
    """An environment of the API: one URL under the key "", or several under their names."""

    name: str
    servers: Mapping[str, Server]
    doc: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)
