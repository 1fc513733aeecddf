"""JSON of models, written by pydantic-core: the bytes of `encode`, without its walk.

There is a serializer for each class. It raises a ValueError for a value that it would
write differently from `encode`; then Python encodes the whole value. Fields may hold any
JSON where models are declared; a model of another class is also left to Python.
"""

import datetime as dt
import functools
import itertools
import operator
from collections.abc import Iterator
from typing import Any, cast, get_args

import pydantic
from pydantic_core import SchemaSerializer, TzInfo
from pydantic_core import core_schema as cs

from .decode import adapter
from .encode import encode, to_json, wire_names
from .lazy import part
from .unchecked_base_model import UncheckedBaseModel

MAX_DEPTH = 16
"""The most levels of models: pydantic-core writes each by recursion, on the C stack."""
_FIELDS_SET = operator.attrgetter("__pydantic_fields_set__")
_ZONE, _NONE = operator.attrgetter("tzinfo"), type(None)


class _Sent:
    """Stands for a class in its schema, or pydantic-core would use its own serializer."""


def dumps(value: Any) -> bytes | None:
    """The JSON text of a value with models, or None where `encode` has to write it."""
    if pydantic.VERSION < "2.14":
        return None  # does not call the function for unknown properties
    if type(value) is dict:
        items: dict[Any, Any] = cast("Any", value)
        texts = all(type(name) is str for name in items)
        if not texts or not any(map(_models, items.values())):
            return None
        pairs = (to_json(name) + b":" + to_json(item) for name, item in items.items())
        return b"{" + b",".join(pairs) + b"}"
    if not (models := _models(value)):
        return None
    try:
        complete, plain_times = _form(models)
        options: Any = {"exclude_unset": not complete, "warnings": "error"}
        serializer = _serializer(models[0].__class__, complete, plain_times)
        text = serializer.to_json(models, by_alias=True, **options)
    except (AttributeError, RecursionError, ValueError):
        return None
    return text[1:-1] if isinstance(value, pydantic.BaseModel) else text


def _models(value: Any) -> list[Any]:
    """The items of a list of models of one class, or a list of the one model."""
    several = isinstance(value, (list, tuple))
    items = cast("list[Any] | tuple[Any, ...]", value if several else [value])
    if not items or not isinstance(items[0], UncheckedBaseModel):
        return []
    cls = type(items[0])
    return [*items] if all(type(item) is cls for item in items) else []


def _form(models: list[Any], depth: int = 0) -> tuple[bool, bool]:
    """Whether all models have all fields, and Rust writes all datetimes like `encode`.

    Raises ValueError if a model inside is of another class than those that are declared
    there, or models are nested so deep that a small stack could overflow.
    """
    if depth > MAX_DEPTH:
        raise ValueError("nested too deep")
    cls = models[0].__class__
    sizes = map(len, map(_FIELDS_SET, models))
    # The serializer refuses unknown properties of the others.
    complete = {*sizes} == {len(cls.model_fields)} and not models[0].model_extra
    plain_times = True
    for name, declared in _fields(cls):
        held: list[Any] = [*map(operator.attrgetter(name), models)]
        kinds: set[Any] = {*map(type, held)}
        while {list, dict} & kinds:
            held = [*itertools.chain.from_iterable(map(_items, held))]
            kinds = {*map(type, held)}
        if dt.datetime in declared and plain_times:
            plain_times = _are_plain(held, kinds)
        for kind in kinds:
            if issubclass(kind, pydantic.BaseModel):
                if kind not in declared:
                    raise ValueError("a model of another class")
                same = [x for x in held if type(x) is kind] if kinds != {kind} else held
                inside = _form(same, depth + 1)
                complete &= inside[0]
                plain_times &= inside[1]
    return complete, plain_times


def _are_plain(held: list[Any], kinds: set[Any]) -> bool:
    """Whether Rust writes these datetimes like `encode`: all have a zone of pydantic."""
    if (rules := part("datetime_rules")) and rules.MILLISECONDS:
        return False
    times = [*filter(None, held)] if _NONE in kinds else held
    return kinds <= {dt.datetime, _NONE} and {*map(type, map(_ZONE, times))} <= {TzInfo}


def _items(value: Any) -> Any:
    items: Any = value
    if type(value) is dict:
        return items.values()
    return items if type(value) is list else [items]


