"""The settings of a run: what they are, and where they are read from."""

from __future__ import annotations

from .load import REQUIRED, find, load
from .settings import (
    Dependency,
    ImporterSettings,
    InitExport,
    KeepAlive,
    NamingSettings,
    PydanticSettings,
    PythonSettings,
    Settings,
    fingerprint,
)

__all__ = [
    "REQUIRED",
    "Dependency",
    "ImporterSettings",
    "InitExport",
    "KeepAlive",
    "NamingSettings",
    "PydanticSettings",
    "PythonSettings",
    "Settings",
    "find",
    "fingerprint",
    "load",
]
