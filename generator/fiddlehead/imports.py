"""Import statements."""

from __future__ import annotations

from .frozen import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Import:
    """`import module [as alias]` if `name` is empty, otherwise `from module import name [as
    alias]`."""

    module: str
    name: str = ""
    alias: str = ""
