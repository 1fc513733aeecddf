"""Any schema to a value, to bytes, to a model: the right type, no problems, the same bytes again.

The library `jsonschema` checks whether a value is valid.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
import tempfile
import typing
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
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
    results = {**second[1][0], **first[1][0]}
    return {"allOf": [first[0], second[0]]}, [results]


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
    results = {name: values[0] for name, (_, values) in properties.items()}
    return schema, [results, {name: results[name] for name in required}]


@dataclass(frozen=True)
class Hierarchy:
    """Schemas in the notation of a hierarchy or union, and values of its variants."""

    notation: str
    schemas: dict[str, dict[str, Json]]
    """By suffix of the name; `NAME` stands for the name."""
    values: list[tuple[dict[str, Json], Json]]
    """Each with the schema of its variant, written out."""


@st.composite
def hierarchies(draw: st.DrawFn) -> Hierarchy:
    """Variants with a discriminator value, in one of the notations for them."""
    notation = draw(
        st.sampled_from(["mapping", "enums", "names", "constants", "base", "named base", "listed"])
    )
    named = notation in ("names", "named base")
    common: dict[str, Json] = {
        "type": "object",
        "properties": {"tag": {"type": "string"}, "shared": {}},
    }
    variants = draw(st.lists(objects(1), min_size=2, max_size=3))
    mapping = {f"v{index}": f"NAME{'ABC'[index]}" for index in range(len(variants))}
    references = [{"$ref": name} for name in mapping.values()]
    schemas: dict[str, dict[str, Json]] = {}
    values: list[tuple[dict[str, Json], Json]] = []
    for (tag, name), (variant, samples) in zip(mapping.items(), variants, strict=True):
        tag = name if named else tag
        tags = [tag, f"{tag} too"] if notation == "enums" else [tag]
        listed = {"enum": tags}
        chosen = draw(st.sampled_from(tags))
        own = {"tag": listed} if notation in ("enums", "constants") else {}
        variant = {
            **variant,
            "properties": {**variant["properties"], **own},
            "required": [*variant["required"], "tag"],
        }
        written: dict[str, Json] = {"allOf": [common, variant]}
        values += [(written, {"tag": chosen, "shared": [1], **value}) for value in samples]
        inherits = notation in ("base", "named base", "listed")
        flat = {**variant, "properties": {**common["properties"], **variant["properties"]}}
        schemas[name[-1]] = {"allOf": [{"$ref": "NAME"}, variant]} if inherits else flat
    discriminator: dict[str, Json] = {"propertyName": "tag"}
    if notation not in ("names", "named base"):
        discriminator["mapping"] = mapping
    union = {"oneOf": references, "discriminator": discriminator}
    match notation:
        case "base" | "named base":
            schemas[""] = {**common, "discriminator": discriminator}
        case "listed":
            schemas[""] = {**common, **union}
        case "constants":
            schemas[""] = {"oneOf": references}
        case _:
            schemas[""] = union
    return Hierarchy(notation, schemas, values)


def referred(value: Json, name: str) -> Json:
    """A value with a name in the place of `NAME`, and references to components."""
    if isinstance(value, dict):
        result = {key: referred(item, name) for key, item in value.items()}
        if "$ref" in value:
            result["$ref"] = f"#/components/schemas/{result['$ref']}"
        return result
    if isinstance(value, list):
        return [referred(item, name) for item in value]
    return value.replace("NAME", name) if isinstance(value, str) else value


SETTINGS = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@SETTINGS
@given(st.lists(pairs(), min_size=8, max_size=8))
def test_a_valid_value_is_decoded_without_problems_and_sent_as_it_came(
    samples: list[tuple[dict[str, Json], list[Json]]],
) -> None:
    schemas = {f"Schema{index}": schema for index, (schema, _) in enumerate(samples)}
    with package(schemas) as (types, decode, encode):
        for index, (schema, values) in enumerate(samples):
            type_ = getattr(types, f"Schema{index}")
            for value in values:
                decoded = checked(type_, schema, value, decode, encode)
                if schema.get("type") == "object" and "properties" in schema:
                    assert type(decoded) is type_, (schema, value, decoded)


@SETTINGS
@given(st.lists(hierarchies(), min_size=8, max_size=8))
def test_a_value_of_a_hierarchy_is_an_object_of_its_variant(samples: list[Hierarchy]) -> None:
    schemas = {
        f"Schema{index}{suffix}": referred(schema, f"Schema{index}")
        for index, sample in enumerate(samples)
        for suffix, schema in sample.schemas.items()
    }
    with package(schemas) as (types, decode, encode):
        for index, sample in enumerate(samples):
            name = f"Schema{index}"
            for schema, value in sample.values:
                schema, value = referred(schema, name), referred(value, name)
                decoded = checked(getattr(types, name), schema, value, decode, encode)
                assert type(decoded).__name__ != "UnknownVariant", (sample, value)
                assert not decoded.model_extra, (sample, value, decoded)


@contextlib.contextmanager
def package(schemas: dict[str, Json]) -> Generator[tuple[ModuleType, ModuleType, ModuleType]]:
    """The types of a package that is generated from schemas, and its modules `decode` and
    `encode`."""
    results = {
        "openapi": "3.1.0",
        "info": {"title": "Law", "version": "1"},
        "paths": {
            "/": {"post": {"requestBody": BODY, "responses": {"204": {"description": "sent"}}}}
        },
        "components": {"schemas": schemas},
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "spec.json").write_text(json.dumps(results))
        pipeline.make(folder / "spec.json", "law").write(folder)
        source = next(item for item in (folder / "src", folder) if (item / "law").is_dir())
        sys.path.insert(0, str(source))
        try:
            modules = [
                importlib.import_module(f"law.{module}")
                for module in ("types", "core.decode", "core.encode")
            ]
            yield modules[0], modules[1], modules[2]
        finally:
            sys.path.remove(str(source))
            for module in [name for name in sys.modules if name.partition(".")[0] == "law"]:
                del sys.modules[module]


def checked(
    type_: Any, schema: dict[str, Json], value: Json, decode: ModuleType, encode: ModuleType
) -> Any:
    """The decoded value, after the checks that hold for every schema."""
    jsonschema.validate(value, schema)
    text = encode.to_json(value)
    # An alias leaves null to the places that it is used in.
    placed = type_ if value is not None else OPTIONAL[type_]
    decoded = decode.decode(placed, text)
    assert decode.problems(placed, text) == [], (schema, value)
    assert same(encode.encode(decoded), value), (schema, value, decoded)
    plain = json.dumps(encode.encode(decoded), separators=(",", ":"), ensure_ascii=False)
    assert encode.to_json(decoded) == plain.encode(), (schema, value)
    return decoded


def same(one: Json, two: Json) -> bool:
    """Whether two values are one JSON text, but for the order of properties."""
    return json.dumps(one, sort_keys=True) == json.dumps(two, sort_keys=True)
