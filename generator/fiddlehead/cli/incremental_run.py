"""Whether a run can use the cache of a previous run, and the key of the cache entry."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__, cache, targets
from ..config import Settings, fingerprint
from ..installed import version
from ..targets import DEFAULT
from . import up_to_date

if TYPE_CHECKING:
    from ..incremental import Incremental


def of(settings: Settings) -> Incremental | None:
    """A run that uses the cache; None if the cache cannot be used."""
    reading = cache.Reading(cache.folder(), key(settings, _code()))
    # Importing takes longer than reading an entry.
    from ..incremental import Incremental, is_suited

    return Incremental.of(settings, reading) if is_suited(settings) else None


def _code() -> list[str]:
    """The source code of fiddlehead and the versions of its dependencies."""
    tools = sorted((*targets.tools(DEFAULT), "pydantic"))
    return [up_to_date.source(), *map(version, tools)]


def key(settings: Settings, code: Sequence[str]) -> str:
    """A checksum of everything that a run depends on besides the description."""
    key_parts = [
        __version__,
        list(code),
        sys.implementation.name,
        sys.version,
        fingerprint(settings),
        settings.spec_label,
        str(settings.spec.resolve()),
        str(Path.cwd()),
        settings.package,
        settings.project,
        [[rule.code, rule.severity] for rule in settings.rules],
    ]
    return hashlib.sha256(json.dumps(key_parts).encode()).hexdigest()
