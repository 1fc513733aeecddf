"""Models: what the API sends is kept, and what a caller builds is checked."""

import typing
from typing import Any

import pydantic
from pydantic_core import core_schema

from .decode import lenient, place
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
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Pydantic's own, with a lax half for what the API sends (see `decode`)."""
        schema = handler(source)
        outer, inner = dict[str, Any](), handler.resolve_ref_schema(schema)
        while inner["type"] not in ("model-fields", "lax-or-strict"):
            outer, inner = inner, inner["schema"]
        if inner["type"] == "model-fields":
            outer["schema"] = _halves(inner)
        return schema


def _halves(schema: Any) -> Any:
    constants, fields = set[str](), dict[str, Any]()
    for name, field in schema["fields"].items():
        given = field["schema"]
        # Each value is serialised as what it is: a raw one is no reason to warn.
        given.setdefault("serialization", {"type": "any"})
        lax: Any = core_schema.with_default_schema(place(given), default=None)
        if given["type"] == "default":
            lax = {**given, "schema": lax["schema"]}
            if (
                given["schema"]["type"] == "literal"
                and given.get("default") is not None
            ):
                constants.add(name)
        fields[name] = {**field, "schema": lax}

    def with_constants(parts: tuple[Any, Any, set[str]]) -> Any:
        """A constant (a discriminator) is sent even if the caller left it out."""
        parts[2].update(constants)
        return parts

    sent = core_schema.no_info_after_validator_function(with_constants, schema)
    kept = {**schema, "fields": fields, "extra_behavior": "allow"}
    if "extras_schema" in schema:
        kept["extras_schema"] = place(schema["extras_schema"])
    return lenient(sent if constants else schema, kept)
