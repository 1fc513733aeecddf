"""Models whose further properties have a type (`additionalProperties`)."""

import typing
from typing import Any

from .unchecked_base_model import UncheckedBaseModel


class ExtraModel(UncheckedBaseModel):
    """A model that declares `__pydantic_extra__`, as pydantic has it, with a type."""

    if typing.TYPE_CHECKING:
        # The type of pydantic's own declaration cannot be narrowed, that of this can.
        __pydantic_extra__: Any
