"""Models with typed additional properties (`additionalProperties`)."""

import typing
from typing import Any

from .unchecked_base_model import UncheckedBaseModel


class ExtraModel(UncheckedBaseModel):
    """A model that declares the type of `__pydantic_extra__`."""

    if typing.TYPE_CHECKING:
        # Subclasses can narrow this declaration, but not pydantic's own.
        __pydantic_extra__: Any
