"""Strict validation of decoded values, one model after the other.

Pydantic tries each member of a union with all that is nested in the value, which takes
exponential time where unions are nested. `decode` has chosen the members already.
"""

import collections.abc
import functools
import inspect
import json
import sys
import types
import typing
from collections.abc import Callable, Iterator
from typing import Any

import pydantic
from pydantic_core import ErrorDetails, PydanticCustomError, ValidationError
from pydantic_core import core_schema as cs
from typing_extensions import Required, TypedDict

from .decode import WIRE, adapter, found_in
from .encode import encode, wire_names

_CONTAINERS: tuple[Any, ...] = (
    *(list, dict, set, frozenset, tuple),
    *(collections.abc.Sequence, collections.abc.Mapping, collections.abc.Set),
)


def fits(made: Any, value: Any, known: dict[Any, bool]) -> bool:
    """Whether ``value`` has everything that the models it was decoded as require.

    ``known`` caches results by class and id of a value.
    """
    is_model = isinstance(made, pydantic.BaseModel)
    key = made.__class__, id(value)
    if is_model and key in known:
        return known[key]
    found = [*parts(made, value)]
    fit = not (is_model and _problems_of(made, found))
    fit = fit and all(fits(part, other, known) for _, part, other in found)
    if is_model:
        known[key] = fit
    return fit


def all_errors(type_: Any, made: Any, value: Any) -> list[ErrorDetails]:
    """The problems of ``value`` as ``type_``; ``made`` is the decoded form."""
    return [*_own_errors(type_, _without_models(made, value)), *errors(made, value)]


def errors(
    made: Any, value: Any, loc: tuple[int | str, ...] = (), tagged: bool = False
) -> Iterator[ErrorDetails]:
    """The problems of the models in a decoded ``value``.

    ``tagged`` is whether unknown variants of a union are expected.
    """
    cls = made.__class__
    found = [*parts(made, value)]
    if isinstance(made, pydantic.BaseModel):
        if hasattr(cls, "__unknown__"):
            if not tagged:
                message = "no member of the union fits"
                yield {"type": "no_member", "loc": loc, "msg": message, "input": value}
            return
        for each in _problems_of(made, found):
            yield {**each, "loc": (*loc, *each["loc"])}
        unions = _tagged(cls)
        for key, part, other in found:
            yield from errors(part, other, (*loc, key), key in unions)
        return
    for key, part, other in found:
        yield from errors(part, other, (*loc, key), tagged)


def _problems_of(made: Any, found: list[tuple[Any, Any, Any]]) -> list[ErrorDetails]:
    """The problems of a model's own properties; ``found`` are its parts."""
    cls = made.__class__
    if hasattr(cls, "__unknown__"):
        return []
    given = {key: _without_models(part, other) for key, part, other in found}
    names, extra = _names(cls), _extra(cls)
    own = _own_errors(_own(cls), {k: v for k, v in given.items() if k in names})
    if extra is None:
        return own
    others = {k: v for k, v in given.items() if k not in names}
    return [*own, *_own_errors(extra, others)]


def parts(made: Any, value: Any) -> Iterator[tuple[int | str, Any, Any]]:
    """The decoded parts of a value, each with its key and its original value."""
    if isinstance(made, pydantic.BaseModel):
        for name, wire in wire_names(type(made)).items():
            if wire in value:
                yield wire, made.__dict__[name], value[wire]
        extra: Any = made.model_extra or {}
        for key, part in extra.items():
            if key in value:
                yield key, part, value[key]
        return
    several, others = made, value
    if isinstance(made, list) and isinstance(value, list):
        for index, pair in enumerate(zip(several, others, strict=False)):
            yield index, *pair
    elif isinstance(made, dict) and isinstance(value, dict):
        for part, (key, other) in zip(several.values(), others.items(), strict=False):
            yield key, part, other


def checked(type_of: Callable[[], Any], schema: Any) -> Any:
    """``schema`` with JSON validated by this module; ``type_of`` returns its type."""

    def check(value: Any) -> Any:
        type_ = type_of()
        made = adapter(type_).validate_python(value, strict=False, **WIRE)
        found = all_errors(type_, made, value)
        if found:
            raise ValidationError.from_exception_data("value", [*map(_raised, found)])
        return value

    function = cs.no_info_plain_validator_function(check)
    return cs.json_or_python_schema(function, schema)


