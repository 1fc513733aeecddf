"""Package attributes that are imported on first use (PEP 562)."""

import importlib
import sys
import typing
import warnings


def lazy(
    package: str,
    names: typing.Mapping[str, str],
    renamed: typing.Mapping[str, str] | None = None,
) -> typing.Callable[[str], typing.Any]:
    """A module ``__getattr__`` that finds each name in the submodule given for it.

    A name that is its submodule's (``{"users": ".users"}``) is the submodule itself.
    ``renamed`` maps old names to those that took their place; they warn.
    """

    def __getattr__(name: str) -> typing.Any:
        if renamed and name in renamed:
            warnings.warn(
                f"{package}.{name} is now called {renamed[name]}",
                DeprecationWarning,
                stacklevel=2,
            )
            return getattr(sys.modules[package], renamed[name])
        if name not in names:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: typing.Any = importlib.import_module(names[name], package)
        if names[name] != f".{name}":
            value = getattr(value, name)
        setattr(sys.modules[package], name, value)
        return value

    return __getattr__
