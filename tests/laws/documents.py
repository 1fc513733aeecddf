"""Descriptions as values, and edits of them: shuffled keys, unrelated additions."""

from __future__ import annotations

import copy
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from fiddlehead import render
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.package import Package
from fiddlehead.source import Sources

from ..conformance import subjects
from ..support.pipeline import ROOT, Generated, make

Document = dict[str, Any]  # JSON can be anything.

# Below these keys the order of a mapping is what people see: properties become arguments and
# fields in their order, the first example is the one that is shown, variants and scopes are listed.
ORDERED = frozenset({"properties", "examples", "mapping", "variables", "scopes", "headers"})
# What stands below these is data, and no part of the description's own language.
DATA = frozenset({"example", "default", "value", "const", "enum", "x-fern-examples"})


def described() -> Iterator[tuple[str, Path]]:
    """Descriptions to try: our own, and real ones where ../shared has them."""
    yield "spec", ROOT / "spec" / "openapi.yaml"
    yield "laws", Path(__file__).parent / "bookshop.yaml"
    wanted = (
        "cohere",
        "langfuse_organizations",
        "mistral",
        "resend",
        "tictactoe",
        "twilio_lookups_v1",
    )
    yield from (description for description in subjects.descriptions() if description[0] in wanted)


def load(path: Path) -> Document:
    node = Sources(Diagnostics(), path.parent).load(path)
    assert node is not None
    document = node.json()
    assert isinstance(document, dict)
    return document


def generate(name: str, document: Document, folder: Path) -> Generated:
    """What becomes of a document, always under one name."""
    folder.mkdir(exist_ok=True)
    path = folder / "openapi.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    if name != "cohere":
        return make(path, "acme")
    return make(path, "cohere", subjects.cohere("compact").file, group="python")


def build(name: str, document: Document, folder: Path) -> Package:
    """The same without printing it."""
    with mock.patch.object(render, "render", lambda package: {}):
        return generate(name, document, folder).package


def shuffled(value: Any, dice: random.Random, key: str = "") -> Any:
    """The same document, with another order wherever the order has no meaning."""
    if key in DATA:
        return value
    if isinstance(value, list):
        return [shuffled(item, dice) for item in value]
    if not isinstance(value, dict):
        return value
    names = [*value]
    if key not in ORDERED:
        dice.shuffle(names)
    # The names below `properties` are names, whatever they are called.
    return {
        name: shuffled(value[name], dice, "" if key in ("properties", "schemas") else name)
        for name in names
    }


def schemas(document: Document) -> dict[str, Any]:
    response: dict[str, Any] = document.get("components", {}).get("schemas", {})
    return response


def with_operation(document: Document) -> Document:
    changed = copy.deepcopy(document)
    paths = {
        "/aaa-unrelated/{thing_id}": {
            "get": {
                "operationId": "aaaUnrelated_read",
                "tags": ["AaaUnrelated"],
                "x-fern-sdk-group-name": "aaa_unrelated",
                "x-fern-sdk-method-name": "read",
                "x-fern-audiences": ["public"],
                "parameters": [
                    {
                        "name": "thing_id",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "string"},
                    }
                ],
                "responses": {
                    "200": {
                        "description": "A thing.",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "properties": {
                                        "state": {"type": "string", "enum": ["on", "off"]},
                                        "item": {
                                            "type": "object",
                                            "properties": {"name": {"type": "string"}},
                                        },
                                    },
                                }
                            }
                        },
                    }
                },
            }
        }
    }
    changed["paths"] = {**paths, **changed["paths"]}
    return changed


def with_schema(document: Document) -> Document:
    changed = copy.deepcopy(document)
    new = {
        "AaaUnrelated": {
            "type": "object",
            "x-fern-audiences": ["public"],
            "properties": {
                "kind": {"type": "string", "enum": ["a", "b"]},
                "status": {"type": "object", "properties": {"code": {"type": "integer"}}},
            },
        }
    }
    components = changed.setdefault("components", {})
    components["schemas"] = {**new, **components.get("schemas", {})}
    return changed


def with_property(document: Document, dice: random.Random) -> Document:
    """With a property more in some schema of the components, before all others."""
    changed = copy.deepcopy(document)
    able = [
        name
        for name, schema in schemas(changed).items()
        if isinstance(schema, dict) and schema.get("properties")
    ]
    if able:
        schema = schemas(changed)[dice.choice(sorted(able))]
        new = {"aaa_unrelated": {"type": "string", "enum": ["x", "y"]}}
        schema["properties"] = {**new, **schema["properties"]}
    return changed


