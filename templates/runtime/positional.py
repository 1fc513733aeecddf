"""Models whose only required field can be passed by position."""

from typing import Any

from .encode import wire_names
from .unchecked_base_model import UncheckedBaseModel


class PositionalModel(UncheckedBaseModel):
    """A model that accepts the value of its only required field by position."""

    def __init__(self, *values: Any, **data: Any) -> None:
        if values:
            cls = type(self)
            fields = [(name, cls.model_fields[name]) for name in wire_names(cls)]
            required = [name for name, field in fields if field.is_required()]
            first, *others = values
            if others or len(required) != 1 or required[0] in data:
                raise TypeError(f"{cls.__name__} accepts keyword arguments only")
            data[required[0]] = first
        super().__init__(**data)

    # Decoding does not call the constructor.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]  # as pydantic
