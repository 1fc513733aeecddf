"""Lenient decoding inside pydantic-core: no response raises, and nothing is lost.

Models, and types marked `Lenient`, have a schema with two halves: pydantic's own, and one
for `decode` and `construct_type`, in which a field accepts its type, or else any value.
"""

import contextlib
import datetime as dt
import functools
import json
import threading
from typing import Annotated, Any, cast

import pydantic
from pydantic_core import ErrorDetails, SchemaValidator, ValidationError
from pydantic_core import core_schema as cs

from .lazy import part

ANY: Any = cs.any_schema()
_parse = cast("Any", SchemaValidator)(cs.datetime_schema()).validate_python
WIRE: Any = {"by_alias": True, "by_name": False}
_SCALARS = {"any", "bool", "float", "int", "literal", "none", "str"}
building, incomplete = threading.RLock(), set[type[pydantic.BaseModel]]()
_ENUM = {"function-after", "literal"}


class WireDateTime(dt.datetime):
    """A datetime that remembers how the API wrote it."""

    raw: Any = None

    def __wire__(self) -> Any:
        return self.raw or self.isoformat().replace("+00:00", "Z")

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return (*super().__reduce_ex__(protocol), vars(self))


def _remembered(value: Any) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value
    # pydantic reads numbers as seconds since 1970; RFC 3339 does not allow numbers.
    if not isinstance(value, str) or "-" not in value[1:]:
        raise ValueError("not a date-time")
    parsed = _parse(value)
    with_text = WireDateTime.combine(parsed.date(), parsed.timetz())
    with_text.raw = value
    return with_text


def first_of(*choices: Any) -> Any:
    """The first of ``choices`` that accepts the value; nested ones are flattened."""
    flat = [y for x in choices for y in (x["choices"] if x.get("mode") else [x])]
    return cs.union_schema(flat, mode="left_to_right")


# Encoding the datetime gives the same text; other texts take the slower path.
_ISO = r"(?-u)^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{5}[1-9])?(Z|[+-](0[1-9]|1\d):\d\d)$"
_DATETIME = first_of(
    cs.chain_schema([cs.str_schema(pattern=_ISO), cs.datetime_schema()]),
    cs.no_info_plain_validator_function(_remembered),
)
# Unlike ANY, it creates a short string that repeats in a response only once.
STRING = cs.nullable_schema(first_of(cs.str_schema(strict=True), ANY))
inlined: dict[str, Any] = {"datetime": _DATETIME}  # lenient forms, by kind or reference


def place(schema: Any, string: Any = ANY) -> Any:
    """The lenient form of ``schema`` for a field: a value that does not fit is kept."""
    kind = schema["type"]
    if kind in ("default", "nullable"):
        lax = place(schema["schema"], string)  # an error for each null is slow
        return cs.nullable_schema(lax) if "mode" in lax else lax
    if kind in _SCALARS or (lax := opened(schema)) is ANY:
        return string if kind == "str" else ANY
    return first_of(lax, ANY)


def opened(schema: Any) -> Any:
    """The lenient form of a schema that is not a scalar. It rejects other kinds of value."""
    kind = schema["type"]
    if known := inlined.get(schema.get("schema_ref", kind)):
        return known
    if kind == "list":
        item = place(schema["items_schema"])
        return item if item is ANY else cs.list_schema(item)
    if kind == "dict" and schema["keys_schema"]["type"] == "str":
        return cs.dict_schema(cs.str_schema(), place(schema["values_schema"]))
    if kind == "union" and {choice["type"] for choice in schema["choices"]} <= _ENUM:
        if integers := part("integers"):
            return integers.opened(schema)
        return first_of(*schema["choices"])
    if kind == "union" and (unions := part("unions")):
        return unions.opened(schema)
    if kind != "union" and (formats := part("formats")):
        return formats.opened(schema)
    return schema


class Lenient:
    """Annotation for types other than models that makes their validation lenient."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        schema = checked = handler(source)
        if unions := part("unions"):
            checked = unions.strict(schema, lambda: source)
        if integers := part("integers"):
            checked = integers.exact(checked)
        return cs.lax_or_strict_schema(place(schema), checked, strict=True)


@functools.cache
def adapter(type_: Any) -> pydantic.TypeAdapter[Any]:
    """The validator of a type. Its models are built here, once for all validators."""
    with building:
        while incomplete:
            incomplete.pop().model_rebuild()
        new = pydantic.TypeAdapter(cast("Any", Annotated)[type_, Lenient()])
        new.rebuild()
        while incomplete and pydantic.VERSION < "2.14":  # it needs complete classes
            incomplete.pop().model_rebuild()
    return new


def decode(type_: Any, content: bytes) -> Any:
    """Decode JSON text as ``type_``. Raises ValueError if invalid or nested too deep."""
    if (deep := part("deep")) and not deep.fits_stack(content):
        return deep.with_large_stack(decode, type_, content)
    try:
        decoded = adapter(type_).validator.validate_json(content, strict=False, **WIRE)
    except ValidationError:
        # json also accepts a BOM, UTF-16, lone surrogates, and deeper nesting.
        if deep := part("deep"):
            return deep.decode(type_, content)
        return construct_type(type_, json.loads(content))
    if deep := part("deep"):
        return deep.checked(decoded, content)
    return decoded


def construct_type(type_: Any, object_: Any) -> Any:
    """Decode parsed JSON as ``type_``. Values that do not fit are kept unchanged."""
    return adapter(type_).validate_python(object_, strict=False, **WIRE)


def problems(type_: Any, content: bytes) -> list[ErrorDetails]:
    """The errors of strict validation of JSON text, which may have a BOM."""
    if (deep := part("deep")) and not deep.fits_stack(content):
        return [*deep.with_large_stack(problems, type_, content)]
    try:
        adapter(type_).validate_json(content, strict=True, **WIRE)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        if "recursion limit" in errors[0]["msg"]:
            if deep := part("deep"):  # it is nested deeper than pydantic-core reads
                return [*deep.problems(type_, content)]
            return []
        with contextlib.suppress(ValueError, RecursionError):
            if errors[0]["type"] == "json_invalid" or has_integers(errors):
                value = json.loads(content, parse_float=number)
                text = json.dumps(value, ensure_ascii=False)
                return problems(type_, text.encode("utf-8", "replace"))
        return errors
    return []


def has_integers(errors: list[ErrorDetails]) -> bool:
    """Whether one is about 1.0, which is an integer (JSON Schema, section 4.2.3)."""
    return any(type(x["input"]) is float and x["input"].is_integer() for x in errors)


def number(text: str) -> float:
    return int(value) if (value := float(text)).is_integer() else value
