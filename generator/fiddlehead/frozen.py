"""`dataclass` for the values that are made in great numbers, and for modules that each command imports.

Type checkers see the decorator of the standard library, and so a frozen class. At run time the class is
only hashable: `__init__` of a frozen class calls `object.__setattr__` for each field, which takes
about four times as long, an eighth of a whole run over a large description. Its `__repr__` is shared: the
standard library compiles one for each class, which takes a tenth of a millisecond.
"""

from __future__ import annotations

import dataclasses
import reprlib
from typing import TYPE_CHECKING

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen, eq=True, **options):
        """`dataclasses.dataclass`, where `frozen` makes a class hashable and no more."""

        def decorated(cls):
            if "__repr__" not in vars(cls):
                cls.__repr__ = _shown
            return dataclasses.dataclass(eq=eq, unsafe_hash=frozen and eq, repr=False, **options)(
                cls
            )

        return decorated

    @reprlib.recursive_repr()
    def _shown(self):
        names = (field.name for field in dataclasses.fields(self) if field.repr)
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({values})"
