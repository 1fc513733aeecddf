"""Fields with one value, which callers need not pass: models have it and send it."""

from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic_core import core_schema as cs

T = TypeVar("T")


OptionalTag: TypeAlias = Annotated[T, "may be missing in a response"]


def sent(cls: Any, schema: Any) -> Any:
    """The schema of a model's fields. Callers need not pass constants; JSON has them."""
    fields: dict[str, Any] = schema["fields"]
    constants = {name for name in fields if _is_constant(fields[name])}

    def validated(parts: Any) -> Any:
        return (*parts[:2], parts[2] | constants)

    if not constants:
        return schema
    for name in constants:
        if not cls.model_fields[name].metadata:
            field = {**fields[name], "schema": fields[name]["schema"]["schema"]}
            fields = {**fields, name: field}
    passed = cs.no_info_after_validator_function(validated, schema)
    wire_schema: Any = {**schema, "fields": fields}
    return cs.json_or_python_schema(wire_schema, passed)


def _is_constant(field: Any) -> bool:
    schema = field["schema"]
    is_given = schema.get("default") is not None
    return is_given and schema["schema"]["type"] == "literal"
