"""A value that does not match its schema has problems, is decoded, and is sent as it came."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from .test_schema_to_value import SETTINGS, Json, package, pairs, same

OTHERS: list[Json] = [7, 1.5, True, "text", [], {}, [1], {"q": 1}]
MOST = 12


@SETTINGS
@given(st.lists(pairs(), min_size=8, max_size=8), st.randoms(use_true_random=False))
def test_a_changed_value_has_problems_if_it_is_invalid(
    samples: list[tuple[dict[str, Json], list[Json]]], random: Random
) -> None:
    schemas = {f"Schema{index}": schema for index, (schema, _) in enumerate(samples)}
    with package(schemas) as (types, decode, encode):
        for index, (schema, values) in enumerate(samples):
            type_ = getattr(types, f"Schema{index}")
            several = [*changed(values[0], lambda value: value)]
            for value in random.sample(several, min(MOST, len(several))):
                text = json.dumps(value).encode()
                decoded, problems = decode.decode(type_, text), decode.problems(type_, text)
                assert same(json.loads(encode.to_json(decoded)), value), (schema, value)
                # Enums are open; formats are checked, but not by the library.
                if is_valid(value, schema):
                    assert not problems or "format" in json.dumps(schema), (schema, value, problems)
                elif "enum" not in json.dumps(schema):
                    assert problems, (schema, value)


def is_valid(value: Json, schema: dict[str, Json]) -> bool:
    return not [*jsonschema.Draft202012Validator(schema).iter_errors(value)]


def changed(value: Json, whole: Callable[[Json], Json]) -> Iterator[Json]:
    """The values with one part replaced or left out. Nulls are not among them: an optional property
    may be null.
    """
    yield from map(whole, OTHERS)
    for key, part in value.items() if isinstance(value, dict) else ():
        rest = {name: item for name, item in value.items() if name != key}
        yield whole(rest)
        yield from changed(part, replaced(value, key, whole))
    for index, part in enumerate(value) if isinstance(value, list) else ():
        yield from changed(part, replaced(value, index, whole))


def replaced(holder: Any, key: Any, whole: Callable[[Json], Json]) -> Callable[[Json], Json]:
    """A function that puts another part into a copy of a dict or a list."""

    def put(part: Json) -> Json:
        copy = holder.copy()
        copy[key] = part
        return whole(copy)

    return put
