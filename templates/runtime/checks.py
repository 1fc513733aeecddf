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
from pydantic_core import ErrorDetails, PydanticCustomError, ValidationError, to_json
from pydantic_core import core_schema as cs
from typing_extensions import Required, TypedDict

from .decode import WIRE, adapter, has_integers, number
from .encode import encode, wire_names
from .lazy import part

_CONTAINERS: tuple[Any, ...] = (
    *(list, dict, set, frozenset, tuple),
    *(collections.abc.Sequence, collections.abc.Mapping, collections.abc.Set),
)

PLAIN = {str, int, float, bool, type(None)}
_NO_MEMBER: Any = {"type": "no_member", "msg": "no member of the union fits"}
_DECODED = typing.Annotated[dict[str, Any], pydantic.Field(max_length=0)]


def fits(decoded: Any, value: Any, known: dict[Any, bool]) -> bool:
    """Whether ``value`` has everything that the models it was decoded as require.

    ``known`` caches results by class and id of a value.
    """
    is_model = isinstance(decoded, pydantic.BaseModel)
    key = decoded.__class__, id(value)
    if is_model and key in known:
        return known[key]
    members = [*parts(decoded, value)]
    fit = not (is_model and _problems_of(decoded, members))
    nested = (item for item in members if item[1].__class__ not in PLAIN)
    fit = fit and all(fits(child, other, known) for _, child, other in nested)
    known[key] = fit
    return fit


def all_errors(type_: Any, decoded: Any, value: Any) -> list[ErrorDetails]:
    """The problems of ``value`` as ``type_``; ``decoded`` is the decoded form."""
    own = _own_errors(type_, _without_models(decoded, value))
    return [*own, *errors(decoded, value)]


def errors(
    decoded: Any, value: Any, loc: tuple[int | str, ...] = (), tagged: bool = False
) -> Iterator[ErrorDetails]:
    """The problems of the models in a decoded ``value``.

    ``tagged`` is whether unknown variants of a union are expected.
    """
    cls = decoded.__class__
    members = [*parts(decoded, value)]
    unions: Any = {key for key, *_ in members} if tagged else ()
    if isinstance(decoded, pydantic.BaseModel):
        if hasattr(cls, "__unknown__"):
            if not tagged:
                yield _NO_MEMBER | {"loc": loc, "input": value}
            return
        for problem in _problems_of(decoded, members):
            yield {**problem, "loc": (*loc, *problem["loc"])}
        for name, wire in wire_names(cls).items():
            field = fields_of(cls)[name]
            literal = typing.get_origin(field.annotation) is typing.Literal
            optional = wire in value or field.is_required() or field.metadata
            if literal and not optional:
                at, message = (*loc, wire), "Field required"
                yield {"type": "missing", "loc": at, "msg": message, "input": value}
        unions = _tagged(cls)
    for key, child, other in members:
        yield from errors(child, other, (*loc, key), key in unions)


def _problems_of(
    decoded: Any, members: list[tuple[Any, Any, Any]]
) -> list[ErrorDetails]:
    """The problems of a model's own properties; ``members`` are its parts."""
    cls = decoded.__class__
    if hasattr(cls, "__unknown__"):
        return []
    names, extra = _names(cls), _extra(cls)
    plain = {
        key: other if child.__class__ in PLAIN else _without_models(child, other)
        for key, child, other in members
        if key in names or extra is not None
    }
    if extra is None:
        return _own_errors(_own(cls), plain)
    own = _own_errors(_own(cls), {k: v for k, v in plain.items() if k in names})
    others = {k: v for k, v in plain.items() if k not in names}
    return [*own, *_own_errors(extra, others)]


def parts(decoded: Any, value: Any) -> Iterator[tuple[int | str, Any, Any]]:
    """The decoded parts of a value, each with its key and its original value."""
    if isinstance(decoded, pydantic.BaseModel):
        for name, wire in wire_names(type(decoded)).items():
            if wire in value:
                yield wire, decoded.__dict__[name], value[wire]
        extra: Any = decoded.model_extra or {}
        for key, child in extra.items():
            if key in value:
                yield key, child, value[key]
        return
    several, others = decoded, value
    if isinstance(decoded, (list, tuple)) and isinstance(value, list):
        for index, pair in enumerate(zip(several, others, strict=False)):
            yield index, *pair
    elif isinstance(decoded, dict) and isinstance(value, dict):
        for child, (key, other) in zip(several.values(), others.items(), strict=False):
            yield key, child, other


