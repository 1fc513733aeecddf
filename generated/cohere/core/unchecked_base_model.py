"""Base class of the models: responses are decoded leniently, arguments validated."""

from typing import Any, cast

import pydantic
from pydantic_core import core_schema as cs

from .decode import ANY, STRING, adapter, building, incomplete, inlined, place
from .decode import construct_type as construct_type
from .encode import encode, wire_names


class UncheckedBaseModel(pydantic.BaseModel):
    """Base class of the models. Decoding and encoding JSON again loses nothing."""

    model_config = pydantic.ConfigDict(
        extra="allow",
        defer_build=True,
        populate_by_name=True,
        protected_namespaces=(),
        ser_json_inf_nan="constants",
    )

    def __wire__(self) -> dict[str, Any]:
        """The fields that were sent or set, by wire name, and all unknown properties."""
        names, extra = wire_names(type(self)), self.model_extra or {}
        hidden = {name for name in extra if self.__dict__.get(name) is None}
        sent = self.model_fields_set - hidden
        fields = {names.get(k, k): v for k, v in self.__dict__.items() if k in sent}
        return {k: encode(v) for k, v in {**fields, **extra}.items()}

    def _serialize(self, handler: Any, info: Any) -> dict[str, Any]:
        chosen = info.include or info.exclude or info.exclude_none
        if info.mode == "json" and not chosen and not info.exclude_defaults:
            return self.__wire__()
        adapter(type(self))  # nested classes must be complete, too
        return cast("dict[str, Any]", handler(self))

    @classmethod
    def model_rebuild(cls, **options: Any) -> bool | None:
        """Pydantic's method, in one thread at a time: classes are built on first use."""
        depth = options.pop("_parent_namespace_depth", 2) + 1  # this frame, too
        with building:
            return super().model_rebuild(_parent_namespace_depth=depth, **options)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Pydantic's method, with a lenient form for responses (see `decode`)."""
        schema = handler(source)
        outer, inner = dict[str, Any](), handler.resolve_ref_schema(schema)
        while inner["type"] not in ("model-fields", "lax-or-strict"):
            if inner["type"] == "model":
                wrap = cs.wrap_serializer_function_ser_schema  # a decorator is slow
                inner.setdefault("serialization", wrap(cls._serialize, info_arg=True))
            outer, inner = inner, inner["schema"]
        if inner["type"] == "model-fields":
            halves = outer["schema"] = _halves(cls, inner)
            incomplete.add(cls)
            lax = {**outer, "schema": halves["lax_schema"]}
            if len(inner["fields"]) < 17 and "definition-ref" not in repr(lax):
                inlined[lax.pop("ref", "")] = lax  # small: repeated where it is used
        return schema


def _halves(cls: Any, schema: Any) -> Any:
    fields = dict[str, Any]()
    for name, field in schema["fields"].items():
        inner = field["schema"]
        inner.setdefault("serialization", ANY)  # undecoded values cause no warning
        lax = {"schema": place(inner, STRING), "default": inner.get("default")}
        fields[name] = {**field, "schema": {"type": "default", **lax}}
    wire_schema: Any = {**schema, "fields": fields, "extra_behavior": "allow"}
    if "extras_schema" in schema:
        wire_schema["extras_schema"] = place(schema["extras_schema"])
    return cs.lax_or_strict_schema(wire_schema, schema, strict=True)


class UnknownStr(str):
    """A string that is not in the enum of the API description."""

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: Any) -> Any:
        return cs.no_info_after_validator_function(cls, cs.str_schema(strict=True))
