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

    A name given with ``"."`` is a submodule itself. ``renamed`` maps old names to those
    that took their place; they warn.
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
        place = names[name]
        if place == ".":
            return importlib.import_module(f".{name}", package)
        module: typing.Any = importlib.import_module(place, package)
        # The import made the submodule an attribute, where it may hide a name of its own.
        for each in {name, place.rpartition(".")[2]}:
            if names.get(each) == place:
                setattr(sys.modules[package], each, getattr(module, each))
        return getattr(module, name)

    return __getattr__
