"""Enums of other values than strings."""

from typing import Any, cast

from pydantic_core import PydanticCustomError
from pydantic_core import core_schema as cs

from .decode import first_of

_INSIDE = (
    *("choices", "fields", "items_schema", "json_schema", "python_schema"),
    *("schema", "steps", "strict_schema", "values_schema"),
)


class UnknownInt(int):
    """A number that is not in the enum of the API description."""

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: Any) -> Any:
        # Lax validation would convert text to numbers.
        number = cs.no_info_before_validator_function(_number, cs.int_schema())
        return cs.no_info_after_validator_function(cls, number)


def _number(value: Any) -> Any:
    if not isinstance(value, int) or isinstance(value, bool):
        raise PydanticCustomError("int_type", "Input should be a valid integer")
    return value


def opened(schema: Any) -> Any:
    """The lenient form of an open enum."""
    return first_of(*map(listed, schema["choices"]))


def of(*types: type) -> Any:
    """A schema for values of these types, without the conversions of lax validation."""

    def check(value: Any) -> Any:
        if type(value) not in types:
            raise ValueError("of another type")
        return value

    return cs.no_info_plain_validator_function(check)


def listed(schema: Any) -> Any:
    """``schema``; a literal 1 does not accept True, which Python considers equal."""
    types: set[Any] = {x.__class__ for x in schema.get("expected", ())} - {str}
    return cs.chain_schema([of(*types, str), schema]) if types else schema


def exact(schema: Any) -> Any:
    """``schema``, in which literals tell True from 1, and False from 0, as JSON does."""
    if isinstance(schema, list):
        return [*map(exact, cast("Any", schema))]
    if not isinstance(schema, dict):
        return schema
    node, kind = cast("Any", schema), cast("Any", schema).get("type")
    if kind == "literal" and {int, bool} & {*map(type, node["expected"])}:
        return _exact_literal(node)
    if kind in ("definition-ref", "model"):
        return node
    known = kind is None or isinstance(kind, dict)  # fields by name, or choices by tag
    return {k: exact(v) if known or k in _INSIDE else v for k, v in node.items()}


def _exact_literal(schema: Any) -> Any:
    values = schema["expected"]

    def check(value: Any) -> Any:
        same = [x for x in values if x == value]
        if same and isinstance(value, bool) not in [isinstance(x, bool) for x in same]:
            text = f"Input should be {' or '.join(map(repr, values))}"
            raise PydanticCustomError("literal_error", cast("Any", text))
        return value

    return cs.no_info_before_validator_function(check, schema)


class Exact:
    """Annotation for literals, with the schema of `exact`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return exact(handler(source))
