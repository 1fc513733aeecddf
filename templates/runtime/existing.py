"""Imports modules that a package may have."""

import importlib
import importlib.util
from collections.abc import Iterable


def import_existing(package: str, names: Iterable[str]) -> None:
    """Import the modules of ``package`` with these names that exist."""
    for name in names:
        if importlib.util.find_spec(f"{package}.{name}") is not None:
            importlib.import_module(f"{package}.{name}")