def with_value(document: Document, dice: random.Random) -> Document:
    """With a value more in some enum of strings, before all others."""
    changed = copy.deepcopy(document)
    able = [enum for enum in enums(changed) if len(enum["enum"]) > 1]
    if able:
        schema = dice.choice(able)
        schema["enum"] = ["aaa_unrelated", *schema["enum"]]
    return changed


def enums(value: Any, key: str = "") -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from enums(item)
    elif isinstance(value, dict) and key not in DATA:
        values = value.get("enum")
        if isinstance(values, list) and all(isinstance(value, str) for value in values):
            yield value
        for name, item in value.items():
            yield from enums(item, name)


METHODS = ("get", "put", "post", "delete", "patch")
SNAKE = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")


def with_clashes(document: Document, dice: random.Random) -> Document:
    """With a schema, a property, a parameter and an operation more, each of which would have the
    Python name of one that is there, and has the lesser right to it."""
    changed = copy.deepcopy(document)
    keys = [key for key in schemas(changed) if re.fullmatch(r"([A-Z][a-z]+)+", key)]
    able = {SNAKE.sub("_", key).lower() for key in keys} - {*schemas(changed)}
    if able:
        new = {"type": "object", "properties": {"aaa": {"type": "integer"}}}
        schemas(changed)[dice.choice(sorted(able))] = {**new, "x-fern-audiences": ["public"]}
    objects = [
        item["properties"]
        for _, item in sorted(schemas(changed).items())
        if isinstance(item, dict) and isinstance(item.get("properties"), dict)
    ]
    names = [
        (properties, name)
        for properties in objects
        for name in sorted(properties)
        if re.fullmatch(r"[a-z]{4,}", name) and name.capitalize() not in properties
    ]
    if names:
        properties, name = dice.choice(names)
        properties[name.capitalize()] = {"type": "string"}
    operations = [
        (path, method, item[method])
        for path, item in sorted(changed["paths"].items())
        for method in METHODS
        if method in item
    ]
    asked = [
        (item, parameter["name"])
        for _, _, item in operations
        for parameter in item.get("parameters", [])
        if parameter.get("in") == "query" and re.fullmatch("[a-z]{4,}", parameter["name"])
    ]
    if asked:
        operation, name = dice.choice(asked)
        operation["parameters"].append({"name": name, "in": "header", "schema": {"type": "string"}})
    named = [
        operation
        for operation in operations
        if "operationId" in operation[2] and "{" not in operation[0]
    ]
    if named:
        _, method, operation = dice.choice(named)
        remaining = ("operationId", "tags", "x-fern-audiences")
        copied = {key: value for key, value in operation.items() if key in remaining}
        copied["responses"] = {"204": {"description": "Done."}}
        changed["paths"]["/zzz-unrelated"] = {method: copied}
    return changed


def with_cycle(document: Document, dice: random.Random) -> Document:
    """With an optional property that closes a cycle between two schemas.

    What a further use alone changes is left alone, by Fern's rules: a schema that is used once, as
    a request body, becomes a class, and a variant of a union keeps its tag outside of it.
    """
    changed = copy.deepcopy(document)
    uses = Counter(_referred(changed))
    variants = set(_referred([*_variants(changed)]))
    pairs = [
        (key, target)
        for key, item in sorted(schemas(changed).items())
        for target in sorted(set(_referred(item)))
        if target != key
        and key not in variants
        and uses[key] > 1
        and isinstance(schemas(changed)[target].get("properties"), dict)
    ]
    if pairs:
        key, target = dice.choice(pairs)
        back = {"$ref": f"#/components/schemas/{key}", "x-fern-audiences": ["public"]}
        schemas(changed)[target]["properties"]["aaa_back"] = back
    return changed


def _variants(value: Any) -> Iterator[Any]:
    """The members of all unions."""
    inside = value if isinstance(value, list) else []
    if isinstance(value, dict):
        yield from (value[key] for key in ("oneOf", "anyOf") if key in value)
        inside = [*value.values()]
    for item in inside:
        yield from _variants(item)


def _referred(value: Any) -> Iterator[str]:
    """The components that a schema refers to."""
    if isinstance(value, list):
        for item in value:
            yield from _referred(item)
    elif isinstance(value, dict):
        reference = value.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/components/schemas/"):
            yield reference.rpartition("/")[2]
        for item in value.values():
            yield from _referred(item)
