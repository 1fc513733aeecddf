"""Common parts of the API: names, JSON values, availability, defaults and examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal as OneOf
from typing import TypeAlias

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass

Scalar: TypeAlias = str | int | float | bool | None


Json: TypeAlias = "Scalar | tuple[Json, ...] | Mapping[str, Json]"
"""A JSON value, frozen: lists are tuples."""


Words: TypeAlias = tuple[str, ...]
"""A name as spelled in the description, in one or more parts: ("EmbedJob", "status")."""


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a declaration.

    `words` are breadcrumbs that naming joins into a class name by Fern's rules; `exact` means that
    the single word is an explicit class name (x-fern-type-name, a Fern type).
    """

    words: Words
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Availability:
    """The stability of an element, with a message."""

    status: OneOf["in-development", "pre-release", "beta", "deprecated", "generally-available"]
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Default:
    """A default that the server applies; a separate class, because null is also a default."""

    value: Json


@dataclass(frozen=True, slots=True)
class Example:
    """A value of a declaration, with its name in the description, if any."""

    value: Json
    name: str | None = None
    doc: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)
