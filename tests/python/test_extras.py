"""Additional properties with a type, in generated models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ..runtime.server import Reply
from .workbench import bench

SCHEMAS = """
paths:
  /limits:
    get:
      operationId: limits
      responses:
        "200": {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/Limits'}}}}
components:
  schemas:
    Limits:
      type: object
      required: [plan]
      properties: {plan: {type: string}}
      additionalProperties: {$ref: '#/components/schemas/Limit'}
    Limit: {type: object, required: [calls], properties: {calls: {type: integer}}}
    TeamLimits:
      allOf:
        - $ref: '#/components/schemas/Limits'
        - {type: object, properties: {team: {type: string}}}
    Dates:
      type: object
      properties: {id: {type: string}}
      additionalProperties: {type: array, items: {type: string, format: date-time}}
    Node:
      type: object
      properties: {id: {type: string}}
      additionalProperties: {$ref: '#/components/schemas/Node'}
    Shape:
      oneOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}]
      discriminator:
        propertyName: kind
        mapping: {circle: '#/components/schemas/Circle', square: '#/components/schemas/Square'}
    Circle: {type: object, properties: {kind: {type: string}}, additionalProperties: {type: number}}
    Square: {type: object, properties: {kind: {type: string}}, additionalProperties: {type: number}}
"""

ANSWER = {"plan": "free", "chat": {"calls": 3, "new": 1}, "odd": "not an object", "none": None}


def test_additional_properties_are_typed_and_kept(tmp_path: Path) -> None:
    with bench(tmp_path, SCHEMAS) as built:
        built.server.default = Reply(body=ANSWER)
        limits = built.client().limits()
        extra = limits.__pydantic_extra__
        assert type(extra["chat"]).__name__ == "Limit" and extra["chat"].calls == 3
        assert limits.chat is extra["chat"]
        assert extra["odd"] == "not an object" and extra["none"] is None
        assert json.loads(limits.model_dump_json()) == ANSWER
        assert built.module("core.encode").encode(limits) == ANSWER


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TeamLimits", {"plan": "p", "team": "t", "chat": {"calls": 1}}),
        ("Dates", {"id": "1", "seen": ["2024-01-01T00:00:00Z"], "bad": [1, "x"]}),
        ("Node", {"id": "1", "left": {"id": "2", "right": {"id": "3"}}, "odd": 4}),
        ("Shape", {"kind": "circle", "radius": 1.5, "odd": "x"}),
    ],
)
def test_round_trips(tmp_path: Path, name: str, value: Any) -> None:
    with bench(tmp_path, SCHEMAS) as result:
        core = result.module("core.decode")
        type_ = getattr(result.module("types"), name)
        decoded = core.decode(type_, json.dumps(value).encode())
        assert result.module("core.encode").encode(decoded) == value
        built = [
            value for value in decoded.__pydantic_extra__.values() if hasattr(value, "model_dump")
        ]
        assert bool(built) == (name in ("TeamLimits", "Node"))


def test_a_caller_is_checked(tmp_path: Path) -> None:
    with bench(tmp_path, SCHEMAS) as built:
        limits = built.module("types").Limits
        assert (
            limits.model_validate({"plan": "p", "chat": {"calls": 1}})
            .__pydantic_extra__["chat"]
            .calls
            == 1
        )
        with pytest.raises(ValueError, match="chat"):
            limits.model_validate({"plan": "p", "chat": 5})
