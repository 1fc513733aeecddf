"""A review is complete: it has a finding for any edit of a description that matters.

The description is the project's own. An edit deletes a key, or changes a value, anywhere.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from fiddlehead import config, openapi, python
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.source import Sources
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .clients import Client, compared

SPEC = Path(__file__).parents[2] / "spec" / "openapi.yaml"
KEYS = tuple[str | int, ...]


@cache
def description() -> Any:
    return json.loads(json.dumps(yaml.safe_load(SPEC.read_text(encoding="utf-8"))))


def places(value: Any, here: KEYS = ()) -> Iterator[KEYS]:
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in inside:
        yield (*here, key)
        if isinstance(item, dict | list):
            yield from places(item, (*here, key))


@cache
def every_place() -> list[KEYS]:
    return [place for place in places(description()) if place != ("openapi",)]


def built(value: Any, folder: Path) -> Client | None:
    """The client of a description; None where the edit made it invalid."""
    path = folder / "openapi.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    diagnostics = Diagnostics()
    values = {"spec": path, "output": folder / "out", "package": "acme"}
    loaded = config.load(None, values, diagnostics, folder)
    assert loaded is not None
    api = openapi.read(loaded, Sources(diagnostics, folder), diagnostics)
    if diagnostics.errors:
        return None
    package = python.build(api, loaded, diagnostics)
    return None if diagnostics.errors else Client(api, package)


@cache
def original(folder: Path) -> Client | None:
    return built(description(), folder)


def edited(place: KEYS, *, delete: bool) -> Any:
    value = copy.deepcopy(description())
    holder = value
    for key in place[:-1]:
        holder = holder[key]
    last = place[-1]
    old = holder[last]
    if isinstance(old, bool):
        holder[last] = not old
    elif isinstance(old, str) and not delete:
        holder[last] = "integer" if last == "type" and old == "string" else f"{old}x"
    elif isinstance(old, int | float):
        holder[last] = old + 1
    else:
        del holder[last]
    return value


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), delete=st.booleans())
def test_every_edit_that_changes_the_api_or_the_client_has_a_finding(
    data: st.DataObject, delete: bool, tmp_path: Path
) -> None:
    place = data.draw(st.sampled_from(every_place()))
    old, new = original(tmp_path), built(edited(place, delete=delete), tmp_path)
    assert old is not None
    if new is None:
        return
    forth = compared(old, new).findings
    back = compared(new, old).findings
    same = (old.api, old.package) == (new.api, new.package)
    # Assertions of JSON Schema are no part of what makes two APIs equal.
    asserted = all("-constraint-" in finding.rule for finding in forth)
    assert bool(forth) is bool(back)
    assert bool(forth) is not same or (same and asserted)
