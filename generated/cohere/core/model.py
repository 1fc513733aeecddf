"""Models: what the API sends is kept, and what a caller builds is checked."""

import functools
import typing
from typing import Any

import pydantic
from pydantic_core import core_schema

from .encode import encode, wire_names


class UncheckedBaseModel(pydantic.BaseModel):
    """A model of what the API sends and takes. JSON to model to JSON loses nothing."""

    model_config = pydantic.ConfigDict(
        extra="allow",
        defer_build=True,
        populate_by_name=True,
        protected_namespaces=(),
        ser_json_inf_nan="constants",
    )

    def model_post_init(self, context: Any, /) -> None:
        """A constant (a discriminator) is sent even if the caller left it out."""
        self.__pydantic_fields_set__.update(_constants(type(self)))

    def __wire__(self) -> dict[str, Any]:
        """The fields that were sent or set, by wire name, and all that is unknown."""
        names, extra = wire_names(type(self)), self.model_extra or {}
        hidden = {name for name in extra if self.__dict__.get(name) is None}
        given = self.model_fields_set - hidden
        fields = {names.get(k, k): v for k, v in self.__dict__.items() if k in given}
        return {k: encode(v) for k, v in {**fields, **extra}.items()}

    @pydantic.model_serializer(mode="wrap")
    def _serialize(
        self,
        handler: pydantic.SerializerFunctionWrapHandler,
        info: pydantic.SerializationInfo,
    ) -> dict[str, Any]:
        chosen = info.include or info.exclude or info.exclude_none
        if info.mode == "json" and not chosen and not info.exclude_defaults:
            return self.__wire__()
        return typing.cast("dict[str, Any]", handler(self))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: pydantic.GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Each value is serialised as what it is: a raw one is no reason to warn."""
        schema = handler(source)
        model: Any = handler.resolve_ref_schema(schema)
        while "fields" not in model:
            model = model["schema"]
        for field in model["fields"].values():
            field["schema"].setdefault("serialization", {"type": "any"})
        return schema


@functools.cache
def _constants(cls: type[pydantic.BaseModel]) -> set[str]:
    cls.model_rebuild()  # pydantic leaves it to the first use, but not to one inside
    return {
        name
        for name, field in cls.model_fields.items()
        if typing.get_origin(field.annotation) is typing.Literal
        and field.get_default() is not None
    }
