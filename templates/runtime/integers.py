"""Enums of other values than strings."""

from typing import Any, cast

from pydantic_core import PydanticCustomError
from pydantic_core import core_schema as cs

from .decode import first_of

_WITHOUT_LITERALS = {
    *("any", "bool", "date", "datetime", "definition-ref", "float"),
    *("int", "model", "none", "str", "uuid"),
}


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


def check(*types: type) -> Any:
    """A function that accepts only values of these types, without subclasses."""

    def checked(value: Any) -> Any:
        if type(value) not in types:
            names = " or ".join(type_.__name__ for type_ in types)
            raise PydanticCustomError("type", cast("Any", f"Input should be {names}"))
        return value

    return checked


def of(*types: type) -> Any:
    """A schema for values of these types, without the conversions of lax validation."""
    return cs.no_info_plain_validator_function(check(*types))


def listed(schema: Any) -> Any:
    """``schema``; a literal 1 does not accept True, which Python considers equal."""
    types: set[Any] = {x.__class__ for x in schema.get("expected", ())}
    if types <= {str}:
        return schema
    return cs.no_info_before_validator_function(check(*types, str), schema)


def exact(schema: Any) -> Any:
    """``schema``, in which literals are `listed`; models have their own schemas."""
    node = schema  # as its narrowed form has no known parameters
    if isinstance(schema, list):
        return [exact(item) for item in node]
    kind = node.get("type") if isinstance(schema, dict) else "any"
    if kind == "literal":
        return listed(node)
    # (It is a dict if a property is named `type`.)
    if isinstance(kind, str) and kind in _WITHOUT_LITERALS:
        return node
    nested = (dict, list)
    return {k: exact(v) if v.__class__ in nested else v for k, v in node.items()}
