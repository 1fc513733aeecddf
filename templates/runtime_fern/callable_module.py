"""Modules that are called like the function of their name.

``core`` exports the function ``core.jsonable_encoder``. The import of the submodule of that
name, in whatever code comes first, replaces this attribute by the module.
"""

import sys
from types import ModuleType
from typing import Any


class CallableModule(ModuleType):
    # Any: the arguments and the result are those of the function.
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return vars(self)[self.__name__.rpartition(".")[2]](*args, **kwargs)


def make_callable(module: str) -> None:
    """Let the module with this name be called like its function."""
    sys.modules[module].__class__ = CallableModule
