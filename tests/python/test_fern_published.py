"""Layout `fern`: what the SDKs that Fern's customers publish have in common."""

from __future__ import annotations

import asyncio
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fiddlehead.config import ImporterSettings

from ..runtime.server import Reply
from .workbench import Bench, bench

SPEC = """
paths:
  /files/{id}/close:
    patch:
      x-fern-sdk-group-name: [files]
      x-fern-sdk-method-name: close
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {$ref: "#/components/responses/File"}}
  /close:
    post: {operationId: close, responses: {"200": {$ref: "#/components/responses/File"}}}
  /jobs:
    post:
      operationId: start
      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {
        labels: {anyOf: [{type: object, additionalProperties: {type: string}}, {type: "null"}]}}}}}}
      responses:
        "202": {description: started, content: {application/json: {schema: {
          type: object, properties: {job: {type: string}}}}}}
        "200": {$ref: "#/components/responses/File"}
        "204": {description: nothing to do}
    put:
      operationId: replace
      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {
        ages: {type: object, propertyNames: {enum: [tom, anna]}, additionalProperties: {type: integer}}}}}}}
      responses: {"204": {description: ok}}
    get:
      operationId: export
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/ExportOptions"}}}}
      responses: {"200": {description: ok}}
components:
  responses:
    File: {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/File"}}}}
  schemas:
    ExportOptions: {type: object, properties: {format: {type: string}}}
    Headers: {type: [object, "null"], additionalProperties: {type: string}}
    File:
      type: object
      required: [headers, environment]
      properties:
        headers: {$ref: "#/components/schemas/Headers"}
        environment: {type: [object, "null"], additionalProperties: {
          type: object, additionalProperties: {type: integer}}}
        paths: {type: object, additionalProperties: {type: string}}
        rows: {type: [array, "null"], items: {type: object, additionalProperties: {type: string}}}
        anything: {type: [object, "null"], additionalProperties: true}
"""

FILE = Reply(body={"headers": {"a": None}, "environment": {"x": None, "y": {"z": None}}})


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("published"), SPEC, layout="fern") as acme:
        yield acme


def test_only_the_root_client_reserves_close(acme: Bench) -> None:
    acme.server.replies = [FILE, FILE]
    client = acme.client()
    client.files.close("a")
    client.close_()
    assert [(seen.method, seen.target) for seen in acme.server.seen[-2:]] == [
        ("PATCH", "/files/a/close"),
        ("POST", "/close"),
    ]


def test_the_values_of_a_nullable_map_may_be_null(acme: Bench) -> None:
    hints = typing.get_type_hints(acme.package.File)
    assert hints["environment"] == dict[str, dict[str, int | None] | None] | None
    assert hints["paths"] == dict[str, str] | None
    assert hints["rows"] == list[dict[str, str]] | None
    acme.server.replies = [FILE]
    file = acme.client().files.close("a")
    assert file.headers == {"a": None}
    assert file.environment == {"x": None, "y": {"z": None}}


def test_a_null_value_of_a_map_is_sent(acme: Bench) -> None:
    acme.server.replies = [FILE]
    acme.client().start(labels={"a": None, "b": "c"})
    assert acme.server.seen[-1].json == {"labels": {"a": None, "b": "c"}}


def test_the_first_success_status_with_a_body_is_the_result(acme: Bench) -> None:
    for client in (acme.package.AcmeClient, acme.package.AsyncAcmeClient):
        assert typing.get_type_hints(client.start)["return"] == acme.package.File | None
    acme.server.replies = [FILE, Reply(status=204)]
    client = acme.client()
    assert isinstance(client.start(), acme.package.File)
    assert client.start() is None


def test_keys_of_a_map_are_text(acme: Bench) -> None:
    hints = typing.get_type_hints(acme.package.AcmeClient.replace)
    assert hints["ages"] == dict[str, int] | None


