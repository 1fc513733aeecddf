"""The location of the templates and of the runtime."""

from __future__ import annotations

import functools
from pathlib import Path


@functools.cache
def templates() -> Path:
    """The folder of templates: inside the package in a wheel, at the top of a checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "templates"
    return installed if installed.is_dir() else here.parents[1] / "templates"
