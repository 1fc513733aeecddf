"""Shared data for the readers of services, errors and webhooks."""

from __future__ import annotations

from .. import ir
from ..config import Settings
from ..frozen import dataclass
from .declarations import Declarations
from .definition_files import Definition
from .examples import Examples
from .types import TypeTable
from .values import Values


@dataclass(frozen=True)
class Context:
    """The data of one run; all types are declared."""

    settings: Settings
    definition: Definition
    values: Values
    table: TypeTable
    examples: Examples
    declarations: Declarations
    servers: tuple[str, ...]
    """The names of the base URLs, if the environments have several."""
    default_server: str | None
    pagination: ir.Pagination | None
    """The pagination for `pagination: true`."""