@functools.cache
def _fields(cls: Any) -> list[tuple[str, set[Any]]]:
    """The fields of a class that may hold models or datetimes, and those classes."""
    names = wire_names(cls)  # completes the class
    fields = [(n, {*_classes_in(cls.model_fields[n].annotation)}) for n in names]
    return [(name, classes) for name, classes in fields if classes]


def _classes_in(annotation: Any) -> Iterator[Any]:
    """The classes of models in a type, and datetime; alternatives of an alias, too."""
    if annotation is dt.datetime or hasattr(annotation, "__pydantic_root_model__"):
        yield annotation
    for inner in get_args(getattr(annotation, "__value__", annotation)):
        yield from _classes_in(inner)


@functools.cache
def _serializer(cls: Any, *form: bool) -> SchemaSerializer:
    """The serializer of a list of a class. Complete models need less work."""
    adapter(cls)  # completes the schemas of all classes in it
    schema = _native(cls.__pydantic_core_schema__, *form)
    return SchemaSerializer(cs.list_schema(schema))


def _native(schema: Any, *form: bool) -> Any:
    """The schema to write a type by, for models of a form (see `_form`)."""
    match schema["type"]:
        case "definitions":
            inner = [_native(item, *form) for item in schema["definitions"]]
            return cs.definitions_schema(_native(schema["schema"], *form), inner)
        case "definition-ref":
            return cs.definition_reference_schema(schema["schema_ref"])
        case "lax-or-strict":
            native = _native(schema["strict_schema"], *form)
        case "default":
            native = _native(schema["schema"], *form)
        case "nullable":
            native = cs.nullable_schema(_native(schema["schema"], *form))
        case "list" if schema["items_schema"]["type"] not in ("float", "int"):
            native = cs.list_schema(_native(schema["items_schema"], *form))
        case "dict" if schema["keys_schema"]["type"] == "str":
            values = _native(schema["values_schema"], *form)
            native = cs.dict_schema(cs.str_schema(), values)
        case "model":
            native = _model(schema, *form)
        case "bool":
            native = cs.bool_schema()
        case "int" | "float":
            native = cs.union_schema([cs.int_schema(), _written(_encoded)])
        case "datetime" if form[1]:
            native = cs.nullable_schema(cs.datetime_schema())
        case _:
            native = cs.str_schema() if _is_text(schema) else _written(_encoded)
    return {**native, "ref": schema["ref"]} if "ref" in schema else native


def _model(schema: Any, *form: bool) -> Any:
    """The schema of the fields that are sent, by wire name, and of unknown properties."""
    cls, inner = schema["cls"], schema["schema"]
    while inner["type"] in ("lax-or-strict", "json-or-python"):
        inner = inner.get("strict_schema") or inner["json_schema"]
    is_plain = cls.__wire__ is UncheckedBaseModel.__wire__
    if inner["type"] != "model-fields" or not is_plain:
        return _written(_encoded)
    names = wire_names(cls)
    fields = {
        name: cs.model_field(
            _native(field["schema"], *form), serialization_alias=names[name]
        )
        for name, field in inner["fields"].items()
    }
    # An unknown property may have the wire name of a field.
    renamed = any(name != wire for name, wire in names.items())
    extras = _written(_refused if form[0] or renamed else _encoded)
    inner = cs.model_fields_schema(fields, extras_schema=extras, extra_behavior="allow")
    return cs.model_schema(_Sent, inner, config={"extra_fields_behavior": "allow"})


def _is_text(schema: Any) -> bool:
    """Whether all values are strings."""
    match schema["type"]:
        case "str":
            return True
        case "literal":
            return all(isinstance(item, str) for item in schema["expected"])
        case "function-after":
            return _is_text(schema["schema"])
        case "union":
            return all(_is_text(choice) for choice in schema["choices"])
        case _:
            return False


def _written(function: Any) -> Any:
    written = cs.plain_serializer_function_ser_schema(function)
    return cs.any_schema(serialization=written)


def _encoded(value: Any) -> Any:
    plain = encode(value)
    _check(plain)
    return plain


def _check(plain: Any) -> None:
    """Refuses floats that Python writes with an exponent, and those that JSON lacks."""
    items: Any = plain
    if isinstance(plain, (dict, list)):
        for item in items.values() if isinstance(plain, dict) else items:
            _check(item)
    elif isinstance(plain, float) and not (1e-4 <= abs(plain) < 1e16 or not plain):
        raise ValueError("written by Python")


def _refused(_: Any) -> Any:
    raise ValueError("written by Python")
