"""`dataclass` for the values that are made in great numbers.

Type checkers see the decorator of the standard library, and so a frozen class. At run time the class is
only hashable: `__init__` of a frozen class calls `object.__setattr__` for each field, which takes
about four times as long, an eighth of a whole run over a large description.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen, eq=True, **options):
        """`dataclasses.dataclass`, where `frozen` makes a class hashable and no more."""
        return dataclasses.dataclass(eq=eq, unsafe_hash=frozen and eq, **options)
