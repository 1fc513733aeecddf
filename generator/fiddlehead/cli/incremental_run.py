"""Whether a run can use the cache of a previous run, and the key of the cache entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import targets
from ..config import Settings
from ..installed import version
from ..targets import DEFAULT
from . import up_to_date

if TYPE_CHECKING:
    from ..incremental import Incremental


def of(settings: Settings) -> Incremental | None:
    """A run that uses the cache; None if the cache cannot be used."""
    from ..incremental import Incremental, is_suited

    if not is_suited(settings):
        return None
    return Incremental.of(settings, _code)


def _code() -> list[str]:
    """A key for the source code of fiddlehead and the versions of its dependencies."""
    tools = sorted((*targets.tools(DEFAULT), "pydantic"))
    return [up_to_date.source(), *map(version, tools)]
