"""The rules of a review by id: layer, class, bump, meaning, and whose id it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from . import catalog
from .findings import Bump, Kind, Layer

Origin = Literal["oasdiff", "fiddlehead"]


@dataclass(frozen=True)
class Rule:
    """What a kind of change is called, how it is classified, and what it means.

    `adjusted` says why our class is milder or harsher than oasdiff's severity, where it is.
    """

    id: str
    layer: Layer
    kind: Kind
    bump: Bump
    meaning: str
    origin: Origin
    adjusted: str | None = None


def _read(table: str, layer: Layer, origin: Origin) -> Iterator[Rule]:
    for line in table.strip().splitlines():
        name, classes, rest = line.split("  ", 2)
        kind, bump = classes.split()
        meaning, _, adjusted = rest.partition("  | ")
        yield Rule(
            name, layer, cast("Kind", kind), cast("Bump", bump), meaning, origin, adjusted or None
        )


RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        *_read(catalog.OASDIFF, "api", "oasdiff"),
        *_read(catalog.FIDDLEHEAD, "api", "fiddlehead"),
        *_read(catalog.PYTHON, "python", "fiddlehead"),
    )
}
"""Every rule, by id."""
