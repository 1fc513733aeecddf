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
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp(request.param)
    with bench(folder, API, f'layout = "{request.param}"\n') as built:
        yield built


def _decoded(package: Bench, name: str, value: Any) -> Any:
    """The decoded response; it is sent back unchanged, and has no problems."""
    package.server.default = Reply(body=json.dumps(value).encode())
    sdk = package.client().with_raw_response
    response = getattr(sdk, name.lower())()
    encoded = package.module("core.encode").encode(response.data)
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
    package: Bench, tag: str, more: dict[str, object], name: str | None
) -> None:
    result = _decoded(package, "Animal", {"kind": tag, "name": "A", **more})
    types = package.module("types")
    if name is None:
        assert type(result).__name__ == "UnknownVariant"
    else:
        assert isinstance(result, getattr(types, name)) and result.kind == tag
        assert {key: getattr(result, key) for key in more} == more
    assert result.name == "A"


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
    with bench(tmp_path_factory.mktemp("a"), API) as built:
        value = {"type": tag, "wheels": 4, **more}
        result = _decoded(built, "Vehicle", value)
        assert type(result).__name__ == name and result.wheels == 4
        if name == "Train":
            assert [type(car).__name__ for car in result.cars] == ["Van", "Train"][
                : len(result.cars)
            ]
        garage = _decoded(built, "Garage", {"best": value, "lent": value, "cars": [value]})
        assert {type(garage.best), type(garage.lent), *map(type, garage.cars)} == {type(result)}


def test_fern_needs_a_mapping(tmp_path: Path) -> None:
    with bench(tmp_path, API, 'layout = "fern"\n') as built:
        result = _decoded(built, "Vehicle", {"type": "Car", "doors": 4})
        types = built.module("types")
        assert type(result) is types.Vehicle and issubclass(types.Car, types.Vehicle)


@pytest.mark.parametrize("key", ["x-fern-undiscriminated: true", "x-fern-discriminated: false"])
def test_an_extension_turns_the_discriminator_off(key: str, tmp_path: Path) -> None:
    discriminator = "discriminator: {propertyName: type}"
    with bench(tmp_path, API.replace(discriminator, f"{discriminator}\n      {key}")) as built:
        result = _decoded(built, "Vehicle", {"type": "Car", "doors": 3})
        assert type(result).__name__ == "Vehicle" and result.doors == 3


def test_a_base_that_inherits_itself(tmp_path: Path) -> None:
    with bench(tmp_path, API) as built:
        for name in ("Opened", "Closed"):
            result = _decoded(built, "Event", {"id": "e1", "event": name, "by": "ann"})
            assert type(result).__name__ == name and (result.id, result.by) == ("e1", "ann")


def test_a_union_without_a_mapping(package: Bench) -> None:
    for name in ("Circle", "Square"):
        result = _decoded(package, "Shape", {"kind": name, "size": 2})
        assert type(result).__name__ == name
    for tag, name in (("saw", "Saw"), ("Axe", "Axe")):
        result = _decoded(package, "Tool", {"kind": tag, "size": 2})
        assert isinstance(result, getattr(package.module("types"), name))
    # In layout fern, as in Fern, the mapping of an `anyOf` is ignored.
    expected = {"compact": "UnknownVariant", "fern": "Saw"}[package.generated.settings.layout]
    assert type(_decoded(package, "Tool", {"kind": "Saw"})).__name__ == expected


def test_a_mapping_that_has_the_base_itself(tmp_path: Path) -> None:
    api = API.replace("mapping: {dog:", 'mapping: {animal: "#/components/schemas/Animal", dog:')
    with bench(tmp_path, api) as built:
        result = _decoded(built, "Animal", {"kind": "animal", "name": "A"})
        assert type(result).__name__ == "AnimalAnimal" and result.name == "A"


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
    with bench(tmp_path, api) as built:
        for name in ("Cat", "Dog"):
            assert type(_decoded(built, "Pet", {"petType": name, "skill": "s"})).__name__ == name


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
    with bench(tmp_path, api) as built:
        for name in ("Cat", "Dog"):
            assert type(_decoded(built, "Pet", {"kind": name, "size": 1})).__name__ == name