def _raised(each: ErrorDetails) -> Any:
    kind, message = each["type"], each["msg"].replace("{", "").replace("}", "")
    error = PydanticCustomError(typing.cast("Any", kind), typing.cast("Any", message))
    return {"type": error, "loc": each["loc"], "input": each["input"]}


def _own_errors(type_: Any, value: Any) -> list[ErrorDetails]:
    """The problems of a value without models."""
    try:
        _shallow_adapter(type_).validate_json(json.dumps(encode(value)), strict=True)
    except ValidationError as error:
        # JSON that is nested too deep for pydantic-core is of no declared type.
        return [each for each in found_in(error) if each["type"] != "json_invalid"]
    return []


def _without_models(made: Any, value: Any) -> Any:
    """``value`` with an empty object in place of each that was decoded as a model."""
    if isinstance(made, pydantic.BaseModel):
        return {}
    found = [(key, _without_models(*each)) for key, *each in parts(made, value)]
    if isinstance(made, list) and isinstance(value, list):
        return [each for _, each in found]
    return dict(found) if isinstance(made, dict) and isinstance(value, dict) else value


@functools.cache
def _shallow_adapter(type_: Any) -> pydantic.TypeAdapter[Any]:
    return pydantic.TypeAdapter(_shallow(type_, ()))


@functools.cache
def fields_of(cls: Any) -> dict[str, Any]:
    """The fields of a model; names in their annotations are resolved."""
    wire_names(cls)  # completes the class
    return typing.cast("dict[str, Any]", cls.model_fields)


@functools.cache
def _own(cls: Any) -> Any:
    """The declared fields of a model, by wire name."""
    fields: dict[str, Any] = {}
    for name, wire in wire_names(cls).items():
        field = fields_of(cls)[name]
        type_ = _shallow(field.annotation, ())
        metadata = [*_kept(field.metadata)]
        if metadata:
            type_ = typing.cast("Any", typing.Annotated)[(type_, *metadata)]
        fields[wire] = (
            typing.cast("Any", Required)[type_] if field.is_required() else type_
        )
    return typing.cast("Any", TypedDict)("Fields", fields, total=False)


@functools.cache
def _names(cls: Any) -> frozenset[str]:
    return frozenset(wire_names(cls).values())


@functools.cache
def _extra(cls: Any) -> Any:
    """The type of all undeclared properties together; None where they have none."""
    for base in cls.__mro__[: cls.__mro__.index(pydantic.BaseModel)]:
        annotation = inspect.get_annotations(base).get("__pydantic_extra__")
        if annotation is not None:
            holder = types.SimpleNamespace(__annotations__={"extra": annotation})
            names = vars(sys.modules[base.__module__])
            return typing.get_type_hints(holder, names, include_extras=True)["extra"]
    return None


@functools.cache
def _tagged(cls: Any) -> frozenset[str]:
    """The fields with a union that has a discriminator."""
    return frozenset(
        wire
        for name, wire in wire_names(cls).items()
        if _has_tag(fields_of(cls)[name].annotation)
        or any(map(_is_tag, fields_of(cls)[name].metadata))
    )


def _has_tag(type_: Any) -> bool:
    if hasattr(type_, "__value__"):
        return _has_tag(type_.__value__)
    if any(map(_is_tag, getattr(type_, "__metadata__", ()))):
        return True
    return any(_has_tag(each) for each in typing.get_args(type_) if each is not type_)


def _is_tag(metadata: Any) -> bool:
    return type(metadata).__name__ == "Discriminated"


def _kept(metadata: Any) -> Iterator[Any]:
    return (each for each in metadata if not _is_tag(each))


def _shallow(given: Any, seen: tuple[Any, ...]) -> Any:
    """A type that has any object in place of each model."""
    type_ = given  # as its narrowed form has no known parameters
    if isinstance(given, type) and issubclass(given, pydantic.BaseModel):
        return dict[str, Any]
    if typing.is_typeddict(type_):
        return type_
    if hasattr(type_, "__value__"):
        return Any if type_ in seen else _shallow(type_.__value__, (*seen, type_))
    origin = typing.get_origin(type_)
    if origin is typing.Annotated:
        inner, *metadata = typing.get_args(type_)
        kept = [*_kept(metadata)]
        bare = _shallow(inner, seen)
        return typing.cast("Any", typing.Annotated)[(bare, *kept)] if kept else bare
    inside = tuple(_shallow(each, seen) for each in typing.get_args(type_))
    if origin in (typing.Union, types.UnionType):
        return typing.cast("Any", typing.Union)[inside]
    made: Any = origin
    return made[inside] if origin in _CONTAINERS else type_
