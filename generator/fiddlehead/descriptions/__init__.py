"""Reads the API of the settings: one description, or several that become one client."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from ..config import Settings
from ..diagnostics import Diagnostics
from ..frontends import frontend_of
from ..ir import Api
from ..source import Sources
from .combine import combined, in_namespace


def read(
    settings: Settings,
    sources: Sources,
    diagnostics: Diagnostics,
    meanwhile: Callable[[], None] | None = None,
) -> Api:
    """The API that all descriptions of the settings define; problems are collected.

    `meanwhile` is called at a time when a second process works, if there is one.
    """
    result: list[tuple[str, Api]] = []
    for number, description in enumerate(settings.descriptions()):
        # A file may be read twice, with other overrides: only the first read stays in `sources`.
        own = sources if number == 0 else sources.independent_copy()
        api = _read_one(description, own, diagnostics, meanwhile)
        sources.include(own)
        if description.namespace is not None:
            api = in_namespace(api, description.namespace)
        result.append((description.namespace or description.spec.stem, api))
    return result[0][1] if len(result) == 1 else combined(result, diagnostics)


def _read_one(
    settings: Settings,
    sources: Sources,
    diagnostics: Diagnostics,
    meanwhile: Callable[[], None] | None,
) -> Api:
    """The API of one description, which the package of its format reads."""
    frontend = frontend_of(settings.spec)
    read = importlib.import_module(f"..{frontend.package}", __package__).read
    options = {"meanwhile": meanwhile} if frontend.parallel else {}
    api: Api = read(settings, sources, diagnostics, **options)
    return api
