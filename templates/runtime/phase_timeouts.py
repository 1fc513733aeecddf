"""Timeouts of the phases of a request: connecting, reading and writing."""

from collections.abc import Mapping
from typing import Any

_PHASES = ("connect", "read", "write")


def timeout_of(
    library: Any, timeout: Any, phases: Mapping[str, float], options: Mapping[str, Any]
) -> Any:
    """``timeout`` with the limits of ``phases`` and of one request.

    The limits of the client do not apply to a ``Timeout``, which has its own.
    """
    names = {f"{phase}_timeout": phase for phase in _PHASES}
    limits = {phase: options[name] for name, phase in names.items() if name in options}
    if not isinstance(timeout, library.Timeout):
        timeout, limits = library.Timeout(timeout), {**phases, **limits}
    return library.Timeout(**{**timeout.as_dict(), **limits})
