"""The location of a compared value: its name in reports, its sender, its container, and both
spans."""

from __future__ import annotations

from typing import Literal

from ..diagnostics import Span
from ..frozen import dataclass, replace

Direction = Literal["request", "response"]


@dataclass(frozen=True)
class ValueLocation:
    """The location of a value in both descriptions."""

    location: str
    """The name in reports, such as `Job.status` or `GET /jobs query.limit`."""
    direction: Direction
    place: Literal["parameter", "property", "body"]
    old: Span | None = None
    new: Span | None = None

    @property
    def prefix(self) -> str:
        """The prefix of the rule ids."""
        return f"{self.direction}-{self.place}"

    def property(self, name: str) -> ValueLocation:
        """The location of a property of this value."""
        return replace(self, location=f"{self.location}.{name}", place="property")

    def items(self, index: int | None = None) -> ValueLocation:
        """The location of the items of this list, or of one item of this tuple."""
        return replace(self, location=f"{self.location}[{'' if index is None else index}]")

    def values(self) -> ValueLocation:
        """The location of the values of this map."""
        return replace(self, location=f"{self.location}{{}}")
