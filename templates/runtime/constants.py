"""Fields with one value: a model has it, and sends it, without being given it."""

from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic_core import core_schema as cs

T = TypeVar("T")


class MayBeMissing:
    """Marks a constant that a response may lack."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return {**handler(source), "metadata": {"may_be_missing": True}}


OptionalTag: TypeAlias = Annotated[T, MayBeMissing()]


def sent(schema: Any) -> Any:
    """The schema of a model's fields: JSON must have the constants, a caller need not pass
    them, but they count as passed."""
    fields = schema["fields"]
    constants = {name for name in fields if _is_constant(fields[name])}

    def validated(parts: Any) -> Any:
        return (*parts[:2], parts[2] | constants)

    if not constants:
        return schema
    inner = {name: fields[name]["schema"]["schema"] for name in constants}
    required = {
        name: {**fields[name], "schema": inner[name]}
        for name in constants
        if not inner[name].get("metadata")
    }
    wire_schema = {**schema, "fields": {**fields, **required}}
    passed = cs.no_info_after_validator_function(validated, schema)
    return cs.json_or_python_schema(wire_schema, passed)


def _is_constant(field: Any) -> bool:
    schema = field["schema"]
    is_given = schema.get("default") is not None
    return is_given and schema["schema"]["type"] == "literal"
