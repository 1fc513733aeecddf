"""Import statements."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Import:
    """`import module [as alias]` if `name` is empty, otherwise `from module import name [as
    alias]`."""

    module: str
    name: str = ""
    alias: str = ""
