"""The references in the values of a file that are not read yet, of which no nodes were made.

Nobody reads many of these values, and nodes take time and memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias, cast

from ...source import Node
from ...source.node import Json, Unread

NAMED = frozenset(
    [
        "properties",
        "patternProperties",
        "$defs",
        "definitions",
        "dependentSchemas",
        "schemas",
        "responses",
        "parameters",
        "requestBodies",
        "headers",
        "securitySchemes",
        "links",
        "callbacks",
        "pathItems",
        "paths",
        "webhooks",
        "content",
        "encoding",
        "variables",
        "mediaTypes",
    ]
)
"""Keys whose value maps names that authors choose: there, `example` is a property, not a keyword.
"""

DATA = frozenset(["example", "examples", "default", "enum", "const", "discriminator", "x-examples"])
"""Keys whose value is data: a `$ref` or an `x-fern-…` inside has no meaning."""

EXTENSIONS = ("x-fern-", "x-fiddlehead-")
"""The prefixes of extensions that are checked."""

_Keys: TypeAlias = "tuple[_Keys | None, str | int]"
"""The keys of a value inside another one: those of what holds it, and its own."""

_Use: TypeAlias = "tuple[str, str | None]"
"""A reference, and its role."""

_Part: TypeAlias = "tuple[_Keys | None, str | None]"
"""A part of a value, and its role."""

_WITH_NODES = frozenset(["oneOf", "anyOf", "discriminator"])
"""Keywords whose references count by more than their place."""


def references(value: Unread, named: bool, role: str | None) -> tuple[list[_Use], list[_Part]]:
    """The references in a value that is not read yet, and the parts of it that can only be counted
    with their nodes. `named` is whether its keys are names that authors choose; `role` is that of its
    references."""
    uses: list[_Use] = []
    parts: list[_Part] = []
    stack: list[tuple[Unread, bool, str | None, _Keys | None]] = [(value, named, role, None)]
    while stack:
        held, named, role, keys = stack.pop()
        if isinstance(held, list):
            stack += [
                (item, False, role, (keys, index))
                for index, item in enumerate(held)
                if isinstance(item, (dict, list))
            ]
            continue
        if not named:
            if _needs_nodes(held):
                parts.append((keys, role))
                continue
            if "$ref" in held:
                uses.append((cast("str", held["$ref"]), role))
        for key, item in held.items():
            if isinstance(item, (dict, list)) and (named or key not in DATA):
                is_map = not named and key in NAMED and isinstance(item, dict)
                place = "heir:" if key == "allOf" and not named else None
                stack.append((item, is_map, place, (keys, key)))
    return uses, parts


def _needs_nodes(held: Mapping[str, Json]) -> bool:
    """Whether an object has an extension, or refers to something by more than its place."""
    reference = held.get("$ref", "#")
    return (
        not _WITH_NODES.isdisjoint(held)
        or not isinstance(reference, str)
        or not reference.startswith("#")
        or any(key.startswith(EXTENSIONS) for key in held)
    )


def node_at(node: Node, keys: _Keys | None) -> Node:
    """The node with these keys inside another one."""
    if keys is None:
        return node
    # Any, because the key is that of an object or of an array.
    value: Any = node_at(node, keys[0]).value
    inside: Node = value[keys[1]]
    return inside
