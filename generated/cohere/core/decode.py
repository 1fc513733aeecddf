"""Lenient decoding inside pydantic-core: no answer raises, and nothing of it is lost.

A type has a core schema, made on first use, in which each place takes its type or else
any value, as it came. Scalars need no check to be kept, so they cost next to nothing.
"""

import contextlib
import datetime as dt
import functools
import importlib
import json
import sys
import threading
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pydantic
from pydantic_core import SchemaValidator, ValidationError
from pydantic_core import core_schema as cs

from .unknown import UnknownInt, UnknownStr

ANY: Any = cs.any_schema()
_SCALARS: Any = frozenset({str, int, float, bool, object, type(None), Any})
_OPEN = (UnknownStr, UnknownInt)


class WireDateTime(dt.datetime):
    """A datetime that remembers how the API wrote it."""

    raw: Any = None

    def __wire__(self) -> Any:
        return self.raw or self.isoformat().replace("+00:00", "Z")

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return (*super().__reduce_ex__(protocol), vars(self))


def _remembered(value: Any, parse: Callable[[Any], dt.datetime]) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value
    parsed = parse(value)
    kept = WireDateTime.combine(parsed.date(), parsed.timetz())
    kept.raw = value
    return kept


def first_of(*choices: Any) -> Any:
    """The first of ``choices`` that takes the value."""
    union = cs.union_schema([*choices], mode="left_to_right")
    return ANY if choices[0] is ANY else union


# Checked, short text is kept once however often it comes, which `ANY` does not do.
_STRINGS: Any = (str, str | None)
_TEXT = first_of(cs.str_schema(strict=True), ANY)

# A datetime writes such text as it was; any other text takes the slower way.
_CANONICAL = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{5}[1-9])?"
    r"(Z|[+-](0[1-9]|1[0-9]):[0-9]{2})$"
)
_DATETIME = first_of(
    cs.chain_schema([cs.str_schema(pattern=_CANONICAL), cs.datetime_schema()]),
    cs.no_info_wrap_validator_function(_remembered, cs.datetime_schema()),
)


class Builder:
    """Makes the core schema of one type, with its models as definitions."""

    def __init__(self) -> None:
        self.definitions: dict[Any, Any] = {}

    def place(self, type_: Any, marks: Sequence[Any] = ()) -> Any:
        """The schema of a place for ``Annotated[type_, *marks]``: it takes anything."""
        return first_of(self.schema(type_, marks), ANY)

    def schema(self, type_: Any, marks: Sequence[Any] = ()) -> Any:
        """The schema of the type itself, which refuses what it cannot hold."""
        origin, args = typing.get_origin(type_), typing.get_args(type_)
        for mark in marks:
            if hasattr(mark, "lenient_schema"):
                return mark.lenient_schema(self, type_)
        if origin is typing.Annotated:
            return self.schema(args[0], args[1:])
        if origin is typing.Literal or (origin is None and type_ in _SCALARS):
            return ANY
        if origin in (typing.Union, types.UnionType):
            return self._union(args)
        if origin in (list, Sequence):
            item = self.place(args[0])
            return item if item is ANY else cs.list_schema(item)
        if origin in (dict, Mapping) and args[0] is str:
            value = self.place(args[1])
            return value if value is ANY else cs.dict_schema(cs.str_schema(), value)
        if type_ is dt.datetime:
            return _DATETIME
        if is_model(type_):
            return self.define(type_, lambda ref: self._model(type_, ref))
        return part("formats").schema(self, type_)

    def define(self, type_: Any, build: Callable[[str], Any]) -> Any:
        """A reference to the definition of ``type_``, which is built once."""
        ref = str(id(type_))
        if type_ not in self.definitions:
            self.definitions[type_] = None
            self.definitions[type_] = build(ref)
        return cs.definition_reference_schema(ref)

    def _union(self, members: Sequence[Any]) -> Any:
        enums = [m for m in members if typing.get_origin(m) is typing.Literal]
        values = [value for enum in enums for value in typing.get_args(enum)]
        choices = [m.__get_pydantic_core_schema__() for m in members if m in _OPEN]
        choices = [cs.literal_schema(values), *choices] if choices else []
        rest = [m for m in members if m not in (*enums, *_OPEN, type(None))]
        if len(rest) + bool(values) > 1:
            return part("unions").schema(self, rest, choices)
        return self.schema(rest[0]) if rest else first_of(*choices, ANY)

    def _model(self, cls: type[pydantic.BaseModel], ref: str) -> Any:
        cls.model_rebuild(_types_namespace=vars(sys.modules[cls.__module__]))
        fields: dict[str, Any] = {}
        for name, field in cls.model_fields.items():
            absent = None if field.is_required() else field.get_default()
            text = not field.metadata and field.annotation in _STRINGS
            place = _TEXT if text else self.place(field.annotation, field.metadata)
            schema = cs.with_default_schema(place, default=absent)
            fields[name] = cs.model_field(schema, validation_alias=field.alias)
        extra: Any = getattr(cls, "__lenient_extra__", None)
        body = cs.model_fields_schema(
            fields, extra_behavior="allow", extras_schema=extra and extra(self)
        )
        return cs.model_schema(cls, body, ref=ref)


_lock = threading.Lock()


@functools.cache
def _validator(type_: Any) -> SchemaValidator:
    builder = Builder()
    root = builder.place(type_)
    schema = cs.definitions_schema(root, [*builder.definitions.values()])
    # For a class that is complete pydantic-core takes the class's own validator, the
    # strict one, and not the schema given for it; so none may seem to be meanwhile.
    models = [*filter(is_model, builder.definitions)]
    with _lock:
        try:
            for cls in models:
                cls.__pydantic_complete__ = False
            return SchemaValidator(schema)
        finally:
            for cls in models:
                cls.__pydantic_complete__ = True


def decode(type_: Any, content: bytes) -> Any:
    """The value of ``type_`` in JSON text; ValueError where it is not JSON."""
    try:
        return _validator(type_).validate_json(content)
    except ValidationError:
        # What json reads and pydantic-core does not: a BOM, UTF-16, lone surrogates.
        return construct_type(type_, json.loads(content))


def construct_type(type_: Any, object_: Any) -> Any:
    """The value of ``type_`` in parsed JSON; what does not fit stays as it is."""
    return _validator(type_).validate_python(object_)


class Problem(typing.NamedTuple):
    """A value that does not fit its declared type, and was kept as it came."""

    path: str
    expected: str
    value: Any


def problems(type_: Any, content: bytes) -> list[Problem]:
    """What pydantic finds wrong with JSON text, as strictly as it can."""
    found: dict[str, Problem] = {}
    try:
        pydantic.TypeAdapter(type_).validate_json(content, strict=True)
    except ValidationError as error:
        for item in error.errors(include_url=False):
            value, path = json.loads(content), list[str]()
            for step in item["loc"]:
                with contextlib.suppress(LookupError, TypeError):
                    value = value[step]  # or it is absent, or a label of pydantic's
                    path.append(str(step))
            absent = item["type"] == "missing"
            where = ".".join([*path, str(item["loc"][-1])] if absent else path)
            input_ = None if absent else item["input"]
            found.setdefault(where, Problem(where, item["msg"], input_))
    return [*found.values()]


def is_model(type_: Any) -> bool:
    """Whether ``type_`` is the class of a model, so of a JSON object."""
    return getattr(type_, "__pydantic_root_model__", None) is False


def part(module: str) -> Any:
    """A part of the runtime that is only there where the API needs it."""
    return importlib.import_module(f".{module}", __package__)
