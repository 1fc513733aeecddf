"""Any description, also an invalid one, is read or gives located problems, never a traceback."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from fiddlehead.config import ImporterSettings
from fiddlehead.diagnostics import InvalidInput
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..support import pipeline, syntax
from .descriptions import Read

SEED = Path(__file__).with_name("seed.yaml").read_text(encoding="utf-8")
DOCUMENT: Any = yaml.safe_load(SEED)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    entries = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in entries:
        yield from places(child, (*path, key))


PLACES = list(places(DOCUMENT))
KEYS = sorted({item for path in PLACES for item in path if isinstance(item, str)})


def at(document: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        document = document[key]
    return document


VALUES = [at(DOCUMENT, path) for path in PLACES if path]

hostile = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.sampled_from(["", "#", "#/", "#/components/schemas/A", "{", "{x}", "\u202e", "../x", "'''"]),
    st.text(max_size=5),
    st.builds(lambda: {"$ref": "#/components/schemas/A"}),
    st.builds(lambda: {"allOf": [{"$ref": "#/components/schemas/A"}]}),
    st.builds(lambda: {"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "null"}]}),
    st.builds(dict),
    st.builds(list),
    st.lists(st.one_of(st.none(), st.text(max_size=3), st.builds(dict)), max_size=2),
    st.sampled_from(VALUES).map(copy.deepcopy),
)
changes = st.lists(
    st.tuples(
        st.sampled_from(PLACES[1:]),
        st.sampled_from(["set", "drop", "add"]),
        st.sampled_from(KEYS),
        hostile,
    ),
    min_size=1,
    max_size=5,
)


def change(document: Any, path: tuple[Any, ...], how: str, key: str, value: Any) -> None:
    """One change; none where an earlier one took the place away."""
    try:
        parent = at(document, path[:-1])
        if how == "set":
            parent[path[-1]] = value
        elif how == "drop":
            del parent[path[-1]]
        else:
            parent[path[-1]][key] = value
    except (KeyError, IndexError, TypeError):
        return


@settings(
    max_examples=250,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(changes=changes, lenient=st.booleans(), audiences=st.sampled_from([(), ("public",)]))
def test_no_change_to_a_description_is_a_traceback(
    changes: list[tuple[tuple[Any, ...], str, str, Any]],
    lenient: bool,
    audiences: tuple[str, ...],
) -> None:
    document = copy.deepcopy(DOCUMENT)
    for path, how, key, value in changes:
        change(document, path, how, key, value)
    importer = ImporterSettings(
        respect_nullable_schemas=not lenient,
        inline_all_of_schemas=lenient,
        resolve_aliases=lenient,
        ignore_tags=lenient,
    )
    result = Read(json.dumps(document), importer=importer, audiences=audiences)
    for diagnostic in result.diagnostics.reported:
        assert diagnostic.render()
        assert diagnostic.span is not None


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(changes=changes)
def test_a_randomly_changed_description_still_gives_a_client(
    changes: list[tuple[tuple[Any, ...], str, str, Any]],
) -> None:
    document = copy.deepcopy(DOCUMENT)
    for path, how, key, value in changes:
        change(document, path, how, key, value)
    with tempfile.TemporaryDirectory() as folder:
        spec = Path(folder, "openapi.json")
        spec.write_text(json.dumps(document), encoding="utf-8")
        try:
            files = pipeline.make(spec, "acme").files
        except InvalidInput as problem:
            assert all(error.span for error in problem.diagnostics.errors)
            return
    syntax.check(files)


def test_the_seed_is_read_without_a_problem() -> None:
    result = Read(SEED)
    assert result.problems == []
    assert result.api.operations_found == 4


@pytest.mark.parametrize("depth", [50, 150])
def test_deep_schemas_are_a_problem_and_no_traceback(depth: int) -> None:
    inner: Any = {"type": "string"}
    for _ in range(depth):
        inner = {"type": "array", "items": inner}
    text = json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "A"},
            "paths": {},
            "components": {"schemas": {"A": inner}},
        }
    )
    codes = [diagnostic.code for diagnostic in Read(text).diagnostics.reported]
    assert codes == ([] if depth == 50 else ["schema-too-deep"])


def test_long_chains_of_schemas_are_read() -> None:
    count = 2000
    schemas: dict[str, Any] = {
        f"S{index}": {"properties": {"next": {"$ref": f"#/components/schemas/S{index + 1}"}}}
        for index in range(count)
    }
    schemas[f"S{count}"] = {"type": "string"}
    text = json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "A"},
            "paths": {},
            "components": {"schemas": schemas},
        }
    )
    result = Read(text)
    assert result.problems == []
    assert len(result.names) == count + 1


def test_long_chains_of_parents_are_a_problem_and_no_traceback() -> None:
    schemas: dict[str, Any] = {
        f"S{index}": {
            "allOf": [{"$ref": f"#/components/schemas/S{index + 1}"}],
            "properties": {f"p{index}": {"type": "string"}},
        }
        for index in range(1500)
    }
    schemas["S1500"] = {"properties": {"last": {"type": "string"}}}
    text = json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "A"},
            "paths": {},
            "components": {"schemas": schemas},
        }
    )
    assert all(diagnostic.code for diagnostic in Read(text).diagnostics.reported)
