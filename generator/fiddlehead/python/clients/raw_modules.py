"""Layout `fern`: the modules of raw clients, which a team may write by hand."""

from __future__ import annotations

from ...config import Settings


def raw_path(module: str) -> str:
    """The module of the raw clients of the clients in `module`."""
    folder, slash, name = module.rpartition("/")
    return f"{folder}{slash}raw_{name}"


def has_raw_by_hand(settings: Settings, module: str) -> bool:
    """Whether the raw clients of the clients in `module` are written by hand, and those are not."""
    return settings.is_protected(raw_path(module)) and not settings.is_protected(module)
