"""Whether a run uses what the run before left in the cache, and which one that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import targets
from ..config import Settings
from ..targets import DEFAULT
from . import inputs, up_to_date

if TYPE_CHECKING:
    from ..incremental import Incremental


def of(settings: Settings) -> Incremental | None:
    """A run that uses the cache; None where that would be of no use."""
    from ..incremental import Incremental, is_suited

    if not is_suited(settings):
        return None
    return Incremental.of(settings, _code)


def _code() -> list[str]:
    """Which source code and which versions of its tools run."""
    tools = sorted((*targets.tools(DEFAULT), "pydantic"))
    return [up_to_date.source(), *map(inputs.version, tools)]