def checked(type_of: Callable[[], Any], schema: Any) -> Any:
    """``schema`` with JSON validated by this module; ``type_of`` returns its type."""

    def check(value: Any, _: Any) -> Any:
        type_ = type_of()
        decoded = adapter(type_).validate_python(value, strict=False, **WIRE)
        problems = all_errors(type_, decoded, value)
        if problems:
            details = [*map(_raised, problems)]
            raise ValidationError.from_exception_data("value", details)
        return value

    function = cs.no_info_wrap_validator_function(check, schema)
    return cs.json_or_python_schema(function, schema)


def _raised(problem: ErrorDetails) -> Any:
    kind, message = problem["type"], problem["msg"].replace("{", "").replace("}", "")
    error = PydanticCustomError(typing.cast("Any", kind), typing.cast("Any", message))
    return {"type": error, "loc": problem["loc"], "input": problem["input"]}


def _own_errors(type_: Any, value: Any) -> list[ErrorDetails]:
    """The problems of a value without models."""
    try:
        content = to_json(value)
    except ValueError:  # it has a lone surrogate, or is nested too deep
        content = json.dumps(encode(value)).encode()
    try:
        _shallow_adapter(type_).validate_json(content, strict=True)
    except ValidationError as error:
        own = error.errors(include_url=False, include_context=False)
        if has_integers(own):
            return _own_errors(type_, json.loads(content, parse_float=number))
        # JSON that is nested too deep for pydantic-core is of no declared type.
        own = [item for item in own if item["type"] != "json_invalid"]
        return [x | _NO_MEMBER if x["msg"].startswith("Dict") else x for x in own]
    return []


def _without_models(decoded: Any, value: Any) -> Any:
    """``value`` with an empty object in place of each that was decoded as a model."""
    if isinstance(decoded, pydantic.BaseModel):
        return {}
    plain = [(key, _without_models(*item)) for key, *item in parts(decoded, value)]
    if isinstance(decoded, (list, tuple)) and isinstance(value, list):
        return [item for _, item in plain]
    if isinstance(decoded, dict) and isinstance(value, dict):
        return dict(plain)
    return value


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
        metadata = [*_without_tags(field.metadata)]
        if metadata:
            type_ = typing.cast("Any", typing.Annotated)[(type_, *metadata)]
        required = typing.cast("Any", Required)
        fields[wire] = required[type_] if field.is_required() else type_
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
    return any(_has_tag(arg) for arg in typing.get_args(type_) if arg is not type_)


def _is_tag(metadata: Any) -> bool:
    return type(metadata).__name__ == "Discriminated"


def _without_tags(metadata: Any) -> Iterator[Any]:
    return (item for item in metadata if not _is_tag(item))


def _shallow(annotated: Any, seen: tuple[Any, ...]) -> Any:
    """A type that has an empty object in place of each model, as `_without_models`."""
    type_ = annotated  # as its narrowed form has no known parameters
    if isinstance(annotated, type) and issubclass(annotated, pydantic.BaseModel):
        return _DECODED
    if typing.is_typeddict(type_):
        return type_
    if hasattr(type_, "__value__"):
        return Any if type_ in seen else _shallow(type_.__value__, (*seen, type_))
    origin = typing.get_origin(type_)
    if origin is typing.Annotated:
        inner, *metadata = typing.get_args(type_)
        plain = [*_without_tags(metadata)]
        form = _shallow(inner, seen)
        return typing.cast("Any", typing.Annotated)[(form, *plain)] if plain else form
    inside = tuple(_shallow(arg, seen) for arg in typing.get_args(type_))
    if origin in (typing.Union, types.UnionType):
        return typing.cast("Any", typing.Union)[inside]
    if origin is typing.Literal and (integers := part("integers")):
        kinds = map(type, typing.get_args(type_))
        check = pydantic.BeforeValidator(integers.check(*kinds))
        return typing.cast("Any", typing.Annotated)[type_, check]
    bare_type: Any = origin
    return bare_type[inside] if origin in _CONTAINERS else type_
