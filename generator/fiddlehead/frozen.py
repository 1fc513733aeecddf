"""`dataclass`, `replace` and `cached` for the values that are made in great numbers, and for modules
that each command imports.

Type checkers see the decorator of the standard library, and so a frozen class. At run time the class is
only hashable: `__init__` of a frozen class calls `object.__setattr__` for each field, which takes
about four times as long, an eighth of a whole run over a large description. Only `__init__` is
compiled for each class, which takes a tenth of a millisecond for each method. `replace` copies the
attributes, and does not call `__init__` with them as keywords, which takes five times as long.
"""

from __future__ import annotations

import dataclasses
import reprlib
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING

__all__ = ["cached", "dataclass", "replace", "values_of"]

if TYPE_CHECKING:
    from dataclasses import dataclass, replace
    from functools import cached_property as cached
else:

    class cached:
        """`functools.cached_property` without the lock that it has before Python 3.12, which takes
        longer than most of these values."""

        def __init__(self, compute):
            self._compute = compute
            self.__doc__ = compute.__doc__

        def __set_name__(self, owner, name):
            self._name = name

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            value = instance.__dict__[self._name] = self._compute(instance)
            return value

    def dataclass(*, frozen, eq=True, order=False, **options):
        """`dataclasses.dataclass`, where `frozen` makes a class hashable and no more."""

        def decorated(cls):
            if "__repr__" not in vars(cls):
                cls.__repr__ = _representation
            cls = dataclasses.dataclass(eq=order, order=order, repr=False, **options)(cls)
            if eq:
                _add_comparison(cls, frozen)
            return cls

        return decorated

    def _add_comparison(cls, hashable):
        compared = values_of(field.name for field in dataclasses.fields(cls) if field.compare)

        def equal(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return compared(self) == compared(other)

        cls.__eq__ = equal
        cls.__hash__ = (lambda self: hash(compared(self))) if hashable else None

    def replace(value, /, **changes):
        copy = _copies.get(type(value)) or _copy_function(type(value))
        return copy(value, changes)

    _copies = {}

    def _copy_function(kind):
        """The function that copies a value of a class with other values of some attributes."""
        if kind.__dataclass_params__.frozen or hasattr(kind, "__post_init__"):
            copy = _constructed
        else:
            # One assignment for each attribute, as `__init__` has: a loop takes three times as long.
            names = [field.name for field in dataclasses.fields(kind)]
            lines = ["def copy(value, changes):", "new = create(kind)"]
            lines += [f"new.{name} = value.{name}" for name in names]
            lines += ["for name in changes: setattr(new, name, changes[name])", "return new"]
            namespace = {"create": object.__new__, "kind": kind}
            exec("\n ".join(lines), namespace)
            copy = namespace["copy"]
        _copies[kind] = copy
        return copy

    def _constructed(value, changes):
        return dataclasses.replace(value, **changes)

    @reprlib.recursive_repr()
    def _representation(self):
        names = (field.name for field in dataclasses.fields(self) if field.repr)
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({values})"


def values_of(names: Iterable[str]) -> Callable[[object], tuple[object, ...]]:
    """A function that returns these attributes of a value."""
    wanted = [*names]
    if len(wanted) > 1:
        return attrgetter(*wanted)
    return lambda value: tuple(getattr(value, name) for name in wanted)
