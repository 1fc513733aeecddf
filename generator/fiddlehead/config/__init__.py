"""The settings of a run, and their sources."""

from __future__ import annotations

from .fern_folder import is_fern_folder
from .fingerprint import fingerprint
from .load import REQUIRED, load
from .rules import SEVERITIES, RuleSetting, Severity
from .settings import (
    Dependency,
    Description,
    ImporterSettings,
    InitExport,
    KeepAlive,
    NamingSettings,
    PydanticSettings,
    PythonSettings,
    Settings,
)
from .settings_file import find

__all__ = [
    "REQUIRED",
    "SEVERITIES",
    "Dependency",
    "Description",
    "ImporterSettings",
    "InitExport",
    "KeepAlive",
    "NamingSettings",
    "PydanticSettings",
    "PythonSettings",
    "RuleSetting",
    "Settings",
    "Severity",
    "find",
    "fingerprint",
    "is_fern_folder",
    "load",
]
