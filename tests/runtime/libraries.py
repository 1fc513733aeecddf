"""The HTTP libraries of a test run, and which of them the runtime can import.

`FIDDLEHEAD_HTTP` selects them: `both` (the default, if installed), `httpx` or `httpx2` alone
(importing the other one fails), or `alias`, after a call of `httpx2.alias_httpx()`. It must be
evaluated before anything else imports a library.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from types import ModuleType
from typing import Any

MODE = os.environ.get("FIDDLEHEAD_HTTP", "both")
MODES = ("httpx", "httpx2", "alias")


def installed(name: str) -> bool:
    """Whether a library is installed, in any mode."""
    return name in sys.modules or importlib.util.find_spec(name) is not None


def has_alias() -> bool:
    """Whether httpx2 is installed and can replace httpx (from 2.9 on)."""
    return installed("httpx2") and hasattr(importlib.import_module("httpx2"), "alias_httpx")


def _libraries() -> list[ModuleType]:
    if MODE == "alias":
        httpx2: Any = importlib.import_module("httpx2")
        httpx2.alias_httpx()
        return [httpx2]
    for name in ("httpx", "httpx2"):
        if MODE not in ("both", name):
            sys.modules[name] = None  # type: ignore[assignment]  # how Python says "not there"
    wanted = ("httpx2", "httpx") if MODE == "both" else (MODE,)
    return [importlib.import_module(name) for name in wanted if installed(name)]


LIBRARIES = _libraries()
"""The importable libraries, the default of clients first."""
