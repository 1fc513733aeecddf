"""Schemas with a discriminator whose values are names of components, with and without a mapping."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench


def _get(name: str) -> str:
    schema = f'{{$ref: "#/components/schemas/{name}"}}'
    content = f"{{content: {{application/json: {{schema: {schema}}}}}}}"
    return f'  /{name}: {{get: {{operationId: {name.lower()}, responses: {{"200": {content}}}}}}}'


_SCHEMAS = """
components:
  schemas:
    Animal:
      type: object
      required: [kind]
      properties: {kind: {type: string}, name: {type: string}}
      discriminator: {propertyName: kind, mapping: {dog: "#/components/schemas/Dog"}}
    Dog: {allOf: [{$ref: "#/components/schemas/Animal"}, {properties: {bark: {type: boolean}}}]}
    Cat: {allOf: [{$ref: "#/components/schemas/Animal"}, {properties: {lives: {type: integer}}}]}
    Lion: {allOf: [{$ref: "#/components/schemas/Cat"}, {properties: {mane: {type: boolean}}}]}
    Ant: {type: object, allOf: [{$ref: "#/components/schemas/Animal"}]}
    Newt:
      allOf:
        - {$ref: "#/components/schemas/Animal"}
        - {type: object, properties: {kind: {type: string, enum: [newt]}, wet: {type: boolean}}}
    Vehicle:
      type: object
      required: [type]
      properties: {type: {type: string}, wheels: {type: integer}}
      discriminator: {propertyName: type}
    Car: {allOf: [{$ref: "#/components/schemas/Vehicle"}, {properties: {doors: {type: integer}}}]}
    Van: {allOf: [{$ref: "#/components/schemas/Vehicle"}, {properties: {doors: {type: integer}}}]}
    Train:
      allOf:
        - {$ref: "#/components/schemas/Vehicle"}
        - properties: {cars: {type: array, items: {$ref: "#/components/schemas/Vehicle"}}}
    Lent: {x-nullable: true, allOf: [{$ref: "#/components/schemas/Vehicle"}]}
    Garage:
      type: object
      properties:
        best: {$ref: "#/components/schemas/Vehicle"}
        lent: {$ref: "#/components/schemas/Lent"}
        cars: {type: array, items: {$ref: "#/components/schemas/Vehicle"}}
    Entity: {type: object, properties: {id: {type: string}}}
    Event:
      allOf:
        - {$ref: "#/components/schemas/Entity"}
        - {type: object, required: [event], properties: {event: {type: string}}}
      discriminator: {propertyName: event}
    Opened: {allOf: [{$ref: "#/components/schemas/Event"}, {properties: {by: {type: string}}}]}
    Closed: {allOf: [{$ref: "#/components/schemas/Event"}, {properties: {by: {type: string}}}]}
    Shape:
      oneOf: [{$ref: "#/components/schemas/Circle"}, {$ref: "#/components/schemas/Square"}]
      discriminator: {propertyName: kind}
    Circle: {type: object, required: [kind], properties: {kind: {type: string}, size: {type: integer}}}
    Square: {type: object, required: [kind], properties: {kind: {type: string}, size: {type: integer}}}
    Tool:
      anyOf: [{$ref: "#/components/schemas/Saw"}, {$ref: "#/components/schemas/Axe"}]
      discriminator: {propertyName: kind, mapping: {saw: Saw}}
    Saw: {type: object, required: [kind], properties: {kind: {type: string}, size: {type: integer}}}
    Axe: {type: object, required: [kind], properties: {kind: {type: string}, size: {type: integer}}}
