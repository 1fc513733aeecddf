"""Late imports of names in annotations, for modules that import each other."""

import importlib
import threading
from typing import Any

from .unchecked_base_model import UncheckedBaseModel

_lock = threading.RLock()
_later = list[tuple[dict[str, Any], dict[str, str]]]()


def later(names: dict[str, Any], modules: dict[str, str]) -> None:
    """Registers names that annotations of a module use from modules that import it.

    The arguments are names with their modules (``module:name`` if the name there
    differs), and ``*`` for all names of a module.
    """
    _later.append((names, modules))


def link() -> None:
    """Imports the deferred names. Called when a class is first used or a package imports it."""
    if not _later:
        return
    with _lock:
        lenders, done = list[tuple[dict[str, Any], dict[str, Any]]](), 0
        waiting: list[tuple[dict[str, Any], dict[str, str]]] = []
        while done < len(_later):
            names, modules = _later[done]
            for name, where in modules.items():
                module, _, there = where.partition(":")
                target = importlib.import_module(module, names["__package__"])
                if name[0] == "*":
                    lenders.append((names, vars(target)))
                elif hasattr(target, there or name):
                    names[name] = getattr(target, there or name)
                else:  # the module is still being imported
                    waiting.append((names, {name: where}))
            done += 1
        for names, lent in lenders:
            for name, value in lent.items():
                names.setdefault(name, value)
        _later[:done] = waiting


def complete(value: Any) -> Any:
    """Completes the fields of a model, if that is what a package exports."""
    link()
    model: object = value
    if (
        isinstance(model, type)
        and issubclass(model, UncheckedBaseModel)
        and not model.__pydantic_fields_complete__
    ):
        model.model_rebuild(raise_errors=False)
    return value


def _link_first(name: str, depth: int) -> None:
    """Make a class method of all models import the deferred names before it runs."""
    method: Any = getattr(UncheckedBaseModel, name).__func__

    def linked(cls: Any, *args: Any, **options: Any) -> Any:
        link()
        if depth:  # pydantic finds names in the caller's frame, this many frames away
            parent_depth = options.get("_parent_namespace_depth", depth)
            options["_parent_namespace_depth"] = parent_depth + 1
        return method(cls, *args, **options)

    setattr(UncheckedBaseModel, name, classmethod(linked))


_link_first("model_rebuild", 2)
_link_first("__get_pydantic_core_schema__", 0)
