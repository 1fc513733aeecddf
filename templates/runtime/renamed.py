"""Deprecated names of arguments and exports: they still work, with a warning."""

import functools
import sys
import typing
import warnings
from collections.abc import Callable, Mapping, Sequence

from .lazy import lazy

F = typing.TypeVar("F", bound=Callable[..., typing.Any])


def renamed(**names: str) -> Callable[[F], F]:
    """Decorator: also accept arguments by their old names, ``renamed(old="new")``."""

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def wrapper(*args: typing.Any, **kwargs: typing.Any) -> typing.Any:
            for old, new in names.items():
                if old in kwargs:
                    if new in kwargs:
                        raise TypeError(f"{old!r} is an old name of {new!r}: give one")
                    warnings.warn(
                        f"the argument {old!r} is now called {new!r}",
                        DeprecationWarning,
                        stacklevel=2,
                    )
                    kwargs[new] = kwargs.pop(old)
            return function(*args, **kwargs)

        vars(wrapper)["__renamed__"] = names
        return typing.cast("F", wrapper)

    return decorate


def lazy_renamed(
    package: str,
    names: Mapping[str, str],
    renamed: Mapping[str, str],
    stars: Sequence[str] = (),
) -> Callable[[str], typing.Any]:
    """Like `lazy`, with a mapping of old names to new names."""
    find = lazy(package, names, stars)

    def __getattr__(name: str) -> typing.Any:
        if name == "__all__":
            return [*find(name), *renamed]
        if name not in renamed:
            return find(name)
        warnings.warn(
            f"{package}.{name} is now called {renamed[name]}",
            DeprecationWarning,
            stacklevel=2,
        )
        return getattr(sys.modules[package], renamed[name])

    return __getattr__