def test_a_body_of_get_keeps_its_class(acme: Bench) -> None:
    assert [*acme.package.ExportOptions.model_fields] == ["format"]


REPEATED = """
paths:
  /boats:
    post:
      x-fern-sdk-group-name: [boats]
      x-fern-sdk-method-name: list
      operationId: boatsListPost
      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {ids: {type: array, items: {type: string}}}}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {boats: {type: integer}}}}}}}
    get:
      x-fern-sdk-group-name: [boats]
      x-fern-sdk-method-name: list
      operationId: boatsListGet
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {old: {type: integer}}}}}}}
  /boats/:search:
    post: {tags: [items], operationId: search_boats__search_post, responses: {"204": {description: ok}}}
  /boats/all:
    get: {tags: [items], operationId: all_boats_all_get, responses: {"204": {description: ok}}}
"""


def test_of_equal_method_names_the_last_is_the_method(tmp_path: Path) -> None:
    with bench(tmp_path, REPEATED, layout="fern") as acme:
        acme.server.replies = [Reply(body={"boats": 3})]
        assert acme.client().boats.list(ids=["a"]).boats == 3
        assert acme.server.seen[-1].method == "POST"
        warnings = [found.message for found in acme.generated.diagnostics.warnings]
        assert [text for text in warnings if "'GET /boats' is left out" in text]
        methods = [name for name in dir(acme.client().boats) if not name.startswith("_")]
        assert methods == ["list", "with_raw_response"]


def test_a_route_with_a_colon_stays_in_the_method_name(tmp_path: Path) -> None:
    with bench(tmp_path, REPEATED, layout="fern") as acme:
        items = acme.client().items
        assert hasattr(items, "search_boats_search_post") and hasattr(items, "all")


EITHER = """
paths:
  /grants:
    post:
      operationId: grant
      requestBody: {required: true, content: {application/json: {schema: {allOf: [
        {oneOf: [
          {type: object, required: [user], properties: {user: {type: string}, until: {type: string}}},
          {type: object, required: [group], properties: {group: {type: string}, until: {type: integer}}}]},
        {type: object, required: [door], properties: {door: {type: string}}}]}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Grant"}}}}}
components:
  schemas:
    Person: {type: object, required: [name], properties: {name: {type: string}}}
    Team: {type: object, required: [members], properties: {members: {type: integer}}}
    Owner: {oneOf: [{$ref: "#/components/schemas/Person"}, {$ref: "#/components/schemas/Team"}]}
    Grant: {allOf: [{$ref: "#/components/schemas/Owner"}, {type: object, properties: {id: {type: string}}}]}
    Same: {allOf: [{$ref: "#/components/schemas/Owner"}]}
"""


def test_a_union_in_an_all_of_is_one_object(tmp_path: Path) -> None:
    with bench(tmp_path, EITHER, layout="fern") as acme:
        fields = acme.package.Grant.model_fields
        assert {name: field.is_required() for name, field in fields.items()} == {
            "name": False,
            "members": False,
            "id": False,
        }
        assert set(typing.get_args(acme.package.Same)) >= {acme.package.Person, acme.package.Team}
        acme.server.replies = [Reply(body={"members": 2, "id": "g"})] * 2
        assert acme.client().grant(door="d", group="g", until=3).members == 2
        assert acme.server.seen[-1].json == {"door": "d", "group": "g", "until": 3}
        acme.client().grant(door="d", user="u", until="noon")
        assert acme.server.seen[-1].json == {"door": "d", "user": "u", "until": "noon"}


