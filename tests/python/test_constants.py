"""Properties with one value: a caller need not pass them, a response must have them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .workbench import Bench, bench

API = """
paths:
  /a:
    post:
      operationId: send
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}}}
components:
  schemas:
    A:
      type: object
      required: [kind, the one, id, pet]
      properties:
        kind: {const: a}
        the one: {type: string, enum: [single]}
        id: {type: string}
        note: {const: optional}
        b: {$ref: "#/components/schemas/B"}
        bs: {type: array, items: {$ref: "#/components/schemas/B"}}
        either: {oneOf: [{$ref: "#/components/schemas/B"}, {$ref: "#/components/schemas/C"}]}
        pet: {$ref: "#/components/schemas/Pet"}
    B: {type: object, required: [type, b], properties: {type: {const: b}, b: {type: string}}}
    C: {type: object, required: [type, c], properties: {type: {const: c}, c: {type: string}}}
    Pet:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
      discriminator: {propertyName: type, mapping: {cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog"}}
    Cat: {type: object, required: [type, lives], properties: {type: {type: string}, lives: {type: integer}}}
    Dog: {type: object, required: [name], properties: {type: {type: string}, name: {type: string}}}
"""
VALID: dict[str, Any] = {
    "kind": "a",
    "the one": "single",
    "id": "1",
    "b": {"type": "b", "b": "x"},
    "bs": [{"type": "b", "b": "x"}],
    "either": {"type": "c", "c": "x"},
    "pet": {"type": "cat", "lives": 9},
}


@pytest.fixture(scope="module", params=["compact", "fern"])
def acme(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with bench(tmp_path_factory.mktemp("acme"), API, layout=request.param) as built:
        yield built


def problems(acme: Bench, value: Any) -> list[tuple[str, tuple[Any, ...]]]:
    """The problems of a response, without the members of unions in their locations."""
    reported_problems = acme.module("core.decode").problems(
        acme.package.A, json.dumps(value).encode()
    )
    return [(problem["type"], problem["loc"]) for problem in reported_problems]


@pytest.mark.parametrize(
    ("path", "location"),
    [
        (("kind",), ("kind",)),
        (("the one",), ("the one",)),
        (("b", "type"), ("b", "type")),
        (("bs", 0, "type"), ("bs", 0, "type")),
        (("either", "type"), ("either", "type")),
        (("pet", "type"), ("pet",)),
    ],
)
def test_a_required_constant_that_is_missing_is_a_problem(
    acme: Bench, path: tuple[Any, ...], location: tuple[Any, ...]
) -> None:
    assert problems(acme, VALID) == []
    value = json.loads(json.dumps(VALID))
    holder = value
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    [(kind, reported_problems)] = problems(acme, value)
    assert (kind, reported_problems[: len(location)]) in (
        ("missing", location),
        ("union_tag_not_found", location),
    )
    # It is neither invented when the value is sent back nor does it prevent decoding.
    decode, encode = acme.module("core.decode"), acme.module("core.encode")
    decoded = decode.decode(acme.package.A, json.dumps(value).encode())
    assert json.loads(encode.to_json(decoded)) == value
    assert type(decoded.b).__name__ == "B" and type(decoded.either).__name__ == "C"
    assert type(decoded.pet).__name__ in ("CatPet", "Pet_Cat")


def test_all_missing_properties_are_listed(acme: Bench) -> None:
    results = {location for _, location in problems(acme, {"b": {}})}
    assert results >= {("kind",), ("the one",), ("id",), ("b", "type"), ("b", "b"), ("pet",)}


def test_a_variant_that_does_not_require_its_tag_may_lack_it(acme: Bench) -> None:
    assert problems(acme, {**VALID, "pet": {"type": "dog", "name": "Rex"}}) == []
    assert problems(acme, {**VALID, "pet": {"name": "Rex"}}) == []


def test_a_variant_that_may_lack_its_tag_is_preferred_without_one(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with bench(tmp_path_factory.mktemp("mixed"), MIXED) as acme:
        decode = acme.module("core.decode")
        for name in ("either", "inside"):
            for value, cls in [
                ({}, "BEither"),
                ({"y": 1}, "BEither"),
                ({"type": "a", "x": 1}, "AEither"),
                ({"type": "b"}, "BEither"),
            ]:
                text = json.dumps({name: value}).encode()
                decoded = decode.decode(acme.package.Holder, text)
                assert type(getattr(decoded, name)).__name__ == cls, value
                assert decode.problems(acme.package.Holder, text) == []
        text = b'{"inside": {"k": "c"}}'  # C requires another property
        assert decode.problems(acme.package.Holder, text) == []


MIXED = """
paths:
  /a:
    get: {operationId: read, responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Holder"}}}}}}
components:
  schemas:
    Holder:
      type: object
      properties:
        either: {$ref: "#/components/schemas/Either"}
        inside: {anyOf: [{$ref: "#/components/schemas/Either"}, {type: string}, {$ref: "#/components/schemas/C"}]}
    Either:
      oneOf: [{$ref: "#/components/schemas/A"}, {$ref: "#/components/schemas/B"}]
      discriminator: {propertyName: type, mapping: {a: "#/components/schemas/A", b: "#/components/schemas/B"}}
    A: {type: object, required: [type], properties: {type: {type: string}, x: {type: integer}}}
    B: {type: object, properties: {type: {type: string}, y: {type: integer}}}
    C: {type: object, required: [k, c], properties: {k: {const: c}, c: {const: 1}}}
"""


def test_a_caller_need_not_pass_constants(acme: Bench) -> None:
    value = acme.package.A(id="1", pet={"type": "cat", "lives": 9}, b={"b": "x"})
    sent = json.loads(acme.module("core.encode").to_json(value))
    expected = {key: VALID[key] for key in ("kind", "the one", "id", "b", "pet")}
    assert sent == expected
    assert problems(acme, sent) == []


ALIAS = """
components:
  schemas:
    Sail: {type: object, required: [cloth, size], properties: {
      cloth: {$ref: "#/components/schemas/Cloth"}, size: {type: integer}}}
    Cloth: {const: cotton}
    Either: {oneOf: [{$ref: "#/components/schemas/Sail"}, {$ref: "#/components/schemas/Oar"}]}
    Oar: {type: object, required: [size], properties: {size: {type: integer}}}
"""


def test_in_layout_fern_a_schema_that_is_a_constant_is_the_default(tmp_path: Path) -> None:
    with bench(tmp_path, f"paths: {{}}{ALIAS}", layout="fern") as it:
        sail = it.package.Sail(size=1)
        assert sail.cloth == "cotton"
        assert json.loads(sail.model_dump_json()) == {"cloth": "cotton", "size": 1}
        decoded = it.module("core.unchecked_base_model").construct_type(
            type_=it.package.Either, object_={"cloth": "cotton", "size": 2}
        )
        assert isinstance(decoded, it.package.Sail)
        other = it.module("core.unchecked_base_model").construct_type(
            type_=it.package.Either, object_={"size": 2}
        )
        assert isinstance(other, it.package.Oar)
