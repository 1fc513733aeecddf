"""Package attributes that are imported on first use (PEP 562)."""

import importlib
import sys
import typing


def lazy(
    package: str, names: typing.Mapping[str, str]
) -> typing.Callable[[str], typing.Any]:
    """A module ``__getattr__`` that finds each name in the submodule given for it."""

    def __getattr__(name: str) -> typing.Any:
        if name not in names:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(names[name], package), name)
        setattr(sys.modules[package], name, value)
        return value

    return __getattr__
