"""A run with a cache gives the same bytes and warnings as a run without."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fiddlehead.cli import main
from fiddlehead.incremental import Incremental
from fiddlehead.source.json_reader import reader
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _response(schema: object) -> dict[str, object]:
    content = {"application/json": {"schema": schema}}
    return {"200": {"description": "It went well.", "content": content}}


DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Orchard", "version": "1"},
    "servers": [{"url": "https://orchard.example"}],
    "paths": {
        "/owners/{id}/move": {
            "post": {
                "operationId": "moveOwner",
                "tags": ["owners"],
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "responses": {"204": {"description": "She moved."}},
            }
        },
        "/trees": {
            "get": {
                "operationId": "listTrees",
                "tags": ["trees"],
                "parameters": [{"name": "kind", "in": "query", "schema": _ref("Kind")}],
                "responses": _response({"type": "array", "items": _ref("Tree")}),
            },
            "post": {
                "operationId": "plantTree",
                "tags": ["trees"],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": _ref("Planting")}},
                },
                "responses": _response(_ref("Tree")),
            },
        },
        "/trees/{id}": {
            "get": {
                "operationId": "getTree",
                "tags": ["trees"],
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "responses": _response(_ref("Fruit")),
            }
        },
    },
    "components": {
        "schemas": {
            "Kind": {"type": "string", "enum": ["apple", "pear"]},
            "Thing": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "string", "description": "Who it is."}},
            },
            "Tree": {
                "allOf": [
                    _ref("Thing"),
                    {
                        "type": "object",
                        "properties": {
                            "kind": _ref("Kind"),
                            "height": {"type": "number", "default": 1},
                            "place": {
                                "type": "object",
                                "properties": {"row": {"type": "integer"}},
                            },
                        },
                    },
                ]
            },
            "Planting": {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": _ref("Kind"), "note": {"type": "string"}},
            },
            "Apple": {"type": "object", "properties": {"red": {"type": "boolean"}}},
            "Pear": {"type": "object", "properties": {"soft": {"type": ["boolean", "null"]}}},
            "Fruit": {"oneOf": [_ref("Apple"), _ref("Pear"), _ref("Basket")]},
            "Basket": {
                "type": "object",
                "description": "What the picked fruit is in.",
                "properties": {
                    "size": {"type": "integer", "description": "Litres."},
                    "fruits": {"type": "array", "items": _ref("Fruit")},
                    "owner": _ref("Owner"),
                },
            },
            "Worker": {
                "type": "object",
                "properties": {"job": {"type": "string"}, "name": {"type": "string"}},
                "discriminator": {"propertyName": "job"},
            },
            "Picker": {
                "allOf": [
                    _ref("Worker"),
                    {"type": "object", "properties": {"speed": {"type": "integer"}}},
                ]
            },
            "Grafter": {
                "allOf": [
                    _ref("Picker"),
                    {"type": "object", "properties": {"knife": {"type": "boolean"}}},
                ]
            },
            "Guest": {
                "type": "object",
                "properties": {"job": {"type": "string"}, "from": {"type": "string"}},
            },
            "Visit": {
                "oneOf": [_ref("Guest"), _ref("Owner")],
                "discriminator": {"propertyName": "name"},
            },
            "Note": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "when": {"type": "string", "format": "date-time"},
                    "tone": {"type": "string", "enum": ["good", "bad"], "default": "good"},
                },
            },
            "Owner": {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "since": {"type": "string", "format": "date-time"},
                    "mood": {"type": "string", "enum": ["good", "bad"], "default": "good"},
                    "odd": {
                        "type": "object",
                        "properties": {"found": {"type": "string"}},
                        "required": ["lost"],
                    },
                },
            },
        }
    },
}


class Folder:
    """A description, and its output with and without a cache."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self.used: list[bool] = []

    def write(self, description: object) -> None:
        (self.folder / "api.json").write_text(json.dumps(description, indent=1))

    def run(self, output: str, *options: str) -> tuple[int, str, dict[str, bytes]]:
        """The exit code, the warnings, and the files by their paths."""
        home = self.folder / output
        command = ["generate", "api.json", "--package", "orchard", "--output", output]
        code = main([*command, *options])
        printed_output = self._capsys.readouterr().err.partition("\n\n")[0]
        lines = [
            x
            for x in printed_output.split("\n")
            if not x.startswith((output, "  pip", "the client"))
        ]
        files = {p.relative_to(home).as_posix(): p.read_bytes() for p in home.rglob("*.*")}
        return code, "\n".join(lines), files

    def same(self) -> bool:
        """Runs with and without the cache, which have to agree; whether the cache was used."""
        self.used.clear()
        for item in ("with", "fresh"):
            shutil.rmtree(self.folder / item, ignore_errors=True)
            shutil.copytree(self.folder / "out", self.folder / item)
        with_cache = self.run("with", "--project")
        assert with_cache == self.run("fresh", "--project", "--no-cache")
        return self.used == [True]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The cache and the package that a run over the whole description left."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "LARGE", 0)
        patch.setenv("FIDDLEHEAD_CACHE", str(folder / "cache"))
        patch.chdir(folder)
        (folder / "api.json").write_text(json.dumps(DESCRIPTION, indent=1))
        command = ["generate", "api.json", "--package", "orchard", "--output", "out"]
        assert main([*command, "--project"]) == 0
        shutil.copytree(folder / "cache", folder / "kept")
        yield folder


