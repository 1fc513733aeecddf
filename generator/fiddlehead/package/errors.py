"""Exception classes, and the table from status to class."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass

if TYPE_CHECKING:
    from ..typing_ import Type


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrorClass:
    """An exception for a status; `body` is the annotation of its body."""

    name: str
    module: str
    """The path of its module."""
    package: tuple[str, ...] = ()
    """The group that exports it; () is the root package."""
    base: str
    status: str
    """"404", or "4XX"."""
    body: Type
    typed: bool = False
    """Whether the body has a type, which the decoder then constructs."""
    body_is: Literal["required", "optional", "absent"] = "required"
    """How the constructor accepts the body."""
    doc: str | None = None
    discriminant: str | None = None
    old_names: tuple[str, ...] = ()
    key: str = ""
    id: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def status_code(self) -> str:
        """The status as printed; for a range, the response has it."""
        return self.status if self.status.isdigit() else "None"


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrorTable:
    """The class for each error response: (status or discriminant as printed, class)."""

    base: str
    entries: tuple[tuple[str, str], ...]
    property: str | None = None
    """The property of the body that identifies errors, if it is not the status."""
