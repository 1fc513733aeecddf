"""Whether files are Python. Most files of generated packages are equal, and equal texts are parsed once."""

from __future__ import annotations

import ast
import functools
from collections.abc import Mapping


def check(files: Mapping[str, str]) -> None:
    """Raise a SyntaxError for a module that Python cannot read."""
    for name, text in files.items():
        if name.endswith(".py"):
            try:
                _parse(text)
            except SyntaxError as error:
                error.filename = name
                raise


@functools.lru_cache(maxsize=2_000)
def _parse(text: str) -> None:
    ast.parse(text)
