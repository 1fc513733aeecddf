"""A response that fits no member of a union has problems, also where a member is not a model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from .workbench import Bench, bench

API = """
paths:
  /a:
    get:
      operationId: read
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}}}
components:
  schemas:
    A:
      type: object
      properties:
        either:
          anyOf: [{type: object, additionalProperties: {type: string}}, {$ref: "#/components/schemas/Item"}]
        items:
          anyOf: [{type: array, items: {type: string}}, {type: array, items: {$ref: "#/components/schemas/Item"}}]
        map:
          anyOf:
            - {type: object, additionalProperties: {type: boolean}}
            - {type: object, additionalProperties: {$ref: "#/components/schemas/Item"}}
        numbers:
          anyOf: [{type: string}, {$ref: "#/components/schemas/Item"}, {type: array, items: {type: integer}}]
        nested: {oneOf: [{anyOf: [{type: string}, {type: boolean}]}, {anyOf: [{type: integer}, {$ref: "#/components/schemas/Item"}]}]}
        deep: {type: object, additionalProperties: {anyOf: [{type: array, items: {$ref: "#/components/schemas/Nested"}}, {type: string}]}}
    Nested: {oneOf: [{anyOf: [{type: string}, {type: boolean}]}, {anyOf: [{type: integer}, {$ref: "#/components/schemas/Item"}]}]}
    Item: {type: object, required: [id], properties: {id: {type: integer}}}
"""


@pytest.fixture(scope="module", params=["compact", "fern"])
def acme(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with bench(tmp_path_factory.mktemp("acme"), API, layout=request.param) as built:
        yield built


def test_the_text_of_a_problem_does_not_depend_on_the_kind_of_member(acme: Bench) -> None:
    text = "no member of the union fits"
    for value in ({"either": {"name": 1}}, {"items": [{"name": 1}]}, {"map": {"a": {"name": 1}}}):
        content = json.dumps(value).encode()
        problems = acme.module("core.decode").problems(acme.package.A, content)
        kinds = {problem["msg"]: problem["type"] for problem in problems}
        assert kinds[text] == "no_member"
        assert all(set(problem) == {"type", "loc", "msg", "input"} for problem in problems)


def has_problems(acme: Bench, value: Any) -> bool:
    return bool(acme.module("core.decode").problems(acme.package.A, json.dumps(value).encode()))


@pytest.mark.parametrize(
    "value",
    [
        {"either": {"id": 1}},
        {"either": {"name": "text"}},
        {"either": {}},
        {"items": [{"id": 1}]},
        {"items": ["text"]},
        {"items": []},
        {"map": {"a": True}},
        {"map": {"a": {"id": 1}}},
        {"numbers": [1, 2.0]},
        {"numbers": {"id": 1.0}},
        {"nested": 1.0},
        {"nested": {"id": 1}},
        {"deep": {"a": [1.0, "x", {"id": 1.0}], "b": "x"}},
    ],
)
def test_a_value_of_a_member_has_none(acme: Bench, value: Any) -> None:
    assert not has_problems(acme, value)


@pytest.mark.parametrize(
    "value",
    [
        {"either": {"name": 1}},
        {"either": {"name": None}},
        {"items": [{"name": 1}]},
        {"items": [{"id": 1}, "text"]},
        {"map": {"a": {"name": 1}}},
        {"map": {"a": True, "b": {"id": 1}}},
        {"numbers": [1, 2.5]},
        {"numbers": {"id": 1.5}},
        {"nested": 1.5},
        {"nested": {"name": 1}},
    ],
)
def test_another_value_has_some(acme: Bench, value: Any) -> None:
    assert has_problems(acme, value)
