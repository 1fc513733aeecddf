"""Package attributes that are imported on first use (PEP 562)."""

import importlib
import sys

TYPE_CHECKING = False  # type checkers take it for True; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


def lazy(package: str, names: "Mapping[str, str]") -> "Callable[[str], Any]":
    """A module ``__getattr__`` that imports each name from its submodule.

    A name given with ``"."`` is a submodule itself.
    """

    def __getattr__(name: str) -> "Any":
        if name not in names:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        place = names[name]
        if place == ".":
            return importlib.import_module(f".{name}", package)
        module = importlib.import_module(place, package)
        # The import made the submodule an attribute, where it may hide a name of its own.
        for each in {name, place.rpartition(".")[2]}:
            if names.get(each) == place:
                setattr(sys.modules[package], each, getattr(module, each))
        return getattr(module, name)

    return __getattr__
