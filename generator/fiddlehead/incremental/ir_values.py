"""Values of the IR as JSON and back, without their locations."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from .. import ir

# Any, because getattr() has no type.
_CLASSES: dict[str, Any] = {
    name: instance
    for name, instance in ((name, getattr(ir, name)) for name in ir.__all__)
    if dataclasses.is_dataclass(instance)
}


def encoded(value: object) -> Any:
    """A value of the IR as JSON: `[class, attributes]`, `{"tuple": […]}` and `{"map": {…}}`.

    Attributes with their default value are left out.
    """
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, tuple):
        return {"tuple": [encoded(item) for item in cast("tuple[object, ...]", value)]}
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, object]", value)
        return {"map": {name: encoded(entry) for name, entry in entries.items()}}
    kind = type(value)
    content: dict[str, Any] = {}
    # Any, because the argument of fields() cannot be inferred.
    for field in dataclasses.fields(cast("Any", kind)):
        field_value = getattr(value, field.name)
        if field.name != "span" and (
            field_value is not field.default or field.default is dataclasses.MISSING
        ):
            content[field.name] = encoded(field_value)
    return [kind.__name__, content]


def as_text(value: object) -> str:
    """A value of the IR as one line of JSON."""
    return json.dumps(encoded(value), ensure_ascii=False, separators=(",", ":"))


def decoded(value: Any) -> Any:
    """The value of the IR for a JSON value; raises ValueError, KeyError or TypeError if it is
    invalid. Only dataclasses of the IR are created."""
    if type(value) is list:
        name, content = cast("Sequence[Any]", value)
        return _CLASSES[name](**{key: decoded(member) for key, member in content.items()})
    if type(value) is dict:
        ((kind, held),) = cast("Mapping[str, Any]", value).items()
        if kind == "tuple":
            return tuple(decoded(element) for element in held)
        return {key: decoded(member) for key, member in held.items()}
    return value
