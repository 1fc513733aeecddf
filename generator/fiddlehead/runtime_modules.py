"""The modules of the runtime (`templates/runtime`), and which of them a package needs.

A module is needed if another needed module imports it. Optional modules are loaded by name
(`decode.part`), and are copied only if another module imports them.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterable
from pathlib import Path

from .template_files import templates

ALWAYS = ("__init__", "lazy", "request_options", "resource", "unchecked_base_model")
"""The modules of every package, besides those that they import."""


def needed(wanted: Iterable[str]) -> tuple[str, ...]:
    """The given modules and those of every package, with all their imports; sorted names.

    Unknown names are ignored.
    """
    known = frozenset(every())
    waiting = [*ALWAYS, *wanted]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in known and name not in found:
            found.add(name)
            waiting += _imported(name)
    return tuple(sorted(found))


@functools.cache
def every() -> tuple[str, ...]:
    """The names of all modules, sorted."""
    return tuple(sorted(path.stem for path in _folder().glob("*.py")))


def _folder() -> Path:
    return templates() / "runtime"


@functools.cache
def _imported(name: str) -> frozenset[str]:
    """The modules of the runtime that one of them imports."""
    found: set[str] = set()
    text = (_folder() / f"{name}.py").read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            found |= {node.module} if node.module else {each.name for each in node.names}
    return frozenset(found)
