"""Old names of arguments, which stay usable and warn."""

import functools
import typing
import warnings
from collections.abc import Callable

F = typing.TypeVar("F", bound=Callable[..., typing.Any])


def renamed(**names: str) -> Callable[[F], F]:
    """A decorator that takes each argument by its old name too: ``renamed(old="new")``."""

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

        return typing.cast("F", wrapper)

    return decorate
