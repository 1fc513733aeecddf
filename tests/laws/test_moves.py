"""For a changed name, the reported setting keeps the old name, after any addition."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

from fiddlehead import render
from fiddlehead.package import Model
from fiddlehead.python import name_record
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..support.pipeline import Generated, make

Json = Any
HEAD = {"openapi": "3.0.3", "info": {"title": "Theatre", "version": "1"}}
PATHS = ("/a", "/seat", "/seats/{id}", "/users", "/z")
# Few names, of which many become one in Python.
IDS = st.sampled_from(["getSeat", "get_seat", "list", "users_list", "usersList", "seat_get"])
TAGS = st.sampled_from([None, "users", "Users", "seat", "list", "getSeat"])
NAMES = ("GetSeatResponse", "get_seat_response", "Found", "found", "ListResponse", "Seat", "Users")
TITLES = st.sampled_from([None, "Found", "Seat", "GetSeatResponse"])
FIELDS = st.sampled_from(["roomName", "room_name", "RoomName", "id", "Id"])


@st.composite
def objects(draw: st.DrawFn, mark: str) -> Json:
    """An object that has the property `mark`, which no other has."""
    title = draw(TITLES)
    names = [mark, *draw(st.lists(FIELDS, max_size=2, unique=True))]
    schema = {"type": "object", "properties": {name: {"type": "string"} for name in names}}
    return schema if title is None else {**schema, "title": title}


@st.composite
def operations(draw: st.DrawFn, number: int) -> Json:
    names = draw(st.lists(FIELDS, max_size=2, unique=True))
    query = [{"name": x, "in": "query", "schema": {"type": "string"}} for x in names]
    content = {"application/json": {"schema": draw(objects(f"answer{number}"))}}
    tag = draw(TAGS)
    return {
        "operationId": draw(IDS),
        "parameters": query,
        "responses": {"200": {"description": "ok", "content": content}},
        **({} if tag is None else {"tags": [tag]}),
    }


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Json, Json]:
    """A small description, and the same with more operations, components and properties."""
    paths = draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=4, unique=True))
    schemas = draw(st.lists(st.sampled_from(NAMES), max_size=4, unique=True))
    after: Json = {
        **HEAD,
        "paths": {path: {"get": draw(operations(n))} for n, path in enumerate(paths)},
        "components": {
            "schemas": {name: draw(objects(f"part{n}")) for n, name in enumerate(schemas)}
        },
    }
    before = json.loads(json.dumps(after))
    for table in (before["paths"], before["components"]["schemas"]):
        for name in draw(st.sets(st.sampled_from(sorted(table)))) if table else ():
            del table[name]
    for schema in before["components"]["schemas"].values():
        for name in [*schema["properties"]][1:]:
            if draw(st.booleans()):
                del schema["properties"][name]
    for item in before["paths"].values():
        item["get"]["parameters"] = item["get"]["parameters"][: draw(st.integers(0, 2))]
    return before, after


def built(folder: Path, document: Json, message: list[str]) -> Generated:
    """With the settings that the reports of changed names suggest, each as "under [TABLE]:
    LINE"."""
    tables: dict[str, list[str]] = {}
    for text in message:
        table, line = text.removeprefix("under ").split(": ", 1)
        tables.setdefault(table, []).append(line)
    spec, file = folder / "openapi.json", folder / "fiddlehead.toml"
    spec.write_text(json.dumps(document), encoding="utf-8")
    file.write_text("\n".join(x for table in tables.items() for x in (table[0], *table[1])))
    with mock.patch.object(render, "render", lambda package: {}):
        return make(spec, "acme", file)


def names(finding: Any) -> set[str]:
    return {finding.name, *finding.old_names}


def facts(generated: Generated) -> set[tuple[str, ...]]:
    """What each name that users write leads to: an operation, a class by the property that only it
    has, an argument or a field by its wire name."""
    results: set[tuple[str, ...]] = set()
    for resource, method in generated.package.methods():
        results.add((".".join([*resource.attribute, method.name]), method.id))
        results |= {(method.id, x.wire, name) for x in method.arguments for name in names(x)}
    for declared in generated.package.types.values():
        if isinstance(declared, Model):
            (mark,) = {x.wire for x in declared.fields if x.wire[-1].isdigit()}
            results |= {(name, mark) for name in names(declared)}
            results |= {(mark, x.wire, name) for x in declared.fields for name in names(x)}
    return results


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(pairs())
def test_the_reported_settings_keep_every_name(pair: tuple[Json, Json]) -> None:
    before, after = pair
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        old = built(folder, before, [])
        record = name_record.record(old.api, old.package)
        new = built(folder, after, [])
        moved = [*name_record.moves(record, new.api, new.package)]
        results = [finding.setting for finding in moved if finding.setting is not None]
        assert len(results) == len(moved), moved
        remaining = built(folder, after, results) if results else new
        assert facts(old) <= facts(remaining), (results, facts(old) - facts(remaining))
