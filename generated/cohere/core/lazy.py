"""Imports on first use: attributes of packages (PEP 562), and parts of the runtime."""

import functools
import importlib
import sys

TYPE_CHECKING = False  # type checkers treat it as True; importing typing is slow
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any


@functools.cache
def part(module: str) -> "Any":
    """A module of the runtime, which is imported on first use."""
    return importlib.import_module(f"{__package__}.{module}")


def lazy(
    package: str, names: "Mapping[str, str]", stars: "Sequence[str]" = ()
) -> "Callable[[str], Any]":
    """A module ``__getattr__`` that imports each name from its submodule.

    A name with ``"."`` is a submodule. The lazy names of ``stars`` are included.
    """
    load = functools.partial(importlib.import_module, package=package)

    def __getattr__(name: str) -> "Any":
        if name == "__all__":
            return [*names, *(name for star in stars for name in load(star)._names)]
        place = "." if f".{name}" in stars else names.get(name, "")
        if not place and name[:2] != "__":
            place = next((star for star in stars if name in load(star)._names), "")
        if not place:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        if place == ".":
            return importlib.import_module(f".{name}", package)
        module = importlib.import_module(place, package)
        # The import set the submodule as an attribute, which may hide an exported name.
        for attribute in {name, place.rpartition(".")[2]}:
            if attribute == name or names.get(attribute) == place:
                setattr(sys.modules[package], attribute, getattr(module, attribute))
        value = getattr(module, name)
        complete = getattr(sys.modules.get(f"{__package__}.late"), "complete", None)
        return complete(value) if complete else value

    return __getattr__
