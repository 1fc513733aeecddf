"""Any schema to a value, to bytes, to a model: the right type, no problems, the same bytes again.

The library `jsonschema` checks whether a value is valid.
"""

from __future__ import annotations

import importlib
import json
import sys
import tempfile
import typing
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..support import pipeline

Json = Any
OPTIONAL: Any = typing.Optional
NAMES = st.sampled_from(["id", "kind", "note", "at", "class", "size", "next item"])
# A package whose bodies have models can write them with pydantic-core alone.
BODY = {
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "properties": {
                    f"field{index}": {"$ref": f"#/components/schemas/Schema{index}"}
                    for index in range(8)
                },
            }
        }
    }
}
SCALARS: list[tuple[dict[str, Json], st.SearchStrategy[Json]]] = [
    ({"type": "string"}, st.sampled_from(["", "a", "2024-01-02", "7", "é\n"])),
    ({"type": "integer"}, st.integers(-(2**70), 2**70)),
    ({"type": "number"}, st.floats(allow_nan=False, allow_infinity=False) | st.integers(-9, 9)),
    ({"type": "boolean"}, st.booleans()),
    ({"type": "null"}, st.none()),
    ({"const": "fixed"}, st.just("fixed")),
    ({"enum": ["a", "b"]}, st.sampled_from(["a", "b"])),
    ({"type": "integer", "enum": [1, 2]}, st.sampled_from([1, 2])),
    (
        {"type": "string", "format": "date-time"},
        st.sampled_from(["2024-05-17T10:20:30Z", "2024-05-17T10:20:30.5+02:00"]),
    ),
    ({"type": "string", "format": "date"}, st.sampled_from(["2024-05-17", "1999-12-31"])),
    (
        {"type": "string", "format": "uuid"},
        st.sampled_from(["123e4567-e89b-12d3-a456-426614174000"]),
    ),
]


@st.composite
def pairs(draw: st.DrawFn, depth: int = 3) -> tuple[dict[str, Json], list[Json]]:
    """A schema with a few values that are valid against it."""
    kinds = ["scalar", "list", "object", "map", "union", "all"] if depth else ["scalar"]
    kind = draw(st.sampled_from(kinds))
    if kind == "scalar":
        schema, values = draw(st.sampled_from(SCALARS))
        return schema, draw(st.lists(values, min_size=1, max_size=3))
    if kind == "list":
        schema, values = draw(pairs(depth - 1))
        return {"type": "array", "items": schema}, [values, values[:1], []]
    if kind == "map":
        schema, values = draw(pairs(depth - 1))
        return {"type": "object", "additionalProperties": schema}, [{"k": values[0]}, {}]
    if kind == "union":
        members = draw(st.lists(pairs(depth - 1), min_size=2, max_size=3))
        return {"anyOf": [item for item, _ in members]}, [values[0] for _, values in members]
    first = draw(objects(depth))
    if kind == "object":
        return first
    second = draw(objects(depth))
    both = set(first[0]["properties"]) & set(second[0]["properties"])
    for name in both:
        del second[0]["properties"][name]
    second[0]["required"] = [name for name in second[0]["required"] if name not in both]
    whole = {**second[1][0], **first[1][0]}
    return {"allOf": [first[0], second[0]]}, [whole]


@st.composite
def objects(draw: st.DrawFn, depth: int) -> tuple[dict[str, Json], list[Json]]:
    """An object with a value that has all its properties, and one that has the required ones."""
    properties = draw(st.dictionaries(NAMES, pairs(depth - 1), min_size=1, max_size=3))
    required = [name for name in properties if draw(st.booleans())]
    schema = {
        "type": "object",
        "properties": {name: item for name, (item, _) in properties.items()},
        "required": required,
    }
    whole = {name: values[0] for name, (_, values) in properties.items()}
    return schema, [whole, {name: whole[name] for name in required}]


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(pairs(), min_size=8, max_size=8))
def test_a_valid_value_is_decoded_without_problems_and_sent_as_it_came(
    found: list[tuple[dict[str, Json], list[Json]]],
) -> None:
    schemas = {f"Schema{index}": schema for index, (schema, _) in enumerate(found)}
    whole = {
        "openapi": "3.1.0",
        "info": {"title": "Law", "version": "1"},
        "paths": {
            "/": {"post": {"requestBody": BODY, "responses": {"204": {"description": "sent"}}}}
        },
        "components": {"schemas": schemas},
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "spec.json").write_text(json.dumps(whole))
        pipeline.make(folder / "spec.json", "law").write(folder)
        source = next(item for item in (folder / "src", folder) if (item / "law").is_dir())
        sys.path.insert(0, str(source))
        try:
            types = importlib.import_module("law.types")
            decode = importlib.import_module("law.core.decode")
            encode = importlib.import_module("law.core.encode")
            for index, (schema, values) in enumerate(found):
                type_ = getattr(types, f"Schema{index}")
                for value in values:
                    jsonschema.validate(value, schema)
                    text = encode.to_json(value)
                    # An alias leaves null to the places that it is used in.
                    placed = type_ if value is not None else OPTIONAL[type_]
                    made = decode.decode(placed, text)
                    assert decode.problems(placed, text) == [], (schema, value)
                    assert same(encode.encode(made), value), (schema, value, made)
                    plain = json.dumps(
                        encode.encode(made), separators=(",", ":"), ensure_ascii=False
                    )
                    assert encode.to_json(made) == plain.encode(), (schema, value)
                    if schema.get("type") == "object" and "properties" in schema:
                        assert type(made) is type_, (schema, value, made)
        finally:
            sys.path.remove(str(source))
            for module in [name for name in sys.modules if name.partition(".")[0] == "law"]:
                del sys.modules[module]


def same(one: Json, two: Json) -> bool:
    """Whether two values are one JSON text, but for the order of properties."""
    return json.dumps(one, sort_keys=True) == json.dumps(two, sort_keys=True)