@pytest.fixture
def folder(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Folder:
    """The same folder again, with the cache and the package of the whole run."""
    capsys.readouterr()
    _reset(built)
    results = Folder(built, capsys)
    results.write(DESCRIPTION)
    replay = Incremental.replay

    def spied(run: Incremental, *arguments: Any) -> object:
        result = replay(run, *arguments)
        results.used.append(result is not None)
        return result

    monkeypatch.setattr(Incremental, "replay", spied)
    return results


def _reset(built: Path) -> None:
    shutil.rmtree(built / "cache", ignore_errors=True)
    shutil.copytree(built / "kept", built / "cache")


def changed_at(path: str, value: object) -> dict[str, Any]:
    """The description with another value somewhere; None takes the key away."""
    changed = copy.deepcopy(DESCRIPTION)
    *steps, last = path.split(".")
    place: Any = changed
    for step in steps:
        place = place[int(step) if isinstance(place, list) else step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return changed


_BASKET = "components.schemas.Basket.properties"
_NOTE = "components.schemas.Note.properties"
_OWNER = "components.schemas.Owner.properties"


@pytest.mark.parametrize(
    ("path", "value", "quick"),
    [
        (f"{_NOTE}.text.type", "integer", True),
        (f"{_OWNER}.name.type", "integer", True),
        # Examples of responses are made of it.
        ("components.schemas.Thing.properties.id.type", "integer", True),
        ("components.schemas.Thing.properties.id.example", "oak-7", True),
        (f"{_OWNER}.name.description", 'What "she" is called.\nAnd more.', True),
        (f"{_NOTE}.line-count", {"type": ["integer", "null"]}, True),
        (f"{_NOTE}.when", None, True),
        (f"{_NOTE}.tone.enum", ["good", "bad", "sad"], True),
        ("components.schemas.Note.required", ["text"], True),
        ("components.schemas.Owner.description", "She who owns it.", True),
        ("components.schemas.Thing.properties.id.description", "Another text.", True),
        (f"{_NOTE}.tone.default", "bad", True),
        # Subclasses of a schema with a discriminator.
        ("components.schemas.Picker.allOf.1.properties.speed.type", "number", True),
        ("components.schemas.Worker.properties.name.type", "integer", True),
        ("components.schemas.Worker.discriminator.propertyName", "name", False),
        ("components.schemas.Worker.discriminator", None, False),
        ("components.schemas.Guest.allOf", [_ref("Worker")], False),
        ("components.schemas.Guest.discriminator", {"propertyName": "from"}, False),
        ("components.schemas.Picker.allOf.0.$ref", "#/components/schemas/Thing", False),
        ("components.schemas.Picker.allOf.1.properties.job", {"const": "picker"}, False),
        ("components.schemas.Picker.x-fern-ignore", True, False),
        ("components.schemas.Visit.discriminator", None, False),
        ("components.schemas.Owner.properties.name", {"const": "owner"}, False),
        ("components.schemas.Grafter.allOf.0.$ref", "#/components/schemas/Thing", False),
        # What a package needs at run time changes, or names do, or what operations are made of.
        (f"{_OWNER}.name.format", "date", False),
        (f"{_OWNER}.address", {"type": "object", "properties": {"a": {}}}, False),
        ("components.schemas.Owner.title", "Gardener", False),
        ("components.schemas.Thing.properties.kind", {"type": "integer"}, False),
        ("components.schemas.Owner.x-fern-type-name", "Gardener", False),
        # A type in Fern's words may name any component; a private character is that of marks in pages.
        (f"{_OWNER}.name.x-fern-type", "integer", False),
        (f"{_OWNER}.name.description", "What \ue000 is called.", False),
        (f"{_BASKET}.tree", _ref("Tree"), False),
        ("components.schemas.Kind.enum", ["apple"], False),
        ("components.schemas.Apple.properties.red.type", "string", False),
        ("components.schemas.Planting.properties.note.type", "integer", False),
        ("components.schemas.Extra", {"type": "object"}, False),
        ("components.schemas.Owner", {"$ref": "#/components/schemas/Thing"}, False),
        (f"{_OWNER}.odd.properties.found.description", "What was lost.", True),
        ("info.title", "Garden", False),
        ("paths./trees.get.summary", "All trees.", False),
    ],
)
def test_a_change_gives_the_bytes_of_a_whole_run(
    folder: Folder, path: str, value: object, quick: bool
) -> None:
    folder.write(changed_at(path, value))
    assert folder.same() == quick


@pytest.mark.parametrize(("key", "stored"), [("type", True), ("x-fern-type", False)])
def test_a_description_that_cannot_be_read_in_parts_is_not_stored(
    folder: Folder, key: str, stored: bool
) -> None:
    shutil.rmtree(folder.folder / "cache")
    folder.write(changed_at(f"{_OWNER}.name.{key}", "integer"))
    assert folder.same() is False
    assert bool([*(folder.folder / "cache").glob("*.entry")]) == stored


def test_a_warning_moves_with_its_place(folder: Folder) -> None:
    before = folder.run("again", "--project")[1]
    folder.write(changed_at("components.schemas.Thing.description", "Something that is."))
    assert folder.same()
    after = folder.run("again", "--project")[1]
    assert "required-without-property" in before
    assert before != after


_PATHS: list[str] = []


def _walk(value: object, path: str) -> None:
    entries = value.items() if isinstance(value, dict) else []
    for key, child in [*entries, *enumerate(value if isinstance(value, list) else [])]:
        _PATHS.append(f"{path}.{key}" if path else str(key))
        _walk(child, _PATHS[-1])


_walk(DESCRIPTION["components"], "components")
_walk(DESCRIPTION["paths"], "paths")
_VALUES: list[object] = [
    "string",
    "integer",
    7,
    True,
    ["id", "name"],
    {"type": "string", "format": "date"},
    {"type": "array", "items": _ref("Pear")},
    {"oneOf": [{"type": "string"}, _ref("Owner")]},
    _ref("Thing"),
    {},
]


def edited(description: object, data: st.DataObject, times: int) -> Any:
    """A description with random edits."""
    changed: Any = copy.deepcopy(description)
    for _ in range(times):
        path = data.draw(st.sampled_from(_PATHS))
        *steps, last = path.split(".")
        place: Any = changed
        try:
            for step in steps:
                place = place[int(step) if isinstance(place, list) else step]
            key: Any = int(last) if isinstance(place, list) else last
            kind = data.draw(st.sampled_from(["set", "delete", "add"]))
            if kind == "delete":
                del place[key]
            else:
                place[f"{key}_2" if kind == "add" else key] = copy.deepcopy(
                    data.draw(st.sampled_from(_VALUES))
                )
        except (KeyError, IndexError, TypeError, ValueError):
            continue  # An earlier edit took the place away.
    return changed


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_random_edits_give_the_bytes_of_a_whole_run(folder: Folder, data: st.DataObject) -> None:
    changed = edited(DESCRIPTION, data, data.draw(st.integers(1, 2)))
    _reset(folder.folder)
    folder.write(changed)
    folder.same()
