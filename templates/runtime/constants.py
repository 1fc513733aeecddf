"""Fields with one value: a model has it, and sends it, without being given it."""

from typing import Any

from pydantic_core import core_schema as cs


def sent(schema: Any) -> Any:
    """The schema of a model's fields in which constants count as given by the caller."""
    constants = {name for name, x in schema["fields"].items() if _is_constant(x)}

    def validated(parts: Any) -> Any:
        return (*parts[:2], parts[2] | constants)

    if not constants:
        return schema
    return cs.no_info_after_validator_function(validated, schema)


def _is_constant(field: Any) -> bool:
    schema = field["schema"]
    is_given = schema.get("default") is not None
    return is_given and schema["schema"]["type"] == "literal"
