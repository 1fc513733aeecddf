"""Long chains of models: a schema refers to the models at its end, which have their own."""

import json
from typing import Any

from pydantic_core import core_schema as cs

from .decode import WIRE, adapter


def reference(cls: Any) -> Any:
    """The schema of a model that another schema uses, without the schema of its fields."""

    def sent(value: Any) -> Any:
        made = adapter(cls).validate_python(value, strict=False, **WIRE)
        if not isinstance(made, cls):
            raise ValueError("not an object")
        return made

    def checked(value: Any) -> Any:
        text = json.dumps(value)
        return adapter(cls).validate_json(text, strict=True, **WIRE)

    lax, strict, built = map(
        cs.no_info_plain_validator_function, (sent, checked, cls.model_validate)
    )
    return cs.lax_or_strict_schema(
        lax, cs.json_or_python_schema(strict, built), strict=True
    )
