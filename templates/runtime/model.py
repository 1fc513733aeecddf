"""Models: what the API sends is kept, and what a caller builds is checked."""

import functools
import typing

import pydantic
from pydantic_core import core_schema

from .decode import Builder, is_model
from .encode import encode, wire_names

_Json = dict[str, typing.Any]


class LosslessModel(pydantic.BaseModel):
    """A model that loses nothing: JSON to model to JSON gives the same JSON."""

    model_config = pydantic.ConfigDict(
        extra="allow", defer_build=True, populate_by_name=True, protected_namespaces=(), ser_json_inf_nan="constants"
    )

    def model_post_init(self, context: typing.Any, /) -> None:
        """A constant (a discriminator) is sent even if the caller left it out."""
        self.__pydantic_fields_set__.update(_constants(type(self)))

    def __wire__(self) -> _Json:
        """The fields that were sent or set, by wire name, and all that is unknown."""
        names, extra = wire_names(type(self)), self.model_extra or {}
        given = self.model_fields_set - {
            k for k in extra if self.__dict__.get(k) is None
        }
        fields = {names.get(k, k): v for k, v in self.__dict__.items() if k in given}
        return {k: encode(v) for k, v in {**fields, **extra}.items()}

    @pydantic.model_serializer(mode="wrap")
    def _serialize(
        self,
        handler: pydantic.SerializerFunctionWrapHandler,
        info: pydantic.SerializationInfo,
    ) -> _Json:
        chosen = info.include or info.exclude or info.exclude_none
        if info.mode == "json" and not chosen and not info.exclude_defaults:
            return self.__wire__()
        _complete(type(self))
        return typing.cast("_Json", handler(self))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: typing.Any, handler: pydantic.GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Each value is serialised as what it is: a raw one is no reason to warn."""
        schema = handler(source)
        model: typing.Any = handler.resolve_ref_schema(schema)
        while "fields" not in model:
            model = model["schema"]
        for field in model["fields"].values():
            value = field["schema"]
            while value["type"] == "default":
                value = value["schema"]
            value.setdefault("serialization", {"type": "any"})
        return schema


@functools.cache
def _complete(cls: type[pydantic.BaseModel]) -> None:
    """Build the serializers inside: pydantic does not, before 2.14, where it defers."""
    builder = Builder()
    builder.place(cls)
    for model in filter(is_model, builder.definitions):
        model.model_rebuild()


@functools.cache
def _constants(cls: type[pydantic.BaseModel]) -> set[str]:
    return {
        name
        for name, field in cls.model_fields.items()
        if typing.get_origin(field.annotation) is typing.Literal
        and field.get_default() is not None
    }