INHERITED = """
paths:
  /plants:
    post:
      operationId: plant
      requestBody: {required: true, content: {application/json: {schema: {allOf: [{$ref: "#/components/schemas/Plant"}, {type: object, required: [height]}]}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Tree"}}}}}
components:
  schemas:
    Plant: {type: object, required: [name], properties: {name: {type: string}, height: {type: integer}}}
    Tree: {allOf: [{$ref: "#/components/schemas/Plant"}, {type: object, required: [height, rings], properties: {rings: {type: integer}}}]}
    Bush: {allOf: [{$ref: "#/components/schemas/Plant"}], required: [height]}
    Vine: {allOf: [{$ref: "#/components/schemas/Plant"}, {type: object, properties: {name: {type: string, maxLength: 9}}}]}
    Moss: {allOf: [{type: object, properties: {colour: {type: string}}}, {type: object, required: [colour]}]}
"""


def test_required_does_not_apply_to_inherited_properties(tmp_path: Path) -> None:
    with bench(tmp_path, INHERITED, layout="fern") as acme:
        required = {
            name: [key for key, field in model.model_fields.items() if field.is_required()]
            for name in ("Plant", "Tree", "Moss", "Vine")
            for model in [getattr(acme.package, name)]
        }
        assert required["Plant"] == ["name"] and required["Tree"] == ["name", "rings"]
        assert required["Moss"] == ["colour"]
        assert required["Vine"] == [], "declared again with another schema"
        assert acme.package.Bush is acme.package.Plant
        acme.server.replies = [Reply(body={"name": "oak", "rings": 3})]
        assert acme.client().plant(name="oak").rings == 3
        assert acme.server.seen[-1].json == {"name": "oak"}


def test_in_layout_compact_required_applies_to_inherited_properties(tmp_path: Path) -> None:
    with bench(tmp_path, INHERITED, layout="compact") as acme:
        assert acme.package.Tree.model_fields["height"].is_required()


TAGS = """
paths:
  /pets:
    get: {operationId: pet, responses: {"200": {description: ok, content: {application/json: {schema: {
      $ref: "#/components/schemas/Pet"}}}}}}
components:
  schemas:
    Pet:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}, {$ref: "#/components/schemas/Fish"}]
      discriminator: {propertyName: kind, mapping: {
        tom: "#/components/schemas/Cat", cat: "#/components/schemas/Cat",
        dog: "#/components/schemas/Dog", fish: "#/components/schemas/Fish"}}
    Cat: {type: object, properties: {kind: {type: string, default: cat, description: Which animal}, lives: {type: integer}}}
    Dog: {type: object, properties: {tail: {type: boolean}}}
    Fish: {allOf: [{type: object, properties: {kind: {type: string}}}, {type: object, properties: {fins: {type: integer}}}]}
    Either:
      anyOf: [{$ref: "#/components/schemas/Bird"}, {$ref: "#/components/schemas/Dog"}]
      discriminator: {propertyName: kind, mapping: {bird: "#/components/schemas/Bird"}}
    Bird: {type: object, properties: {kind: {type: string}}}
"""


def test_tags_of_plain_unions_are_constants(tmp_path: Path) -> None:
    importer = ImporterSettings(prefer_undiscriminated_unions_with_literals=True)
    with bench(tmp_path, TAGS, layout="fern", importer=importer) as acme:
        cat, dog, fish, bird = (
            getattr(acme.package, name) for name in ("Cat", "Dog", "Fish", "Bird")
        )
        assert _tag(cat) == "cat"
        assert _tag(fish) == "fish"
        assert "kind" not in dog.model_fields
        assert _tag(bird) is None, "anyOf"
        assert cat(lives=9).kind == "cat"
        for body, class_ in (({"kind": "fish", "fins": 2}, fish), ({"kind": "cat"}, cat)):
            acme.server.replies = [Reply(body=body), Reply(body=body)]
            asynchronous = acme.package.AsyncAcmeClient(base_url=acme.server.url)
            assert type(acme.client().pet()) is class_
            assert type(asyncio.run(asynchronous.pet())) is class_


def _tag(model: Any) -> object:
    """The only value of the field `kind`; None for other types."""
    values = typing.get_args(typing.get_type_hints(model)["kind"])
    return values[0] if len(values) == 1 else None
