"""A changed name is reported when a run overwrites the package, with the line of the settings that
keeps it; and the line keeps it."""

from __future__ import annotations

import contextlib
import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from fiddlehead.cli import main

from ..support import examples
from .conftest import Project

HEAD = 'openapi: 3.0.3\ninfo: {title: Theatre, version: "1"}\n'
JSON = "content: {{application/json: {{schema: {0}}}}}"


def operation(path: str, message: str, schema: str = "{type: string}") -> str:
    responses = f'responses: {{"200": {{description: ok, {JSON.format(schema)}}}}}'
    return f"  {path}: {{get: {{{message}, {responses}}}}}\n"


FOUND = "{type: object, properties: {row: {type: integer}}}"
CASES: dict[str, tuple[str, str, str, str]] = {
    # The original description, the addition, the changed name, and its new form.
    "a component with the name of a response": (
        "paths:\n" + operation("/seat", "operationId: getSeat", FOUND),
        "components:\n  schemas:\n    GetSeatResponse: {type: object, properties: {a: {type: string}}}\n",
        "GetSeatResponse",
        "row",
    ),
    "a title that a component has": (
        "paths: {}\ncomponents:\n  schemas:\n    Umbrella: {title: Found, type: object, properties: {row: {}}}\n",
        "    Parasol: {title: Found, type: object, properties: {a: {type: string}}}\n",
        "Found",
        "row",
    ),
    "an operation of a lesser path": (
        "paths:\n" + operation("/pears", "operationId: list, tags: [fruit]"),
        operation("/apples", "operationId: list, tags: [fruit]"),
        "fruit.list",
        "/pears",
    ),
    "an operation that is the name": (
        "paths:\n" + operation("/a", "operationId: users_getSeat, tags: [users]"),
        operation("/b", "operationId: getSeat, tags: [users]"),
        "users.get_seat",
        "/a",
    ),
    "a group called like a method": (
        "paths:\n" + operation("/a", "operationId: getSeat"),
        operation("/b", "operationId: go, tags: [getSeat]"),
        "get_seat",
        "/a",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_changed_name_is_reported_with_the_setting_that_keeps_it(
    project: Project, name: str
) -> None:
    before, added, moved, leads_to = CASES[name]
    project.spec(HEAD + before)
    assert project.run("generate").err.count("name-moved") == 0
    project.spec(HEAD + before + added)
    outcome = project.run("generate")
    assert (outcome.code, outcome.err.count("[name-moved]")) == (0, 1), outcome.err
    assert f"'{moved}' is now called " in outcome.err
    table, line = re.search(r"hint: to keep the old name, add to fiddlehead.toml, under \[(.*)\]: (.*)", outcome.err).groups()  # type: ignore[union-attr]
    (project.folder / "old.yaml").write_text(HEAD + before)
    run_outcome = project.run("diff", "old.yaml", "spec.yaml").out
    assert f"[{table}]" in run_outcome and line in run_outcome
    # A second run changes no name; with the line, the name is kept.
    assert "name-moved" not in project.run("generate", "--force").err
    project.settings(f"[{table}]\n{line}\n")
    assert project.run("generate").code == 0
    with examples.importable(project.folder / "out", "acme"):
        package: Any = importlib.import_module("acme")
        if leads_to == "row":
            # An alias is a deprecated name, with a warning.
            aliased = table == "naming.aliases"
            with pytest.deprecated_call() if aliased else contextlib.nullcontext():
                assert "row" in getattr(package, moved).model_fields
        else:
            called: Any = package.AcmeClient(base_url="http://x")
            for word in moved.split("."):
                called = getattr(called, word)
            assert leads_to in (called.__doc__ or "")


def test_fields_and_arguments_that_move(project: Project) -> None:
    text = (
        HEAD
        + "paths:\n"
        + operation(
            "/a",
            "operationId: go, parameters: [{name: pageSize, in: query, schema: {type: integer}}MORE]",
        )
        + "components:\n  schemas:\n    Room: {type: object, properties: {roomName: {type: string}FIELD}}\n"
    )
    project.spec(text.replace("MORE", "").replace("FIELD", ""))
    assert project.run("generate").code == 0
    more = ", {name: page_size, in: query, schema: {type: integer}}"
    project.spec(text.replace("MORE", more).replace("FIELD", ", room_name: {type: string}"))
    outcome = project.run("generate")
    assert "the argument of go 'page_size' is now called 'pageSize'" in outcome.err
    assert "the field of Room 'room_name' is now called 'roomName'" in outcome.err
    assert 'under [naming.rename]: "types.Room.roomName" = "room_name"' in outcome.err
    assert project.run("generate", "--strict").code == 3


def test_the_record_does_not_depend_on_where_the_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Locations in other files are relative to the description, in every checkout and folder."""
    items = []
    for checkout, folder in (("one", "."), ("two", "sdk"), ("three", "sdk")):
        top = tmp_path / checkout
        (top / "sdk").mkdir(parents=True)
        (top / "specs/models").mkdir(parents=True)
        (top / "specs/api.yaml").write_text(
            HEAD + "paths:\n" + operation("/seat", "operationId: seat", "{$ref: models/Seat.yaml}")
        )
        (top / "specs/models/Seat.yaml").write_text(
            "type: object\nproperties: {row: {type: string, enum: [a, b]}}\n"
        )
        (top / "sdk/fiddlehead.toml").write_text(
            'spec = "../specs/api.yaml"\noutput = "../gen"\npackage = "hall"\n'
        )
        monkeypatch.chdir(top / folder)
        assert main(["generate", "--settings", str(top / "sdk/fiddlehead.toml")]) == 0
        items.append((top / "gen/hall/_manifest.json").read_text())
    assert '"models/Seat.yaml#"' in items[0]
    assert items[0] == items[1] == items[2]
