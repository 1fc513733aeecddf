"""What all parts of the API have: names, JSON values, availability, defaults and examples."""

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
"""A name as the description spells it, in one or more parts: ("EmbedJob", "status")."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a declaration is called.

    `words` are breadcrumbs that naming joins into a class name by Fern's rules; `exact` says
    that the single word is a class name which somebody chose (x-fern-type-name, a Fern type).
    """

    words: Words
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Availability:
    """How far a thing can be relied on, and what the description says about it."""

    status: OneOf["in-development", "pre-release", "beta", "deprecated", "generally-available"]
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Default:
    """A default that the server applies; a class of its own, since null is a default too."""

    value: Json


@dataclass(frozen=True, slots=True)
class Example:
    """A value of a declaration, under the name it has in the description, if any."""

    value: Json
    name: str | None = None
    doc: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)
