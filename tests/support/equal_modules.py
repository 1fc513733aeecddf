"""Modules with equal text are compiled once in a process: most generated packages have the same runtime."""

from __future__ import annotations

import sys
from importlib.machinery import SourceFileLoader
from types import CodeType
from typing import Any

_MOST = 3_000
_codes: dict[bytes, CodeType] = {}
"""The code of each text."""


def compile_once() -> None:
    """From now on. The code is not written to files, since no other process imports the packages."""
    sys.dont_write_bytecode = True
    SourceFileLoader.source_to_code = _source_to_code  # type: ignore[method-assign]  # made for this


def _source_to_code(loader: SourceFileLoader, data: Any, path: Any, **options: Any) -> CodeType:
    text = bytes(data)
    if text not in _codes:
        if len(_codes) == _MOST:
            _codes.clear()
        _codes[text] = compile(text, path, "exec", dont_inherit=True, optimize=-1)
    return _moved(_codes[text], str(path))


def _moved(code: CodeType, path: str) -> CodeType:
    """The code as it would be if it was compiled from this file."""
    constants = (
        _moved(item, path) if isinstance(item, CodeType) else item for item in code.co_consts
    )
    return code.replace(co_filename=path, co_consts=tuple(constants))
