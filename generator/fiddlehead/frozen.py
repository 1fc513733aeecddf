"""`dataclass`, `replace` and `cached` for the values that are made in great numbers, and for modules
that each command imports.

Type checkers see the decorator of the standard library, and so a frozen class. At run time the class is
only hashable: `__init__` of a frozen class calls `object.__setattr__` for each field, which takes
about four times as long, an eighth of a whole run over a large description. Methods are shared, or compiled on
first use: the standard library compiles four for each class, which takes half a millisecond. `replace`
copies the attributes: with them as keywords of `__init__`, it takes five times as long.
"""

from __future__ import annotations

import dataclasses
import reprlib
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

__all__ = ["cached", "constructor", "dataclass", "replace", "values_of"]

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass, replace
    from functools import cached_property as cached

    def constructor(cls: type[T]) -> Callable[..., T]: ...

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

    def dataclass(*, frozen, eq=True, **options):
        """`dataclasses.dataclass`, where `frozen` makes a class hashable and no more."""

        def decorated(cls):
            if options.get("order"):
                return dataclasses.dataclass(unsafe_hash=frozen, repr=False, **options)(cls)
            # Otherwise it is the signature, which takes longer than the rest.
            cls.__doc__ = cls.__doc__ or cls.__name__
            explicit = vars(cls)
            cls = dataclasses.dataclass(init=False, repr=False, eq=False, **options)(cls)
            if "__init__" not in explicit:
                _compile_later(cls, "__init__", _initializer)
            if "__repr__" not in explicit:
                cls.__repr__ = _representation
            if eq and "__eq__" not in explicit:
                _compile_later(cls, "__eq__", _comparison)
            if eq and explicit.get("__hash__") is None:
                if frozen:
                    _compile_later(cls, "__hash__", _hashing)
                else:
                    cls.__hash__ = None
            return cls

        return decorated

    def _compile_later(cls, name, write):
        """Add a method that is compiled on first use. `write` returns its text, and values in it."""

        def method(self, /, *arguments, **keywords):
            compiled = _compiled(name, *write(cls))
            setattr(cls, name, compiled)
            return compiled(self, *arguments, **keywords)

        setattr(cls, name, method)

    def _compiled(name, text, values):
        """The function `name` of a text, which may use some values."""
        exec(text, values)
        return values[name]

    # The names of fields do not end with two underscores.

    def _initializer(cls):
        values = {"missing__": dataclasses.MISSING}
        positional, keyword, lines = ["self__"], ["*"], []
        for field in dataclasses.fields(cls):
            name = value = parameter = field.name
            if field.default_factory is not dataclasses.MISSING:
                values[f"{name}__"] = field.default_factory
                parameter = f"{name}=missing__"
                value = f"{name}__() if {name} is missing__ else {name}"
            elif field.default is not dataclasses.MISSING:
                values[f"{name}__"] = field.default
                parameter = f"{name}={name}__"
            (keyword if field.kw_only else positional).append(parameter)
            lines.append(f" self__.{name} = {value}\n")
        parameters = [*positional, *keyword] if keyword[1:] else positional
        return f"def __init__({', '.join(parameters)}):\n{''.join(lines) or ' pass'}", values

    def _comparison(cls):
        return (
            "def __eq__(self, other):\n"
            " if other.__class__ is self.__class__:\n"
            f"  return {_compared(cls, 'self')} == {_compared(cls, 'other')}\n"
            " return NotImplemented",
            {},
        )

    def _hashing(cls):
        return f"def __hash__(self):\n return hash({_compared(cls, 'self')})", {}

    def _compared(cls, name):
        fields = (field.name for field in dataclasses.fields(cls) if field.compare)
        return f"({''.join(f'{name}.{field}, ' for field in fields)})"

    def replace(value, /, **changes):
        copy = _copies.get(type(value)) or _copy_function(type(value))
        return copy(value, changes)

    _copies = {}

    def _copy_function(cls):
        """The function that copies a value of a class with other values of some attributes."""
        if cls.__dataclass_params__.frozen or hasattr(cls, "__post_init__"):
            copy = _constructed
        else:
            # One assignment for each attribute, as in `__init__`: a loop takes three times as long.
            names = [field.name for field in dataclasses.fields(cls)]
            lines = ["def copy(value, changes):", "new = create(cls)"]
            lines += [f"new.{name} = value.{name}" for name in names]
            lines += ["for name in changes: setattr(new, name, changes[name])", "return new"]
            values = {"create": object.__new__, "cls": cls}
            copy = _compiled("copy", "\n ".join(lines), values)
        _copies[cls] = copy
        return copy

    def constructor(cls):
        """A function that creates a value from all its attributes, by position, without
        `__init__`."""
        names = [field.name for field in dataclasses.fields(cls)]
        lines = [f"def construct({', '.join(names)}):", "self__ = create__(cls__)"]
        lines += [f"self__.{name} = {name}" for name in names]
        values = {"create__": object.__new__, "cls__": cls}
        return _compiled("construct", "\n ".join([*lines, "return self__"]), values)

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
