"""The assertions of JSON Schema that decide which properties, keys and items an example has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from .. import ir
from ..queries.value_matching import ValueMatcher, mapping


@dataclass(frozen=True)
class Asserted:
    """What is asserted of lists and objects, beside what their types say.

    `alternatives` are sets of properties of which one has to be there; where `only_one` is set, no
    other may be. `prefix` are the schemas of the first items; () where it is not simple. `values`
    are those that are allowed; () where nothing is said.
    """

    unique: bool = False
    min_properties: int = 0
    max_properties: int | None = None
    required: tuple[str, ...] = ()
    key_patterns: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    only_one: bool = False
    dependent: tuple[tuple[str, tuple[str, ...]], ...] = ()
    prefix: tuple[ir.Json, ...] = ()
    contained: tuple[ir.Json, ...] = ()
    values: tuple[ir.Json, ...] = ()


@lru_cache(maxsize=10_000)
def read(assertions: ir.Assertions) -> Asserted:
    """The assertions as values. A keyword that several parts of a schema have counts as a whole."""
    if not assertions:
        return Asserted()
    said: dict[str, list[ir.Json]] = {}
    for keyword, text in assertions:
        said.setdefault(keyword, []).append(_frozen(json.loads(text)))
    alternatives, only_one = _alternatives(said)
    dependent = [
        (name, _names(names))
        for each in (*said.get("dependentRequired", ()), *said.get("dependencies", ()))
        for name, names in mapping(each).items()
        if _names(names)
    ]
    most = [each for each in said.get("maxProperties", ()) if isinstance(each, int)]
    least = [each for each in said.get("minProperties", ()) if isinstance(each, int)]
    prefix = _items(next(iter(said.get("prefixItems", ())), ()))
    values = [*said.get("const", ()), *(x for each in said.get("enum", ()) for x in _items(each))]
    return Asserted(
        unique="uniqueItems" in said,
        min_properties=max(least, default=0),
        max_properties=min(most, default=None),
        required=tuple(name for each in said.get("required", ()) for name in _names(each)),
        key_patterns=tuple(x for each in said.get("patternProperties", ()) for x in _names(each)),
        alternatives=alternatives,
        only_one=only_one,
        dependent=tuple(dependent),
        prefix=prefix if all(map(_is_simple, prefix)) else (),
        contained=tuple(x for each in said.get("contains", ()) for x in _listed(each)[:1]),
        values=tuple(values),
    )


def simple_value(schema: ir.Json, name: str) -> ir.Json:
    """A value of a schema that says no more than a type, or which values there are."""
    listed = _listed(schema)
    if listed:
        return listed[0]
    values: dict[str, ir.Json] = {"integer": 1, "number": 1.1, "boolean": True, "null": None}
    return values.get(str(mapping(schema).get("type")), name)


def of_model(matcher: ValueMatcher, model: ir.Model) -> Asserted:
    """What is asserted of a model, and of those that it extends."""
    found = dict.fromkeys(model.assertions)
    seen, todo = {model.id}, [*model.extends]
    while todo:
        base = matcher.resolved(todo.pop())
        if isinstance(base, ir.Model) and base.id not in seen:
            seen.add(base.id)
            found.update(dict.fromkeys(base.assertions))
            todo += base.extends
    return read((*found,))


def _alternatives(
    said: Mapping[str, list[ir.Json]],
) -> tuple[tuple[tuple[str, ...], ...], bool]:
    for keyword in ("oneOf", "anyOf"):
        for each in said.get(keyword, ()):
            sets = [_names(mapping(x).get("required")) for x in _items(each)]
            if sets and all(sets):
                return tuple(sets), keyword == "oneOf"
    return (), False


def _items(value: ir.Json) -> tuple[ir.Json, ...]:
    return value if isinstance(value, tuple) else ()


def _names(value: ir.Json) -> tuple[str, ...]:
    return tuple(each for each in _items(value) if isinstance(each, str))


def _listed(schema: ir.Json) -> tuple[ir.Json, ...]:
    """The values that a schema lists."""
    said = mapping(schema)
    return (said["const"],) if "const" in said else _items(said.get("enum"))


def _is_simple(schema: ir.Json) -> bool:
    said = mapping(schema)
    return bool(_listed(schema)) or ([*said] == ["type"] and isinstance(said["type"], str))


def _frozen(value: object) -> ir.Json:
    """What `json` reads, as it is kept in the API."""
    if isinstance(value, list):
        return tuple(map(_frozen, cast("list[object]", value)))
    if isinstance(value, dict):
        return {key: _frozen(each) for key, each in cast("dict[str, object]", value).items()}
    return cast("ir.Scalar", value)
