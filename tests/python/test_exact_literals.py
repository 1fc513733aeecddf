"""JSON has true beside 1, and false beside 0, which are equal in Python."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pydantic
import pytest
from jsonschema import Draft202012Validator

from .workbench import Bench, bench

PROPERTIES: dict[str, Any] = {
    "yes": {"const": True},
    "no": {"const": False},
    "flag": {"type": "boolean", "enum": [False]},
    "map": {"type": "object", "additionalProperties": {"const": True}},
    "either": {"oneOf": [{"$ref": "#/components/schemas/One"}, {"$ref": "#/components/schemas/Sure"}]},
    "lists": {"anyOf": [{"type": "array", "items": {"const": True}}, {"type": "array", "items": {"const": "a"}}]},
}  # fmt: skip
NUMBERS: dict[str, Any] = {
    "one": {"const": 1},
    "zero": {"const": 0},
    "list": {"type": "array", "items": {"const": 1}},
    "text": {"oneOf": [{"const": 1}, {"type": "string"}]},
}
MODELS: dict[str, Any] = {
    "One": {"type": "object", "required": ["v"], "properties": {"v": {"const": 1}}},
    "Sure": {"type": "object", "required": ["v"], "properties": {"v": {"const": True}}},
}
OPEN = {
    "enum": {"type": "integer", "enum": [0, 1]},
    "open": {"oneOf": [{"const": 0}, {"const": 1}]},
}
VALUES = (True, False, 1, 0, 1.0, 0.0, "a")


@pytest.fixture(scope="module", params=["compact", "fern"])
def acme(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    schemas = {**MODELS, "A": {"type": "object", "properties": {**PROPERTIES, **NUMBERS, **OPEN}}}
    media = {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}
    operation = {"operationId": "a", "responses": {"200": {"description": "ok", "content": media}}}
    head = {"openapi": "3.1.0", "info": {"title": "Acme", "version": "1"}}
    spec = {**head, "paths": {"/a": {"get": operation}}, "components": {"schemas": schemas}}
    text = "".join(f"{key}: {json.dumps(value)}\n" for key, value in spec.items())
    with bench(tmp_path_factory.mktemp("acme"), text, layout=request.param) as built:
        yield built


def is_valid(schema: Any, value: Any) -> bool:
    text = json.dumps(schema).replace("#/components/schemas/", "#/$defs/")
    return Draft202012Validator({"$defs": MODELS, **json.loads(text)}).is_valid(value)


def problems(acme: Bench, name: str, value: Any) -> list[Any]:
    content = json.dumps({name: value}).encode()
    decode, encode = acme.module("core.decode"), acme.module("core.encode")
    assert json.loads(encode.to_json(decode.decode(acme.package.A, content))) == {name: value}
    return list(decode.problems(acme.package.A, content))


def wrapped(name: str, value: Any) -> Any:
    if name in ("list", "lists"):
        return [value]
    return {"map": {"k": value}, "either": {"v": value}}.get(name, value)


@pytest.mark.parametrize("name", [*PROPERTIES, *NUMBERS])
def test_problems_are_those_of_json_schema(acme: Bench, name: str) -> None:
    schema = {**PROPERTIES, **NUMBERS}[name]
    for item in VALUES:
        value = wrapped(name, item)
        valid = is_valid(schema, value)
        # In layout `fern`, as in Fern's clients, a constant number has the type `int`.
        if _is_fern(acme) and name in (*NUMBERS, "either") and type(item) in (int, float):
            continue
        assert (problems(acme, name, value) == []) is valid, value


def _is_fern(acme: Bench) -> bool:
    return acme.generated.settings.layout == "fern"


@pytest.mark.parametrize("name", OPEN)
def test_an_open_enum_of_numbers_has_no_booleans(acme: Bench, name: str) -> None:
    assert [problems(acme, name, value) == [] for value in (1, 1.0, 2, True, False)] == [
        *(True, True, True),
        *(False, False),
    ]


def test_the_member_of_a_union_is_that_of_the_constant(acme: Bench) -> None:
    decode = acme.module("core.decode").decode
    for value, name in ((1, "One"), (True, "Sure")):
        content = json.dumps({"either": {"v": value}}).encode()
        assert type(decode(acme.package.A, content).either).__name__ == name


def test_callers_too(acme: Bench) -> None:
    cls = acme.package.A
    assert cls(yes=True).yes is True and cls(one=1).one == 1
    numbers: list[dict[str, Any]] = [] if _is_fern(acme) else [{"one": True}, {"zero": False}]
    for arguments in ({"yes": 1}, {"no": 0}, *numbers):
        with pytest.raises(pydantic.ValidationError):
            cls(**arguments)


def test_models_with_unions_have_a_json_schema(acme: Bench) -> None:
    properties = acme.package.A.model_json_schema()["properties"]
    assert properties["yes"]["anyOf"][0]["const"] is True
    references = [item.get("$ref") for item in properties["either"]["anyOf"]]
    assert references[:2] == ["#/$defs/One", "#/$defs/Sure"]