"""
_PATHS = ("Animal", "Vehicle", "Garage", "Event", "Shape", "Tool")
API = "paths:\n" + "\n".join(map(_get, _PATHS)) + _SCHEMAS


@pytest.fixture(scope="module", params=["compact", "fern"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp(request.param)
    with bench(folder, API, f'layout = "{request.param}"\n') as made:
        yield made


def _decoded(made: Bench, name: str, value: Any) -> Any:
    """The decoded response; it is sent back unchanged, and has no problems."""
    made.server.default = Reply(body=json.dumps(value).encode())
    found = made.client().with_raw_response
    response = getattr(found, name.lower())()
    encoded = made.module("core.encode").encode(response.data)
    assert encoded == value
    if hasattr(response, "problems"):
        assert response.problems == []
    return response.data


@pytest.mark.parametrize(
    ("tag", "more", "name"),
    [
        ("dog", {"bark": True}, "Dog"),
        ("Cat", {"lives": 9}, "Cat"),
        ("Lion", {"lives": 1, "mane": True}, "Lion"),
        ("Ant", {}, "Ant"),
        ("newt", {"wet": True}, "Newt"),
        # The mapping replaces the name.
        ("Dog", {"bark": True}, None),
        ("Yak", {}, None),
    ],
)
def test_a_partial_mapping(
    made: Bench, tag: str, more: dict[str, object], name: str | None
) -> None:
    found = _decoded(made, "Animal", {"kind": tag, "name": "A", **more})
    types = made.module("types")
    if name is None:
        assert type(found).__name__ == "UnknownVariant"
    else:
        assert isinstance(found, getattr(types, name)) and found.kind == tag
        assert {key: getattr(found, key) for key in more} == more
    assert found.name == "A"


@pytest.mark.parametrize(
    ("tag", "more", "name"),
    [
        ("Car", {"doors": 4}, "Car"),
        ("Van", {"doors": 4}, "Van"),
        ("Train", {"cars": [{"type": "Van"}, {"type": "Train", "cars": []}]}, "Train"),
        ("Vehicle", {}, "VehicleBase"),
        ("Boat", {}, "VehicleBase"),
        # Many servers send other values than the names: the properties decide.
        ("train", {"cars": []}, "Train"),
    ],
)
def test_subclasses_without_a_mapping(
    tmp_path_factory: pytest.TempPathFactory, tag: str, more: dict[str, object], name: str
) -> None:
    with bench(tmp_path_factory.mktemp("a"), API) as made:
        value = {"type": tag, "wheels": 4, **more}
        found = _decoded(made, "Vehicle", value)
        assert type(found).__name__ == name and found.wheels == 4
        if name == "Train":
            assert [type(car).__name__ for car in found.cars] == ["Van", "Train"][: len(found.cars)]
        garage = _decoded(made, "Garage", {"best": value, "lent": value, "cars": [value]})
        assert {type(garage.best), type(garage.lent), *map(type, garage.cars)} == {type(found)}


def test_fern_needs_a_mapping(tmp_path: Path) -> None:
    with bench(tmp_path, API, 'layout = "fern"\n') as made:
        found = _decoded(made, "Vehicle", {"type": "Car", "doors": 4})
        types = made.module("types")
        assert type(found) is types.Vehicle and issubclass(types.Car, types.Vehicle)


@pytest.mark.parametrize("key", ["x-fern-undiscriminated: true", "x-fern-discriminated: false"])
def test_an_extension_turns_the_discriminator_off(key: str, tmp_path: Path) -> None:
    discriminator = "discriminator: {propertyName: type}"
    with bench(tmp_path, API.replace(discriminator, f"{discriminator}\n      {key}")) as made:
        found = _decoded(made, "Vehicle", {"type": "Car", "doors": 3})
        assert type(found).__name__ == "Vehicle" and found.doors == 3


def test_a_base_that_inherits_itself(tmp_path: Path) -> None:
    with bench(tmp_path, API) as made:
        for name in ("Opened", "Closed"):
            found = _decoded(made, "Event", {"id": "e1", "event": name, "by": "ann"})
            assert type(found).__name__ == name and (found.id, found.by) == ("e1", "ann")


def test_a_union_without_a_mapping(made: Bench) -> None:
    for name in ("Circle", "Square"):
        found = _decoded(made, "Shape", {"kind": name, "size": 2})
        assert type(found).__name__ == name
    for tag, name in (("saw", "Saw"), ("Axe", "Axe")):
        found = _decoded(made, "Tool", {"kind": tag, "size": 2})
        assert isinstance(found, getattr(made.module("types"), name))
    assert type(_decoded(made, "Tool", {"kind": "Saw"})).__name__ == "UnknownVariant"


def test_a_mapping_that_has_the_base_itself(tmp_path: Path) -> None:
    api = API.replace("mapping: {dog:", 'mapping: {animal: "#/components/schemas/Animal", dog:')
    with bench(tmp_path, api) as made:
        found = _decoded(made, "Animal", {"kind": "animal", "name": "A"})
        assert type(found).__name__ == "AnimalAnimal" and found.name == "A"


def test_swagger_2(tmp_path: Path) -> None:
    api = """swagger: "2.0"
info: {title: Zoo, version: "1"}
paths:
  /pet: {get: {operationId: pet, responses: {"200": {description: ok, schema: {$ref: "#/definitions/Pet"}}}}}
definitions:
  Pet: {type: object, discriminator: petType, required: [petType], properties: {petType: {type: string}}}
  Cat: {allOf: [{$ref: "#/definitions/Pet"}, {type: object, properties: {skill: {type: string}}}]}
  Dog: {allOf: [{$ref: "#/definitions/Pet"}, {type: object, properties: {skill: {type: string}}}]}
"""
    with bench(tmp_path, api) as made:
        for name in ("Cat", "Dog"):
            assert type(_decoded(made, "Pet", {"petType": name, "skill": "s"})).__name__ == name


def test_subclasses_in_several_files(tmp_path: Path) -> None:
    (tmp_path / "pets.yaml").write_text("""
Pet: {type: object, discriminator: {propertyName: kind}, properties: {kind: {type: string}}}
Cat: {allOf: [{$ref: "#/Pet"}, {type: object, properties: {size: {type: integer}}}]}
""")
    api = """
paths:
  /pet: {get: {operationId: pet, responses: {"200": {content: {application/json: {schema: {$ref: "pets.yaml#/Pet"}}}}}}}
components:
  schemas:
    Cat: {$ref: "pets.yaml#/Cat"}
    Dog: {allOf: [{$ref: "pets.yaml#/Pet"}, {type: object, properties: {size: {type: integer}}}]}
"""
    with bench(tmp_path, api) as made:
        for name in ("Cat", "Dog"):
            assert type(_decoded(made, "Pet", {"kind": name, "size": 1})).__name__ == name
