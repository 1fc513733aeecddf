"""Layout `fern` of an OpenAPI description: what Fern's importer makes of it, and its Python generator."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench

SPEC = """
paths:
  /ports/search:
    post:
      x-fern-sdk-group-name: ports
      x-fern-sdk-method-name: search
      x-fern-pagination:
        cursor: $request.page.after
        next_cursor: $response.next
        results: $response.found
      requestBody: &body
        content: {application/json: {schema: {$ref: "#/components/schemas/Search"}}}
      responses: {"200": &found {description: ok, content: {application/json: {schema: {
        type: object, properties: {found: {type: array, items: {type: string}},
                                   next: {type: string}}}}}}}
  /ports/count:
    put:
      x-fern-sdk-group-name: ports
      x-fern-sdk-method-name: count
      requestBody: *body
      responses: {"200": {description: ok}}
  /boats:
    get:
      x-fern-sdk-group-name: boats
      x-fern-sdk-method-name: get
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Boat"}}}}
        "404": {description: no, content: {application/json: {schema: {
          type: object, properties: {why: {type: string}}}}}}
    patch:
      x-fern-sdk-group-name: boats
      x-fern-sdk-method-name: patch
      parameters: [{name: tags, in: query, schema: {type: string}}]
      requestBody:
        content:
          application/json: {schema: {$ref: "#/components/schemas/BoatPatch"}}
          application/x-www-form-urlencoded: {schema: {$ref: "#/components/schemas/BoatPatch"}}
      responses: {"200": &done {description: ok, content: {application/json: {schema: {
        type: object, properties: {done: {type: boolean}}}}}}}
  /docks:
    patch:
      x-fern-sdk-group-name: docks
      x-fern-sdk-method-name: patch
      responses: {"200": {description: ok, content: {application/json: {schema: {
        type: object, properties: {count: {type: integer}}}}}}}
components:
  schemas:
    Search:
      type: object
      required: [text]
      properties:
        text: {type: string}
        page: {type: object, properties: {after: {type: string}}}
    BoatPatch: {type: object, properties: {tags: {type: array, items: {type: string}}}}
    Boat:
      type: object
      required: [id, name, owner, hull, mast]
      properties:
        id: {type: string, readOnly: true}
        name: {type: string}
        owner: {type: [string, "null"]}
        hull: {$ref: "#/components/schemas/Hull"}
        mast: {$ref: "#/components/schemas/Mast"}
        crew:
          oneOf:
            - {type: object, properties: {name: {type: string}, rank: {type: string}}}
            - {type: object, properties: {name: {type: string}, agency: {type: string}, fee: {type: integer}}}
            - {type: string}
        engine:
          anyOf:
            - {$ref: "#/components/schemas/Sail"}
            - {type: object, properties: {kind: {type: string, enum: [diesel]}, power: {type: integer}}}
        cargo:
          anyOf:
            - {$ref: "#/components/schemas/Sail"}
            - {$ref: "#/components/schemas/Oar"}
            - {type: "null"}
        log: {}
        marks: {type: [object, "null"], additionalProperties: {$ref: "#/components/schemas/Sail"}}
    Hull: {type: [object, "null"], properties: {length: {type: integer}}}
    Mast: {type: object, readOnly: true, properties: {height: {type: integer}}}
    Sail: {type: object, properties: {kind: {type: string, const: sail}, area: {type: integer}}}
    Oar: {type: object, properties: {kind: {type: string, const: oar}, length: {type: integer}}}
"""


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    settings = 'layout = "fern"\n[python.pydantic]\nunion-naming = "v0"\n'
    with bench(tmp_path_factory.mktemp("acme"), SPEC, settings) as made:
        assert {each.code for each in made.made.diagnostics.found} == {
            "duplicate-argument",
            "not-expressible",
        }
        yield made


def parameters(method: Any) -> dict[str, bool]:
    """The keyword arguments of a method, and whether each is required."""
    return {
        each.name: each.default is each.empty
        for each in inspect.signature(method).parameters.values()
        if each.name != "request_options"
    }


def test_a_body_that_may_be_left_out_is_spread(acme: Bench) -> None:
    client = acme.client()
    assert parameters(client.ports.count) == {"text": True, "page": False}
    client.ports.count(text="a")
    assert acme.server.seen[-1].json == {"text": "a"}


def test_and_its_pages_follow_a_cursor_inside_it(acme: Bench) -> None:
    acme.server.replies = [
        Reply(body={"found": ["a"], "next": "n"}),
        Reply(body={"found": ["b"]}),
    ]
    assert list(acme.client().ports.search(text="x")) == ["a", "b"]
    assert acme.server.seen[-1].json == {"text": "x", "page": {"after": "n"}}


def test_with_the_setting_it_is_one_argument(tmp_path: Any) -> None:
    settings = 'layout = "fern"\n[python]\nrespect-optional-request-body = true\n'
    with bench(tmp_path, SPEC, settings) as made:
        assert parameters(made.client().ports.count) == {"request": False}


def test_what_may_be_null_or_is_read_only_has_a_default(acme: Bench) -> None:
    boat = acme.package.Boat(name="x")
    assert (boat.id, boat.owner, boat.hull, boat.mast) == (None, None, None, None)
    assert boat.dict() == {"name": "x"}
    with pytest.raises(ValueError, match="name"):
        acme.package.Boat()
    fields = acme.package.Boat.model_fields
    assert fields["log"].annotation == Any | None
    assert fields["marks"].annotation == dict[str, acme.package.Sail | None] | None


def test_variants_are_called_after_what_only_they_have(acme: Bench) -> None:
    names = set(dir(acme.package))
    assert {"BoatCrewRank", "BoatCrewAgency", "BoatEngine_Sail", "BoatEngine_Diesel"} <= names
    # A null among three variants leaves Fern's importer without a discriminator.
    assert not {"BoatCargo_Sail", "BoatCargo_Oar"} & names
    acme.server.replies = [
        Reply(body={"name": "x", "engine": {"kind": "diesel", "power": 2}, "cargo": {"length": 1}})
    ]
    boat = acme.client().boats.get()
    assert boat.engine == acme.package.BoatEngine_Diesel(power=2)
    assert boat.engine.dict() == {"kind": "diesel", "power": 2}


def test_the_body_of_an_error_is_called_after_the_error(acme: Bench) -> None:
    acme.server.replies = [Reply(404, {"why": "none"})]
    with pytest.raises(acme.package.NotFoundError) as raised:
        acme.client().boats.get()
    assert raised.value.body == acme.package.NotFoundErrorBody(why="none")


def test_names_are_those_of_their_group(acme: Bench) -> None:
    boats, docks = acme.module("boats"), acme.module("docks")
    assert boats.PatchBoatsResponse.model_fields.keys() == {"done"}
    assert docks.PatchDocksResponse.model_fields.keys() == {"count"}


def test_one_body_in_several_media_types_is_spread_without_a_class(acme: Bench) -> None:
    assert "BoatPatch" not in dir(acme.package)
    assert list(parameters(acme.client().boats.patch)) == ["tags", "boat_patch_tags"]
    acme.client().boats.patch(tags="a", boat_patch_tags=["b"])
    assert acme.server.seen[-1].target == "/boats?tags=a"
    assert acme.server.seen[-1].json == {"tags": ["b"]}
