"""The assertions of JSON Schema that decide which properties, keys and items an example has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import cast

from .. import ir, queries
from ..frozen import dataclass
from ..queries.value_matching import ValueMatcher, mapping


@dataclass(frozen=True)
class Asserted:
    """The assertions about lists and objects that their types do not express.

    `alternatives` are sets of properties of which one is required; with `only_one`, the others are
    not allowed. `prefix` has the schemas of the first items; () if they are not simple. `values`
    are the allowed values; () if all are allowed.
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
    """The assertions as values. A keyword in several parts of a schema is combined."""
    if not assertions:
        return Asserted()
    keywords: dict[str, list[ir.Json]] = {}
    for keyword, text in assertions:
        keywords.setdefault(keyword, []).append(_frozen(json.loads(text)))
    alternatives, only_one = _alternatives(keywords)
    dependent = [
        (name, _names(names))
        for keyword in (*keywords.get("dependentRequired", ()), *keywords.get("dependencies", ()))
        for name, names in mapping(keyword).items()
        if _names(names)
    ]
    most = [number for number in keywords.get("maxProperties", ()) if isinstance(number, int)]
    least = [number for number in keywords.get("minProperties", ()) if isinstance(number, int)]
    prefix = _items(next(iter(keywords.get("prefixItems", ())), ()))
    values = [
        *keywords.get("const", ()),
        *(x for keyword in keywords.get("enum", ()) for x in _items(keyword)),
    ]
    return Asserted(
        unique="uniqueItems" in keywords,
        min_properties=max(least, default=0),
        max_properties=min(most, default=None),
        required=tuple(
            name for keyword in keywords.get("required", ()) for name in _names(keyword)
        ),
        key_patterns=tuple(
            x for patterns in keywords.get("patternProperties", ()) for x in _names(patterns)
        ),
        alternatives=alternatives,
        only_one=only_one,
        dependent=tuple(dependent),
        prefix=prefix if all(map(_is_simple, prefix)) else (),
        contained=tuple(
            x for contained in keywords.get("contains", ()) for x in _listed(contained)[:1]
        ),
        values=tuple(values),
    )


def simple_value(schema: ir.Json, name: str) -> ir.Json:
    """A value of a schema that has only a type, or only a list of values."""
    listed = _listed(schema)
    if listed:
        return listed[0]
    values: dict[str, ir.Json] = {"integer": 1, "number": 1.1, "boolean": True, "null": None}
    return values.get(str(mapping(schema).get("type")), name)


def of_model(matcher: ValueMatcher, model: ir.Model) -> Asserted:
    """The assertions about a model, including those of the models that it extends."""
    bases = queries.ancestors(matcher.api, model)
    models = (model, *(base for base in bases if isinstance(base, ir.Model)))
    distinct = dict.fromkeys(assertion for model in models for assertion in model.assertions)
    return read((*distinct,))


def _alternatives(
    keywords: Mapping[str, list[ir.Json]],
) -> tuple[tuple[tuple[str, ...], ...], bool]:
    for keyword in ("oneOf", "anyOf"):
        for branches in keywords.get(keyword, ()):
            sets = [_names(mapping(x).get("required")) for x in _items(branches)]
            if sets and all(sets):
                return tuple(sets), keyword == "oneOf"
    return (), False


def _items(value: ir.Json) -> tuple[ir.Json, ...]:
    return value if isinstance(value, tuple) else ()


def _names(value: ir.Json) -> tuple[str, ...]:
    return tuple(text for text in _items(value) if isinstance(text, str))


def _listed(schema: ir.Json) -> tuple[ir.Json, ...]:
    """The values that a schema lists."""
    keywords = mapping(schema)
    return (keywords["const"],) if "const" in keywords else _items(keywords.get("enum"))


def _is_simple(schema: ir.Json) -> bool:
    keywords = mapping(schema)
    return bool(_listed(schema)) or ([*keywords] == ["type"] and isinstance(keywords["type"], str))


def _frozen(value: object) -> ir.Json:
    """A result of `json.loads` as an immutable value."""
    if isinstance(value, list):
        return tuple(map(_frozen, cast("list[object]", value)))
    if isinstance(value, dict):
        return {key: _frozen(member) for key, member in cast("dict[str, object]", value).items()}
    return cast("ir.Scalar", value)
