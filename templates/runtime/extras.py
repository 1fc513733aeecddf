"""Models whose further properties have a type (`additionalProperties`)."""

import inspect
import sys
import types
import typing
from typing import Any

from .decode import Builder
from .unchecked_base_model import UncheckedBaseModel


class ExtraModel(UncheckedBaseModel):
    """A model that declares `__pydantic_extra__`, as pydantic has it, with a type."""

    if typing.TYPE_CHECKING:
        # The type of pydantic's own declaration cannot be narrowed, that of this can.
        __pydantic_extra__: Any

    @classmethod
    def __lenient_extra__(cls, builder: Builder) -> Any:
        """How further properties are read (see `Builder`)."""
        for owner in cls.__mro__:
            declared = inspect.get_annotations(owner).get("__pydantic_extra__")
            if declared is not None and owner.__module__ in sys.modules:
                holder: Any = types.SimpleNamespace(__annotations__={"it": declared})
                names = vars(sys.modules[owner.__module__])
                found = typing.get_type_hints(holder, names, include_extras=True)["it"]
                return builder.place(typing.get_args(found)[1])
        raise TypeError(f"{cls.__name__} declares no __pydantic_extra__")
