"""The settings of a run, and their sources."""

from __future__ import annotations

from .fern_folder import is_fern_folder
from .fingerprint import fingerprint
from .importer_settings import ImporterSettings
from .load import REQUIRED, load
from .python_settings import (
    Dependency,
    InitExport,
    KeepAlive,
    PydanticSettings,
    PythonSettings,
)
from .rules import SEVERITIES, RuleSetting, Severity
from .settings import Description, NamingSettings, Settings
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
